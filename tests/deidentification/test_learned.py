"""How far the learned model carries on what a rule began, and how it is learned; all lines invented."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcript_rapport.deidentification import learned
from transcript_rapport.deidentification.learned import BUCKETS, CLASSES, Model, features, finished, identifiers
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.placeholders import KINDS
from transcript_rapport.training.identifiers import Line, bare, fit, lines, write

TEXT = "write to the flat at nine harbour walk, ballyquill, and ask for the warden of the place"
SPANS = st.lists(
    st.tuples(st.integers(0, 70), st.integers(1, 12), st.sampled_from(KINDS)).map(
        lambda made: Found(made[0], made[0] + made[1], made[2])
    ),
    max_size=5,
)


def apart(spans: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for span in sorted(spans, key=lambda one: one.start):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def letters(spans: list[Found]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


@given(SPANS, SPANS)
def test_nothing_a_rule_found_is_lost_and_nothing_is_found_without_one(rules: list[Found], more: list[Found]):
    rules = apart(rules)
    both = finished(TEXT, rules, apart(more))
    assert letters(both) >= letters(rules)
    assert all(letters([span]) & letters(rules) for span in both)
    assert both == apart(both)
    assert len(both) == len(rules)


def test_what_goes_on_is_taken_along_but_for_names():
    begun, rest = Found(21, 38, "address"), Found(26, 50, "place")
    assert finished(TEXT, [begun], [rest]) == [Found(21, 50, "address")]
    name = Found(21, 38, "name")
    assert finished(TEXT, [name], [rest]) == [name]


def test_a_rare_word_is_not_seen_itself():
    seen = [
        [one for row in next(features([f"I went to see {name} about it."], True))[1] for one in row]
        for name in ("Quillfeather", "Bramblefether")
    ]
    assert seen[0] == seen[1]


def test_placeholders_are_left_alone():
    ((pieces, _),) = features(["[Name 1] said so to [Place 12]."], True)
    assert [piece.text for piece in pieces] == ["said", "so", "to", "."]


def test_lines_without_words_hold_nothing():
    assert identifiers(["", "…", "[Name 1]"], True) == [[], [], []]


def lesson(name: str) -> list[Line]:
    said = f"My keyworker was called {name} and she was kind."
    start = said.index(name)
    row = {"text": said, "identifiers": [{"start": start, "end": start + len(name), "kind": "name"}]}
    return lines([row, {"text": "We talked about the weather.", "identifiers": []}])


def test_it_learns_from_what_stands_around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    names = ("Tirzabel Oonagh", "Wendrith", "Maribeth Quoll", "Zlata", "Ngaire", "Bryony")
    write(fit([lesson(name) for name in names * 6]), tmp_path / "own.npz")
    with np.load(tmp_path / "own.npz") as held:
        read = Model(held["weight"], held["scale"], held["bias"])
    monkeypatch.setattr(learned, "model", lambda: read)
    (found, other) = identifiers(["His keyworker was called Grisabel and he liked her.", "We talked about it."], True)
    assert [span.kind for span in found] == ["name"]
    assert not other


def test_a_line_can_be_heard_as_a_recogniser_writes_it():
    heard = bare(lesson("O’Grady")[0])
    assert heard.text == "my keyworker was called o'grady and she was kind"
    assert "".join(c for c, kind in zip(heard.text, heard.kinds, strict=True) if kind == "name") == "o'grady"


def test_the_weights_that_came_along_are_whole():
    held = learned.model()
    assert held.weight.shape == (BUCKETS, len(CLASSES))
    assert held.weight.dtype == np.int8
    assert len(held.scale) == len(held.bias) == len(CLASSES)
