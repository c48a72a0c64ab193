"""From the network's logits to probabilities that mean what they say, and to the codes it asserts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import NormalDist
from typing import Any

from transcript_rapport.codebook import codes
from transcript_rapport.report import Share

ALONE = ("facilitation", "structure", "other")
"""Codes that stand alone (codebook)."""
EITHER = (
    ("reflection.simple", "reflection.complex"),
    ("question.open", "question.closed"),
    ("advice.permitted", "advice.directive"),
)
"""Of each pair a statement carries at most one."""

Z = NormalDist().inv_cdf(0.95)
ROUNDS = 12
"""Steps of expectation maximisation; the shares move by less than a thousandth after them."""


@dataclass(frozen=True, slots=True)
class Platt:
    """One output's calibration: probability = sigmoid(slope · logit + offset); asserted from ``threshold`` on."""

    slope: float = 1.0
    offset: float = 0.0
    threshold: float = 0.5

    def probability(self, logit: float) -> float:
        """The probability (0 to 1) that the code is there."""
        x = max(-30.0, min(30.0, self.slope * logit + self.offset))
        return 1 / (1 + math.exp(-x))


@dataclass(frozen=True, slots=True)
class Choice:
    """A one-of-several head's calibration: softmax of logit / temperature + bias, chosen after adding ``offsets``.

    ``prior``: how often each output occurs on the sessions it was fitted to; ``strength``: how many labels' worth
    of evidence that prior is against a session's own. ``sharpness``: whether a session's shares add up probabilities
    (1) or, the higher it is, rather count what is chosen. ``noise`` and ``drift``, an output each: a session's count
    strays from people's with variance noise · sum of p (1 - p) + (drift · number of labels)².
    """

    temperature: float
    offsets: tuple[float, ...]
    biases: tuple[float, ...] = ()
    prior: tuple[float, ...] = ()
    strength: float = 0.0
    noise: tuple[float, ...] = ()
    drift: tuple[float, ...] = ()
    sharpness: float = 1.0

    @property
    def _added(self) -> tuple[float, ...]:
        return self.biases or (0.0,) * len(self.offsets)

    def probabilities(self, logits: Sequence[float]) -> list[float]:
        """The probability of each output; they sum to 1."""
        return _softmax([x / self.temperature + bias for x, bias in zip(logits, self._added, strict=True)])

    def sharpened(self, logits: Sequence[float]) -> list[float]:
        """How much of a place each output has when a session's shares are counted; they sum to 1."""
        likely = [math.log(max(p, 1e-12)) for p in self.probabilities(logits)]
        leaning = [offset - bias for offset, bias in zip(self.offsets, self._added, strict=True)]
        more = self.sharpness - 1
        return _softmax([self.sharpness * x + more * lean for x, lean in zip(likely, leaning, strict=True)])

    def pick(self, logits: Sequence[float]) -> int:
        """The number of the output chosen."""
        return max(range(len(logits)), key=lambda n: logits[n] / self.temperature + self.offsets[n])

    def shares(self, logits: Sequence[Sequence[float]]) -> list[Share]:
        """Each output's share among a session's labels as people would have given them, with 90 % intervals.

        ``logits``: a row a label. Their probabilities, sharpened, are adapted to how often each output occurs in this
        session, by expectation maximisation, held back by the prior.
        Source: Saerens, Latinne & Decaestecker (2002), Neural Computation 14:21-41.
        """
        if not logits or not self.prior:
            return []
        adapted, count = self.adapted([self.sharpened(row) for row in logits]), len(logits)
        found = []
        for n in range(len(self.prior)):
            column = [row[n] for row in adapted]
            share = sum(column) / count
            variance = self.noise[n] * sum(p * (1 - p) for p in column) / count**2 + self.drift[n] ** 2
            margin = Z * math.sqrt(variance)
            found.append(Share(share, max(0.0, share - margin), min(1.0, share + margin)))
        return found

    def adapted(self, probabilities: Sequence[Sequence[float]]) -> list[list[float]]:
        """The probabilities given how often each output occurs in this session."""
        shares, adapted = list(self.prior), [list(row) for row in probabilities]
        for _ in range(ROUNDS):
            odds = [share / prior for share, prior in zip(shares, self.prior, strict=True)]
            weighed = [[p * o for p, o in zip(row, odds, strict=True)] for row in probabilities]
            adapted = [[p / sum(row) for p in row] for row in weighed]
            total = len(adapted) + self.strength
            sums = [sum(column) for column in zip(*adapted, strict=True)]
            shares = [(s + self.strength * prior) / total for s, prior in zip(sums, self.prior, strict=True)]
        return adapted


