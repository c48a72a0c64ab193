from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.coder import tiny
from tests.invented import session
from transcript_rapport.coder import load, second_look, weights
from transcript_rapport.coder.second_look import Place, again, place, seen

OUTPUTS = ("validation.support", "other")
FIRST = np.array([[2.0, -2.0], [0.0, 0.0], [-1.0, 1.0], [3.0, -3.0]])
PLACES = [Place(0, (0, 0, 0)), Place(0, (0, 0, 1)), Place(2, (0, 0, 0)), Place(9, (1, 0, 0))]


def likely(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


def test_a_place_knows_its_turns_of_phrase() -> None:
    assert place(3, "That must have been hard.") == Place(3, (0, 0, 1))
    assert place(3, "It makes sense, and it takes courage.") == Place(3, (1, 1, 0))
    assert place(3, "When did you move?") == Place(3, (0, 0, 0))


def test_what_is_seen_of_a_statement_is_itself_the_rest_of_its_utterance_and_what_is_near() -> None:
    table = seen(FIRST, PLACES)
    assert table.shape == (4, 3 * len(OUTPUTS) + 3)
    own, rest, around, cues = table[1, :2], table[1, 2:4], table[1, 4:6], table[1, 6:]
    assert own == pytest.approx([0.5, 0.5])
    assert rest == pytest.approx([likely(2), likely(-2)])
    assert around == pytest.approx(
        [np.mean([likely(x) for x in (2, -1, 3)]), np.mean([likely(-x) for x in (2, -1, 3)])]
    )
    assert cues.tolist() == [0, 0, 1]


def test_nothing_stands_beside_a_statement_that_is_alone() -> None:
    table = seen(FIRST[:1], PLACES[:1])
    assert table[0, 2:].tolist() == [0] * 7
    assert table[0, :2] == pytest.approx([likely(2), likely(-2)])


def test_only_codes_with_weights_are_looked_at_again() -> None:
    weights = {"validation.support": [0.0] * 8 + [1.5]}
    changed = again(FIRST, PLACES, OUTPUTS, weights) - FIRST
    assert changed.tolist() == [[0, 0], [1.5, 0], [0, 0], [0, 0]]
    assert again(FIRST, PLACES, OUTPUTS, {}) is FIRST
    assert len(again(np.zeros((0, 2)), [], OUTPUTS, weights)) == 0


def test_a_model_looks_again_at_the_practitioner_alone(tmp_path: Path) -> None:
    said = session([("T", "That must be hard.", ()), ("C", "It must be hard.", ()), ("T", "So, today.", ())])
    plain = tiny.calibration()
    more = [0.0] * (3 * len(tiny.network().shape.heads[second_look.HEAD]) + 2) + [5.0]
    found, made_with = [], []
    for calibration in (plain, replace(plain, second_look={"validation.support": more})):
        folder = tmp_path / str(len(found))
        folder.mkdir()
        weights.save(folder, tiny.network(), tiny.tokenizer(folder), calibration, {})
        coder = load(str(folder))
        found.append(coder.code(said).statements)
        made_with.append(coder.identity)
    (hard, client, today), (hard_again, client_again, today_again) = found
    assert hard_again.probabilities["validation.support"] > hard.probabilities["validation.support"] + 0.1
    assert hard_again.probabilities["other"] == hard.probabilities["other"]
    assert (client_again, today_again) == (client, today)
    assert made_with[0]["sha256"] == made_with[1]["sha256"]
    assert made_with[0]["calibration_sha256"] != made_with[1]["calibration_sha256"]
