"""What each stage found, kept in a folder the user names, so that an interrupted run goes on; else nothing is kept.

A stage is a file of JSON lines with a checksum each; the first says what the stage was made from. It
holds times and, where a recogniser is named, words: never sound, nor what a voice sounds like.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from transcript_rapport import __version__
from transcript_rapport.errors import SettingsError

SMALL = 1_000_000
"""Files up to this size are told apart by content, larger ones by size."""


@dataclass(frozen=True)
class Stages:
    """The stages of one recording: ``folder`` is where they are kept, or None; ``amiss`` what had to be done again."""

    folder: Path | None = None
    amiss: list[str] = field(default_factory=list)

    def stage(self, name: str, made_from: Mapping[str, object]) -> Stage:
        """One stage with what an earlier run left of it, if that was made from the same."""
        path = self.folder / f"{name}.jsonl" if self.folder else None
        return Stage(path, {"version": __version__, "stage": name, **made_from}, self.amiss.append)


def stages(folder: str | None, recording: str) -> Stages:
    """The stages of a recording, known by its content; a SettingsError where the folder cannot be had."""
    if not folder:
        return Stages()
    with Path(recording).open("rb") as opened:
        checksum = hashlib.file_digest(opened, "sha256").hexdigest()
    own = Path(folder) / checksum[:24]
    try:
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(str(own), error) from None
    return Stages(own)


class Stage:
    """What one stage found so far, entry by entry: ``entries`` are those of an earlier run."""

    def __init__(self, path: Path | None, made_from: Mapping[str, object], tell: Callable[[str], None]) -> None:
        self.path = path
        self.entries: list[Any] = []
        if path is None:
            return
        head = _line(dict(made_from))
        try:
            good, self.entries = self._earlier(head, tell)
            self._write(b"".join(good or [head]), os.O_TRUNC)
        except OSError as error:
            raise _unwritable(str(path), error) from None

    def _earlier(self, head: bytes, tell: Callable[[str], None]) -> tuple[list[bytes], list[Any]]:
        """The lines that can be believed, and what they say; told where there are others."""
        lines = self.path.read_bytes().splitlines(keepends=True) if self.path and self.path.exists() else []
        good = list(_believed(lines))
        if lines and not good:
            tell(f"{self.path}: this stage is damaged and is made again")
        elif good and good[0] != head:
            tell(f"{self.path}: this stage was made from other settings or another version, and is made again")
            good = []
        elif len(good) < len(lines) and not _broken_off(lines[len(good) :]):
            tell(f"{self.path}: this stage is damaged from line {len(good) + 1} on, and goes on from there")
        return good, [json.loads(line)["entry"] for line in good[1:]]

    def add(self, entry: Any) -> None:
        """Keep one more entry, at once."""
        self.entries.append(entry)
        if self.path is None:
            return
        try:
            self._write(_line(entry), os.O_APPEND)
        except OSError as error:
            raise _unwritable(str(self.path), error) from None

    def settled(self, made: Callable[[], Any]) -> Any:
        """The only entry of a stage that has one: an earlier run's, else what ``made`` gives."""
        if not self.entries:
            self.add(made())
        return self.entries[0]

    def _write(self, data: bytes, how: int) -> None:
        # Words are private: nobody but the user may read them.
        with os.fdopen(os.open(str(self.path), os.O_WRONLY | os.O_CREAT | how, 0o600), "wb") as file:
            file.write(data)


def _line(entry: Any) -> bytes:
    return (json.dumps({"check": _check(entry), "entry": entry}, ensure_ascii=False) + "\n").encode()


def _check(entry: Any) -> str:
    plain = json.dumps(entry, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _believed(lines: list[bytes]) -> Iterator[bytes]:
    """The lines up to the first that is damaged."""
    for line in lines:
        try:
            kept = json.loads(line)
            if not line.endswith(b"\n") or kept["check"] != _check(kept["entry"]):
                return
        except (ValueError, KeyError, TypeError):
            return
        yield line


def _broken_off(rest: list[bytes]) -> bool:
    """Whether all that is amiss is a last line that an interruption cut short."""
    return len(rest) == 1 and not rest[0].endswith(b"\n")


def fingerprint(folder: str | None) -> str:
    """What a folder of weights is known by: names and sizes of its files, and the content of small ones."""
    if not folder or not Path(folder).is_dir():
        return folder or ""
    found = hashlib.sha256()
    for path in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
        size = path.stat().st_size
        found.update(f"{path.relative_to(folder)}\0{size}\0".encode())
        found.update(path.read_bytes() if size <= SMALL else b"")
    return found.hexdigest()[:24]


def _unwritable(where: str, error: OSError) -> SettingsError:
    seen = f"stages cannot be kept there ({error.strerror})"
    return SettingsError(where, seen, "a folder that can be written to", "name another with --stages")
