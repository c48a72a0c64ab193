"""Moves: options offered, promises made, praise in general terms, by turns of phrase or as the coder hears them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from transcript_rapport.codebook import HEARD, is_learned
from transcript_rapport.lexicons.moves import SHOWN, Move, moves
from transcript_rapport.report import Coded, Finding, Statement

KINDS: tuple[str, ...] = tuple(kind for kind, move in moves().items() if move.shown)

FEW = 4
"""Findings shown of one kind: what is said more often than that is counted by the measures."""
BY_WORDS = 0.8
"""Score of a finding made by words alone: a convention, not a measured precision."""


def detect(coded: Coded) -> Iterator[Finding]:
    """The first few places of each kind, in order of the session."""
    found = (_finding(coded, move, statement) for move, statement in made(coded, KINDS))
    yield from few(finding for finding in found if finding.score >= SHOWN)


def made(coded: Coded, kinds: Collection[str]) -> Iterator[tuple[Move, Statement]]:
    """Every practitioner's statement that makes one of ``kinds``, in order of the session."""
    wanted = [moves()[kind] for kind in kinds]
    for statement in coded.by_role("practitioner"):
        text = coded.text(statement)
        for move in wanted:
            if move.made_in(statement, text):
                yield move, statement


def few(found: Iterator[Finding]) -> Sequence[Finding]:
    """At most ``FEW`` findings of each kind, in order of the session: those by words first, then the surest."""
    by_kind: dict[str, list[Finding]] = {}
    for finding in found:
        by_kind.setdefault(finding.kind, []).append(finding)
    kept = (f for of_kind in by_kind.values() for f in sorted(of_kind, key=_rank)[:FEW])
    return sorted(kept, key=lambda finding: (finding.span, finding.kind))


def _rank(finding: Finding) -> tuple[bool, float]:
    return is_learned(finding.source), -finding.score


def _finding(coded: Coded, move: Move, statement: Statement) -> Finding:
    in_words = move.in_words(coded.text(statement))
    source, sure = (move.source, BY_WORDS) if in_words else (f"{move.source}; {HEARD}", statement.moves[move.kind])
    told = (move.why, source, move.suggestion, sure)
    return Finding(move.kind, coded.session[statement.utterance], statement.start, statement.end, *told)
