"""How far a session's counts of a code stray from people's, so that intervals can hold the coder's miscounts.

Of each session that the network had not seen: how many statements it gives a code, and how many the labels do. A
count's *stray* is how many times more it scatters than chance alone would make it: 1 for a coder that never miscounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.coder.calibration import Calibration, Z
from transcript_rapport.training.answers import Answer

LABELS = ("codes", "client", "talk_type")
"""The heads whose counts are measures."""
LEAST = 10
"""Labelled places from which a session's counts say something."""


class Counted(NamedTuple):
    """One session's count of a code: by the coder, by the labels, among so many places."""

    said: int
    there: int
    places: int


def chosen(one: Answer, calibration: Calibration) -> list[frozenset[str]]:
    """What the coder asserts at each labelled place of a session."""
    if one.head in calibration.choices:
        choice = calibration.choices[one.head]
        return [frozenset({one.outputs[choice.pick(row)]}) for row in one.logits.tolist()]
    choose = calibration.practitioner if one.head == "codes" else calibration.client
    return [frozenset(choose(calibration.probabilities(one.outputs, row))) for row in one.logits.tolist()]


def right(one: Answer) -> list[frozenset[str]]:
    """What the labels say at each place; jargon is found by its words, not by the coder."""
    return [
        frozenset(name for name, label in zip(one.outputs, row, strict=True) if label) - {"jargon"}
        for row in one.labels
    ]


def counts(answers: Iterable[Answer], calibration: Calibration) -> dict[str, list[Counted]]:
    """Code, family or talk type → its count in every session with enough labelled places."""
    found: dict[str, list[Counted]] = defaultdict(list)
    for one in answers:
        if one.head in LABELS and len(one.logits) >= LEAST and (one.weight == 1.0).all():
            said, there = chosen(one, calibration), right(one)
            for name in {part for output in one.outputs for part in (output, output.split(".", maxsplit=1)[0])}:
                found[name].append(Counted(_carrying(said, name), _carrying(there, name), len(said)))
    return dict(found)


def _carrying(places: Sequence[frozenset[str]], name: str) -> int:
    return sum(any(code == name or code.startswith(name + ".") for code in place) for place in places)


def fit(answers: Iterable[Answer], calibration: Calibration) -> Mapping[str, float]:
    """Code, family or talk type → its stray, so that nine sessions in ten lie inside what it alone would span."""
    return {name: of(sessions) for name, sessions in sorted(counts(answers, calibration).items())}


def of(sessions: Sequence[Counted]) -> float:
    """The stray of one code from its counts; a count of nought may be wrong by as much as a count of one."""
    need = [(said - there) ** 2 / (Z**2 * (said + 1)) for said, there, _ in sessions]
    return round(1 + nine_in_ten(need), 2)


def nine_in_ten(needs: Sequence[float] | NDArray[np.float64]) -> float:
    """What holds nine in ten new sessions: a little more than nine in ten of these needed (conformal prediction)."""
    level = min(1.0, 0.9 * (len(needs) + 1) / len(needs))
    return float(np.quantile(needs, level, method="higher"))
