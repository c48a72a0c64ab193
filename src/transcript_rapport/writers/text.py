"""Plain text: a line an utterance, its times in brackets where they are known, its speaker before a colon."""

from __future__ import annotations

from collections.abc import Sequence

from transcript_rapport.session import Session, Utterance
from transcript_rapport.writers.cues import clock
from transcript_rapport.writers.marks import Mark

NAME = "text"
SUFFIX = ".txt"
NEEDS_TIMES = False
KEEPS_MARKS = False


def write(session: Session, marks: Sequence[Mark] = ()) -> str:  # noqa: ARG001  (text is for people to read)
    """The session as lines such as ``[00:00:01.000 - 00:00:02.500] Therapist: Hello.``, an empty line between them."""
    return "\n".join(f"{_times(spoken)}{spoken.speaker}: {spoken.text}\n" for spoken in session)


def _times(spoken: Utterance) -> str:
    if spoken.start_ms is None:
        return ""
    end = "" if spoken.end_ms is None else f" - {clock(spoken.end_ms)}"
    return f"[{clock(spoken.start_ms)}{end}] "
