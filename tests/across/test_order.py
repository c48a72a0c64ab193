"""The order of a caseload: what is read first, what waits, what is too short, and whose sessions are joined."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.across import sessions
from tests.renderers.test_priority import WEIGHTS, marked
from transcript_rapport.across import caseload, order, page
from transcript_rapport.across.caseload import Caseload
from transcript_rapport.across.gather import Gathered
from transcript_rapport.report import Finding, Report
from transcript_rapport.roles.labels import names_nobody
from transcript_rapport.session import Role

JUDGING = ("judgment.warn", "judgment.criticise", "opening.missed")


def session(name: str, part: int, *kinds: str) -> Report:
    return marked(sessions.with_measures(name, sessions.share(part, 60), sessions.rate(20, 40)), *kinds)


def load(*reports: Report) -> Caseload:
    return caseload.caseload(Gathered(reports), WEIGHTS)


def names(of: Caseload, group: str) -> list[str]:
    return [case.report.session.name for case in of.cases if case.group == group]


def test_what_a_client_said_of_dying_comes_first_and_what_is_short_last() -> None:
    short = sessions.with_measures("short", sessions.share(1, 2))
    of = load(short, session("poor", 2), session("spoken", 55, "jargon.unexplained", "safety.spoken"))
    assert not of.cases[0].priority.reasons and "can wait" not in of.cases[0].line
    assert [case.report.session.name for case in of.cases] == ["spoken", "poor", "short"]
    assert [case.place for case in of.cases] == [1, 2, 0]
    assert of.cases[0].places[0].kind == "safety.spoken"
    html = page.caseload(of)
    assert html.index(order.GROUPS["read"]) < html.index(">spoken") < html.index(">poor") < html.index(">short")
    assert "0 of 2 measures had enough to count" in html
    assert [row["review_priority"] is None for row in caseload.rows(of)] == [True, False, True]


def test_no_number_orders_sessions_in_which_dying_was_spoken_of_nor_calls_one_too_short() -> None:
    brief = marked(sessions.with_measures("brief", sessions.share(1, 2)), "safety.spoken")
    of = load(session("poor", 2), session("calm", 55, "safety.spoken"), brief)
    assert names(of, "read") == ["calm", "brief"] and names(of, "ordered") == ["poor"]
    assert "Too short" not in of.cases[1].line and "0.00" not in page.caseload(of)


def test_nothing_weighty_is_said_under_no_judgment_and_names_the_reports_own_steps() -> None:
    calm = sessions.with_measures("calm", sessions.share(55, 60))
    spoken = next(u for u in calm.session if calm.session.role_of(u) == "practitioner")
    faint = [Finding(kind, spoken, 0, 4, "why", "source", score=0.4) for kind in ("judgment.warn", "advice.directive")]
    (case,) = load(replace(calm, findings=tuple(faint))).cases
    assert "(ask before advising)" in case.line and "warning" not in case.line
    (case,) = load(calm).cases
    assert case.line == "Nothing weighty is marked."


def test_a_session_with_something_marked_is_not_told_to_wait_as_well() -> None:
    waits, marked_once = session("waits", 55), session("marked", 55, "opening.missed")
    html = page.caseload(load(marked_once))
    assert "In the order: here, for what is marked." in html and "In the order: can wait." not in html
    assert "In the order: here" not in page.caseload(load(waits))


def test_the_page_says_that_it_looks_for_no_danger() -> None:
    html = page.caseload(load(session("one", 20)))
    assert order.NO_WATCH in html and order.GROUPS["read"] not in html


def test_a_session_with_weighty_findings_does_not_wait_in_the_last_third() -> None:
    of = load(*(session(f"s{n}", 10 + n) for n in range(8)), session("good numbers", 58, *JUDGING))
    assert names(of, "ordered")[5] == "good numbers"
    told = next(case.raised for case in of.cases if case.report.session.name == "good numbers")
    assert told.startswith("Raised because of what was marked") and "1 opening passed over" in told
    assert [bool(case.raised) for case in of.cases].count(True) == 1
    assert "Raised because" in page.caseload(of)


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=9))
def test_an_order_loses_nobody_and_raises_only_what_is_weighty(told: list[tuple[int, bool]]) -> None:
    of = load(*(session(f"s{n}", part, *(JUDGING if weighty else ())) for n, (part, weighty) in enumerate(told)))
    assert sorted(names(of, "ordered")) == sorted(f"s{n}" for n in range(len(told)))
    waiting = of.cases[len(told) - len(told) // 3 :]
    others = sum(not weighty for _, weighty in told)
    assert sum(bool(case.priority.weighty) for case in waiting) == max(0, len(told) // 3 - others)
    assert all(case.priority.weighty for case in of.cases if case.raised)


def called(of: Report, practitioner: str) -> Report:
    """The report with another label for its practitioner."""
    spoken = tuple(replace(u, speaker=practitioner if u.speaker == "T" else u.speaker) for u in of.session)
    roles: dict[str, Role] = {practitioner: "practitioner", "C": "client"}
    return replace(of, coded=replace(of.coded, session=replace(of.session, utterances=spoken, roles=roles)))


def test_strangers_who_share_a_role_are_not_joined() -> None:
    of = load(*(called(session(f"s{n}", 20 + n), "Therapist") for n in range(3)))
    assert not any(case.course for case in of.cases)
    of = load(*(called(session(f"2026-03-0{n} a", 20 + n), "Dr Lee") for n in (2, 1)))
    assert all("2 sessions labelled Dr Lee: " in case.course and "dates in their" in case.course for case in of.cases)
    assert "this is the 1st" in next(c.course for c in of.cases if c.report.session.name == "2026-03-01 a")


@pytest.mark.parametrize("label", ["Therapist", "T", "Speaker 1", "SPEAKER_00", "Social worker", "[Name 2]", "The GP"])
def test_a_label_of_a_role_names_nobody(label: str) -> None:
    assert names_nobody(label)


@pytest.mark.parametrize("label", ["Dr Lee", "Counsellor Anna", "Anna", "J.S.", "山田"])
def test_a_name_names_somebody(label: str) -> None:
    assert not names_nobody(label)


def shares(parts: list[int], name: str) -> list[Report]:
    return [sessions.with_measures(f"s{n}", sessions.share(part, 60, name)) for n, part in enumerate(parts)]


def test_few_stand_out_and_much_openness_never_does() -> None:
    few = [case for case in load(*shares([30] * 9 + [2], "listening.open_question_share")).cases if case.outlying]
    assert [case.report.session.name for case in few] == ["s9"]
    assert "less than most here" in few[0].outlying["listening.open_question_share"]
    assert not any(case.outlying for case in load(*shares([30] * 9 + [58], "listening.open_question_share")).cases)


def test_two_events_are_too_few_to_stand_out() -> None:
    name = "partnership.advice_without_permission_per_ten_turns"

    def told(count: int) -> list[str]:
        rates = [sessions.with_measures(f"s{n}", sessions.rate(0, 40, name)) for n in range(9)]
        of = load(*rates, sessions.with_measures("more", sessions.rate(count, 40, name)))
        return [text for case in of.cases for text in case.outlying.values()]

    assert told(2) == [] and "more than most here" in told(9)[0]


def test_a_session_whose_labels_seem_exchanged_has_no_place_and_no_numbers() -> None:
    doubted = session("turned", 55, *JUDGING)
    spoken = replace(doubted.session, notes=("by how each talks, the labels T and C seem exchanged",))
    of = load(replace(doubted, coded=replace(doubted.coded, session=spoken)), session("plain", 20))
    assert names(of, "doubted") == ["turned"] and [(c.place, c.line) for c in of.cases[:1]] == [(0, caseload.LABELS)]
    assert len(of.spreads[0].sessions) == 1
    html = page.caseload(of)
    assert html.index(order.GROUPS["doubted"]) < html.index(">turned") < html.index(">plain")
    assert "Look first at who is who" in html


def test_a_visit_in_which_nothing_weighs_comes_after_what_the_number_says_something_about() -> None:
    visit, talk = session("visit", 2), session("talk", 55)
    visit = replace(visit, made_with={**visit.made_with, "settings": {"setting": "medical"}})
    assert names(load(visit, talk), "ordered") == ["talk", "visit"]
