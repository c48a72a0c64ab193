"""Readers: from files as people have them to sessions.

Each reader is a module (an entry point of the group ``transcript_rapport.readers``) with ``NAME``,
``SUFFIXES``, ``recognises(source)`` and ``read(source)``. Files are recognised by what they hold;
the suffix only says which reader is asked first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

from transcript_rapport import plugins
from transcript_rapport.errors import ReadError
from transcript_rapport.readers import twins
from transcript_rapport.readers.source import MOST_TEXT, Source
from transcript_rapport.readers.together import merge
from transcript_rapport.session import Session

__all__ = ["Reader", "Source", "read", "read_source"]


_ANY_XML = ".xml"
"""The name of so many formats that it says nothing of any."""


class Reader(Protocol):
    """What a reader module offers; ``read`` numbers utterances from 0 and raises ReadError in one sentence."""

    NAME: str
    SUFFIXES: tuple[str, ...]

    def recognises(self, source: Source) -> bool:
        """Whether the content is this reader's."""

    def read(self, source: Source) -> list[Session]:
        """The sessions in it."""


def read(*paths: str | Path, together: bool = False) -> list[Session]:
    """The sessions in the files at ``paths``, in order; ``-`` is standard input.

    ``together``: the files are one session, a file a speaker. Raises ReadError in one sentence
    where a file cannot be read as a transcript of at least two speakers.
    """
    sources = [Source.open(path) for path in paths]
    if not together:
        return [session for source in sources for session in read_source(source)]
    found = [(source, _recognised(source)) for source in sources]
    for source, sessions in found:
        if len(sessions) != 1:
            raise source.error(f"this holds {len(sessions)} sessions", "one session a file", "leave out --together")
    if not found:
        return []
    return [_with_two_speakers(merge([sessions[0] for _, sessions in found]))]


def read_source(source: Source) -> list[Session]:
    """The sessions in ``source``; a file of one session has at least two speakers.

    In a file of several, a session with one speaker is left to ``analyse`` to refuse, so that the
    others go on.
    """
    sessions = _recognised(source)
    return sessions if len(sessions) > 1 else [_with_two_speakers(session) for session in sessions]


def _recognised(source: Source) -> list[Session]:
    """What the first reader that recognises the content makes of it; the suffix says who is asked first."""
    if not source.data.strip():
        raise source.error("the file is empty", "a transcript", "check that this is the right file")
    readers = _in_order(source.suffix)
    reader = next((reader for reader in readers if reader.recognises(source)), None)
    if reader is None:
        if len(source.data) > MOST_TEXT:
            source.text  # noqa: B018  (raises: it says how long the text may be)
        # Whoever the name points to can say best what is missing.
        return next((reader for reader in readers if source.suffix in reader.SUFFIXES), readers[-1]).read(source)
    sessions = reader.read(source)
    others = {suffix for other in readers for suffix in other.SUFFIXES} - {*reader.SUFFIXES, _ANY_XML}
    if source.suffix not in others:
        return sessions
    note = f"named {source.suffix} but holds {sessions[0].format}; read as that"
    return [replace(session, notes=(note, *session.notes)) for session in sessions]


def _in_order(suffix: str) -> Sequence[Reader]:
    """The readers, those first that the suffix names; plain text last, for nearly anything looks like text."""
    readers = [cast(Reader, plugins.load("readers", name)) for name in plugins.available("readers")]
    return sorted(readers, key=lambda reader: (reader.NAME == "text", suffix not in reader.SUFFIXES, reader.NAME))


def _with_two_speakers(session: Session) -> Session:
    if len(session.speakers) > 1:
        return session
    only = session.speakers[0] if session.speakers else ""
    seen = f"only {only!r} speaks" if only else "no speaker is named"
    remedy = (
        "name who speaks in every turn (a recogniser does so with diarisation switched on), "
        "or give the files of one session (a file a speaker) with --together"
    )
    if session.has_starts and (command := twins.command(session.source)):
        remedy = f"it looks like one session with what lies beside it, a file a speaker; give them together: {command}"
    raise ReadError(session.source, seen, "at least two speakers", remedy)
