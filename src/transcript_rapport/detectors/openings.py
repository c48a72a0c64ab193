"""Openings: what the client opens up about, and how far the practitioner's next turn meets it.

After VR-CoDES (Zimmermann et al., 2011; Del Piccolo et al., 2011): a cue or concern is met with room for what it means,
explored for its facts, or left; it may also be named in words that are left again at once. Rupture markers and their
repair follow the 3RS (Eubanks et al., 2019). A loss, fear, shame, pain or not knowing what is the matter, in plain
words (``openings.toml``), is a cue however faintly the coder hears it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from transcript_rapport.detectors.context import TAKES_UP, WORDED, exchanges, judged, told, word_list, words
from transcript_rapport.detectors.moves import BY_WORDS, few
from transcript_rapport.lexicons import content_words, plain
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

MISSED, NAMED, FACTS = "opening.missed", "opening.named", "opening.facts"
PASSED, REPAIRED = "rupture.passed", "rupture.repaired"
MET = "met"
"""How an opening is met where neither finding is made: with room for it. ``MISSED``: not at all."""
KINDS: tuple[str, ...] = (MISSED, NAMED, FACTS, PASSED, REPAIRED)

FEELING, DISCLOSURE, AMBIVALENCE = "client.emotion", "client.disclosure", "client.ambivalence"
LOSS, SHAME, UNEXPLAINED = "loss", "shame", "unexplained"
CUES = (FEELING, DISCLOSURE, AMBIVALENCE)
RUPTURES = ("client.confrontation", "client.withdrawal")
SHOWN_RUPTURES = ("client.confrontation",)
"""Ruptures that are shown, not only counted: a short or distant answer has too many other reasons."""
RECEIVES = ("reflection", "validation")
"""Codes that meet an opening where the coder hears nothing likelier in the statement."""
LEADS = ("question", "advice", "information", "structure", "partnership")
"""Codes of which one may lead away from what was just named."""
TOWARDS = ("reflection", "validation.normalise")
"""Codes that take the client's side in a rupture."""
MENDS = ("validation", "question.open", "partnership.autonomy")
"""Codes that may, where their words turn towards the client too."""

SURE = 0.5
"""Least probability of a cue at which it counts as an opening."""
SHOWN = 0.7
"""Least probability of a cue at which its passing-over is shown; the measures count from ``SURE`` on."""
PERHAPS = 0.25
"""Probability of an answering code from which a passing-over is too doubtful to be shown."""
FULL = 5
"""Words from which a client's statement is enough to go by; a feeling in so many words needs fewer."""
BARE = 2
"""Words below which nothing meets an opening, whatever its codes ("Okay")."""
ECHO = 4
"""Words below which a simple reflection has to share one with the client's, or name a feeling ("Forty five, OK")."""
SHARED = 2
"""Content words of the client's in the answer from which it takes up what was said, whatever its codes."""
REFERS = 4
"""Content words from which a statement is about what they name, though it holds a "that" or "it"."""

_SAYS = beside(__file__)

_PATTERNS = {
    LOSS: "Receive it before going on: “I am sorry about your …. How is it for you now?”",
    SHAME: "Stay with how they see themselves: “It sounds as if you feel …. What is it like to carry that?”",
    UNEXPLAINED: "Ask on from there: “What goes through your mind about it?”",
    "client.emotion": "Stay with the feeling before going on: “You feel …, because …”, with their own word for it.",
    "client.disclosure": "Receive it before going on: “Thank you for telling me. It has been … to carry that.”",
    "client.ambivalence": "Hold both sides: “On the one hand …, and on the other …”, and leave a pause.",
    "client.confrontation": "Take their side of it first: “It sounds as if … did not fit for you. Tell me more.”",
    "client.withdrawal": "Name it gently: “I may have gone too fast. How is it to talk about this just now?”",
}
_TOLD = {
    LOSS: "a loss",
    SHAME: "shame, or of thinking little of themselves",
    UNEXPLAINED: "not knowing what is the matter",
    "client.emotion": "a feeling",
    "client.disclosure": "something personal",
    "client.ambivalence": "being of two minds",
    "client.confrontation": "a doubt about the conversation or the plan",
    "client.withdrawal": "what could be a step back",
}
_VR_CODES, _3RS = "VR-CoDES (Zimmermann et al., 2011)", "3RS (Eubanks et al., 2019)"
_WENT_ON = {
    MISSED: "the answer goes on from there",
    NAMED: "they are met here, and the same breath goes on to something else",
    FACTS: "the answer asks for facts, not yet for what it means to them",
    PASSED: "the answer goes on from there",
}


