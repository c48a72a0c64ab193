"""Openings: what the client opens up about, and how far the practitioner's next turn meets it.

After VR-CoDES (Zimmermann et al., 2011; Del Piccolo et al., 2011): a cue or concern is met with room for what it means,
explored for its facts, or left; it may also be named in words that are left again at once. What opens: ``confided``.
``detect`` finds ruptures (``ruptures``) too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from transcript_rapport.detectors import ruptures, validation
from transcript_rapport.detectors.confided import (
    AMBIVALENCE,
    FEELING,
    FIRST_TOLD,
    LOSS,
    SHAME,
    UNEXPLAINED,
    confided,
    is_bodily,
    names_feeling,
)
from transcript_rapport.detectors.context import WORDED, exchanges, word_list, words
from transcript_rapport.detectors.cues import (
    FULL,
    PERHAPS,
    SHOWN,
    SURE,
    Cue,
    Opening,
    answers,
    doubt,
    has_any,
    likelihood,
    owns,
    placed,
)
from transcript_rapport.detectors.moves import few
from transcript_rapport.lexicons import content_words, plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

MISSED, NAMED, FACTS = "opening.missed", "opening.named", "opening.facts"
MET = "met"
"""How an opening is met where neither finding is made: with room for it. ``MISSED``: not at all."""
KINDS: tuple[str, ...] = (MISSED, NAMED, FACTS, *ruptures.KINDS)

RECEIVES = ("reflection", "validation")
"""Codes that meet an opening where the coder hears nothing likelier in the statement."""
TERM = "jargon"
LEADS = ("question", "advice", "information", "structure", "partnership")
"""Codes of which one may lead away from what was just named."""

BARE = 2
"""Words below which nothing meets an opening, whatever its codes ("Okay")."""
TO_THEM = frozenset(["you", "your", "yours", "yourself", "you're", "you've", "you'd"])
"""Words that speak to the client: without them, self-disclosure and what follows it validates nobody else."""
ECHO = 4
"""Words below which a simple reflection has to share one with the client's, or name a feeling ("Forty five, OK")."""
SHARED = 2
"""Content words of the client's in the answer from which it takes up what was said, whatever its codes."""
REFERS = 4
"""Content words from which a statement is about what they name, though it holds a "that" or "it"."""

_SAYS = beside(__file__)

_PATTERNS = {
    LOSS: "Receive it before going on: “I am sorry about your …. How is it for you now?”",
    FIRST_TOLD: "Receive it before going on: “Thank you for trusting me with that. You do not have to say more.”",
    SHAME: "Stay with how they see themselves: “It sounds as if you feel …. What is it like to carry that?”",
    UNEXPLAINED: "Ask on from there: “What goes through your mind about it?”",
    "client.emotion": "Stay with the feeling before going on: “You feel …, because …”, with their own word for it.",
    "client.disclosure": "Receive it before going on: “Thank you for telling me. It has been … to carry that.”",
    "client.ambivalence": "Hold both sides: “On the one hand …, and on the other …”, and leave a pause.",
}
_TOLD = {
    LOSS: "a loss",
    FIRST_TOLD: "something hardly ever told",
    SHAME: "shame, or of thinking little of themselves",
    UNEXPLAINED: "not knowing what is the matter",
    "client.emotion": "a feeling",
    "client.disclosure": "something personal",
    "client.ambivalence": "being of two minds",
}
_VR_CODES = "VR-CoDES (Zimmermann et al., 2011)"
_WENT_ON = {
    MISSED: "the answer goes on from there",
    NAMED: "they are met here, and the same breath goes on to something else",
    FACTS: "the answer asks for facts, not yet for what it means to them",
}


