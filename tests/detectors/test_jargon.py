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
        "Does it go to the flank, the sides?",
    ],
)
def test_plain_words_beside_a_term_explain_it(text: str) -> None:
    assert _kinds(("T", text, [])) == [EXPLAINED]


@pytest.mark.parametrize(
    "text",
    [
        "Okay, so hypertension, no fever.",
        "Any fainting or any hypertension?",
        "So no hypertension, good.",
        "It is hypertension, which could be better.",
    ],
)
def test_a_list_or_a_beginning_explains_nothing(text: str) -> None:
    assert _kinds(("T", text, [])) == [UNEXPLAINED]


def test_the_next_statement_may_explain_across_a_back_channel() -> None:
    lines: list[Line] = [("T", "You have hypertension.", []), ("C", "Oh?", []), ("T", "That's when blood pushes.", [])]
    assert _kinds(*lines) == [EXPLAINED]


CHAT: list[Line] = [("C", "I did not know about that.", []), ("T", "How is your sleep these days?", [])]


def test_once_explained_a_term_stays_explained() -> None:
    told: Line = ("T", "So, hypertension means that your blood pushes too hard.", [])
    first: Line = ("T", "Your notes mention hypertension.", [])
    assert _kinds(first, *CHAT, told, *CHAT, ("T", "We watch the hypertension.", [])) == [EXPLAINED] * 3
    assert _kinds(first, *CHAT * 4, told) == [UNEXPLAINED, EXPLAINED]


def test_what_is_asked_about_is_found_and_the_answer_explains_it() -> None:
    term: Line = ("T", "Any vomiting, any melaena?", [])
    asked: Line = ("C", "Sorry, what is the last one?", [])
    (found,) = jargon.detect(coded([term, asked, ("T", "Poo that is dark.", [])]))
    assert (found.kind, found.quote, found.why.endswith(jargon.TOLD)) == (EXPLAINED, "melaena", True)
    (found,) = jargon.detect(coded([term, asked, ("T", "Never mind.", [])]))
    assert (found.kind, found.why.endswith(jargon.NOT_TOLD)) == (UNEXPLAINED, True)


def test_a_question_raises_everyday_words_and_words_no_lexicon_has() -> None:
    (found,) = jargon.detect(coded([("T", "Any trouble with the waterworks?", []), ("C", "With my what?", [])]))
    assert (found.kind, found.quote, found.score) == (UNEXPLAINED, "waterworks", jargon.ASKED)
    (found,) = jargon.detect(coded([("T", "It sits by the fenestra.", []), ("C", "What does fenestra mean?", [])]))
    assert (found.kind, found.quote, found.score) == (UNEXPLAINED, "fenestra", jargon.ASKED)


@pytest.mark.parametrize("asked", ["whats a tpo", "What is tpo?", "Sorry, what's a TPO again?"])
def test_a_word_is_asked_for_in_chat_spelling_and_by_its_letters(asked: str) -> None:
    term: Line = ("T", "Then it all goes to the TPO in May.", [])
    found = jargon.detect(coded([term, ("C", asked, []), ("T", "Those who hand out the places.", [])]))
    assert [(f.kind, f.quote) for f in found] == [(EXPLAINED, "TPO")]
    assert _kinds(term, ("C", "What's wrong?", [])) == []


def test_those_are_all_terms_of_the_last_statement() -> None:
    terms: Line = ("T", "You have hypertension. / I will send the nomogram and the surveillance algorithm.", ["/"])
    reply: Line = ("T", "They're a chart and a timetable.", [])
    assert _kinds(terms, ("C", "Okay, whatever those are.", []), reply) == [UNEXPLAINED, EXPLAINED, EXPLAINED]


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


def test_another_word_of_the_same_entry_is_not_the_clients() -> None:
    client: Line = ("C", "I am allergic to clindamycin.", [])
    assert _kinds(client, ("T", "Then we use trimethoprim, one a day.", [])) == [UNEXPLAINED]
    assert _kinds(("C", "They did biopsies.", []), ("T", "The biopsy is back.", [])) == [SHARED]


def test_a_word_misheard_from_the_client_is_common_ground() -> None:
    assert _kinds(("C", "I take Lisinopril.", []), ("T", "Zinopril, right.", [])) == [SHARED]
    assert _kinds(("C", "It runs in the family.", []), ("T", "Zinopril, right.", [])) == [UNEXPLAINED]


def test_what_the_client_takes_already_is_theirs() -> None:
    taken: Line = ("T", "So you're on olanzapine ten milligrams and the lithium.", [])
    assert _kinds(taken, ("C", "Yes, both of them.", []), ("T", "Keep the lithium then.", [])) == [SHARED] * 3
    assert _kinds(("T", "Are you on a statin, or any lithium?", [])) == [UNEXPLAINED, UNEXPLAINED]


def test_what_the_client_has_worked_with_before_is_theirs() -> None:
    assert _kinds(("T", "Shall we look at the thought record from last week?", [])) == [SHARED]
    assert _kinds(("T", "And the thought records you filled in?", [])) == [SHARED]
    assert _kinds(("T", "Have you had palpitations since last week?", [])) == [UNEXPLAINED]


def test_the_purpose_of_a_medicine_explains_its_name_and_is_never_guessed() -> None:
    assert _kinds(("T", "We could add olanzapine for your sleep.", [])) == [EXPLAINED]
    (found,) = jargon.detect(coded([("T", "We could add olanzapine.", [])]))
    assert found.suggestion == "Say what it does for them."


def test_terms_told_to_somebody_who_treats_people_are_common_ground() -> None:
    term: Line = ("T", "Your notes mention hypertension.", [])
    assert _kinds(("C", "I'm a nurse myself.", []), term) == [SHARED]
    assert _kinds(("C", "My daughter is a nurse.", []), term) == [UNEXPLAINED]


def test_the_rule_of_common_ground_can_be_left_out() -> None:
    session = coded([("C", "They found hypertension.", []), ("T", "Your hypertension worries you.", [])])
    assert [f.kind for f in jargon.detect(session, common_ground=False)] == [UNEXPLAINED]
