"""What counts as a word, a back-channel and a turn."""

from __future__ import annotations

import pytest

from tests.invented import coded
from transcript_rapport.detectors.context import is_backchannel
from transcript_rapport.measures.counting import turns, words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I don't know.", 3),
        ("a follow-up at 10:30", 5),
        ("Mm-hmm.", 0),
        ("Uh-huh, mhm, hmm. Um, uh.", 0),
        ("[laughs] <UNIN/> (inaudible)", 0),
        ("<UNSURE>Tuesday</UNSURE> maybe", 2),
        ("(laughs) I had (more or less) stopped", 6),
        ("Oh, I wan-", 3),
        ("Je suis très fatiguée", 4),
        ("", 0),
        ("… — 'em", 1),
        ("Emma, her mum and hum", 5),
    ],
)
def test_words(text, count):
    assert words(text) == count


def test_a_practitioner_back_channel_is_facilitation_alone_or_holds_no_word():
    of = coded(
        [
            ("T", "Right.", ["facilitation"]),
            ("T", "Right, so what happened?", ["facilitation", "question.open"]),
            ("T", "[laughs]", []),
            ("T", "Well then.", []),
        ]
    )
    assert [is_backchannel(of, i) for i in range(4)] == [True, False, True, False]


def test_a_client_back_channel_is_a_short_acknowledgement_that_answers_nothing():
    of = coded(
        [
            ("T", "That sounds heavy.", ["reflection.complex"]),
            ("C", "Yeah, mm-hmm.", []),
            ("T", "Do you sleep?", ["question.closed"]),
            ("C", "Yeah.", []),
            ("T", "I see that.", []),
            ("C", "Yeah, I do.", []),
            ("C", "Okay, right, yeah, sure.", []),
        ]
    )
    assert [is_backchannel(of, i) for i in (1, 3, 5, 6)] == [True, False, False, False]


def test_turns_that_are_back_channels_only_are_left_out():
    of = coded(
        [
            ("T", "Okay.", ["facilitation"]),
            ("C", "It was a long week.", []),
            ("T", "Okay.", ["facilitation"]),
            ("T", "It wore you out.", ["reflection.simple"]),
        ]
    )
    assert [turn.text for turn in turns(of, "practitioner")] == ["Okay. It wore you out."]
    assert [turn.text for turn in turns(of, "client")] == ["It was a long week."]
