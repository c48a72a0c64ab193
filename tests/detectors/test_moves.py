"""Moves are found by their words in what the practitioner says, a few of each kind."""

from __future__ import annotations

from tests.invented import coded
from transcript_rapport.detectors import moves, stacked


def test_a_move_is_found_in_the_practitioners_words_only():
    said = "I'll send you the leaflet tonight."
    (found,) = moves.detect(coded([("T", said, []), ("C", said, [])]))
    assert (found.kind, found.utterance, found.quote) == ("transparency.promise", 0, said)


def test_codes_that_contradict_the_words_win():
    said = "I'm not sure yet."
    assert [f.kind for f in moves.detect(coded([("T", said, [])]))] == ["transparency.uncertainty"]
    assert list(moves.detect(coded([("T", said, ["reflection.simple"])]))) == []


def test_counted_only_is_never_shown():
    session = coded([("T", "What do you mean by that?", [])])
    assert list(moves.detect(session)) == []
    assert len(list(moves.made(session, ["repair.clarification"]))) == 1


def test_few_are_shown():
    assert len(list(moves.detect(coded([("T", "Good job!", [])] * 9)))) == moves.FEW


ASKED = ("T", "Do you sleep at night?", ["question.closed"])


def test_three_questions_in_one_turn_are_found_and_two_are_not():
    (found,) = stacked.detect(coded([ASKED, ASKED, ASKED, ("C", "It depends on the day.", [])]))
    assert (found.kind, found.utterance) == ("question.stacked", 2)
    assert list(stacked.detect(coded([ASKED, ASKED]))) == []


def test_an_answer_between_and_a_tag_do_not_stack():
    answer = ("C", "Sometimes I do, yes.", [])
    tag = ("T", "Right?", ["question.closed"])
    assert list(stacked.detect(coded([ASKED, answer, ASKED, answer, ASKED]))) == []
    assert list(stacked.detect(coded([ASKED, ASKED, tag]))) == []
