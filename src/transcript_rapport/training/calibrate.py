"""Chooses, on validation sessions, how logits become probabilities and from where a code is asserted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.codebook import codes
from transcript_rapport.coder.calibration import Calibration, Choice, Platt
from transcript_rapport.coder.engine import Engine
from transcript_rapport.training.examples import Example

Floats = NDArray[np.float64]
Pairs = dict[str, tuple[Floats, Floats]]
"""Code → its logits and whether it was there, over all labelled statements (utterances for the client's)."""

ENOUGH = 30
"""Positive examples from which a code gets a calibration and threshold of its own; below, its family's."""


def pairs(engine: Engine, examples: Sequence[Example]) -> Pairs:
    """The logits and labels of every code over ``examples``."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for example in examples:
        logits = {name: x.numpy() for name, x in engine.logits(example.units).items()}
        for head, place, labels in labelled(example):
            outputs = engine.network.shape.heads[head]
            seen = logits[head][list(place)].max(0)
            for name, logit in zip(outputs, seen, strict=True):
                found[name].append((float(logit), labels.get(name, 0.0)))
    return {name: _columns(values) for name, values in found.items()}


def labelled(example: Example) -> Iterator[tuple[str, tuple[int, ...], Mapping[str, float]]]:
    """(head, unit numbers, labels): each coded statement alone, each coded client utterance with all its statements."""
    for n, targets in example.statement_targets.items():
        if "codes" in targets:
            yield "codes", (n,), targets["codes"].values
    members: dict[int, list[int]] = defaultdict(list)
    for n, unit in enumerate(example.units):
        members[unit.utterance].append(n)
    for utterance, targets in example.utterance_targets.items():
        if "client_utterance" in targets and utterance in members:
            yield "client", tuple(members[utterance]), targets["client_utterance"].values


def choices(engine: Engine, examples: Sequence[Example], head: str) -> tuple[Floats, NDArray[np.int64]]:
    """(utterances, outputs) logits and the right output of a one-of-several head, where its makers labelled it."""
    rows, right = [], []
    names = engine.network.shape.heads[head]
    for example in examples:
        logits = engine.logits(example.units)[head].numpy()
        seen: set[int] = set()
        for n, unit in enumerate(example.units):
            targets = example.utterance_targets.get(unit.utterance, {}).get(head)
            if targets and targets.weight == 1.0 and unit.utterance not in seen:
                rows.append(logits[n])
                right.append(names.index(next(iter(targets.values))))
            seen.add(unit.utterance)
    return np.array(rows, dtype=np.float64), np.array(right)


def calibrate(engine: Engine, validation: Sequence[Example]) -> Calibration:
    """The calibration that fits the validation sessions best."""
    found = pairs(engine, validation)
    families: dict[str, list[str]] = defaultdict(list)
    for name in found:
        families[family(name)].append(name)
    shared = {kind: fit_platt(*_joined([found[name] for name in names])) for kind, names in families.items()}
    platt = {
        name: fit_platt(*values) if values[1].sum() >= ENOUGH else shared[family(name)]
        for name, values in found.items()
    }
    heads = {head: fit_choice(*choices(engine, validation, head)) for head in ("behaviour", "talk_type")}
    return Calibration(platt, heads)


def family(code: str) -> str:
    """The family whose examples are pooled: the part of the name before the dot, else the codebook's family."""
    known = codes().get(code)
    return code.split(".", maxsplit=1)[0] if "." in code else known.family if known else code


def fit_platt(logits: Floats, there: Floats) -> Platt:
    """Slope and offset by logistic regression (Platt 1999, smoothed targets), and the threshold with the best F1."""
    n1, n0 = there.sum(), (1 - there).sum()
    target = np.where(there > 0, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))
    slope, offset = _newton(logits, target)
    platt = Platt(float(slope), float(offset))
    probabilities = np.array([platt.probability(x) for x in logits])
    return Platt(platt.slope, platt.offset, best_threshold(probabilities, there))


def best_threshold(probabilities: Floats, there: Floats) -> float:
    """The threshold with the best F1 among 0.10 to 0.70; the middle of the range that comes within 0.01 of it."""
    grid = np.arange(0.10, 0.71, 0.02)
    scores = np.array([f1(probabilities >= t, there > 0) for t in grid])
    good = grid[scores >= scores.max() - 0.01]
    return round(float(np.median(good)), 3)


def f1(asserted: NDArray[np.bool_], there: NDArray[np.bool_]) -> float:
    """2·hits / (asserted + there); 0 where neither occurs."""
    hits = float((asserted & there).sum())
    return 2 * hits / max(float(asserted.sum() + there.sum()), 1.0)


def fit_choice(logits: Floats, right: NDArray[np.int64]) -> Choice:
    """A temperature by likelihood, then offsets a class that raise macro-F1 a little at a time."""
    temperatures = np.arange(0.5, 3.01, 0.05)
    losses = [-np.log(_softmax(logits / t)[np.arange(len(right)), right] + 1e-12).mean() for t in temperatures]
    temperature = float(temperatures[int(np.argmin(losses))])
    offsets = np.zeros(logits.shape[1])
    for _ in range(2):
        for k in range(len(offsets)):
            steps = np.arange(-0.6, 0.61, 0.1)
            scores = [
                macro_f1((logits / temperature + offsets + s * _unit(k, len(offsets))).argmax(1), right) for s in steps
            ]
            offsets[k] += steps[int(np.argmax(np.array(scores) - 0.004 * np.abs(steps)))]
    return Choice(round(temperature, 3), tuple(round(float(x), 2) for x in offsets))


def macro_f1(chosen: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    """The mean F1 over the classes that occur among ``right``."""
    return float(np.mean([f1(chosen == k, right == k) for k in np.unique(right)]))


def _unit(k: int, size: int) -> Floats:
    return np.asarray(np.eye(size)[k])


def _softmax(x: Floats) -> Floats:
    raised = np.exp(x - x.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True))


def _newton(x: Floats, target: Floats) -> tuple[float, float]:
    design = np.stack([x, np.ones_like(x)], 1)
    beta = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (p - target) + 0.01 * (beta - np.array([1.0, 0.0]))
        curvature = (design * (p * (1 - p))[:, None]).T @ design + 0.01 * np.eye(2)
        move = np.linalg.solve(curvature, gradient)
        beta = beta - np.clip(move, -1, 1)
        if np.abs(move).max() < 1e-6:
            break
    return float(beta[0]), float(beta[1])


def _columns(values: Sequence[tuple[float, float]]) -> tuple[Floats, Floats]:
    table = np.array(values, dtype=np.float64)
    return table[:, 0], table[:, 1]


def _joined(columns: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    return np.concatenate([c[0] for c in columns]), np.concatenate([c[1] for c in columns])
