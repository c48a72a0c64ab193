"""Openings: what the client opens up about, and whether the practitioner's next turn takes it up.

After VR-CoDES (Zimmermann et al., 2011): a cue or concern is followed by a response that makes room
for it, or by one that goes past it. Rupture markers and their repair follow the 3RS (Eubanks et al., 2019).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transcript_rapport.detectors.context import WORDED, content_words, words
from transcript_rapport.detectors.moves import few
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.report import Coded, Finding, Statement

MISSED, PASSED, REPAIRED = "opening.missed", "rupture.passed", "rupture.repaired"
KINDS: tuple[str, ...] = (MISSED, PASSED, REPAIRED)

CUES = ("client.emotion", "client.disclosure", "client.ambivalence")
RUPTURES = ("client.confrontation", "client.withdrawal")
SHOWN_RUPTURES = ("client.confrontation",)
"""Ruptures that are shown, not only counted: a short or distant answer has too many other reasons."""
TAKES_UP = ("reflection", "question.open", "validation", "partnership")
"""Codes that make room for what was said: reflecting, exploring, validating, supporting, sharing the lead."""

SURE = 0.5
"""Least probability of a cue at which it counts as an opening."""
SHOWN = 0.7
"""Least probability of a cue at which its passing-over is shown; the measures count from ``SURE`` on."""
PERHAPS = 0.25
"""Probability of an answering code from which a passing-over is too doubtful to be shown."""
FULL = 5
"""Words from which a client's statement is enough to go by; a feeling in so many words needs fewer."""
BROKEN = 9
"""Words from which a turn that breaks off still counts as one."""
SHARED = 2
"""Content words of the client's in the answer from which it takes up what was said, whatever its codes."""

_GLAD = frozenset(
    words(
        "happy glad great good better excited proud grateful thankful thanks thank relieved relief love loved loving "
        "exciting enjoy enjoyed enjoying fun nice hope hopeful hoping like wonderful awesome amazing fine okay "
        "appreciate helpful"
    )
)
_SORE = frozenset(
    words(
        "not no never n't sad afraid scared worry worried worries worrying anxious anxiety angry mad upset "
        "hurt hurts hurting ashamed shame embarrassed embarrassing guilty lonely alone tired exhausted "
        "overwhelmed stress stressed stressful hard difficult tough struggle struggling cry crying cried hate "
        "hates pain awful terrible bad worse worst lost miss missed died death frustrated frustrating hopeless "
        "helpless useless stuck nervous can't don't doesn't isn't wasn't didn't won't couldn't"
    )
)
_ABOUT_IT = frozenset(
    words(
        "feel feels feeling feelings felt worry worried worries worrying scared afraid upset bother thoughts suicide "
        "killing injure hurting hurt safe that this it that's it's they them those these he she him her there here"
    )
)
"""Words by which a question can be about what was just said."""

_PATTERNS = {
    "client.emotion": "Stay with the feeling before going on: “You feel …, because …”, with their own word for it.",
    "client.disclosure": "Receive it before going on: “Thank you for telling me. It has been … to carry that.”",
    "client.ambivalence": "Hold both sides: “On the one hand …, and on the other …”, and leave a pause.",
    "client.confrontation": "Take their side of it first: “It sounds as if … did not fit for you. Tell me more.”",
    "client.withdrawal": "Name it gently: “I may have gone too fast. How is it to talk about this just now?”",
}
_TOLD = {
    "client.emotion": "a feeling",
    "client.disclosure": "something personal",
    "client.ambivalence": "being of two minds",
    "client.confrontation": "a doubt about the conversation or the plan",
    "client.withdrawal": "what could be a step back",
}
_SOURCES = {MISSED: "VR-CoDES (Zimmermann et al., 2011)", PASSED: "3RS (Eubanks et al., 2019)"}


@dataclass(frozen=True, slots=True)
class Opening:
    """A client's statement that opens something, and the practitioner's next turn.

    ``answer`` holds the statements of that turn, ``by`` those among them that take it up: none
    where it goes past. ``doubt`` is the highest probability of an answering code that is not asserted.
    """

    cue: str
    said: Statement
    answer: tuple[Statement, ...]
    by: tuple[Statement, ...]
    doubt: float

    @property
    def answered(self) -> bool:
        """Whether anything in the next turn takes it up."""
        return bool(self.by)

    @property
    def plain(self) -> bool:
        """Whether its passing-over is beyond much doubt: a sure cue, and nothing that might answer it."""
        return self.said.codes.get(self.cue, 0.0) >= SHOWN and self.doubt < PERHAPS


def openings(coded: Coded, cues: Sequence[str] = CUES) -> Iterator[Opening]:
    """What the client opens, at most one a turn: the last cue before the practitioner takes the floor.

    A turn of back-channels lets the client go on, so it neither answers nor passes over.
    """
    for told, answer in exchanges(coded):
        marked = [(cue, s) for s in told if (cue := _cue(coded, s, cues))]
        if marked:
            cue, said = marked[-1]
            yield _opening(coded, cue, said, told, answer)


def detect(coded: Coded) -> Iterator[Finding]:
    """A few openings that were passed over, and ruptures passed over or repaired, the surest first."""
    yield from few(_missed(coded))


