"""Reads what was written with our own readers, and says what is not the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from transcript_rapport.errors import ReadError
from transcript_rapport.readers import Source, read_source
from transcript_rapport.readers.rows import places
from transcript_rapport.session import Session, Utterance

Said = tuple[str, str, int | None, int | None]


def differences(session: Session, text: str, suffix: str) -> list[str]:
    """What reading ``text`` gives otherwise than ``session`` has it, in sentences; empty where all is the same."""
    try:
        (found,) = read_source(Source(f"{session.name}{suffix}", text.encode("utf-8")))
    except ReadError as error:
        return [f"what was written cannot be read back here ({error.seen})"]
    before, after = _said(session.utterances), _said(found.utterances)
    if before == after:
        return []
    if Counter(before) == Counter(after):
        moved = [spoken.index for spoken, *pair in zip(session, before, after, strict=True) if pair[0] != pair[1]]
        return [f"{places(moved, 'utterance')}: in another place when read back, for the format goes by start times"]
    left = Counter(before) - Counter(after)
    lost = [spoken.index for spoken, said in zip(session, before, strict=True) if said in left]
    told = places(lost, "utterance") if lost else f"{len(after) - len(before)} more utterances"
    return [f"{told}: not the same when read back from this format; keep the original"]


def _said(utterances: Sequence[Utterance]) -> list[Said]:
    return [(u.speaker, u.text, u.start_ms, u.end_ms) for u in utterances]
