"""Quotations are seen, apostrophes are not taken for them, and turns outlast back-channels."""

from __future__ import annotations

import pytest

from tests.invented import coded
from transcript_rapport.detectors.context import floors, quoted


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “no way” twice.", ["“no way”"]),
        ('The "bad" one and the "good" one.', ['"bad"', '"good"']),
        ("She thought 'I can't do it' then.", ["'I can't do it'"]),
        ("She thought ‘I can’t do it’ then.", ["‘I can’t do it’"]),
        ("It's my parents' house and that's fine.", []),
        ("You left 'cause it's your parents' house.", []),
    ],
)
def test_what_is_quoted(text: str, inside: list[str]) -> None:
    assert [text[start:end] for start, end in quoted(text)] == inside


def test_a_back_channel_does_not_end_a_turn() -> None:
    session = coded(
        [("T", "One.", []), ("C", "Mm-hmm.", []), ("T", "Two.", []), ("C", "And then I left.", []), ("T", "Three.", [])]
    )
    assert [[session.text(s) for s in floor] for floor in floors(session)] == [["One.", "Two."], ["Three."]]
