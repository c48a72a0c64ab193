"""Names that somebody says are names: "my name is …", "Dr …", "my son …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcript_rapport.deidentification.around import MODALS, NOT_NAMES, PERSONAL, VERBISH
from transcript_rapport.deidentification.runs import further
from transcript_rapport.deidentification.tokens import TITLES, Token
from transcript_rapport.deidentification.vocabulary import is_listed, is_ordinary, standing

_SAYING = re.compile(
    r"(?:(?:first|last|full|middle|maiden|family|sur|nick|real|birth|married|preferred|user)?\s?names?(?: is"
    r"| was|'s|s|:)?(?: actually| really| just| like)?"
    r"|i'?m called|(?:\w+) called|call(?:s|ed)? (?:me|him|her|you|them)|goes by|known as"
    r"|named(?: after| him| her)?|(?:this is|speaking (?:to|with)|it's) (?=\w+ (?:here|speaking|calling)\b))[\s,:]+$",
    re.IGNORECASE,
)


def told(words: Sequence[Token], at: int, text: str, cased: bool) -> int:
    """Names that somebody says are names, whatever word they are: "my name is …", "Dr …", "my son …"."""
    token = words[at]
    if not token.word or token.word in NOT_NAMES or len(token.word) < 2:
        return at
    before = words[at - 1] if at else None
    if before is None:
        return at
    spaced = after_title(token, before)
    said = bool(_SAYING.search(text, max(0, token.start - 60), token.start)) and _may_be_called(words, at, cased)
    titled = spaced and before.word in TITLES and _may_follow(token, cased, before.text)
    related = spaced and is_listed(before.word, "kin") and not before.owns and _is_name_word(token, words, at, cased)
    return further(words, at + 1, cased) if said or titled or related else at


def _may_be_called(words: Sequence[Token], at: int, cased: bool) -> bool:
    """Whether a word after "my name is" or "called" may be a name."""
    token = words[at]
    if token.is_capital:
        return True
    if is_listed(token.word, "safe"):
        return False
    listed = words[at - 1].word != "called" or is_listed(token.word, "given_words", "surname_words")
    return not is_ordinary(token.word) or (not cased and listed)


_SHORT = frozenset("mr mrs ms mx dr prof rev".split())


def after_title(token: Token, before: Token) -> bool:
    """Whether only a space stands between a title and the word; a dot only after a short one ("Dr. Lee")."""
    return bool(re.fullmatch(r"\.?,?\s+" if before.word in _SHORT else r",?\s+", token.gap))


def _may_follow(token: Token, cased: bool, title: str) -> bool:
    """Whether a word after a title is a name: "Ms Lee", "doctor okafor", but not "doctor said"."""
    barred = ("pronouns", "generic") if title.lower() in _SHORT else ("safe", "pronouns", "generic")
    if (is_listed(token.word, *barred) or token.word in VERBISH) and not token.is_capital:
        return False
    if cased:
        return token.is_capital
    short = title.lower() not in {"doctor", "miss", "sir", "professor", "master"}
    return short or not is_ordinary(token.word) or is_listed(token.word, "surname_words", "given_words")


def _is_name_word(token: Token, words: Sequence[Token], at: int, cased: bool) -> bool:
    """Whether the word after "my son" is his name."""
    listed = is_listed(token.word, "given_words", "given")
    if cased:
        return (
            token.is_capital
            and not token.first
            and (listed or not is_listed(token.word, "safe"))
            and (listed or standing(token.word) in PERSONAL)
        )
    if not listed or token.word in VERBISH or is_listed(token.word, "pronouns"):
        return False
    after = words[at + 1].word if at + 1 < len(words) else ""
    if token.word in MODALS or token.word in {"can", "rose", "drew", "said", "art", "sue", "rob", "love", "hope"}:
        return after in VERBISH or token.owns
    return after in {"she", "he", "who"} or not is_listed(after, "pronouns")
