"""Chooses, on validation sessions, how logits become probabilities and from where a code is asserted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.codebook import codes
from transcript_rapport.coder.calibration import Calibration, Choice, Platt, Z
from transcript_rapport.training import logistic, second_look, strays
from transcript_rapport.training.answers import Answer, Floats
from transcript_rapport.training.scores import Counts
from transcript_rapport.training.strays import nine_in_ten

CODED = ("codes", "client")
"""The heads of which a place may carry several outputs."""
Pairs = dict[str, tuple[Floats, Floats]]
"""Code → its logits and whether it was there, over all labelled statements (utterances for the client's)."""

SHARED = 10
"""Labels from which a session's shares can be compared."""
COUNTED = (0.0, 0.15, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0)
"""How much phrases may count beside the network."""
NEAR = 0.005
STRENGTHS = (2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
SHARPNESSES = (1.0, 1.5, 2.0, 3.0)
JOINT = ("judgment",)
"""Families asserted for what their kinds share: even coders tell these apart badly (corpora/coded/README.md)."""
ENOUGH = 30
"""Positive examples from which a code gets a calibration and threshold of its own; below, its family's."""


def pairs(answers: Sequence[Answer]) -> Pairs:
    """The logits and labels of every code over the answers."""
    found: dict[str, list[tuple[Floats, Floats]]] = defaultdict(list)
    for one in answers:
        if one.head in CODED:
            for n, name in enumerate(one.outputs):
                found[name].append((one.logits[:, n], one.labels[:, n]))
    return {name: _joined(columns) for name, columns in found.items()}


def choices(answers: Sequence[Answer], head: str) -> tuple[Floats, NDArray[np.int64]]:
    """(places, outputs) logits and the right output of a one-of-several head, where its makers labelled it."""
    own = [(a.logits[a.weight == 1.0], a.labels[a.weight == 1.0]) for a in answers if a.head == head]
    logits, labels = _joined(own)
    return logits, labels.argmax(1)


def calibrate(answers: Sequence[Answer]) -> Calibration:
    """The calibration that fits these answers best; with how much phrases and a second look add to the network's."""
    counted = weights_of_phrases(answers)
    answers = weighed(answers, counted)
    looked = second_look.fit(answers)
    answers = second_look.again(answers, looked)
    found = pairs(answers)
    families: dict[str, list[str]] = defaultdict(list)
    for name in found:
        families[family(name)].append(name)
    shared = {kind: fit_platt(*_joined([found[name] for name in names])) for kind, names in families.items()}
    platt = {
        name: fit_platt(*values) if values[1].sum() >= ENOUGH else shared[family(name)]
        for name, values in found.items()
    }
    joint = {kind: joint_threshold(platt, {n: found[n] for n in families[kind]}) for kind in JOINT if kind in families}
    heads = sorted({a.head for a in answers if a.head not in CODED and (a.weight == 1.0).any()})
    chosen = {head: fit_choice(*choices(answers, head)) for head in heads}
    shared_out = {head: fit_shares(one, sessions(answers, head)) for head, one in chosen.items()}
    fitted = Calibration(platt, shared_out, phrases=counted, second_look=looked, joint=joint)
    return replace(fitted, strays=strays.fit(answers, fitted))


def whole(answers: Sequence[Answer], calibration: Calibration) -> list[Answer]:
    """The answers with all that a calibration adds to the network's logits: phrases, and a second look."""
    return second_look.again(weighed(answers, calibration.phrases), calibration.second_look)


def weighed(answers: Sequence[Answer], weights: Mapping[str, Sequence[float]]) -> list[Answer]:
    """The answers with what phrases say in their logits, counted as the weights say: head → a number an output."""
    return [
        a
        if a.phrases is None or a.head not in weights
        else replace(a, logits=a.logits + a.phrases * np.array(weights[a.head]), phrases=None)
        for a in answers
    ]


def weights_of_phrases(answers: Sequence[Answer]) -> dict[str, tuple[float, ...]]:
    """How much phrases count: for each family of codes, or head of one label, what makes the labels likelier.

    The least that comes within NEAR of the best: in settings new to both, the network's wider view is the safer one.
    """
    weights: dict[str, tuple[float, ...]] = {}
    for head in sorted({a.head for a in answers if a.phrases is not None}):
        own = [a for a in answers if a.head == head and a.phrases is not None]
        outputs = own[0].outputs
        losses = np.array([_unlikeliness(weighed(own, {head: (much,) * len(outputs)}), head) for much in COUNTED])
        kinds = np.array([family(name) if head in CODED else head for name in outputs])
        best = {kind: _least(losses[:, kinds == kind].sum(1)) for kind in set(kinds.tolist())}
        weights[head] = tuple(best[kind] for kind in kinds.tolist())
    return weights


def _least(losses: Floats) -> float:
    return COUNTED[int(np.argmax(losses <= losses.min() * (1 + NEAR)))]


def _unlikeliness(answers: Sequence[Answer], head: str) -> Floats:
    """How unlikely the labels are once the logits are made probabilities: the mean log loss, an output each."""
    if head in CODED:
        return np.array([_log_loss(*column) for column in pairs(answers).values()])
    logits, right = choices(answers, head)
    temperature, biases = _likeliest(logits, right)
    likely = _softmax(logits / temperature + biases)
    return np.array([-np.log(likely[right == n, n]).sum() / len(right) for n in range(logits.shape[1])])


def _log_loss(logits: Floats, there: Floats) -> float:
    slope, offset = _slope_and_offset(logits, there)
    p = 1 / (1 + np.exp(-np.clip(slope * logits + offset, -30, 30)))
    return float(-np.log(np.where(there > 0, p, 1 - p)).mean())


def sessions(answers: Sequence[Answer], head: str) -> list[tuple[Floats, Floats]]:
    """(logits, labels) of each session whose makers labelled ``head`` themselves."""
    return [(a.logits, a.labels) for a in answers if a.head == head and (a.weight == 1.0).all()]


def family(code: str) -> str:
    """The family whose examples are pooled: the part of the name before the dot, else the codebook's family."""
    known = codes().get(code)
    return code.split(".", maxsplit=1)[0] if "." in code else known.family if known else code


def fit_platt(logits: Floats, there: Floats) -> Platt:
    """Slope and offset by logistic regression (Platt 1999, smoothed targets), and the threshold with the best F1."""
    n1, n0 = there.sum(), (1 - there).sum()
    target = np.where(there > 0, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))
    slope, offset = _slope_and_offset(logits, target)
    platt = Platt(float(slope), float(offset))
    probabilities = np.array([platt.probability(x) for x in logits])
    return Platt(platt.slope, platt.offset, best_threshold(probabilities, there))


def joint_threshold(platt: Mapping[str, Platt], kinds: Pairs) -> float:
    """The threshold with the best F1 for the probability that any of a family's codes is there."""
    none = np.prod([[1 - platt[name].probability(x) for x in logits] for name, (logits, _) in kinds.items()], axis=0)
    return best_threshold(1 - none, np.max([there for _, there in kinds.values()], axis=0))


def best_threshold(probabilities: Floats, there: Floats) -> float:
    """The threshold with the best F1 among 0.10 to 0.70; the middle of the range that comes within 0.01 of it."""
    grid = np.arange(0.10, 0.71, 0.02)
    scores = np.array([f1(probabilities >= t, there > 0) for t in grid])
    good = grid[scores >= scores.max() - 0.01]
    return round(float(np.median(good)), 3)


def f1(asserted: NDArray[np.bool_], there: NDArray[np.bool_]) -> float:
    """2·hits / (asserted + there); 0 where neither occurs."""
    return Counts(int((asserted & there).sum()), int(asserted.sum()), int(there.sum())).f1


def fit_choice(logits: Floats, right: NDArray[np.int64]) -> Choice:
    """Temperature and biases by likelihood; what is chosen leans to the rarer outputs as far as macro-F1 gains by it.

    One number says how far: an offset of its own for each output fitted these sessions better and others worse.
    Source: Alexandari, Kundaje & Shrikumar (2020), ICML, bias-corrected temperature scaling.
    """
    temperature, biases = _likeliest(logits, right)
    prior = np.bincount(right, minlength=logits.shape[1]) / len(right)
    likely, rarity = logits / temperature + biases, -np.log(np.maximum(prior, 1e-6))
    leanings = np.arange(0, 1.01, 0.1)
    scores = np.array([macro_f1((likely + leaning * rarity).argmax(1), right) for leaning in leanings])
    leaning = float(np.median(leanings[scores >= scores.max() - 0.003]))
    return Choice(round(temperature, 3), _rounded(biases + leaning * rarity), _rounded(biases), _rounded(prior))


def _likeliest(logits: Floats, right: NDArray[np.int64]) -> tuple[float, Floats]:
    """The temperature and biases under which the right outputs are likeliest, by gradient descent."""
    slope, biases = 1.0, np.zeros(logits.shape[1])
    wanted = np.eye(logits.shape[1])[right]
    for _ in range(400):
        gap = _softmax(logits * slope + biases) - wanted
        slope -= 0.05 * float((gap * logits).sum(1).mean())
        biases -= 0.5 * gap.mean(0)
    return 1 / max(slope, 0.05), biases - biases.mean()


def fit_shares(choice: Choice, sessions: Sequence[tuple[Floats, Floats]]) -> Choice:
    """The choice with what a session's shares need: how sharp they count, how strong the prior is, how far they stray.

    ``sessions``: (logits, labels), both (labels, outputs); those with at least SHARED labels count.
    """
    large = [(logits, there) for logits, there in sessions if len(logits) >= SHARED]
    if not large:
        return choice
    tried = [replace(choice, strength=s, sharpness=k) for k, s in product(SHARPNESSES, STRENGTHS)]
    best = min(tried, key=lambda one: np.abs(_strays(one, large)[0]).mean())
    strays, spreads = _strays(best, large)
    noise, drift = zip(*(_spread(strays[:, n], spreads[:, n]) for n in range(strays.shape[1])), strict=True)
    return replace(best, noise=tuple(noise), drift=tuple(drift))


def _strays(choice: Choice, sessions: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """(sessions, outputs): how far the estimated share is from the labels', and its variance by p (1 - p)."""
    strays, spreads = [], []
    for logits, there in sessions:
        adapted = np.array(choice.adapted([choice.sharpened(row) for row in logits.tolist()]))
        strays.append(adapted.mean(0) - there.mean(0))
        spreads.append((adapted * (1 - adapted)).sum(0) / len(adapted) ** 2)
    return np.array(strays), np.array(spreads)


def _spread(strays: Floats, spreads: Floats) -> tuple[float, float]:
    """The (noise, drift) whose 90 % intervals cover nine sessions in ten and are narrowest."""
    found = []
    for drift in np.arange(0.0, 0.101, 0.01):
        need = (strays**2 / Z**2 - drift**2) / np.maximum(spreads, 1e-9)
        noise = max(nine_in_ten(need), 0.05)
        width = float(np.sqrt(noise * spreads + drift**2).mean())
        found.append((width, round(noise, 3), round(float(drift), 3)))
    _, noise, drift = min(found)
    return noise, drift


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(x), 3) for x in values)


def macro_f1(chosen: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    """The mean F1 over the classes that occur among ``right``."""
    return float(np.mean([f1(chosen == k, right == k) for k in np.unique(right)]))


def _softmax(x: Floats) -> Floats:
    raised = np.exp(x - x.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True))


def _slope_and_offset(x: Floats, target: Floats) -> tuple[float, float]:
    slope, offset = logistic.fitted(
        np.stack([x, np.ones_like(x)], 1), target, start=np.array([1.0, 0.0]), held=np.full(2, 0.01)
    )
    return float(slope), float(offset)


def _joined(columns: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    return np.concatenate([c[0] for c in columns]), np.concatenate([c[1] for c in columns])
