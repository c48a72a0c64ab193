"""What a supervisor would likely remark on: seen the same way everywhere, at the practitioner's utterances alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coder import tiny
from tests.invented import Line, session
from transcript_rapport.coder import load, weights
from transcript_rapport.coder.engine import Coder
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.remarks import FILE, Given, Remarks, seen, size
from transcript_rapport.errors import ModelError
from transcript_rapport.training import remarks as training

SHIPPED = Path(__file__).parents[2] / "models" / "rapport-small"
SAID = st.lists(st.sampled_from([*tiny.WORDS[4:], "."]), min_size=1, max_size=30).map(" ".join)
LINES = st.lists(st.tuples(st.sampled_from("TCO"), SAID, st.just(())), max_size=12)
TALK: list[Line] = [
    ("T", "So how do you feel today? What was hard.", ()),
    ("C", "It was hard. Work was hard at home, so hard.", ()),
    ("O", "Okay.", ()),
    ("T", "Mm hmm.", ()),
    ("C", "", ()),
    ("T", "", ()),
    ("C", "I do work.", ()),
    ("T", "So what?", ()),
]


def with_remarks(folder: Path) -> Path:
    """A small model whose remarks are learned from nothing."""
    shape, chance = weights.load(tiny.save(folder)).shape, np.random.default_rng(5)
    drawn = chance.normal(0, 0.05, (len(training.NAMES), size(shape))).astype(np.float32)
    offsets = chance.normal(0, 1, len(training.NAMES)).astype(np.float32)
    training.write(folder, {"weights": drawn, "offsets": offsets}, {"opening": 0.5}, "learned from nothing")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_remarks(tmp_path_factory.mktemp("remarks") / "tiny")


@pytest.fixture(scope="module")
def both(folder: Path) -> tuple[Coder, Coder]:
    return load(str(folder), "numpy"), load(str(folder), "torch")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the model that is shipped, whose remarks may be damaged."""
    for name in ("config.json", FILE):
        shutil.copyfile(SHIPPED / name, tmp_path / name)
    for name in ("weights.safetensors", "tokenizer.json", "moves.safetensors"):
        (tmp_path / name).symlink_to(SHIPPED / name)
    return tmp_path


def without_remarks(folder: Path) -> Path:
    """The same model as it was before there were remarks."""
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({k: v for k, v in config.items() if k != "remarks"}), encoding="utf-8")
    (folder / FILE).unlink()
    return folder


@settings(deadline=None, max_examples=25)
@given(LINES)
def test_what_is_seen_has_the_announced_size(both: tuple[Coder, Coder], lines: list[Line]) -> None:
    coder, said = both[0], session(lines)
    utterances, x = seen(*coder.seen(said))
    assert utterances == [u.index for u in said if said.role_of(u) == "practitioner"]
    assert x.dtype == np.float32
    assert np.isfinite(x).all()
    if utterances:
        assert x.shape == (len(utterances), size(coder.engine.shape))


@pytest.mark.parametrize("lines", [[], TALK[1:2], TALK[1:3]], ids=["nothing", "a client only", "no practitioner"])
def test_where_nobody_helps_nothing_is_seen(both: tuple[Coder, Coder], lines: Sequence[Line]) -> None:
    utterances, x = seen(*both[0].seen(session(lines)))
    assert (utterances, x.shape) == ([], (0, 0))
    assert not any(label.remarks for label in both[0].code(session(lines)).labels)


def test_one_utterance_alone_is_seen_with_nothing_around_it(both: tuple[Coder, Coder]) -> None:
    coder = both[0]
    units, states, logits = coder.seen(session(TALK[:1]))
    utterances, x = seen(units, states, logits)
    own = 2 * states.shape[1] + len(logits["codes"][0]) + len(logits["behaviour"][0]) + 3
    assert utterances == [0] and x.shape == (1, size(coder.engine.shape))
    assert x[0, :own].all()
    assert not x[0, own:].any()


def test_an_utterance_is_seen_with_what_it_answers_and_what_was_answered() -> None:
    roles = ("client", "practitioner", "client", "practitioner")
    units = [Unit(f"{'really ' * n}so?", role, n) for n, role in enumerate(roles)]  # type: ignore[arg-type]
    states = np.array([[n + 1.0, -n] for n in range(4)], np.float32)
    heads = {name: [[10.0 * n] for n in range(4)] for name in ("codes", "behaviour", "client", "talk_type")}
    utterances, x = seen(units, states, heads)
    assert utterances == [1, 3]
    likely = [1 / (1 + np.exp(-10.0 * n)) for n in range(4)]
    answers = [[likely[n], 10.0 * n, np.log1p(n + 1), np.log1p(1), 1.0] for n in range(4)]
    first = [*states[1], *answers[1], *states[1], *states[0], *answers[0], *answers[2], *[0.0] * 5, 1 / 4]
    last = [*states[3], *answers[3], *states[3], *states[2], *answers[2], *[0.0] * 5, *answers[1], 3 / 4]
    assert x[0] == pytest.approx(first, abs=1e-5)
    assert x[1] == pytest.approx(last, abs=1e-5)


