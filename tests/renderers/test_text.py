from dataclasses import replace

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport import norms
from transcript_rapport.analysis import report_on
from transcript_rapport.renderers import html, priority, text
from transcript_rapport.renderers.tables import rows
from transcript_rapport.report import Measure, Report
from transcript_rapport.settings import DEFAULTS

LISTENING = Measure(
    "listening.reflection_to_question_ratio", "Reflections for each question", 1.0, "ratio", 20, "both", 0.8, 1.5
)


def test_a_screenful_that_begins_with_what_went_well() -> None:
    shown = text.render(reports.full())
    lines = shown.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100
    assert shown.index("WHAT WENT WELL") < shown.index("TO TRY NEXT") < shown.index("SIX DIMENSIONS")
    assert "67 %" in shown
    assert "1 of 1 reflection 100 % (20 to 100 %)" in " ".join(shown.split())
    assert "no verdict on a person" in shown and "that none is shown does not\nmean there is none." in shown


def test_a_screenful_even_when_everything_is_long() -> None:
    report = reports.full()
    long = "a very long title that goes on and on " * 4
    many = tuple(Measure(f"room{i}.m", long, 1.5, "per 100 " + long, 12345, long, 0.5, 2.5) for i in range(12))
    none = tuple(Measure(f"room{i}.n", long, None, "share", 0, long, note=long) for i in range(9))
    named = replace(report.session, name=long * 3, role_reason=long * 5)
    lines = text.render(replace(report, coded=replace(report.coded, session=named), measures=many + none)).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100


def test_a_step_shows_what_the_client_had_said() -> None:
    passed = "The clock stopped and I was so scared of the dark."
    coded = invented.coded([("C", passed, []), ("T", "Which bus do you take?", ["question.closed"])])
    assert f"The client had said: “{passed}”" in text.render(report_on(coded, DEFAULTS))


def test_little_to_show_is_said_warmly() -> None:
    shown = " ".join(text.render(reports.bare()).split())
    assert "That does not mean nothing went well" in shown
    assert "no statement is marked as reflecting what was said or validating it" in shown


def test_the_short_form_follows_its_reader() -> None:
    report = reports.full()
    made = {reader: {"settings": {"reader": reader}} for reader in ("trainee", "supervisor")}
    trainee, supervisor = (text.render(replace(report, made_with=made[r])) for r in made)
    assert "ONE GOAL FOR YOUR NEXT SESSION" in trainee
    assert trainee.count("→") == 1
    assert supervisor.count("→") >= 1
    assert "TO LISTEN TO" not in supervisor, "the only place is a step above"
    assert "[judgment.dismiss]" not in supervisor and "--format csv, json or html" not in supervisor


def test_a_researchers_short_form_has_codes_and_says_where_the_rest_is() -> None:
    shown = text.render(replace(reports.full(), made_with={"settings": {"reader": "researcher"}}))
    assert "[judgment.dismiss] " in shown and "--format csv, json or html" in shown


def test_what_one_could_say_is_never_cut_and_a_place_has_its_time() -> None:
    full = reports.full(times=True)
    long = "Ask first: “" + "would it be all right " * 9 + "for you?”"
    findings = tuple(replace(f, suggestion=long) if f.kind == "judgment.dismiss" else f for f in full.findings)
    shown = text.render(replace(full, findings=findings))
    assert long in " ".join(shown.split()) and "   6  0:30  " in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_a_supervisors_screenful_says_what_moved_the_session_up_and_down() -> None:
    made = report_on(reports.full(times=True).coded, DEFAULTS.with_changes({"reader": "supervisor"}))
    shown = text.render(replace(made, findings=reports.full(times=True).findings))
    lines, told = shown.splitlines(), " ".join(shown.split())
    assert len(lines) <= 40 and max(map(len, lines)) <= 100
    assert "WHERE TO SPEND TIME FIRST: too short to say" in told
    told = " ".join(text.render(replace(made, measures=reports.moving())).split())
    assert "not a grade of a person" in told and priority.SOONER in told


