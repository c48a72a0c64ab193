"""A straight line through numbers that are not equally sure, and how far it can be told to climb."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from transcript_rapport.measures.intervals import student

Vector = npt.NDArray[np.float64]


class Line(NamedTuple):
    """A fitted line: its slope, half the width of the slope's 90 % interval, and the middle it goes through."""

    slope: float
    margin: float
    x: float
    y: float

    def between(self, start: float, end: float, least: float, most: float) -> Callable[[float], tuple[float, float]]:
        """For a slope, the values at ``start`` and ``end`` of the line that has it and goes through the same middle.

        Where they would leave ``least`` to ``most``, they end there: their difference grows with the slope and is 0
        where it is, so an interval of slopes becomes one of changes that can be.
        """

        def values(slope: float) -> tuple[float, float]:
            first, last = (min(max(self.y + slope * (x - self.x), least), most) for x in (start, end))
            return first, last

        return values


def fit(x: Vector, y: Vector, errors: Vector) -> Line:
    """The line of ``y`` on ``x`` (at least three points).

    Random-effects meta-regression: the variance between sessions by the method of moments, the
    interval by Knapp and Hartung with their factor never below 1. Sources: Thompson & Higgins (2002),
    Stat Med 21:1559-1573; Knapp & Hartung (2003), Stat Med 22:2693-2710.
    """
    design = np.column_stack([np.ones_like(x), x])
    freedom = len(x) - 2
    fixed = 1 / errors**2
    excess = float(fixed @ _residuals(design, y, fixed) ** 2) - freedom
    # With weights W and design X, the moment estimate divides by trace(W) - trace((X'WX)^-1 X'W²X).
    spread = fixed.sum() - np.trace(np.linalg.solve(design.T * fixed @ design, design.T * fixed**2 @ design))
    weights = 1 / (errors**2 + max(0.0, excess / float(spread)))
    covariance = np.linalg.inv(design.T * weights @ design)
    slope = float((covariance @ (design.T * weights @ y))[1])
    factor = max(1.0, float(weights @ _residuals(design, y, weights) ** 2) / freedom)
    margin = student(freedom) * math.sqrt(factor * float(covariance[1, 1]))
    return Line(slope, margin, float(np.average(x, weights=weights)), float(np.average(y, weights=weights)))


def _residuals(design: Vector, y: Vector, weights: Vector) -> Vector:
    fitted = np.linalg.solve(design.T * weights @ design, design.T * weights @ y)
    return y - design @ fitted
