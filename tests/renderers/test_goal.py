"""With which step one would begin: ranked where remarks are known, as it always was where they are not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.across import stored
from transcript_rapport.renderers import goal, html, kinds, making, next_steps
from transcript_rapport.renderers import json as as_json
from transcript_rapport.renderers.highlights import Highlight, strengths
from transcript_rapport.renderers.next_steps import candidates, suggestions
from transcript_rapport.report import Report, Span

ALIKE: goal.Weights = goal.Weights({}, (0.0,) * len(goal.FEATURES), 0.1)
"""Weights by which every step is worth a half."""
HERE = goal.FEATURES.index("here")


def step(kind: str, utterance: int | None = None) -> Highlight:
    place = None if utterance is None else Span(utterance, 0, 4)
    return Highlight(kind, kind, "Why.", "A book", place=place)


def known(remarks: Mapping[int, Mapping[str, float]], report: Report | None = None) -> Report:
    """A report in which a supervisor would likely remark on these utterances so."""
    full = report or reports.full()
    return replace(full, coded=invented.remarked(full.coded, remarks))


class Shipped:
    """Where weights are shipped, for a test."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def be(self, weights: goal.Weights) -> None:
        self.path.write_text(goal.written(weights, "made up"), encoding="utf-8")
        goal.shipped.cache_clear()


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shipped]:
    monkeypatch.setattr(goal, "SHIPPED", tmp_path / "goal.json")
    made = Shipped(tmp_path / "goal.json")
    made.be(ALIKE)
    yield made
    goal.shipped.cache_clear()


def liking(likes: Mapping[str, float], least: float = 0.1) -> goal.Weights:
    """Weights that go by the kind of a step alone."""
    return replace(ALIKE, kinds=likes, least=least)


def ranked(report: Report, steps: list[Highlight], most: int = 3) -> list[str]:
    return [told.kind for told in goal.ranked(report, steps, most)]


STEPS = [step("jargon.unexplained", 2), step("advice.directive", 4), step("judgment.warn", 6)]
LIKES = {"judgment": 2.0, "advice": 1.0, "jargon": 0.5}


def test_the_likeliest_step_comes_first(shipped: Shipped) -> None:
    shipped.be(liking(LIKES))
    assert ranked(known({}), STEPS) == ["judgment.warn", "advice.directive", "jargon.unexplained"]


@pytest.mark.usefixtures("shipped")
def test_equals_keep_their_order() -> None:
    assert ranked(known({}), STEPS) == [told.kind for told in STEPS]


def test_no_more_are_told_than_asked_for(shipped: Shipped) -> None:
    shipped.be(liking(LIKES))
    assert ranked(known({}), STEPS, 1) == ["judgment.warn"]
    assert ranked(known({}), STEPS, 0) == []
    assert ranked(known({}), []) == []


def test_what_is_worth_too_little_is_not_told(shipped: Shipped) -> None:
    just = 1 / (1 + math.exp(-1.0))
    shipped.be(liking(LIKES, least=just - 0.01))
    assert ranked(known({}), STEPS) == ["judgment.warn", "advice.directive"]
    shipped.be(liking(LIKES, least=just + 0.01))
    assert ranked(known({}), STEPS) == ["judgment.warn"]
    shipped.be(liking(LIKES, least=0.99))
    assert ranked(known({}), STEPS) == []


def test_one_of_a_kind_is_told(shipped: Shipped) -> None:
    alike = [step("judgment.warn", 2), step("judgment.dismiss", 4), step("visit.summary", 6), step("visit.feeling", 8)]
    shipped.be(liking({"judgment": 1.0, "reflect*": 0.5, "opening*": 0.2}))
    assert ranked(known({}), alike, 9) == ["judgment.warn", "visit.summary", "visit.feeling"]


@pytest.mark.usefixtures("shipped")
def test_kinds_without_a_supervisors_word_are_kinds_of_their_own() -> None:
    others = [step("own.one", 2), step("own.two", 4), step("own.one", 6)]
    assert ranked(known({}), others, 9) == ["own.one", "own.two"]


def test_one_at_an_utterance_is_told_but_any_number_for_the_whole_session(shipped: Shipped) -> None:
    shipped.be(liking(LIKES))
    assert ranked(known({}), [step("judgment.warn", 2), step("advice.directive", 2)]) == ["judgment.warn"]
    whole = [step("talk.practitioner_word_share"), step("listening.open_question_share"), step("advice.directive", 2)]
    assert len(ranked(known({}), whole)) == 3


