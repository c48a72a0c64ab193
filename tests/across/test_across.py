"""Two sessions, one person's sessions, a caseload, and norms: what is said, and what is not."""

from __future__ import annotations

import csv
import json
import math
import random
from dataclasses import replace
from html import unescape
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.across import sessions
from tests.renderers.test_priority import marked
from transcript_rapport import norms
from transcript_rapport.across import caseload, compare, line, page, told, trend, uncertainty
from transcript_rapport.across.gather import Gathered
from transcript_rapport.across.tables import as_csv
from transcript_rapport.batch.work import Problem
from transcript_rapport.errors import SettingsError
from transcript_rapport.measures import remarks
from transcript_rapport.measures.intervals import Interval, wilson
from transcript_rapport.renderers import priority
from transcript_rapport.report import Finding, Measure, Report


def test_the_difference_of_two_shares_meets_a_published_example() -> None:
    # Newcombe (1998), Stat Med 17:873-890, example (a): 56/70 and 48/80, method 10: 0.0524 to 0.3339 at 95 %.
    first, second = Interval(0.6916, 0.8773), Interval(0.4904, 0.7005)
    within = uncertainty.difference(48 / 80, second, 56 / 70, first)
    assert within.low == pytest.approx(0.0524, abs=2e-3)
    assert within.high == pytest.approx(0.3339, abs=2e-3)


COUNTS = st.tuples(st.integers(0, 40), st.integers(10, 60)).map(lambda c: (min(c), c[1]))


@given(COUNTS, COUNTS)
def test_a_difference_turns_round_with_its_sides(a: tuple[int, int], b: tuple[int, int]) -> None:
    sides = [(part / whole, wilson(part, whole)) for part, whole in (a, b)]
    there = uncertainty.difference(*sides[0], *sides[1])
    back = uncertainty.difference(*sides[1], *sides[0])
    assert there.low == pytest.approx(-back.high) and there.high == pytest.approx(-back.low)
    assert there.low <= sides[1][0] - sides[0][0] <= there.high


def test_clear_differences_are_said_and_small_ones_are_not() -> None:
    assert compare.pair(sessions.share(5, 60), sessions.share(50, 60)).outcome == "higher"
    assert compare.pair(sessions.share(50, 60), sessions.share(5, 60)).outcome == "lower"
    assert compare.pair(sessions.share(20, 60), sessions.share(23, 60)).outcome == "open"
    few = compare.pair(sessions.share(2, 3), sessions.share(50, 60))
    assert few.outcome == "silent" and few.statement == "too little to say in A"
    gone = replace(sessions.share(1, 2), value=None, low=None, high=None)
    assert compare.pair(gone, gone).statement == "not measurable in both"


def test_definitions_say_too_little_in_the_words_we_look_for() -> None:
    from transcript_rapport.measures.definitions import share as defined

    definition = defined("x.share", "Of x", part="p", whole="w", missing=("none",), source="invented")
    assert uncertainty.too_little(definition.measured(0.5, definition.enough - 1))
    assert not uncertainty.too_little(definition.measured(0.5, definition.enough))


def test_a_session_does_not_differ_from_itself() -> None:
    report = sessions.report(sessions.GOOD, "one", times=12)
    comparison = compare.compare(report, report)
    assert len(comparison.pairs) == len(report.measures)
    assert not [pair for pair in comparison.pairs if pair.outcome in ("higher", "lower")]
    assert "None of" in comparison.told


def test_no_more_than_chance_would_give_is_said_so() -> None:
    assert uncertainty.by_chance(6, 61) == ", no more than chance alone would give (about 6)"
    assert uncertainty.by_chance(7, 61) == uncertainty.by_chance(0, 61) == "; about 6 would by chance alone"


