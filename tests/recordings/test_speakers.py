"""Who spoke when, on invented voices: two channels, one shared channel, and what cannot be told."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.recordings import sounds
from transcript_rapport.recordings.activity import WINDOW_MS, bridged, stretches
from transcript_rapport.recordings.evaluate import score
from transcript_rapport.recordings.hearing import listen, who_spoke
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
