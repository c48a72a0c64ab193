"""What is not to wait stands before everything else, for every reader, and reaches every format."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from typing import get_args

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.analysis import report_on
from transcript_rapport.renderers import csv, foremost, html, making, next_steps, review, text
from transcript_rapport.renderers import json as machine
from transcript_rapport.renderers.guarded import CLOSE, Guard
from transcript_rapport.renderers.kinds import side
from transcript_rapport.renderers.measured import went_well
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.renderers.priority import read_first, review_priority
from transcript_rapport.report import Report
from transcript_rapport.settings import DEFAULTS, Reader

SAID = (
    "It is all a lot at the moment with the house and the children and the bills that come in, and I get up and I do "
    "what has to be done, but some nights I feel like I don't want to live."
)


def spoken(reader: Reader = "anyone", times: int = 1) -> Report:
    lines: list[invented.Line] = [*reports.LINES, *[("C", SAID, ["client.emotion"])] * times]
    return report_on(invented.coded(lines), DEFAULTS.with_changes({"reader": reader}))


@pytest.mark.parametrize("reader", get_args(Reader))
def test_words_about_dying_come_first_whole_and_with_what_to_do(reader: Reader) -> None:
    shown = " ".join(text.render(spoken(reader)).split())
    told = shown[: shown.index("WELL")]
    assert "Utterance 10: “" in told
    assert "I feel like I don't want to live”" in told
    assert "read the transcript and follow your service's procedure." in told
    page = " ".join(unescape(html.render(spoken(reader))).split())
    assert page.index("I don't want to live”") < page.index('id="well"') < page.index('id="next"')
    assert page.count('first of all, read utterance <a href="#u10') == 1
    assert page.index("I don't want to live”") < page.index('class="talked"')


def test_every_place_is_numbered_and_a_few_are_quoted() -> None:
    (notice,) = making.notices(spoken(times=5))
    assert notice.startswith("Utterances 10, 11, 12, 13 and 14: ")
    assert notice.count("don't want to live") == making.QUOTED


def test_every_report_says_that_it_does_not_look_for_danger() -> None:
    report = reports.full()
    assert making.notices(report) == []
    assert "does not look for danger to anyone" in text.render(report)
    page = " ".join(html.render(report).split())
    limits = page[page.index('id="limits"') :]
    assert "This page does not look for danger to anyone" in limits and "nothing is shown says nothing" in limits


def test_of_two_clients_it_is_told_who_said_it_and_to_what_question() -> None:
    lines: list[invented.Line] = [("T", "Do you feel safe at home?", []), ("C", "Not always.", []), ("T", "I see.", [])]
    coded = invented.coded([*lines, ("O", "I've only done it once.", [])])
    both = replace(coded.session, roles={**coded.session.roles, "O": "client"})
    (notice,) = making.notices(report_on(replace(coded, session=both), DEFAULTS))
    assert notice.startswith("Utterance 1: C, to “Do you feel safe at home?”: “Not always”.")
    assert "utterance 3" in notice and "somebody being harmed" in notice and "dying" not in notice


def test_what_holds_for_every_such_place_is_told_once() -> None:
    lines: list[invented.Line] = [("C", "He hits me.", []), ("T", "I see.", []), ("C", "I want to die.", [])]
    first, last = making.notices(report_on(invented.coded(lines), DEFAULTS))
    assert first.endswith("when asked.") and making.NOT_LOOKED_FOR in last


def test_words_that_add_up_come_first_as_what_they_are() -> None:
    lines: list[invented.Line] = [("C", "I gave Piet my violin.", []), ("T", "How kind of you.", [])]
    report = report_on(invented.coded([*lines, ("C", "I won't need it much longer.", [])]), DEFAULTS)
    assert str(foremost.foremost(report)[0]).startswith("Words were said that may stand for giving up")
    assert "nobody but the client knows" in making.notices(report)[0]
    step = suggestions(report)[0]
    assert step.place and step.place.utterance == 2, "the surest of them"
    assert review.stops(report)[0].kind == "safety.faint" and review_priority(report).spoken


def test_words_of_a_disclosure_have_a_name_of_their_own() -> None:
    lines: list[invented.Line] = [("C", "It was my uncle.", []), ("C", "I was nine. I never told anyone.", [])]
    report = report_on(invented.coded(lines), DEFAULTS)
    assert "harm to a client as a child" in str(foremost.foremost(report)[0])
    assert "giving up" not in text.render(report) and "as a child" in review.stops(report)[0].title


@pytest.mark.parametrize(("last", "steps"), [("I won't need it much longer.", 1), ("We had tea.", 2)])
def test_between_the_first_and_the_last_of_such_words_no_small_step_stands(last: str, steps: int) -> None:
    lines: list[invented.Line] = [("C", "I gave Piet my violin.", []), ("C", "It is hopeless.", [])]
    advice = [("T", "You should go to bed earlier.", ["advice.directive"]), ("C", last, [])]
    assert len(suggestions(report_on(invented.coded([*lines, *advice]), DEFAULTS))) == steps


def test_such_a_session_is_read_first_for_the_words_it_has() -> None:
    assert "dying" in read_first(spoken()) and "giving up" not in read_first(spoken())
    assert "what cannot stay private" not in read_first(spoken())


def test_machines_get_it_as_any_finding() -> None:
    told = [f for f in json.loads(machine.render(spoken()))["findings"] if f["kind"] == "safety.spoken"]
    assert [(f["utterance"], f["suggestion"]) for f in told] == [(10, "")]
    assert any("safety.spoken" in content for content in csv.files(spoken()).values())


def test_nothing_near_is_praised_and_the_place_comes_before_every_step() -> None:
    assert side("safety.spoken") == "neutral"
    held = went_well(spoken(), 3)
    assert held and all(told.place and told.place.utterance < 10 - CLOSE for told in held), "and no number"
    first, *others = suggestions(spoken())
    assert first.place and (first.title, first.place.utterance, first.suggestion) == (next_steps.TAKE, 10, "")
    assert others and all(step.place for step in others), "no number makes a step here"
    (only,) = suggestions(spoken("trainee"))
    assert only.place == first.place
    assert review.stops(spoken())[0].place.utterance == 10
    assert "One goal" not in html.render(spoken("trainee"))


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (["That is hard.", "And where do you live?"], "it is not spoken of again in such words"),
        (
            ["That is hard.", "Have you thought of killing yourself?"],
            "The practitioner asked about it directly at utterance 4.",
        ),
        (["Who could keep you safe?", "I will ring the crisis team."], "spoke of it again at utterance 4."),
        ([], next_steps.SHARED),
    ],
)
def test_whether_it_is_spoken_of_again_is_told_as_a_fact_of_words(after: list[str], told: str) -> None:
    lines: list[invented.Line] = [
        ("C", SAID, []),
        *(line for said in after for line in (("T", said, []), ("C", "No.", []))),
    ]
    report = report_on(invented.coded([("T", "Hello.", []), *lines]), DEFAULTS)
    assert told in suggestions(report)[0].why


@pytest.mark.parametrize("reader", get_args(Reader))
def test_no_number_says_that_such_a_session_can_wait(reader: Reader) -> None:
    for shown in (text.render(spoken(reader)), html.render(spoken(reader))):
        assert "can wait" not in shown and "too short to say (" not in shown


def test_labels_that_say_who_is_who_are_named_once() -> None:
    coded = reports.full().coded
    said = coded.session.with_roles(
        coded.session.roles, 1.0, "the speaker labels say so: T as practitioner, C as client; yet C talks more"
    )
    told = making.certainty(replace(reports.full(), coded=replace(coded, session=said)))
    assert told == "Practitioner: T; client: C (the speaker labels say so; yet C talks more)."


COUNTED = "inviting to say more (T: 5 of 15 turns, C: 0 of 15); asking leave (T: 3 of 15 turns, C: 0 of 15)"


@pytest.mark.parametrize(("sure", "told"), [(0.999, "99.9 %"), (0.9996, "99.9 %"), (0.93, "93 %")])
def test_who_is_who_comes_with_its_certainty_before_its_reasons_and_never_with_a_hundred(
    sure: float, told: str
) -> None:
    coded = reports.full().coded
    session = coded.session.with_roles(coded.session.roles, sure, f"inferred from how they talk: {COUNTED}")
    report = replace(reports.full(), coded=replace(coded, session=session))
    inferred = f"Practitioner: T; client: C (inferred from how they talk, certainty {told}"
    assert making.certainty(report) == f"{inferred}: {COUNTED})."
    assert f"{inferred})." in " ".join(text.render(report).split())


def test_what_made_a_report_is_never_cut() -> None:
    coded = reports.full().coded
    session = replace(coded.session, role_reason="you named T as the practitioner, " * 20)
    made_with = {"transcript_rapport": "0.1.0", "model": {"name": "rapport-small"}}
    shown = text.render(replace(reports.full(), coded=replace(coded, session=session), made_with=made_with))
    assert "Made by Transcript Rapport 0.1.0, coder rapport-small, on this machine." in shown


DOUBT = "utterances 0 to 9: by how each talks, the labels T and C seem exchanged; look at them"


def in_doubt(report: Report, practitioner: str | None = None) -> Report:
    """The report with a doubt about who is who, and the practitioner that the user named."""
    session = replace(report.session, notes=(DOUBT,))
    made_with = {**report.made_with, "settings": {"practitioner": practitioner}}
    return replace(report, coded=replace(report.coded, session=session), made_with=made_with)


def test_a_doubt_about_who_is_who_comes_first_and_takes_praise_steps_and_shares_away() -> None:
    doubted = in_doubt(reports.full())
    for shown in (text.render(doubted), unescape(html.render(doubted))):
        assert "Utterances 0 to 9: by how each talks" in " ".join(shown.split())
        assert "WELL" not in shown and 'id="well"' not in shown and 'id="next"' not in shown
        assert "Worth " not in shown and "% of the words" not in shown
        assert shown.index("Look first at who is who") < shown.index("if the labels are right")
    assert json.loads(machine.render(doubted))["session"]["notes"] == [DOUBT]


def test_what_settles_a_doubt_on_the_command_line_is_told_at_a_terminal_only() -> None:
    doubted = in_doubt(reports.full())
    shown = text.render(doubted)
    assert "(--practitioner)" in shown and "(--repair-roles)" in shown
    page = html.render(doubted)
    assert " (--practitioner)" not in page and "--repair-roles" not in page


def test_a_note_that_holds_an_option_of_its_own_stands_on_a_page_as_it_is() -> None:
    note = "one note with --practitioner B, and the times are missing"
    coded = reports.full().coded
    noted = replace(reports.full(), coded=replace(coded, session=replace(coded.session, notes=(note,))))
    assert f"<li>{note}</li>" in html.render(noted)


def test_a_doubt_leaves_words_about_dying_where_they_are() -> None:
    shown = text.render(in_doubt(spoken()))
    assert shown.index("Look first") < shown.index("first of all, read utterance 10") < shown.index("Utterance 10: “")


def test_who_names_the_practitioner_has_settled_it_and_still_sees_the_note() -> None:
    shown = text.render(in_doubt(reports.full(), practitioner="T"))
    assert "WHAT WENT WELL" in shown and shown.index("Please note. Utterances 0 to 9") < shown.index("WHAT WENT WELL")


def test_a_trainee_is_told_no_count_of_remarks_beside_words_about_dying() -> None:
    counted = {reader: " ".join(map(str, foremost.foremost(spoken(reader)))) for reader in get_args(Reader)}
    assert counted["trainee"] == "Dying or harm was spoken of: first of all, read utterance 10."
    assert all(told.startswith(counted["trainee"]) for told in counted.values())


def test_a_greeting_that_returns_is_told_and_a_second_hello_is_not() -> None:
    first, second = (
        "Hello Edda, I see that you came for the ointment.",
        "Hello Edda, I see you came for the ointment today.",
    )
    between: list[invented.Line] = [("C", "Yes, I did.", []), ("T", "Here it is.", [])] * 3
    twice = report_on(invented.coded([("T", first, []), *between, ("T", second, [])]), DEFAULTS)
    assert "A greeting returns at utterance 7: the file may hold several conversations" in " ".join(
        text.render(twice).split()
    )
    once = report_on(invented.coded([("T", first, []), *between, ("T", "Hello, can you hear me again?", [])]), DEFAULTS)
    assert "greeting" not in text.render(once)


def test_a_beginning_made_three_times_is_never_held_up() -> None:
    lines = [("T", "I'm so I'm so glad and I'm so moved by what you did there.", ["validation.support"])]
    report = report_on(invented.coded(lines), DEFAULTS)
    broken = reports.finding(report.coded, "validation.support", 0)
    assert Guard(report)(broken)


@pytest.mark.parametrize("reader", ["anyone", "trainee", "supervisor"])
def test_no_page_for_a_clinician_tells_commands_or_options(reader: Reader) -> None:
    plain = report_on(reports.full().coded, DEFAULTS.with_changes({"reader": reader}))
    for report in (plain, in_doubt(plain)):
        page = html.render(report)
        shown = page[page.index("<main") : page.index("<script>")] + page[page.index("<header") : page.index("<nav")]
        assert "--" not in shown and "rapport " not in shown.replace("Rapport ", "")
    assert "--practitioner" in " ".join(making.cautions(in_doubt(plain), options=True))
