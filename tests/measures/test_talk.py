"""Talk time, words, runs, overlaps, pauses and windows, against values worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.invented import coded
from transcript_rapport.measures.talk import measure
from transcript_rapport.measures.windows import windows
from transcript_rapport.settings import DEFAULTS

LINES = [
    ("T", "How was the week for you?", ["question.open"]),  # 6 words
    ("C", "It was long and I slept badly most nights.", []),  # 9 words
    ("T", "You are worn out.", ["reflection.complex"]),  # 4 words
    ("C", "Mm-hmm.", []),
    ("T", "And still you came here.", ["validation.affirm"]),  # 5 words
    ("C", "I did, I suppose.", []),  # 4 words
]
TIMES = [(0, 2000), (3000, 8000), (7500, 9500), (9000, 9400), (9600, 11600), (14600, 16600)]


def measured(of):
    return {m.name.removeprefix("talk."): m for m in measure(of, (), DEFAULTS)}


def test_with_times():
    got = measured(coded(LINES, TIMES))
    values = {name: m.value for name, m in got.items()}
    assert values == pytest.approx(
        {
            "practitioner_time_share": 6000 / (6000 + 7400),
            "practitioner_word_share": 15 / 28,
            "longest_practitioner_run_s": 4.0,
            "longest_practitioner_run_words": 9,
            "turns_per_minute": 5 / (16.6 / 60),
            "mean_practitioner_turn_words": 5,
            "mean_client_turn_words": 6.5,
            "overlap_share": (500 + 400) / (6000 + 7400 - 900),
            "floor_taking_interruptions_per_client_minute": 1 / (7.4 / 60),
            "backchannels_per_client_minute": 0,
            "silence_share": (1000 + 100 + 3000) / 16600,
            "noted_silence_s": None,
            "median_response_latency_s": None,
        },
        nan_ok=False,
    )
    assert [s.utterance for s in got["longest_practitioner_run_s"].evidence] == [2, 4]
    assert [s.utterance for s in got["floor_taking_interruptions_per_client_minute"].evidence] == [2]
    assert [s.utterance for s in got["silence_share"].evidence] == [5]
    assert [s.utterance for s in got["overlap_share"].evidence] == [2]


def test_latency_leaves_early_answers_out_and_says_so():
    lines = [
        ("C", "One more thing.", []),
        ("T", "Tell me.", []),
        ("C", "Nothing else.", []),
        ("T", "All right then.", []),
    ]
    got = measured(coded(lines * 2, [(i * 1000, i * 1000 + (1100 if i == 0 else 700)) for i in range(8)]))
    latency = got["median_response_latency_s"]
    assert (latency.value, latency.base) == (0.3, 3)
    assert latency.note == "too little to say; 1 of 4 answers begin while the client still talks and are left out"


def test_start_times_only_are_an_estimate_that_says_so():
    got = measured(coded(LINES, [(start, None) for start, _ in TIMES]))
    share = got["practitioner_time_share"]
    own, theirs = 3000 + 1500 + 5000, 4500 + 600
    assert share.value == pytest.approx(own / (own + theirs))
    assert "; estimated from start times only: " in share.note
    for name in ("silence_share", "overlap_share", "median_response_latency_s"):
        assert (got[name].value, got[name].note) == (None, "the transcript has no end times")


def test_without_times_words_remain():
    got = measured(coded(LINES))
    assert (got["practitioner_time_share"].value, got["practitioner_time_share"].note) == (
        None,
        "the transcript has no times",
    )
    assert got["practitioner_word_share"].value == pytest.approx(15 / 28)
    assert got["longest_practitioner_run_words"].value == 9


def test_every_label_of_a_role_counts_and_others_are_left_out_and_noted():
    of = coded([*LINES, ("O", "She asks about the bill at the end.", [])])
    assert measured(of)["practitioner_word_share"].value == pytest.approx(15 / 28)
    assert "1 speaker with another role is left out" in measured(of)["practitioner_word_share"].note
    family = replace(of, session=replace(of.session, roles={"T": "practitioner", "C": "client", "O": "client"}))
    assert measured(family)["practitioner_word_share"].value == pytest.approx(15 / 36)


FLOOR = [
    ("C", "So on Monday I went to see my sister and", []),
    ("T", "Did you take the tablets?", ["question.closed"]),
    ("C", "I did.", []),
]


@pytest.mark.parametrize(
    ("times", "code", "taken"),
    [
        ([(0, 6000), (5000, 7000), (7500, 8000)], "question.closed", 1),
        ([(0, 6000), (5700, 7000), (7500, 8000)], "question.closed", 0),  # only the last syllable overlaps
        ([(0, 9000), (5000, 9500), (9600, 9900)], "question.closed", 0),  # the client talks on for 4 s
        ([(0, 6000), (5000, 5900), (7500, 8000)], "question.closed", 0),  # the practitioner stops first
        ([(0, 6000), (5000, 7000), (6500, 8000)], "question.closed", 0),  # the client takes the floor back
        ([(0, 6000), (6100, 7000), (7500, 8000)], "question.closed", 0),  # no overlap at all
        ([(0, 6000), (5000, 7000), (7500, 8000)], "facilitation", 0),  # a back-channel
    ],
)
def test_only_interruptions_that_take_the_floor_count(times, code, taken):
    lines = [FLOOR[0], ("T", FLOOR[1][1], [code]), FLOOR[2]]
    got = measured(coded(lines, times))["floor_taking_interruptions_per_client_minute"]
    assert len(got.evidence) == taken


def test_interval_of_a_long_session_holds_the_share():
    of = coded(LINES * 8, [(a + i * 17000, b + i * 17000) for i in range(8) for a, b in TIMES])
    for name in ("practitioner_time_share", "practitioner_word_share", "overlap_share", "silence_share"):
        m = measured(of)[name]
        assert 0 < m.low < m.value < m.high < 1


def test_windows_with_times():
    first, second = windows(coded(LINES, TIMES), 2)
    assert (first.start, first.end, second.start, second.end) == (0, 8300, 8300, 16600)
    assert first.unit == "ms"
    assert (first.practitioner_ms, first.client_ms) == (2800, 5000)
    assert (second.practitioner_ms, second.client_ms) == (3200, 2400)
    assert first.share == pytest.approx(2800 / 7800)
    assert (first.client_words, second.client_words) == (9, 4)


def test_windows_without_times_hold_equally_many_words():
    first, second = windows(coded(LINES), 2)
    assert (first.unit, first.start, first.end, second.end) == ("words", 0, 14, 28)
    assert (first.practitioner_words, first.client_words, first.practitioner_ms) == (6, 8, None)
    assert first.share == pytest.approx(6 / 14)


@given(st.integers(1, 40), st.sampled_from([TIMES, None, [(0, None)] * 6, [(i * 10, None) for i in range(6)]]))
def test_windows_lose_no_word_and_no_millisecond(n, times):
    cut = windows(coded(LINES, times), n)
    assert len(cut) == n
    assert sum(w.practitioner_words for w in cut) == 15
    assert sum(w.client_words for w in cut) == 13
    assert all(w.share is None or 0 <= w.share <= 1 for w in cut)
    if times is TIMES:
        assert sum(w.practitioner_ms + w.client_ms for w in cut) == 13400


def test_a_session_without_words_has_no_windows():
    assert windows(coded([("T", "[laughs]", []), ("C", "", [])]), 4) == ()


def test_silence_that_the_transcript_notes():
    got = measured(coded([("C", "I never told him. [silence, 40 s] Never.", ()), ("T", "(12.5) Never.", ())]))
    assert (got["noted_silence_s"].value, got["noted_silence_s"].base) == (52.5, 2)
    assert [span.utterance for span in got["noted_silence_s"].evidence] == [0, 1]