def test_weights_come_back_as_they_were_written(shipped: Shipped) -> None:
    weights = goal.Weights(
        {"opening": 0.1234, "reflect*": -2.0}, tuple(n / 10 - 0.3 for n in range(len(goal.FEATURES))), 0.25
    )
    shipped.be(weights)
    back = goal.shipped()
    assert (back.kinds, back.least) == (weights.kinds, weights.least)
    assert back.features == pytest.approx(weights.features)
    shipped.be(back)
    assert goal.shipped() == back


def test_the_weights_that_are_shipped_name_every_feature() -> None:
    weights = goal.shipped()
    assert len(weights.features) == len(goal.FEATURES)
    assert 0 < weights.least < 1
    words = {word for meant in goal.MEANT.values() for word in meant} | {"other"}
    assert {kind.removesuffix("*") for kind in weights.kinds} <= words


def test_worth_is_a_probability_and_grows_with_what_speaks_for_a_step() -> None:
    weights = replace(ALIKE, features=tuple(2.0 * (n == HERE) for n in range(len(goal.FEATURES))))
    report = known({6: {"advice": 0.9}, 2: {"advice": 0.1}})
    likely, hardly = (weights.worth(report, step("advice.directive", n)) for n in (6, 2))
    assert likely == pytest.approx(1 / (1 + math.exp(-1.8)))
    assert hardly == pytest.approx(1 / (1 + math.exp(-0.2)))
    far = replace(weights, features=(1e6,) * len(goal.FEATURES))
    assert far.worth(report, step("advice.directive", 6)) == 1


def test_what_is_seen_of_a_step_is_what_the_session_is_about_and_its_place() -> None:
    report = known({2: {"advice": 0.2}, 6: {"advice": 0.6, "judgment": 0.7, "foremost": 0.4, "well": 0.3}})
    told = dict(zip(goal.FEATURES, goal.seen(report, step("advice.directive", 6)), strict=True))
    assert told["expected"] == pytest.approx(math.log1p(0.8))
    assert (told["here"], told["foremost"], told["well"]) == (0.6, 0.4, 0.3)
    assert told["all"] == pytest.approx(math.log1p(1.5))
    assert told["share"] == pytest.approx(0.8 / 1.5)
    assert (told["all, measured"], told["visit, measured"]) == (0, 0)


def test_a_step_from_a_measure_is_seen_by_how_much_there_is_to_remark_on() -> None:
    report = known({6: {"advice": 0.6, "foremost": 0.4}})
    told = dict(zip(goal.FEATURES, goal.seen(report, step("listening.open_question_share")), strict=True))
    assert told["all, measured"] == told["all"] == pytest.approx(math.log1p(0.6))
    assert not any(told[name] for name in ("expected", "here", "foremost", "well", "share", "visit, measured"))
    visit = replace(report, made_with={"settings": {"setting": "medical"}})
    assert goal.seen(visit, step("visit.summary"))[-1] == 1


def test_without_remarks_everything_seen_is_nothing() -> None:
    assert not any(goal.seen(reports.full(), step("advice.directive", 6)))
    assert goal.seen(reports.bare(), step("own.one")) == (0.0,) * len(goal.FEATURES)


@pytest.mark.parametrize("kind", [*kinds.TO_TRY, *next_steps.TO_DO, *kinds.FIRST])
def test_a_supervisor_has_a_word_for_every_kind_to_try(kind: str) -> None:
    assert goal.meant(kind)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("judgment.warn", ("judgment",)),
        ("opening.named", ("opening",)),
        ("question.row", ("questions",)),
        ("responsiveness.openings_answered_share", ("opening", "reflect")),
        ("responsiveness.ruptures", ("strain", "feedback")),
        ("listening.open_question_share", ("questions",)),
        ("listening.reflection_to_question_ratio", ("reflect", "questions", "opening")),
        ("openings", ()),
        ("own.mine", ()),
    ],
)
def test_a_kind_means_what_fits_it_most_closely(kind: str, words: tuple[str, ...]) -> None:
    assert goal.meant(kind) == words


def test_a_step_that_follows_from_a_measure_counts_as_another() -> None:
    assert goal.counted_as(step("opening.missed", 2)) == "opening"
    assert goal.counted_as(step("responsiveness.openings_answered_share")) == "opening*"
    assert goal.counted_as(step("own.mine", 2)) == "other*"


