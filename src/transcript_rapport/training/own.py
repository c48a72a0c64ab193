"""Trains codes of a researcher's own: `rapport train --task`, a logistic regression a code on the coder's states.

The coder stays as it is. Each labelled utterance is a bag of statements, and its score is that of its likeliest one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.across import agreement
from transcript_rapport.coder.calibration import Platt
from transcript_rapport.coder.engine import Coder
from transcript_rapport.coder.tasks import FIGURES, Head, Task
from transcript_rapport.errors import SettingsError
from transcript_rapport.training import bags, strays
from transcript_rapport.training.bags import Bag, Data, Floats
from transcript_rapport.training.calibrate import fit_platt
from transcript_rapport.training.labelled import Labelled

Linear = tuple[Floats, float]
"""Weights and offset."""

FEWEST, FEW = 5, 20
"""Examples of a code below which it is not trained, and below which it is trained with a warning."""
FOLDS = 5
STRENGTHS = (0.00001, 0.0001, 0.001, 0.01)
"""Inverse strengths of the penalty that are tried; states have a length of about 28."""
THRESHOLDS = np.arange(0.05, 0.71, 0.01)
"""Probabilities from which a code could be asserted, where its share is given."""
ROUNDS = 2
"""Fits of a bag: on all its statements, then with only the likeliest one of those that carry the code."""


def train(labelled: Labelled, coder: Coder, show: Callable[[str], None] = lambda _: None) -> tuple[Task, list[str]]:
    """A head for every code with enough examples, and sentences on what was left out or is too little.

    A SettingsError where nothing can be trained. ``show`` takes a few words on how far the work has come.
    """
    names = labelled.codes
    if not names:
        raise SettingsError("--task", "no example has a code", "a column code that names some", "see docs/own-codes.md")
    found = list(bags.read(labelled.talks, coder, show))
    heads, told = [], []
    for name in names:
        show(f"training {name}")
        problem = _too_little(name, found)
        if not problem:
            heads.append(_quietly(name, labelled, found))
        told += [f"{problem}; it is left out"] if problem else [f"{name}: {note}" for note in heads[-1].notes]
    if not heads:
        raise SettingsError("--task", "; ".join(told), f"{FEWEST} or more examples with a code and without", "")
    return Task(tuple(heads), coder.identity), told


def _too_little(name: str, found: Sequence[Bag]) -> str:
    there = sum(name in bag.codes for bag in found)
    known = len(bags.fitting(name, found)[1])
    if there < FEWEST:
        return (
            f"{name}: {there} {'example has' if there == 1 else 'examples have'} this code; expected {FEWEST} or more"
        )
    if known - there < FEWEST:
        return f"{name}: {known - there} examples are without this code; expected {FEWEST} or more"
    return ""


def _quietly(name: str, labelled: Labelled, found: Sequence[Bag]) -> Head:
    """One processor: the fits are small, and threads that wait for one another make them many times slower."""
    _sklearn()
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return _head(name, labelled.meanings.get(name, ""), found, labelled.shares.get(name))


def _head(name: str, meaning: str, found: Sequence[Bag], share: float | None = None) -> Head:
    roles, kept = bags.fitting(name, found)
    data = bags.data(name, kept, share)
    folds = _folds(data)
    scores, strength = _left_out(data, folds)
    spread = float(scores.std()) or 1.0
    weights, offset = (part / spread for part in _fit(data, np.ones(len(data.there), bool), strength))
    scores = scores / spread
    chosen = _asserted(scores, data, folds)
    positives = int(data.there.sum())
    few = f"only {positives} examples have this code; below {FEW} its figures and probabilities are little to lean on"
    return Head(
        name,
        meaning or f"It is like the examples you coded {name.replace('_', ' ')}.",
        roles,
        tuple(np.asarray(weights).tolist()),
        float(offset),
        _calibrated(scores, data.there, data.weight),
        len(kept),
        positives,
        figures(chosen, data),
        data.over,
        _stray(chosen, data),
        (few,) if positives < FEW else (),
    )


def _folds(data: Data) -> NDArray[np.int64]:
    """The fold of each bag: groups stay whole, and every fold has its share of the code."""
    splitter = _sklearn().model_selection.StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    fold = np.zeros(len(data.there), np.int64)
    for n, (_, left_out) in enumerate(splitter.split(data.there, data.there > 0, data.groups)):
        fold[left_out] = n
    return fold


def _left_out(data: Data, folds: NDArray[np.int64]) -> tuple[Floats, float]:
    """Scores of every bag by heads that had not seen it, and the strength with which they are likeliest."""
    tried = []
    for strength in STRENGTHS:
        scores = np.zeros(len(data.there))
        for n in range(FOLDS):
            out = folds == n
            weights, offset = _fit(data, ~out, strength)
            scores[out] = data.best(data.states @ weights + offset)[out]
        tried.append((_loss(scores, data.there), strength, scores))
    _, strength, scores = min(tried, key=lambda one: one[:2])
    return scores, strength


def _loss(scores: Floats, there: Floats) -> float:
    """How unlikely the labels are under calibrated scores."""
    p = _probabilities(fit_platt(scores / (scores.std() or 1.0), there), scores / (scores.std() or 1.0))
    return float(-np.log(np.where(there > 0, p, 1 - p)).mean())


def _probabilities(platt: Platt, scores: Floats) -> Floats:
    return np.array([platt.probability(float(x)) for x in scores])


def _fit(data: Data, used: NDArray[np.bool_], strength: float) -> Linear:
    """Logistic regression on the statements of the bags ``used``; every bag weighs the same, as does either side."""
    kept = used[data.owner]
    middle = data.states[kept].mean(0)  # the fit needs far fewer steps around it
    states = data.states - middle
    for _ in range(ROUNDS):
        owner = data.owner[kept]
        labels = data.there[owner]
        weight = 1 / np.bincount(owner, minlength=len(data.there))[owner]
        model = _sklearn().linear_model.LogisticRegression(C=strength, class_weight="balanced", max_iter=300)
        model.fit(states[kept], labels, weight)
        scores = states @ model.coef_[0] + model.intercept_[0]
        likeliest = scores >= data.best(scores)[data.owner]
        narrowed = kept & (likeliest | (data.there[data.owner] == 0))
        if (narrowed == kept).all():
            break
        kept = narrowed
    weights = np.asarray(model.coef_[0])
    return weights, float(model.intercept_[0] - middle @ weights)


def _calibrated(scores: Floats, there: Floats, weight: float) -> Platt:
    """Probabilities for a mixture in which examples without the code are ``weight`` times as many; its best F1."""
    platt = fit_platt(scores, there)
    if weight == 1.0:
        return platt
    shifted = replace(platt, offset=platt.offset - math.log(weight))
    p = _probabilities(shifted, scores)
    weights = np.where(there > 0, 1.0, weight)
    f1 = [2 * there[p >= t].sum() / (weights[p >= t].sum() + there.sum()) for t in THRESHOLDS]
    return replace(shifted, threshold=round(float(THRESHOLDS[int(np.argmax(f1))]), 3))


def _asserted(scores: Floats, data: Data, folds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each bag would be given the code, calibration and threshold being fitted to the other folds."""
    chosen = np.zeros(len(scores), bool)
    for n in range(FOLDS):
        out = folds == n
        platt = _calibrated(scores[~out], data.there[~out], data.weight)
        chosen[out] = _probabilities(platt, scores[out]) >= platt.threshold
    return chosen


