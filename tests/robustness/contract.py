"""What every reader promises, whatever the bytes: sessions that hold together, or one sentence that helps."""

from __future__ import annotations

from transcript_rapport.errors import ReadError
from transcript_rapport.readers import Source, read_source
from transcript_rapport.session import Session, Utterance

_LONGEST_ERROR = 1000  # characters: a sentence, even where it quotes the file
_LATEST_MS = 10**12  # thirty years: a number beyond is no time of a session


def outcome(name: str, data: bytes) -> list[Session] | ReadError:
    """What reading ``data`` as a file called ``name`` gives, checked; any other exception passes through."""
    try:
        found = read_source(Source(name, data))
    except ReadError as error:
        check_error(name, error)
        return error
    assert found, "no session and no reason"
    for session in found:
        check(session, alone=len(found) == 1)
    return found


def check_error(name: str, error: ReadError) -> None:
    """One printable sentence that begins with the place, says what was seen, and what to do or what was expected."""
    told = str(error)
    assert told.startswith(name), f"no place: {told!r}"
    assert error.seen, told
    assert error.expected or error.remedy, f"no cure: {told!r}"
    _check_words(told)
    assert len(told) <= _LONGEST_ERROR, f"{len(told)} characters: {told[:200]!r}"


def check(session: Session, *, alone: bool) -> None:
    """The invariants of a session; one of several may be empty, and then says why."""
    for note in session.notes:
        _check_words(note)
    assert session.format
    _check_words(session.name)
    if not session.utterances:
        assert not alone
        assert session.notes, "an empty session without a reason"
    assert not alone or len(session.speakers) > 1
    for index, spoken in enumerate(session):
        _check_utterance(index, spoken)


def _check_utterance(index: int, spoken: Utterance) -> None:
    assert spoken.index == index
    assert spoken.text == spoken.text.strip()
    assert spoken.text
    _check_words(spoken.text)
    _check_words(spoken.speaker)
    for time in (spoken.start_ms, spoken.end_ms):
        assert time is None or (type(time) is int and 0 <= time <= _LATEST_MS), f"a time is {time!r}"
    assert spoken.start_ms is None or spoken.end_ms is None or spoken.start_ms <= spoken.end_ms


def _check_words(words: str) -> None:
    """On one line, and fit to be written as UTF-8 wherever a report goes."""
    assert "\n" not in words, repr(words[:200])
    assert "\r" not in words, repr(words[:200])
    words.encode("utf-8")
