"""Whole sessions into folds, so that no session, video series or actor stands on both sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256

from transcript_rapport.training.examples import Example

FOLDS = 10


def folds(examples: Sequence[Example], count: int = FOLDS) -> dict[str, int]:
    """Group → fold, the same on every machine.

    Groups are dealt out largest first to the fold that has least of their kind (corpus and
    quality), which keeps the folds alike in size and in good and poor sessions. Size is counted in words,
    so that folds do not depend on how statements are cut.
    """
    sizes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for example in examples:
        sizes[example.group][f"{example.corpus} {example.quality}"] += _words(example)
    held: list[dict[str, int]] = [defaultdict(int) for _ in range(count)]
    placed: dict[str, int] = {}
    order = sorted(sizes, key=lambda group: (-sum(sizes[group].values()), sha256(group.encode()).hexdigest()))
    for group in order:
        kinds = sizes[group]
        fold = min(range(count), key=lambda n: (sum(held[n][kind] for kind in kinds), sum(held[n].values()), n))
        for kind, size in kinds.items():
            held[fold][kind] += size
        placed[group] = fold
    return placed


def _words(example: Example) -> int:
    return sum(len(unit.text.split()) for unit in example.units)
