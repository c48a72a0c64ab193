"""How far a name goes on behind its first word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcript_rapport.deidentification.around import RISKY
from transcript_rapport.deidentification.tokens import Token
from transcript_rapport.deidentification.vocabulary import is_listed, standing

SIZES = frozenset("big little wee lil mad crazy old young auld fat skinny".split())
"""What stands before a nickname: "big Lou"."""


def next_to(token: Token) -> bool:
    """Whether only a space, or a dot after an initial, stands before a word."""
    return bool(re.fullmatch(r"\.?\s+|-", token.gap)) and not token.first


def further(words: Sequence[Token], at: int, cased: bool) -> int:
    """The end of a name whose first word stands before ``at``: further names and surnames."""
    while at < len(words) and words[at].word and next_to(words[at]) and at < len(words):
        token, previous = words[at], words[at - 1]
        if previous.owns:
            break
        if cased and _joins(words, at):
            at += 1
            continue
        if cased and not (token.is_capital and not is_listed(token.word, "safe")):
            break
        if not cased and not _is_surname(token, words, at):
            break
        at += 1
    return at


_PARTICLES = frozenset("van von de der den da del dos du al el bin ibn ter".split())


def _joins(words: Sequence[Token], at: int) -> bool:
    """Whether a small word belongs to a surname: "van der Berg", "al-Hassan"."""
    if re.match(r"(?:al|el|ad|as|ul|bin|ibn)-[A-Z]", words[at].text):
        return True
    end = at
    while end < len(words) and words[end].word in _PARTICLES and words[end].text.islower() and next_to(words[end]):
        end += 1
    return at < end < len(words) and words[end].is_capital and next_to(words[end])


def _is_surname(token: Token, words: Sequence[Token], at: int) -> bool:
    held = standing(token.word)
    if held in {"given", "proper", "place", "unknown"}:
        return True
    after = words[at + 1].word if at + 1 < len(words) and words[at + 1].gap.isspace() else ""
    risky = token.word in RISKY and not (after in {"is", "was", "has"} or not after)
    return is_listed(token.word, "surname_words") and not risky
