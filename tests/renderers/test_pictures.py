import re
from dataclasses import replace

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.renderers import dimensions, pictures
from transcript_rapport.report import Measure, Report

LINES: list[invented.Line] = [
    ("C", "I forgot the tablets again.", []),
    ("T", "You must take them, and soon.", ["judgment.moralise", "advice.directive"]),
    ("T", "You should have known.", ["judgment.criticise"]),
    ("T", "You forgot them again?", ["reflection.simple", "question.closed"]),
    ("T", "How was it, and did it help?", ["question.open", "question.closed"]),
    ("T", "Did you eat?", ["question.closed"]),
]


def counted(report: Report) -> dict[str, int]:
    return {bar.title: bar.count for bar in pictures.profile(report)}


def report() -> Report:
    coded = invented.coded(LINES)
    return Report(coded, (reports.finding(coded, "judgment.moralise", 1),), (), {})


def test_the_chart_counts_judgment_and_advice_as_they_are_marked() -> None:
    told = counted(report())
    assert (told["May sound judging"], told["Advice without asking first"]) == (1, 0)


def test_the_chart_counts_questions_as_the_measures_do() -> None:
    told = counted(report())
    assert (told["Open question"], told["Closed question"], told["Simple reflection"]) == (1, 1, 1)


def test_what_was_not_looked_for_has_no_bar() -> None:
    unlooked = replace(report(), findings=(), made_with={"settings": {"detectors": ["listening"]}})
    assert not {"May sound judging", "Advice without asking first"} & set(counted(unlooked))
    assert "May sound judging" in counted(replace(unlooked, made_with={"settings": {"detectors": ["judgment"]}}))


@pytest.mark.parametrize(("high", "beyond"), [(4.0, False), (17.1, True)])
def test_an_interval_beyond_the_line_ends_in_an_arrow(high: float, beyond: bool) -> None:
    measure = Measure("a.b", "Words", 1.5, "per 10 turns", 20, "turns", 0.08, high)
    assert pictures.reaches_beyond(measure) is beyond
    assert ('class="beyond"' in pictures.whisker(measure)) is beyond


@pytest.mark.parametrize(
    ("unit", "end"),
    [("share", "100 %"), ("ratio", "5 : 1"), ("per 10 turns", "5 per 10"), ("per minute", "5 per minute")],
)
def test_a_line_tells_both_its_ends(unit: str, end: str) -> None:
    drawn = pictures.whisker(Measure("a.b", "Words", 0.9, unit, 20, "turns", 0.1, 3.0))
    assert re.findall(r"<text[^>]*>([^<]*)<", drawn) == ["0", end]


def test_where_none_was_found_the_line_is_as_long_as_the_interval() -> None:
    none = Measure("a.b", "Words", 0.0, "per 10 turns", 3, "turns", 0.0, 30.0)
    assert not pictures.reaches_beyond(none)
    assert pictures.reaches_beyond(replace(none, high=float("inf")))


@pytest.mark.parametrize(
    ("unit", "figure", "title"),
    [
        ("index from 0 to 1", "0.90", "Style (index from 0 to 1)"),
        ("words", "0.90 words", "Style"),
        ("proportion", "90 %", "Style"),
        ("per 10 client turns", "0.90", "Style, per 10 client turns"),
    ],
)
def test_a_unit_too_long_for_its_column_stands_with_the_title(unit: str, figure: str, title: str) -> None:
    measure = Measure("a.b", "Style", 0.9, unit, 20, "turns")
    assert (dimensions.figure(measure), dimensions.titled(measure)) == (figure, title)


def test_a_measure_with_more_places_than_marks_says_so() -> None:
    held = report()
    places = tuple(s.span for s in held.statements[1:4])
    duties = Measure("a.b", "Sounds like a duty", 3.0, "findings", 5, "statements", evidence=places)
    told = dimensions.fewer_marked(held)
    assert told(duties) == ", of which the plainest one is marked"
    assert told(replace(duties, evidence=places[:1])) == told(replace(duties, title="Another")) == ""
