"""Fits with which step a supervisor would likely begin (``renderers/goal.py``) to sessions read as one would.

Every step that a report could offer is an example: right where it is one of those the supervisor would begin with. The
remarks on a session come from what was learned without its reader's sessions. Called by ``training/remarks.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.analysis import report_on
from transcript_rapport.coder.engine import Coder
from transcript_rapport.coder.remarks import Given
from transcript_rapport.renderers import goal
from transcript_rapport.renderers.next_steps import candidates
from transcript_rapport.settings import Settings
from transcript_rapport.training.supervised import Supervised
from transcript_rapport.training.supervision import graded

WORTH = {"right": 1.0, "near": 0.35, "wrong": 0.0}
"""What a step is worth: one of the first that would do; near it, by kind or place; neither."""
STRENGTH = 3.0
"""How much the weights may grow (scikit-learn's C)."""
LEAST = tuple(n / 100 for n in range(10, 75, 5))
"""What is chosen from: the worth from which a step is shown."""
FOLDS = 5
READER = Settings(reader="trainee")


@dataclass(frozen=True)
class Step:
    """A step that could be offered in a session: what it counts as, its features, and what it is worth."""

    kind: str
    seen: tuple[float, ...]
    worth: float


@dataclass(frozen=True)
class Choice:
    """All steps that could be offered in one session."""

    reader: str
    needs_nothing: bool
    steps: tuple[Step, ...]


def choices(
    coder: Coder, sessions: Sequence[Supervised], likely: Mapping[str, Mapping[int, Mapping[str, float]]]
) -> Iterator[Choice]:
    """The steps of each session; ``likely``: session → utterance → what would be remarked on, and how likely."""
    shown = coder.remarks.shown if coder.remarks else {}
    for told in sessions:
        given = Coder(coder.engine, coder.calibration, {}, coder.phrases, Given(likely[told.session.name], shown))
        report = report_on(given.code(told.session), READER)
        steps = (Step(goal.counted_as(s), goal.seen(report, s), WORTH[graded(told, s)]) for s in candidates(report))
        yield Choice(told.reader, told.needs_nothing, tuple(steps))


def fit(every: Sequence[Choice]) -> tuple[goal.Weights, float]:
    """The weights, and the share of sessions of readers not learned from in which the first step is right."""
    folds = {reader: n % FOLDS for n, reader in enumerate(sorted({choice.reader for choice in every}))}
    told: list[tuple[Choice, NDArray[np.float64]]] = []
    for fold in range(FOLDS):
        weights = _fitted([choice for choice in every if folds[choice.reader] != fold], 0.0)
        told += [
            (c, np.array([weights.likely(s.kind, s.seen) for s in c.steps])) for c in every if folds[c.reader] == fold
        ]
    least = max(LEAST, key=lambda bound: sum(_right(choice, likely, bound) for choice, likely in told))
    right = sum(_right(choice, likely, least) == 1.0 for choice, likely in told) / max(1, len(told))
    return _fitted(every, least), right


def _right(choice: Choice, likely: NDArray[np.float64], least: float) -> float:
    """What the likeliest step is worth, or offering none where none is likely enough."""
    if not len(likely) or likely.max() < least:
        return float(choice.needs_nothing)
    return choice.steps[int(likely.argmax())].worth


def _fitted(every: Sequence[Choice], least: float) -> goal.Weights:
    """A logistic regression; a step that is near counts for both sides. Needs scikit-learn."""
    from sklearn.linear_model import LogisticRegression

    steps = [step for choice in every for step in choice.steps]
    kinds = sorted({step.kind for step in steps})
    rows = np.array([[*(float(step.kind == kind) for kind in kinds), *step.seen] for step in steps])
    worth = np.array([step.worth for step in steps])
    regression = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False)
    both = np.concatenate([np.ones(len(rows)), np.zeros(len(rows))])
    regression.fit(np.concatenate([rows, rows]), both, sample_weight=np.concatenate([worth, 1 - worth]))
    weights = regression.coef_[0].tolist()
    return goal.Weights(dict(zip(kinds, weights, strict=False)), tuple(weights[len(kinds) :]), least)
