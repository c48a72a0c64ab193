"""How far two coders agree beyond chance: Cohen's kappa, Krippendorff's alpha, precision, recall and F1.

All figures are made from confusion matrices of shape (..., k, k), rows the first coder (a person),
columns the second; leading dimensions are computed at once, which makes the bootstrap quick. A
figure that is not defined (nobody used more than one label) is NaN here and None in results.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]


def _divided(over: Any, under: Any) -> Matrix:
    """The quotient, NaN where nothing stands below the line."""
    shape = np.broadcast_shapes(np.shape(over), np.shape(under))
    result: Matrix = np.full(shape, np.nan)
    np.divide(over, under, out=result, where=np.asarray(under) > 0)
    return result


def kappa(confusion: Matrix) -> Matrix:
    """Cohen's kappa, shape (...). Source: Cohen (1960), Educ Psychol Meas 20:37-46."""
    total = confusion.sum((-2, -1))
    seen = _divided(np.trace(confusion, axis1=-2, axis2=-1), total)
    by_chance = _divided((confusion.sum(-1) * confusion.sum(-2)).sum(-1), total**2)
    return _divided(seen - by_chance, 1 - by_chance)


def alpha(confusion: Matrix) -> Matrix:
    """Krippendorff's alpha (nominal) of two coders who both coded every unit, shape (...).

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    coincidences = confusion + np.swapaxes(confusion, -2, -1)
    values = coincidences.sum(-1)
    total = values.sum(-1)
    apart = total - np.trace(coincidences, axis1=-2, axis2=-1)
    by_chance = _divided(total**2 - (values**2).sum(-1), total - 1)
    return 1 - _divided(apart, by_chance)


def precision(two_by_two: Matrix) -> Matrix:
    """Of what the second coder marked, how much the first did too; label 1 is "marked"."""
    return _divided(two_by_two[..., 1, 1], two_by_two[..., :, 1].sum(-1))


def recall(two_by_two: Matrix) -> Matrix:
    """Of what the first coder marked, how much the second did too."""
    return _divided(two_by_two[..., 1, 1], two_by_two[..., 1, :].sum(-1))


def f1(two_by_two: Matrix) -> Matrix:
    """The harmonic mean of precision and recall."""
    marked = two_by_two[..., 1, :].sum(-1) + two_by_two[..., :, 1].sum(-1)
    return _divided(2 * two_by_two[..., 1, 1], marked)


def same(confusion: Matrix) -> Matrix:
    """The share of units with the same label."""
    return _divided(np.trace(confusion, axis1=-2, axis2=-1), confusion.sum((-2, -1)))


def figure(value: Any) -> float | None:
    """A number for people: None where it is not defined."""
    return None if np.isnan(value) else float(value)


def resampled(parts: Matrix, draws: int = 2000, seed: int = 5) -> Matrix:
    """Confusion matrices of bootstrap samples: parts (n, k, k) drawn n at a time with replacement, (draws, k, k).

    ``parts`` holds the matrix of each session or exchange, which stay whole. Source: Efron &
    Tibshirani (1993), An Introduction to the Bootstrap, chapter 8 and 13 (percentile intervals).
    """
    n = len(parts)
    times = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws).astype(float)
    sums: Matrix = np.tensordot(times, parts, axes=1)
    return sums


def middle(values: Matrix, level: float = 0.9) -> tuple[float, float] | None:
    """The percentile interval of bootstrap values; None where less than nine in ten are defined, or all are alike.

    Samples that are all alike (a label one coder never used, or no difference at all) do not show how sure a figure is.
    """
    known = values[~np.isnan(values)]
    if not len(known) or len(known) < 0.9 * len(values) or np.ptp(known) == 0:
        return None
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
