"""Words that no entry lists are known by their shape; everyday words of the same shape stay quiet."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcript_rapport import lexicons
from transcript_rapport.lexicons import shapes

BY_ID = {shape.entry.id: shape for shape in shapes.shapes()}


def _ids(text: str) -> list[str]:
    return [match.entry.id.partition(":")[0] for match in shapes.matches(text)]


@pytest.mark.parametrize("name", BY_ID)
def test_examples_fire_and_stay_quiet(name: str) -> None:
    entry = BY_ID[name].entry
    assert all(name in _ids(text) for text in entry.fires)
    assert [text for text in entry.quiet if _ids(text)] == []
    assert all((entry.why, entry.source, entry.instead, entry.fires, entry.quiet))


@pytest.mark.parametrize(
    "text",
    [
        "Last April I took ibuprofen for my arthritis.",
        "She studies psychology at the academy in Bohemia.",
        "I did NOT say that, OK?",
        "WE SHOULD HMM TRY TO PLAN IT",
        "He has empathy and my sympathy.",
        "Her diagnosis came by telegram.",
        "See you at 3PM on the BBC.",
        "The 2nd of May, A1 quality, on the M25.",
    ],
)
def test_everyday_words_stay_quiet(text: str) -> None:
    assert _ids(text) == []


def test_words_of_an_entry_are_left_to_it() -> None:
    text = "You have gastritis and blepharitis."
    found = lexicons.matches("jargon", text)
    assert [text[m.start : m.end] for m in [*found, *shapes.matches(text, found)]].count("gastritis") == 1


def test_the_same_word_has_the_same_entry_in_any_case() -> None:
    first, second = (shapes.matches(text)[0].entry.id for text in ("Chondritis, then.", "It is chondritis."))
    assert first == second
    assert shapes.made(shapes.matches("It is chondritis.")[0].entry)


@given(st.text(max_size=200))
def test_matches_are_whole_words_in_order(text: str) -> None:
    found = shapes.matches(text)
    assert [m.start for m in found] == sorted(m.start for m in found)
    for match in found:
        assert 0 <= match.start < match.end <= len(text)
        assert not re.match(r"\w", text[match.end : match.end + 1])
