import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.renderers import tact
from transcript_rapport.renderers.highlights import strengths
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.renderers.tact import is_formality, is_instruction
from transcript_rapport.report import Measure, Report


@pytest.mark.parametrize(
    "text", ["How are you?", "So, how have you been", "And now, can I just ask?", "Why did you go?"]
)
def test_greetings_and_formulas_are_formalities(text: str) -> None:
    assert is_formality(text)


@pytest.mark.parametrize(
    "text", ["How are you living with it now?", "What would you like to ask me?", "Can I ask what helps?"]
)
def test_real_questions_are_not(text: str) -> None:
    assert not is_formality(text)


@pytest.mark.parametrize("text", ["Now lift your left arm.", "Breathe in, and hold.", "Come on in and have a seat."])
def test_words_that_lead_through_an_examination_are_instructions(text: str) -> None:
    assert is_instruction(text)


@pytest.mark.parametrize(
    "text",
    [
        "You should rest your back.",
        "Keep your head down at work from now on.",
        "Tell him tonight.",
        "Stretch your back every day.",
    ],
)
def test_advice_about_life_is_not(text: str) -> None:
    assert not is_instruction(text)


def test_the_first_screen_neither_praises_a_greeting_nor_corrects_an_instruction() -> None:
    lines: list[invented.Line] = [
        ("T", "How are you?", ["question.open"]),
        ("T", "Lift your arm.", ["advice.directive"]),
    ]
    coded = invented.coded(lines)
    report = Report(coded, (reports.finding(coded, "advice.directive", 1),), (), {})
    assert strengths(report) == () and suggestions(report) == ()


def test_a_kind_is_praised_once_and_its_other_places_are_named() -> None:
    asked = ["What happened then for you?", "What would make that easier?", "Who has noticed the change?"]
    coded = invented.coded([("T", text, ["question.open"]) for text in asked])
    (one,) = strengths(Report(coded, (), (), {}))
    assert len(one.others) == 2


def test_too_few_reflections_are_shown_at_what_could_have_been_reflected() -> None:
    ratio = Measure("listening.reflection_to_question_ratio", "R:Q", 0.06, "ratio", 17, "both", 0.01, 0.2)
    coded = invented.coded(
        [
            ("T", "What is your date of birth?", ["question.closed"]),
            ("C", "I lie awake and I am frightened of what they will say.", ["client.emotion"]),
            ("T", "Do you take any tablets?", ["question.closed"]),
        ]
    )
    (found,) = suggestions(Report(coded, (), (ratio,), {}))
    assert found.quote == "Do you take any tablets?"
    assert found.heard.startswith("I lie awake")
    assert "1 reflection and 16 questions were counted" in found.why


def test_a_red_flag_is_asked_about_as_it_is() -> None:
    for said in (
        "And does it go anywhere?",
        "Okay. And is it sharp, or more of a pressure?",
        "Any dyspnoea with it?",
        "Short of breath at all? Sweaty, clammy?",
        "Does it come on in your chest?",
        "Have you been losing any weight?",
    ):
        assert tact.is_safety_question(said), said
    for said in ("And do you go to work?", "Did you go down to the allotment?", "Have you moved house?"):
        assert not tact.is_safety_question(said), said


def test_how_to_get_help_at_once_is_known_by_its_words() -> None:
    for said in ("You ring for an ambulance.", "Then it's 999.", "Go straight to A&E.", "Go to the hospital."):
        assert tact.is_emergency(said), said
    assert not tact.is_emergency("Take one each night with water.")


def test_asking_for_what_was_not_heard_is_no_question_to_reword() -> None:
    assert tact.asks_again("Sorry, what was that?") and not tact.asks_again("What was that like for you?")
