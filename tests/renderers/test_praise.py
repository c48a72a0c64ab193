"""What is held up as an example: words that carry meaning and meet the client, not a fact ticked off a list."""

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.renderers.highlights import strengths
from transcript_rapport.renderers.praise import FAINT, worth
from transcript_rapport.report import Report

PLAIN = "It began when we moved house."
FELT = "I lie awake, and I am so frightened of the letter."


def held(kind: str, text: str, before: str = PLAIN, shown: str = "") -> float:
    coded = invented.coded([("C", before, [shown] if shown else []), ("T", text, [kind])])
    report = Report(coded, (), (), {})
    return worth(report, reports.finding(coded, kind, 1))


@pytest.mark.parametrize(
    "text",
    [
        "So the left arm, yeah.",
        "This one's pretty small, OK.",
        "So it started about four weeks ago then.",
        "You mentioned that your skin is quite sore as well.",
        "And you have had no fever or night sweats at all.",
        "So you live in a house with both your parents?",
        "Grandma, OK.",
    ],
)
@pytest.mark.parametrize("shown", ["", "client.disclosure"])
def test_a_fact_ticked_off_a_list_is_no_reason_for_praise(text: str, shown: str) -> None:
    assert held("reflection.simple", text, shown=shown) == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The letter keeps you awake through the whole night.", "client.emotion"),
        ("So you are frightened of what it may say.", ""),
        ("You told nobody about it until you came here.", "client.ambivalence"),
    ],
)
def test_a_reflection_of_what_was_felt_or_told_is(text: str, shown: str) -> None:
    assert held("reflection.simple", text, FELT, shown) > FAINT


def test_meeting_a_feeling_is_worth_more_than_adding_to_a_fact() -> None:
    said = "Part of you wants to know, and part of you would rather leave it closed."
    assert held("reflection.complex", said, FELT, "client.emotion") > held("reflection.complex", said) > FAINT


@pytest.mark.parametrize(
    ("kind", "empty", "full"),
    [
        (
            "validation.affirm",
            "That sounds like a perfect place for you.",
            "You rang them yourself although you were so afraid to.",
        ),
        ("partnership.autonomy", "Before we make the decision on that one.", "It is your choice whether you call."),
        ("partnership.collaborate", "I will make sure of it before Tuesday.", "Is it okay if we look at the form now?"),
        ("question.open", "So, so, why is that?", "What would a good night look like for you?"),
        ("validation.support", "I'm sorry.", "I am sorry that this fell on you alone."),
    ],
)
def test_words_must_bear_out_what_the_coder_heard(kind: str, empty: str, full: str) -> None:
    assert held(kind, empty) == 0
    assert held(kind, full) > FAINT


@pytest.mark.parametrize("text", ["Does that make [unintelligible]", "You wanted to tell her that you -"])
def test_what_was_not_heard_to_the_end_is_not_praised(text: str) -> None:
    assert held("reflection.complex", text, FELT, "client.emotion") == 0


def test_what_most_visits_open_with_is_shown_only_where_nothing_else_is() -> None:
    opener: invented.Line = ("T", "So what brings you in here today?", ["question.open"])
    fuller: invented.Line = ("T", "What would you like to keep from this?", ["question.open"])
    (only,) = strengths(Report(invented.coded([opener]), (), (), {}))
    assert only.quote == opener[1]
    (better,) = strengths(Report(invented.coded([opener, fuller]), (), (), {}))
    assert better.quote == fuller[1]


def test_the_same_thing_said_twice_is_praised_once() -> None:
    asked = [f"Just so I know, can you say back to me how you {will} take these drops?" for will in ("will", "would")]
    coded = invented.coded([("T", text, []) for text in asked])
    findings = tuple(reports.finding(coded, "partnership.teach_back", i) for i in range(2))
    assert len(strengths(Report(coded, findings, (), {}))) == 1
