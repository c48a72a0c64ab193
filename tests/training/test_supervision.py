"""Sessions read as a supervisor would: how they are read, compared with a report, and learned from."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.coder import tiny
from transcript_rapport.coder import load
from transcript_rapport.errors import CorpusError
from transcript_rapport.renderers import goal
from transcript_rapport.renderers.highlights import Highlight
from transcript_rapport.report import Span
from transcript_rapport.settings import Settings
from transcript_rapport.training import goals, supervision
from transcript_rapport.training.coded import SPEAKERS
from transcript_rapport.training.goals import Choice, Step
from transcript_rapport.training.supervised import Place, Supervised, read
from transcript_rapport.training.supervision import Compared, compared, each, graded, table

HELD = Path(__file__).parents[2] / "corpora" / "supervision"
FILES = sorted(HELD.rglob("*.jsonl"))
FALLS_SHORT = {
    *("opening", "judgment", "advice", "jargon", "questions", "talking", "reflect", "strain", "risk", "check", "own"),
    *("certainty", "praise", "frame", "feedback"),
}
"""The kinds that the README names, but for nothing."""
LINES = [
    ["P", "What brings you?"],
    ["C", "I lie awake and I am frightened."],
    ["P", "And your sleep hygiene, how is that?"],
    ["C", "I keep a lamp on."],
    ["O", "We all do."],
    ["P", "You would rather not be alone with the dark."],
    ["C", "No."],
    ["P", "Just turn it off tonight."],
]
OURS: dict[str, Any] = {
    "name": "a-lamp",
    "lines": LINES,
    "first": [{"kind": "opening", "at": [1, 2]}, {"kind": "advice", "at": [7]}],
    "also": [{"kind": "jargon", "at": [2]}, {"kind": "check", "at": []}],
    "lapses": [{"kind": "opening", "at": 1}, {"kind": "jargon", "at": 2}, {"kind": "advice", "at": 7}],
    "arguable": [{"kind": "questions", "at": 2}],
    "praise": [{"at": 5, "for": "reflection"}],
    "not_praise": [0],
}
THEIRS = {**{k: v for k, v in OURS.items() if k != "lines"}, "name": "annomi-7", "corpus": "annomi", "read": 2}


def _told(*rows: Mapping[str, Any], folder: Path, public: Path | None = None) -> list[Supervised]:
    (folder / "x.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    return read(folder, public)


@pytest.fixture
def ours(tmp_path: Path) -> Supervised:
    (told,) = _told(OURS, folder=tmp_path)
    return told


def test_a_session_of_ours_is_read_with_its_words(ours: Supervised) -> None:
    assert (ours.reader, ours.session.name, len(ours.session)) == ("x", "a-lamp", 8)
    assert [ours.session.role_of(n) for n in (0, 1, 4)] == ["practitioner", "client", "other"]
    assert ours.first == (Place("opening", frozenset({1, 2})), Place("advice", frozenset({7})))
    assert ours.lapses[0] == Place("opening", frozenset({1}))
    assert ours.praise == {5} and ours.no_praise == {0}
    assert not ours.needs_nothing


def test_nothing_to_try_is_an_answer(tmp_path: Path) -> None:
    first = [{"kind": "jargon", "at": [2]}, {"kind": "none", "at": []}]
    (told,) = _told({**OURS, "first": first}, folder=tmp_path)
    assert told.needs_nothing


def test_public_sessions_are_left_out_without_a_folder(tmp_path: Path) -> None:
    assert [told.session.name for told in _told(THEIRS, OURS, folder=tmp_path)] == ["a-lamp"]


def test_the_words_of_public_sessions_come_from_a_folder_as_far_as_they_were_read(tmp_path: Path) -> None:
    public = tmp_path / "corpora" / "annomi"
    public.mkdir(parents=True)
    for name in ("statements.jsonl", "client.jsonl"):
        (public / name).write_text("", encoding="utf-8")
    gone = (
        *("mi_quality", "video_title", "main_therapist_behaviour", "therapist_input_exists", "question_exists"),
        *("therapist_input_subtype", "reflection_exists", "reflection_subtype", "question_subtype"),
    )
    spoken = [("therapist", "What brings you?"), ("client", "I am frightened."), ("therapist", "And your sleep?")]
    with (public / "annomi.csv").open("w", encoding="utf-8", newline="") as file:
        columns = ("transcript_id", "utterance_id", "interlocutor", "utterance_text", "client_talk_type")
        written = csv.DictWriter(file, [*columns, *gone], restval="n/a")
        written.writeheader()
        for n, (who, text) in enumerate(spoken):
            written.writerow(dict(zip(columns, ("7", str(n), who, text, "neutral"), strict=True)))
    elsewhere = {**THEIRS, "name": "annomi-8"}
    told = _told(THEIRS, OURS, elsewhere, folder=tmp_path, public=tmp_path / "corpora")
    assert [one.session.name for one in told] == ["annomi-7", "a-lamp"]
    assert [(u.text, told[0].session.role_of(u)) for u in told[0].session] == [
        ("What brings you?", "practitioner"),
        ("I am frightened.", "client"),
    ]


def test_a_folder_without_sessions_says_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no file of JSON lines"):
        read(tmp_path)


def test_an_opening_named_at_the_answer_moves_to_the_clients_words(tmp_path: Path) -> None:
    lapses = [{"kind": "opening", "at": at} for at in (2, 1, 0)] + [{"kind": "questions", "at": 2}]
    (told,) = _told({**OURS, "lapses": lapses, "arguable": [{"kind": "opening", "at": 7}]}, folder=tmp_path)
    assert told.lapses == (
        Place("opening", frozenset({1})),
        Place("opening", frozenset({0})),
        Place("questions", frozenset({2})),
    )
    assert told.arguable == (Place("opening", frozenset({6})),)


def test_a_place_holds_what_is_next_to_it_and_one_without_utterances_everything() -> None:
    place = Place("opening", frozenset({4, 9}))
    assert [n for n in range(12) if place.holds(n)] == [3, 4, 5, 8, 9, 10]
    assert not place.holds(None)
    assert all(Place("check", frozenset()).holds(at) for at in (0, 99, None))


def step(kind: str, utterance: int | None = None) -> Highlight:
    return Highlight(kind, kind, "Why.", "A book", place=None if utterance is None else Span(utterance, 0, 4))


@pytest.mark.parametrize(
    ("kind", "utterance", "grade"),
    [
        ("opening.missed", 2, "right"),
        ("opening.missed", 3, "right"),
        ("advice.directive", 7, "right"),
        ("jargon.unexplained", 2, "near"),
        ("visit.explanation", None, "near"),
        ("opening.missed", 7, "near"),
        ("judgment.warn", 6, "near"),
        ("opening.missed", None, "near"),
        ("judgment.warn", 4, "wrong"),
        ("jargon.unexplained", 5, "wrong"),
        ("own.mine", None, "wrong"),
    ],
)
def test_a_step_is_graded_by_what_a_supervisor_would_try(
    ours: Supervised, kind: str, utterance: int | None, grade: str
) -> None:
    assert graded(ours, step(kind, utterance)) == grade


def test_the_first_step_is_the_goal_and_none_is_right_where_nothing_is_needed(ours: Supervised) -> None:
    well = replace(ours, first=(Place("none", frozenset()),))
    first, second = step("judgment.warn", 4), step("opening.missed", 2)
    assert Compared(ours, (first, second), (), ()).goal == "wrong"
    assert Compared(ours, (second, first), (), ()).goal == "right"
    assert (Compared(ours, (), (), ()).goal, Compared(well, (), (), ()).goal) == ("wrong", "right")
    assert Compared(well, (first,), (), ()).goal == "wrong"


@pytest.mark.parametrize(
    ("utterance", "how"),
    [(5, "worthy"), (0, "awkward"), (7, "awkward"), (2, "awkward"), (1, "plain"), (None, "number")],
)
def test_praise_is_worthy_awkward_or_plain(ours: Supervised, utterance: int | None, how: str) -> None:
    assert Compared(ours, (), (), ()).praised(step("reflection.complex", utterance)) == how


@pytest.mark.parametrize(
    ("kind", "utterance", "how"),
    [
        ("opening.missed", 2, "right"),
        ("advice.directive", 7, "right"),
        ("question.stacked", 2, "arguable"),
        ("judgment.warn", 2, "arguable"),
        ("judgment.warn", 5, "wrong"),
        ("partnership.understanding_question", 5, "wrong"),
    ],
)
def test_a_mark_is_right_where_something_fell_short(ours: Supervised, kind: str, utterance: int, how: str) -> None:
    assert Compared(ours, (), (), ()).marked(kind, utterance) == how


def _two(ours: Supervised) -> list[Compared]:
    first = Compared(
        ours,
        (step("opening.missed", 2), step("judgment.warn", 4)),
        (step("reflection.complex", 5), step("question.open", 0), step("talk.practitioner_word_share")),
        (("opening.missed", 2), ("question.stacked", 2), ("judgment.warn", 5)),
    )
    well = replace(ours, first=(Place("none", frozenset()),), lapses=(Place("advice", frozenset({7})),))
    return [first, Compared(replace(well, praise=frozenset()), (), (step("validation.affirm", 3),), ())]


def test_the_table_tells_shares_and_what_they_are_of(ours: Supervised) -> None:
    head, _, *lines = table(_two(ours)).splitlines()
    assert head == "2 sessions, 16 utterances"
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    told = {name: (share, of) for name, share, _, of in cells}
    assert told["goal, right"] == ("1.00", "2")
    assert told["goal, wrong"] == ("0.00", "2")
    assert told["steps, right"] == told["steps, wrong"] == ("0.50", "2")
    assert [told[f"praised, {how}"] for how in ("worthy", "plain", "awkward")] == [("0.33", "3")] * 3
    assert told["sessions in which something worthy is praised, of those that have it"] == ("1.00", "1")
    assert told["marks, right"] == told["marks, wrong"] == ("0.33", "3")
    assert told["lapses marked"] == ("0.25", "4")
    assert told["lapses marked, opening"] == ("1.00", "1")
    assert told["lapses marked, advice"] == ("0.00", "2")
    assert all(interval == "–" or " to " in interval for _, _, interval, _ in cells)


def test_one_session_has_no_interval_and_says_what_was_told(ours: Supervised) -> None:
    first, second = _two(ours)
    assert "| goal, right | 1.00 | – | 1 |" in table([first])
    assert each(first) == "a-lamp: right: opening.missed at 2 | opening at [1, 2]; advice at [7]\n"
    assert each(second) == "a-lamp: right: none | none at []\n"


def test_a_report_is_compared_once_an_utterance_and_kind(ours: Supervised, tmp_path: Path) -> None:
    folder = tiny.save(tmp_path / "tiny")
    one = compared(ours, Settings(model=str(folder), reader="trainee"))
    assert one.told is ours
    assert len(set(one.marks)) == len(one.marks)
    assert len(one.well) <= supervision.WELL
    assert sum(one.counts[f"goal {grade}"] for grade in supervision.GRADES) == one.counts["goals"] == 1
    assert one.counts["lapses"] == 3


def test_too_few_or_many_arguments_are_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert supervision.main([]) == supervision.main(["--each"]) == supervision.main(["a", "b", "c"]) == 2
    assert "expected FOLDER" in capsys.readouterr().err


# What is learned: with which step to begin.


def _choices(sessions: int, width: int = len(goal.FEATURES)) -> list[Choice]:
    """Choices in which the step that somebody points to is right, and advice hardly ever is."""
    chance = np.random.default_rng(7)
    made = []
    for n in range(sessions):
        seen = chance.normal(0, 1, (4, width))
        seen[:, 2] = -1.0
        seen[n % 4, 2] = 2.0
        kinds = ["jargon", "opening", "judgment", "questions*"]
        steps = [
            Step(kind, tuple(row), float(k == n % 4)) for k, (kind, row) in enumerate(zip(kinds, seen, strict=True))
        ]
        worst = Step("advice", (0.0, 0.0, 1.0, *[0.0] * (width - 3)), 0.0)
        made.append(Choice(f"reader {n % 7}", False, (*steps, worst)))
    return made


def test_an_obvious_preference_is_learned() -> None:
    weights, right = goals.fit(_choices(140))
    assert right > 0.9
    assert len(weights.features) == len(goal.FEATURES)
    assert max(range(len(weights.features)), key=lambda n: weights.features[n]) == 2
    assert min(weights.kinds, key=lambda kind: weights.kinds[kind]) == "advice"
    assert set(weights.kinds) == {"jargon", "opening", "judgment", "questions*", "advice"}


def test_where_nothing_is_needed_the_worth_from_which_a_step_is_shown_says_so() -> None:
    chosen = _choices(70)
    idle = [
        Choice(c.reader, True, tuple(replace(s, worth=0.0, seen=(*s.seen[:2], -3.0, *s.seen[3:])) for s in c.steps))
        for c in chosen
    ]
    weights, right = goals.fit([*chosen, *idle])
    assert right > 0.9
    assert weights.least in goals.LEAST


def test_every_step_that_could_be_offered_is_a_choice(ours: Supervised, tmp_path: Path) -> None:
    coder = load(str(tiny.save(tmp_path / "tiny")))
    likely = {"a-lamp": {2: {"opening": 0.9, "foremost": 0.5}, 7: {"advice": 0.8}}}
    (choice,) = goals.choices(coder, [ours], likely)
    assert (choice.reader, choice.needs_nothing) == ("x", False)
    assert choice.steps
    for one in choice.steps:
        assert len(one.seen) == len(goal.FEATURES)
        assert one.worth in goals.WORTH.values()
        assert one.seen[goal.FEATURES.index("all")] == pytest.approx(np.log1p(1.7))


# What is held in the repository.


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _places(row: Mapping[str, Any]) -> list[tuple[str, int]]:
    singles = [(p["kind"], p["at"]) for part in ("lapses", "arguable") for p in row[part]]
    return singles + [(p["kind"], at) for part in ("first", "also") for p in row[part] for at in p["at"]]


def _of_practitioner(row: Mapping[str, Any], places: Sequence[int]) -> bool:
    return "lines" not in row or all(row["lines"][at][0] == "P" for at in places)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_place_is_one_of_a_known_kind_in_the_session(path: Path) -> None:
    for row in _rows(path):
        length = len(row["lines"]) if "lines" in row else row["read"]
        held = [*_places(row), *(("", p["at"]) for p in row["praise"]), *(("", at) for at in row["not_praise"])]
        assert all(0 <= at < length for _, at in held), row["name"]
        assert {kind for kind, _ in held} <= FALLS_SHORT | {""}, row["name"]
        assert row["first"] and {p["kind"] for part in ("first", "also") for p in row[part]} <= FALLS_SHORT | {"none"}
        assert all(p["at"] == [] for p in row["first"] if p["kind"] == "none")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_falls_short_or_is_held_up_is_the_practitioners(path: Path) -> None:
    for row in _rows(path):
        lapses = [p["at"] for part in ("lapses", "arguable") for p in row[part] if p["kind"] not in ("opening", "risk")]
        assert _of_practitioner(row, lapses), row["name"]
        assert _of_practitioner(row, [*(p["at"] for p in row["praise"]), *row["not_praise"]]), row["name"]
        assert not {p["at"] for p in row["praise"]} & set(row["not_praise"]), row["name"]


@pytest.mark.parametrize("path", [p for p in FILES if not p.stem.startswith("public")], ids=lambda path: path.stem)
def test_our_sessions_have_words_and_stand_in_the_file_of_their_writer(path: Path) -> None:
    rows = _rows(path)
    assert len(rows) == 12
    for row in rows:
        assert row["name"].startswith(f"{path.stem}-")
        assert all(speaker in SPEAKERS and text.strip() for speaker, text in row["lines"]), row["name"]
        assert {"P", "C"} <= {speaker for speaker, _ in row["lines"]}, row["name"]


def test_no_session_is_read_twice_and_unseen_ones_stay_unseen() -> None:
    names = [row["name"] for path in FILES for row in _rows(path)]
    assert len(set(names)) == len(names)
    held, unseen = ({told.session.name for told in read(folder)} for folder in (HELD, HELD / "unseen"))
    assert held and unseen and not held & unseen


def test_openings_end_up_at_the_words_of_whoever_is_not_the_practitioner() -> None:
    for folder in (HELD, HELD / "unseen"):
        for told in read(folder):
            openings = [p for p in (*told.lapses, *told.arguable) if p.kind == "opening"]
            at = {utterance for place in openings for utterance in place.at}
            assert all(told.session.role_of(n) != "practitioner" for n in at), told.session.name
