"""Every session is scored by the fold that missed it, and the folds stand beside one another."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from transcript_rapport.coder.inputs import Unit
from transcript_rapport.errors import CorpusError
from transcript_rapport.training import answers, corpora, crossed
from transcript_rapport.training.building import one
from transcript_rapport.training.encoders import HEADS
from transcript_rapport.training.examples import Example
from transcript_rapport.training.recipe import Recipe

LABELS = HEADS["behaviour"]
LONG = 3 * len(LABELS)


def session(n: int) -> Example:
    """A session in which every behaviour occurs three times."""
    units = tuple(Unit("So it was hard.", "practitioner", at) for at in range(LONG))
    told = {at: {"behaviour": one(LABELS[at % len(LABELS)])} for at in range(LONG)}
    return Example(f"s{n}", "annomi", f"g{n}", units, {}, told)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run of two folds: the first knows every answer, the second takes each label for the next."""
    every = [session(n) for n in range(4)]
    monkeypatch.setattr(corpora, "read", lambda *_: every)
    right = np.tile(4 * np.eye(len(LABELS), dtype=np.float32), (3, 1))
    for fold, logits in enumerate((right, np.roll(right, 1, axis=1))):
        place = tmp_path / f"fold-{fold}"
        place.mkdir()
        (place / "log.jsonl").write_text(json.dumps({"recipe": asdict(Recipe(corpora=("annomi",)))}))
        answers.save(place / answers.FILE, {f"s{n}": {"behaviour": logits} for n in range(4) if n % 2 == fold})
    return tmp_path


def test_each_fold_has_a_column_of_its_own(folder: Path) -> None:
    (row,) = (line for line in crossed.run(folder, folder).splitlines() if "behaviour: macro-F1" in line)
    *_, first, second, base = row.strip("| ").split(" | ")
    assert (first, second, base) == ("1.000", "0.000", str(4 * LONG))


def test_a_single_fold_says_what_is_missing(folder: Path) -> None:
    (folder / "fold-1" / answers.FILE).unlink()
    with pytest.raises(CorpusError, match="1 fold"):
        crossed.run(folder, folder)