def test_a_comparison_is_told_and_tabled_whole() -> None:
    a, b = sessions.report(sessions.GOOD, "good", times=12), sessions.report(sessions.POOR, "poor", times=12)
    comparison = compare.compare(a, b)
    text, whole = told.compared(comparison), told.compared(comparison, whole=True)
    assert "A: good" in text and "lower in B by " in text and "too little to say" not in comparison.told
    assert (
        "APART BY MORE THAN THE UNCERTAINTY" in text
        and "no difference beyond" not in text
        and max(map(len, text.splitlines())) <= 100
    )
    assert whole.index("lower in B by ") < whole.index("no difference beyond") and "add --all" not in whole
    rows = list(csv.DictReader(StringIO(as_csv(compare.rows(comparison)))))
    assert [row["name"] for row in rows] == [m.name for m in a.measures]
    assert "not a verdict" in text


def test_a_learned_measure_says_so_wherever_it_is_compared() -> None:
    name = "remarks.come_back_per_ten_turns"
    few, many = (sessions.with_measures(f"s{n}", sessions.rate(n, 60, name)) for n in (3, 40))
    compared = compare.compare(few, many)
    assert remarks.CAUTION in unescape(page.compare(compared)) and "As one reader might see it" in page.compare(
        compared
    )
    assert remarks.CAUTION in " ".join(told.compared(compared).split())
    moved = trend.trends([few, few, many, many], "Anna")
    assert remarks.CAUTION in unescape(page.trend(moved))
    assert remarks.CAUTION not in told.compared(compare.compare(*_series([4, 40])))


def test_a_comparison_shows_the_rate_that_each_side_is_compared_by() -> None:
    pair = compare.compare(*(sessions.with_measures(f"s{n}", sessions.share(n, 60)) for n in (6, 30)))
    shown = page.compare(pair)
    assert "6 of 60" in shown and ">10 % (" in shown and ">50 % (" in shown


def test_beside_an_opening_stand_the_clients_words() -> None:
    report = sessions.report(sessions.POOR, "a")
    spoken, heard = report.session[2], report.coded.statements_of(1)[0]
    passed = Finding("opening.missed", spoken, 0, len(spoken.text), "why", "source", answers=heard.span)
    shown = unescape(page.caseload(caseload.caseload(Gathered((replace(report, findings=(passed,)),)))))
    assert f"”, after “{report.coded.text(heard)}”" in shown


def test_a_change_is_told_with_the_whole_of_what_it_is_counted_per() -> None:
    assert compare.signed(0.5, "per client minute") == "+0.50 per client minute"
    assert compare.signed(0.5, "per 10 practitioner turns") == "+0.50 per 10"


def test_where_dying_was_spoken_of_that_comes_before_any_number() -> None:
    calm = sessions.report(sessions.GOOD, "calm")
    grave = replace(calm, findings=(Finding("safety.spoken", calm.session[1], 0, 4, "why", "source"),))
    line = "Dying or harm was spoken of: first of all, read utterance 1."
    compared, moved = compare.compare(calm, grave), trend.trends([calm, grave], "T")
    assert told.compared(compared).splitlines()[1] == f"B: {line}" and f"B: {line}" in page.compare(compared)
    assert told.moved(moved).splitlines()[1] == f"calm: {line}" and f"calm: {line}" in page.trend(moved)
    assert not compare.compare(calm, calm).first


def _series(counts: list[int], turns: int = 40) -> list[Report]:
    return [
        sessions.with_measures(f"2026-0{n + 1}-05 visit", sessions.rate(count, turns)) for n, count in enumerate(counts)
    ]


def _trend(counts: list[int], turns: int = 40) -> trend.Trend:
    return trend.trends(_series(counts, turns), "T").measures[0]


def test_a_climb_is_seen_and_a_wobble_is_not() -> None:
    assert _trend([4, 12, 20, 31, 40, 52, 60]).outcome == "rose"
    assert _trend([60, 52, 40, 31, 20, 12, 4]).outcome == "fell"
    assert _trend([20, 22, 18, 21, 19, 22]).outcome == "open"
    assert _trend([4, 40, 60]).outcome == "silent"
    assert _trend([1, 2, 3, 4, 5], turns=5).outcome == "silent"


