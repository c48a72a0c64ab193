from pathlib import Path

import numpy as np
import pytest

from transcript_rapport.coder.inputs import Unit
from transcript_rapport.errors import CorpusError
from transcript_rapport.training import answers
from transcript_rapport.training.calibrate import calibrate
from transcript_rapport.training.examples import Example, Targets
from transcript_rapport.training.figures import asserted, confusion, of_sessions, scores, trust

OUTPUTS = ("reflection", "question", "input", "other")
CHANCE = np.random.default_rng(0)


def session(name: str, count: int = 40) -> tuple[Example, np.ndarray]:
    """A session whose behaviours a network gets right three times in four."""
    units = tuple(Unit(f"statement {n}", "practitioner", n) for n in range(count))
    right = CHANCE.integers(0, 4, count)
    labels = {n: {"behaviour": Targets({OUTPUTS[k]: 1.0})} for n, k in enumerate(right)}
    logits = CHANCE.normal(0, 1, (count, 4)) + 2.0 * np.eye(4)[right]
    return Example(name, "annomi", name, units, {}, labels), logits.astype(np.float32)


@pytest.fixture(scope="module")
def given() -> list[answers.Answer]:
    return [answers.answer(e, "behaviour", logits, OUTPUTS) for e, logits in (session(f"s{n}") for n in range(100))]


def test_answers_are_kept_to_half_precision(tmp_path: Path) -> None:
    made = {f"s{n}": {"behaviour": session(f"s{n}")[1]} for n in range(3)}
    answers.save(tmp_path / "a.safetensors", made)
    back = answers.load(tmp_path / "a.safetensors")
    assert back.keys() == made.keys()
    for name, heads in made.items():
        np.testing.assert_allclose(back[name]["behaviour"], heads["behaviour"], atol=0.01)


def test_a_changed_corpus_is_noticed() -> None:
    example, logits = session("s")
    with pytest.raises(CorpusError, match="39"):
        answers.answer(example, "behaviour", logits[:-1], OUTPUTS)


def test_a_missing_fold_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="fold-2"):
        answers.merged([tmp_path / "fold-2" / answers.FILE])


def test_probabilities_and_shares_can_be_trusted(given: list[answers.Answer]) -> None:
    parts = [(calibrate(given[:50]), given[50:]), (calibrate(given[50:]), given[:50])]
    rows = {row.row: row for row in [*scores(parts), *trust(parts), *of_sessions(parts)]}
    assert 0.7 < rows["behaviour: macro-F1"].value < 0.95
    assert rows["calibration error: behaviour"].value < 0.05
    assert rows["behaviour: right where sure"].value > rows["behaviour: macro-F1"].value
    for name in OUTPUTS:
        assert rows[f"behaviour share of a session, {name}: mean absolute error"].value < 0.06
        assert 0.8 < rows[f"behaviour share of a session, {name}: 90 % interval holds"].value <= 1


def test_the_confusion_counts_every_label(given: list[answers.Answer]) -> None:
    table = confusion([(calibrate(given), given)], "behaviour", "annomi")
    cells = [int(cell) for line in table.splitlines()[2:] for cell in line.split("|")[2:-1]]
    assert sum(cells) == sum(len(a.logits) for a in given)


def test_what_is_asserted_stands_beside_what_is_there(given: list[answers.Answer]) -> None:
    pairs = list(asserted(given[0], calibrate(given)))
    assert len(pairs) == 40
    assert all(head == "behaviour" and len(said) == 1 and len(there) == 1 for head, (said, there) in pairs)
