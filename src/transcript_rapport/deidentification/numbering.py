"""Which mentions are one and the same, so that each has its number: "Susan", "Sue Lee" and "Ms Lee" are one person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transcript_rapport.deidentification.tokens import TITLES
from transcript_rapport.deidentification.vocabulary import vocabulary
from transcript_rapport.placeholders import SHOWN, Kind

_AS_IN = r"(?:\s+(?:for|as in|like in)\s+[\w'’]+)?"
SPELLED = re.compile(rf"\w{_AS_IN}(?:[\W_]+(?:(?:double|and|then|um|uh|er)[\s,]+)*\w{_AS_IN})+", re.IGNORECASE)
"""A name said letter by letter, or by words that begin with its letters."""


@dataclass
class _Person:
    given: str = ""
    surname: str = ""
    seen: int = 0
    mentions: set[str] = field(default_factory=set)


def plain(mention: str) -> str:
    """A mention as it is compared: words in small letters, without "the" before them and an owner's s."""
    text = re.sub(r"['’]s?\b(?!\w)", "", mention.lower())
    words = re.findall(r"\w+", text)
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def numbers(mentions: Sequence[tuple[Kind, str]], taken: dict[Kind, int]) -> dict[tuple[Kind, str], int]:
    """Every mention's number among its kind, in order of first appearance, after those ``taken`` already."""
    found: dict[tuple[Kind, str], int] = {}
    people = _people([text for kind, text in mentions if kind == "name"])
    last = dict.fromkeys(SHOWN, 0) | taken
    given: dict[tuple[Kind, str], int] = {}
    for kind, text in mentions:
        key = (kind, people[text] if kind == "name" else plain(text))
        if key not in given:
            last[kind] += 1
            given[key] = last[kind]
        found[kind, text] = given[key]
    return found


def _people(mentions: Sequence[str]) -> dict[str, str]:
    """Each mention → the name of its person, whatever form it was said in."""
    people: list[_Person] = []
    told: dict[str, str] = {}
    whole = {word for mention in mentions for word in plain(mention).split()}
    parts = {mention: _parts(mention, whole) for mention in mentions}
    for mention in sorted(parts, key=lambda m: (-len(parts[m][1]), parts[m][0], mentions.index(m))):
        titled, names = parts[mention]
        person = _known(people, titled, names)
        if person is None:
            person = _Person()
            people.append(person)
        if len(names) > 1:
            person.given, person.surname = person.given or names[0], person.surname or names[-1]
        elif names and titled:
            person.surname = person.surname or names[0]
        elif names:
            person.given = person.given or names[0]
        told[mention] = str(people.index(person))
    return told


def _known(people: Sequence[_Person], titled: bool, names: Sequence[str]) -> _Person | None:
    """The person these names may mean, of those known so far."""
    if not names:
        return None
    if len(names) > 1:
        return next((p for p in people if p.given == names[0] and p.surname == names[-1]), None)
    (name,) = names
    by_given = next((p for p in people if p.given == name), None)
    by_surname = next((p for p in people if p.surname == name), None)
    return (by_surname or by_given) if titled else (by_given or by_surname)


def _parts(mention: str, whole: set[str]) -> tuple[bool, tuple[str, ...]]:
    """Whether a mention has a title, and its names: in full where the session has that, no initials."""
    if SPELLED.fullmatch(mention):
        return False, ("".join(re.findall(r"\b\w\b", mention.lower())),)
    words = plain(mention).split()
    names = [word for word in words if word not in TITLES and len(word) > 1]
    pets = vocabulary().pet_forms
    full = tuple(pets[name] if place == 0 and pets.get(name) in whole else name for place, name in enumerate(names))
    return any(word in TITLES for word in words), full
