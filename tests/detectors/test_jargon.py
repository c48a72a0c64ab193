"""Terms are found with plain words to use instead, and it is seen whether they were explained and who began."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.invented import Line, coded
from transcript_rapport.detectors import jargon

UNEXPLAINED, EXPLAINED, SHARED = jargon.KINDS


def _kinds(*lines: Line) -> list[str]:
    return [f.kind for f in jargon.detect(coded(lines))]


def test_a_term_is_found_with_its_plain_words() -> None:
    (found,) = jargon.detect(coded([("T", "Your notes mention hypertension.", [])]))
    assert (found.kind, found.quote, found.score) == (UNEXPLAINED, "hypertension", jargon.SURE)
    assert found.suggestion == "Plain words: “high blood pressure”."
    assert found.why
    assert found.source


@pytest.mark.parametrize(
    "text",
    [
        "You have hypertension, which means your blood pushes too hard.",
        "It is what we call hypertension.",
        "You have high blood pressure, or hypertension.",
        "You have hypertension, high blood pressure.",
        "It leads to dental caries, to cavities.",
    ],
)
def test_plain_words_beside_a_term_explain_it(text: str) -> None:
    assert _kinds(("T", text, [])) == [EXPLAINED]


@pytest.mark.parametrize(
    "text", ["Okay, so hypertension, no fever.", "Any fainting or any hypertension?", "So no hypertension, good."]
)
def test_a_list_or_a_beginning_explains_nothing(text: str) -> None:
    assert _kinds(("T", text, [])) == [UNEXPLAINED]


def test_the_next_statement_may_explain_across_a_back_channel() -> None:
    lines: list[Line] = [("T", "You have hypertension.", []), ("C", "Oh?", []), ("T", "That's when blood pushes.", [])]
    assert _kinds(*lines) == [EXPLAINED]


def test_once_explained_a_term_stays_explained() -> None:
    assert _kinds(
        ("T", "Your notes mention hypertension.", []),
        ("C", "I did not know about that.", []),
        ("T", "How is your sleep these days?", []),
        ("C", "It is fine most nights.", []),
        ("T", "So, hypertension means that your blood pushes too hard.", []),
        ("C", "I see what you mean.", []),
        ("T", "We watch the hypertension.", []),
    ) == [UNEXPLAINED, EXPLAINED, EXPLAINED]


def test_another_term_beside_it_explains_nothing() -> None:
    assert _kinds(("T", "Do you get dyspnoea or palpitations?", [])) == [UNEXPLAINED, UNEXPLAINED]


def test_a_word_the_client_brought_is_common_ground() -> None:
    session = coded([("C", "They found hypertension.", []), ("T", "Your hypertension worries you.", [])])
    (found,) = jargon.detect(session)
    assert (found.kind, found.why) == (SHARED, "The client (C) used this word first, so it is common ground.")


def test_a_word_the_client_took_up_later_is_not() -> None:
    assert _kinds(("T", "You have hypertension.", []), ("C", "Hypertension, all right then.", [])) == [UNEXPLAINED]


def test_everyday_words_need_the_coder_to_agree() -> None:
    session = coded([("T", "The premium goes up.", [])])
    assert list(jargon.detect(session)) == []
    sure = replace(session.statements[0], probabilities={"jargon": 0.5})
    (found,) = jargon.detect(replace(session, statements=(sure,)))
    assert (found.quote, found.score) == ("premium", 0.5)


def test_a_word_of_technical_shape_is_found_with_less_certainty() -> None:
    (found,) = jargon.detect(coded([("T", "It looks like chondritis.", [])]))
    assert (found.kind, found.quote, found.score) == (UNEXPLAINED, "chondritis", jargon.SHAPED)
    assert jargon.HINT < jargon.SHAPED < jargon.SURE


def test_a_word_of_technical_shape_can_be_explained_and_brought() -> None:
    assert _kinds(("T", "You have chondritis, which means a sore rib.", [])) == [EXPLAINED]
    assert _kinds(("C", "They found chondritis.", []), ("T", "Your chondritis hurts.", [])) == [SHARED]


def test_an_instruction_is_told_as_one_and_not_quoted() -> None:
    (found,) = jargon.detect(coded([("T", "It looks like chondritis.", [])]))
    assert found.suggestion == "Say where it is sore and swollen."


def test_the_plain_words_are_those_of_the_word_that_was_said() -> None:
    (found,) = jargon.detect(coded([("T", "Your notes say pre-diabetes.", [])]))
    assert found.suggestion == "Plain words: “higher blood sugar than usual, but not diabetes”."


def test_a_word_beside_the_clients_is_common_ground_where_it_is_handed_back() -> None:
    client: Line = ("C", "I get chronic bronchitis.", [])
    assert _kinds(client, ("T", "So, acute bronchitis, did you say?", [])) == [SHARED, SHARED]
    assert _kinds(client, ("T", "You have acute bronchitis now.", [])) == [UNEXPLAINED, SHARED]
    assert _kinds(("T", "So, acute bronchitis, did you say?", []))[0] == UNEXPLAINED


def test_the_rule_of_common_ground_can_be_left_out() -> None:
    session = coded([("C", "They found hypertension.", []), ("T", "Your hypertension worries you.", [])])
    assert [f.kind for f in jargon.detect(session, common_ground=False)] == [UNEXPLAINED]
