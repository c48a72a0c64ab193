"""Organisations by their kind and by what leads to them; all lines invented."""

from __future__ import annotations

import pytest

from tests.deidentification.lines import found


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
        ("she's at willow terrace assisted living now", "willow terrace assisted living"),
        ("he was a fitter at tansy edge mill for years", "tansy edge mill"),
        ("a man from harebell gas services came", "harebell gas services"),
        ("i gave it to the pastor at living rivers assembly", "living rivers assembly"),
        ("there's a class at saint ronan's hall on friday", "saint ronan's hall"),
        ("I was sent by Northern Lantern Home Health.", "Northern Lantern Home Health"),
        ("We meet at St. Osyth's Parish Hall.", "St. Osyth's Parish Hall"),
        ("She plays for Bright Sparks of Wexcombe.", "Bright Sparks of Wexcombe"),
    ],
)
def test_organisations_are_found_to_their_end(line: str, expected: str) -> None:
    assert expected in found(line)[0]
