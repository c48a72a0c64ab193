"""Listening: reflections, with the client's words they answer, and open questions."""

from __future__ import annotations

from collections.abc import Iterator

from transcript_rapport.detectors.context import answered, finding, likeliest
from transcript_rapport.report import Coded, Finding

REFLECTIONS = ("reflection.simple", "reflection.complex")
KINDS: tuple[str, ...] = (*REFLECTIONS, "question.open")


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each reflection (the likelier of simple and complex) and each open question."""
    for statement in coded.by_role("practitioner"):
        reflection = likeliest(statement, REFLECTIONS)
        if reflection:
            yield finding(coded, statement, reflection, answered(coded, statement))
        if "question.open" in statement.codes:
            yield finding(coded, statement, "question.open")
