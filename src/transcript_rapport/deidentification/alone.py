"""What the networks find where no rule found anything: when it counts as an identifier, though it stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transcript_rapport.deidentification.around import ABSTRACT, DOING, MODALS, PEOPLE_BEFORE
from transcript_rapport.deidentification.numbering import plain
from transcript_rapport.deidentification.numerals import DAY, DIGIT_WORDS, NUMBER
from transcript_rapport.deidentification.patterns.ages import OLD
from transcript_rapport.deidentification.patterns.formal import PUBLIC
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.vocabulary import clinical, is_listed, is_ordinary, is_verb, standing
from transcript_rapport.placeholders import Kind

OWN = 0.3
"""From this probability on, words that no rule found are an identifier."""
DOUBTED, DONE = 0.9, 0.97
"""The same of what is mostly something else: numbers that the rules leave are scores, doses and times; and of verbs."""
AGED = 0.6
"""The same of ages, which are told by what they are: ninety and more."""
EITHER = 0.6
"""The same of names that are terms and things too: "frank", "rain"."""
_OPENING = re.compile(r"(?:^|[.?!…])[\s\"'“‘]*$")
_COUNTED = re.compile(rf"\d|\b(?:{NUMBER}|{DIGIT_WORDS}|{DAY}|hundred|thousand)\b", re.IGNORECASE)
_WEB = re.compile(r"[.@_/\d]|\b(?:dot|at|underscore|slash|dash|hyphen)\b", re.IGNORECASE)
_OLD = re.compile(rf"(?!101\b){OLD}(?:[\s-]+(?:years?[\s-]old|odd|something))?", re.IGNORECASE)
_MADE_AS = {**dict.fromkeys(("date", "phone", "number"), _COUNTED), "email": _WEB, "url": _WEB, "age": _COUNTED}
"""What stands in an identifier of a kind that has a form."""
_COUNTS = re.compile(r"\s+(?:would|will)\b(?!\s+you\b)", re.IGNORECASE)
"""What follows a number that is mostly no age, but something counted: "ninety would be the shop"."""
_ON = frozenset("from to up out down in into on off over through back away above at as a an the my his her".split())
"""What follows a deed: "rose from", "drew a"."""
_TO_WHOM = (PEOPLE_BEFORE | frozenset("about by for from like of".split())) - {"and"}
_LAST = re.compile(r"([\w'’]+)[^\w'’]*$")
_NEXT = re.compile(r"\s+([\w'’]+)")
_FOR = re.compile(r"\s+(?:for|as in|like in)\s")
"""What follows a letter that is only spelled out: "B for Benny"."""
_OWNERS = frozenset("my our your his her their".split())
_ROUND = frozenset(("ninety", "90", "a hundred", "one hundred", "100"))
_CLOCK = re.compile(r"\d{1,2}(?::\d\d){1,2}")
_NINE = re.compile(r"\bnine\b", re.IGNORECASE)
_OR = re.compile(r"\s+(?:or|and)\s+|,\s*")


class Tagged(NamedTuple):
    """Words side by side that are taken for an identifier, and how sure the surest of them is."""

    span: Found
    chance: float


def stands_alone(text: str, one: Tagged, cased: bool) -> bool:
    """Whether it is an identifier though no rule found any of it."""
    said, before = text[one.span.start : one.span.end], text[: one.span.start]
    counts = one.span.kind == "age" and bool(_COUNTS.match(text, one.span.end))
    if one.chance < (DONE if counts else _needed(one.span.kind, said, cased)) or before.rfind("[") > before.rfind("]"):
        return False
    return _is_made(one.span, said) and (one.span.kind == "age" or not _is_something_else(text, one, said))


def _needed(kind: Kind, said: str, cased: bool) -> float:
    """How sure it has to be."""
    if kind == "age":
        return DOUBTED if said.lower() in _ROUND else AGED
    if said in DOING:
        return DONE
    words = plain(said).split()
    small = cased and said.islower() and all(map(is_ordinary, words))
    if small or _MADE_AS.get(kind) is _COUNTED or _is_kind(kind, words):
        return DOUBTED
    return EITHER if kind == "name" and (said in ABSTRACT or _is_given_term(said)) else OWN


def _is_made(span: Found, said: str) -> bool:
    """Whether it has the form of its kind, where that has one."""
    if span.kind == "age":
        return bool(_OLD.fullmatch(said))
    made_as = _MADE_AS.get(span.kind)
    return not made_as or bool(made_as.search(said) and not _CLOCK.fullmatch(said) and not _is_public(said))


def _is_something_else(text: str, one: Tagged, said: str) -> bool:
    """Whether it is an ordinary word where it stands, or known as something that stays."""
    kind, small = one.span.kind, plain(said)
    stutters = "-" in said and " " not in said and all(map(is_ordinary, said.lower().split("-")))
    hums = len(said) < 3 and said.islower() and kind != "name"
    spelt = len(small) == 1 and bool(_FOR.match(text, one.span.end))
    stays = kind == "name" and is_listed(small, "famous")
    stays |= kind == "place" and standing(small) == "safe" and one.chance < DOUBTED
    term = len(small) > 1 and clinical().issuperset(small.split()) and not (kind == "name" and _is_given_term(said))
    return stutters or hums or spelt or stays or term or _opens(text, one, said) or _is_deed(text, one.span, said)


def _is_given_term(said: str) -> bool:
    """Whether a given name is a term too: "frank", "Pip"."""
    return said.lower() in clinical() and is_listed(said.lower(), "given", "given_words")


def _opens(text: str, one: Tagged, said: str) -> bool:
    """Whether an ordinary word has its capital from beginning a sentence; "Sue lets me in" is told more surely."""
    if not (said[0].isupper() and is_ordinary(said.lower()) and _OPENING.search(text[: one.span.start])):
        return False
    named = is_listed(said.lower(), "given_words") and said.lower() not in ABSTRACT | MODALS
    return not named or one.chance < DOUBTED


def _is_deed(text: str, span: Found, said: str) -> bool:
    """Whether a word that is also a name says what somebody does: "and rose from", "mum may come"."""
    before, after = _LAST.search(text[: span.start].lower()), _NEXT.match(text, span.end)
    if not before or not after:
        return False
    if said in MODALS:
        return is_verb(after.group(1))
    return said in DOING and before.group(1) not in _TO_WHOM and after.group(1) in _ON


def _is_public(said: str) -> bool:
    """Whether it is a number of a public service, or several: "116 123 or nine nine nine"."""
    return all(re.sub(r"\W", "", _NINE.sub("9", one)) in PUBLIC for one in _OR.split(said))


def _is_kind(kind: Kind, words: Sequence[str]) -> bool:
    """Whether ordinary words end in one that says a kind of organisation or place: "crown court", "our street"."""
    told = kind == "organisation" or (kind == "place" and not _OWNERS.isdisjoint(words[:1]))
    ends = bool(words) and is_listed(words[-1], "organisations", "generic", "streets")
    return told and ends and all(map(is_ordinary, words))
