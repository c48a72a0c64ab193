"""Transparency: confidentiality and its limits, not knowing, promises, reasons, and claims nobody can make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.measures import moves
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure
from transcript_rapport.settings import Settings

MOVES = moves.rates_of("transparency")
DEFINITIONS: tuple[Definition, ...] = tuple(MOVES.values())


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Each way of being open, per ten practitioner turns."""
    yield from moves.rates(coded, MOVES)
