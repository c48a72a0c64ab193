"""Transcript Rapport: measures rapport in transcripts of helping sessions.

    from transcript_rapport import read, analyse
    for session in read("session.txt"):
        report = analyse(session)

Importing this package loads no torch, spaCy or pandas; they load when they are first needed.
"""

from __future__ import annotations

from transcript_rapport.analysis import analyse
from transcript_rapport.readers import read
from transcript_rapport.report import Coded, Finding, Label, Measure, Report, Span, Statement, Threshold
from transcript_rapport.session import Session, Turn, Utterance
from transcript_rapport.settings import Settings

__version__ = "0.1.0"
__all__ = [
    "Coded",
    "Finding",
    "Label",
    "Measure",
    "Report",
    "Session",
    "Settings",
    "Span",
    "Statement",
    "Threshold",
    "Turn",
    "Utterance",
    "analyse",
    "read",
]
