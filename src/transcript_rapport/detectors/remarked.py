"""Remarked: places on which a supervisor would likely remark, where no rule of another detector finds them.

The coder reads each of the practitioner's utterances with what stands around it (``coder.remarks``); what it is sure
enough of is shown at the words that carry it, told by the code they are nearest to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from transcript_rapport.codebook import READ, codes, remark_of
from transcript_rapport.detectors.context import REACH, WORDED, heard, words
from transcript_rapport.detectors.spared import may_judge
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.report import Coded, Finding, Span, Statement

OPENING, ROW, LONG, STORY = "opening.missed", "question.row", "telling.long", "self_disclosure.long"
ALONE = (ROW, LONG, STORY)
"""The kinds that no other detector finds."""
KINDS: tuple[str, ...] = (
    *(OPENING, "advice.directive", "praise.generic", *ALONE),
    *(code for code in codes() if code.startswith("judgment.")),
)
OPENS = ("client.emotion", "client.disclosure", "client.ambivalence")
ASKED = frozenset((*KINDS, "jargon.unexplained", "opening.named", "question.stacked")).difference(ALONE)
"""The kinds that rules find too, and of which a remark may say otherwise."""
FEW = 4
"""Findings of the same remark at most, the surest."""
SURELY = {"judgment": 0.7}
"""What is told only where the coder is surer: that somebody judged is soon said wrongly, and it hurts."""
UNLIKELY = 0.1
"""What a rule finds is left out where the coder thinks it less likely that a supervisor would remark on it."""


class Told(NamedTuple):
    """How a remark is told: kind, why, source and what else to do."""

    kind: str
    why: str
    source: str
    suggestion: str


_TOLD = {
    "opening": Told(
        OPENING,
        "The client's words just before may ask for more than this answer gives: it goes on from there.",
        "VR-CoDES (Zimmermann et al., 2011)",
        "Stay with what they said before going on: say back the part that matters, in their words, and wait.",
    ),
    "questions": Told(
        ROW,
        "Questions follow one another here. Who is asked in a row answers, and tells less of their own.",
        "MITI 4.2.1 (Moyers, Manuel & Ernst, 2014)",
        "Before the next question, say in one sentence what you heard, as a statement.",
    ),
    "talking": Told(
        LONG,
        "Much is told at once here; few people can keep so much, and it leaves them little room to answer.",
        "AHRQ Health Literacy Universal Precautions Toolkit, tool 4",
        "Say one thing, then hand over: “What do you make of that so far?”",
    ),
    "own": Told(
        STORY,
        "Here the practitioner's own life takes the room, and the client becomes the listener.",
        "Henretty & Levitt (2010)",
        "Keep it to a sentence, and turn back: “And for you?”",
    ),
}
_CODES = {"judgment": "judgment", "advice": "advice.directive"}
"""Remarks that are told by the code their words are nearest to."""
_MOVES = {"praise": "praise.generic"}
_CARRIES = {
    "opening": (),
    "questions": ("question",),
    "talking": ("information", "advice"),
    "own": ("self_disclosure",),
    "praise": ("validation.affirm",),
    "judgment": ("judgment",),
    "advice": ("advice",),
}
"""The codes of which the likeliest tells where in an utterance a remark stands."""


def detect(coded: Coded) -> Iterator[Finding]:
    """The surest few places of each remark, in the order of the session."""
    for name, families in _CARRIES.items():
        likely = {n: p for n, p in coded.remarked(name).items() if p >= SURELY.get(name, 0.0)}
        surest = sorted(likely, key=lambda n: -likely[n])[:FEW]
        for utterance in sorted(surest):
            statement = _carrier(coded, utterance, families)
            opened = _opened(coded, utterance) if name == "opening" else None
            spares = name == "judgment" and statement is not None and not may_judge(coded, statement)
            if statement and not spares and (opened or name != "opening"):
                yield _finding(coded, name, statement, likely[utterance], opened)


def weighed(coded: Coded, findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those of rules that a supervisor would hardly share, nor remarks on what a rule finds."""
    found = [f for f in findings if _likely_shared(coded, f)]
    ruled = {(remark_of(f.kind), f.utterance) for f in found if f.kind in ASKED and READ not in f.source}
    return [f for f in found if READ not in f.source or (remark_of(f.kind), f.utterance) not in ruled]


def _likely_shared(coded: Coded, finding: Finding) -> bool:
    """Whether the coder does not rule out the remark; true where there is none of its kind, and where people coded."""
    if finding.kind not in ASKED:
        return True
    return coded.labels[finding.utterance].remarks.get(remark_of(finding.kind), 1.0) >= UNLIKELY


def _finding(coded: Coded, name: str, statement: Statement, probability: float, answers: Span | None) -> Finding:
    told = _told(name, statement)
    spoken, source = coded.session[statement.utterance], f"{told.source}; {READ}"
    reasons = (told.why, source, told.suggestion, probability, answers)
    return Finding(told.kind, spoken, statement.start, statement.end, *reasons)


def _told(name: str, statement: Statement) -> Told:
    if name in _TOLD:
        return _TOLD[name]
    if name in _MOVES:
        move = moves()[_MOVES[name]]
        return Told(_MOVES[name], move.why, move.source, move.suggestion)
    kind = max((code for code in codes() if _of(code, (_CODES[name],))), key=_likely(statement))
    return Told(kind, codes()[kind].why, codes()[kind].source, codes()[kind].suggestion)


def _carrier(coded: Coded, utterance: int, families: tuple[str, ...]) -> Statement | None:
    """The statement of an utterance that likeliest carries codes of these families, else the first with words."""
    said = [s for s in coded.statements_of(utterance) if len(words(coded.text(s))) >= WORDED]
    said = said or list(coded.statements_of(utterance))
    if not families:
        return next(iter(said), None)
    return max(said, key=lambda s: sum(p for code, p in s.probabilities.items() if _of(code, families)), default=None)


def _opened(coded: Coded, utterance: int) -> Span | None:
    """The words that most likely open something in what the client last said, else in what another person did."""
    theirs = (u for u in heard(coded, utterance) if words(u.text))
    before = coded.session[max(0, utterance - REACH) : utterance]
    others = (u for u in reversed(before) if coded.session.role_of(u) == "other" and words(u.text))
    last = next(chain(theirs, others), None)
    said = coded.statements_of(last.index) if last else ()
    opens = max(said, key=lambda s: sum(s.probabilities.get(code, 0.0) for code in OPENS), default=None)
    return opens.span if opens else None


def _likely(statement: Statement) -> Callable[[str], float]:
    return lambda code: statement.probabilities.get(code, 0.0)


def _of(code: str, families: tuple[str, ...]) -> bool:
    return any(code == family or code.startswith(family + ".") for family in families)
