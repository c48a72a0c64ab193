"""Safety: a client's words that speak plainly of wanting to die, of harming oneself or somebody, or of being harmed.

A neutral pointer for the reader and never a remark on the practitioner. It is found by words, so it is no search for
danger: most of what matters is said in other words, and nothing found says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.detectors.context import words
from transcript_rapport.detectors.safety_words import (
    ANOTHER_DYING,
    ANOTHERS_DEATH,
    ASKED,
    DYING,
    FIGURES,
    HARMED,
    HARMS,
    SELF_HARM,
    either,
    unless,
)
from transcript_rapport.lexicons import plain
from transcript_rapport.report import Coded, Finding, Statement

SPOKEN = "safety.spoken"
KINDS: tuple[str, ...] = (SPOKEN,)
WHY = (
    "The client spoke of dying or of somebody being harmed here. This page does not look for danger and cannot judge "
    "it; read the transcript and follow your service's procedure."
)
SOURCE = "NICE NG225 (2022), Self-harm: assessment, management and preventing recurrence"
BY_WORDS = 0.8
"""Score of a finding made by words alone: a convention, not a measured precision."""
LONGEST = 40
"""Words of the quote at most: where a statement is longer, those around what was found."""
ECHO = 3
"""Words: a question as short as this hands back the practitioner's word, and says nothing yet."""

_SPOKEN = re.compile(either(*DYING, *ANOTHER_DYING, *SELF_HARM, *HARMED, *HARMS))
_NOT_MEANT = re.compile(either(*FIGURES, *ANOTHERS_DEATH))
_DENIED = re.compile(
    r"\b"
    + either(
        r"never|not|no|nor|neither|without|nothing",
        r"don't|doesn't|didn't|haven't|hadn't|isn't|wasn't|aren't|am not",
        r"won't|wouldn't",
    )
    + r"\b"
    + unless(r"stop|help|know|sure|just|only|remember|think of anything")
    + r"(?:(?!\b(?:but|because|until|unless|except|so|and|when|if)\b"
    # In speech without full stops a new "I" begins a new sentence, but for "I don't think I …".
    r"|(?<!think )(?<!believe )(?<!say )(?<!that )(?<!like )\bi\b)[^.?!;,:]){0,40}$"
)
_DENIED_TWICE = re.compile(
    r"(?:\bnot|n't) (?:like|that|as if|as though|say|saying|pretend) (?:that )?"
    r"i(?:'ve| have)? (?:don't|do not|didn't|haven't|never|not)\b"
)
"""“It's not like I don't think about …” says that one does."""
_ASKED = re.compile(rf"\b{either(*ASKED)}\b[^.!]*\?\s*$")
_ASKED_WITH_NO = re.compile(r"(?:n't|\b(?:no|not|never|none|without|den(?:y|ied|ying)|free of))\b")
_ASKED_OF_ANOTHER = re.compile(r"\b(?:family|died|lost|he|she|they|anyone|anybody|someone|somebody)\b")
_YES = re.compile(
    r"^\W*(?:(?:um+|uh|er|erm|oh|well|hm+|i mean)\b\W*)*"
    + either(
        r"yes|yeah|yep|yup|i suppose|i guess|i think so|maybe|kind of|a bit|a little",
        r"(?:i|he|she|they) (?:have|has|do|does|did)\b(?! (?:not|never)\b)|i used to",
        r"sometimes|often|now and then|once|a few times",
    )
    + r"\b(?!,? (?:no|not|never|none|i've never|i (?:have|do|did|would)(?: not| never|n't))\b)"
)


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each statement of a client that speaks of it, over the words up to ``LONGEST`` around."""
    for statement in coded.by_role("client"):
        found = spoken(coded.text(statement)) or _says_yes(coded, statement)
        if found:
            start, end = _shown(coded.text(statement), *found)
            place = (statement.start + start, statement.start + end)
            yield Finding(SPOKEN, coded.session[statement.utterance], *place, WHY, SOURCE, score=BY_WORDS)


def spoken(text: str) -> tuple[int, int] | None:
    """Characters (start, end) of the first words that speak of it, denials and figures of speech apart; else None."""
    said = plain(text)
    if said.rstrip().endswith("?") and len(words(text)) <= ECHO:
        return None
    for match in _SPOKEN.finditer(said):
        figure = any(f.start() < match.end() and match.start() < f.end() for f in _NOT_MEANT.finditer(said))
        if not figure and not _DENIED.search(_DENIED_TWICE.sub("", said[: match.start()])):
            return match.span()
    return None


def _says_yes(coded: Coded, statement: Statement) -> tuple[int, int] | None:
    """The whole statement, where it begins a turn with a yes to a practitioner's question about it."""
    before = statement.utterance - 1
    first = coded.statements_of(statement.utterance)[0] == statement
    if not first or before < 0 or coded.session.role_of(before) != "practitioner":
        return None
    said = plain(coded.text(statement))
    return (0, len(said)) if _YES.match(said) and _asks(plain(coded.session[before].text)) else None


def _asks(asked: str) -> bool:
    """Whether a yes to this says so: not to a denial ("no thoughts of …?"), nor about another's suicide."""
    about = _ASKED.search(asked)
    if not about:
        return False
    before = re.split(r"[.?!]", asked[: about.start()])[-1]
    added = about.group().partition("?")[2]
    of_another = about.group().startswith("suicid") and _ASKED_OF_ANOTHER.search(before)
    return not (of_another or _ASKED_WITH_NO.search(before) or _ASKED_WITH_NO.search(added))


def _shown(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole text where it is short enough, else at most ``LONGEST`` whole words around the place."""
    there = [match.span() for match in re.finditer(r"\S+", text)]
    if len(there) <= LONGEST:
        return 0, len(text)
    first = next(i for i, (_, stop) in enumerate(there) if stop > start)
    last = next(i for i, (_, stop) in enumerate(there) if stop >= end)
    begin = max(0, min(first - (LONGEST - (last - first + 1)) // 2, len(there) - LONGEST))
    return there[begin][0], there[min(begin + LONGEST, len(there)) - 1][1]
