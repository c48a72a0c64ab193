"""Jargon: terms a lay adult may not know, whether they are explained, and who used them first."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice, pairwise

from transcript_rapport import lexicons
from transcript_rapport.detectors.context import floors, heard, word_list
from transcript_rapport.detectors.explained import Surroundings, answers, asks, explains, takes, treats, word_asked
from transcript_rapport.lexicons import Entry, Match, plain, shapes
from transcript_rapport.report import Coded, Finding, Statement

UNEXPLAINED, EXPLAINED, SHARED = "jargon.unexplained", "jargon.explained", "jargon.shared"
KINDS: tuple[str, ...] = (UNEXPLAINED, EXPLAINED, SHARED)
"""A term is shared where the client knows it: common ground, which nobody need explain."""

HINT = 0.3
"""Least probability of jargon at which words that are everyday words too count."""
SURE = 0.9
"""Score of words that are jargon wherever a practitioner says them."""
ASKED = 0.8
"""Least score of words whose meaning the client asks for."""
SHAPED = 0.7
"""Score of words that only look technical: "-itis", "-olol", capitals without a vowel."""
NEXT = 2
"""Practitioner statements after a term, in the same or the next turn, that may still explain it."""
SOON = 6
"""Utterances within which a term may still be explained where it is said again."""
STEM = 5
"""Letters by which two forms of one word are known: "biopsy" and "biopsies"."""
TWIN, ECHOED, ALONE = 0.75, 2, 4
"""How like a client's word one is that takes it up amiss, in how many of their latest utterances it is looked for, and
words at most around it where the word itself is well known."""

_YOURS = re.compile(
    r"\b(?:did you say|have you said|you(?:'ve| have)? (?:also )?(?:said|mentioned|told me)|you called)\b"
)
FIRST = "The client ({}) used this word first, so it is common ground."
TAKEN = "The client takes it or has worked with it, so the name is theirs."
COLLEAGUE = "The client ({}) treats people too, so it is common ground."
HANDED_BACK = "It stands beside the client's own word, and asks whether that was said."
"""What makes "acute" common ground in "acute bronchitis, did you say?"."""
ECHO = "It takes up the client's own word, not quite as they said it."

TOLD, NOT_TOLD = "It was explained after they asked.", "They asked what it means."
NEW = (
    "The client asked what it means.",
    "AHRQ Health Literacy Universal Precautions Toolkit, Tool 4",
    "say it in other words",
)
"""Why, on whose authority, and what instead, for a word that no lexicon has."""
_SEVERAL = re.compile(r"\b(?:those|these|them|they|any)\b")

Word = tuple[str, str]
"""A term whatever its form: its entry and its first letters, for one entry may hold several words."""
Asked = Mapping[tuple[int, int], Mapping[Match, bool]]
"""By utterance and beginning of a statement: the terms in it that the client asks about, and whether they are told."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A term where it is said: how surely it is one, whether it is told what it means, and what is known of it."""

    utterance: int
    start: int
    match: Match
    said: str
    score: float
    told: bool
    shared: str
    asked: bool

    @property
    def word(self) -> Word:
        """The term whatever its form."""
        return _word(self.match.entry, self.said)


class _Ground:
    """What the client knows, from which utterance on, and why: words they or their medicines brought, or their work."""

    def __init__(self, coded: Coded) -> None:
        self.coded, self.words, self.colleague = coded, dict[Word, tuple[int, str]](), (len(coded.session), "")
        for spoken in coded.session:
            if coded.session.role_of(spoken) == "client":
                for match in _terms(coded, spoken.text):
                    said = spoken.text[match.start : match.end]
                    self.words.setdefault(_word(match.entry, said), (spoken.index, FIRST.format(spoken.speaker)))
                if treats(spoken.text):
                    self.colleague = min(self.colleague, (spoken.index, COLLEAGUE.format(spoken.speaker)))

    def take(self, word: Word, utterance: int) -> None:
        """The client takes what has this name, or has worked with it."""
        self.words[word] = min(self.words.get(word, (utterance, TAKEN)), (utterance, TAKEN))

    def why(self, statement: Statement, match: Match, terms: Sequence[Match]) -> str:
        """Why a term is common ground; empty where it is not."""
        said = self.coded.text(statement)[match.start : match.end]
        for since, why in (self.words.get(_word(match.entry, said), self.colleague), self.colleague):
            if since <= statement.utterance:
                return why
        if self._misheard(statement, match, said):
            return ECHO
        return HANDED_BACK if self._handed_back(statement, match, terms) else ""

    def _misheard(self, statement: Statement, match: Match, said: str) -> bool:
        """Whether a word of technical shape, or one that stands almost alone, is nearly one the client just used."""
        if not shapes.made(match.entry) and len(word_list(self.coded.text(statement))) > ALONE:
            return False
        lately = islice(heard(self.coded, statement.utterance), ECHOED)
        return any(get_close_matches(plain(said), word_list(spoken.text), 1, TWIN) for spoken in lately)

    def _handed_back(self, statement: Statement, match: Match, terms: Sequence[Match]) -> bool:
        """Whether the term is part of what is checked as the client's words: "acute bronchitis, did you say?"."""
        text = self.coded.text(statement)
        beside = (other for other in terms if not text[match.end : other.start].strip(" ") and other.start >= match.end)
        words = (_word(other.entry, text[other.start : other.end]) for other in beside)
        theirs = any(self.words[word][0] < statement.utterance for word in words if word in self.words)
        return theirs and bool(_YOURS.search(plain(text)))


