"""Openings: what the client opens up about, and whether the practitioner's next turn takes it up.

After VR-CoDES (Zimmermann et al., 2011): a cue or concern is followed by a response that makes room
for it, or by one that goes past it. Rupture markers and their repair follow the 3RS (Eubanks et al., 2019).
A loss, fear, shame, pain or not knowing what is the matter, in plain words (``openings.toml``), is a cue however
faintly the coder hears it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transcript_rapport.detectors.context import TAKES_UP, WORDED, exchanges, judged, told, words
from transcript_rapport.detectors.moves import BY_WORDS, few
from transcript_rapport.lexicons import content_words, plain
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

MISSED, PASSED, REPAIRED = "opening.missed", "rupture.passed", "rupture.repaired"
KINDS: tuple[str, ...] = (MISSED, PASSED, REPAIRED)

FEELING, LOSS, UNEXPLAINED = "client.emotion", "loss", "unexplained"
CUES = (FEELING, "client.disclosure", "client.ambivalence")
RUPTURES = ("client.confrontation", "client.withdrawal")
SHOWN_RUPTURES = ("client.confrontation",)
"""Ruptures that are shown, not only counted: a short or distant answer has too many other reasons."""
RECEIVES = ("reflection", "validation")
"""Those of ``TAKES_UP`` that are enough after plain words: a question has to be about them."""
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
SHARED = 2
"""Content words of the client's in the answer from which it takes up what was said, whatever its codes."""

_SAYS = beside(__file__)

_PATTERNS = {
    LOSS: "Receive it before going on: “I am sorry about your …. How is it for you now?”",
    UNEXPLAINED: "Ask on from there: “What goes through your mind about it?”",
    "client.emotion": "Stay with the feeling before going on: “You feel …, because …”, with their own word for it.",
    "client.disclosure": "Receive it before going on: “Thank you for telling me. It has been … to carry that.”",
    "client.ambivalence": "Hold both sides: “On the one hand …, and on the other …”, and leave a pause.",
    "client.confrontation": "Take their side of it first: “It sounds as if … did not fit for you. Tell me more.”",
    "client.withdrawal": "Name it gently: “I may have gone too fast. How is it to talk about this just now?”",
}
_TOLD = {
    LOSS: "a loss",
    UNEXPLAINED: "not knowing what is the matter",
    "client.emotion": "a feeling",
    "client.disclosure": "something personal",
    "client.ambivalence": "being of two minds",
    "client.confrontation": "a doubt about the conversation or the plan",
    "client.withdrawal": "what could be a step back",
}
_SOURCES = {MISSED: "VR-CoDES (Zimmermann et al., 2011)", PASSED: "3RS (Eubanks et al., 2019)"}


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
    where it goes past. ``doubt`` is the highest probability of a code that might have taken it up.
    """

    cue: Cue
    answer: tuple[Statement, ...]
    by: tuple[Statement, ...]
    doubt: float

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
    neither answers nor passes over.
    """
    for said, answer in exchanges(coded):
        cues = [cue for s in said if (cue := _plain_cue(coded, s) or _cue(coded, s, CUES))]
        if cues and answer:
            yield _opening(coded, max(reversed(cues), key=lambda cue: bool(cue.plainly)), said, answer)


def ruptures(coded: Coded, kinds: Sequence[str] = RUPTURES) -> Iterator[Opening]:
    """Signs of strain, at most one a turn, and what turns towards them.

    Nothing does where judgment is heard in that turn, or where the client withdraws after it; and only
    owning one's part does where judgment was heard in the practitioner's turn before.
    """
    turns = [([], ()), *exchanges(coded), ([], ())]
    for (_, before), (said, answer), (reply, _) in zip(turns, turns[1:], turns[2:], strict=False):
        cues = [cue for s in said if (cue := _strain(coded, s) or _cue(coded, s, kinds))]
        if cues and answer:
            owned = [s for s in answer if _owns(coded, s)]
            hurt = judged(s for s in answer if s not in owned)
            in_vain = hurt or any(s.codes.get("client.withdrawal", 0.0) >= SURE for s in reply)
            others = [] if judged(before) else [s for s in answer if s not in owned]
            mended = (s for s in others if _mends(coded, s, said, bool(cues[-1].plainly)))
            yield Opening(cues[-1], answer, () if in_vain else (*owned, *mended), _doubt(answer, TAKES_UP))


def detect(coded: Coded) -> Iterator[Finding]:
    """A few openings that were passed over, and ruptures passed over or repaired, the surest first."""
    yield from few(_missed(coded))


def _missed(coded: Coded) -> Iterator[Finding]:
    yield from (_passed(coded, opening, MISSED) for opening in openings(coded) if opening.missed)
    for rupture in ruptures(coded, SHOWN_RUPTURES):
        if rupture.answered:
            yield _repair(coded, rupture)
        elif rupture.missed:
            yield _passed(coded, rupture, PASSED)


