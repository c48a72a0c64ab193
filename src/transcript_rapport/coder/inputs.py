"""What the network sees of a session: the statements' words, who says them, and a few plain counts."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from transcript_rapport.session import ROLES, Role

FEATURES = 7
_WORD = re.compile(r"[a-z][a-z']+")
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """A statement as the network takes it: its words, its speaker's role, the utterance it belongs to."""

    text: str
    role: Role
    utterance: int


def role_ids(units: Sequence[Unit]) -> list[int]:
    """Each unit's role as a number: its place in ``session.ROLES``."""
    return [ROLES.index(unit.role) for unit in units]


def features(units: Sequence[Unit]) -> list[list[float]]:
    """Per unit: length, words shared with what others just said (last utterance, last five), "?", first, last, size.

    The shared words tell a reflection, which takes up the client's words, from news.
    """
    sizes: dict[int, int] = {}
    for unit in units:
        sizes[unit.utterance] = sizes.get(unit.utterance, 0) + 1
    rows: list[list[float]] = []
    heard: list[tuple[Role, int, set[str]]] = []
    for n, unit in enumerate(units):
        words = content_words(unit.text)
        others = [said for role, _, said in heard if role != unit.role]
        first = n == 0 or units[n - 1].utterance != unit.utterance
        last = n + 1 == len(units) or units[n + 1].utterance != unit.utterance
        rows.append(
            [
                math.log1p(len(unit.text.split())) / 4,
                _shared(words, others[-1:]),
                _shared(words, others[-5:]),
                float("?" in unit.text),
                float(first),
                float(last),
                math.log(sizes[unit.utterance]) / 3,
            ]
        )
        heard = _remember(heard, unit, words)
    return rows


HEARD = 4


def heard(units: Sequence[Unit]) -> list[tuple[int, ...]]:
    """Per unit, the numbers of the last HEARD statements before it that somebody in another role made."""
    said: dict[Role, list[int]] = {}
    found = []
    for n, unit in enumerate(units):
        others = sorted(m for role, places in said.items() if role != unit.role for m in places[-HEARD:])
        found.append(tuple(others[-HEARD:]))
        said.setdefault(unit.role, []).append(n)
    return found


def together(units: Sequence[Unit]) -> list[tuple[int, ...]]:
    """Per unit, the numbers of the other statements of its utterance, at most HEARD on either side."""
    members: dict[int, list[int]] = {}
    for n, unit in enumerate(units):
        members.setdefault(unit.utterance, []).append(n)
    return [tuple(m for m in members[unit.utterance] if m != n and abs(m - n) <= HEARD) for n, unit in enumerate(units)]


def content_words(text: str) -> set[str]:
    """Words of four letters or more, in lower case."""
    return {word for word in _WORD.findall(text.lower()) if len(word) >= _SHORT}


def _shared(words: set[str], said: Sequence[set[str]]) -> float:
    heard: set[str] = set().union(*said)
    return len(words & heard) / len(words) if words else 0.0


def _remember(heard: list[tuple[Role, int, set[str]]], unit: Unit, words: set[str]) -> list[tuple[Role, int, set[str]]]:
    if heard and heard[-1][1] == unit.utterance:
        heard[-1][2].update(words)
        return heard
    return [*heard[-15:], (unit.role, unit.utterance, set(words))]