def test_where_people_coded_nothing_is_known_and_steps_are_as_before(shipped: Shipped) -> None:
    report = reports.full()
    before = suggestions(report)
    assert before and not goal.knows(report)
    shipped.be(liking({}, least=0.99))
    assert suggestions(report) == before
    assert goal.pointed_at(report, report.findings[0]) == 0


def test_without_weights_nothing_is_known(shipped: Shipped) -> None:
    assert goal.knows(known({6: {"advice": 0.6}}))
    shipped.path.unlink()
    assert not goal.knows(known({6: {"advice": 0.6}}))


def test_where_remarks_are_known_the_ranking_says_with_what_to_begin(shipped: Shipped) -> None:
    report = known({6: {"advice": 0.6}})
    offered = {told.kind for told in candidates(report)}
    assert {"advice.directive", "judgment.dismiss", "jargon.unexplained"} <= offered
    for name, kind in (("advice", "advice.directive"), ("judgment", "judgment.dismiss")):
        shipped.be(liking({name: 3.0}, least=0.9))
        assert [told.kind for told in suggestions(report)] == [kind]
    shipped.be(liking({}, least=0.9))
    assert suggestions(report) == ()


@pytest.mark.usefixtures("shipped")
def test_no_more_steps_are_told_than_a_report_has_room_for() -> None:
    report = known({6: {"advice": 0.6}})
    assert 0 < len(suggestions(report)) <= next_steps.MOST_SUGGESTIONS


def test_a_card_stands_where_a_supervisor_would_point(shipped: Shipped) -> None:
    lines: list[invented.Line] = [("T", f"You must ring the {who} tonight.", []) for who in ("bank", "school", "board")]
    coded = invented.coded(lines)
    found = tuple(reports.finding(coded, "advice.directive", n) for n in range(3))
    plain = Report(coded, found, (), reports.MADE_WITH)
    shipped.be(liking({"advice": 3.0}))
    for n in range(3):
        (told,) = suggestions(known({n: {"advice": 0.4, "foremost": 0.3}, (n + 1) % 3: {"advice": 0.6}}, plain))
        assert told.place == Span(n, 0, len(lines[n][1]))


def test_a_report_read_back_has_the_same_steps(shipped: Shipped) -> None:
    shipped.be(liking({"advice": 1.0, "judgment": 0.5}))
    report = known({6: {"advice": 0.6, "foremost": 0.25}, 4: {"well": 0.7}})
    again = stored.report_of(as_json.document(report), "here")
    assert [told.kind for told in suggestions(again)] == [told.kind for told in suggestions(report)]


def test_what_would_embarrass_is_not_held_up() -> None:
    praised = [told.place.utterance for told in strengths(reports.full()) if told.place]
    assert {2, 4} <= set(praised)
    doubted = known({2: {"well": 0.9, "awkward": 0.1}, 4: {"well": 0.5, "awkward": 0.4}, 8: {"well": 0.1}})
    held = {told.place.utterance for told in strengths(doubted) if told.place}
    assert 2 in held
    assert not held & {4, 8}


def test_where_nobody_knows_everything_may_be_held_up() -> None:
    elsewhere = known({6: {"advice": 0.4}})
    assert strengths(elsewhere) == strengths(reports.full())


def test_a_page_says_where_its_marks_were_learned_and_only_where_they_were() -> None:
    line = ("T", "How was the week?", ["question.open"])
    plain = Report(invented.coded([line]), (), (), {})
    read = Report(invented.coded([(*line[:2], ["question.open", "remark=well"])]), (), (), {})
    assert making.LEARNED in html.render(read)
    assert making.LEARNED not in html.render(plain)


def test_the_length_of_a_session_alone_makes_a_matter_of_nothing() -> None:
    def expected(turns: int) -> float:
        lines = [("T", "You could rest.", []), ("C", "Perhaps.", [])] * turns
        told = {n: {"advice": 0.2} for n in range(0, 2 * turns, 2)}
        coded = invented.remarked(invented.coded(lines), told)
        return goal.seen(replace(reports.bare(), coded=coded), step("advice.directive", 0))[0]

    assert expected(20) < expected(goal.READ_AT_MOST)
    assert expected(10 * goal.READ_AT_MOST) == pytest.approx(expected(goal.READ_AT_MOST))
