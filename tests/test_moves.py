"""Every move keeps its promises: its examples fire or stay quiet, and it says why, on whose authority, what to try."""

from __future__ import annotations

import pytest

from transcript_rapport.lexicons.moves import moves
from transcript_rapport.lexicons.style import function_words

every = pytest.mark.parametrize("move", moves().values(), ids=moves())


@every
def test_examples_fire_and_stay_quiet(move):
    assert [text for text in move.fires if not move.in_words(text)] == [], "these examples should fire"
    assert [text for text in move.quiet if move.in_words(text)] == [], "these examples should stay quiet"


@every
def test_a_move_is_complete(move):
    assert all((move.title, move.counted, move.source, move.why, move.fires, move.quiet, move.room))
    assert move.suggestion or not move.shown


def test_curly_apostrophes_and_capitals_count():
    assert moves()["transparency.promise"].in_words("I’LL SEND YOU the leaflet.")


def test_function_words_are_nine_kinds_in_plain_lower_case():
    kinds = function_words()
    assert len(kinds) == 9
    assert all(word == word.lower() and "’" not in word for words in kinds.values() for word in words)
