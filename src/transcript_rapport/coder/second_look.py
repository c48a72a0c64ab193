"""A second look at what the practitioner says, once it is known what stands around it.

Codes come in company: the fragments of one thought share theirs, advice and judgment come in runs. A linear model
sees, of each statement, what was first answered for it, for the rest of its utterance and for the practitioner's
statements just before and after, and whether it holds a turn of phrase that validates; what it says is added to the
first answer's logits. It knows nothing of any network but its answers.
Source: Wolpert (1992), Neural Networks 5:241-259, stacked generalisation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.patterns import beside

Floats = NDArray[np.float64]

HEAD = "codes"
"""The head that is looked at twice."""
NEAR = 2
"""The practitioner's statements before, and as many after, that are around one."""
_SAYS = beside(__file__)


class Place(NamedTuple):
    """What is known of a statement beside its answer: its utterance, and the turns of phrase it holds, 0 or 1 each."""

    utterance: int
    cues: tuple[float, ...]


def place(utterance: int, text: str) -> Place:
    """A statement of the practitioner's."""
    said = plain(text)
    cues = _SAYS["makes_sense"], _SAYS["names_a_strength"], _SAYS["cares"]
    return Place(utterance, tuple(float(bool(cue.search(said))) for cue in cues))


def seen(logits: Floats, places: Sequence[Place]) -> Floats:
    """(statements, 3 · outputs + cues): the probabilities of each, the rest of its utterance, those around; its cues.

    ``logits``: (statements, outputs) of one session's practitioner, in order.
    """
    likely = 1 / (1 + np.exp(-logits))
    utterances = np.array([place.utterance for place in places])
    rest, around = np.zeros_like(likely), np.zeros_like(likely)
    for n, utterance in enumerate(utterances):
        start, end = np.searchsorted(utterances, [utterance, utterance + 1])
        rest[n] = np.delete(likely[start:end], n - start, 0).max(0, initial=0)
        near = slice(max(n - NEAR, 0), n + NEAR + 1)
        around[n] = (likely[near].sum(0) - likely[n]) / max(len(likely[near]) - 1, 1)
    return np.hstack([likely, rest, around, np.array([place.cues for place in places])])


def again(
    logits: Floats, places: Sequence[Place], outputs: Sequence[str], weights: Mapping[str, Sequence[float]]
) -> Floats:
    """The logits with what a second look adds to each code that has ``weights``; as ``logits``."""
    if not weights or not places:
        return logits
    none = np.zeros(len(next(iter(weights.values()))))
    table = np.array([weights.get(name, none) for name in outputs])
    added: Floats = seen(logits, places) @ table.T
    return logits + added
