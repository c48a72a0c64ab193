"""Documents that are zip archives inside (Word, OpenDocument, Excel): opened, or why they cannot be."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from transcript_rapport.errors import ReadError
from transcript_rapport.readers.source import Source

ZIP = b"PK\x03\x04"
DAMAGE = (
    *(BadZipFile, zlib.error, struct.error, LookupError, ValueError, AttributeError),
    *(OSError, EOFError, NotImplementedError, RuntimeError, SyntaxError),  # XML that is damaged is a SyntaxError
)
"""What the standard library raises over a damaged archive, and over the XML in it."""
_MOST_UNPACKED = 300_000_000  # bytes; a day of talk with pictures stays below


def members(source: Source) -> list[str] | None:
    """The names in the zip archive that the file is; None where it is none, or too damaged to tell."""
    if not source.data.startswith(ZIP):
        return None
    try:
        with ZipFile(BytesIO(source.data)) as archive:
            return archive.namelist()
    except DAMAGE:
        return None


def opened(source: Source, kind: str) -> ZipFile:
    """The zip archive that the file is, with nothing unpacked; ReadError where it is damaged."""
    try:
        return ZipFile(BytesIO(source.data))
    except DAMAGE as error:
        raise damaged(source, kind, error) from None


def unpacked(source: Source, kind: str) -> ZipFile:
    """The zip archive that a document of this ``kind`` is; ReadError where it is damaged or unpacks to too much."""
    archive = opened(source, kind)
    size = sum(member.file_size for member in archive.infolist())
    if size > _MOST_UNPACKED:
        seen = f"the document unpacks to {size / 1e6:,.0f} MB"
        raise source.error(seen, f"less than {_MOST_UNPACKED / 1e6:.0f} MB", "save it again without its pictures")
    try:
        # Read in small pieces first: what says it is small and is not would else fill the memory.
        bad = archive.testzip()
    except DAMAGE as error:
        raise damaged(source, kind, error) from None
    if bad is not None:
        raise damaged(source, kind, ValueError(f"{bad} is not as it was packed"))
    return archive


def damaged(source: Source, kind: str, error: Exception) -> ReadError:
    """The error for a file that is no whole document of this ``kind``."""
    why = " ".join(str(error).split())[:80]
    seen = "the file is damaged" + (f" ({why})" if why else "")
    return source.error(seen, f"{kind} that is whole", "copy it again from where it came, or open it and save it anew")


def locked(source: Source) -> ReadError:
    """The error for a document that needs a password."""
    seen, remedy = "the document is locked with a password", "open it with its password and save a copy without one"
    return source.error(seen, "one that opens without", remedy)
