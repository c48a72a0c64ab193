"""Organisations that the words around them announce: "… , the hostel", "we play for …", "our church is …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from transcript_rapport.deidentification.around import GOES_ON, HESITATION, SURE_ORGANISATIONS
from transcript_rapport.deidentification.numerals import DIGITS, TEENS, TENS
from transcript_rapport.deidentification.patterns.organisations.things import (
    END,
    HIGHS,
    RUN,
    WORD,
    Check,
    are_capitals,
    are_letters,
    are_things,
    compiled,
    is_plain,
    is_thing,
)
from transcript_rapport.deidentification.patterns.organisations.workplaces import at_work
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.vocabulary import is_listed, is_ordinary, standing

_KIND = (
    r"(?:nursery|school|hostel|refuge|hospice|hospital|clinic|surgery|practice|unit|rehab|home|church|mosque"
    r"|temple|chapel"
    r"|gurdwara|synagogue|college|academy|university|uni|prison|jail|charity|project|agency|firm|company"
    r"|factory|warehouse"
    r"|supermarket|pub|bar|restaurant|caf[eé]|takeaway|garage|gym|choir|salon|centre|center|services?|brewery|bakery"
    r"|solicitors|lawyers|architects|builders|plumbers|accountants|estate agents|opticians|dentists?|undertakers"
    r"|funeral"
    r" (?:people|directors|home)|cleaning (?:people|firm)|people|shop|place|outfit|housing association"
    r"|food ?bank|society)"
)
_MOD = rf"(?:{WORD}\s+){{0,2}}?"
_TEAM = (
    r"(?:city|town|united|rovers|wanderers|albion|athletic|harriers|rangers|celtic|villa|swifts|gaels|hibs"
    r"|juniors|reserves"
    r"|\w{3,}s)"
)
_PLAYS = (
    r"(?:play(?:s|ed|ing)?|coach(?:es|ed|ing)?|captain(?:s|ed)?|trains?|trained|training|trials?|sign(?:s|ed)"
    r"|keeper|goalie"
    r"|striker|turn(?:s|ed) out|box(?:es|ed)|boxing|row(?:s|ed)?|swims?|swam|ran|runs|scored|bats?|bowls?)"
)
_TYPES = (
    r"(?:road|street|lane|avenue|close|drive|terrace|crescent|hill|row|walk|place|square|gardens|grove|court|way|house)"
)
_HOUSEY = r"(?:house|lodge|grange|manor|lawns|priory|court|villa|lea|towers|gardens)"

_SURE = rf"(?:{'|'.join(sorted(SURE_ORGANISATIONS))}|brothers|systems)"


def _apposed(run: Sequence[str], _: re.Match[str]) -> bool:
    """Whether a name stands before "the nursery": of capitals, or of two or three things."""
    if are_capitals(run):
        return not all(is_plain(word.lower()) for word in run)
    small = [word.lower() for word in run]
    return len(run) > 1 and are_things(small)


def _team(run: Sequence[str], _: re.Match[str]) -> bool:
    """Whether "we play for …" goes on with a team of two words or more."""
    return len(run) > 1 and (are_capitals(run) or are_things([word.lower() for word in run]))


def _side(run: Sequence[str], _: re.Match[str]) -> bool:
    return are_capitals(run) and not all(is_plain(word.lower()) for word in run)


def _housed(run: Sequence[str], _: re.Match[str]) -> bool:
    """Whether "… house" is one with a name: "cedar house", but not "open house"."""
    small = [word.lower() for word in run]
    return are_things(small[:-1]) and not set(small) & _NO_HOUSES and not small[0].endswith("'s")


def _firm(run: Sequence[str], _: re.Match[str]) -> bool:
    """Whether what stands before "and sons" or "surgery" is a name, or things: "mill lane surgery"."""
    before = [word.lower() for word in run if word not in {"and", "&"}][:-1]
    before = [word for word in before if word not in GOES_ON] or before
    if run[-1][0].isupper() and not run[0][0].isupper():
        return False
    return all(is_thing(word) and word not in _COUNTED and not word.endswith("'s") for word in before)


def _begins(run: Sequence[str], match: re.Match[str]) -> bool:
    """Whether a line in small letters begins with an organisation: "the maltings surgery in …"."""
    named = run[run[0] == "the" :]
    led = match.string[: match.start("it")].split()
    return match["it"].islower() and set(led) <= HESITATION | _OPENING and _firm(named, match)


_OPENING = frozenset("it's its yeah yes at it is just oh well so".split())


def _high(run: Sequence[str], _: re.Match[str]) -> bool:
    """Whether no ordinary word stands before "high", "general" or "house": "at birkdale high"."""
    own = standing(run[0].lower()) in {"unknown", "given", "proper", "place"}
    return own and (are_capitals(run) or run[0].islower())


def _is_it(run: Sequence[str], _: re.Match[str]) -> bool:
    """Whether "our church is …" goes on with a capital, or with a word that no dictionary has."""
    if are_capitals(run):
        return not all(is_plain(word.lower()) for word in run)
    return not is_ordinary(run[0]) and not is_listed(run[0], "safe")


def _club(run: Sequence[str], _: re.Match[str]) -> bool:
    return are_capitals(run) or is_thing(run[0].lower())


_COUNTED = frozenset((*DIGITS, *TEENS, *TENS, "hundred", "double"))
_NO_HOUSES = frozenset(
    "open full council haunted crack wendy tree doll's dolls tea opera play green glass town boarding safe empty dream "
    "holiday guest halfway mad trap student shared neighbours mess food tennis squash crown county magistrates family "
    "youth high supreme federal district kangaroo basketball small city village club public acid terraced detached "
    "semi bungalow rented front back civil criminal juvenile drug traffic appeals beer vegetable kitchen secret own "
    "whole wrong right entire hot cold massive huge tiny lovely filthy messy damp zoological botanical".split()
)
_AROUND: tuple[tuple[re.Pattern[str], Check], ...] = (
    (
        compiled(
            rf"\b(?:at|for|with|from|to"
            rf"|called)\s+(?P<it>(?:{WORD}\s+){{1,3}}?{_SURE}(?:\s+{_SURE})*)\b(?!\s+(?:{_TYPES})\b)"
        ),
        _firm,
    ),
    (
        compiled(
            rf"^(?:{WORD}\s+){{0,2}}?(?P<it>(?:the\s+)?{WORD}(?:\s+{WORD})?\s+{_SURE}(?:\s+{_SURE})*)(?=\s+(?:in|on|near|with|by|down|up|over)\b)"
        ),
        _begins,
    ),
    (compiled(rf"\b(?:at|to|from|in)\s+(?P<it>{WORD}\s+(?:{'|'.join(sorted(HIGHS))})){END}"), _high),
    (
        compiled(rf"\b(?:at|to|from|in|into|with)\s+(?P<it>{WORD}\s+(?:{_HOUSEY}|view|hall|ranch|bank|hub|heights))\b"),
        _high,
    ),
    (
        re.compile(
            rf"\b(?:school|church|nursery|college|team|company|firm|hostel|mosque|temple|surgery|practice)(?:'s"
            rf"| is| was)(?: called)?(?: the)?\s+(?P<it>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*|[a-z]{{6,}}){END}"
        ),
        _is_it,
    ),
    (
        compiled(
            rf"\b(?:left|leave|leaving|joined|join)\s+(?P<it>(?-i:[A-Z]{{2,5}})|[b-z](?:\s[a-z]){{2,3}})(?!['’\w]){END}"
        ),
        are_letters,
    ),
    (
        compiled(
            rf"\b(?:at|for|with|to|from|in|called|by|under|through)(?:\s+the)?\s+{RUN},?\s+(?:the|a|that|this"
            rf"|our|her|his|it's the|it's a)\s+{_MOD}{_KIND}{END}"
        ),
        _apposed,
    ),
    (
        re.compile(
            rf"(?:^|[.?!]\s+)(?P<it>[A-Z][\w'’-]+(?:\s+(?:and|&)\s+[A-Z][\w'’-]+|\s+[A-Z][\w'’-]+)+),\s+(?:the"
            rf"|a|an|our)\s+{_MOD}{_KIND}\b"
        ),
        _apposed,
    ),
    (
        compiled(
            rf"\b(?:the|a|my|our|her|his|this"
            rf"|called)\s+(?:\w+\s+)?{_KIND},?\s+(?:called\s+)?(?P<it>{WORD}(?:\s+{WORD})?\s+{_HOUSEY}){END}"
        ),
        _housed,
    ),
    (
        compiled(
            rf"\b(?:at|in|to|into|from|with|near)\s+(?P<it>(?-i:[a-z][\w'’-]*)\s+(?:house|lodge|grange|manor"
            rf"|lawns|priory)){END}"
        ),
        _housed,
    ),
    (
        compiled(
            rf"\b{_PLAYS}\s+(?:\w+\s+){{0,3}}?(?:for|with|at)\s+(?:the\s+)?(?P<it>{WORD}(?:\s+{WORD})?\s+{_TEAM}){END}"
        ),
        _team,
    ),
    (
        compiled(
            rf"\b{_PLAYS}\s+(?:\w+\s+){{0,3}}?(?:for|with)\s+(?:the\s+)?(?P<it>{WORD}(?:\s+(?:of\s+)?(?-i:[A-Z])[\w'’-]+){{0,3}}){END}"
        ),
        _side,
    ),
    (
        compiled(
            rf"\b(?:{_PLAYS}|joined)\s+(?:\w+\s+){{0,3}}?(?:for|with"
            rf"|at)\s+(?:the\s+)?(?P<it>{WORD}(?:\s+{WORD}){{0,2}}\s+(?:club|fc|harriers|amateurs)){END}"
        ),
        _club,
    ),
    (
        compiled(
            rf"\b(?:at|for|with|by|from|to|called)\s+(?P<it>{WORD}(?:\s+{WORD})?\s+(?:and|&)\s+(?:sons?"
            rf"|daughters?|co|company|partners|brothers|associates))\b"
        ),
        _firm,
    ),
)


def announced(text: str) -> Iterator[Found]:
    """Organisations that stand behind or before words that announce one, in capitals or, in small speech, of things."""
    cased = bool(re.search(r"[A-Z][a-z]", text))
    for match in chain(_around(text), at_work(text)):
        if not cased or match["it"][0].isupper():
            yield Found(*match.span("it"), "organisation")


def _around(text: str) -> Iterator[re.Match[str]]:
    for pattern, check in _AROUND:
        yield from (match for match in pattern.finditer(text) if check(match["it"].split(), match))
