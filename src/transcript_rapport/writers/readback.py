"""Reads what was written with our own readers, and says what is not the same."""

from __future__ import annotations

from collections import Counter

from transcript_rapport.errors import ReadError
from transcript_rapport.readers import Source, read_source
from transcript_rapport.readers.rows import places
from transcript_rapport.session import Session
from transcript_rapport.writers.fitting import MADE_UP

Said = tuple[str, str, int | None, int | None]


def differences(session: Session, text: str, suffix: str) -> list[str]:
    """What reading ``text`` gives otherwise than ``session`` has it, in sentences; empty where all is the same."""
    try:
        (found,) = read_source(Source(f"{session.name}{suffix}", text.encode("utf-8")))
    except ReadError as error:
        return [f"what was written cannot be read back here ({error.seen})"]
    made_up = MADE_UP in session.notes
    told = ["nothing in this format says that times were invented: whoever reads the file takes them for real"]
    told = told if made_up and found.has_starts else []
    before, after = (_said(s, timed=found.has_starts or not made_up) for s in (session, found))
    return told + _different(session, before, after)


def _different(session: Session, before: list[Said], after: list[Said]) -> list[str]:
    if before == after:
        return []
    if Counter(before) == Counter(after):
        moved = [spoken.index for spoken, *pair in zip(session, before, after, strict=True) if pair[0] != pair[1]]
        return [f"{places(moved, 'utterance')}: in another place when read back, for the format goes by start times"]
    left = Counter(before) - Counter(after)
    lost = [spoken.index for spoken, said in zip(session, before, strict=True) if said in left]
    told = places(lost, "utterance") if lost else f"{len(after) - len(before)} more utterances"
    return [f"{told}: not the same when read back from this format; keep the original"]


def _said(session: Session, *, timed: bool) -> list[Said]:
    return [(u.speaker, u.text, u.start_ms if timed else None, u.end_ms if timed else None) for u in session]
