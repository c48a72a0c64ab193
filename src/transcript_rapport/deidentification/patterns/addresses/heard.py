"""Addresses as they are heard, in small letters: rooms and a house's number, streets, a town and a code in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcript_rapport.deidentification.around import VERBISH
from transcript_rapport.deidentification.numerals import DIGITS, TEENS, TENS
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.vocabulary import is_listed, standing, vocabulary

_WORD = re.compile(r"[\w'’-]+")
_NUMERALS = frozenset((*DIGITS, *TEENS, *TENS, "hundred", "double", "triple", "treble"))
_LONG = frozenset((*TEENS, *TENS, "hundred"))
_ROOMS = frozenset(
    "flat apartment apt unit room suite block plot lot stand studio bedsit house number site pitch".split()
)
_SURE = frozenset(
    "street road avenue lane crescent terrace mews boulevard quay drove rigg brae wynd vennel walk".split()
)
_BUILDINGS = frozenset(
    "cottage bungalow house lodge farm barn villa grange farmhouse manse croft mill court flats".split()
)
_LED = re.compile(
    r"(?:^|\b(?:lives?|lived|living|at|we're|i'm|he's|she's|they're|it's|its|it is|address|number|to|is|now"
    r"|still|got|right"
    r"|place|er|um|from|home|moved|staying|of|by|and|you're|says?)\s+)(?:(?:the|um|er|uh|like|number)\s+)*$"
)
_STREETS = frozenset(vocabulary().lists["streets"] | vocabulary().lists["street_ends"])
_NOT = frozenset(
    "and or of is was by into in on at to from with for than a an more less other different big little quiet "
    "busy main per "
    "minutes minute hours hour days day weeks week months month years year pounds quid dollars people miles mile "
    "metres feet "
    "times time percent steps step kids o'clock point way ways rooms bedrooms bedroom nice dead hard out up down "
    "off so but "
    "if then when where that's it's there's he's she's they're we're i'm i've i'd don't not no yeah yes okay "
    "right like um uh "
    "er mind just about away because cos since till until after before again behind opposite near next beside "
    "above below "
    "past round thing things bit sort kind good bad long of been be are were am all every last first second "
    "third".split()
)


def heard(text: str, asked: bool = False) -> Iterator[Found]:
    """Addresses that are said; where one was ``asked`` for, also a part that nothing else would tell."""
    if re.search(r"[A-Z][a-z]", text):
        return
    words = list(_WORD.finditer(text))
    said = [word.group().replace("’", "'") for word in words]
    at = 0
    while at < len(said):
        end = _address(said, at, bool(_LED.search(text[: words[at].start()])), asked)
        if end > at:
            yield Found(words[at].start(), words[end - 1].end(), "address")
        at = max(end, at + 1)


def _address(said: Sequence[str], at: int, led: bool, asked: bool) -> int:
    """Where the address ends that begins at ``at``; ``at`` itself where none does."""
    housed = _house(said, at)
    rooms = _rooms(said, housed)
    number = _number(said, rooms)
    street = _street(said, number)
    counted = number > rooms
    if rooms == number == at:
        begins = asked and all(word in _NOT for word in said[:at]) and not is_listed(said[at], "generic")
        return _tail(said, street) if begins and street > number else _town(said, at) if begins else at
    if street > number:
        sure = said[street - 1] in _SURE and (rooms > housed or bool(_LONG & set(said[rooms:number])))
        return _tail(said, street) if led or asked or (sure and counted) else at
    named = _named(said, number)
    coded = _code(said, named) > named
    coding = any(word[:8] in {"postcode", "zip", "eircode"} for word in said[named : named + 6])
    given = (asked or (led and coding)) and counted and named - number > 1
    told = given or (rooms > housed and (led or asked) and said[at] != "number") or (coded and led)
    return _tail(said, named) if named > number and told else at


def _house(said: Sequence[str], at: int) -> int:
    """The end of "rose bungalow", before a number."""
    for end in range(at + 2, min(at + 4, len(said) - 1)):
        if said[end - 1] in _BUILDINGS and _number(said, end) > end and all(map(_is_name, said[at : end - 1])):
            return end
    return at


def _rooms(said: Sequence[str], at: int) -> int:
    """The end of "flat nine", "house number d seventeen", "unit b"."""
    end = at
    while end < len(said) and said[end] in _ROOMS:
        after = end + 1
        while after < len(said) and said[after] in {"number", "no", "um", "er", "is"}:
            after += 1
        lettered = after < len(said) and len(said[after]) == 1
        number = _number(said, after + lettered)
        if number == after and not lettered:
            break
        end = number
    return end


def _number(said: Sequence[str], at: int) -> int:
    """The end of "forty two b", "a hundred and six", "two slash one"."""
    end = at
    while end < len(said) and end - at < 9:
        after = said[end + 1] if end + 1 < len(said) else ""
        joins = (said[end] in {"and", "slash"} and end > at) or (said[end] == "a" and after == "hundred")
        if not (
            _is_number(said[end]) or (joins and (_is_number(after) or said[end + 1 : end + 3] == ["a", "hundred"]))
        ):
            break
        end += 1
    lettered = end > at and end + 1 < len(said) and said[end] in {"a", "b", "c", "d"} and _is_name(said[end + 1])
    return end + lettered


def _is_number(word: str) -> bool:
    return word in _NUMERALS or word.isdigit()


def _is_name(word: str) -> bool:
    """Whether a word may be part of what a street or a house is called."""
    return (
        len(word) > 1 and word not in _NOT | VERBISH and not is_listed(word, "pronouns", "kin") and not _is_number(word)
    )


def _street(said: Sequence[str], at: int) -> int:
    """The end of one to four words that a street's kind ends: "sugar mill road", "the coopers' cottages gerald "
    "lane"."""
    found = at
    start = at + (at < len(said) and said[at] in {"the", "via", "rue", "calle"})
    for end in range(start, min(start + 5, len(said))):
        if not _is_name(said[end]):
            break
        if said[end] in _STREETS and end > start - (start > at):
            found = end + 1
    if found == at and start > at and said[at] != "the":
        return _named(said, start)
    return found


def _named(said: Sequence[str], at: int) -> int:
    """The end of up to four words that may be what a house or a town is called."""
    end = at + (at < len(said) and said[at] == "the")
    while end < len(said) and end - at < 5 and (_is_name(said[end]) or _links(said, end)) and _rooms(said, end) == end:
        end += 1
    return end if end - at > (said[at : at + 1] == ["the"]) else at


def _links(said: Sequence[str], at: int) -> bool:
    """Whether a small word stands between two names: "tan y bryn"."""
    return (
        said[at] in {"y", "yr", "de", "la", "na", "an", "al", "el", "of"}
        and at + 1 < len(said)
        and _is_name(said[at + 1])
    )


def _tail(said: Sequence[str], at: int) -> int:
    """The end of what follows a street: more of it, rooms, a town and a code."""
    while True:
        end = max(_rooms(said, at), _street(said, at), _code(said, at))
        if end == at and at < len(said):
            joins = said[at] in {"via", "in", "um", "er", "and", "county"}
            after = max(_code(said, at + 1), _placed(said, at + 1)) if joins else at
            end = after if joins and after > at + 1 else _placed(said, at)
        if end == at:
            return at
        at = end


def _placed(said: Sequence[str], at: int) -> int:
    """The end of a word that is a place, or that no dictionary has."""
    if at >= len(said) or len(said[at]) < 3 or said[at] in _NOT | VERBISH:
        return at
    known = standing(said[at]) in {"place", "proper", "unknown", "given"} or is_listed(
        said[at], "place_words", "mostly_places"
    )
    paired = at + 1 < len(said) and _is_name(said[at]) and standing(said[at + 1]) in {"place"}
    return at + 1 if known or paired else at


def _code(said: Sequence[str], at: int) -> int:
    """The end of a post code: letters and figures one after the other, or five figures; "z for zebra" is a letter."""
    end, signs, letters, figures = at, 0, 0, 0
    while end < len(said):
        lettered = len(said[end]) == 1 and said[end].isalpha()
        pause = said[end] in {"um", "uh", "er", "space"} and at < end < len(said) - 1
        if not (lettered or pause or _is_number(said[end])):
            break
        signs, letters, figures = signs + 1, letters + lettered, figures + _is_number(said[end])
        end += 1
        spelt = (
            lettered and said[end : end + 1] == ["for"] and end + 1 < len(said) and said[end + 1][0] == said[end - 1]
        )
        end += 2 * spelt
    return end if signs > 3 and figures > 1 and (letters > 1 or figures > 4 or signs > 5) else at


def _town(said: Sequence[str], at: int) -> int:
    """The end of a town with its code, or of the code alone, where a line begins with it."""
    named = _named(said, at)
    for start in (at, *range(at + 1, named + 1)):
        end = _code(said, start)
        if end > start:
            return end
    return at
