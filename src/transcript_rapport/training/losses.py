"""What each head is asked to get right, and how much it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from transcript_rapport.coder.shape import Shape
from transcript_rapport.training.examples import Example, Targets

ONE_OF = ("behaviour", "talk_type", "strategy", "emotional_reactions", "interpretations", "explorations")
"""Heads with one right answer; the others may have several."""
WEIGHTS = {
    **{"codes": 1.5, "behaviour": 1.0, "talk_type": 0.7, "acts": 0.7, "client": 1.0, "strategy": 0.25},
    **{"emotional_reactions": 0.2, "interpretations": 0.2, "explorations": 0.2, "support": 0.3, "advised": 0.2},
}
HARDEST = 12.0


def rarity(examples: Sequence[Example], heads: Mapping[str, tuple[str, ...]]) -> dict[str, Tensor]:
    """Head → weight of each output: the square root of how much rarer than its opposite it is, at most HARDEST."""
    weights: dict[str, Tensor] = {}
    for head, outputs in heads.items():
        found = _targets(examples, head)
        counts = torch.tensor([sum(t.values.get(name, 0.0) for t in found) for name in outputs])
        rarer = ((len(found) - counts) / counts.clamp(min=1)).clamp(min=1).sqrt()
        weights[head] = rarer.clamp(max=HARDEST) if head not in ONE_OF else (rarer / rarer.mean()).clamp(0.6, 1.6)
    return weights


def _targets(examples: Sequence[Example], head: str) -> list[Targets]:
    places = "client_utterance" if head == "client" else head
    every = [t for e in examples for t in (*e.statement_targets.values(), *e.utterance_targets.values())]
    return [labels[places] for labels in every if places in labels]


def loss(logits: Mapping[str, Tensor], windows: Sequence[Example], shape: Shape, rare: Mapping[str, Tensor]) -> Tensor:
    """The weighted sum of every head's loss over a batch of windows."""
    total = torch.zeros(())
    for head, outputs in shape.heads.items():
        if head == "client":
            part = _client_loss(logits[head], windows, outputs, rare[head])
        else:
            part = _head_loss(head, logits[head], windows, shape, rare[head])
        total = total + WEIGHTS[head] * part
    return total


def _head_loss(head: str, logits: Tensor, windows: Sequence[Example], shape: Shape, rare: Tensor) -> Tensor:
    outputs, pooled = shape.heads[head], head in shape.pooled
    rows, wanted, weights = [], [], []
    for n, window in enumerate(windows):
        seen: set[int] = set()
        for m, unit in enumerate(window.units):
            labels = window.utterance_targets.get(unit.utterance, {}) if pooled else window.statement_targets.get(m, {})
            if head in labels and not (pooled and unit.utterance in seen):
                seen.add(unit.utterance)
                rows.append((n, m))
                wanted.append([labels[head].values.get(name, 0.0) for name in outputs])
                weights.append(labels[head].weight)
    if not rows:
        return logits.sum() * 0
    chosen = logits[tuple(torch.tensor(rows).T)]
    return _compare(head, chosen, torch.tensor(wanted), torch.tensor(weights), rare)


def _compare(head: str, chosen: Tensor, wanted: Tensor, weights: Tensor, rare: Tensor) -> Tensor:
    if head in ONE_OF:
        each = F.cross_entropy(chosen, wanted, weight=rare, label_smoothing=0.05, reduction="none")
    else:
        each = F.binary_cross_entropy_with_logits(chosen, wanted, pos_weight=rare, reduction="none").mean(-1) * 4
    return (each * weights).sum() / weights.sum()


def _client_loss(logits: Tensor, windows: Sequence[Example], outputs: tuple[str, ...], rare: Tensor) -> Tensor:
    """The client's codes are labelled an utterance, wanted a statement: its likeliest statement stands for it."""
    chosen, wanted = [], []
    for n, window in enumerate(windows):
        members: dict[int, list[int]] = {}
        for m, unit in enumerate(window.units):
            members.setdefault(unit.utterance, []).append(m)
        for utterance, places in members.items():
            labels = window.utterance_targets.get(utterance, {}).get("client_utterance")
            if labels:
                chosen.append(logits[n, places].max(0).values)
                wanted.append([labels.values.get(name, 0.0) for name in outputs])
    if not chosen:
        return logits.sum() * 0
    target = torch.tensor(wanted)
    each = F.binary_cross_entropy_with_logits(torch.stack(chosen), target, pos_weight=rare, reduction="none")
    return each.mean() * 4
