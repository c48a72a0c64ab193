"""Addresses by their build, as they are heard, and over turns; all lines invented."""

from __future__ import annotations

import pytest

from tests.deidentification.lines import found


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
        ("it's nine pen y bryn um and the postcode's l l four", "nine pen y bryn"),
    ],
)
def test_addresses_by_their_build(line: str, expected: str) -> None:
    assert expected in found(line)[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("You'll find us at Heron Cottage, Tanner's Loke, Wexcombe.", "Heron Cottage, Tanner's Loke, Wexcombe"),
        ("He stays at Stand 2208, Extension 3, Mango Park, 1733.", "Stand 2208, Extension 3, Mango Park, 1733"),
        ("It's 7A Jalan Melur, #11-02, behind the market.", "7A Jalan Melur, #11-02"),
        ("Send it to 1120 E Larkspur Ave Apt 6, Hollins KS 67999.", "1120 E Larkspur Ave Apt 6, Hollins KS 67999"),
        ("is it still lot nine quarry pond road tillbrook", "lot nine quarry pond road tillbrook"),
        ("we're at unit c forty one heron street for now", "unit c forty one heron street"),
    ],
)
def test_an_address_is_found_to_its_end(line: str, expected: str) -> None:
    assert expected in found(line)[0]


def test_capitals_between_commas_alone_are_no_address() -> None:
    assert all("," not in one for one in found("I told Anna, Bilal, Carol, and my boss.")[0])
