"""A new cutter for a finished training: each fold answers for what it did not see, and all else stays."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from tests.coder import tiny
from transcript_rapport.coder import weights
from transcript_rapport.coder.batches import Tokens
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.training import answers, boundaries, corpora, cutter, train
from transcript_rapport.training.examples import Example
from transcript_rapport.training.recipe import Recipe

SAID = ("So it was hard.", "How do you feel today?")
EXAMPLES = [
    Example(f"s{n}", "annomi", f"g{n}", tuple(Unit(text, "practitioner", 0) for text in SAID), {}, {}) for n in range(2)
]
CODES, GAPS = np.ones((2, 3), np.float32), np.zeros((6, 1), np.float32)
PARTS = ("fold-0", "fold-1", "whole")


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a finished training of two folds, with an old cutter in each part."""
    made, words = tmp_path / "earlier", tiny.tokenizer(tmp_path)
    recipe = asdict(Recipe(corpora=("annomi",), folds=2))
    weights.save(made, tiny.network(), words, tiny.calibration(), recipe)
    answers.save(made / answers.FILE, {e.name: {"codes": CODES, answers.GAPS: GAPS} for e in EXAMPLES})
    for part in PARTS:
        (made / part).mkdir()
        (made / part / train.CHECKPOINT).touch()
        (made / part / boundaries.FILE).touch()

    def finished(_: Recipe, place: Path) -> train.Part:
        coder = tiny.network()
        boundaries.known(coder, place)
        return train.Part(coder, Tokens(words), {})

    monkeypatch.setattr(train, "finished", finished)
    monkeypatch.setattr(corpora, "read", lambda *_: EXAMPLES)
    return made


def test_folds_answer_anew_where_thoughts_begin_and_nothing_else_changes(earlier: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cutter.run(tmp_path, earlier, out)
    given = answers.load(out / answers.FILE)
    assert all((told["codes"] == CODES).all() and told[answers.GAPS].any() for told in given.values())
    before, after = weights.load(earlier), weights.load(out)
    assert after.calibration.ready in boundaries.READINESS
    changed = {name for name, array in before.packed.items() if not np.array_equal(array, after.packed[name])}
    assert changed and all(name.startswith("cutter.") for name in changed)
    assert not (earlier / "whole" / boundaries.FILE).read_bytes()


def test_one_part_can_be_fitted_alone_and_is_not_fitted_twice(earlier: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = out / "fold-1" / boundaries.FILE
    cutter.run(tmp_path, earlier, out, "fold-1")
    before = made.stat().st_mtime_ns
    cutter.run(tmp_path, earlier, out, "fold-1")
    assert [path.name for path in out.iterdir()] == ["fold-1"]
    assert made.stat().st_mtime_ns == before
