"""A session in which nothing is marked still gives one step, from what was counted, or says that too little was."""

from dataclasses import replace

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.analysis import report_on
from transcript_rapport.renderers import html, text
from transcript_rapport.renderers.measured import too_little_to_try, went_well
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.report import Report
from transcript_rapport.settings import DEFAULTS

ASKED: invented.Line = ("T", "Did you get any sleep after that?", ["question.closed", "behaviour=question"])
TOLD: invented.Line = ("C", "I keep the lamp on, I am so frightened of the dark again.", ["client.emotion"])
OPENED: invented.Line = ("T", "What goes through your mind then?", ["question.open", "behaviour=question"])
ECHOED: invented.Line = ("T", "So the dark frightens you again.", ["reflection.simple", "behaviour=reflection"])
DEEPER: invented.Line = ("T", "You had hoped that was over.", ["reflection.complex", "behaviour=reflection"])


def made(lines: list[invented.Line], times: int = 12, reader: str = "trainee") -> Report:
    """The lines over and over, as a report with every measure and none of the detectors' marks."""
    report = report_on(invented.coded(lines * times), DEFAULTS.with_changes({"reader": reader}))
    return replace(report, findings=())


@pytest.mark.parametrize(
    ("lines", "name", "told"),
    [
        ([OPENED, TOLD, ECHOED, TOLD], "listening.reflection_to_question_ratio", "12 reflections and 12 questions"),
        ([ECHOED, TOLD, DEEPER, TOLD, ASKED, TOLD], "listening.open_question_share", "None of 12 questions was open"),
        (
            [ECHOED, TOLD, ECHOED, TOLD, ECHOED, TOLD, OPENED, TOLD],
            "listening.complex_reflection_share",
            "36 reflections hand back",
        ),
        (
            [DEEPER, TOLD, DEEPER, TOLD, OPENED, TOLD],
            "collaboration.feedback_per_ten_turns",
            "was not found here, in 36 practitioner turns",
        ),
    ],
)
def test_the_step_follows_from_what_was_counted(lines: list[invented.Line], name: str, told: str) -> None:
    report = made(lines)
    (step,) = suggestions(report)
    assert step.kind == name
    assert told in step.why
    assert step.suggestion and step.source
    shown = " ".join(text.render(report).split())
    assert step.title in shown and "Source: " in shown
    assert step.title in html.render(report)


def test_a_question_is_shown_with_what_could_have_been_reflected() -> None:
    (step,) = suggestions(made([ASKED, TOLD, OPENED, TOLD, ECHOED, TOLD, DEEPER, TOLD]))
    assert step.heard == TOLD[1]
    assert step.quote in (ASKED[1], OPENED[1])


def test_a_question_about_safety_is_never_one_to_reword() -> None:
    safety: invented.Line = (
        "T",
        "Have you had thoughts of ending your life?",
        ["question.closed", "behaviour=question"],
    )
    (step,) = suggestions(made([safety, TOLD, ECHOED, TOLD, DEEPER, TOLD]))
    assert not step.quote


def test_where_too_little_was_counted_that_is_said_and_what_would_show_more() -> None:
    report = made([ASKED, TOLD], times=1)
    assert suggestions(report) == ()
    told = too_little_to_try(report)
    assert "too little was counted" in told and "1 question" in told and "would show more" in told
    assert told.split(" (")[0] in html.render(report)
    assert too_little_to_try(reports.bare()).count("(") == 0


def test_numbers_are_strengths_only_where_there_is_little_to_quote() -> None:
    quiet: list[invented.Line] = [("T", "Mm, go on.", ["facilitation"]), TOLD]
    (room,) = went_well(made(quiet, times=20), 3)
    assert room.title.startswith("Room for the client: ") and room.source and not room.quote
    assert all(h.quote for h in went_well(reports.full(), 3))
