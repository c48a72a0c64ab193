"""A training learns, goes on where it was interrupted, and keeps the running average of its weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.coder import tiny
from transcript_rapport.coder.batches import Tokens
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.network import SessionCoder
from transcript_rapport.training.building import one
from transcript_rapport.training.examples import Example
from transcript_rapport.training.recipe import Recipe
from transcript_rapport.training.train import CHECKPOINT, fit

PLAIN = Recipe(epochs=3, encoder_rate=3e-3, other_rate=3e-3, statements_a_step=8, recognised=0.0, swapped=0.0)


def sessions() -> list[Example]:
    """Questions and answers, told apart by their words."""
    units = tuple(Unit(("what do you feel ?", "it was hard .")[n % 2], "practitioner", n) for n in range(8))
    labels = {n: {"behaviour": one(("question", "reflection")[n % 2])} for n in range(8)}
    return [Example(f"s{n}", "annomi", f"g{n}", units, {}, labels) for n in range(6)]


def learned(chosen: Recipe, out: Path, resume: bool = False) -> SessionCoder:
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(3)
    coder = tiny.network()
    fit(coder, sessions(), Tokens(tiny.tokenizer(out)), chosen, out, resume)
    return coder


def apart(a: SessionCoder, b: SessionCoder) -> float:
    return max(float((x - y).detach().abs().max()) for x, y in zip(a.parameters(), b.parameters(), strict=True))


@pytest.mark.parametrize("bfloat16", [False, True])
def test_it_learns_in_full_and_in_half_precision(bfloat16: bool, tmp_path: Path) -> None:
    learned(replace(PLAIN, epochs=8, bfloat16=bfloat16), tmp_path)
    losses = [float(line.split('"loss": ')[1].split(",")[0]) for line in (tmp_path / "log.jsonl").open()]
    assert len(losses) == 8
    assert losses[-1] < 0.5 * losses[0]


def test_what_is_kept_is_the_average_and_stands_in_the_checkpoint(tmp_path: Path) -> None:
    last = learned(PLAIN, tmp_path / "last")
    kept = learned(replace(PLAIN, averaged=0.9), tmp_path / "average")
    assert apart(last, kept) > 1e-4
    state = torch.load(tmp_path / "average" / CHECKPOINT, weights_only=True)
    assert all(torch.equal(state["coder"][name], tensor) for name, tensor in kept.state_dict().items())


def test_an_interrupted_training_goes_on_after_its_last_whole_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = torch.save

    def interrupted(state: dict[str, object], path: Path) -> None:
        if state["epoch"] == 2:
            raise KeyboardInterrupt
        saved(state, path)

    with monkeypatch.context() as patched:
        patched.setattr(torch, "save", interrupted)
        with pytest.raises(KeyboardInterrupt):
            learned(replace(PLAIN, averaged=0.9), tmp_path)
    learned(replace(PLAIN, averaged=0.9), tmp_path, resume=True)
    assert [line.split(",")[0] for line in (tmp_path / "log.jsonl").open()] == [f'{{"epoch": {n}' for n in (1, 2, 3)]
    assert torch.load(tmp_path / CHECKPOINT, weights_only=True)["average"]["n_averaged"] == 3 * len(sessions())