class Cue(NamedTuple):
    """A client's statement that opens something, how sure that is, and the plain words that say it, if any."""

    kind: str
    said: Statement
    sure: float
    plainly: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the client opened, and the practitioner's next turn.

    ``answer`` holds the statements of that turn, ``by`` those among them that take it up: none
    where it goes past. ``doubt`` is the highest probability of a code that might have taken it up. ``grade``:
    how an opening is met, ``MET``, ``FACTS``, ``NAMED`` or ``MISSED``.
    """

    cue: Cue
    answer: tuple[Statement, ...]
    by: tuple[Statement, ...]
    doubt: float
    grade: str = ""

    @property
    def answered(self) -> bool:
        """Whether anything in the next turn takes it up."""
        return bool(self.by)

    @property
    def missed(self) -> bool:
        """Whether it was passed over beyond much doubt: a sure cue, and nothing that might answer it."""
        return not self.by and self.cue.sure >= SHOWN and self.doubt < PERHAPS


def openings(coded: Coded) -> Iterator[Opening]:
    """What the client opens, at most one a turn: the last cue before the practitioner takes the floor.

    What is told in plain words goes first. A turn of back-channels lets the client go on, so it
    neither answers nor passes over. What a history asked for (a relative's illness) opens nothing.
    """
    for (_, before), (said, answer) in pairwise([([], ()), *exchanges(coded)]):
        history = any(_SAYS["takes_history"].search(plain(coded.text(s))) for s in before)
        asked = coded.text(before[-1]) if before else ""
        cues = [cue for s in said if (cue := _plain_cue(coded, s, history) or _cue(coded, s, CUES, asked))]
        if cues and answer:
            yield _opening(coded, max(reversed(cues), key=lambda cue: bool(cue.plainly)), said, answer)


def ruptures(coded: Coded, kinds: Sequence[str] = RUPTURES) -> Iterator[Opening]:
    """Signs of strain, at most one a turn, and what turns towards them.

    Nothing does where judgment is heard in that turn; and only owning one's part does where the client withdraws
    after it, or where judgment was heard in the practitioner's turn before.
    """
    turns = [([], ()), *exchanges(coded), ([], ())]
    for (_, before), (said, answer), (reply, _) in zip(turns, turns[1:], turns[2:], strict=False):
        cues = [cue for s in said if _between_us(coded, s) and (cue := _strain(coded, s) or _cue(coded, s, kinds))]
        if cues and answer:
            owned = [s for s in answer if _owns(coded, s)]
            hurt = judged(s for s in answer if s not in owned)
            withdrew = any(s.codes.get("client.withdrawal", 0.0) >= SURE for s in reply)
            others = [] if withdrew or judged(before) else [s for s in answer if s not in owned]
            cue = max(reversed(cues), key=lambda cue: bool(cue.plainly))
            mended = (s for s in others if _mends(coded, s, said, bool(cue.plainly)))
            meant = [s for s in answer if not _is_courtesy(coded, s, said)]
            yield Opening(cue, answer, () if hurt else (*owned, *mended), _doubt(meant, TAKES_UP))


def detect(coded: Coded) -> Iterator[Finding]:
    """A few openings that were passed over, and ruptures passed over or repaired, the surest first."""
    yield from few(_missed(coded))


def _missed(coded: Coded) -> Iterator[Finding]:
    for opening in openings(coded):
        felt = opening.cue.plainly or opening.cue.kind == FEELING
        free = any("partnership.autonomy" in s.codes for s in opening.answer)
        shares = free or any(s.has("partnership") for s in opening.by)  # To ask where to begin asks for no facts.
        facts = opening.grade == FACTS and felt and not shares and opening.cue.sure >= SHOWN and opening.doubt < SURE
        if opening.missed or facts or opening.grade == NAMED:
            yield _passed(coded, opening, opening.grade)
    for rupture in ruptures(coded, SHOWN_RUPTURES):
        if rupture.answered:
            yield _repair(coded, rupture)
        elif rupture.missed:
            yield _passed(coded, rupture, PASSED)


def _plain_cue(coded: Coded, statement: Statement, history: bool) -> Cue | None:
    """A loss, or else shame, fear, pain or not knowing, where a statement tells it in plain words.

    Its sureness is that of the words and the coder's together. In answer to a ``history``, the death of a distant
    relative is a fact, unless it is recent.
    """
    text = plain(coded.text(statement))
    told_by = {LOSS: _SAYS["loss"], SHAME: _SAYS["shame"], FEELING: _SAYS["plainly"], UNEXPLAINED: _SAYS["unexplained"]}
    for kind, pattern in told_by.items():
        found = pattern.search(text)
        fact = kind == LOSS and history and _SAYS["distant"].search(text) and not _SAYS["recent"].search(text)
        if found and not fact:
            heard = max(statement.codes.get(code, 0.0) for code in CUES)
            return Cue(kind, statement, 1 - (1 - BY_WORDS) * (1 - heard), found.group())
    return None


def strained(coded: Coded, statement: Statement) -> bool:
    """Whether a client's statement is a sign of strain: in plain words, or by its code where it is no bare word."""
    coded_so = _has(statement, RUPTURES) and len(words(plain(coded.text(statement)))) >= FULL
    return bool(coded_so or _strain(coded, statement)) and _between_us(coded, statement)


def _between_us(coded: Coded, statement: Statement) -> bool:
    """Whether strain would be with the practitioner: of several clients, whose words stand between the practitioner's.

    At an end of the session one side is enough.
    """
    here, session = statement.utterance, coded.session
    if len(session.labels("client")) < 2:
        return True
    sides = (reversed(session[:here]), session[here + 1 :])
    beside = (next((u for u in side if u.speaker != session[here].speaker), None) for side in sides)
    return {session.role_of(u) for u in beside if u} == {"practitioner"}


def _strain(coded: Coded, statement: Statement) -> Cue | None:
    """A sign of strain in plain words, which need not be many."""
    kind, found = SHOWN_RUPTURES[0], _SAYS["strain"].search(plain(coded.text(statement)))
    return Cue(kind, statement, max(BY_WORDS, statement.codes.get(kind, 0.0)), found.group()) if found else None


def _cue(coded: Coded, statement: Statement, kinds: Sequence[str], asked: str = "") -> Cue | None:
    """The likeliest cue of a statement; gladness or the body is no cue, and a bare word is too little to go by.

    ``asked``: what the practitioner said last; who was asked about the body, or how much they drink, answers about it.
    """
    said = plain(coded.text(statement))
    sore = bool(_SAYS["sore"].search(said) or _SAYS["not_glad"].search(said))
    if not _SAYS["felt"].search(said):
        if _SAYS["bodily"].search(f"{plain(asked)} {said}"):
            kinds = [kind for kind in kinds if kind not in CUES]
        elif _SAYS["asks_about_use"].search(plain(asked)):
            kinds = [kind for kind in kinds if kind != DISCLOSURE]
    glad = not sore and bool(_SAYS["glad"].search(said))
    sure = [kind for kind in kinds if statement.codes.get(kind, 0.0) >= SURE and not (kind == FEELING and glad)]
    likeliest = max(sure, key=lambda kind: statement.codes[kind], default=None)
    enough = WORDED if likeliest == FEELING and (sore or _SAYS["denial"].search(said)) else FULL
    return Cue(likeliest, statement, statement.codes[likeliest]) if likeliest and len(words(said)) >= enough else None


def _opening(coded: Coded, cue: Cue, said: Sequence[Statement], answer: tuple[Statement, ...]) -> Opening:
    """A cue with what meets it; where the client went on after a loss, what meets it may be about the rest.

    Any open question explores being of two minds; others have to be about what was said.
    """
    after = said[said.index(cue.said) + 1 :]
    gone_on = cue.kind == LOSS and any(len(words(coded.text(s))) >= FULL for s in after)
    codes = ("reflection",) if gone_on else RECEIVES
    told_of = cue.plainly if cue.kind == LOSS else " ".join(map(coded.text, [cue.said] if cue.plainly else said))
    heard, receives = content_words(told_of), _SAYS["condoles"] if cue.kind == LOSS else _SAYS["receives"]
    met = [s for s in answer if _meets(coded, s, codes, heard, receives if cue.plainly else None)]
    if met:
        left = _goes_elsewhere(coded, met, answer, content_words(" ".join(map(coded.text, (*said, *met)))))
        return Opening(cue, answer, tuple(met), 0.0, NAMED if left else MET)
    about = None if gone_on else _SAYS["about_them"] if cue.kind == LOSS else _SAYS["about_it"]
    opens = "question.open" if cue.kind == AMBIVALENCE else ""
    asked = tuple(s for s in answer if _explores(coded, s, heard, about) or opens in s.codes)
    return Opening(cue, answer, asked, _doubt(answer, (*codes, opens)), FACTS if asked else MISSED)


def _meets(
    coded: Coded, statement: Statement, codes: Sequence[str], heard: frozenset[str], receives: re.Pattern[str] | None
) -> bool:
    """Whether a statement, without judging, makes room for what was said.

    By one of ``codes``, where nothing else is likelier or it names a feeling; by asking what it is like; or by the
    client's words (``heard``). ``receives``: words that are enough, with one word of the client's, after plain words.
    """
    said = plain(coded.text(statement))
    so_far = coded.session[statement.utterance].text[: statement.end] if len(words(said)) < WORDED else said
    if statement.has("judgment") or _SAYS["own_doing"].search(plain(so_far)):
        return _owns(coded, statement)
    felt, leads = bool(_SAYS["felt"].search(said)), _likelihood(statement, LEADS)
    shared, long = len(heard & content_words(said)), len(word_list(said))
    echo = long < ECHO and "reflection.simple" in statement.codes and not (shared or felt)
    of_the_body = _SAYS["bodily"].search(said) and not felt
    likely = _likelihood(statement, codes) >= (PERHAPS if felt else max(PERHAPS, leads))
    if likely and long >= BARE and not (echo or of_the_body):
        return True
    if statement.has("question"):
        return bool(_SAYS["asks_what_it_is_like"].search(said))
    shared = 0 if leads else shared
    return shared >= SHARED or bool(receives and (shared or receives.search(said)))


def _explores(coded: Coded, statement: Statement, heard: frozenset[str], about: re.Pattern[str] | None) -> bool:
    """Whether, without judging, a question refers to what was said, or it or information shares words with it."""
    said = plain(coded.text(statement))
    refers = statement.has("question") and about and about.search(said)
    shares = _has(statement, ("question", "information")) and heard & content_words(said)
    return not statement.has("judgment") and bool(refers or shares)


def _goes_elsewhere(coded: Coded, met: Sequence[Statement], answer: Sequence[Statement], heard: frozenset[str]) -> bool:
    """Whether it names a feeling or validates, and all that follows in the same utterance leads to something else.

    ``heard``: the content words of the client, and of what met them.
    """
    last = met[-1]
    if not (last.has("validation") or _SAYS["felt"].search(plain(coded.text(last)))):
        return False
    rest = [s for s in answer if s.utterance == last.utterance and s.start >= last.end]
    full = [s for s in rest if len(words(coded.text(s))) >= WORDED and set(s.codes) != {"facilitation"}]
    return bool(full) and all(_has(s, LEADS) and not _stays(coded, s, heard) for s in full)


def _stays(coded: Coded, statement: Statement, heard: frozenset[str]) -> bool:
    """Whether it shares a content word with what was ``heard``, names hardly anything, or refers and names little."""
    said = plain(coded.text(statement))
    meant = content_words(said)
    return bool(meant & heard) or len(meant) < (REFERS if _SAYS["about_it"].search(said) else SHARED)


def _likelihood(statement: Statement, families: Collection[str]) -> float:
    """The highest probability among a statement's codes of ``families``; 0 for none."""
    return max((p for code, p in statement.codes.items() if _of(code, families)), default=0.0)


def _doubt(answer: Sequence[Statement], families: Collection[str]) -> float:
    """The highest probability of a code of ``families`` in a turn."""
    likely = (p for s in answer for code, p in s.probabilities.items() if _of(code, families))
    return max(likely, default=0.0)


def _of(code: str, families: Collection[str]) -> bool:
    return any(code == family or code.startswith(family + ".") for family in families)


def _has(statement: Statement, families: Collection[str]) -> bool:
    return any(map(statement.has, families))


def _owns(coded: Coded, statement: Statement) -> bool:
    """Whether a statement owns its speaker's part in what went wrong."""
    return moves()["repair.apology"].in_words(coded.text(statement))


def _mends(coded: Coded, statement: Statement, complaint: Sequence[Statement], plainly: bool) -> bool:
    """Whether a statement takes the client's side in a rupture, without judging or defending its speaker.

    Where the strain was told ``plainly``, words that turn towards it are enough. A question has to ask on from the
    complaint: to share a content word with it, or to ask back.
    """
    said = plain(coded.text(statement))
    heard = content_words(" ".join(map(coded.text, complaint)))
    asks_on = not statement.has("question") or heard & content_words(said) or _SAYS["asks_back"].search(said)
    turns = (plainly or _has(statement, MENDS)) and asks_on and _SAYS["turns_towards"].search(said)
    sides = _has(statement, TOWARDS) and _doubt([statement], TOWARDS) >= PERHAPS and not statement.has("judgment")
    return bool(sides or turns) and not (_SAYS["denies"].search(said) or _is_courtesy(coded, statement, complaint))


def _is_courtesy(coded: Coded, statement: Statement, complaint: Sequence[Statement]) -> bool:
    """Whether a statement says what its speaker wants or feels, and the rest of it takes up nothing of a complaint."""
    said = plain(coded.text(statement))
    rest, times = _SAYS["courtesy"].subn("", said)
    shared = content_words(" ".join(map(coded.text, complaint))) & content_words(rest)
    return bool(times) and not (shared or _SAYS["turns_towards"].search(rest))


def _passed(coded: Coded, opening: Opening, kind: str) -> Finding:
    """A finding over what took it up, else the practitioner's first full statement; it points at the client's words."""
    first = next((s for s in opening.answer if len(words(coded.text(s))) >= WORDED), opening.answer[0])
    place, cue = opening.by[0] if opening.by else first, opening.cue
    why = f"Just before, the client's words {_heard(cue)} {_TOLD[cue.kind]}; {_WENT_ON[kind]}."
    score = cue.sure * (1 - opening.doubt)
    reasons = (why, _3RS if kind == PASSED else _VR_CODES, _PATTERNS[cue.kind], score, told(coded, cue.said))
    return Finding(kind, coded.session[place.utterance], place.start, place.end, *reasons)


def _heard(cue: Cue) -> str:
    return "tell of" if cue.plainly else "could be heard as"


def _repair(coded: Coded, opening: Opening) -> Finding:
    place, cue = opening.by[0], opening.cue
    why = f"The client's words {_heard(cue)} {_TOLD[cue.kind]}, and this turns towards it."
    reasons = (why, _3RS, "Stay with it until they say it is clear.", cue.sure, told(coded, cue.said))
    return Finding(REPAIRED, coded.session[place.utterance], place.start, place.end, *reasons)
