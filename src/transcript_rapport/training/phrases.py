"""Fits the linear model of phrases that answers beside the network, and how much it counts there."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.coder.phrases import SINGLE, Marks, shown
from transcript_rapport.coder.shape import BUCKETS, PHRASED, Arrays
from transcript_rapport.coder.weights import pack
from transcript_rapport.training import corpora
from transcript_rapport.training.answers import places
from transcript_rapport.training.calibrate import CODED
from transcript_rapport.training.examples import Example, Targets, as_recognised

FILE = "phrases.safetensors"
STRENGTH = 10.0
"""The inverse of how strongly large weights are held back."""
RAREST = 4.0
LEAST = 5
"""Examples from which an output is learned at all."""
NEVER = -9.0
"""The logit of an output that is not learned."""


class Lot(NamedTuple):
    """What one head is fitted to: a row a labelled place."""

    seen: list[Marks]
    labels: list[list[float]]
    weights: list[float]


def fit(examples: Sequence[Example], heads: Mapping[str, Sequence[str]]) -> Arrays:
    """The packed weights, from what people said: our own invented talk taught it nothing that holds elsewhere.

    Every session is seen as it is and as a speech recogniser might have written it.
    """
    real = [e for e in examples if e.corpus not in corpora.ALL_OURS]
    state: dict[str, NDArray[np.float32]] = {}
    for head in PHRASED:
        lot = _lot(real, head, heads[head])
        columns = _columns(lot, len(heads[head]), several=head in CODED)
        state[f"phrases.{head}.weight"], state[f"phrases.{head}.bias"] = columns
    return pack(state)


def learned(
    examples: Sequence[Example], missed: Sequence[Example], heads: Mapping[str, Sequence[str]], place: Path
) -> Arrays:
    """Fits them to all but what the network ``missed``, and lays them into the folder of this part of a training."""
    from safetensors.numpy import save_file

    without = {example.group for example in missed}
    packed = fit([e for e in examples if e.group not in without], heads)
    save_file(dict(packed), place / FILE)
    return packed


def load(place: Path) -> dict[str, NDArray[Any]]:
    """What ``learned`` laid there; nothing where a training knew no phrases."""
    from safetensors.numpy import load_file

    return load_file(place / FILE) if (place / FILE).is_file() else {}


def _lot(examples: Sequence[Example], head: str, outputs: Sequence[str]) -> Lot:
    lot = Lot([], [], [])
    for example in examples:
        labelled = list(places(example, head))
        for heard in (example, as_recognised(example, random.Random(example.name))) if labelled else ():
            seen, whose = shown(heard.units, head == SINGLE)
            for (first, *_), targets in labelled:
                for labels, weight in _rows(targets, outputs, several=head in CODED):
                    lot.seen.append(seen[whose[first]])
                    lot.labels.append(labels)
                    lot.weights.append(weight)
    return lot


def _rows(targets: Targets, outputs: Sequence[str], several: bool) -> list[tuple[list[float], float]]:
    """(labels, weight): where opinions on the one right label differ, a row each."""
    if several:
        return [([targets.values.get(name, 0.0) for name in outputs], targets.weight)]
    return [
        ([float(name == right) for name in outputs], targets.weight * share)
        for right, share in targets.values.items()
        if right in outputs
    ]


def _matrix(seen: Sequence[Marks]) -> Any:
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *(len(one.places) for one in seen)])
    columns = np.concatenate([np.array(one.places, np.int64) for one in seen])
    values = np.concatenate([np.array(one.values) for one in seen])
    return csr_matrix((values, columns, ends), shape=(len(seen), BUCKETS))


def _columns(lot: Lot, outputs: int, several: bool) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(outputs, BUCKETS) weights and (outputs,) biases; outputs with too few examples stay at NEVER."""
    found = np.zeros((outputs, BUCKETS), np.float32), np.full(outputs, NEVER, np.float32)
    labels, weights = np.array(lot.labels).reshape(-1, outputs), np.array(lot.weights)
    learned = np.flatnonzero(labels.sum(0) >= LEAST)
    if several:
        rows = _matrix(lot.seen) if len(learned) else None
        for n in learned:
            much = min(max((len(labels) / labels[:, n].sum()) ** 0.5 / 2, 1.0), RAREST)
            found[0][[n]], found[1][[n]] = regression(rows, labels[:, n] > 0, weights, {0: 1.0, 1: much}, STRENGTH)
    elif len(learned) > 1:
        kept = np.flatnonzero(labels[:, learned].any(1))
        rows, right = _matrix([lot.seen[n] for n in kept]), labels[kept].argmax(1)
        found[0][learned], found[1][learned] = regression(rows, right, weights[kept], None, STRENGTH)
    return found


def regression(
    rows: Any, right: NDArray[Any], weights: NDArray[np.float64], rare: Mapping[int, float] | None, strength: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The weights and biases of a logistic regression, a row an answer; with ``rare``, of yes or no, the one of yes.

    ``rare``: how much no (0) and yes (1) count. ``strength``: the inverse of how strongly large weights are held back.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, max_iter=300, class_weight=rare)
    model.fit(rows, right, sample_weight=weights)
    two = rare is None and len(model.classes_) == 2
    weight, bias = (np.concatenate([-x, x]) / 2 if two else x for x in (model.coef_, model.intercept_))
    return weight, bias
