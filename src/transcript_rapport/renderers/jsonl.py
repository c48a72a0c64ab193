"""The same document as JSON on one line, so that many sessions make one file."""

from __future__ import annotations

import json

from transcript_rapport.renderers.json import document
from transcript_rapport.report import Report

SUFFIX = ".jsonl"


def render(report: Report) -> str:
    """One line, with its line feed; line breaks inside a text are escaped by JSON itself."""
    line = json.dumps(document(report), ensure_ascii=False, allow_nan=False)
    # JSON allows these two inside strings, but many line readers end a line at them.
    return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085") + "\n"