def test_without_excess_spread_the_line_is_weighted_least_squares() -> None:
    x, y, errors = np.arange(5.0), np.array([1.0, 1.1, 1.2, 1.3, 1.4]), np.array([0.5, 0.2, 0.5, 0.2, 0.5])
    slope, margin = line.fit(x, y, errors)[:2]
    assert slope == pytest.approx(0.1)
    weights = 1 / errors**2
    middle = (weights * x).sum() / weights.sum()
    least = math.sqrt(1 / (weights * (x - middle) ** 2).sum())
    assert margin == pytest.approx(2.3534 * least, rel=0.01)


def test_where_nothing_moves_few_trends_are_seen() -> None:
    chance, seen, trials = random.Random(3), 0, 300
    for _ in range(trials):
        values = np.array([0.5 + chance.gauss(0, 0.1) + chance.gauss(0, 0.05) for _ in range(7)])
        slope, margin = line.fit(np.arange(7.0), values, np.full(7, 0.1))[:2]
        seen += abs(slope) > margin
    assert seen / trials < 0.14


def test_sessions_stand_in_the_order_of_their_dates() -> None:
    names = ["b 3.12.2025", "a 2026-01-04", "c 20251105"]
    reports = [sessions.with_measures(name, sessions.rate(5, 20)) for name in names]
    assert [r.session.name for r in trend.ordered(reports)] == [names[2], names[0], names[1]]
    undated = [*reports, sessions.with_measures("s10", sessions.rate(5, 20))]
    assert [r.session.name for r in trend.ordered(undated)] == [names[1], names[0], names[2], "s10"]


def test_a_person_is_found_by_label_and_a_stranger_is_told() -> None:
    reports = _series([4, 5])
    assert trend.of_person(reports, "t")[1] == reports
    assert trend.of_person(reports, None)[0] == "T"
    with pytest.raises(SettingsError, match="one of T, C; check"):
        trend.of_person(reports, "Nobody")


def test_trends_are_told_drawn_and_tabled() -> None:
    trends = trend.trends(_series([4, 12, 20, 31, 40, 52, 60]), "<b>T</b>")
    assert "rose" in told.moved(trends) and "MOVED MORE THAN THE UNCERTAINTY" in told.moved(trends)
    assert told.moved(trends, whole=True).count("rose from the first session to the last, by ") == 2
    html = page.trend(trends)
    assert "<b>T</b>" not in html and "<svg" in html and "rose" in html
    assert len(list(trend.rows(trends))) == 7


ENDS = st.floats(-3, 3)


@given(ENDS, ENDS, st.floats(0, 1))
def test_changes_along_a_line_stay_within_what_a_share_can_be(one: float, other: float, middle: float) -> None:
    inside = line.Line(0.0, 0.0, 2.0, middle).between(0, 5, 0.0, 1.0)
    (a, b), (c, d) = (inside(slope) for slope in sorted((one, other)))
    assert all(0 <= value <= 1 for value in (a, b, c, d))
    assert b - a <= d - c and inside(0.0) == (middle, middle)


def test_a_fall_to_nothing_is_told_along_the_line_and_not_below_it() -> None:
    fell = _trend([60, 50, 30, 20, 2, 0, 0])
    assert fell.outcome == "fell" and fell.statement.startswith("fell from the first session to the last, by ")
    assert "-" not in fell.statement and "per 10 (90 % range " in fell.statement
    assert fell.within and fell.change and fell.within.low <= fell.change <= fell.within.high < 0
    shares = [sessions.with_measures(f"s{n}", sessions.share(k, 30)) for n, k in enumerate((1, 9, 20, 29, 30, 30))]
    rose = trend.trends(shares, "Anna").measures[0]
    assert rose.outcome == "rose" and rose.within and rose.within.high <= 1


