"""The rooms of the constructs, against values worked out by hand; style matching, for what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.invented import coded
from transcript_rapport.measures import (
    agenda,
    clarity,
    collaboration,
    contrasts,
    dynamics,
    frame,
    responsiveness,
    style_matching,
    transparency,
    validation_levels,
)
from transcript_rapport.settings import DEFAULTS


def values(room, lines, times=None):
    return {m.name.partition(".")[2]: m.value for m in room.measure(coded(lines, times), (), DEFAULTS)}


def test_the_openings_that_were_not_met_are_some_of_those_counted():
    lines = [
        ("C", "I feel lost since the winter.", ["client.emotion"]),
        ("T", "Please fill in the next form.", ["structure"]),
    ]
    told = {m.name: m.note for m in responsiveness.measure(coded(lines), (), DEFAULTS)}
    note = told["responsiveness.openings_answered_share"]
    assert note.startswith("too little to say; of these, 1 was passed over; the coder hears")


def test_responsiveness():
    got = values(
        responsiveness,
        [
            ("C", "I feel lost since the winter.", ["client.emotion"]),
            ("T", "It has been a lonely winter.", ["reflection.complex"]),
            ("C", "Yes, that is it exactly.", ["client.understood"]),
            ("T", "Let me see if I've got this right.", []),
            ("C", "This is of no use to me.", ["client.confrontation"]),
            ("T", "Please fill in the next form.", ["structure"]),
            ("C", "My brother drinks again, and I hide it.", ["client.disclosure"]),
            ("T", "Please sign below.", ["structure"]),
        ],
    )
    assert got["openings_answered_share"] == pytest.approx(1 / 2)
    assert got["rupture_markers_per_hundred_statements"] == pytest.approx(25)
    assert got["ruptures_repaired_share"] == 0
    assert got["reflections_confirmed_share"] == 1
    assert got["summary_per_ten_turns"] == pytest.approx(10 / 4)


def test_validation_levels():
    got = values(
        validation_levels,
        [
            ("T", "You sleep badly.", ["reflection.simple"]),
            ("T", "And you wonder whether it will ever end.", ["reflection.complex"]),
            ("T", "After what you went through, of course you are wary.", ["validation.normalise"]),
            ("T", "Anyone would be nervous before that.", ["validation.normalise"]),
            ("T", "Good job!", ["validation.affirm"]),
            ("T", "You rang her although you were afraid to.", ["validation.affirm"]),
        ],
    )
    levels = [got[f"level_{number}_per_hundred_statements"] for number in (2, 3, 4, 5)]
    assert levels == pytest.approx([100 / 6] * 4)
    assert got["specific_affirmation_share"] == pytest.approx(1 / 2)


def test_an_affirmation_that_names_nothing_is_not_specific():
    said = ["What a lovely idea.", "You poor thing.", "That took real courage.", "I like your patience with her."]
    got = values(validation_levels, [("T", text, ["validation.affirm"]) for text in said])
    assert got["specific_affirmation_share"] == pytest.approx(2 / 4)


def test_collaboration_and_transparency():
    lines = [
        ("T", "What would you like to get out of our time today?", []),
        ("C", "Some sleep.", []),
        ("T", "So your goal is to sleep through.", []),
        ("C", "Yes, it is.", []),
        ("T", "What we say here is confidential, unless you are in danger.", []),
    ]
    together = values(collaboration, lines)
    assert together["goal_per_ten_turns"] == pytest.approx(20 / 3)
    assert together["we_in_goal_talk_share"] == pytest.approx(1 / 2)
    assert together["options_per_ten_turns"] == 0
    told = values(transparency, lines)
    assert told["confidentiality_per_ten_turns"] == told["limits_per_ten_turns"] == pytest.approx(10 / 3)
    assert told["promise_per_ten_turns"] == 0


def test_clarity():
    ask = ("T", "Do you eat well?", ["question.closed"])
    long = " ".join(["complicated"] * 26)
    got = values(clarity, [ask, ask, ask, ("C", "I do, most days.", []), ask, ("C", "I do too.", []), ("T", long, [])])
    assert got["stacked_question_share"] == pytest.approx(1 / 2)
    assert got["long_statement_share"] == pytest.approx(1 / 5)
    assert got["long_word_share"] == pytest.approx(26 / 42)


def test_agenda_with_and_without_times():
    lines = [
        ("T", "What brings you in?", ["question.open"]),
        ("C", "It began in the spring.", []),
        ("T", "Mm-hmm.", ["facilitation"]),
        ("C", "And then my –", []),
        ("T", "Which side?", ["question.closed"]),
    ]
    got = values(agenda, lines)
    assert (got["opening_statement_words"], got["opening_statements_cut_off"]) == (8, 1)
    assert got["opening_statement_s"] is None
    timed = values(agenda, lines, [(0, 900), (1000, 3000), (3000, 3100), (3200, 6000), (7000, 8000)])
    assert (timed["opening_statement_s"], timed["opening_statements_cut_off"]) == (6.0, 0)


def test_frame():
    got = values(
        frame,
        [
            ("T", "Did you find us okay?", []),
            ("C", "The bus was late.", []),
            ("T", "I hate that bus too.", ["self_disclosure"]),
            ("T", "That was thoughtless of me.", ["self_disclosure"]),
            ("T", "How are you now?", ["question.open"]),
            ("C", "Better, thank you.", []),
        ],
    )
    assert got["small_talk_at_the_edges_share"] == 1
    assert got["self_disclosure_returned_share"] == 1
    assert got["self_disclosures_per_ten_turns"] == pytest.approx(5)


def test_change_talk_moves():
    lines = [("C", "I was.", ["talk=sustain"])] * 2 + [("C", "I will.", ["talk=change", "client.insight"])] * 2
    got = values(dynamics, lines)
    assert got["change_talk_shift"] == 1
    assert got["past_statement_share"] == got["ahead_statement_share"] == pytest.approx(1 / 2)
    assert got["insight_per_hundred_statements"] == pytest.approx(50)


WORDS = st.lists(st.sampled_from("i you the and of not very all this house".split()), min_size=4, max_size=30)


@given(WORDS, WORDS)
def test_matching_lies_between_nought_and_one_and_does_not_ask_who_is_who(own, theirs):
    there = values(style_matching, [("T", " ".join(own), []), ("C", " ".join(theirs), [])])["function_words"]
    back = values(style_matching, [("T", " ".join(theirs), []), ("C", " ".join(own), [])])["function_words"]
    assert 0 <= there <= 1
    assert there == pytest.approx(back)


@given(WORDS)
def test_the_same_words_match_wholly(said):
    line = " ".join(said)
    assert values(style_matching, [("T", line, []), ("C", line, [])])["function_words"] == pytest.approx(1)


def test_who_follows_whom():
    with_article = [("C", "The house and the garden.", []), ("T", "The roof of a barn.", [])]
    without = [("C", "Nice houses everywhere.", []), ("T", "Lovely gardens everywhere.", [])]
    got = values(style_matching, (with_article + without) * 6)
    assert got["practitioner_follows_client"] == pytest.approx((0.5 + 0.0) / 2)  # articles, conjunctions


@given(st.integers(0, 20), st.integers(1, 20), st.integers(0, 20), st.integers(1, 20))
def test_the_interval_of_a_difference_holds_it(part, rest, other_part, other_rest):
    whole, other = part + rest, other_part + other_rest
    low, high = contrasts.difference(part, whole, other_part, other)
    assert -1 <= low <= part / whole - other_part / other <= high <= 1


def test_newcombe_published_example():
    """56/70 against 48/80 at 95 % is 0.0524 to 0.3339 in the paper; at 90 % it lies inside that."""
    low, high = contrasts.difference(56, 70, 48, 80)
    assert 0.0524 < low < 0.2 < high < 0.3339
