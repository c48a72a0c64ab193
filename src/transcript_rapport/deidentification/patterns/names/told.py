"""Names that somebody says are names: "my name is …", "Dr …", "my son …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcript_rapport.deidentification.around import DOING, MODALS, NOT_NAMES, PERSONAL, THINGS, VERBISH
from transcript_rapport.deidentification.patterns.names.runs import further, next_to
from transcript_rapport.deidentification.tokens import TITLES, Token, token_at, word_at
from transcript_rapport.deidentification.vocabulary import is_listed, is_ordinary, standing

_SAYING = re.compile(
    r"(?:(?:first|last|full|middle|maiden|family|sur|nick|real|birth|married|preferred|user)?\s?names?(?: is"
    r"| was|'s|s|:)?(?: actually| really| just| like)?"
    r"|i'?m called|(?:\w+) called|call(?:s|ed)? (?:me|him|her|you|them)|(?:one|boy|girl|baby|son|daughter) (?:we"
    r"|they|i) call(?:ed)?|goes by|known as"
    r"|named(?: after| him| her)?|(?:this is|speaking (?:to|with)|it's) (?=\w+ (?:here|speaking|calling)\b)"
    r"|its? (?=\w+(?: \w+)?,? (?:btw|by the way)\b))[\s,:]+$",
    re.IGNORECASE,
)


def told(words: Sequence[Token], at: int, text: str, cased: bool) -> int:
    """Names that somebody says are names, whatever word they are: "my name is …", "Dr …", "my son …"."""
    token = words[at]
    if not token.word or token.word in NOT_NAMES or len(token.word) < 2:
        return at
    before = token_at(words, at - 1)
    if before is None:
        return at
    spaced = after_title(token, before)
    said = bool(_SAYING.search(text, max(0, token.start - 60), token.start)) and _may_be_called(words, at, cased)
    verb = cased and before.text in {"miss", "sir"}  # "i miss Dad"
    related_to = cased and before.owns and is_listed(before.word, "kin") and token.is_capital and not token.first
    related_to &= token.word not in THINGS and not is_listed(token.word, "generic", "safe")
    said |= related_to and bool(re.fullmatch(r"['’]s\s+", token.gap))
    said |= bool(_CALLED.search(text, max(0, token.start - 40), token.start)) and _may_be_nickname(words, at)
    titled = spaced and not verb and before.word in TITLES and _may_follow(token, cased, before.text)
    related = spaced and is_listed(before.word, "kin") and not before.owns and _is_name_word(token, words, at, cased)
    return further(words, at + 1, cased) if said or titled or related else at


_CALLED = re.compile(
    r"\b(?:(?:an?|this|that|one|some|the|our|my) (?:\w+ ){0,2}(?!paper|comput|numb|dinn|butt|lett|mat|wat|pow"
    r"|fold|comp)\w{2,}(?:er|or|ist"
    r"|man|woman|girl|boy|chap|dude|aide|nurse|carer|clerk|priest|cop)(?: \w+){0,2}"
    r"|s?he(?:['’]s| is| was)|(?:lads?|girl|bloke|boy|kid|mate|friend|man|woman|guy|baby|son|daughter"
    r"|brother|sister|cousin"
    r"|geezer|fella|nephew|niece|one)(?:['’]s| is| was)?) (?:called|named)\s+$",
    re.IGNORECASE,
)
_ROUND = frozenset("round twice off out in by over every now it them us everyone several up names on time all".split())


def _may_be_nickname(words: Sequence[Token], at: int) -> bool:
    """Whether an ordinary word, of which no more is said, is what somebody is called: "a lad called spud"."""
    after = token_at(words, at + 1)
    closed = after is None or after.first or not next_to(after) or is_listed(after.word, "pronouns", "generic")
    return closed and words[at].word not in _ROUND and not is_listed(words[at].word, "pronouns", "generic")


def _may_be_called(words: Sequence[Token], at: int, cased: bool) -> bool:
    """Whether a word after "my name is" or "called" may be a name."""
    token = words[at]
    if token.is_capital:
        return not any(next_to(word) and word.is_capital and word.word in THINGS for word in words[at + 1 : at + 4])
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
        return token.is_capital or token.word in {"van", "von", "de", "der", "den", "da", "del", "al", "el", "bin"}
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
    after = word_at(words, at + 1)
    if token.word in MODALS | DOING:
        return after in VERBISH or token.owns
    return after in {"she", "he", "who"} or not is_listed(after, "pronouns")
