"""Openings that are passed over are found with the client's words; those that are taken up stay quiet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.invented import Line, coded
from transcript_rapport.detectors import openings

CUE: Line = ("C", "Since the move I feel so lost and scared at night.", ["client.emotion"])
ON: Line = ("T", "Which pharmacy do you use?", ["question.closed"])
PUSH: Line = ("C", "I do not think these sheets help me one bit.", ["client.confrontation"])


def _found(*lines: Line):
    return list(openings.detect(coded(lines)))


def test_a_feeling_passed_over_is_found_with_the_words_and_a_pattern():
    (found,) = _found(CUE, ON)
    assert (found.kind, found.utterance) == ("opening.missed", 1)
    assert found.answers is not None
    assert found.answers.utterance == 0
    assert "lost and scared at night" in found.why
    assert "You feel …, because …" in found.suggestion


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("It has been frightening, alone in a new place.", ["reflection.complex"]),
        ("What is the worst moment?", ["question.open"]),
        ("Anyone would feel that after a move.", ["validation.normalise"]),
        ("That sounds hard.", ["validation.support"]),
        ("How often do you feel like that?", ["question.closed"]),
        ("So the nights, and being lost since the move.", []),
    ],
)
def test_what_takes_it_up_stays_quiet(text, codes):
    session = coded([CUE, ("T", text, codes)])
    assert list(openings.detect(session)) == []
    assert [o.answered for o in openings.openings(session)] == [True]


def test_a_back_channel_lets_the_client_go_on():
    lines = [CUE, ("T", "Mm-hmm.", ["facilitation"]), ("C", "And then I get up and wait.", []), ON]
    (found,) = _found(*lines)
    assert found.utterance == 3


def test_gladness_is_no_opening_and_nothing_said_after_is_no_missing():
    assert _found(("C", "I am so happy about the new flat.", ["client.emotion"]), ON) == []
    assert _found(CUE) == []


def test_where_the_coder_thinks_it_may_be_an_answer_nothing_is_shown():
    session = coded([CUE, ON])
    doubtful = replace(session.statements[1], probabilities={"question.closed": 0.9, "reflection.simple": 0.3})
    assert list(openings.detect(replace(session, statements=(session.statements[0], doubtful)))) == []


def test_a_doubt_that_is_passed_over_and_one_that_is_met():
    (passed,) = _found(PUSH, ("T", "Let us do the next sheet.", ["advice.directive"]))
    assert passed.kind == "rupture.passed"
    (met,) = _found(PUSH, ("T", "I'm sorry if I pushed them on you.", []))
    assert (met.kind, met.utterance) == ("rupture.repaired", 1)


def test_arguing_back_is_no_repair():
    argued = ("T", "You never tried these sheets, did you?", ["judgment.confront", "question.closed"])
    assert [f.kind for f in _found(PUSH, argued)] == ["rupture.passed"]


def test_few_are_shown_and_all_are_counted():
    session = coded([CUE, ON] * 9)
    assert len(list(openings.detect(session))) == 4
    assert len(list(openings.openings(session))) == 9
