import re
from dataclasses import replace

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.renderers import html, transcript
from transcript_rapport.report import Coded, Measure, Report, Span


def coded(line: invented.Line, probability: float) -> Coded:
    """One line by the practitioner or client with its codes, each as likely as told."""
    made = invented.coded([line, ("C" if line[0] == "T" else "T", "Hm.", [])])
    given = dict.fromkeys(line[2], probability)
    return replace(made, statements=(replace(made.statements[0], codes=given, probabilities=given), made.statements[1]))


def shown(held: Coded) -> list[str]:
    return [tag.title for tag in next(transcript.lines(Report(held, (), (), {}))).tags]


@pytest.mark.parametrize("code", ["judgment.confront", "judgment.moralise", "advice.directive"])
def test_a_reading_too_weak_to_remark_on_is_no_tag(code: str) -> None:
    for probability in (0.4, 0.8):
        held = coded(("T", "How do those thoughts make you feel?", [code]), probability)
        assert shown(held) == []


def test_signs_of_strain_are_tags_only_where_the_coder_is_sure() -> None:
    line: invented.Line = ("C", "Yeah.", ["client.withdrawal"])
    assert shown(coded(line, 0.4)) == []
    assert shown(coded(line, 0.8)) == ["Withdrawal marker"]
    assert shown(coded(("C", "I was so sad.", ["client.emotion"]), 0.4)) == ["Feeling, unsure"]


def test_a_sign_of_strain_that_no_measure_counts_is_no_tag() -> None:
    held, line = coded(("C", "Okay.", ["client.withdrawal"]), 0.8), Span(0, 0, 5)
    strain = Measure(transcript.STRAIN, "Signs of strain", 0.0, "per 100 client statements", 1, "client statements")
    for evidence, tags in (((), []), ((line,), ["Withdrawal marker"])):
        of = Report(held, (), (replace(strain, evidence=evidence),), {})
        assert [tag.title for tag in next(transcript.lines(of)).tags] == tags


def test_a_mark_that_the_coder_would_not_lean_on_says_so() -> None:
    held = coded(("T", "You miss her more each year.", ["reflection.complex"]), 0.4)
    marks = (reports.finding(held, "reflection.complex", 0, score=0.4),)
    assert "Complex reflection, unsure</span></summary>" in html.render(Report(held, marks, (), {}))
    sure = (replace(marks[0], score=0.8),)
    assert "Complex reflection</span></summary>" in html.render(Report(held, sure, (), {}))


def test_a_researchers_page_prints_the_probability_of_every_code_once() -> None:
    held = coded(("T", "That is no reason.", ["judgment.confront"]), 0.44)
    page = html.render(Report(held, (), (), {"settings": {"reader": "researcher"}})).split('id="transcript"')[1]
    assert page.count("judgment.confront 0.44") == 1 and "Sounds like an argument" not in page
    assert "judgment" not in html.render(Report(held, (), (), {})).split('<ol class="lines"')[1]


def test_below_an_utterance_marks_open_and_codes_are_plain_words_in_one_line() -> None:
    held = invented.coded([("C", "I am sad, and I want to call her.", ["client.emotion", "talk=change"])])
    marks = (reports.finding(held, "opening.missed", 0),)
    labels = html.render(Report(held, marks, (), {})).split('<div class="labels">')[1].split("</div>")[0]
    told = re.sub(r"<[^>]*>", "|", re.sub(r"<p>.*</p>", "", labels))
    assert [word.strip() for word in told.split("|") if word.strip()] == [
        "An opening passed over",
        "change talk",
        "Feeling",
    ]


def test_only_what_the_coder_gave_is_called_a_probability() -> None:
    held = coded(("T", "Which would you rather have, and the stat meds?", ["partnership.collaborate"]), 0.8)
    told = transcript.certainty(Report(held, (), (), {}))
    assert told(reports.finding(held, "partnership.preference", 0, score=0.8)) == transcript.BY_WORDS
    assert told(reports.finding(held, "jargon.unexplained", 0, score=0.9)) == transcript.BY_WORDS
    assert told(reports.finding(held, "judgment.label", 0, score=0.6)) == transcript.BY_WORDS
    assert told(reports.finding(held, "partnership.collaborate", 0, score=0.8)) == "probability 0.80"
    assert told(reports.finding(held, "jargon.unexplained", 0, score=0.8)) == "probability 0.80"
