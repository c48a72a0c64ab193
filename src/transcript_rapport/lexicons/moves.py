"""Moves as data: things a practitioner does that well-known turns of phrase show, read from ``moves.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from transcript_rapport.lexicons import FOLDER, plain

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Move:
    """One kind of move: the words that show it, why it matters, and what to try.

    ``counted`` names it in the plural, for measures. ``never`` lists codes with which it does not
    count. Where ``shown`` is false it is counted and never shown as a finding.
    """

    kind: str
    room: str
    title: str
    counted: str
    source: str
    why: str
    suggestion: str
    patterns: re.Pattern[str]
    unless: re.Pattern[str]
    never: tuple[str, ...]
    shown: bool
    fires: tuple[str, ...]
    quiet: tuple[str, ...]

    def in_words(self, text: str) -> bool:
        """Whether the words of ``text`` show this move; curly apostrophes count as straight ones."""
        said = plain(text)
        return bool(self.patterns.search(said)) and not self.unless.search(said)


@cache
def moves() -> dict[str, Move]:
    """Every move by its kind, in the order of the file."""
    raw = tomllib.loads((FOLDER / "moves.toml").read_text(encoding="utf-8"))["kind"]
    return {kind: _move(kind, table) for kind, table in raw.items()}


def in_room(room: str) -> dict[str, Move]:
    """The moves that are counted in one room of measures, by their kinds."""
    return {kind: move for kind, move in moves().items() if move.room == room}


def _move(kind: str, table: dict[str, Any]) -> Move:
    fields: dict[str, Any] = {"unless": [], "never": [], "shown": True, **table}
    fields |= {name: _any(fields[name]) for name in ("patterns", "unless")}
    fields |= {name: tuple(fields[name]) for name in ("never", "fires", "quiet")}
    return Move(kind=kind, **fields)


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else _NEVER
