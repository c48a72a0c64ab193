"""What a supervisor would likely remark on in each of the practitioner's utterances.

Codes say what words do; a remark says how they served here: a worry that the answer goes past, advice nobody asked
for, a moment worth holding up. A linear model sees what the network makes of an utterance, of what the other said
before it, and what was answered then and there. Learned from sessions that a language model read as a supervisor
would (``training/remarks.py``); no human supervisor has checked what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from transcript_rapport.coder.batches import Floats
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.shape import Shape

FILE = "remarks.safetensors"
EARLIER = 2
"""The practitioner's utterances before one of which the codes are seen."""
_OWN, _THEIRS = ("codes", "behaviour"), ("client", "talk_type")
"""The heads whose answers are seen, in the practitioner's words and in everybody else's."""
_COUNTS = 3


class Said(NamedTuple):
    """An utterance: its number, whether the practitioner's, and its statements from first to last (exclusive)."""

    utterance: int
    own: bool
    first: int
    last: int


class Remarks:
    """The weights of each remark, (names, what is seen), its offset, and from which probability it is shown."""

    def __init__(self, names: Sequence[str], weights: Floats, offsets: Floats, shown: Mapping[str, float]) -> None:
        self.names, self.weights, self.offsets, self.shown = tuple(names), weights, offsets, dict(shown)

    def of(
        self, units: Sequence[Unit], states: Floats, logits: Mapping[str, Sequence[Sequence[float]]]
    ) -> dict[int, dict[str, float]]:
        """Of each of the practitioner's utterances, the probability (0 to 1) of each remark."""
        utterances, x = seen(units, states, logits)
        if not utterances:
            return {}
        likely = 1 / (1 + np.exp(-(x @ self.weights.T + self.offsets)))
        return {n: dict(zip(self.names, row, strict=True)) for n, row in zip(utterances, likely.tolist(), strict=True)}


class Given(Remarks):
    """Remarks that are known already, by utterance: where they come from sessions not learned from."""

    def __init__(self, likely: Mapping[int, Mapping[str, float]], shown: Mapping[str, float]) -> None:
        super().__init__((), np.zeros((0, 0), np.float32), np.zeros(0, np.float32), shown)
        self.likely = likely

    def of(
        self,
        units: Sequence[Unit],  # noqa: ARG002
        states: Floats,  # noqa: ARG002
        logits: Mapping[str, Sequence[Sequence[float]]],  # noqa: ARG002
    ) -> dict[int, dict[str, float]]:
        """What is known."""
        return {utterance: dict(told) for utterance, told in self.likely.items()}


def size(shape: Shape) -> int:
    """How many numbers are seen of an utterance."""
    state = 2 * int(shape.encoder["hidden_size"])
    own, theirs = (sum(len(shape.heads[head]) for head in heads) + _COUNTS for heads in (_OWN, _THEIRS))
    return 3 * state + 2 * own + 2 * theirs + 1


def seen(
    units: Sequence[Unit], states: Floats, logits: Mapping[str, Sequence[Sequence[float]]]
) -> tuple[list[int], Floats]:
    """The practitioner's utterances, and what is seen of each; (utterances, ``size``), or (0, 0) where there is none.

    ``states``: (statements, 2·D) and ``logits``: head → (statements, outputs), as the network gave them.
    """
    said = list(_utterances(units))
    told = {head: np.array(logits[head], np.float32) for head in (*_OWN, *_THEIRS)}
    own = [n for n, one in enumerate(said) if one.own]
    rows = [_row(said, n, own, units, states, told) for n in own]
    return [said[n].utterance for n in own], np.array(rows, np.float32).reshape(len(rows), -1 if rows else 0)


def _utterances(units: Sequence[Unit]) -> Iterator[Said]:
    for utterance, members in groupby(range(len(units)), key=lambda n: units[n].utterance):
        numbers = list(members)
        yield Said(utterance, units[numbers[0]].role == "practitioner", numbers[0], numbers[-1] + 1)


def _row(
    said: Sequence[Said],
    n: int,
    own: Sequence[int],
    units: Sequence[Unit],
    states: Floats,
    told: Mapping[str, Floats],
) -> Floats:
    """What is seen of utterance ``n``: its states and answers, those before and after it, and where it stands."""
    k = own.index(n)
    before = said[own[k - 1] + 1 if k else 0 : n]
    after = said[n + 1 : own[k + 1] if k + 1 < len(own) else len(said)]
    earlier = [said[m] for m in own[max(k - EARLIER, 0) : k]]
    mine = _statements([said[n]])
    parts = [
        *(states[mine].mean(0), _answers(mine, _OWN, units, told), states[mine].max(0)),
        *(_mean(states, _statements(before)), _answers(_statements(before), _THEIRS, units, told)),
        *(_answers(_statements(after), _THEIRS, units, told), _answers(_statements(earlier), _OWN, units, told)),
        np.array([said[n].utterance / (said[-1].utterance + 1)], np.float32),
    ]
    return np.concatenate(parts)


def _statements(said: Sequence[Said]) -> list[int]:
    return [n for one in said for n in range(one.first, one.last)]


def _mean(states: Floats, numbers: Sequence[int]) -> Floats:
    found: Floats = states[numbers].mean(0) if numbers else np.zeros(states.shape[1], np.float32)
    return found


def _answers(
    numbers: Sequence[int], heads: tuple[str, str], units: Sequence[Unit], told: Mapping[str, Floats]
) -> Floats:
    """The likeliest of each code, the logits of the last label, and how much was said and asked; zeros for nothing."""
    codes, label = (told[head] for head in heads)
    if not numbers:
        return np.zeros(codes.shape[1] + label.shape[1] + _COUNTS, np.float32)
    texts = [units[n].text for n in numbers]
    counts = np.log1p(sum(len(text.split()) for text in texts)), np.log1p(len(texts)), sum(t.count("?") for t in texts)
    likely = 1 / (1 + np.exp(-codes[numbers]))
    return np.concatenate([likely.max(0), label[numbers[-1]], np.array(counts, np.float32)])
