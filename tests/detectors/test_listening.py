"""Reflections are found with the client's words they answer; open questions are found."""

from __future__ import annotations

from dataclasses import replace

from tests.invented import coded
from transcript_rapport.detectors import listening
from transcript_rapport.report import Coded


def _answer(session: Coded, place: int = 0) -> str:
    answers = list(listening.detect(session))[place].answers
    return session.text(answers) if answers else ""


def test_a_reflection_answers_the_words_it_shares() -> None:
    session = coded(
        [
            ("C", "My brother keeps borrowing the car.", []),
            ("C", "And the neighbours complain all the time.", []),
            ("T", "Your brother just takes the car.", ["reflection.simple"]),
        ]
    )
    (found,) = listening.detect(session)
    assert (found.kind, found.score) == ("reflection.simple", 0.9)
    assert _answer(session) == "My brother keeps borrowing the car."


def test_without_shared_words_it_answers_what_came_last_and_skips_back_channels() -> None:
    session = coded(
        [
            ("C", "I gave away the piano.", []),
            ("C", "Nobody ever played it anyway.", []),
            ("T", "Mm-hmm.", ["facilitation"]),
            ("C", "Yeah.", []),
            ("T", "That leaves an empty corner.", ["reflection.complex"]),
        ]
    )
    assert _answer(session) == "Nobody ever played it anyway."


def test_a_reflection_that_opens_a_session_answers_nothing() -> None:
    (found,) = listening.detect(coded([("T", "You look tired.", ["reflection.complex"])]))
    assert found.answers is None


def test_only_the_likelier_of_the_two_reflections_is_shown() -> None:
    session = coded([("C", "I can not sleep.", []), ("T", "No sleep, and much worry.", [])])
    both = replace(session.statements[1], codes={"reflection.simple": 0.6, "reflection.complex": 0.8})
    found = list(listening.detect(replace(session, statements=(session.statements[0], both))))
    assert [f.kind for f in found] == ["reflection.complex"]


def test_open_questions_are_found_and_a_client_is_not_looked_at() -> None:
    session = coded([("T", "How was it?", ["question.open"]), ("C", "How should I know?", ["question.open"])])
    assert [(f.kind, f.utterance) for f in listening.detect(session)] == [("question.open", 0)]
