"""CSV: a row an utterance, with speaker, role, times in milliseconds and words."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from transcript_rapport.session import Session
from transcript_rapport.writers.marks import Mark

NAME = "csv"
SUFFIX = ".csv"
NEEDS_TIMES = False
KEEPS_MARKS = False
COLUMNS = ("speaker", "role", "start_ms", "end_ms", "text")


def write(session: Session, marks: Sequence[Mark] = ()) -> str:  # noqa: ARG001  (rows hold words and times only)
    """The session as a table; unknown times and undecided roles are empty. Words stay exactly as spoken."""
    out = StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for spoken in session:
        role = session.roles.get(spoken.speaker, "")
        table.writerow([spoken.speaker, role, spoken.start_ms, spoken.end_ms, spoken.text])
    return out.getvalue()