def test_probabilities_stand_at_the_practitioners_utterances_alone(both: tuple[Coder, Coder]) -> None:
    coded = both[0].code(session(TALK))
    assert [n for n, label in enumerate(coded.labels) if label.remarks] == [0, 3, 7]
    for label in coded.labels:
        assert set(label.remarks) <= set(training.NAMES)
        assert all(0 <= p <= 1 for p in label.remarks.values())
    assert set(coded.labels[0].remarks) == set(training.NAMES)
    assert coded.shown == {"opening": 0.5}
    likely = {n: label.remarks["opening"] for n, label in enumerate(coded.labels) if label.remarks}
    assert coded.remarked("opening") == {n: p for n, p in likely.items() if p >= 0.5}
    assert coded.remarked("judgment") == {}


@settings(deadline=None, max_examples=10)
@given(LINES)
def test_remarks_are_those_of_torch(both: tuple[Coder, Coder], lines: list[Line]) -> None:
    ours, theirs = (coder.code(session(lines)).labels for coder in both)
    for a, b in zip(ours, theirs, strict=True):
        assert a.remarks.keys() == b.remarks.keys()
        assert [*a.remarks.values()] == pytest.approx([*b.remarks.values()], abs=1e-3)


def test_the_model_that_is_shipped_remarks_the_same_on_either_engine() -> None:
    coders = [load(str(SHIPPED), engine) for engine in ("numpy", "torch")]
    ours, theirs = (coder.code(session(TALK)).labels for coder in coders)
    assert coders[0].remarks and set(coders[0].remarks.names) == set(training.NAMES)
    assert ours[0].remarks and set(coders[0].remarks.shown) <= set(training.NAMES)
    for a, b in zip(ours, theirs, strict=True):
        assert dict(a.remarks) == pytest.approx(dict(b.remarks), abs=1e-3)


def test_what_is_coded_does_not_depend_on_remarks(folder: Path, tmp_path: Path) -> None:
    plain = load(str(tiny.save(tmp_path / "plain")))
    coded, without = load(str(folder)).code(session(TALK)), plain.code(session(TALK))
    assert coded.statements == without.statements
    assert tuple(replace(label, remarks={}) for label in coded.labels) == without.labels


def test_a_model_without_remarks_gives_none(tmp_path: Path) -> None:
    coder = load(str(tiny.save(tmp_path / "plain")))
    coded = coder.code(session(TALK))
    assert coder.remarks is None and "remarks_sha256" not in coder.identity
    assert coded.shown == {} and not any(label.remarks for label in coded.labels)


def test_the_model_that_is_shipped_works_without_its_remarks(shipped: Path) -> None:
    coder = load(str(without_remarks(shipped)))
    assert coder.remarks is None
    assert not any(label.remarks for label in coder.code(session(TALK)).labels)


def test_who_coded_names_the_remarks(folder: Path) -> None:
    assert load(str(folder)).identity["remarks_sha256"] == weights.checksum(folder / FILE)


def _sentence(folder: Path) -> str:
    with pytest.raises(ModelError) as told:
        load(str(folder))
    return str(told.value)


def test_damaged_remarks_are_one_sentence(shipped: Path) -> None:
    path = shipped / FILE
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    said = _sentence(shipped)
    assert said.startswith(f"{path}: the checksum differs") and "install" in said
    assert "\n" not in said


def test_missing_remarks_are_one_sentence(shipped: Path) -> None:
    (shipped / FILE).unlink()
    said = _sentence(shipped)
    assert said.startswith(str(shipped / FILE)) and "install" in said
    assert "\n" not in said


def test_remarks_of_another_network_are_refused(tmp_path: Path) -> None:
    folder = with_remarks(tmp_path / "tiny")
    foreign = np.zeros((len(training.NAMES), 7), np.float32)
    training.write(
        folder, {"weights": foreign, "offsets": np.zeros(len(training.NAMES), np.float32)}, {}, "learned elsewhere"
    )
    assert "do not fit the network" in _sentence(folder)


def test_what_is_known_already_is_given_as_it_is(folder: Path) -> None:
    plain = load(str(folder))
    known = Given({3: {"judgment": 0.8}}, {"judgment": 0.4})
    coded = Coder(plain.engine, plain.calibration, {}, plain.phrases, known).code(session(TALK))
    assert {n: dict(label.remarks) for n, label in enumerate(coded.labels) if label.remarks} == {3: {"judgment": 0.8}}
    assert coded.remarked("judgment") == {3: 0.8}


def test_what_weighs_nothing_is_as_likely_as_its_offset() -> None:
    units = [Unit("So how was work?", "practitioner", 4)]
    heads = {name: [[0.5]] for name in ("codes", "behaviour", "client", "talk_type")}
    width = seen(units, np.ones((1, 2), np.float32), heads)[1].shape[1]
    plain = Remarks(("well", "own"), np.zeros((2, width), np.float32), np.array([0.0, -50.0], np.float32), {})
    told = plain.of(units, np.ones((1, 2), np.float32), heads)
    assert told == {4: {"well": 0.5, "own": pytest.approx(0, abs=1e-6)}}
