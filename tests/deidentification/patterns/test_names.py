"""Names by their place, names a session knows, and what is nobody's name; all lines invented."""

from __future__ import annotations

import pytest

from tests.deidentification.lines import found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mason does what he likes.", "Mason"),
        ("Grant, what do you think of it?", "Grant"),
        ("Cliff reckons it will pass.", "Cliff"),
        ("I was going to ring Win about it.", "Win"),
        ("The twins are Idris and Nest.", "Nest"),
        ("our dawn can do the forms", "dawn"),
        ("god bless you heather", "heather"),
        ("and big dez just laughed", "big dez"),
    ],
)
def test_names_by_their_place(line: str, expected: str) -> None:
    assert expected in found(line)[0]


def test_what_a_session_knows_as_a_name_is_one_everywhere() -> None:
    assert found("I saw Dr Bloom on Monday.", "Bloom's retired now.")[1] == ["Bloom"]
    assert found("he left me for a girl called summer", "summer she's only twenty")[1] == ["summer"]
    assert found("write to joy dot penrose at post dot example", "and joy could print it off")[1] == ["joy"]


@pytest.mark.parametrize(
    "line",
    [
        "Hope you are keeping well.",
        "Guess what happened next.",
        "You know, I-I like it because I-I can.",
        "Summer is hard for me.",
        "She scored 12 on the Edinburgh scale.",
        "I cried at the Dolly Parton song.",
        "They put me on Zetaprazole for it.",
        "It's in Chapter 6 of the workbook.",
        "The Crown Court date moved again.",
        "I gave it 8 out of 10.",
        "i went to a very strict catholic school",
        "they're in a private nursing home",
        "our hope is that he gets better",
        "we've got three drives to pick from",
        "theyre coming for the debt and smth else",
    ],
)
def test_what_only_looks_like_one_stays(line: str) -> None:
    assert found(line)[0] == []


@pytest.mark.parametrize(
    "lines",
    [
        ("The dog's called Juniper, she's old.", "Juniper sleeps a lot."),
        ("I tripped over Winston. Winston is the cat.", "Winston was fine."),
        ("We found a kitten, she's called Marjorie.", "Marjorie is asleep."),
        ("I walk the spaniel. He's called Desmond.",),
        ("He has a teddy called Barnaby.", "Barnaby comes to bed."),
        ("The doll is called Margaret.", "Margaret sits on the shelf."),
        ("We keep a goat. She's named Ottoline.", "Ottoline eats the hedge."),
        ("My neighbour has a terrier. It's called Desmond.", "Desmond barks."),
        ("We walk my neighbour's dog Bramble.", "Bramble pulls."),
        ("My dog, Bramble, had to go to the vet.", "Bramble is fine."),
        ("My Lola raised me.", "Lola is from the islands."),
        ("It's B for Benny, I think.",),
        ("Thinkin' costs nothing.",),
        ("Write it down please, Pastor.",),
        ("I speak Tigrinya and Amharic.",),
    ],
)
def test_pets_kin_titles_and_spelt_letters_are_nobody(lines: tuple[str, ...]) -> None:
    assert not any(found(*lines))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("You're a doll, Margaret.", "Margaret"),
        ("Be a doll, Anna, and put the kettle on.", "Anna"),
        ("That was the wee doll Margaret.", "Margaret"),
        ("Margaret is a doll.", "Margaret"),
        ("Alan is a teddy bear, really.", "Alan"),
        ("You're an old goat, Margaret.", "Margaret"),
        ("How is the dog, Margaret?", "Margaret"),
        ("Anna, my dog died on the Tuesday.", "Anna"),
        ("Ruth is the dog walker.", "Ruth"),
        ("The dog is Margaret's.", "Margaret"),
        ("I do love my dog - Margaret feeds it.", "Margaret"),
        ("I met a bloke with a terrier. He's called Desmond.", "Desmond"),
        ("My neighbour minds our dog. She's called Ruth.", "Ruth"),
        ("My neighbour minds our dog, and I pay. Then I walked the dog. Ruth came too.", "Ruth"),
    ],
)
def test_somebody_beside_an_animal_is_no_pet(line: str, name: str) -> None:
    assert found(line, f"I rang {name} about it.") == [[name], [name]]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("My surname is K for kilo O for oscar.", "K for kilo O for oscar"),
        (
            "It's V as in Victor, um, E as in Echo, and then S for sugar.",
            "V as in Victor, um, E as in Echo, and then S for sugar",
        ),
        ("its t for tango o for oscar r for romeo", "t for tango o for oscar r for romeo"),
    ],
)
def test_a_name_told_by_words_for_its_letters_is_one_name_and_teaches_no_other(line: str, said: str) -> None:
    beside = "we had sugar and an echo for tea" if line.islower() else "We had sugar and an echo for tea."
    assert found(line, beside) == [[said], []]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("and the small one we call precious is nearly four", "precious"),
        ("my heather she drives up on sundays", "heather"),
        ("no ruby's the one with the van", "ruby"),
        ("Rose next door brings soup.", "Rose"),
        ("I'd like Dr Wren to see you.", "Dr Wren"),
    ],
)
def test_names_in_the_ways_people_tell_them(line: str, expected: str) -> None:
    assert expected in found(line)[0]
