"""Numbers, codes and ages; all lines invented."""

from __future__ import annotations

import pytest

from tests.deidentification.lines import found


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


def test_a_rating_or_company_is_no_number_or_address() -> None:
    assert found("What number would you give it?", "Forty out of a hundred.") == [[], []]
    assert found("where are you living now", "with my mum") == [[], []]


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        ("What's the number plate?", "It's QQ 41 KX GP, the red one.", "QQ 41 KX GP"),
        ("I need an ID number.", "Right. BXRTD 2207 M. M for moon.", "BXRTD 2207 M"),
        (
            "what's the reference",
            "it's k r two two um hang on nine slash four oh b",
            "k r two two um hang on nine slash four oh b",
        ),
        (
            "and the medical card",
            "t as in toast three five one no wait two six c",
            "t as in toast three five one no wait two six c",
        ),
        ("and the postcode", "m eleven four um z for zebra z for zebra", "m eleven four um z for zebra z for zebra"),
    ],
)
def test_a_number_is_found_through_hesitation_and_spelling(asked: str, answer: str, expected: str) -> None:
    assert expected in found(asked, answer)[1]


@pytest.mark.parametrize(
    ("before", "line", "expected"),
    [
        ("my auntie is poorly", "ninety six god is good", ["ninety six"]),
        ("Tell me about your nan.", "97, sharp as a tack.", ["97"]),
        ("she's ninety three now", "ninety three and never ill", ["ninety three"]),
        ("my gran was worried", "his sats were ninety four", []),
        ("My nan asked me.", "I got 95 on the test.", []),
        ("What would be a 30, and what a 90?", "She said ninety would be the shop.", []),
    ],
)
def test_an_age_is_told_by_whom_the_talk_is_of(before: str, line: str, expected: list[str]) -> None:
    assert found(before, line)[1] == expected
