"""What is found by its build, over turns, or because a session knows it; all lines invented."""

from __future__ import annotations

import pytest

from transcript_rapport.deidentification import replaced

BESIDE = "We talked about how the week had been for me."
SMALL = "we talked about how the week had been for me"


def found(*lines: str) -> list[list[str]]:
    """What is replaced in each of the lines of one session."""
    beside = SMALL if all(line == line.lower() for line in lines) else BESIDE
    spans = replaced([*lines, beside, beside, beside])
    return [[line[span.start : span.end] for span in held] for line, held in zip(lines, spans, strict=False)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("It's 15 Merrow Bay, Regina S4P 0X1.", "15 Merrow Bay, Regina S4P 0X1"),
        (
            "He lives at A-41, Marigold Heights, Station Road, Surat 395003.",
            "A-41, Marigold Heights, Station Road, Surat 395003",
        ),
        ("Dad is at 3/1, 70 Craigie Rigg, Paisley.", "3/1, 70 Craigie Rigg, Paisley"),
        ("It's Lindenstraße 8, 50667 Köln.", "Lindenstraße 8, 50667 Köln"),
        ("It's 12 Rue des Tilleuls, 31000 Toulouse.", "12 Rue des Tilleuls, 31000 Toulouse"),
        ("We're in House 9, Street 2, Sector B-4.", "House 9, Street 2, Sector B-4"),
        ("It's The Old Smithy, Church Lane, by the bridge.", "The Old Smithy, Church Lane"),
        ("we're a hundred and six lower mill walk", "a hundred and six lower mill walk"),
        ("it's forty two fisher's drove now", "forty two fisher's drove"),
        ("it's nine pen y bryn um and the postcode's l l four", "nine pen y bryn"),
    ],
)
def test_addresses_by_their_build(line: str, expected: str) -> None:
    assert expected in found(line)[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Docket 31-FA-0922, I think.", "31-FA-0922"),
        ("My Medicare number is 4410 22917 3.", "4410 22917 3"),
        ("On the form it says QX 55102 C.", "QX 55102 C"),
        ("The badge says 88214 there.", "88214"),
        ("Order #77120-B never came.", "#77120-B"),
        ("the number of the case is um c a double four one nine", "c a double four one nine"),
    ],
)
def test_numbers_in_groups_of_any_size(line: str, expected: str) -> None:
    assert found(line)[0] == [expected]


def test_an_address_is_given_over_turns() -> None:
    assert found("what's the house number", "seventeen", "and the street", "cooper's row") == [
        [],
        ["seventeen"],
        [],
        ["cooper's row"],
    ]
    assert found("Can I take your address?", "Yes, it's 44.", "Forty-four?", "Larchwood Mews.")[1] == ["44"]


def test_a_number_is_given_over_turns() -> None:
    assert found("What's the account number?", "7712.", "Go on.", "0943.") == [[], ["7712"], [], ["0943"]]
    assert found("What number would you give it?", "Forty out of a hundred.") == [[], []]
    assert found("where are you living now", "with my mum") == [[], []]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("I'm at Harrow Tool and Cast, out past the lights.", "Harrow Tool and Cast"),
        ("My dad was at Mount Tabor AME for years.", "Mount Tabor AME"),
        ("I went to St Finan's Private for the knee.", "St Finan's Private"),
        ("She teaches at Ysgol Bryn Glas.", "Ysgol Bryn Glas"),
        ("Nana is in Árd Na Gréine Nursing Home now.", "Árd Na Gréine Nursing Home"),
        ("they take her to llwyncoed day centre", "llwyncoed day centre"),
        ("he's at fernlea park high now", "fernlea park high"),
        ("i'm at the dunmore general on friday", "dunmore general"),
        ("i was at ashmere laundry then", "ashmere laundry"),
    ],
)
def test_organisations_by_their_kind(line: str, expected: str) -> None:
    assert expected in found(line)[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mason does what he likes.", "Mason"),
        ("Grant, what do you think of it?", "Grant"),
        ("Cliff reckons it will pass.", "Cliff"),
        ("I was going to ring Win about it.", "Win"),
        ("The twins are Idris and Nest.", "Nest"),
        ("Is the N for Nerys?", "N"),
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