def figures(chosen: NDArray[np.bool_], data: Data) -> dict[str, tuple[float | None, float | None, float | None]]:
    """Precision, recall, F1 and kappa, each with its 90 % interval over the groups."""
    parts = np.zeros((int(data.groups.max()) + 1, 2, 2))
    np.add.at(parts, (data.groups, data.there.astype(int), chosen.astype(int)), 1)
    parts[:, 0] *= data.weight
    found = {}
    for name in FIGURES:
        of = getattr(agreement, name)
        low, high = agreement.interval(of, parts) or (None, None)
        found[name] = (agreement.figure(of(parts.sum(0))), low, high)
    return found


def _stray(chosen: NDArray[np.bool_], data: Data) -> float:
    """How many times more a session's count scatters than chance makes it; 1 where sessions are not known."""
    sizes = np.bincount(data.groups)
    said, there = np.bincount(data.groups, chosen), np.bincount(data.groups, data.there)
    large = [
        strays.Counted(int(said[n]), int(there[n]), int(size))
        for n, size in enumerate(sizes)
        if data.over == "sessions" and size >= strays.LEAST
    ]
    return strays.of(large) if len(large) >= bags.SESSIONS else 1.0


def told(task: Task) -> str:
    """The heads and how well they do, as a table for a terminal."""
    lines = [f"{'code':24}{'role':22}{'examples':>9}{'with it':>9}  {'precision':19}{'recall':19}{'F1':19}kappa"]
    for head in task.heads:
        cells = "".join(f"{_figure(*head.figures[name]):19}" for name in FIGURES).rstrip()
        roles = ", ".join(head.roles)
        lines.append(f"own.{head.name:20}{roles:22}{head.examples:>9}{head.positives:>9}  {cells}")
    over = Counter(head.over for head in task.heads)
    lines.append(f"Figures: {FOLDS}-fold cross-validation, 90 % intervals, drawn over {' or '.join(over)}.")
    return "\n".join(lines) + "\n"


def _figure(value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" + (f" ({low:.2f}–{high:.2f})" if low is not None and high is not None else "")


def _sklearn() -> Any:
    try:
        import sklearn.linear_model
        import sklearn.model_selection
    except ImportError:
        missing = "scikit-learn is not installed"
        raise SettingsError("rapport train --task", missing, "", "pip install 'transcript-rapport[train]'") from None
    return sklearn
