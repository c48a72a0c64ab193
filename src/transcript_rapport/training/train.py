"""Fine-tunes the coder on the corpora: `rapport train`."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from transcript_rapport.coder import weights
from transcript_rapport.coder.batches import Tokens, collate
from transcript_rapport.coder.engine import Engine
from transcript_rapport.coder.network import SessionCoder, Still
from transcript_rapport.coder.phrases import Phrases
from transcript_rapport.coder.shape import Arrays
from transcript_rapport.training import answers, boundaries, corpora, encoders, pace, phrases
from transcript_rapport.training.calibrate import calibrate
from transcript_rapport.training.examples import Example
from transcript_rapport.training.losses import loss, rarity
from transcript_rapport.training.recipe import Recipe, divide, groups, log, missed, parts, recipe, windows

CHECKPOINT = "checkpoint.pt"


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
    average = pace.average(coder, chosen.averaged)
    plan = [windows(train, chosen, chance) for _ in range(chosen.epochs)]
    schedule = pace.schedule(optim, sum(map(len, plan)))
    rare = rarity(train, coder.shape.heads)
    held: dict[str, Any] = {"coder": coder, "optim": optim, "schedule": schedule, "average": average}
    first = _resumed(out / CHECKPOINT, held) if resume else 0

    def keep(epoch: int) -> None:
        torch.save({"epoch": epoch, **{name: part.state_dict() for name, part in held.items()}}, out / CHECKPOINT)

    for epoch in range(first, len(plan)):
        began, seen = time.perf_counter(), 0.0
        coder.train()
        for batch in plan[epoch]:
            seen += step(coder, batch, tokens, rare, optim, chosen.bfloat16)
            schedule.step()
            average.update_parameters(coder)
        keep(epoch + 1)
        mean, seconds = round(seen / len(plan[epoch]), 4), round(time.perf_counter() - began)
        log(out, {"epoch": epoch + 1, "loss": mean, "seconds": seconds})
    coder.load_state_dict(average.module.state_dict())
    keep(len(plan))
    return groups(plan)


def step(
    coder: SessionCoder,
    batch: Sequence[Example],
    tokens: Tokens,
    rare: Mapping[str, Tensor],
    optim: torch.optim.Optimizer,
    bfloat16: bool = False,
) -> float:
    """One step of learning; the loss."""
    with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
        logits = coder(collate([window.units for window in batch], tokens))
    value = loss({head: told.float() for head, told in logits.items()}, batch, coder.shape, rare)
    return pace.learn(value, coder.parameters(), optim)


def _resumed(path: Path, held: Mapping[str, Any]) -> int:
    """Gives each part the state it had after the last epoch that was kept; how many epochs there were."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    for name, part in held.items():
        part.load_state_dict(state[name])
    return int(state["epoch"])


class Part(NamedTuple):
    """What one part of a training leaves: a network, its word pieces, and the packed weights of phrases."""

    coder: SessionCoder
    tokens: Tokens
    phrases: Arrays

    @property
    def engine(self) -> Engine:
        """What asks the network."""
        return Engine(Still(self.coder), self.tokens)


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
    log(out, {"recipe": asdict(chosen), "sessions": [len(split.train), len(split.held_out)]})
    coder = encoders.start(source, chosen.hearing)
    if chosen.start_from:
        encoders.go_on(coder, Path(chosen.start_from))
    left = missed(split, chosen, fit(coder, split.train, tokens, chosen, out, resume))
    return Part(weights.settle(coder), tokens, phrases.learned(split.train, left, coder.shape.heads, out)), left


def finished(chosen: Recipe, place: Path) -> Part:
    """The network of a training that has ended, from its last checkpoint, and its phrases."""
    source = encoders.find(chosen.encoder)
    coder = encoders.start(source, chosen.hearing)
    coder.load_state_dict(torch.load(place / CHECKPOINT, weights_only=True)["coder"], strict=False)
    boundaries.known(coder, place)
    return Part(weights.settle(coder), Tokens(encoders.tokenizer(source, place)), phrases.load(place))


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
    for fold, without in enumerate(held):
        if only in (None, str(fold)):
            place = target / f"fold-{fold}"
            part, missing = trained(examples, chosen, without, place, resume)
            boundaries.learned(part.coder, part.tokens, speech, without, place, chosen.seed)
            ask(part, missing, place)
    if only in (None, "whole"):
        part, _ = trained(examples, chosen, set(), target / "whole", resume)
        boundaries.learned(part.coder, part.tokens, speech, set(), target / "whole", chosen.seed)
        given = answers.merged([target / f"fold-{fold}" / answers.FILE for fold in range(len(held))])
        given |= never_seen(part, Path(corpora_folder))
        finish(part, examples, asdict(chosen), given, target)


def never_seen(part: Part, folder: Path) -> dict[str, dict[str, NDArray[np.float32]]]:
    """What the network that is kept answers about sessions nobody trains on, where they are at hand."""
    names = [name for name in corpora.NEVER if corpora.place(folder, name).is_dir()]
    said = Phrases(part.phrases)
    return {e.name: answers.of(part.engine, said, e) for e in corpora.read(folder, names)}


def finish(part: Part, examples: Sequence[Example], made: Mapping[str, Any], given: answers.Given, out: Path) -> None:
    """Calibrates the network on what its folds answered, and saves the model folder with these answers.

    ``made`` says how it was made: the recipe, with the encoder whose tokens it reads.
    """
    calibration = calibrate(answers.collected(examples, given, part.coder.shape.heads))
    calibration = replace(calibration, ready=boundaries.best(examples, answers.of_gaps(given)))
    tokenizer = encoders.tokenizer(encoders.find(made["encoder"]), out)
    weights.save(out, part.coder, tokenizer, calibration, dict(made), part.phrases)
    answers.save(out / answers.FILE, given)