@dataclass(frozen=True)
class Calibration:
    """Every head's calibration: ``codes`` and ``client`` by code, the one-of-several heads by name.

    ``ready``: log-odds added to every gap between words without marks. ``strays``: code, family or talk
    type → how many times more a session's count of it scatters than chance alone makes it (``training/strays.py``).
    ``phrases``: head → how much the linear model of phrases counts beside the network, an output each.
    ``second_look``: code → what each thing that is seen around a statement adds to its logit.
    ``joint``: family → the threshold of the probability that any of its codes is there. From there on the likeliest of
    them is asserted, for kinds that are easier told from everything else than from each other.
    """

    platt: Mapping[str, Platt]
    choices: Mapping[str, Choice]
    ready: float = 0.0
    strays: Mapping[str, float] = field(default_factory=dict)
    phrases: Mapping[str, Sequence[float]] = field(default_factory=dict)
    second_look: Mapping[str, Sequence[float]] = field(default_factory=dict)
    joint: Mapping[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        return {
            "platt": {name: asdict(platt) for name, platt in self.platt.items()},
            "choices": {name: asdict(choice) for name, choice in self.choices.items()},
            "ready": self.ready,
            "strays": dict(self.strays),
            "phrases": {head: list(weights) for head, weights in self.phrases.items()},
            "second_look": {code: list(weights) for code, weights in self.second_look.items()},
            "joint": dict(self.joint),
        }

    @staticmethod
    def from_json(raw: Mapping[str, Any]) -> Calibration:
        """The inverse of ``as_json``."""
        return Calibration(
            {name: Platt(**values) for name, values in raw["platt"].items()},
            {name: Choice(**{k: _tuple(v) for k, v in c.items()}) for name, c in raw["choices"].items()},
            raw.get("ready", 0.0),
            raw.get("strays", {}),
            raw.get("phrases", {}),
            raw.get("second_look", {}),
            raw.get("joint", {}),
        )

    def probabilities(self, names: Sequence[str], logits: Sequence[float]) -> dict[str, float]:
        """Each code's probability."""
        return {name: self.platt[name].probability(x) for name, x in zip(names, logits, strict=True)}

    def practitioner(self, probabilities: Mapping[str, float]) -> dict[str, float]:
        """The codes asserted for a practitioner's statement; where none is, the likeliest that is no judgment."""
        said = {name: p for name, p in probabilities.items() if name != "jargon"}
        above = {name: p for name, p in said.items() if p >= self.platt[name].threshold and not self._jointly(name)}
        for family, least in self.joint.items():
            kinds = {name: p for name, p in said.items() if codes()[name].family == family}
            if any_of(kinds.values()) >= least:
                likeliest = max(kinds, key=lambda name: kinds[name])
                above[likeliest] = kinds[likeliest]
        if not above:
            likeliest = max((name for name in said if not name.startswith("judgment")), key=lambda name: said[name])
            above = {likeliest: said[likeliest]}
        for pair in EITHER:
            if all(name in above for name in pair):
                del above[min(pair, key=lambda name: above[name])]
        return _alone(above)

    def _jointly(self, name: str) -> bool:
        return codes()[name].family in self.joint

    def client(self, probabilities: Mapping[str, float]) -> dict[str, float]:
        """The codes asserted for a client's statement; often none."""
        return {name: p for name, p in probabilities.items() if p >= self.platt[name].threshold}


def any_of(probabilities: Iterable[float]) -> float:
    """The probability that at least one is there, taken as independent."""
    return 1 - math.prod(1 - p for p in probabilities)


def _softmax(scaled: Sequence[float]) -> list[float]:
    highest = max(scaled)
    raised = [math.exp(x - highest) for x in scaled]
    total = sum(raised)
    return [x / total for x in raised]


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _alone(codes: dict[str, float]) -> dict[str, float]:
    """Codes that stand alone give way to likelier ones, or the others to them."""
    if len(codes) == 1:
        return codes
    likeliest = max(codes, key=lambda name: codes[name])
    if likeliest in ALONE:
        return {likeliest: codes[likeliest]}
    return {name: p for name, p in codes.items() if name not in ALONE}
