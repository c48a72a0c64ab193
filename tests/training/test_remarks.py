"""Remarks are fitted to what is seen beside them, and judged where their readers were new."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.coder import tiny
from transcript_rapport.coder import load, weights
from transcript_rapport.coder.engine import Coder
from transcript_rapport.coder.remarks import size
from transcript_rapport.session import Session, Utterance
from transcript_rapport.training import remarks
from transcript_rapport.training.coded import SPEAKERS
from transcript_rapport.training.remarks import NAMES, Seen, collected, fit, scores, table, write
from transcript_rapport.training.supervised import Place, Supervised

PLAIN, NOISE = NAMES.index("judgment"), NAMES.index("own")


def seen(rows: int = 700, width: int = 30) -> Seen:
    """What is seen of utterances by ten readers: most remarks stand in it plainly, one not at all."""
    chance = np.random.default_rng(11)
    x = chance.normal(0, 1, (rows, width)).astype(np.float32)
    there = {name: x[:, n] * 3 + chance.normal(0, 0.5, rows) > 2 for n, name in enumerate(NAMES)}
    there[NAMES[NOISE]] = chance.random(rows) < 0.1
    nobody = {name: np.zeros(rows, bool) for name in NAMES}
    readers = np.array([f"reader {n % 10}" for n in range(rows)])
    places = [(f"session {n % 70}", n // 70) for n in range(rows)]
    return Seen(
        x, places, readers, np.array([(remarks.PUBLIC, remarks.NEW)[n % 2] for n in range(rows)]), there, nobody
    )


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return load(str(tiny.save(tmp_path_factory.mktemp("remarks") / "tiny")))


def test_what_is_plain_to_see_is_learned_and_shown_and_what_is_not_stays_hidden() -> None:
    data = seen()
    learned = fit(data)
    assert learned.arrays["weights"].shape == (len(NAMES), data.x.shape[1])
    assert "judgment" in learned.shown and "own" not in learned.shown
    assert learned.arrays["weights"][PLAIN].argmax() == PLAIN
    assert ((learned.likely >= 0) & (learned.likely <= 1)).all()
    said = learned.likely[:, PLAIN] >= learned.shown["judgment"] - 0.001
    assert data.there["judgment"][said].mean() >= remarks.PRECISE


def test_probabilities_mean_what_they_say_where_readers_were_new() -> None:
    data = seen()
    learned = fit(data)
    for n in {*range(len(NAMES))} - {NOISE}:
        assert learned.likely[:, n].mean() == pytest.approx(data.there[NAMES[n]].mean(), abs=0.01), NAMES[n]


def test_a_reader_is_not_learned_from_where_it_is_judged() -> None:
    data = seen()
    whose = np.array([int(reader.split()[1]) for reader in data.readers])
    by_reader = replace(data, x=np.eye(10, dtype=np.float32)[whose], there={"judgment": np.isin(whose, (3, 4))})
    new, every = scores(by_reader, "judgment"), np.ones(len(whose), bool)
    weight, offset = remarks.fitted(by_reader, "judgment", every)
    assert (by_reader.x @ weight + offset)[whose == 3].min() > new[whose == 3].max()
    assert new[whose == 3].max() < 0


def test_where_one_may_differ_nothing_is_learned_nor_counted() -> None:
    data = seen()
    doubted = data.x[:, PLAIN] > 2
    wrong = {**data.there, "judgment": data.there["judgment"] & ~doubted}
    unsure = replace(data, there=wrong, open={**data.open, "judgment": doubted})
    learned = fit(unsure)
    assert learned.arrays["weights"][PLAIN, PLAIN] > fit(replace(data, there=wrong)).arrays["weights"][PLAIN, PLAIN]
    counted = [line for line in table(unsure, learned).splitlines() if line.startswith("| judgment |")]
    assert sum(int(line.split("|")[3]) for line in counted) == (data.there["judgment"] & ~doubted).sum()


def test_the_table_tells_each_remark_in_ours_and_in_public_sessions() -> None:
    data = seen()
    lines = table(data, fit(data)).splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert [(name, where) for name, where, *_ in cells] == [(n, w) for n in NAMES for w in ("invented", "public")]
    for name, where, there, precision, said, right, found in cells:
        assert int(there) == (data.there[name] & (data.kinds == where)).sum()
        assert 0 <= float(precision) <= 1 and 0 <= float(found) <= 1
        assert right == "–" if said == "0" else float(right) >= 0.5


def test_what_was_new_is_told_by_session_and_utterance() -> None:
    data = seen(rows=140)
    learned = fit(data)
    told = learned.by_session(data)
    assert len(told) == 70
    assert told["session 3"][1] == dict(zip(NAMES, learned.likely[73].tolist(), strict=True))


def _told(**remarked: object) -> Supervised:
    said = ("So?", "It was hard.", "What was hard?", "Work.", "Okay. So you do work.")
    session = Session("a-day", tuple(Utterance(n, "PC"[n % 2], text) for n, text in enumerate(said)))
    nothing = Supervised(session.with_roles(SPEAKERS, 1.0, "so"), "a", (), (), (), (), frozenset(), frozenset())
    return replace(nothing, **remarked)  # type: ignore[arg-type]


def _there(data: Seen, name: str) -> list[int]:
    return [utterance for (_, utterance), there in zip(data.places, data.there[name], strict=True) if there]


def test_what_is_remarked_stands_at_the_practitioners_answer(coder: Coder) -> None:
    told = _told(
        first=(Place("opening", frozenset({1, 4})), Place("check", frozenset())),
        lapses=(Place("opening", frozenset({1})), Place("judgment", frozenset({4}))),
        arguable=(Place("opening", frozenset({3})), Place("judgment", frozenset({4}))),
        praise=frozenset({0}),
        no_praise=frozenset({2}),
    )
    data = collected(coder, [told, _told(first=(Place("none", frozenset()),))])
    assert data.x.shape == (6, size(coder.engine.shape))
    assert data.places == [("a-day", n) for n in (0, 2, 4)] * 2
    assert _there(data, "opening") == [2]
    assert _there(data, "judgment") == [4]
    assert _there(data, "well") == [0] and _there(data, "awkward") == [2]
    assert _there(data, "foremost") == [2, 4]
    assert np.flatnonzero(data.open["opening"]).tolist() == [2]
    assert not data.open["judgment"].any()
    assert set(data.kinds) == {remarks.NEW}


def test_an_opening_that_nobody_answers_is_nowhere(coder: Coder) -> None:
    last = _told(lapses=(Place("opening", frozenset({1})),))
    unanswered = replace(last, session=replace(last.session, utterances=last.session.utterances[:2]))
    data = collected(coder, [unanswered])
    assert data.places == [("a-day", 0)]
    assert not any(told.any() for told in data.there.values())


def test_a_session_in_which_nobody_helps_adds_nothing(coder: Coder) -> None:
    whole = _told(lapses=(Place("judgment", frozenset({4})),))
    silent = replace(whole, session=whole.session.with_roles({"P": "other", "C": "client"}, 1.0, "so"))
    data = collected(coder, [silent, whole])
    assert data.places == [("a-day", n) for n in (0, 2, 4)]
    assert len(data.x) == len(data.readers) == 3
    assert _there(data, "judgment") == [4]


def test_what_is_written_is_the_model_that_is_read(tmp_path: Path) -> None:
    folder = tiny.save(tmp_path / "tiny")
    before = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    drawn = np.random.default_rng(2).normal(0, 1, (len(NAMES), size(weights.load(folder).shape))).astype(np.float32)
    offsets = np.arange(len(NAMES), dtype=np.float32)
    write(folder, {"weights": drawn, "offsets": offsets}, {"own": 0.25}, "learned from 3 sessions of 2 files")
    read = weights.load(folder).remarks
    assert read is not None
    assert read.names == NAMES and read.shown == {"own": 0.25}
    assert (read.weights == drawn).all() and (read.offsets == offsets).all()
    after = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert after.pop("remarks")["made"] == "learned from 3 sessions of 2 files"
    assert after == before


def test_a_missing_argument_is_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert remarks.main(["corpora/supervision"]) == 2
    assert "expected FOLDER CORPORA MODEL" in capsys.readouterr().err
