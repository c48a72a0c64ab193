"""Logistic regression held near a start: what fits calibrations, too small for a library's model of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def fitted(design: Floats, target: Floats, start: Floats, held: Floats) -> Floats:
    """(columns,): the weights under which ``target`` (0 to 1, a row each) is likeliest, by Newton's method.

    ``held``: how strongly each weight is held near ``start`` (ridge penalty; 0: not at all).
    """
    beta = start
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (p - target) + held * (beta - start)
        curvature = (design * (p * (1 - p))[:, None]).T @ design + np.diag(held)
        move = np.linalg.solve(curvature, gradient)
        beta = beta - np.clip(move, -1, 1)
        if np.abs(move).max() < 1e-6:
            break
    return beta
