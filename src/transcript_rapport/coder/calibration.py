"""From the network's logits to probabilities that mean what they say, and to the codes it asserts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

ALONE = ("facilitation", "structure", "other")
"""Codes that stand alone (codebook)."""
EITHER = (
    ("reflection.simple", "reflection.complex"),
    ("question.open", "question.closed"),
    ("advice.permitted", "advice.directive"),
)
"""Of each pair a statement carries at most one."""


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
    """A one-of-several head's calibration: softmax of (logit / temperature), chosen after adding ``offsets``."""

    temperature: float
    offsets: tuple[float, ...]

    def probabilities(self, logits: Sequence[float]) -> list[float]:
        """The probability of each output; they sum to 1."""
        highest = max(logits)
        raised = [math.exp((x - highest) / self.temperature) for x in logits]
        return [x / sum(raised) for x in raised]

    def pick(self, logits: Sequence[float]) -> int:
        """The number of the output chosen."""
        return max(range(len(logits)), key=lambda n: logits[n] / self.temperature + self.offsets[n])


@dataclass(frozen=True)
class Calibration:
    """Every head's calibration: ``codes`` and ``client`` by code, the one-of-several heads by name."""

    platt: Mapping[str, Platt]
    choices: Mapping[str, Choice]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        return {
            "platt": {name: asdict(platt) for name, platt in self.platt.items()},
            "choices": {name: asdict(choice) for name, choice in self.choices.items()},
        }

    @staticmethod
    def from_json(raw: Mapping[str, Any]) -> Calibration:
        """The inverse of ``as_json``."""
        return Calibration(
            {name: Platt(**values) for name, values in raw["platt"].items()},
            {name: Choice(c["temperature"], tuple(c["offsets"])) for name, c in raw["choices"].items()},
        )

    def probabilities(self, names: Sequence[str], logits: Sequence[float]) -> dict[str, float]:
        """Each code's probability."""
        return {name: self.platt[name].probability(x) for name, x in zip(names, logits, strict=True)}

    def practitioner(self, probabilities: Mapping[str, float]) -> dict[str, float]:
        """The codes asserted for a practitioner's statement; where none is, the likeliest that is no judgment."""
        codes = {name: p for name, p in probabilities.items() if name != "jargon"}
        above = {name: p for name, p in codes.items() if p >= self.platt[name].threshold}
        if not above:
            likeliest = max((name for name in codes if not name.startswith("judgment")), key=lambda name: codes[name])
            above = {likeliest: codes[likeliest]}
        for pair in EITHER:
            if all(name in above for name in pair):
                del above[min(pair, key=lambda name: above[name])]
        return _alone(above)

    def client(self, probabilities: Mapping[str, float]) -> dict[str, float]:
        """The codes asserted for a client's statement; often none."""
        return {name: p for name, p in probabilities.items() if p >= self.platt[name].threshold}


def _alone(codes: dict[str, float]) -> dict[str, float]:
    """Codes that stand alone give way to likelier ones, or the others to them."""
    if len(codes) == 1:
        return codes
    likeliest = max(codes, key=lambda name: codes[name])
    if likeliest in ALONE:
        return {likeliest: codes[likeliest]}
    return {name: p for name, p in codes.items() if name not in ALONE}
