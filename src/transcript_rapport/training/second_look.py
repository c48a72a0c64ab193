"""Learns what a second look adds to a code: from answers about sessions that the network had not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from transcript_rapport.coder import second_look
from transcript_rapport.coder.second_look import HEAD
from transcript_rapport.training import logistic
from transcript_rapport.training.answers import Answer, Floats

ENOUGH = 30
"""Statements with a code from which a second look at it can be learned."""
HELD_BACK = 200.0
"""The ridge penalty on what a second look adds, each thing seen at the same scale."""
KEPT = 4
"""Decimals of a weight."""


def again(answers: Sequence[Answer], weights: Mapping[str, Sequence[float]]) -> list[Answer]:
    """The answers with what a second look adds in their logits; those of other heads as they are."""
    return [
        replace(a, logits=second_look.again(a.logits, a.places, a.outputs, weights)) if a.head == HEAD else a
        for a in answers
    ]


def fit(answers: Sequence[Answer]) -> dict[str, tuple[float, ...]]:
    """Code → what each thing seen adds to its logit, by logistic regression held near the first answer."""
    own = [a for a in answers if a.head == HEAD and len(a.logits)]
    if not own:
        return {}
    logits, labels = (np.concatenate([getattr(a, name) for a in own]) for name in ("logits", "labels"))
    seen = np.concatenate([second_look.seen(a.logits, a.places) for a in own])
    spread = seen.std(0) + 1e-9
    scaled = (seen - seen.mean(0)) / spread
    return {
        name: tuple(np.round(_added(logits[:, n], scaled, labels[:, n]) / spread, KEPT).tolist())
        for n, name in enumerate(own[0].outputs)
        if labels[:, n].sum() >= ENOUGH
    }


def _added(logits: Floats, seen: Floats, there: Floats) -> Floats:
    """(things seen,): what each adds to slope · logit + offset, as a share of the slope."""
    design = np.column_stack([logits, np.ones(len(logits)), seen])
    start = np.concatenate([[1.0], np.zeros(design.shape[1] - 1)])
    held = np.concatenate([[0.0, 0.0], np.full(seen.shape[1], HELD_BACK)])
    weights = logistic.fitted(design, there, start, held)
    return np.asarray(weights[2:] / max(weights[0], 0.1))
