"""Validation: statements that say a feeling makes sense, name a strength or express care."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from transcript_rapport.detectors import readings
from transcript_rapport.detectors.context import answered, finding, without_doubted, words
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

KINDS: tuple[str, ...] = ("validation.normalise", "validation.affirm", "validation.support")

BEYOND_WORDS = 0.9
"""Probability from which the coder hears validation whatever the words: they may stand beside it in one statement."""
BARE = 3
"""Words up to which a statement that is sorry does not say for what."""
_SAYS = beside(__file__)


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each way in which a practitioner's statement validates, with the client's words it answers."""
    for statement in coded.by_role("practitioner"):
        for kind in KINDS:
            if kind in statement.counted:
                yield finding(coded, statement, kind, answered(coded, statement))


def settled(coded: Coded) -> Coded:
    """The session without validation where there is more of the opposite, so that every part of a report says the same.

    It gives way to judgment that is shown or likelier, to courtesies and to owning one's part (a repair), and to words
    that refuse, greet, mock, claim to know just how it feels, set a feeling aside with a *but*, or speak of the
    practitioner's own worry or the fate of many. Probabilities stay as they are, and so do codes that people gave.
    """
    read = readings.readings(coded, "validation")
    gone = {r.statement.span for r in read if r.surely or _is_opposite(coded, r.statement)}
    return without_doubted(coded, lambda s: KINDS if s.span in gone else ())


def _is_opposite(coded: Coded, statement: Statement) -> bool:
    """Whether the coder or the words speak against validation."""
    likely = max(statement.counted.get(kind, 0.0) for kind in KINDS)
    if readings.likelihood(statement.probabilities) > likely:
        return True
    text = plain(coded.text(statement))
    if _SAYS["courtesy"].search(text) or _owns(coded, statement):
        return True
    against = [_SAYS["permits"], _SAYS["greets"], _SAYS["own_worry"], _SAYS["mocks"]]
    against += [_SAYS["sets_aside"], _SAYS["claims_to_know"], _SAYS["others_fate"]]
    return likely < BEYOND_WORDS and any(pattern.search(text) for pattern in against)


def _owns(coded: Coded, statement: Statement) -> bool:
    """Whether it is sorry for something its speaker did; a bare “sorry” speaks of what comes next."""
    said = coded.text(statement)
    if len(words(said)) <= BARE:
        after = (s for s in coded.statements_of(statement.utterance) if s.start >= statement.end)
        said = " ".join(map(coded.text, (statement, *islice(after, 1))))
    return moves()["repair.apology"].in_words(said) and "thank" not in plain(said)


def passes_on(text: str) -> bool:
    """Whether these words are a courtesy, or grant a feeling and set it aside at once (“I hear you, but”)."""
    said = plain(text)
    return bool(_SAYS["courtesy"].search(said) or _SAYS["sets_aside"].search(said))
