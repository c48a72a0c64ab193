from dataclasses import replace

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.renderers import html, text
from transcript_rapport.renderers.foremost import foremost, pressing
from transcript_rapport.renderers.highlights import Highlight
from transcript_rapport.renderers.kinds import kind_title
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.report import Finding, Report, Span


def told(report: Report) -> str:
    return " ".join(map(str, foremost(report)))


def judged(times: int) -> Report:
    """The full session with so many remarks that may sound judging at its sixth utterance, a letter longer each."""
    full = reports.full()
    kept = [f for f in full.findings if not f.kind.startswith("judgment")]
    more = (reports.finding(full.coded, "judgment.dismiss", 6, 30 + n, score=0.7) for n in range(times))
    return replace(full, findings=(*kept, *more))


def test_what_may_have_hurt_is_told_after_what_went_well_with_how_often_and_where_to_begin() -> None:
    shown = told(judged(4))
    assert shown.startswith("Worth keeping: a complex reflection")
    assert shown.endswith("Worth hearing again: 4 remarks that may sound judging; begin at utterance 6.")
    assert str(*pressing(judged(4))).startswith("Worth hearing again: 4 remarks")


def test_a_trainee_is_told_the_one_thing_that_the_card_says() -> None:
    report = replace(judged(4), made_with={"settings": {"reader": "trainee"}})
    first, then = foremost(report)
    (step,) = suggestions(report)[:1]
    assert str(first).startswith("Worth keeping: ")
    assert (
        step.place
        and str(then).lower() == f"to try next time: {step.title}, at utterance {step.place.utterance}.".lower()
    )


def test_a_hint_that_no_card_shows_is_not_pointed_at() -> None:
    report = judged(2)
    faint = (replace(f, score=0.4) if f.kind.startswith("judgment") else f for f in report.findings)
    assert "judging" not in told(replace(report, findings=tuple(faint)))


def test_one_such_place_does_not_stand_before_what_went_well() -> None:
    shown = told(judged(1))
    assert shown.index("Worth keeping: a complex reflection") < shown.index(
        "1 remark that may sound judging, at utterance 6"
    )


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (("reflection.complex", "validation.normalise"), "a complex reflection and a validation (“it makes sense”)"),
        (("question.open", "question.open", "validation.support"), "open questions and care expressed"),
        (("reflection.complex", "transparency.uncertainty"), "a complex reflection and saying what is not known"),
    ],
)
def test_what_is_worth_keeping_is_named_by_nouns(
    kinds: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = tuple(Highlight(kind, kind_title(kind), "", "", place=Span(i, 0, 1)) for i, kind in enumerate(kinds))
    monkeypatch.setattr("transcript_rapport.renderers.foremost.went_well", lambda *_: held)
    assert told(judged(0)).startswith(f"Worth keeping: {said}, at utterances 0")


def test_what_went_well_comes_first_where_nothing_else_does_and_nothing_is_made_up() -> None:
    assert told(judged(0)).startswith("Worth keeping: ") and "hearing" not in told(judged(0))
    assert pressing(judged(0)) == () and told(reports.bare()) == ""


def test_words_about_dying_come_before_everything_and_beside_no_praise() -> None:
    full = judged(0)
    spoken: Finding = reports.finding(full.coded, "safety.spoken", 5)
    shown = told(replace(full, findings=(*full.findings, spoken)))
    assert shown == "Dying or harm was spoken of: first of all, read utterance 5."


def test_it_is_the_first_sentence_on_paper_and_screen_and_leads_there() -> None:
    report = judged(4)
    assert text.render(report).splitlines()[1].startswith("Worth keeping: ")
    page = html.render(report)
    first = page[page.index('<p class="opening">') :]
    assert (
        first.index("Worth keeping")
        < first.index("Worth hearing again")
        < first.index('<a href="#u6')
        < first.index('<p class="talked">')
    )


def test_a_medical_visit_has_a_patient() -> None:
    lines: list[invented.Line] = [
        ("T", "What brings you in?", ["question.open"]),
        ("C", "The cough, mostly. My mother died of hers.", ["client.emotion"]),
        ("T", "You were with her, and now you listen to your own breath.", ["reflection.complex"]),
    ]
    coded = invented.coded(lines)
    report = Report(coded, (reports.finding(coded, "reflection.complex", 2),), (), {"settings": {"setting": "medical"}})
    shown = text.render(report)
    assert "more than the patient put into words" in shown and "the client put" not in shown
    assert "marked as repeating or reflecting what was said" in " ".join(shown.split())
    page = html.render(report)
    assert "went towards the patient" in page and "towards the client" not in page
    assert '<span class="meta">patient' in page and "patient, hatched" in page
