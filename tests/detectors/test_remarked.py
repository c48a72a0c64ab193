"""Where a supervisor would likely remark: shown where sure enough, told by its code, and never twice with a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests.invented import Line, coded
from tests.invented import remarked as with_remarks
from transcript_rapport.analysis import report_on
from transcript_rapport.codebook import READ, codes, remark_of
from transcript_rapport.detectors import judgment, remarked
from transcript_rapport.renderers.kinds import TO_TRY, within
from transcript_rapport.report import Coded, Finding, Span
from transcript_rapport.settings import DEFAULTS

KINDS = {
    "opening": "opening.missed",
    "questions": "question.row",
    "talking": "telling.long",
    "own": "self_disclosure.long",
    "praise": "praise.generic",
    "judgment": "judgment",
    "advice": "advice.directive",
}
"""Remarks that are shown, and the kind or family of finding they are told as."""
SHOWN = dict.fromkeys(KINDS, 0.5)
CUE: Line = ("C", "We drove home from the clinic. / I sat in the car and shook.", ["/", "client.emotion"])
ON: Line = ("T", "And then the forms. / Did you bring the forms with you?", ["structure", "/", "question.closed"])


def _said(remarks: Mapping[int, Mapping[str, float]], *lines: Line, shown: Mapping[str, float] = SHOWN) -> Coded:
    return with_remarks(coded(lines), remarks, shown)


def _found(remarks: Mapping[int, Mapping[str, float]], *lines: Line) -> list[Finding]:
    return list(remarked.detect(_said(remarks, *lines)))


def _leaning(session: Coded, *probabilities: Mapping[str, float]) -> Coded:
    """The session with what the coder holds for likely in each statement, and nothing that it asserts."""
    leant = (replace(s, codes={}, probabilities=p) for s, p in zip(session.statements, probabilities, strict=True))
    return replace(session, statements=tuple(leant))


def test_a_place_is_shown_from_the_bound_on() -> None:
    assert [f.score for f in _found({1: {"questions": 0.5}}, CUE, ON)] == [0.5]
    assert _found({1: {"questions": 0.49}}, CUE, ON) == []


def test_without_a_bound_nothing_is_shown() -> None:
    assert list(remarked.detect(_said({1: {"questions": 0.99}}, CUE, ON, shown={}))) == []
    assert list(remarked.detect(coded([CUE, ON]))) == []


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_each_kind_says_why_who_read_it_so_and_what_else_to_do(name: str, kind: str) -> None:
    (found,) = _found({1: {name: 0.8}}, CUE, ON)
    assert within(found.kind, kind) and within(found.kind, *TO_TRY)
    assert remark_of(found.kind) == name
    assert found.why and found.suggestion
    assert found.source.endswith(READ) and found.source != READ
    assert (found.utterance, found.score) == (1, 0.8)


def test_an_opening_points_at_the_clients_words() -> None:
    session = _said({2: {"opening": 0.9}}, CUE, ("O", "The nurse waved.", []), ON)
    (found,) = remarked.detect(session)
    assert found.answers is not None
    assert session.text(found.answers) == "I sat in the car and shook."
    assert found.quote == "And then the forms."


def test_where_the_client_has_not_spoken_nothing_was_passed_over() -> None:
    assert not _found({0: {"opening": 0.9}}, ON, CUE)
    (heard,) = _found({2: {"opening": 0.9}}, CUE, ("C", "…", []), ON)
    assert heard.answers is not None and heard.answers.utterance == 0


def test_other_remarks_answer_nothing() -> None:
    assert all(f.answers is None for f in _found({1: dict.fromkeys(KINDS.keys() - {"opening"}, 0.9)}, CUE, ON))


def test_a_remark_stands_at_the_words_that_carry_it() -> None:
    (found,) = _found({1: {"questions": 0.7}}, CUE, ON)
    assert found.quote == "Did you bring the forms with you?"
    line: Line = ("T", "Oh. / Well, I see what you mean. / You should sell the house.", ["/", "/"])
    session = _leaning(_said({0: {"advice": 0.7}}, line), {"advice": 0.9}, {"information": 0.8}, {"advice": 0.2})
    (advised,) = remarked.detect(session)
    assert advised.quote == "You should sell the house."


def test_where_all_statements_are_short_the_first_will_do() -> None:
    assert [f.quote for f in _found({1: {"opening": 0.7}}, CUE, ("T", "Right. / Next.", ["/"]))] == ["Right."]


def test_what_another_person_opens_is_pointed_at_where_the_client_is_silent() -> None:
    (found,) = _found({1: {"opening": 0.9}}, ("O", "I sat in the car and shook.", []), ON)
    assert found.answers is not None and found.answers.utterance == 0


def test_an_utterance_without_words_is_passed_over() -> None:
    silent = replace(_said({0: {"own": 0.9}}, ("T", "", [])), statements=())
    assert list(remarked.detect(silent)) == []


def test_judging_words_are_told_by_the_code_they_are_nearest_to() -> None:
    line: Line = ("T", "It is really not so bad.", [])
    leant = {"judgment.warn": 0.1, "judgment.dismiss": 0.2}
    (found,) = remarked.detect(_leaning(_said({0: {"judgment": 0.9}}, line), leant))
    assert (found.kind, found.why) == ("judgment.dismiss", codes()["judgment.dismiss"].why)


def test_only_the_surest_few_of_a_remark_are_shown_in_the_order_of_the_session() -> None:
    lines = [ON] * (remarked.FEW + 2)
    sure = {n: {"questions": 0.9 - n / 100, "own": 0.6 + n / 100} for n in range(len(lines))}
    found = _found(sure, *lines)
    assert [f.utterance for f in found if f.kind == "question.row"] == [*range(remarked.FEW)]
    assert [f.utterance for f in found if f.kind == "self_disclosure.long"] == [*range(2, remarked.FEW + 2)]


def _rule(session: Coded, kind: str, utterance: int) -> Finding:
    """What a rule of another detector finds in a whole utterance."""
    spoken = session.session[utterance]
    return Finding(kind, spoken, 0, len(spoken.text), "Why.", "A book", "Try.", 0.9)


def _kinds(findings: Sequence[Finding]) -> list[tuple[str, int]]:
    return [(f.kind, f.utterance) for f in findings]


def test_what_a_rule_finds_in_the_same_utterance_stands_alone() -> None:
    session = _said({0: {"questions": 0.9, "own": 0.8}, 2: {"questions": 0.9}}, ON, CUE, ON)
    rule = _rule(session, "question.stacked", 0)
    left = remarked.weighed(session, [rule, *remarked.detect(session)])
    assert _kinds(left) == [("question.stacked", 0), ("question.row", 2), ("self_disclosure.long", 0)]


@pytest.mark.parametrize("kind", sorted(remarked.ASKED))
def test_a_rule_that_nobody_would_share_is_left_out(kind: str) -> None:
    remark = remark_of(kind)
    assert remark
    unlikely, perhaps = (_said({0: {remark: p}}, ON) for p in (remarked.UNLIKELY - 0.01, remarked.UNLIKELY))
    assert remarked.weighed(unlikely, [_rule(unlikely, kind, 0)]) == []
    assert _kinds(remarked.weighed(perhaps, [_rule(perhaps, kind, 0)])) == [(kind, 0)]


@pytest.mark.parametrize("remarks", [{}, {0: {"own": 0.0}}], ids=["people coded", "no such remark"])
def test_a_rule_stands_where_nobody_knows(remarks: Mapping[int, Mapping[str, float]]) -> None:
    session = _said(remarks, ON)
    rules = [_rule(session, kind, 0) for kind in sorted(remarked.ASKED)]
    assert remarked.weighed(session, rules) == rules


@pytest.mark.parametrize("kind", ["reflection.complex", "rupture.passed", "safety.limits", "question.open", "own.mine"])
def test_other_kinds_stand_whatever_is_likely(kind: str) -> None:
    session = _said({0: dict.fromkeys(KINDS, 0.0)}, ON)
    assert _kinds(remarked.weighed(session, [_rule(session, kind, 0)])) == [(kind, 0)]


def test_a_session_coded_by_people_is_reported_as_its_rules_find_it() -> None:
    harsh: Line = ("T", "You brought this on yourself, did you not?", ["judgment.criticise"])
    told = coded([CUE, harsh])
    place = Span(1, 0, len(harsh[1]))
    assert [f.span for f in report_on(told).of_kind("judgment")] == [place]
    unshared = report_on(with_remarks(told, {1: {"judgment": 0.01}}, SHOWN))
    assert [f.span for f in judgment.detect(unshared.coded)] == [place]
    assert not any(unshared.of_kind("judgment"))


def test_a_report_holds_what_is_remarked_on_once() -> None:
    report = report_on(_said({1: {"opening": 0.9, "questions": 0.8}}, CUE, ON))
    assert [f.utterance for f in report.of_kind("opening")] == [1]
    (row,) = report.of_kind("question.row")
    assert READ in row.source


def test_advice_that_is_remarked_on_stays_in_a_medical_visit() -> None:
    line: Line = ("T", "Take the white tablets twice a day.", ["advice.directive"])
    visit = DEFAULTS.with_changes({"setting": "medical"})
    assert not any(report_on(coded([CUE, line]), visit).of_kind("advice"))
    plain: Line = ("T", "Take the white tablets twice a day.", ["information"])
    (found,) = report_on(_said({1: {"advice": 0.8}}, CUE, plain), visit).of_kind("advice")
    assert READ in found.source
