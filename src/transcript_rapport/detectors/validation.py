"""Validation: statements that say a feeling makes sense, name a strength or express care."""

from __future__ import annotations

from collections.abc import Iterator

from transcript_rapport.detectors.context import answered, finding
from transcript_rapport.report import Coded, Finding

KINDS: tuple[str, ...] = ("validation.normalise", "validation.affirm", "validation.support")


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each way in which a practitioner's statement validates, with the client's words it answers."""
    for statement in coded.by_role("practitioner"):
        for kind in KINDS:
            if kind in statement.codes:
                yield finding(coded, statement, kind, answered(coded, statement))