def test_a_trend_says_what_its_order_goes_by_and_that_a_role_is_no_person() -> None:
    dated, undated = trend.trends(_series([4, 5]), "Therapist"), trend.trends(_series([4, 5]), "Anna Weiss")
    assert "says what somebody is and not who" in told.moved(dated) and "dates in their names" in told.moved(dated)
    assert "says what somebody is" not in told.moved(undated)
    plain = [sessions.with_measures(name, sessions.rate(4, 40)) for name in ("s1", "s2")]
    assert "not every name holds a date" in page.trend(trend.trends(plain, "Anna Weiss"))
    assert {row["ordered_by"] for row in trend.rows(dated)} == {"date"}


def test_no_number_is_minus_nought() -> None:
    assert compare.signed(-0.0004, "share") == "+0.0 points" and compare.signed(-0.001, "ratio") == "+0.00"


def _load(n: int = 10) -> Gathered:
    reports = [sessions.report(sessions.GOOD, f"good {i}", times=12 + i) for i in range(n - 1)]
    lines = [("T", "<script>alert('x')</script> Why not?", ["question.closed"]), *sessions.POOR]
    poor = sessions.report(lines, "poor <i>", times=12)
    return Gathered((*reports, poor), (Problem("x.txt", "x.txt: the <file> is empty; expected a transcript"),))


def test_a_caseload_says_whom_to_look_at_first_and_why() -> None:
    load = caseload.caseload(_load())
    first = load.cases[0]
    assert first.report.session.name == "poor <i>"
    assert 0 <= load.cases[-1].priority.value < first.priority.value <= 1
    assert "listening.input_utterance_share" in {r.measure.name for r in first.priority.reasons}
    assert "listening.open_question_share" in first.outlying
    assert not load.cases[-1].outlying


def test_the_page_of_a_caseload_is_whole_and_lets_nothing_in() -> None:
    html = page.caseload(caseload.caseload(_load()))
    assert "poor &lt;i&gt;" in html and "<i>" not in html and "alert('x')" not in html
    assert "the &lt;file&gt; is empty" in html
    assert html.count("<details>") >= 10 and 'aria-sort="ascending"' in html
    assert "http://" not in html.replace("http://www.w3.org", "") and "https://" not in html
    assert "default-src &#39;none&#39;" in html and " style=" not in html


def test_every_row_says_why_and_where_to_begin_without_being_opened() -> None:
    quiet = sessions.report(sessions.GOOD, "quiet")
    judged = marked(sessions.report(sessions.POOR, "judged"), *["judgment.warn"] * 3, "opening.missed")
    load = caseload.caseload(Gathered((quiet, judged)))
    lines = {case.report.session.name: case.line for case in load.cases}
    assert lines["judged"].startswith("Worth hearing again: 3 remarks that may sound judging and 1 opening passed over")
    assert "begin at utterance" in lines["judged"]
    assert lines["quiet"] == "Nothing weighty is marked.", "no number is a reason to wait"
    html = page.caseload(load, {"judged": "judged.html"})
    assert all(f"<summary>{line}</summary>" in html for line in lines.values())
    assert '<a href="judged.html">judged</a>' in html and [row["why"] for row in caseload.rows(load)] == [
        case.line for case in load.cases
    ]


def test_the_page_names_places_to_open_first() -> None:
    report = sessions.report(sessions.GOOD, "with a place")
    said = next(s for s in report.statements if report.session.role_of(s.utterance) == "practitioner")
    spoken = report.session[said.utterance]
    place = Finding("advice.directive", spoken, said.start, said.end, "why", "source")
    html = page.caseload(caseload.caseload(Gathered((replace(report, findings=(place,)),))))
    assert "Places to open first" in html
    assert "Advice without asking first" in html


def test_a_caseload_of_one_or_of_little_is_still_a_page() -> None:
    one = Gathered((sessions.report(sessions.GOOD, "one", times=1),))
    assert "1 session," in page.caseload(caseload.caseload(one))
    assert next(iter(caseload.rows(caseload.caseload(one))))["session"] == "one"


