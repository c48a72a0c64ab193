"""A medical visit is known by the settings or by its talk, and is spared what was made for counselling."""

from dataclasses import replace

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport import medical
from transcript_rapport.analysis import report_on
from transcript_rapport.errors import SettingsError
from transcript_rapport.renderers import html, text
from transcript_rapport.report import Measure, Report, Threshold
from transcript_rapport.settings import DEFAULTS

ASKED = (
    "Have you had any fever or chills?",
    "Is there any pain in your chest?",
    "Do you cough up any phlegm?",
    "Have you had diarrhoea or nausea?",
    "Are you on any tablets at all?",
    "Have you had any surgery before?",
    "Is there a rash on your knees?",
    "Do you have any allergies then?",
    "Did they do an x-ray of it?",
    "Have your ankles been swollen?",
)
MITI = Threshold("MITI 4.2.1: fair 1, good 2", 1.0, 2.0, "MITI 4.2.1 (Moyers et al., 2014)")


def visit(code: str = "question.closed", setting: str = "auto", asked: tuple[str, ...] = ASKED) -> Report:
    """A history taken in questions of one kind."""
    lines: list[invented.Line] = []
    for question in asked:
        lines += [("T", question, [code]), ("C", "A little, since the spring.", [])]
    return Report(invented.coded(lines), (), (), {"settings": {"setting": setting}})


def test_a_history_is_known_by_its_words_and_its_closed_questions() -> None:
    told = medical.signs(visit())
    assert "illness and treatment and its closed questions" in told and "as counselling" in told


def test_open_questions_other_words_or_few_of_them_are_no_history() -> None:
    assert not medical.is_medical(visit("question.open"))
    assert not medical.is_medical(visit(asked=("Did you talk to your sister about the house?",) * 10))
    assert not medical.is_medical(visit(asked=ASKED[:5]))


def test_a_doctors_label_is_enough_beside_a_few_such_words_however_it_is_asked() -> None:
    told = visit("question.open", asked=ASKED[:5])
    labelled = replace(told.coded.session, roles={"Dr Amadi": "practitioner", "C": "client"})
    spoken = [replace(u, speaker="Dr Amadi") if u.speaker == "T" else u for u in labelled]
    session = replace(labelled, utterances=tuple(spoken))
    report = replace(told, coded=replace(told.coded, session=session))
    assert not medical.is_medical(told) and "its speaker label" in medical.signs(report)


def test_the_settings_have_the_last_word() -> None:
    assert not medical.is_medical(visit(setting="counselling"))
    assert not medical.is_medical(visit(setting="counseling"))  # as an American page spells it
    said = visit(setting="medical", asked=("How is the allotment?",))
    assert medical.is_medical(said) and not medical.signs(said)
    assert not medical.is_medical(replace(visit(), made_with={}))


def test_an_unknown_kind_of_talk_is_refused() -> None:
    with pytest.raises(SettingsError, match="counselling"):
        DEFAULTS.with_changes({"setting": "veterinary"})


def test_treatment_is_no_unasked_advice_and_how_somebody_lives_is() -> None:
    told = ("Take two tablets with food.", "You really have to stop smoking.", "You really should come more often.")
    report = visit(asked=(*ASKED, *told))
    marks = tuple(reports.finding(report.coded, "advice.directive", i) for i in (20, 22, 24))
    kept = medical.fitted(replace(report, findings=marks)).findings
    assert [f.utterance for f in kept] == [22, 24] and "staying the same" not in kept[0].why
    counselling = replace(report, findings=marks, made_with={})
    assert medical.fitted(counselling) == counselling


def test_values_made_for_counselling_are_not_shown() -> None:
    measure = Measure("listening.ratio", "R:Q", 0.2, "ratio", 12, "both", 0.1, 0.5, MITI, "counted on few")
    (shown,) = medical.unvalued(visit(), (measure,))
    assert shown.threshold is None and shown.note == f"counted on few; {medical.NO_MITI}"


def test_the_page_says_that_it_was_read_as_a_visit_and_why() -> None:
    report = report_on(visit().coded, DEFAULTS)
    page, plain = html.render(report), " ".join(text.render(report).split())
    assert "have it read anew as counselling." in page and "--setting" not in page
    assert "have it read anew as counselling (--setting counselling)." in plain
    for shown in (page, plain):
        assert "Read as a medical visit" in shown
        assert "MITI 4.2.1: fair" not in shown
    assert "Read as a medical visit" not in text.render(report_on(visit().coded, replace(DEFAULTS, setting="medical")))
