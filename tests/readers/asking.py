"""Short ways to ask the readers, for the tests of this folder."""

from __future__ import annotations

import pytest

from transcript_rapport.errors import ReadError
from transcript_rapport.readers import Source, read_source
from transcript_rapport.session import Session

Said = list[tuple[str, str]]
Timed = list[tuple[str, int | None, int | None]]


def sessions(name: str, content: str | bytes) -> list[Session]:
    data = content.encode() if isinstance(content, str) else content
    return read_source(Source(name, data))


def one(name: str, content: str | bytes) -> Session:
    (session,) = sessions(name, content)
    assert [u.index for u in session] == list(range(len(session)))
    return session


def said(name: str, content: str | bytes) -> Said:
    return [(u.speaker, u.text) for u in one(name, content)]


def times(name: str, content: str | bytes) -> Timed:
    return [(u.speaker, u.start_ms, u.end_ms) for u in one(name, content)]


def complaint(name: str, content: str | bytes) -> str:
    with pytest.raises(ReadError) as caught:
        sessions(name, content)
    told = str(caught.value)
    assert "\n" not in told
    assert told.startswith(name)
    return told