def _plain_cue(coded: Coded, statement: Statement) -> Cue | None:
    """A loss, or else fear, shame, pain or not knowing, where a statement tells it in plain words."""
    text = plain(coded.text(statement))
    told_by = {LOSS: _SAYS["loss"], FEELING: _SAYS["plainly"], UNEXPLAINED: _SAYS["unexplained"]}
    for kind, pattern in told_by.items():
        if found := pattern.search(text):
            return Cue(kind, statement, max(BY_WORDS, statement.codes.get(kind, 0.0)), found.group())
    return None


def _strain(coded: Coded, statement: Statement) -> Cue | None:
    """A sign of strain in plain words, which need not be many."""
    kind, found = SHOWN_RUPTURES[0], _SAYS["strain"].search(plain(coded.text(statement)))
    return Cue(kind, statement, max(BY_WORDS, statement.codes.get(kind, 0.0)), found.group()) if found else None


def _cue(coded: Coded, statement: Statement, kinds: Sequence[str]) -> Cue | None:
    """The likeliest cue of a statement; gladness is no cue, and a bare word is too little to go by."""
    said = plain(coded.text(statement))
    sore = bool(_SAYS["sore"].search(said))
    glad = not sore and bool(_SAYS["glad"].search(said))
    sure = [kind for kind in kinds if statement.codes.get(kind, 0.0) >= SURE and not (kind == FEELING and glad)]
    likeliest = max(sure, key=lambda kind: statement.codes[kind], default=None)
    enough = WORDED if likeliest == FEELING and sore else FULL
    return Cue(likeliest, statement, statement.codes[likeliest]) if likeliest and len(words(said)) >= enough else None


def _opening(coded: Coded, cue: Cue, said: Sequence[Statement], answer: tuple[Statement, ...]) -> Opening:
    """A cue with what takes it up: codes that make room for it, or words that speak of it."""
    if cue.kind == LOSS:
        return _loss(coded, cue, said, answer)
    by_code, told_of = (RECEIVES, [cue.said]) if cue.plainly else (TAKES_UP, said)
    heard = content_words(" ".join(map(coded.text, told_of)))
    receives = _SAYS["receives"] if cue.plainly else None
    by = (s for s in answer if _has(s, by_code) or _speaks_of_it(coded, s, heard, _SAYS["about_it"], receives))
    return Opening(cue, answer, tuple(by), _doubt(answer, by_code))


def _loss(coded: Coded, cue: Cue, said: Sequence[Statement], answer: tuple[Statement, ...]) -> Opening:
    """A loss with what takes it up; where the client went on, a validation or question may be about the rest."""
    after = said[said.index(cue.said) + 1 :]
    gone_on = any(len(words(coded.text(s))) >= FULL for s in after)
    by_code = ("reflection",) if gone_on else RECEIVES
    heard, about = content_words(cue.plainly), None if gone_on else _SAYS["about_them"]
    by = (s for s in answer if _has(s, by_code) or _speaks_of_it(coded, s, heard, about, _SAYS["condoles"]))
    return Opening(cue, answer, tuple(by), _doubt(answer, by_code))


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
    return bool(sides or turns) and not _SAYS["denies"].search(said)


def _speaks_of_it(
    coded: Coded,
    statement: Statement,
    heard: frozenset[str],
    about: re.Pattern[str] | None,
    receives: re.Pattern[str] | None,
) -> bool:
    """Whether a statement, without judging, asks about what was said, receives it or says it in the client's words.

    ``heard`` are the client's content words, ``about`` the words by which a question is about them, and ``receives``
    those that receive what was told plainly, where one word of the client's is enough too.
    """
    said = plain(coded.text(statement))
    shared = len(heard & content_words(said))
    asks = statement.has("question") and bool(shared or (about and about.search(said)))
    received = bool(receives and (shared or receives.search(said)))
    return _owns(coded, statement) or (not statement.has("judgment") and (asks or received or shared >= SHARED))


def _passed(coded: Coded, opening: Opening, kind: str) -> Finding:
    """A finding over the practitioner's first full statement, which points at the client's words."""
    place = next((s for s in opening.answer if len(words(coded.text(s))) >= WORDED), opening.answer[0])
    cue = opening.cue
    why = f"Just before, the client's words {_heard(cue)} {_TOLD[cue.kind]}; the answer goes on from there."
    score = cue.sure * (1 - opening.doubt)
    reasons = (why, _SOURCES[kind], _PATTERNS[cue.kind], score, told(coded, cue.said))
    return Finding(kind, coded.session[place.utterance], place.start, place.end, *reasons)


def _heard(cue: Cue) -> str:
    return "tell of" if cue.plainly else "could be heard as"


def _repair(coded: Coded, opening: Opening) -> Finding:
    place, cue = opening.by[0], opening.cue
    why = f"The client's words {_heard(cue)} {_TOLD[cue.kind]}, and this turns towards it."
    reasons = (why, _SOURCES[PASSED], "Stay with it until they say it is clear.", cue.sure, told(coded, cue.said))
    return Finding(REPAIRED, coded.session[place.utterance], place.start, place.end, *reasons)
