"""SRT: a cue an utterance, its speaker before a colon as viewers show it."""

from __future__ import annotations

from collections.abc import Sequence

from transcript_rapport.session import Session, Utterance
from transcript_rapport.writers.cues import cues, escaped, voiced
from transcript_rapport.writers.marks import Mark
from transcript_rapport.writers.readback import differences

NAME = "srt"
SUFFIX = ".srt"
NEEDS_TIMES = True
KEEPS_MARKS = False


def write(session: Session, marks: Sequence[Mark] = ()) -> str:  # noqa: ARG001  (a cue is what is read on a screen)
    """The session as SRT; every utterance must have both times.

    Names and words are written plainly. Where they would not be read back as they are (a name that
    looks like speech, words that look like markup), entities and then voice tags are used instead.
    """
    forms = (_plain, _entities, voiced)
    written = [cues(session, form, ",") for form in forms[:1]]
    for form in forms[1:]:
        if not differences(session, written[-1], SUFFIX):
            break
        written.append(cues(session, form, ","))
    return written[-1]


def _plain(spoken: Utterance) -> str:
    return f"{spoken.speaker}: {spoken.text}"


def _entities(spoken: Utterance) -> str:
    return f"{escaped(spoken.speaker)}: {escaped(spoken.text)}"
