"""Words about dying or harm are pointed at, in a client's words only; figures of speech and denials are not."""

from __future__ import annotations

import pytest

from tests.invented import coded
from transcript_rapport.detectors.safety import LONGEST, SPOKEN, detect, spoken

SPEAKS = [
    "i am not happy i want to die",
    "I am scared of going home, he hits me.",
    "nobody would notice I could kill myself",
    "I can't stop thinking about suicide.",
    "I don't know if I'm suicidal or just tired.",
    "I want to kill myself.",
    "I wish I was dead.",
    "I wish I could just not wake up.",
    "Some nights I hope I don't wake up.",
    "They'd be better off without me.",
    "There is no point in living.",
    "I don't see the point of going on living.",
    "I have nothing left to live for.",
    "There's no reason to live.",
    "Life is not worth living.",
    "I don't want to be here anymore.",
    "I took an overdose in March.",
    "I swallowed a whole bottle of pills.",
    "He hits me when he has been drinking.",
    "My dad used to beat me.",
    "My boyfriend choked me last night.",
    "He beat me up on Sunday.",
    "She hit me with a belt.",
    "I was abused as a child.",
    "I was raped when I was nineteen.",
    "I grew up in a violent home.",
    "He threatened to kill us.",
    "I'm scared he'll hurt me.",
    "I want to kill him.",
    "I keep thinking about hurting my baby.",
    "I'm afraid I might hurt somebody.",
    "I've started cutting my arms.",
    "I used to self-harm.",
    "I think about ending my life.",
    "I felt like hurting myself again.",
    "He said he'd kill me.",
    "I want to die.",
    "I thought about jumping off the bridge.",
    "my uncle molested me",
    "I was being sexually assaulted by my coach",
    "Some evenings I just don't want to live any more.",
    "It seems cutting myself is all that helps.",
    "I have suicidal thoughts at night.",
    "I cut myself after the phone call.",
]
SPEAKS_OF_SOMETHING_ELSE = [
    "I don't think I want to die.",
    "It is not like I want to hurt somebody.",
    "We were just killing time.",
    "I'm dying to see the new one.",
    "This job is killing me.",
    "I cut myself shaving.",
    "My dad died in May.",
    "I could have died of shame.",
    "I don't want to live in London.",
    "No, I've never thought of suicide.",
    "I'm not suicidal.",
    "It's not that I want to die.",
    "I wanted to die of embarrassment.",
    "I was killing myself laughing.",
    "That would be career suicide.",
    "Suicidal?",
    "If my mom found out she would have killed me.",
    "I don't think it's going to hurt me.",
    "I might shoot myself in the foot here.",
    "I don't want to hurt him.",
    "I burnt myself on the oven.",
    "I burned myself out at work.",
    "Then it hit me that she was gone.",
    "She beat me at chess.",
    "They kicked me out.",
    "He beat me to it.",
    "I need to take my life back.",
    "I never want to live with them again.",
    "I don't want to live like that.",
    "I have no thoughts of suicide.",
    "I could kill for a coffee.",
    "The stairs kill my knees.",
    "There's no point in going to bed early.",
    "There is no reason to worry.",
    "I see no point in living with my parents.",
    "I want to kill that habit.",
    "I didn't want to hurt her feelings.",
    "I cut myself some slack.",
    "I cut myself a slice of bread.",
    "It hurts me to think of it.",
    "he slapped me on the back",
    "I tried to take my life in a new direction",
    "there's nothing to live on",
    "He wants to hurt the other team.",
    "we watched the suicide squad",
    "No, I have never thought about killing myself.",
    "I don't want to live this way for ever.",
    "I volunteer at a suicide hotline.",
    "I cut myself when I was peeling apples.",
]


@pytest.mark.parametrize("text", SPEAKS)
def test_plain_words_are_found(text: str) -> None:
    found = spoken(text)
    assert found is not None
    assert 0 <= found[0] < found[1] <= len(text)


@pytest.mark.parametrize("text", SPEAKS_OF_SOMETHING_ELSE)
def test_near_misses_and_denials_are_not(text: str) -> None:
    assert spoken(text) is None


def test_curly_apostrophes_and_capitals_count() -> None:
    assert spoken("I DON’T WANT TO LIVE.")


def test_a_denial_of_one_thing_does_not_hide_the_next() -> None:
    said = "It's not that I want to die, but some days I don't want to live."
    found = spoken(said)
    assert found is not None and said[slice(*found)] == "don't want to live"


def test_a_clients_words_are_found_and_what_others_say_is_not() -> None:
    said = "I want to kill myself."
    (found,) = detect(coded([("T", said, []), ("O", said, []), ("C", said, [])]))
    assert (found.kind, found.utterance, found.quote) == (SPOKEN, 2, said)
    assert not found.suggestion
    assert "does not look for danger" in found.why


def test_a_long_statement_is_quoted_around_what_was_found() -> None:
    said = f"{'and then we went on ' * 20}and I want to kill myself {'and so we went home ' * 20}".strip()
    (found,) = detect(coded([("C", said, [])]))
    assert len(found.quote.split()) == LONGEST
    assert "want to kill myself" in found.quote


@pytest.mark.parametrize("answer", ["Yes.", "Sometimes, at night.", "I have, once."])
def test_a_yes_to_a_plain_question_is_found(answer: str) -> None:
    (found,) = detect(coded([("T", "Have you thought of killing yourself?", []), ("C", answer, [])]))
    assert (found.utterance, found.quote) == (1, answer)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Have you thought of killing yourself?", "No, never."),
        ("Have you thought of killing yourself?", "Yeah, no."),
        ("Have you slept?", "Yes."),
    ],
)
def test_a_no_and_a_yes_to_something_else_are_not(asked: str, answer: str) -> None:
    assert list(detect(coded([("T", asked, []), ("C", answer, [])]))) == []
