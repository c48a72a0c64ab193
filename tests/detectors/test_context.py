"""Quotations are seen, apostrophes are not taken for them, and turns outlast back-channels."""

from __future__ import annotations

import pytest

from tests.invented import Line, coded
from transcript_rapport.detectors.context import answered, exchanges, floors, quoted


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “no way” twice.", ["“no way”"]),
        ('The "bad" one and the "good" one.', ['"bad"', '"good"']),
        ("She thought 'I can't do it' then.", ["'I can't do it'"]),
        ("She thought ‘I can’t do it’ then.", ["‘I can’t do it’"]),
        ("It's my parents' house and that's fine.", []),
        ("You left 'cause it's your parents' house.", []),
    ],
)
def test_what_is_quoted(text: str, inside: list[str]) -> None:
    assert [text[start:end] for start, end in quoted(text)] == inside


def test_a_back_channel_does_not_end_a_turn() -> None:
    session = coded(
        [("T", "One.", []), ("C", "Mm-hmm.", []), ("T", "Two.", []), ("C", "And then I left.", []), ("T", "Three.", [])]
    )
    assert [[session.text(s) for s in floor] for floor in floors(session)] == [["One.", "Two."], ["Three."]]


def test_a_short_answer_ends_a_turn() -> None:
    lines: list[Line] = [("T", "How many?", ["question.closed"]), ("C", "Uh, three.", []), ("T", "Why not two?", [])]
    assert len(floors(coded(lines))) == 2
    lines[1] = ("C", "Yeah.", [])
    assert len(floors(coded(lines))) == 2
    lines[0] = ("T", "That is a lot.", [])
    assert len(floors(coded(lines))) == 1


def test_a_word_or_two_ends_an_exchange_where_it_answers_a_question() -> None:
    lines: list[Line] = [
        ("C", "My wife lies awake and cries.", []),
        ("T", "Do you have a cat?", ["question.closed"]),
        ("C", "One, yes.", []),
        ("T", "I can write that down for you.", []),
    ]
    assert [len(answer) for _, answer in exchanges(coded(lines))] == [1, 1]
    lines[1] = ("T", "There is a lot on you.", [])
    assert [len(answer) for _, answer in exchanges(coded(lines))] == [2]


def test_what_is_answered_is_no_back_channel_and_no_piece_of_a_remark() -> None:
    lines: list[Line] = [
        ("C", "We sold the boat in May. [", []),
        ("C", "Uh-huh, uh-huh.", []),
        ("C", "Mm-hmm, yeah, okay, right.", []),
        ("T", "That was hard.", []),
    ]
    session = coded(lines)
    span = answered(session, session.statements[-1])
    assert span is not None
    assert session.text(span) == "We sold the boat in May."
