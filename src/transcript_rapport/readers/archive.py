"""Zip archives of transcripts: every file inside is read as if it stood alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from transcript_rapport import plugins
from transcript_rapport.readers import packages, read_source
from transcript_rapport.readers.rows import each
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

NAME = "archive"
SUFFIXES = (".zip",)

_KIND = "a zip archive"
_MOST_BYTES, _MOST_FILES = 500_000_000, 10_000
# Text packs to a third or a tenth. What unpacks to this many times its size was made to overflow memory.
_MOST_RATIO, _SMALL = 200, 20_000_000
_DOCUMENTS = ("[Content_Types].xml", "mimetype")
"""Names only in the packages of Office, OpenDocument and e-books: zip archives with readers of their own."""
_INSIDE = ("word/", "xl/", "ppt/", "Index/Document.iwa")
"""What stands in Office's and Apple's packages, which may have lost the names above."""
_CLUTTER = ("__MACOSX", "Thumbs.db", "desktop.ini")


def recognises(source: Source) -> bool:
    """Whether the file is a zip archive, and no document that only looks like one."""
    names = packages.members(source)
    if names is None:
        return source.suffix in SUFFIXES and source.data.startswith(b"PK")
    return not any(name in _DOCUMENTS or name.startswith(_INSIDE) for name in names)


def read(source: Source) -> list[Session]:
    """The sessions of every transcript inside, named ``archive.zip/inner.vtt`` in notes and errors.

    A transcript that cannot be read is told, and the others go on; a file that no reader knows is left out and
    noted. Raises ReadError where the archive is damaged, locked, too large, or holds no transcript at all.
    """
    suffixes = _known_suffixes()
    with _opened(source) as archive:
        members = {member.filename: member for member in _members(source, archive)}
        wanted = [path for path in members if PurePosixPath(path).suffix.lower() in suffixes]
        if not wanted:
            seen = "there is no transcript in this zip archive"
            raise source.error(seen, "files such as .vtt, .txt, .docx or .csv", "check that this is the right archive")
        names = _names(wanted)
        made = {names[path]: partial(_read, source, archive, members[path], names[path]) for path in wanted}
        first, *others = each(source, made, _KIND)
    left = ", ".join(_shown(path) for path in members if path not in names)
    told = (f"beside the transcripts in {source.path}, left out: {left}",) if left else ()
    return [replace(first, notes=(*first.notes, *told)), *others]


def _opened(source: Source) -> ZipFile:
    """The archive, after a look at what it says of its size; nothing is unpacked for that."""
    archive = packages.opened(source, _KIND)
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    remedy = "unpack it and give the transcripts themselves"
    if len(members) > _MOST_FILES:
        raise source.error(f"the archive holds {len(members):,} files", f"at most {_MOST_FILES:,}", remedy)
    if size > _MOST_BYTES:
        seen = f"the archive unpacks to {size / 1e6:,.0f} MB"
        raise source.error(seen, f"at most {_MOST_BYTES / 1e6:.0f} MB", remedy)
    if size > _SMALL and size > _MOST_RATIO * len(source.data):
        seen = f"the archive unpacks to {size / len(source.data):,.0f} times its size"
        raise source.error(seen, "transcripts, which hardly ever pack so tightly", remedy)
    return archive


def _members(source: Source, archive: ZipFile) -> list[ZipInfo]:
    """The files inside that people put there, without folders, hidden files and what systems add."""
    found = [member for member in archive.infolist() if _is_file(member) and not _is_clutter(member.filename)]
    if any(member.flag_bits & 0x1 for member in found):
        seen, remedy = "the archive is locked with a password", "unpack it with its password and give the files in it"
        raise source.error(seen, "one that opens without", remedy)
    return found


def _is_file(member: ZipInfo) -> bool:
    """Whether it is no folder; a damaged archive may hold what has no name at all."""
    return bool(member.filename) and not member.is_dir()


def _is_clutter(path: str) -> bool:
    parts = [part for part in path.replace("\\", "/").split("/") if part not in {".", ".."}]
    return any(part.startswith((".", "~$")) or part in _CLUTTER for part in parts)


def _known_suffixes() -> set[str]:
    """The suffixes that readers are there for; a zip archive inside is one too, and told."""
    readers = (plugins.load("readers", name) for name in plugins.available("readers"))
    return {suffix for reader in readers for suffix in reader.SUFFIXES}


def _read(source: Source, archive: ZipFile, member: ZipInfo, name: str) -> list[Session]:
    """The sessions of one file inside, which is read no further than it says it is long; ``name`` tells it apart."""
    inner = Source(f"{source.path}/{_shown(member.filename)}", b"")
    try:
        with archive.open(member) as held:  # Asked for so many bytes, it unpacks no more, whatever is in it.
            inner = replace(inner, data=held.read(member.file_size) + held.read(1))
    except packages.DAMAGE as error:
        raise packages.damaged(inner, "a file", error) from None
    if recognises(inner):
        raise inner.error("this is a zip archive inside another", "transcripts", "unpack it and give what is in it")
    return [replace(session, name=session.name.replace(inner.name, name, 1)) for session in read_source(inner)]


def _names(paths: Sequence[str]) -> dict[str, str]:
    """A name for each file: its own, with its folders where another file has the same."""
    stems = [PurePosixPath(path).stem for path in paths]
    longer = {path: "-".join(PurePosixPath(path).with_suffix("").parts) for path in paths}
    own = {path: stem if stems.count(stem) == 1 else longer[path] for path, stem in zip(paths, stems, strict=True)}
    return own if len(set(own.values())) == len(paths) else {path: _shown(path) for path in paths}


def _shown(path: str) -> str:
    """The path inside the archive, without characters that could trick a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in path)
