"""Moves as data: things a practitioner does that well-known turns of phrase show, read from ``moves.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from transcript_rapport.lexicons import FOLDER, plain
from transcript_rapport.lexicons.patterns import Patterns, whole
from transcript_rapport.report import Statement

SHOWN = 0.5
"""Least probability at which what the coder hears is shown, or taken for said; what is less likely is only counted."""

_SAYS = Patterns(FOLDER / "moves.toml")


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
    fires: tuple[str, ...]
    quiet: tuple[str, ...]
    says: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    never: tuple[str, ...] = ()
    shown: bool = True

    def in_words(self, text: str) -> bool:
        """Whether the words of ``text`` show this move; curly apostrophes count as straight ones."""
        said = plain(text)
        return bool(self.says.search(said)) and not (self.unless and self.unless.search(said))

    def made_in(self, statement: Statement, text: str, least: float = 0.0) -> bool:
        """Whether a statement makes this move: its words (``text``) show it, or the coder hears it in others.

        ``least``: the probability from which what it hears counts here; never less than the move's own bound.
        """
        made = statement.moves.get(self.kind, -1.0) >= least or self.in_words(text)
        return made and not any(map(statement.has, self.never))


@cache
def moves() -> dict[str, Move]:
    """Every move by its kind, in the order of the file."""
    return {kind: _move(kind, entry, _SAYS[kind]) for kind, entry in _SAYS.table.items() if kind != "pieces"}


def owns_harm(text: str) -> bool:
    """Whether these words own what their speaker did to the other one, which is more than a slip of one's own."""
    return bool(_SAYS["owns_harm"].search(plain(text)))


def in_room(room: str) -> dict[str, Move]:
    """The moves that are counted in one room of measures, by their kinds."""
    return {kind: move for kind, move in moves().items() if move.room == room}


def _move(kind: str, entry: dict[str, Any], says: re.Pattern[str]) -> Move:
    told: dict[str, Any] = {name: tuple(held) if isinstance(held, list) else held for name, held in entry.items()}
    words = {name: told.pop(name, "") for name in ("words", "anywhere", "unless")}
    return Move(kind=kind, says=says, unless=re.compile(whole(words["unless"])) if words["unless"] else None, **told)
