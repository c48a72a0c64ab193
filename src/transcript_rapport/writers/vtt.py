"""WebVTT: a cue an utterance, its speaker in a voice tag."""

from __future__ import annotations

from collections.abc import Sequence

from transcript_rapport.readers.cues import INVENTED
from transcript_rapport.session import Session
from transcript_rapport.writers.cues import cues, voiced
from transcript_rapport.writers.fitting import MADE_UP
from transcript_rapport.writers.marks import Mark

NAME = "vtt"
SUFFIX = ".vtt"
NEEDS_TIMES = True
KEEPS_MARKS = False


def write(session: Session, marks: Sequence[Mark] = ()) -> str:  # noqa: ARG001  (a cue is what is read on a screen)
    """The session as WebVTT; every utterance must have both times."""
    told = f"{INVENTED}\n\n" if MADE_UP in session.notes else ""
    return f"WEBVTT - transcript-rapport\n\n{told}" + cues(session, voiced, ".")
