"""Moves told in other words than the lexicon's: options offered, a promise made, the end of a session marked.

``lexicons/moves.toml`` knows well-known turns of phrase, and people have many more. A linear model sees what the
network makes of a statement and of what stands around it, and which phrases it holds, and says which moves it makes.
Learned from talk that a language model marked or wrote (``training/moves.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.coder.batches import Floats
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.phrases import Marks, of_statements
from transcript_rapport.coder.shape import Shape

FILE = "moves.safetensors"
FOLDED = 1 << 14
"""Into so many places the phrases of a statement are hashed."""


@dataclass(frozen=True)
class Moves:
    """The weights of each move, and from which probability it is told.

    ``states``: (moves, 2·D); ``phrases``: (moves, FOLDED); ``offsets``: (moves,). ``least``: move → the probability
    from which it is told. ``strays``: move → how many times more a session's count scatters because of mistakes.
    """

    names: tuple[str, ...]
    states: Floats
    phrases: Floats
    offsets: Floats
    least: Mapping[str, float]
    strays: Mapping[str, float]

    def of(self, units: Sequence[Unit], states: Floats) -> list[dict[str, float]]:
        """The moves of each statement with their probabilities (0 to 1); of others than practitioners none."""
        own = [n for n, unit in enumerate(units) if unit.role == "practitioner"]
        found: list[dict[str, float]] = [{} for _ in units]
        if own:
            seen = of_statements(units)
            likely = self.likely(states[own], [seen[n] for n in own])
            for n, row in zip(own, likely.tolist(), strict=True):
                found[n] = {m: p for m, p in zip(self.names, row, strict=True) if p >= self.least.get(m, 2.0)}
        return found

    def likely(self, states: Floats, seen: Sequence[Marks]) -> Floats:
        """The probability of each move; (statements, moves)."""
        said = np.stack([self.phrases[:, hashed(marks)] @ np.array(marks.values, np.float32) for marks in seen])
        return np.asarray(1 / (1 + np.exp(-(states @ self.states.T + said + self.offsets))))


def hashed(marks: Marks) -> NDArray[np.int64]:
    """Where the phrases of a statement stand in the table of moves."""
    return np.array(marks.places, np.int64) % FOLDED


def sizes(shape: Shape, moves: int) -> dict[str, tuple[int, ...]]:
    """The shapes of the weights of so many moves."""
    return {"states": (moves, 2 * int(shape.encoder["hidden_size"])), "phrases": (moves, FOLDED), "offsets": (moves,)}
