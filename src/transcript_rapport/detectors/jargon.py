"""Jargon: terms a lay adult may not know, whether they are explained, and who used them first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from transcript_rapport import lexicons
from transcript_rapport.detectors.context import floors
from transcript_rapport.detectors.explained import Surroundings, explains
from transcript_rapport.lexicons import Match, shapes
from transcript_rapport.report import Coded, Finding, Statement

UNEXPLAINED, EXPLAINED, SHARED = "jargon.unexplained", "jargon.explained", "jargon.shared"
KINDS: tuple[str, ...] = (UNEXPLAINED, EXPLAINED, SHARED)
"""A term is shared where the client used it first: common ground, which nobody need explain."""

HINT = 0.3
"""Least probability of jargon at which words that are everyday words too count."""
SURE = 0.9
"""Score of words that are jargon wherever a practitioner says them."""
SHAPED = 0.7
"""Score of words that only look technical: "-itis", "-olol", capitals without a vowel."""
NEXT = 2
"""Practitioner statements after a term, in the same or the next turn, that may still explain it."""

_YOURS = re.compile(
    r"\b(?:did you say|have you said|you(?:'ve| have)? (?:also )?(?:said|mentioned|told me)|you called)\b"
)
HANDED_BACK = "It stands beside the client's own word, and asks whether that was said."
"""What makes "acute" common ground in "acute bronchitis, did you say?"."""


def detect(coded: Coded, common_ground: bool = True) -> Iterator[Finding]:
    """One finding for each term at each place the practitioner uses it.

    A term counts as explained where plain words for it stand beside it or in the statements around, and where it
    was explained earlier; as shared where the client used it first (``common_ground`` off leaves this rule out).
    """
    known: set[str] = set()
    brought = _brought(coded) if common_ground else {}
    for previous, statement, following in _in_context(coded):
        terms = _terms(coded, coded.text(statement))
        for before, match in pairwise([None, *terms]):
            if match is None or _score(statement, match) < HINT:
                continue
            around = _surroundings(coded, (previous, statement, following), before.end if before else 0, match)
            term = coded.text(statement)[match.start : match.end]
            if explains(around, term.lower(), match.entry.wording(term)):
                known.add(match.entry.id)
            found = _finding(coded, statement, match, match.entry.id in known, brought)
            handed_back = common_ground and _handed_back(coded, statement, match, terms, brought)
            yield replace(found, kind=SHARED, why=HANDED_BACK) if handed_back else found


def _terms(coded: Coded, text: str) -> list[Match]:
    """Words of the lexicon and words of technical shape, in order."""
    listed = lexicons.matches("jargon", text, coded.lexicons)
    return sorted([*listed, *shapes.matches(text, listed)], key=lambda match: match.start)


def _score(statement: Statement, match: Match) -> float:
    """How sure it is that the match is jargon: words that need the coder's word have its probability."""
    if match.entry.sure:
        return SURE
    return SHAPED if shapes.made(match.entry) else statement.probabilities.get("jargon", 0.0)


def _brought(coded: Coded) -> dict[str, tuple[int, str]]:
    """The utterance in which, and the label of who, a client used each term (by entry) for the first time."""
    first: dict[str, tuple[int, str]] = {}
    for utterance in coded.session:
        if coded.session.role_of(utterance) == "client":
            for match in _terms(coded, utterance.text):
                first.setdefault(match.entry.id, (utterance.index, utterance.speaker))
    return first


Context = tuple[Statement | None, Statement, tuple[Statement, ...]]
"""The practitioner's statement before, the statement itself, and those that may still explain it."""


def _in_context(coded: Coded) -> Iterator[Context]:
    """Every practitioner statement among its neighbours, which reach into the next turn but no further."""
    turns = floors(coded)
    previous: Statement | None = None
    for floor, upcoming in pairwise([*turns, ()]):
        for place, statement in enumerate(floor):
            yield previous, statement, (*floor[place + 1 :], *upcoming)[:NEXT]
            previous = statement


def _surroundings(coded: Coded, context: Context, since: int, match: Match) -> Surroundings:
    """What is said around a match; ``since`` is where the term before it ended, which cannot explain it."""
    previous, statement, following = context
    text = _plain(coded.text(statement))
    return Surroundings(
        text[since : match.start],
        text[match.end :],
        _plain(coded.text(previous)) if previous else "",
        tuple(_plain(coded.text(after)) for after in following),
    )


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _finding(
    coded: Coded, statement: Statement, match: Match, explained: bool, brought: Mapping[str, tuple[int, str]]
) -> Finding:
    """A finding over the term, told as its lexicon entry tells it."""
    entry, spoken = match.entry, coded.session[statement.utterance]
    where, who = brought.get(entry.id, (spoken.index, ""))
    common = where < spoken.index
    kind = EXPLAINED if explained else SHARED if common else UNEXPLAINED
    why = f"The client ({who}) used this word first, so it is common ground." if kind == SHARED else entry.why
    place = (statement.start + match.start, statement.start + match.end)
    return Finding(kind, spoken, *place, why, entry.source, _told(coded, statement, match), _score(statement, match))


def _told(coded: Coded, statement: Statement, match: Match) -> str:
    """Plain words in quotation marks, or the entry's instruction as a sentence of its own."""
    term = coded.text(statement)[match.start : match.end]
    wording = match.entry.wording(term)
    return f"Plain words: “{wording}”." if match.entry.speaks(term) else wording[0].upper() + wording[1:] + "."


def _handed_back(
    coded: Coded, statement: Statement, match: Match, terms: Sequence[Match], brought: Mapping[str, tuple[int, str]]
) -> bool:
    """Whether the term is part of what is checked as the client's words: "acute bronchitis, did you say?"."""
    text = coded.text(statement)
    beside = (other for other in terms if not text[match.end : other.start].strip(" ") and other.start >= match.end)
    theirs = any(brought.get(other.entry.id, (statement.utterance, ""))[0] < statement.utterance for other in beside)
    return theirs and bool(_YOURS.search(_plain(text)))
