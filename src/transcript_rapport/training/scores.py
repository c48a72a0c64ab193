"""Scores with their 90 % bootstrap intervals over whole sessions."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
T = TypeVar("T")
Pair = tuple[frozenset[str], frozenset[str]]
"""What the model asserts and what the labels say, for one statement or utterance."""


@dataclass(frozen=True)
class Score:
    """One row of the evaluation: a score with its 90 % bootstrap interval over sessions."""

    row: str
    corpus: str
    value: float
    low: float | None
    high: float | None
    base: int

    def interval(self, digits: int = 3) -> str:
        """The interval as a table shows it."""
        if self.low is None or self.high is None:
            return "–"
        return f"{self.low:.{digits}f} to {self.high:.{digits}f}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How often something was asserted, was there, and both."""

    hits: int = 0
    said: int = 0
    there: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.said + other.said, self.there + other.there)

    @property
    def f1(self) -> float:
        """2·hits / (said + there); 0 where neither occurs."""
        return 2 * self.hits / max(self.said + self.there, 1)

    @property
    def precision(self) -> float:
        """The share of what was asserted that was there."""
        return self.hits / max(self.said, 1)

    @property
    def recall(self) -> float:
        """The share of what was there that was asserted."""
        return self.hits / max(self.there, 1)


def count(pairs: Sequence[Pair], names: Sequence[str]) -> Counts:
    """How often any code of these names or families was asserted, was there, and both."""
    both = [(_any(said, names), _any(there, names)) for said, there in pairs]
    return Counts(sum(a and b for a, b in both), sum(a for a, _ in both), sum(b for _, b in both))


def _any(codes: frozenset[str], names: Sequence[str]) -> bool:
    return any(code == name or code.startswith(name + ".") for code in codes for name in names)


def mean(
    groups: Sequence[Sequence[str]], sessions: Sequence[Sequence[Pair]], score: str = "f1"
) -> tuple[float, float | None, float | None]:
    """The mean over ``groups`` of codes of their ``score`` (a property of Counts), with its 90 % interval.

    The interval draws whole sessions with replacement; one session alone has none.
    """
    counted = [[count(session, names) for names in groups] for session in sessions]
    return bootstrap(counted, lambda drawn: _mean(drawn, score))


def _mean(counted: Sequence[Sequence[Counts]], score: str) -> float:
    totals = [sum(column, Counts()) for column in zip(*counted, strict=True)]
    return sum(float(getattr(total, score)) for total in totals) / max(len(totals), 1)


def bootstrap(
    sessions: Sequence[T], score: Callable[[Sequence[T]], float], resamples: int = RESAMPLES
) -> tuple[float, float | None, float | None]:
    """A score of whole sessions and its 90 % percentile interval; one session alone has none."""
    if len(sessions) < 2:
        return round(score(sessions), 3), None, None
    chance = random.Random(0)
    scores = (score(chance.choices(sessions, k=len(sessions))) for _ in range(resamples))
    # A draw without any positive, say, has no area under the curve: it says nothing about the score's spread.
    drawn = sorted(value for value in scores if value == value)  # noqa: PLR0124
    low, high = drawn[int(0.05 * len(drawn))], drawn[int(0.95 * len(drawn)) - 1]
    return round(score(sessions), 3), round(low, 3), round(high, 3)


def calibration_error(probabilities: NDArray[np.float64], there: NDArray[np.float64], bins: int = 10) -> float:
    """Expected calibration error over ``bins`` bins of equal width (Guo et al. 2017), 0 to 1."""
    place = np.minimum((probabilities * bins).astype(int), bins - 1)
    gaps = [
        abs(float(probabilities[place == n].sum() - there[place == n].sum())) for n in range(bins) if (place == n).any()
    ]
    return sum(gaps) / max(len(probabilities), 1)


def area_under_curve(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """The chance that a positive scores higher than a negative (ROC AUC; ties count half)."""
    yes = [s for s, p in zip(scores, positive, strict=True) if p]
    no = [s for s, p in zip(scores, positive, strict=True) if not p]
    if not yes or not no:
        return float("nan")
    wins = sum((a > b) + (a == b) / 2 for a in yes for b in no)
    return wins / (len(yes) * len(no))
