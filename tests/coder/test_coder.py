from pathlib import Path

import numpy as np
import pytest
import torch

from tests.coder import tiny
from tests.invented import session
from transcript_rapport.coder import batches, load, weights
from transcript_rapport.coder.batches import Tokens
from transcript_rapport.coder.engine import Engine
from transcript_rapport.coder.inputs import Unit, features
from transcript_rapport.coder.network import Still
from transcript_rapport.errors import ModelError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny.save(tmp_path / "tiny")


def talk(length: int) -> list[Unit]:
    said = ("so how do you feel today ?", "it was hard", "mm hmm", "what was hard ?", "work , i do work", "okay")
    return [Unit(said[n % 5 if n % 7 else 5], "practitioner" if n % 2 else "client", n // 2) for n in range(length)]


def test_windows_give_the_answer_of_the_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(Still(tiny.network()), Tokens(folder / "tokenizer.json"))
    units = talk(90)
    monkeypatch.setattr(batches, "KEPT", 1000)
    whole = engine.logits(units)
    monkeypatch.setattr(batches, "KEPT", 11)
    cut = engine.logits(units)
    for head, logits in whole.items():
        assert np.allclose(logits, cut[head], atol=1e-4)


def test_codes_for_practitioners_and_clients_only(folder: Path) -> None:
    lines = [("T", "So how do you feel?", ()), ("C", "It was hard. Work was hard.", ()), ("O", "Okay.", ())]
    coded = load(str(folder)).code(session(lines))
    assert [s.utterance for s in coded.statements] == [0, 1, 1, 2]
    practitioner, client, _, other = coded.statements
    assert practitioner.codes
    assert not any(code.startswith("client.") for code in practitioner.probabilities)
    assert all(code.startswith("client.") for code in client.probabilities)
    assert not other.probabilities
    assert coded.labels[0].behaviour
    assert coded.labels[0].talk_type is None
    assert coded.labels[1].talk_type
    assert coded.labels[2].behaviour is None


def test_statements_somebody_else_cut_are_kept(folder: Path) -> None:
    coded = load(str(folder)).code(session([("T", "So it was hard", ()), ("C", "it was", ())]), {0: [(0, 2), (3, 14)]})
    assert [(s.start, s.end) for s in coded.statements_of(0)] == [(0, 2), (3, 14)]


def test_the_same_session_gets_the_same_codes(folder: Path) -> None:
    said = session([("T", "So how do you feel?", ()), ("C", "It was hard.", ())])
    assert load(str(folder)).code(said) == load(str(folder)).code(said)


def test_a_damaged_file_is_noticed(folder: Path) -> None:
    path = folder / "weights.safetensors"
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(ModelError, match="checksum"):
        weights.load(folder)


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json.*install"):
        weights.load(tmp_path / "nowhere")


def test_another_kind_of_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"architectures": ["BertModel"]}')
    with pytest.raises(ModelError, match="another kind"):
        weights.load(tmp_path)


def test_packing_changes_weights_by_less_than_a_hundredth_of_the_largest() -> None:
    chance = np.random.default_rng(0)
    state = {"a": chance.normal(size=(100, 80)).astype(np.float32), "b": np.arange(7, dtype=np.float32)}
    back = weights.unpack(weights.pack(state))
    assert np.abs(back["a"] - state["a"]).max() < 0.01 * np.abs(state["a"]).max()
    assert np.array_equal(back["b"], state["b"])


def test_a_network_that_is_saved_comes_back_settled(folder: Path) -> None:
    settled, back = weights.settle(tiny.network()).state_dict(), weights.load(folder).network.state_dict()
    assert all(torch.equal(settled[name], back[name]) for name in back)


def test_the_shape_knows_every_weight(folder: Path) -> None:
    network = tiny.network()
    there = {name: tuple(weight.shape) for name, weight in network.state_dict().items()}
    assert weights.load(folder).shape == network.shape
    assert network.shape.weights() == there


def test_weights_of_another_shape_are_refused(folder: Path) -> None:
    path = folder / "config.json"
    path.write_text(path.read_text().replace('"reach": 3', '"reach": 4'))
    with pytest.raises(ModelError, match="do not fit the shape"):
        weights.load(folder)


@pytest.mark.parametrize("missing", ["weights.safetensors", "tokenizer.json"])
def test_a_missing_part_is_named(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(ModelError, match=f"{missing}: there is no such file"):
        weights.load(folder)


def test_words_just_heard_are_counted() -> None:
    rows = features([Unit("my mother worries", "client", 0), Unit("your mother worries", "practitioner", 1)])
    assert rows[0][1] == 0
    assert rows[1][1] == pytest.approx(2 / 3)
