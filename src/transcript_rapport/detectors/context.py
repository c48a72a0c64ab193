"""What stands around a statement: the client's words it answers, who held the floor, and what is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcript_rapport.codebook import codes
from transcript_rapport.report import Coded, Finding, Span, Statement
from transcript_rapport.session import Utterance

WORDED = 3
"""Words: a client's utterance below this is a back-channel and does not take the floor."""
REACH = 8
"""Utterances: how far back a practitioner's statement may answer."""
ANSWERABLE = 3
"""Client utterances with words that a statement may answer."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENDING = re.compile(r"(?:ing|ed|es|s|ly)$")
_QUOTED = re.compile(
    r"“[^”]{0,400}”|\"[^\"]{0,400}\"|(?<!\w)‘[^‘’]*(?:\w’\w[^‘’]*)*’(?!\w)"
    r"|(?<!\w)'(?!cause|cos|cuz|em\b|til|bout|round)\w[^']*(?:\w'\w[^']*)*'(?!\w)"
)
_FILLERS = frozenset(
    _WORD.findall(
        "yeah okay like know think mean really just well get got going want thing things lot kind sort feel say said "
        "see something maybe right sure hmm good time way make day"
    )
)
"""Words so common in talk that two people share them by chance."""


def finding(coded: Coded, statement: Statement, kind: str, answers: Span | None = None) -> Finding:
    """A finding over a whole statement, told as its code tells it; its score is the coder's probability."""
    code, spoken = coded.own.get(kind) or codes()[kind], coded.session[statement.utterance]
    told = (code.why, code.source, code.suggestion, statement.codes[kind])
    return Finding(kind, spoken, statement.start, statement.end, *told, answers)


def words(text: str) -> list[str]:
    """The words of ``text`` in lower case, contractions whole."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def content_words(text: str) -> frozenset[str]:
    """The words that carry the meaning of ``text``, without their commonest endings."""
    from spacy.lang.en.stop_words import STOP_WORDS

    kept = (w for w in words(text) if len(w) > 2 and "'" not in w and w not in STOP_WORDS and w not in _FILLERS)
    return frozenset(_ENDING.sub("", word) if len(word) > 4 else word for word in kept)


def quoted(text: str) -> list[tuple[int, int]]:
    """Character offsets (start, end) of what stands inside quotation marks, the marks included."""
    return [match.span() for match in _QUOTED.finditer(text)]


def heard(coded: Coded, before: int) -> Iterator[Utterance]:
    """The client's utterances before utterance ``before``, latest first, within reach."""
    for index in range(before - 1, max(before - REACH, 0) - 1, -1):
        if coded.session.role_of(index) == "client":
            yield coded.session[index]


def answered(coded: Coded, statement: Statement) -> Span | None:
    """The client's statement that a practitioner's statement answers, or None where there is none in reach.

    That is the one among the client's last few that shares most of its content words; where none
    shares any, the end of what the client said last, back-channels apart.
    """
    worded = [u for u in heard(coded, statement.utterance) if len(words(u.text)) >= WORDED][:ANSWERABLE]
    latest_first = [s for u in worded for s in reversed(coded.statements_of(u.index))]
    long_enough = [s for s in latest_first if len(words(coded.text(s))) >= WORDED]
    if not long_enough:
        return None
    meant = content_words(coded.text(statement))
    return max(long_enough, key=lambda s: len(meant & content_words(coded.text(s)))).span


def floors(coded: Coded) -> list[tuple[Statement, ...]]:
    """The practitioner's statements, grouped into stretches that only back-channels interrupt."""
    found: list[tuple[Statement, ...]] = []
    current: list[Statement] = []
    for utterance in coded.session:
        role = coded.session.role_of(utterance)
        if role == "practitioner":
            current.extend(coded.statements_of(utterance.index))
        elif role == "client" and current and len(words(utterance.text)) >= WORDED:
            found.append(tuple(current))
            current = []
    return [*found, tuple(current)] if current else found


def likeliest(statement: Statement, kinds: Sequence[str]) -> str | None:
    """The code among ``kinds`` that the coder asserts with most certainty, or None where it asserts none."""
    asserted = [kind for kind in kinds if kind in statement.codes]
    return max(asserted, key=lambda kind: statement.codes[kind]) if asserted else None
