"""Confided: the client's statements that open something, in plain words or as the coder hears them.

A loss, fear, shame, pain, what was never told before or not knowing what is the matter, in plain words
(``confided.toml``), is a cue however faintly the coder hears it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transcript_rapport.detectors.context import WORDED, words
from transcript_rapport.detectors.cues import FULL, SURE, Cue
from transcript_rapport.detectors.moves import BY_WORDS
from transcript_rapport.lexicons import content_words, plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Statement

FEELING, DISCLOSURE, AMBIVALENCE = "client.emotion", "client.disclosure", "client.ambivalence"
LOSS, FIRST_TOLD, SHAME, UNEXPLAINED = "loss", "first_told", "shame", "unexplained"
CUES: tuple[str, ...] = (FEELING, DISCLOSURE, AMBIVALENCE)
BY_ITSELF = 2
"""Content words below which “I never told anyone” stands by itself, and speaks of the statement before."""

_SAYS = beside(__file__)


def confided(coded: Coded, said: Sequence[Statement], before: Sequence[Statement]) -> list[Cue]:
    """The cues among a client's statements; ``before``: the practitioner's turn that these answer.

    What a history asked for (a relative's illness) opens nothing.
    """
    history = any(_SAYS["takes_history"].search(plain(coded.text(s))) for s in before)
    asked = coded.text(before[-1]) if before and before[-1].has("question") else ""
    return [cue for s in said if (cue := _plain_cue(coded, s, history) or _cue(coded, s, asked))]


def names_feeling(said: str) -> bool:
    """Whether words in lower case name a feeling, and not the body."""
    return bool(_SAYS["felt"].search(said))


def tells_pain(said: str) -> bool:
    """Whether words in lower case tell plainly of a loss, a fear or pain."""
    return bool(_SAYS["loss"].search(said) or _SAYS["plainly"].search(said))


def is_bodily(said: str) -> bool:
    """Whether words in lower case tell of the body."""
    return bool(_SAYS["bodily"].search(said))


def _plain_cue(coded: Coded, statement: Statement, history: bool) -> Cue | None:
    """A loss, or else what was never told, shame, fear, pain or not knowing, where a statement tells it in plain words.

    Its sureness is that of the words and the coder's together. In answer to a ``history``, the death of a distant
    relative is a fact, unless it is recent. “I never told anyone” by itself speaks of the statement before.
    """
    text = plain(coded.text(statement))
    told_by = {LOSS: _SAYS["loss"], FIRST_TOLD: _SAYS["first_told"], SHAME: _SAYS["shame"]}
    told_by |= {FEELING: _SAYS["plainly"], UNEXPLAINED: _SAYS["unexplained"]}
    for kind, pattern in told_by.items():
        found = pattern.search(text)
        fact = kind == LOSS and history and _SAYS["distant"].search(text) and not _SAYS["recent"].search(text)
        if kind == LOSS and not found and not history and _kin_named(coded, statement):
            found = _SAYS["their_loss"].search(text)
        if found and not fact:
            heard = max(statement.counted.get(code, 0.0) for code in CUES)
            if kind == FIRST_TOLD and len(content_words(_SAYS["first_told"].sub("", text))) < BY_ITSELF:
                statement = replace(statement, start=_before(coded, statement).start)
            return Cue(kind, statement, 1 - (1 - BY_WORDS) * (1 - heard), found.group())
    return None


def _before(coded: Coded, statement: Statement) -> Statement:
    """The statement before it in the same utterance, or itself where it is the first."""
    here = coded.statements_of(statement.utterance)
    return here[max(0, here.index(statement) - 1)]


def _kin_named(coded: Coded, statement: Statement) -> bool:
    """Whether a client's words up to there name somebody close."""
    told = (s for s in coded.by_role("client") if s.span < statement.span)
    return any(_SAYS["somebody_close"].search(plain(coded.text(s))) for s in told)


def _cue(coded: Coded, statement: Statement, asked: str) -> Cue | None:
    """The likeliest cue of a statement; gladness or the body is no cue, and a bare word is too little to go by.

    ``asked``: the question it answers; who was asked about the body, or how much they drink, answers about it.
    """
    said, kinds = plain(coded.text(statement)), CUES
    sore = bool(_SAYS["sore"].search(said) or _SAYS["not_glad"].search(said))
    if not names_feeling(said):
        if is_bodily(f"{plain(asked)} {said}"):
            return None
        if _SAYS["asks_about_use"].search(plain(asked)):
            kinds = (FEELING, AMBIVALENCE)
    glad = not sore and bool(_SAYS["glad"].search(said))
    sure = [kind for kind in kinds if statement.counted.get(kind, 0.0) >= SURE and not (kind == FEELING and glad)]
    likeliest = max(sure, key=lambda kind: statement.counted[kind], default=None)
    enough = WORDED if likeliest == FEELING and (sore or _SAYS["denial"].search(said)) else FULL
    return Cue(likeliest, statement, statement.counted[likeliest]) if likeliest and len(words(said)) >= enough else None
