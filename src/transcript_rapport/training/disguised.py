"""Lines with their identifiers, and told otherwise: as a recogniser writes them, or with other people's identifiers."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transcript_rapport.deidentification.evaluate import Row
from transcript_rapport.deidentification.tokens import is_cased
from transcript_rapport.deidentification.vocabulary import is_listed, is_ordinary, vocabulary

UNKNOWN = "unknown"
_WORD = re.compile(r"[^\W\d_]+")
_SHORTENED = re.compile(r"(?:n['’]t|['’]\w+)$")
_OPENING = re.compile(r"(?:^|[.?!…])\s*$")
_PARTICLES = frozenset("and van de o mc the of al el von da la".split())


@dataclass(frozen=True)
class Line:
    """What was said, and the kind of identifier of each of its characters ("none" for most)."""

    text: str
    kinds: tuple[str, ...]

    def parts(self) -> Iterator[tuple[str, str]]:
        """The text in pieces of one kind each: (text, kind)."""
        start = 0
        for end in range(1, len(self.text) + 1):
            if end == len(self.text) or self.kinds[end] != self.kinds[start]:
                yield self.text[start:end], self.kinds[start]
                start = end


def lines(rows: Sequence[Row]) -> list[Line]:
    """The lines of a session with what was marked in them."""
    found = []
    for row in rows:
        kinds = ["none"] * len(row["text"])
        for one in row["identifiers"]:
            kinds[one["start"] : one["end"]] = [one["kind"]] * (one["end"] - one["start"])
        found.append(Line(row["text"], tuple(kinds)))
    return found


def bare(line: Line) -> Line:
    """The line without capitals and marks, as a recogniser writes it."""
    kept: list[tuple[str, str]] = []
    for letter, kind in zip(line.text, line.kinds, strict=True):
        small = letter.lower()
        if letter.isalnum() and len(small) == 1:
            kept.append((small, kind))
        elif letter in "'’":
            kept.append(("'", kind))
        elif kept and kept[-1][0] != " ":
            kept.append((" ", kind))
    if kept and kept[-1][0] == " ":
        del kept[-1]
    return Line("".join(letter for letter, _ in kept), tuple(kind for _, kind in kept))


def unmarked(text: str) -> Line:
    """A line in which nobody marked any identifier: what may be one is UNKNOWN, the rest is none."""
    kinds = ["none"] * len(text)
    for word in re.finditer(r"[^\W_]+(?:['’-][^\W_]+)*", text):
        small = word.group().lower()
        opens = _OPENING.search(text[: word.start()]) and not is_listed(small, "given", "given_words", "surnames")
        plain = word.group() == small or opens or small.startswith("i'") or len(small) == 1
        bare = _SHORTENED.sub("", small)
        if not (plain and (is_ordinary(bare) or len(bare) < 3)):
            kinds[word.start() : word.end()] = [UNKNOWN] * len(small)
    return Line(text, tuple(kinds))


class Disguise:
    """Other identifiers for the people of sessions: from our lists, and what sessions written alike tell of others."""

    def __init__(self, talk: Sequence[Sequence[Line]], seed: int) -> None:
        self.chance = random.Random(seed)
        lists = vocabulary().lists
        self.listed = {name: sorted(lists[name]) for name in lists}
        self.told: dict[tuple[str, bool], list[str]] = {}
        for session in talk:
            cased = is_cased([line.text for line in session])
            for said, kind in (part for line in session for part in line.parts()):
                self.told.setdefault((kind, cased), []).append(said)

    def session(self, session: Sequence[Line]) -> list[Line]:
        """The session with other identifiers, the same for the same; half of those with capitals as if heard."""
        cased = is_cased([line.text for line in session])
        given: dict[tuple[str, str], str] = {}
        found = []
        for line in session:
            parts = [
                (said if kind == "none" else self._other(said, kind, cased, given), kind) for said, kind in line.parts()
            ]
            kinds = tuple(kind for said, kind in parts for _ in said)
            found.append(Line("".join(said for said, _ in parts), kinds))
        return [bare(line) for line in found] if cased and self.chance.random() < 0.5 else found

    def _other(self, said: str, kind: str, cased: bool, given: dict[tuple[str, str], str]) -> str:
        if kind == "name":
            return _WORD.sub(lambda word: self._named(word.group(), given), said)
        if (kind, said.lower()) not in given:
            given[kind, said.lower()] = self._new(said, kind, self.told[kind, cased])
        return given[kind, said.lower()]

    def _named(self, word: str, given: dict[tuple[str, str], str]) -> str:
        """Another given name for a given name, mostly, and another surname for what is none."""
        small = word.lower()
        if small in _PARTICLES:
            return word
        if ("name", small) not in given:
            first = is_listed(small, "given", "given_words")
            lists = ("given", "given_words", "surnames") if first else ("surnames", "surname_words", "given")
            (of,) = self.chance.choices(lists, (75, 20, 5) if first else (75, 15, 10))
            letter = self.chance.choice("abcdefghjklmnoprstvwy")
            given["name", small] = letter if len(word) == 1 else self._one_of(of)
        return _written(given["name", small], word)

    def _new(self, said: str, kind: str, others: Sequence[str]) -> str:
        """Another of its kind: one told elsewhere, or the same with other digits and names."""
        other, as_told = self.chance.choice(others), self.chance.random() < 0.5
        if kind in {"age", "date"}:
            return other
        if kind == "place":
            return other if as_told else _written(self._one_of("places"), said)
        changed = re.sub(r"[1-9]", lambda _: self.chance.choice("123456789"), other if as_told else said)
        return _WORD.sub(lambda word: self._within(word.group()), changed)

    def _within(self, word: str) -> str:
        """Another name for a word within a street, an organisation or an address that is likely one."""
        small = word.lower()
        plain = is_ordinary(small) and not is_listed(small, "surname_words", "given_words", "place_words")
        if len(word) < 4 or plain or is_listed(small, "organisations", "generic"):
            return word
        return _written(self._one_of(*self.chance.choices(("surnames", "places", "given"), (50, 35, 15))), word)

    def _one_of(self, name: str) -> str:
        return self.chance.choice(self.listed[name])


def _written(word: str, like: str) -> str:
    """A small word with the capitals of another."""
    if len(like) > 1 and like.isupper():
        return word.upper()
    return re.sub(r"(^|[\s'’-])(\w)", lambda m: m[1] + m[2].upper(), word) if like[:1].isupper() else word