def test_where_to_spend_time_stands_by_itself_and_is_left_out_where_the_order_does_not_fit() -> None:
    made = replace(reports.full(), measures=reports.moving(), findings=())
    for setting, fits in (("counselling", True), ("medical", False)):
        report = replace(made, made_with={"settings": {"reader": "supervisor", "setting": setting}})
        for shown in (text.render(report), html.render(report)):
            assert ("where to spend time first: among several sessions this one" in shown.lower()) is fits
            assert ("where to spend time" in shown.lower()) is fits and "its place says little" not in shown


def test_none_is_said_in_words_with_how_many_may_have_been_missed() -> None:
    none = Measure(
        "acceptance.judgments_per_hundred_statements",
        "Words that could be heard as judgment",
        0.0,
        "per 100 practitioner statements",
        43,
        "practitioner statements",
        0.0,
        19.7,
    )
    shown = " ".join(text.render(replace(reports.full(), measures=(none,))).split())
    assert "Could sound judging 0 of 43 statements none (up to 19.7 per 100)" in shown
    assert "None means that none was found: the coder may have missed some." in shown
    page = " ".join(html.render(replace(reports.full(), measures=(none,))).split())
    assert "None was found in 43 practitioner statements; up to 19.7 per 100 practitioner statements" in page
    assert "90 % interval 0 to 19.7" in page
    assert page.count("does not prove that there were none") == 1
    assert "none was found" not in text.render(reports.full())
    (row,) = rows(replace(reports.full(), measures=(none,)), "measures")
    assert (row["value"], row["low"], row["high"]) == (0.0, 0.0, 19.7)


@pytest.mark.parametrize(
    ("name", "title", "unit", "of", "told"),
    [
        (
            *("responsiveness.openings_answered_share", "Openings that were met", "share", "openings"),
            "Openings that were met 0 of 5 openings none (up to 37 %)",
        ),
        (
            *(
                "partnership.advice_with_permission_share",
                "Advice with room",
                "share",
                "practitioner turns with advice",
            ),
            "Advice with room 0 of 5 turns none (up to 37 %)",
        ),
        (
            LISTENING.name,
            LISTENING.title,
            "ratio",
            "both",
            "Reflections for each question 0 to 5 none (up to 0.37 : 1)",
        ),
    ],
)
def test_a_row_of_nothing_never_reads_as_if_there_had_been_nothing_to_meet(
    name: str, title: str, unit: str, of: str, told: str
) -> None:
    shown = text.render(replace(reports.full(), measures=(Measure(name, title, 0.0, unit, 5, of, 0.0, 0.37),)))
    assert told in " ".join(shown.split()) and "none found" not in shown


def test_norms_that_the_user_named_are_told_below_the_six_dimensions() -> None:
    group = norms.Norms("our clinic", 30, "our own", {LISTENING.name: norms.Norm(25, "ratio", {"25": 0.5, "75": 2.0})})
    placed = norms.placed([LISTENING, replace(LISTENING, low=0.1, high=9.0)], group)
    for measure, wide in zip(placed, ("", " (its range spans them all)"), strict=True):
        made_with = {"norms": {"name": group.name, "sessions": group.sessions, "limits": group.limits}}
        shown = text.render(replace(reports.full(), measures=(measure,), made_with=made_with))
        assert f"  Reflections for each question     a usual value among 25{wide}\n" in shown
        assert "These are our clinic (30 sessions): our own." in shown
        assert max(map(len, shown.splitlines())) <= 100
    assert "BESIDE OTHER SESSIONS" not in text.render(reports.full())


def test_marks_that_are_not_held_up_are_not_denied() -> None:
    coded = invented.coded([("T", "Right, so.", ["reflection.simple"]), ("C", "Yes.", [])])
    shown = " ".join(text.render(Report(coded, (), (), {})).split())
    assert "1 statement is marked as reflecting" in shown
    assert "marks what could be heard as reflecting; no place is clear enough by its words alone" in shown
    assert "marked little" not in shown
