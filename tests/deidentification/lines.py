"""A few invented lines as a session, and what is replaced in them."""

from __future__ import annotations

from transcript_rapport.deidentification import replaced

BESIDE = "We talked about how the week had been for me."
SMALL = "we talked about how the week had been for me"


def found(*lines: str) -> list[list[str]]:
    """What is replaced in each of the lines of one session."""
    beside = SMALL if all(line == line.lower() for line in lines) else BESIDE
    spans = replaced([*lines, beside, beside, beside])
    return [[line[span.start : span.end] for span in held] for line, held in zip(lines, spans, strict=False)]