def _missed(coded: Coded) -> Iterator[Finding]:
    for opening in openings(coded):
        if not opening.answered and opening.plain:
            yield _passed(coded, opening, MISSED)
    for rupture in openings(coded, SHOWN_RUPTURES):
        if rupture.answered:
            yield _repair(coded, rupture)
        elif rupture.plain:
            yield _passed(coded, rupture, PASSED)


def exchanges(coded: Coded) -> Iterator[tuple[list[Statement], tuple[Statement, ...]]]:
    """The client's statements up to the practitioner's next turn, with the statements of that turn.

    A turn ends where the client says more than a back-channel; turns of nothing but back-channels,
    or without a word, are passed over.
    """
    told: list[Statement] = []
    answer: list[Statement] = []
    for utterance in coded.session:
        role, here = coded.session.role_of(utterance), coded.statements_of(utterance.index)
        if role == "practitioner":
            answer.extend(here)
        elif role == "client" and here and not (answer and len(words(utterance.text)) < WORDED):
            if _takes_floor(coded, answer):
                yield told, tuple(answer)
                told = []
            answer = []
            told.extend(here)
    if _takes_floor(coded, answer):
        yield told, tuple(answer)


def _takes_floor(coded: Coded, answer: Sequence[Statement]) -> bool:
    """Whether a turn is more than a back-channel, a bare word, or a start that the client talks over."""
    full = [s for s in answer if words(coded.text(s)) and set(s.codes) != {"facilitation"}]
    if any(_answers(code) for s in full for code in s.codes):
        return True
    said = sum(len(words(coded.text(s))) for s in full)
    broken = bool(full) and coded.text(full[-1]).rstrip().endswith(("-", "–", "—"))
    return said >= (BROKEN if broken else WORDED)


def _cue(coded: Coded, statement: Statement, cues: Sequence[str]) -> str | None:
    """The likeliest cue of a statement; gladness is no cue, and a bare word is too little to go by."""
    said = words(coded.text(statement))
    glad = bool(_GLAD.intersection(said)) and not _SORE.intersection(said)
    sure = [cue for cue in cues if statement.codes.get(cue, 0.0) >= SURE and not (cue == "client.emotion" and glad)]
    likeliest = max(sure, key=lambda cue: statement.codes[cue], default=None)
    telling = likeliest == "client.emotion" and bool(_SORE.intersection(said))
    return likeliest if len(said) >= (WORDED if telling else FULL) else None


def _opening(
    coded: Coded, cue: str, said: Statement, told: Sequence[Statement], answer: tuple[Statement, ...]
) -> Opening:
    heard = content_words(" ".join(coded.text(s) for s in told))
    if cue in RUPTURES:
        # Arguing back in the client's words is no repair.
        argues = any(s.has("judgment") for s in answer)
        by = () if argues else tuple(s for s in answer if _turns_towards(coded, s))
    else:
        by = tuple(s for s in answer if _turns_towards(coded, s) or _speaks_of_it(coded, s, heard))
    doubt = max((p for s in answer for code, p in s.probabilities.items() if _answers(code)), default=0.0)
    return Opening(cue, said, answer, by, doubt)


def _turns_towards(coded: Coded, statement: Statement) -> bool:
    """Whether a statement reflects, explores, validates, supports, shares the lead or owns its speaker's part."""
    return any(map(_answers, statement.codes)) or moves()["repair.apology"].in_words(coded.text(statement))


def _speaks_of_it(coded: Coded, statement: Statement, heard: frozenset[str]) -> bool:
    """Whether a statement, without judging, asks about what was said or says it in the client's own words."""
    text = coded.text(statement)
    shared = len(heard & content_words(text))
    asks = statement.has("question") and (shared > 0 or bool(_ABOUT_IT.intersection(words(text))))
    return not statement.has("judgment") and (asks or shared >= SHARED)


def _answers(code: str) -> bool:
    return any(code == family or code.startswith(family + ".") for family in TAKES_UP)


def _passed(coded: Coded, opening: Opening, kind: str) -> Finding:
    """A finding over the practitioner's first full statement, which points at the client's words."""
    place = next((s for s in opening.answer if len(words(coded.text(s))) >= WORDED), opening.answer[0])
    heard = _shortened(coded.text(opening.said))
    told_of = f"Just before, the client's words could be heard as {_TOLD[opening.cue]} (“{heard}”)"
    why = f"{told_of}; the answer goes on from there."
    score = opening.said.codes[opening.cue] * (1 - opening.doubt)
    told = (why, _SOURCES[kind], _PATTERNS[opening.cue], score, opening.said.span)
    return Finding(kind, coded.session[place.utterance], place.start, place.end, *told)


def _repair(coded: Coded, opening: Opening) -> Finding:
    place = opening.by[0]
    why = f"The client's words could be heard as {_TOLD[opening.cue]}, and this turns towards it."
    told = (why, _SOURCES[PASSED], "Stay with it until they say it is clear.", opening.said.codes[opening.cue])
    return Finding(REPAIRED, coded.session[place.utterance], place.start, place.end, *told, opening.said.span)


def _shortened(text: str, most: int = 12) -> str:
    """The last words of a text: what stood just before the answer."""
    said = text.split()
    return text if len(said) <= most else "… " + " ".join(said[-most:])