def detect(coded: Coded, common_ground: bool = True) -> Iterator[Finding]:
    """One finding for each term at each place the practitioner uses it.

    A term counts as explained where plain words for it stand beside it, in the statements around or in the answer to
    the client's question, and wherever it was explained before or is soon after; as shared where the client knows it
    (``common_ground`` off leaves this rule out).
    """
    places, told = list(_places(coded, _Ground(coded) if common_ground else None)), dict[Word, int]()
    for place in places:
        if place.told:
            told.setdefault(place.word, place.utterance)
    for place in places:
        explained = told.get(place.word, math.inf) <= place.utterance + SOON
        yield _finding(coded, place, EXPLAINED if explained else SHARED if place.shared else UNEXPLAINED)


def _places(coded: Coded, ground: _Ground | None) -> Iterator[_Place]:
    """Every term the practitioner uses, in order."""
    asked = _asked(coded)
    for context in _in_context(coded):
        statement, text = context[1], coded.text(context[1])
        answered = asked.get((statement.utterance, statement.start), {})
        terms = sorted({*_terms(coded, text), *answered}, key=lambda match: match.start)
        taken = False
        for before, match in zip([0, *(term.end for term in terms)], terms, strict=False):
            score = max(_score(statement, match), ASKED * (match in answered))
            if score < HINT:
                continue
            said, around = (
                text[match.start : match.end],
                _surroundings(coded, context, before, match),
            )
            taken = takes(plain(text[: match.start]), around.before if taken else "", around.after)
            if ground and taken:
                ground.take(_word(match.entry, said), statement.utterance)
            told = answered.get(match, False) or explains(around, plain(said), match.entry.wording(said))
            shared = ground.why(statement, match, terms) if ground else ""
            start = statement.start + match.start
            yield _Place(statement.utterance, start, match, said, score, told, shared, match in answered)


def _terms(coded: Coded, text: str) -> list[Match]:
    """Words of the lexicon and words of technical shape, in order."""
    listed = lexicons.matches("jargon", text, coded.lexicons)
    return sorted([*listed, *shapes.matches(text, listed)], key=lambda match: match.start)


def _score(statement: Statement, match: Match) -> float:
    """How sure it is that the match is jargon: words that need the coder's word have its probability."""
    if match.entry.sure:
        return SURE
    return SHAPED if shapes.made(match.entry) else statement.probabilities.get("jargon", 0.0)


def _word(entry: Entry, said: str) -> Word:
    """A term by its entry and first letters; where an abbreviation of it stands beside it in the entry, by that."""
    initials = "".join(re.findall(r"\b\w", plain(said)))
    return entry.id, initials if initials in entry.words else re.sub(r"[\W\d]", "", plain(said))[:STEM]


def _asked(coded: Coded) -> Asked:
    """The terms that the next to speak asks about, and whether the practitioner then says what they mean."""
    found: dict[tuple[int, int], dict[Match, bool]] = defaultdict(dict)
    role = coded.session.role_of
    for spoken, reply in pairwise(coded.session):
        if role(spoken) == "practitioner" and role(reply) != "practitioner" and asks(reply.text):
            after = [u.text for u in coded.session[reply.index + 1 :][:2] if role(u) == "practitioner"]
            for statement, match in _meant(coded, spoken.index, reply.text):
                said = coded.text(statement)[match.start : match.end]
                found[statement.utterance, statement.start][match] = any(answers(text, said) for text in after)
    return found


def _meant(coded: Coded, index: int, question: str) -> Iterable[tuple[Statement, Match]]:
    """The terms of an utterance that a question is about: those it names, or the last, or the last few for “those”."""
    statements = coded.statements_of(index)
    terms = [(statement, match) for statement in statements for match in _terms(coded, coded.text(statement))]
    word = word_asked(question)
    if word:
        named = [(s, m) for s, m in terms if word in plain(coded.text(s)[m.start : m.end])]
        return named or [(s, match) for s in statements for match in _new(coded.text(s), word)]
    last = [(s, m) for s, m in terms if s in statements[-NEXT:]]
    return [(s, m) for s, m in last if s is last[-1][0]] if _SEVERAL.search(plain(question)) else last[-1:]


def _new(text: str, word: str) -> Iterator[Match]:
    """A word that no lexicon has, and whose meaning is asked for."""
    entry = Entry(f"asked: {word}", "jargon", (word,), False, *NEW, (), (), spoken=False)
    return (Match(entry, *found.span()) for found in re.finditer(rf"\b{re.escape(word)}\b", plain(text)))


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
    text = plain(coded.text(statement))
    return Surroundings(
        text[since : match.start],
        text[match.end :],
        plain(coded.text(previous)) if previous else "",
        tuple(plain(coded.text(after)) for after in following),
    )


def _finding(coded: Coded, place: _Place, kind: str) -> Finding:
    """A finding over the term, told as its lexicon entry tells it."""
    entry, end = place.match.entry, place.start + len(place.said)
    asked = (TOLD if kind == EXPLAINED else NOT_TOLD) if place.asked else ""
    why = place.shared if kind == SHARED else f"{entry.why} {asked}".strip()
    spoken = coded.session[place.utterance]
    return Finding(kind, spoken, place.start, end, why, entry.source, _plainly(place), place.score)


def _plainly(place: _Place) -> str:
    """Plain words in quotation marks, or the entry's instruction as a sentence of its own."""
    wording = place.match.entry.wording(place.said)
    spoken = place.match.entry.speaks(place.said)
    return f"Plain words: “{wording}”." if spoken else wording[0].upper() + wording[1:] + "."
