"""The linear model of phrases: what it sees of a session, and that it answers as its weights say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coder import tiny
from tests.invented import session
from transcript_rapport.coder import load, phrases, weights
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.phrases import Phrases, marks
from transcript_rapport.coder.shape import BUCKETS

UNITS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(("how", "do", "you", "feel", "?", "it's", "work")), max_size=9).map(" ".join),
        st.sampled_from(("practitioner", "client", "other")),
        st.integers(0, 1),
    ),
    max_size=12,
)
CHANCE = np.random.default_rng(0)


def table(outputs: int, head: str) -> dict[str, np.ndarray]:
    made = CHANCE.normal(0, 1, (outputs, BUCKETS)).astype(np.float32)
    return weights.pack({f"phrases.{head}.weight": made, f"phrases.{head}.bias": np.arange(outputs, dtype=np.float32)})


PACKED = {**table(3, "codes"), **table(2, "behaviour")}


def units(said: list[tuple[str, str, int]]) -> list[Unit]:
    numbers = np.cumsum([step for _, _, step in said]).tolist()
    return [Unit(text, role, number) for (text, role, _), number in zip(said, numbers, strict=True)]


def test_case_and_marks_do_not_count_but_the_question_mark_does():
    assert sorted(marks("You felt alone.", (), ()).places) == sorted(marks("you felt alone", (), ()).places)
    assert sorted(marks("You felt alone?", (), ()).places) != sorted(marks("you felt alone", (), ()).places)


def test_what_was_heard_counts_apart_from_what_is_said():
    own, heard = marks("alone", (), ()), marks("", ("alone",), ())
    assert not set(own.places) & set(heard.places)
    assert heard.values == [phrases.AROUND]


@settings(deadline=None, max_examples=30)
@given(UNITS)
def test_the_answers_are_the_sums_of_the_weights(said: list[tuple[str, str, int]]):
    seen = units(said)
    found = Phrases(PACKED).logits(seen)
    dense = weights.unpack(PACKED)
    for head, rows in (("codes", phrases.of_statements(seen)), ("behaviour", phrases.of_utterances(seen))):
        weight, bias = dense[f"phrases.{head}.weight"], dense[f"phrases.{head}.bias"]
        wanted = [weight[:, one.places] @ np.array(one.values) + bias for one in rows]
        places = range(len(seen))
        if head != "codes":
            order = list(dict.fromkeys(unit.utterance for unit in seen))
            places = [order.index(unit.utterance) for unit in seen]
        assert found[head].shape == (len(seen), len(bias))
        np.testing.assert_allclose(found[head], np.array([wanted[n] for n in places]).reshape(-1, len(bias)), atol=1e-4)


def test_a_model_with_phrases_counts_them_as_its_calibration_says(tmp_path: Path):
    network, said = tiny.network(), session([("T", "So how do you feel?", ()), ("C", "It was hard.", ())])
    heads = network.shape.heads
    plain = {f"phrases.{head}.weight": np.zeros((len(of), BUCKETS), np.float32) for head, of in heads.items()}
    plain |= {f"phrases.{head}.bias": np.zeros(len(of), np.float32) for head, of in heads.items()}
    plain["phrases.codes.bias"][heads["codes"].index("structure")] = 50.0
    probabilities = []
    for much in (0.0, 1.0):
        calibration = tiny.calibration().from_json(
            {**tiny.calibration().as_json(), "phrases": {"codes": [much] * len(heads["codes"])}}
        )
        place = tmp_path / str(much)
        place.mkdir()
        weights.save(place, network, tiny.tokenizer(place), calibration, {}, weights.pack(plain))
        coded = load(str(place)).code(said)
        probabilities.append(coded.statements[0].probabilities["structure"])
        assert coded.statements[1].probabilities
    assert probabilities[0] < 0.99 < probabilities[1]
