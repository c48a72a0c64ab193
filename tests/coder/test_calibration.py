import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coder.tiny import calibration
from transcript_rapport.codebook import practitioner_codes
from transcript_rapport.coder.calibration import Calibration, Choice, Platt
from transcript_rapport.training.calibrate import best_threshold, f1, fit_choice, fit_platt, joint_threshold

CODES = practitioner_codes()


@given(st.dictionaries(st.sampled_from(CODES), st.floats(0, 1)))
def test_asserted_codes_follow_the_codebook(given_codes: dict[str, float]) -> None:
    probabilities = {name: given_codes.get(name, 0.01) for name in CODES} | {"jargon": 0.99}
    codes = calibration().practitioner(probabilities)
    assert codes
    assert "jargon" not in codes
    if set(codes) & {"facilitation", "structure", "other"}:
        assert len(codes) == 1
    assert not {"reflection.simple", "reflection.complex"} <= set(codes)
    assert not {"question.open", "question.closed"} <= set(codes)


def test_a_family_asserted_jointly_adds_up_its_kinds() -> None:
    jointly = replace(calibration(), joint={"judgment": 0.4})
    apart = dict.fromkeys(CODES, 0.01) | {"information": 0.9, "judgment.warn": 0.25, "judgment.confront": 0.24}
    assert set(calibration().practitioner(apart)) == {"information"}
    assert set(jointly.practitioner(apart)) == {"information", "judgment.warn"}
    assert set(jointly.practitioner(apart | {"judgment.confront": 0.05})) == {"information"}


def test_a_familys_threshold_is_fitted_to_what_its_kinds_share() -> None:
    here, there = np.array([2.0, -2.0, -2.0, -2.0] * 40), np.array([-2.0, 2.0, -2.0, -2.0] * 40)
    kinds = {"judgment.warn": (here, (here > 0).astype(float)), "judgment.confront": (there, (there > 0).astype(float))}
    platt = {name: fit_platt(*column) for name, column in kinds.items()}
    jointly = Calibration({**platt, "information": Platt()}, {}, joint={"judgment": joint_threshold(platt, kinds)})
    said = [
        jointly.practitioner(
            {n: platt[n].probability(column[0][m]) for n, column in kinds.items()} | {"information": 0.5}
        )
        for m in range(4)
    ]
    assert [set(codes) & set(kinds) for codes in said] == [{"judgment.warn"}, {"judgment.confront"}, set(), set()]


def test_a_client_statement_may_have_no_code() -> None:
    assert calibration().client({"client.emotion": 0.2, "client.insight": 0.4}) == {}
    assert calibration().client({"client.emotion": 0.7, "client.insight": 0.4}) == {"client.emotion": 0.7}


def test_calibration_survives_being_written() -> None:
    made = Calibration({"a": Platt(1.2, -0.3, 0.4)}, {"behaviour": Choice(1.5, (0.1, 0.0))})
    assert Calibration.from_json(made.as_json()) == made


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=5))
def test_choice_gives_probabilities(logits: list[float]) -> None:
    choice = Choice(1.3, (0.0,) * len(logits))
    probabilities = choice.probabilities(logits)
    assert sum(probabilities) == pytest.approx(1)
    assert probabilities[choice.pick(logits)] == max(probabilities)


def test_platt_recovers_what_made_the_labels() -> None:
    chance = np.random.default_rng(0)
    logits = chance.normal(0, 3, 4000)
    there = (chance.random(4000) < 1 / (1 + np.exp(-(0.5 * logits - 1)))).astype(float)
    platt = fit_platt(logits, there)
    assert platt.slope == pytest.approx(0.5, abs=0.06)
    assert platt.offset == pytest.approx(-1, abs=0.15)


def test_a_threshold_is_where_f1_is_best() -> None:
    probabilities = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    there = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0])
    threshold = best_threshold(probabilities, there)
    assert 0.3 < threshold <= 0.4
    assert f1(probabilities >= threshold, there > 0) == 1


def test_offsets_never_leave_the_training_labels_worse_off() -> None:
    chance = np.random.default_rng(1)
    right = chance.integers(0, 3, 300)
    logits = np.eye(3)[right] + chance.normal(0, 1, (300, 3)) + np.array([0.8, 0, -0.8])
    choice = fit_choice(logits, right)
    plain = float((logits.argmax(1) == right).mean())
    picked = np.array([choice.pick(list(row)) for row in logits])
    assert float((picked == right).mean()) >= plain


def _logits(p: float) -> list[float]:
    return [math.log(p), math.log(1 - p)]


CHOICE = Choice(1.0, (0.0, 0.0), (0.0, 0.0), (0.5, 0.5), 10.0, (1.0, 1.0), (0.02, 0.02))


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=60))
def test_shares_of_a_session_sum_to_one_inside_their_intervals(likely: list[float]) -> None:
    shares = CHOICE.shares([_logits(p) for p in likely])
    assert sum(share.value for share in shares) == pytest.approx(1)
    assert all(0 <= share.low <= share.value <= share.high <= 1 for share in shares)


def test_what_is_frequent_in_a_session_is_expected_there() -> None:
    mostly = [_logits(0.8)] * 30
    (first, _) = CHOICE.shares(mostly)
    assert first.value > 0.8
    (held_back, _) = replace(CHOICE, strength=1000.0).shares(mostly)
    assert held_back.value == pytest.approx(0.8, abs=0.01)


def test_the_sharper_the_nearer_to_a_count_of_what_is_chosen() -> None:
    leaning = Choice(1.0, (0.0, 1.0), (0.0, 0.0), (0.5, 0.5), 1000.0, (1.0, 1.0), (0.02, 0.02))
    often = [_logits(0.9)] * 10 + [_logits(0.6)] * 10
    (_, expected) = leaning.shares(often)
    (_, counted) = replace(leaning, sharpness=50.0).shares(often)
    assert expected.value == pytest.approx(0.25, abs=0.01)
    assert counted.value == pytest.approx(sum(map(leaning.pick, often)) / 20, abs=0.01)


def test_without_a_prior_there_is_no_correction() -> None:
    assert Choice(1.0, (0.0, 0.0)).shares([[0.5, 0.5]]) == []


def test_a_calibration_survives_json() -> None:
    made = Calibration({"question.open": Platt(1.1, 0.2, 0.4)}, {"behaviour": CHOICE}, 0.6, {"question": 1.4})
    assert Calibration.from_json(json.loads(json.dumps(made.as_json()))) == made
