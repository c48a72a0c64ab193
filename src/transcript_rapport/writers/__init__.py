"""Writers: from sessions to the formats that other tools open.

Each writer is a module (an entry point of the group ``transcript_rapport.writers``) with ``NAME``,
``SUFFIX``, ``NEEDS_TIMES``, ``KEEPS_MARKS`` and ``write(session, marks)``. What is written can be read
back by our own readers; what a format cannot hold is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from transcript_rapport import plugins
from transcript_rapport.errors import SettingsError
from transcript_rapport.session import Session
from transcript_rapport.writers.fitting import fit
from transcript_rapport.writers.marks import Mark, marks
from transcript_rapport.writers.readback import differences

__all__ = ["Mark", "Writer", "Written", "for_name", "for_path", "marks", "names", "write"]


class Writer(Protocol):
    """What a writer module offers; ``write`` gets a session whose texts and times fit the format."""

    NAME: str
    SUFFIX: str
    NEEDS_TIMES: bool
    KEEPS_MARKS: bool

    def write(self, session: Session, marks: Sequence[Mark]) -> str:
        """The file's text."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file's text, the session that stands in it, and what differs from the one given, in sentences."""

    text: str
    session: Session
    notes: tuple[str, ...] = ()


def names() -> list[str]:
    """What the formats are called that there is a writer for."""
    return sorted(plugins.available("writers"))


def for_name(name: str) -> Writer:
    """The writer called ``name``; an unknown name is a SettingsError that lists the known ones."""
    return cast(Writer, plugins.load("writers", name))


def for_path(path: str | Path) -> Writer:
    """The writer that the suffix of ``path`` names; an unknown suffix is a SettingsError that lists the known ones."""
    known = {writer.SUFFIX.lower(): writer for writer in map(for_name, names())}
    suffix = Path(path).suffix.lower()
    if suffix not in known:
        seen = f"the name ends in {suffix!r}" if suffix else "the name has no ending"
        expected = f"one of {', '.join(writer.SUFFIX for writer in known.values())}"
        raise SettingsError(str(path), seen, expected, "name the format with --to")
    return known[suffix]


def write(session: Session, writer: Writer, marks: Sequence[Mark] = (), *, invent_times: bool = False) -> Written:
    """``session`` as a file of ``writer``'s format, read back to find what is not the same.

    ``marks`` (codes and findings) become tiers where the format has them. Raises ReadError where the
    format needs times, the session has none, and ``invent_times`` does not allow plain invented ones.
    """
    fitted, notes = fit(session, writer, invent_times=invent_times)
    text = writer.write(fitted, marks)
    if marks and not writer.KEEPS_MARKS:
        notes.append(f"codes and findings stay behind: {writer.SUFFIX} holds words and times only")
    return Written(text, fitted, (*notes, *differences(fitted, text, writer.SUFFIX)))