def test_priority_moves_the_way_its_weights_say() -> None:
    weights = priority.Weights((priority.Term("listening.open_question_share", 0.4, 0.2, -1.0),), 0.0, "for a test")

    def value(measure: Measure) -> float:
        return priority.review_priority(sessions.with_measures("s", measure), weights).value

    assert value(sessions.share(50, 60)) < value(sessions.share(24, 60)) < value(sessions.share(2, 60))
    assert value(sessions.share(24, 60)) == pytest.approx(0.5)
    little = priority.review_priority(sessions.with_measures("s", sessions.share(2, 3)), weights)
    assert little.value < 0.5 and little.without == ("Open questions",) and not little.reasons


def test_the_shipped_weights_name_measures_there_are() -> None:
    names = {m.name for m in sessions.report(sessions.GOOD, "s").measures}
    assert {term.measure for term in priority.load().terms} <= names
    assert set(caseload.SHOWN) <= names


def test_weights_of_another_kind_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(SettingsError, match="not a file of weights"):
        priority.load(path)


def _norms(n: int = 30) -> norms.Norms:
    return norms.compute([[sessions.share(i, 40)] for i in range(n)], "our clinic", "invented")


def test_norms_come_back_and_say_where_a_number_lies(tmp_path: Path) -> None:
    path = tmp_path / "norms.json"
    path.write_text(norms.written(_norms()), encoding="utf-8")
    held = norms.load(path)
    assert held == _norms()
    (placed,) = norms.placed([sessions.share(20, 40)], held)
    assert "higher than in 50 to 75 % of 30 sessions of our clinic; its range lies between their lowest" in placed.note
    assert norms.described(path) == {"name": "our clinic", "sessions": 30, "limits": "invented"}


def test_few_sessions_have_no_outer_percentiles() -> None:
    assert list(_norms(9).measures["listening.open_question_share"].percentiles) == ["25", "50", "75"]
    assert norms.place(sessions.share(2, 40), _norms(1)) == ""
    assert norms.place(sessions.rate(2, 40), _norms()) == ""


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.0, 1.0, "spans the whole group"),
        (0.0, 0.1, "lies within their lowest 25 %"),
        (0.6, 1.0, "lies within their highest 25 %"),
        (0.1, 0.65, "lies between their lowest 10 % and their highest 10 %"),
    ],
)
def test_how_far_a_range_reaches_is_told_from_the_nearer_end(low: float, high: float, told: str) -> None:
    measure = replace(sessions.share(20, 40), low=low, high=high)
    assert norms.place(measure, _norms()).endswith(f"; its range {told}")


def test_a_value_most_sessions_share_is_called_usual() -> None:
    nothing = norms.compute([[sessions.share(0, 40)]] * 30, "our clinic", "invented")
    told = norms.place(sessions.share(0, 40), nothing)
    assert told == "a usual value among 30 sessions of our clinic"


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_percentiles_never_fall(parts: list[int]) -> None:
    of = norms.compute([[sessions.share(part, 40)] for part in parts], "n", "l")
    cuts = list(of.measures["listening.open_question_share"].percentiles.values())
    assert cuts == sorted(cuts)


def test_a_file_of_another_kind_is_no_norms(tmp_path: Path) -> None:
    path = tmp_path / "norms.json"
    path.write_text(json.dumps({"schema": "x"}), encoding="utf-8")
    with pytest.raises(SettingsError, match="rapport norms"):
        norms.load(path)


def test_priority_says_what_moved_it_up_and_no_reason_to_wait() -> None:
    terms = (
        priority.Term("listening.open_question_share", 0.4, 0.2, -1.0),
        priority.Term("listening.reflections_per_ten_turns", 5.0, 2.0, -1.0),
    )
    of = sessions.with_measures("s", sessions.share(2, 60), sessions.rate(60, 40))
    order = priority.review_priority(of, priority.Weights(terms, 0.0, "for a test"))
    ((up, sooner),) = order.sides
    assert up == priority.SOONER and len(order.reasons) == 2
    assert [r.measure.title for r in sooner] == ["Open questions"] and not sooner[0].high
    assert "lower than the reference" in sooner[0].sentence
    html = page.caseload(caseload.caseload(_load()))
    assert priority.MEANING.replace("'", "&#39;") in html and priority.SOONER in html
