"""Moves in other words: told of the practitioner alone, the same by both engines, and never from damage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.coder import tiny
from tests.invented import Line, coded, session
from transcript_rapport.analysis import report_on
from transcript_rapport.coder import load, weights
from transcript_rapport.coder.moves import FILE, Moves, sizes
from transcript_rapport.detectors import moves as detector
from transcript_rapport.errors import ModelError
from transcript_rapport.training.moves import NAMES, write

TALK: list[Line] = [
    ("T", "So how do you feel today? What was hard.", ()),
    ("C", "It was hard. Work was hard at home, so hard.", ()),
    ("O", "Okay.", ()),
    ("T", "Mm hmm.", ()),
    ("C", "", ()),
]
OPTIONS = "partnership.options"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model whose moves are learned from nothing, and all told."""
    place = tiny.save(tmp_path_factory.mktemp("moves") / "tiny")
    chance, shape = np.random.default_rng(3), weights.load(place).shape
    drawn = (chance.normal(0, 0.1, size).astype(np.float32) for size in sizes(shape, len(NAMES)).values())
    states, phrases, offsets = drawn
    bounds = dict.fromkeys(NAMES, 0.0) | {OPTIONS: 0.5}
    write(place, Moves(NAMES, states, phrases, offsets, bounds, {OPTIONS: 2.0}), "learned from nothing")
    return place


def test_moves_stand_at_the_practitioners_statements_alone(folder: Path) -> None:
    told = load(str(folder)).code(session(TALK))
    for statement in told.statements:
        mine = told.session.role_of(statement.utterance) == "practitioner"
        assert set(statement.moves) - {OPTIONS} == (set(NAMES) - {OPTIONS} if mine else set())
        assert statement.moves.get(OPTIONS, 0.5) >= 0.5
        assert all(0 <= p <= 1 for p in statement.moves.values())
    assert told.strays[OPTIONS] == 2.0


def test_moves_are_those_of_torch(folder: Path) -> None:
    ours, theirs = (load(str(folder), engine).code(session(TALK)).statements for engine in ("numpy", "torch"))
    for a, b in zip(ours, theirs, strict=True):
        assert b.moves == pytest.approx(a.moves, abs=1e-3)


def test_where_nobody_helps_no_move_is_made(folder: Path) -> None:
    assert not any(s.moves for s in load(str(folder)).code(session(TALK[1:3])).statements)


def test_damaged_moves_are_one_sentence(tmp_path: Path, folder: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / FILE).write_bytes(b"nothing of the kind")
    with pytest.raises(ModelError, match="the checksum differs"):
        weights.load(tmp_path)


def test_moves_of_another_network_are_one_sentence(tmp_path: Path, folder: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    moves = weights.load(folder).moves
    assert moves
    write(tmp_path, replace(moves, states=moves.states[:, 1:]), "of another network")
    with pytest.raises(ModelError, match="do not fit the network"):
        weights.load(tmp_path)


def heard(text: str, **moves: float) -> list[str]:
    """The kinds found in one statement in which the coder hears ``moves``."""
    told = coded([("T", text, ["information"]), ("C", "Mm.", [])])
    first = replace(told.statements[0], moves={name.replace("_", ".", 1): p for name, p in moves.items()})
    return [f.kind for f in detector.detect(replace(told, statements=(first, *told.statements[1:])))]


def test_a_move_is_found_by_its_words_or_as_the_coder_hears_it() -> None:
    assert heard("We could ring them, or leave it a week.") == []
    assert heard("We could ring them, or leave it a week.", partnership_options=0.7) == [OPTIONS]
    assert heard("There are two things we could do: ring them, or leave it a week.") == [OPTIONS]


def test_what_is_more_likely_not_a_move_is_counted_and_not_shown() -> None:
    assert heard("We could ring them, or leave it a week.", partnership_options=0.4) == []


def test_what_the_words_show_comes_before_what_is_only_heard() -> None:
    words = [("T", "Let me see if I have this right: you slept badly, and then the post came.", ["structure"])] * 4
    told = coded([*[("T", "So all that, and the post.", ["structure"])] * 4, *words])
    said = tuple(replace(s, moves={"listening.summary": 0.95}) if s.utterance < 4 else s for s in told.statements)
    found = [f for f in detector.detect(replace(told, statements=said)) if f.kind == "listening.summary"]
    assert [f.utterance for f in found] == [4, 5, 6, 7]


def test_the_model_that_is_shipped_hears_moves() -> None:
    moves = load().moves
    assert moves and moves.names == NAMES
    assert set(moves.least) == set(moves.strays) == set(NAMES)


def test_a_measure_counts_what_the_coder_hears_and_its_interval_holds_mistakes() -> None:
    lines: list[Line] = [("T", "We could ring them, or leave it a week.", ["information"]), ("C", "Mm, a week.", [])]
    told = coded(lines * 10)
    said = tuple(replace(s, moves={OPTIONS: 0.4} if n % 4 == 0 else {}) for n, s in enumerate(told.statements))
    plain, straying = (
        next(m for m in report_on(replace(told, statements=said, strays=strays)).measures if OPTIONS[12:] in m.name)
        for strays in ({}, {OPTIONS: 3.0})
    )
    assert plain.value == straying.value == 5.0
    assert (straying.high or 0) > (plain.high or 0)
