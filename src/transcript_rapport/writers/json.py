"""JSON: rows of speaker, role, words and times, with the session's name."""

from __future__ import annotations

import json
from collections.abc import Sequence

from transcript_rapport.session import Session
from transcript_rapport.writers.marks import Mark

NAME = "json"
SUFFIX = ".json"
NEEDS_TIMES = False
KEEPS_MARKS = False
SCHEMA = "transcript-rapport/session/1"


def write(session: Session, marks: Sequence[Mark] = ()) -> str:  # noqa: ARG001  (rows hold words and times only)
    """The session as an object with a list of rows; unknown times and undecided roles are null."""
    rows = [
        {
            "speaker": spoken.speaker,
            "role": session.roles.get(spoken.speaker),
            "text": spoken.text,
            "start_ms": spoken.start_ms,
            "end_ms": spoken.end_ms,
        }
        for spoken in session
    ]
    document = {"schema": SCHEMA, "session": {"name": session.name, "source": session.source}, "utterances": rows}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
