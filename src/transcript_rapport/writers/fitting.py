"""A session made to fit what files can hold: one line a text, no control characters, times where they are needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from transcript_rapport.errors import ReadError
from transcript_rapport.readers.rows import UNNAMED, noted, places
from transcript_rapport.session import Session, Utterance

if TYPE_CHECKING:
    from transcript_rapport.writers import Writer

MS_PER_WORD = 400
"""An invented utterance goes at 150 words a minute."""
SHORTEST_MS = 1000
MADE_UP = "times invented at 150 words a minute; they say nothing about the recording"

_BREAKS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")
# What XML 1.0 cannot hold, the controls that make a file binary, and halves of characters that UTF-8 cannot hold.
_UNFIT = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def fit(session: Session, writer: Writer, *, invent_times: bool = False) -> tuple[Session, list[str]]:
    """The session as ``writer`` can hold it, and what was changed, in sentences.

    Empty texts keep their place as utterances only until here: files do not hold them. The others keep
    their order and are *not* numbered anew, so that marks still find them.
    """
    changed, unfit, kept = list[int](), list[int](), list[Utterance]()
    for spoken in session:
        speaker, text = _line(spoken.speaker) or UNNAMED, _line(spoken.text)
        if (speaker, text) != (spoken.speaker, spoken.text):
            lost = _UNFIT.search(spoken.speaker + spoken.text)
            (unfit if lost else changed).append(spoken.index)
        if text:
            kept.append(replace(spoken, speaker=speaker, text=text))
    said = {spoken.index for spoken in kept}
    empty = [spoken.index for spoken in session if spoken.index not in said]
    notes = [
        *noted(changed, "line breaks or space around the words became single spaces", "utterance"),
        *noted(unfit, "characters that no transcript file can hold, left out", "utterance"),
        *noted(empty, "no words, left out", "utterance"),
    ]
    fitted = _with_roles(replace(session, utterances=tuple(kept)), session)
    if not writer.NEEDS_TIMES:
        return fitted, notes
    timed, more = _timed(fitted, writer, invent_times)
    return timed, notes + more


def _line(text: str) -> str:
    return _BREAKS.sub(" ", _UNFIT.sub("", text)).strip()


def _with_roles(fitted: Session, session: Session) -> Session:
    """Roles under the labels as they now are."""
    return replace(fitted, roles={_line(label) or UNNAMED: role for label, role in session.roles.items()})


def _timed(session: Session, writer: Writer, invent: bool) -> tuple[Session, list[str]]:
    untimed = [u.index for u in session if u.start_ms is None or u.end_ms is None]
    if untimed and not invent:
        some = "no times" if len(untimed) == len(session) else f"no whole times at {places(untimed, 'utterance')}"
        raise ReadError(
            session.source or session.name,
            f"this transcript has {some}",
            f"a start and an end for every line, which {writer.SUFFIX} needs",
            "add --invent-times to give it plain invented ones",
        )
    spoken = _invented(session.utterances) if untimed else session.utterances
    momentary = [u.index for u in spoken if u.start_ms == u.end_ms]
    lasting = tuple(replace(u, end_ms=(u.end_ms or 0) + 1) if u.start_ms == u.end_ms else u for u in spoken)
    notes = [
        *noted(untimed, MADE_UP, "utterance"),
        *noted(momentary, "ends as it starts, written as 1 ms long", "utterance"),
    ]
    return replace(session, utterances=lasting, notes=(*session.notes, *[MADE_UP] * bool(untimed))), notes


def _invented(utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """The utterances with the times they lack: one after the other, within the times that are known."""
    found: list[Utterance] = []
    clock = 0
    bounds = _next_starts(utterances)
    for spoken, bound in zip(utterances, bounds, strict=True):
        start = spoken.start_ms if spoken.start_ms is not None else min(clock, _either(spoken.end_ms, bound, clock))
        lasting = max(SHORTEST_MS, MS_PER_WORD * len(spoken.text.split()))
        until = start + lasting if bound is None or bound <= start else min(start + lasting, bound)
        end = spoken.end_ms if spoken.end_ms is not None else until
        found.append(replace(spoken, start_ms=start, end_ms=end))
        clock = max(start, end)
    return tuple(found)


def _either(*times: int | None) -> int:
    return next(time for time in times if time is not None)


def _next_starts(utterances: Sequence[Utterance]) -> list[int | None]:
    """For every utterance the first start that is known below it."""
    following: int | None = None
    found: list[int | None] = []
    for spoken in reversed(utterances):
        found.append(following)
        following = following if spoken.start_ms is None else spoken.start_ms
    return found[::-1]
