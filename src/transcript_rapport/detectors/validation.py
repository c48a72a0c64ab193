"""Validation: statements that say a feeling makes sense, name a strength or express care."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from transcript_rapport.detectors import judgment
from transcript_rapport.detectors.context import answered, finding
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

KINDS: tuple[str, ...] = ("validation.normalise", "validation.affirm", "validation.support")

BEYOND_WORDS = 0.9
"""Probability from which the coder hears validation whatever the words: they may stand beside it in one statement."""
NEUTRAL = ("other", "information", "structure", "self_disclosure")
"""Codes of which one takes the place of validation that does not count."""

_SAYS = beside(__file__)


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each way in which a practitioner's statement validates, with the client's words it answers."""
    for statement in coded.by_role("practitioner"):
        for kind in KINDS:
            if kind in statement.codes:
                yield finding(coded, statement, kind, answered(coded, statement))


def settled(coded: Coded) -> Coded:
    """The session without validation where there is more of the opposite, so that every part of a report says the same.

    It gives way to judgment that is shown or likelier, and to words that refuse, greet, mock or speak of the
    practitioner's own worry. Probabilities stay as they are, and so do codes that people gave.
    """
    if not coded.strays:
        return coded
    read = [reading for reading in judgment.readings(coded) if reading.statement.has("validation")]
    gone = {r.statement.span for r in read if r.kind or _is_opposite(coded, r.statement)}
    return replace(coded, statements=tuple(_without(s) if s.span in gone else s for s in coded.statements))


def _is_opposite(coded: Coded, statement: Statement) -> bool:
    """Whether the coder or the words speak against validation."""
    likely = max(statement.codes.get(kind, 0.0) for kind in KINDS)
    if judgment.likelihood(statement.probabilities) > likely:
        return True
    text = plain(coded.text(statement))
    against = (_SAYS["permits"], _SAYS["greets"], _SAYS["own_worry"], _SAYS["mocks"])
    return likely < BEYOND_WORDS and any(pattern.search(text) for pattern in against)


def _without(statement: Statement) -> Statement:
    """A statement without its validation; the likeliest neutral code where nothing is left."""
    left = {code: p for code, p in statement.codes.items() if code not in KINDS}
    neutral = max(NEUTRAL, key=lambda code: statement.probabilities.get(code, 0.0))
    return replace(statement, codes=left or {neutral: statement.probabilities.get(neutral, 0.0)})
