"""Validation: statements that say a feeling makes sense, name a strength or express care."""

from __future__ import annotations

from collections.abc import Iterator

from transcript_rapport.detectors import judgment
from transcript_rapport.detectors.context import answered, finding, without_doubted
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

KINDS: tuple[str, ...] = ("validation.normalise", "validation.affirm", "validation.support")

BEYOND_WORDS = 0.9
"""Probability from which the coder hears validation whatever the words: they may stand beside it in one statement."""
_SAYS = beside(__file__)


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each way in which a practitioner's statement validates, with the client's words it answers."""
    for statement in coded.by_role("practitioner"):
        for kind in KINDS:
            if kind in statement.codes:
                yield finding(coded, statement, kind, answered(coded, statement))


def settled(coded: Coded) -> Coded:
    """The session without validation where there is more of the opposite, so that every part of a report says the same.

    It gives way to judgment that is shown or likelier, and to words that refuse, greet, mock, claim to know just how
    it feels, set a feeling aside with a *but*, or speak of the practitioner's own worry. Probabilities stay as they
    are, and so do codes that people gave.
    """
    read = judgment.readings(coded, "validation")
    gone = {r.statement.span for r in read if r.surely or _is_opposite(coded, r.statement)}
    return without_doubted(coded, lambda s: KINDS if s.span in gone else ())


def _is_opposite(coded: Coded, statement: Statement) -> bool:
    """Whether the coder or the words speak against validation."""
    likely = max(statement.codes.get(kind, 0.0) for kind in KINDS)
    if judgment.likelihood(statement.probabilities) > likely:
        return True
    text = plain(coded.text(statement))
    against = [_SAYS["permits"], _SAYS["greets"], _SAYS["own_worry"], _SAYS["mocks"]]
    against += [_SAYS["sets_aside"], _SAYS["claims_to_know"]]
    return likely < BEYOND_WORDS and any(pattern.search(text) for pattern in against)
