"""A model soup: the mean of every weight of trainings that started alike."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

from transcript_rapport.errors import ModelError
from transcript_rapport.training import answers, blend
from transcript_rapport.training.examples import Example


def test_every_weight_is_the_mean():
    first = {"a": torch.tensor([1.0, 2.0]), "b": torch.tensor([[4.0]])}
    second = {"a": torch.tensor([3.0, 0.0]), "b": torch.tensor([[2.0]])}
    mean = blend.average([first, second])
    assert mean["a"].tolist() == [2.0, 1.0]
    assert mean["b"].tolist() == [[3.0]]
    odd = {"a": torch.rand(1000)}
    assert torch.equal(blend.average([odd] * 3)["a"], odd["a"])


def logged(folder, **recipe):
    (folder / "whole").mkdir(parents=True)
    line = {"recipe": {"name": "rapport-small", "epochs": 2, **recipe}}
    (folder / "whole" / "log.jsonl").write_text(json.dumps(line) + "\n")
    return folder


def test_only_trainings_that_started_alike_are_blended(tmp_path):
    one = logged(tmp_path / "one", start_from="old")
    two = logged(tmp_path / "two", start_from="old", encoder_rate=1e-4)
    other = logged(tmp_path / "other", start_from="older")
    assert [recipe.encoder_rate for recipe in blend.recipes([one, two])] == [3e-4, 1e-4]
    with pytest.raises(ModelError, match="did not start alike"):
        blend.recipes([one, other])
    with pytest.raises(ModelError, match="no such log"):
        blend.recipes([one, tmp_path / "none"])


def test_a_blend_answers_for_what_all_its_parts_have_answered(tmp_path):
    row = np.zeros((1, 2), np.float32)
    for name, sessions in (("one", "abc"), ("two", "bcd")):
        (tmp_path / name).mkdir()
        answers.save(tmp_path / name / answers.FILE, {session: {"talk_type": row} for session in sessions})
    examples = [Example(name, "annomi", name, (), {}, {}) for name in "abcd"]
    missed = blend.missed_by_all(examples, [tmp_path / "one", tmp_path / "two"])
    assert [example.name for example in missed] == ["b", "c"]
