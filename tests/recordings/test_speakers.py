"""Who spoke when, on invented voices: two channels, one shared channel, and what cannot be told."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.recordings import sounds
from transcript_rapport.errors import ReadError
from transcript_rapport.recordings.activity import WINDOW_MS, bridged, stretches
from transcript_rapport.recordings.evaluate import score
from transcript_rapport.recordings.hearing import listen, told_apart, who_spoke
from transcript_rapport.recordings.mixed import Embedded
from transcript_rapport.recordings.segments import Heard, Segment, tidy
from transcript_rapport.recordings.sound import Sound

pytest.importorskip("av", reason="needs the extra 'audio'")
pytest.importorskip("sklearn", reason="needs the extra 'audio'")
TURNS = sounds.conversation()
SECONDS = TURNS[-1].end / 1000 + 1
TRACKS = sounds.talk(TURNS, SECONDS)


def heard(path: Path, samples: sounds.Samples) -> Heard:
    return listen(Sound(sounds.wav(path / "a.wav", samples)), lambda _: None, sounds.Loud)


def test_a_speaker_a_channel(tmp_path: Path) -> None:
    found, how = who_spoke(heard(tmp_path, TRACKS), 0, Embedded())
    result = score(found, TURNS)
    assert "two channels" in how
    assert abs(result.talk_share) < 1
    assert len(found) == len(TURNS)
    assert all(abs(f.start - t.start) < 100 and abs(f.end - t.end) < 200 for f, t in zip(found, TURNS, strict=True))


def test_a_voice_that_leaks_is_not_talk(tmp_path: Path) -> None:
    found, how = who_spoke(heard(tmp_path, TRACKS + 0.15 * TRACKS[::-1]), 0, Embedded())
    assert "two channels" in how
    assert abs(score(found, TURNS).talk_share) < 2
    assert abs(score(found, TURNS).overlap) < 2


def test_overlap_on_two_channels_is_kept(tmp_path: Path) -> None:
    turns = [Segment(0, 1000, 4000), Segment(1, 3000, 6000), Segment(0, 7000, 9000), Segment(1, 10000, 12000)]
    found, _ = who_spoke(heard(tmp_path, sounds.talk(turns, 13)), 0, Embedded())
    assert abs(score(found, turns).overlap) < 3


def test_the_same_sound_on_both_channels_is_one_channel(tmp_path: Path) -> None:
    mix = TRACKS.sum(axis=0)
    found, how = who_spoke(heard(tmp_path, np.stack([mix, 0.5 * mix])), 0, Embedded())
    assert "share a channel" in how
    assert abs(score(found, TURNS).talk_share) < 5


@pytest.mark.parametrize("speakers", [0, 2])
def test_voices_on_one_channel_are_told_apart(tmp_path: Path, speakers: int) -> None:
    found, how = who_spoke(heard(tmp_path, TRACKS.sum(axis=0, keepdims=True)), speakers, Embedded())
    result = score(found, TURNS)
    assert how.startswith("2 speakers share a channel")
    assert abs(result.talk_share) < 5
    assert result.confused < 5


def test_the_same_recording_is_heard_the_same(tmp_path: Path) -> None:
    one = heard(tmp_path, TRACKS.sum(axis=0, keepdims=True))
    assert who_spoke(one, 0, Embedded()) == who_spoke(one, 0, Embedded())


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), max_size=300))
def test_speech_lies_in_order_apart_and_inside(probabilities: list[float]) -> None:
    most = len(probabilities) * WINDOW_MS
    found = stretches(probabilities, most)
    assert all(0 <= start < end <= most for start, end in found)
    assert all(after[0] - before[1] >= 300 for before, after in pairwise(found))


moments = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9000), st.integers(1, 900)), max_size=25)


@settings(deadline=None)
@given(moments)
def test_tidying_is_settled_after_once(drawn: list[tuple[int, int, int]]) -> None:
    once = tidy([Segment(speaker, start, start + lasts) for speaker, start, lasts in drawn])
    assert tidy(once) == once
    assert [s.start for s in once] == sorted(s.start for s in once)
    assert list(dict.fromkeys(s.speaker for s in once)) == sorted({s.speaker for s in once})


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 90)), max_size=20), st.integers(0, 100))
def test_bridging_loses_no_moment(drawn: list[tuple[int, int]], gap: int) -> None:
    ordered = sorted((start, start + lasts) for start, lasts in drawn)
    joined = bridged(ordered, gap)
    assert all(any(a <= start and end <= b for a, b in joined) for start, end in ordered)


ALONE = [Segment(0, t.start, t.end) for t in TURNS]


@pytest.mark.parametrize("leak", [0.0, 0.06, 1.0])
def test_one_voice_alone_is_not_cut_in_two(tmp_path: Path, leak: float) -> None:
    one = sounds.talk(ALONE, SECONDS)[0]
    both = heard(tmp_path, np.stack([one, leak * one]) if leak else one[None])
    found, _ = told_apart(both, 0, Embedded())
    assert {s.speaker for s in found} == {0}
    assert score(found, ALONE)[5:] == (1, 1)
    with pytest.raises(ReadError, match=r"only one voice was found in .* add --speakers 2"):
        who_spoke(both, 0, Embedded())


def test_one_side_of_a_call_that_was_not_recorded_is_said(tmp_path: Path) -> None:
    one = sounds.talk(ALONE, SECONDS)[0]
    with pytest.raises(ReadError, match="on one of the two channels nobody speaks"):
        who_spoke(heard(tmp_path, np.stack([one, np.zeros_like(one)])), 0, Embedded())


def test_one_speaker_asked_for_is_no_session(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="leave out --speakers 1"):
        who_spoke(heard(tmp_path, TRACKS.sum(axis=0, keepdims=True)), 1, Embedded())


def test_a_channel_turned_upside_down_does_not_cancel_the_other(tmp_path: Path) -> None:
    mix = TRACKS.sum(axis=0)
    found, how = who_spoke(heard(tmp_path, np.stack([mix, -mix])), 0, Embedded())
    assert "both channels hold the same sound" in how
    assert abs(score(found, TURNS).talk_share) < 5


def test_a_dead_channel_is_heard_as_one(tmp_path: Path) -> None:
    mix = TRACKS.sum(axis=0)
    found, how = who_spoke(heard(tmp_path, np.stack([mix, np.zeros_like(mix)])), 0, Embedded())
    assert "on one of the two channels nobody speaks" in how
    assert abs(score(found, TURNS).talk_share) < 5


def test_three_speakers_are_scored_as_three() -> None:
    true = [Segment(0, 0, 1000), Segment(1, 2000, 3000), Segment(2, 4000, 6000)]
    assert score(true, true) == (0, 0, 0, 0, 0, 3, 3)
    cut = [*true[:2], Segment(1, 4000, 6000)]
    assert score(cut, true).confused == pytest.approx(25)
