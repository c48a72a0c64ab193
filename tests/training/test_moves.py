"""Moves are fitted to what was marked, and judged where it was new."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.coder import tiny
from transcript_rapport.coder import load
from transcript_rapport.coder.phrases import Marks
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.session import Session, Utterance
from transcript_rapport.training import elements, marked, supervised
from transcript_rapport.training import moves as training
from transcript_rapport.training.coded import SPEAKERS
from transcript_rapport.training.marked import Exchange, Mark, Marked
from transcript_rapport.training.moves import NAMES, Seen, collected, fit, table

STATED, PHRASED, NOISE = (
    NAMES.index("partnership.options"),
    NAMES.index("listening.summary"),
    NAMES.index("frame.ending"),
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "FOLDS", 2)
    monkeypatch.setattr(training, "STEPS", 12)
    monkeypatch.setattr(training, "HELD_STATES", 10.0)


def seen(rows: int = 400) -> Seen:
    """Statements of thirty sessions: one move stands in the state, one in a phrase, one nowhere."""
    chance = np.random.default_rng(7)
    states = chance.normal(0, 1, (rows, 20)).astype(np.float32)
    there = np.zeros((rows, len(NAMES)), np.int8)
    there[:, STATED] = states[:, 0] > 1
    there[:, PHRASED] = chance.random(rows) < 0.2
    there[:, NOISE] = chance.random(rows) < 0.1
    phrases = [Marks([5 + int(row[PHRASED]), 9], [1.0, 1.0]) for row in there]
    session = np.arange(rows) % 30
    no = np.zeros(rows, bool)
    return Seen(states, phrases, ["so"] * rows, there, np.arange(rows), session, session % 2, no, session >= 25)


def test_what_stands_in_states_or_phrases_is_learned_and_noise_is_not_told() -> None:
    data = seen()
    learned = fit(data)
    for n in (STATED, PHRASED):
        said = learned.likely[data.new, n] >= learned.moves.least[NAMES[n]]
        assert (said == (data.there[data.new, n] == 1)).mean() > 0.85, NAMES[n]
    assert abs(learned.moves.states[STATED]).argmax() == 0
    assert (learned.likely[:, NOISE] >= learned.moves.least[NAMES[NOISE]]).mean() < 0.1


def test_what_is_new_changes_nothing_that_is_learned() -> None:
    data = seen()
    other = replace(data, there=np.where(data.new[:, None], 1 - data.there, data.there).astype(np.int8))
    assert np.array_equal(fit(data).moves.states, fit(other).moves.states)


def test_of_a_turn_that_holds_a_move_the_likeliest_statement_counts() -> None:
    data = seen()
    turn, session = data.turn.copy(), data.session.copy()
    exchanges = np.arange(len(turn)) >= 300
    turn[exchanges], session[exchanges] = 1000 + np.arange(100) // 2, -1
    there = data.there.copy()
    there[exchanges] = -1
    there[exchanges, STATED] = 1
    held = replace(data, turn=turn, session=session, there=there, new=np.zeros(len(turn), bool))
    apart = replace(held, turn=np.arange(len(turn)))
    assert fit(held).moves.states[STATED, 0] > fit(apart).moves.states[STATED, 0]


def test_the_table_stands_beside_the_lexicon_alone() -> None:
    data = seen()
    lines = table(data, fit(data)).splitlines()
    assert len(lines) == 2 + 3 * (len(NAMES) + 1)
    assert lines[2].startswith(f"| {NAMES[0]} | public | 0 |")


def _session() -> Session:
    said = tuple(Utterance(n, "PC"[n % 2], text) for n, text in enumerate(("So. How was work?", "Hard.", "Okay.")))
    return Session("a-day", said).with_roles(SPEAKERS, 1.0, "so")


def test_marks_and_exchanges_are_seen_at_the_practitioners_statements(tmp_path: Path) -> None:
    coder = load(str(tiny.save(tmp_path / "tiny")))
    differ = (Mark(2, 0, 5, frozenset({"praise.generic"})),)
    told = Marked(_session(), "1", (Mark(0, 3, 17, frozenset({"agenda.invited"})),), differ)
    held = Exchange(_session(), "agenda.invited", True, 2, "a")
    elsewhere = replace(held, element="judgment.dismiss")
    data = collected(coder, [told], [held, elsewhere])
    agenda = NAMES.index("agenda.invited")
    assert data.texts == ["So.", "How was work?", "Okay.", "Okay."]
    assert data.there[:, agenda].tolist() == [0, 1, 0, 1]
    assert data.there[:3, NAMES.index("praise.generic")].tolist() == [0, 0, -1]
    assert data.natural.tolist() == [True, True, True, False]
    assert set(data.there[3].tolist()) == {1, -1}


def test_every_mark_and_exchange_of_ours_names_what_is_known() -> None:
    kinds = {kind for told in marked.sessions() for mark in (*told.marks, *told.open) for kind in mark.kinds}
    assert kinds <= set(moves())
    known = set(elements.MEASURES) | {"opening.missed"}
    for folder in (marked.EXCHANGES, marked.EXCHANGES / "unseen"):
        for one in marked.exchanges(folder):
            assert one.element in known or one.element.startswith("judgment."), one.element
            assert 0 <= one.at < len(one.session)


def test_marks_lie_inside_what_was_said() -> None:
    for told in marked.sessions():
        for mark in (*told.marks, *told.open):
            assert told.session.role_of(mark.utterance) == "practitioner"
            assert 0 <= mark.start < mark.end <= len(told.session[mark.utterance].text)


def test_marks_hold_places_and_no_words() -> None:
    for line in marked.MARKED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert set(row) <= {"session", "corpus", "reader", "marks", "open"}
        for *place, kinds in (*row["marks"], *row.get("open", ())):
            assert all(isinstance(number, int) for number in place) and len(place) == 3
            assert set(kinds) <= set(moves())


def test_nothing_is_learned_from_what_reports_are_measured_on() -> None:
    public = Path(__file__).parents[3] / "shared" / "corpora"
    if not public.is_dir():
        pytest.skip("needs the public corpora in ../shared/corpora")
    held_out = {told.session.name for told in supervised.read(supervised.OURS / "unseen", public)}
    assert {told.session.name for told in marked.sessions(public) if told.new} == held_out & {
        told.session.name for told in marked.sessions(public)
    }


def test_what_is_held_and_shown_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [["P", "There are two options: we could ring them now, or you could wait a week."], ["C", "Wait."]]
    row = {"element": "partnership.options", "holds": True, "at": 0, "lines": lines}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n" + json.dumps({**row, "holds": False}) + "\n")
    assert elements.main([str(tmp_path), "--each"]) == 0
    said = capsys.readouterr().out
    assert "| partnership.options | 1 of 1 | 1 of 1 |" in said
    assert said.startswith("wrong: partnership.options\n  > P There are two options")
    assert elements.main([]) == 2
