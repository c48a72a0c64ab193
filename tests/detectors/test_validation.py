"""Validating statements are found in each of their ways, with what they answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.invented import coded
from transcript_rapport.analysis import report_on
from transcript_rapport.detectors import judgment, validation
from transcript_rapport.renderers.introduction import opening
from transcript_rapport.report import Coded


def test_each_way_of_validating_is_a_finding_that_answers_the_client() -> None:
    session = coded(
        [
            ("C", "I cried at work again.", ["client.emotion"]),
            ("T", "Anyone would cry, and you still went in.", ["validation.normalise", "validation.affirm"]),
        ]
    )
    found = list(validation.detect(session))
    assert [f.kind for f in found] == ["validation.normalise", "validation.affirm"]
    assert all(f.answers and f.answers.utterance == 0 for f in found)
    assert all(f.why and f.source for f in found)


def test_a_statement_that_does_not_validate_stays_quiet() -> None:
    assert list(validation.detect(coded([("T", "When did you cry?", ["question.closed"])]))) == []


def _heard(text: str, **probabilities: float) -> Coded:
    """A session with one statement that the coder hears like that; ``judgment_warn`` stands for its code."""
    session = coded([("C", "I have had enough of it all.", []), ("T", text, ["question.open"])])
    p = {name.replace("_", ".", 1): value for name, value in probabilities.items()}
    codes = {name: value for name, value in p.items() if value >= 0.15}
    statement = replace(session.statements[1], codes=codes, probabilities={"other": 0.02, **p})
    return replace(session, statements=(session.statements[0], statement), strays={"validation": 2.0})


@pytest.mark.parametrize(
    "text",
    [
        "I'm not prepared to sign that.",
        "I'm really worried about the drinking.",
        "I find it so surprising that you are sad in June.",
        "Good evening, Mrs Frost.",
        "I know, but it is like that for all of us.",
        "I see that you're cross, but we have to finish the form.",
        "That's how a lot of people die.",
        "Oh, I know exactly how you feel.",
        "Well, that's the drink talking.",
    ],
)
def test_words_that_say_the_opposite_are_not_counted_as_validation(text: str) -> None:
    settled = validation.settled(_heard(text, validation_support=0.8))
    assert set(settled.statements[1].counted) == {"other"}
    assert settled.statements[1].probabilities["validation.support"] == 0.8
    assert validation.settled(settled) == settled


def test_what_is_likelier_judgment_is_no_validation() -> None:
    text = "And you are a fine runner, so we want you to stay on the team."
    settled = validation.settled(_heard(text, validation_affirm=0.5, judgment_warn=0.8))
    assert set(settled.statements[1].counted) == {"judgment.warn"}
    kept = _heard(text, validation_affirm=0.5, judgment_warn=0.1)
    assert validation.settled(kept) == kept


def test_no_statement_is_marked_as_both() -> None:
    session = _heard("You kept it up, so do not waste it again.", validation_affirm=0.96, judgment_confront=0.95)
    settled = validation.settled(session)
    assert list(judgment.detect(settled)) and not list(validation.detect(settled))


@pytest.mark.parametrize(
    "text", ["I'm sorry, that was unfair of me.", "Thanks for coming in, hopefully we can help.", "I'd be delighted."]
)
def test_a_repair_or_a_courtesy_is_no_validation(text: str) -> None:
    settled = validation.settled(_heard(text, validation_support=0.95))
    assert not list(validation.detect(settled))


def test_thanks_for_what_was_told_validate() -> None:
    kept = _heard("Thank you for telling me, and for coming back after such a week.", validation_support=0.5)
    assert validation.settled(kept) == kept


def test_what_people_coded_stays() -> None:
    session = coded([("T", "I'm worried about the drinking.", ["validation.support", "judgment.warn"])])
    assert validation.settled(session) == session


def test_the_first_sentence_counts_what_is_marked() -> None:
    refused = report_on(_heard("I'm not prepared to sign that.", validation_support=0.5))
    assert "or validating it" in opening(refused)
    unsure = report_on(_heard("That must weigh on you.", validation_support=0.5))
    assert opening(unsure).endswith("; 1 is marked as validating it (unsure).")
    assert len(list(unsure.of_kind("validation"))) == 1
    miss, hurts = ("T", "You miss her.", ["reflection.simple"]), ("T", "That hurts.", ["reflection.complex"])
    leant = coded([("C", "My sister died in May.", []), miss, ("C", "Yes.", []), hurts])
    told = [replace(s, codes=dict.fromkeys(s.codes, 0.3)) for s in leant.statements]
    assert "marked as reflecting what was said (2 of them unsure) and none" in opening(
        report_on(replace(leant, statements=tuple(told)))
    )


def test_what_consoles_somebody_who_grieves_is_no_validation() -> None:
    session = coded([("C", "My sister died in May.", []), ("T", "At least she isn't ill now.", ["validation.support"])])
    settled = validation.settled(replace(session, strays={"validation": 2.0}))
    assert not settled.statements[1].has("validation")
