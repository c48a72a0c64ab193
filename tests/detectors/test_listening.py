"""Reflections are found with the client's words they answer; open questions are found."""

from __future__ import annotations

from dataclasses import replace

import pytest

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


def _settled(text: str, *before: str, **probabilities: float) -> bool:
    """Whether a reflection still counts that the coder hears like that, after these words of the client."""
    session = coded([*(("C", said, []) for said in before), ("T", text, [])])
    p = {name.replace("_", ".", 1): value for name, value in probabilities.items()}
    codes = {name: value for name, value in p.items() if name.startswith("reflection")}
    heard = replace(session.statements[-1], codes=codes, probabilities=p)
    whole = replace(session, statements=(*session.statements[:-1], heard), strays={"reflection": 2.0})
    return listening.settled(whole).statements[-1].has("reflection")


def test_judgment_that_is_likelier_and_what_is_too_faint_are_no_reflection() -> None:
    text = "You let the garden go."
    assert _settled(text, reflection_complex=0.5, judgment_criticise=0.2)
    assert not _settled(text, reflection_complex=0.4, judgment_criticise=0.5)
    assert not _settled(text, reflection_complex=listening.FAINT - 0.01)


def test_advice_and_leaving_the_choice_that_are_likelier_are_no_reflection() -> None:
    text = "You get to decide about the garden."
    for other in ("partnership_autonomy", "advice_directive"):
        assert _settled(text, "The garden is too big.", reflection_complex=0.5, **{other: 0.4})
        assert not _settled(text, "The garden is too big.", reflection_complex=0.5, **{other: 0.6})


def test_before_the_clients_first_words_there_is_no_reflection() -> None:
    session = coded([("T", "You look tired.", ["reflection.complex"]), ("C", "I am.", [])])
    whole = replace(session, strays={"reflection": 2.0})
    assert not listening.settled(whole).statements[0].has("reflection")


def test_a_score_and_a_report_by_others_are_no_reflection() -> None:
    assert not _settled("You scored twelve.", reflection_simple=0.8)
    letter = "The ward wrote that you walked out and missed the scan."
    assert not _settled(letter, "It was a long week.", reflection_simple=0.4)
    assert _settled(letter, "I walked out of the ward and missed my scan.", reflection_simple=0.4)


def test_a_term_the_client_never_used_is_no_reflection() -> None:
    text = "So the metformin again."
    assert not _settled(text, "They gave me tablets.", reflection_simple=0.4)
    assert _settled(text, "I am back on metformin.", reflection_simple=0.4)


def test_a_label_somebody_else_gave_the_client_is_handed_back() -> None:
    said = "He called me a junkie at the door."
    assert _settled("He called you a junkie.", said, reflection_simple=0.5, judgment_label=0.6)


@pytest.mark.parametrize(
    "text",
    [
        "But he might have missed the train.",
        "So the evidence doesn't show that.",
        "But if we look at it calmly, you passed.",
    ],
)
def test_an_argument_is_no_reflection_unless_the_coder_is_sure(text: str) -> None:
    said = "He stayed away on purpose, I know it."
    assert not _settled(text, said, reflection_complex=0.4)
    assert _settled(text, said, reflection_complex=0.9)


def test_what_people_coded_is_not_settled() -> None:
    session = coded([("T", "You scored twelve.", ["reflection.simple"])])
    assert listening.settled(session) == session