def openings(coded: Coded) -> Iterator[Opening]:
    """What the client opens, at most one a turn: the last cue before the practitioner takes the floor.

    What is told in plain words goes first. A turn of back-channels lets the client go on, so it
    neither answers nor passes over.
    """
    for (_, before), (said, answer) in pairwise([([], ()), *exchanges(coded)]):
        if answer and (cues := confided(coded, said, before)):
            cue = max(reversed(cues), key=lambda cue: bool(cue.plainly))
            yield _opening(coded, cue, said, _at_once(coded, answer) if cue.kind == FIRST_TOLD else answer)


def _at_once(coded: Coded, answer: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """An answer up to the client's reply, be it a word, to the first words in it that say something."""
    first = next((s.utterance for s in answer if len(words(coded.text(s))) >= WORDED), answer[0].utterance)
    replied = next((u.index for u in coded.session[first:] if coded.session.role_of(u) == "client"), len(coded.session))
    return tuple(s for s in answer if s.utterance < replied)


def detect(coded: Coded) -> Iterator[Finding]:
    """A few openings that were passed over, and ruptures passed over or repaired, the surest first."""
    yield from few(_found(coded))


def _found(coded: Coded) -> Iterator[Finding]:
    for opening in openings(coded):
        felt = opening.cue.plainly or opening.cue.kind == FEELING
        free = any("partnership.autonomy" in s.counted for s in opening.answer)
        shares = free or any(s.has("partnership") for s in opening.by)  # To ask where to begin asks for no facts.
        facts = opening.grade == FACTS and felt and not shares and opening.cue.sure >= SHOWN and opening.doubt < SURE
        if opening.missed or facts or opening.grade == NAMED:
            yield _passed(coded, opening)
    yield from ruptures.findings(coded)


def _opening(coded: Coded, cue: Cue, said: Sequence[Statement], answer: tuple[Statement, ...]) -> Opening:
    """A cue with what meets it; where the client went on after a loss, what meets it may be about the rest.

    Any open question explores being of two minds; others have to be about what was said.
    """
    gone_on = cue.kind == LOSS and any(len(words(coded.text(s))) >= FULL for s in said if s.span > cue.said.span)
    codes = ("reflection",) if gone_on else RECEIVES
    told_of = cue.plainly if cue.kind == LOSS else " ".join(map(coded.text, [cue.said] if cue.plainly else said))
    heard, receives = content_words(told_of), _SAYS["condoles"] if cue.kind == LOSS else _SAYS["receives"]
    meant = answers(coded, cue.said, answer)
    weighed = list(_weighed(coded, meant, codes))
    met = [s for s, by in weighed if _meets(coded, s, by, heard, receives if cue.plainly else None)]
    if met:
        left = _goes_elsewhere(coded, met, answer, content_words(" ".join(map(coded.text, (*said, *met)))))
        return Opening(cue, answer, tuple(met), 0.0, NAMED if left else MET)
    about = None if gone_on else _SAYS["about_them"] if cue.kind == LOSS else _SAYS["about_it"]
    opens = "question.open" if cue.kind == AMBIVALENCE else ""
    asked = tuple(s for s in meant if _explores(coded, s, heard, about) or opens in s.counted)
    doubted = max((_doubt(coded, s, (*by, opens), heard) for s, by in weighed), default=0.0)
    return Opening(cue, answer, asked, doubted, FACTS if asked else MISSED)


def _weighed(
    coded: Coded, answer: Sequence[Statement], codes: Sequence[str]
) -> Iterator[tuple[Statement, Sequence[str]]]:
    """The statements of an answer that may meet an opening, each with the codes by which it may.

    What only passes on (a courtesy, “I hear you, but”, ``aside``) is left out, and in the practitioner's own story
    nothing validates the client.
    """
    own = False
    for statement in answer:
        said = plain(coded.text(statement))
        own = TO_THEM.isdisjoint(words(said)) and (own or statement.has("self_disclosure"))
        if names_feeling(said) or not (_SAYS["aside"].search(said) or validation.passes_on(said)):
            yield statement, ("reflection",) if own else codes


def _meets(
    coded: Coded, statement: Statement, codes: Sequence[str], heard: frozenset[str], receives: re.Pattern[str] | None
) -> bool:
    """Whether a statement, without judging, makes room for what was said.

    By one of ``codes``, where nothing else is likelier or it names a feeling; by asking what it is like; or by the
    client's words (``heard``). ``receives``: words that are enough, with one word of the client's, after plain words.
    """
    said = plain(coded.text(statement))
    so_far = coded.session[statement.utterance].text[: statement.end] if len(words(said)) < WORDED else said
    if owns(coded, statement):
        return True
    if statement.has("judgment") or _SAYS["own_doing"].search(plain(so_far)):
        return False
    felt, leads = names_feeling(said), likelihood(statement, LEADS)
    shared = len(heard & content_words(said))
    of_the_body = is_bodily(said) and not felt
    likely = likelihood(statement, codes) >= (PERHAPS if felt else max(PERHAPS, leads))
    if likely and len(word_list(said)) >= BARE and not (_is_echo(coded, statement, heard) or of_the_body):
        return True
    if statement.has("question"):
        return felt or bool(_SAYS["asks_what_it_is_like"].search(said))
    shared = 0 if leads else shared
    return shared >= SHARED or bool(receives and (shared or receives.search(said)))


def _is_echo(coded: Coded, statement: Statement, heard: frozenset[str]) -> bool:
    """Whether it says back a word or two that are neither of what was opened (``heard``) nor name a feeling."""
    said = plain(coded.text(statement))
    short = len(word_list(said)) < ECHO and "reflection.simple" in statement.counted
    return short and not (heard & content_words(said) or names_feeling(said))


def _doubt(coded: Coded, statement: Statement, codes: Sequence[str], heard: frozenset[str]) -> float:
    """How likely it meets an opening after all; an echo does not, nor what is likelier a term that needs explaining."""
    likely = doubt([statement], codes)
    return 0.0 if likely < statement.probabilities.get(TERM, 0.0) or _is_echo(coded, statement, heard) else likely


def _explores(coded: Coded, statement: Statement, heard: frozenset[str], about: re.Pattern[str] | None) -> bool:
    """Whether, without judging, a question refers to what was said, or it or information shares words with it."""
    said = plain(coded.text(statement))
    refers = statement.has("question") and about and about.search(said)
    shares = has_any(statement, ("question", "information")) and heard & content_words(said)
    return not statement.has("judgment") and bool(refers or shares)


def _goes_elsewhere(coded: Coded, met: Sequence[Statement], answer: Sequence[Statement], heard: frozenset[str]) -> bool:
    """Whether it names a feeling or validates, and all that follows in the same utterance leads to something else.

    ``heard``: the content words of the client, and of what met them.
    """
    last = met[-1]
    if not (last.has("validation") or names_feeling(plain(coded.text(last)))):
        return False
    rest = [s for s in answer if s.utterance == last.utterance and s.start >= last.end]
    full = [s for s in rest if len(words(coded.text(s))) >= WORDED and set(s.counted) != {"facilitation"}]
    return bool(full) and all(has_any(s, LEADS) and not _stays(coded, s, heard) for s in full)


def _stays(coded: Coded, statement: Statement, heard: frozenset[str]) -> bool:
    """Whether it shares a content word with what was ``heard``, names hardly anything, or refers and names little."""
    said = plain(coded.text(statement))
    meant = content_words(said)
    return bool(meant & heard) or len(meant) < (REFERS if _SAYS["about_it"].search(said) else SHARED)


def _passed(coded: Coded, opening: Opening) -> Finding:
    cue = opening.cue
    why = f"Just before, the client's words {cue.heard} {_TOLD[cue.kind]}; {_WENT_ON[opening.grade]}."
    return placed(coded, opening, opening.grade, why, _VR_CODES, _PATTERNS[cue.kind], cue.sure * (1 - opening.doubt))
