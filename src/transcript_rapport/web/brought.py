"""What somebody brought: a transcript, pasted text or a recording, and the bounds for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath
from typing import IO

from transcript_rapport.errors import RapportError, ReadError
from transcript_rapport.readers import Source, read_source
from transcript_rapport.session import Session
from transcript_rapport.settings import Settings

MB = 1_000_000
MOST_TEXT, MOST_TRANSCRIPT, MOST_RECORDING = 10 * MB, 50 * MB, 2000 * MB
"""Bytes. An hour of talk is a tenth of a megabyte as text, and at most a gigabyte as sound."""
PASTED = "pasted text"


class TooLargeError(ReadError):
    """More came than fits."""


@dataclass(frozen=True)
class Brought:
    """Something to read: its name as the user knows it, and its bytes, or a recording's temporary file."""

    name: str
    data: bytes = b""
    recording: Path | None = None

    def sessions(self, settings: Settings, progress: Callable[[str], None]) -> list[Session]:
        """The sessions in it; a recording's temporary file is gone afterwards, whatever happened."""
        if self.recording is None:
            return read_source(Source(self.name, self.data))
        from transcript_rapport.recordings import hear

        try:
            heard = hear(str(self.recording), settings, progress)
        except RapportError as error:
            where = error.where.replace(str(self.recording), self.name)
            raise type(error)(where, error.seen, error.expected, error.remedy) from None
        finally:
            self.recording.unlink(missing_ok=True)
        return [replace(heard, name=Path(self.name).stem, source=self.name)]


def pasted(text: str) -> Brought:
    """Text from the page's own field."""
    return Brought(PASTED, text.encode("utf-8", "replace"))


def given(name: str, file: IO[bytes], size: int) -> Brought:
    """A transcript that was uploaded; a ``TooLargeError`` where no transcript is that long."""
    name = plain_name(name)
    if size > MOST_TRANSCRIPT:
        raise too_large(name, size, MOST_TRANSCRIPT, "a transcript")
    return Brought(name, file.read())


def recorded(name: str, file: IO[bytes], size: int, folder: Path, draft: str) -> Brought:
    """A recording that was uploaded, copied into ``folder`` under the name ``draft`` until it was heard."""
    name = plain_name(name)
    if size > MOST_RECORDING:
        raise too_large(name, size, MOST_RECORDING, "a recording")
    place = folder / f"{draft}{Path(name).suffix}"
    try:
        place.touch(mode=0o600)
        with place.open("wb") as copy:
            shutil.copyfileobj(file, copy, MB)
    except OSError as error:
        place.unlink(missing_ok=True)
        seen = f"it could not be held while it is heard ({error.strerror})"
        raise ReadError(name, seen, "", "make room on this machine, or use rapport analyse") from None
    return Brought(name, recording=place)


def plain_name(name: str) -> str:
    """A file's name without folders, as any browser on any system may send it."""
    return "".join(c for c in PureWindowsPath(name).name if c.isprintable())[-120:] or "file"


def too_large(name: str, size: int, most: int, what: str) -> TooLargeError:
    """The sentence for something too long to be ``what`` it should be."""
    seen = f"this is {size / MB:,.0f} MB, and {what} here may have {most / MB:,.0f} MB"
    return TooLargeError(name, seen, "", "check that it is the right file, or use rapport analyse for it")
