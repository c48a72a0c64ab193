"""A recording a speaker: several files are one session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recordings import sounds
from transcript_rapport.errors import ReadError, SettingsError
from transcript_rapport.recordings import check, hear_all, hear_together
from transcript_rapport.recordings.segments import Segment
from transcript_rapport.settings import DEFAULTS

pytest.importorskip("av", reason="needs the extra 'audio'")
TURNS = sounds.conversation(8)
TRACKS = sounds.talk(TURNS, TURNS[-1].end / 1000 + 1)
AGREED = DEFAULTS.with_changes({"consent": "Ada Hart"})
RATE = sounds.RATE


def pair(folder: Path, leak: float = 0.0) -> list[str]:
    mixed = TRACKS + leak * TRACKS[::-1]
    shorter = mixed[:1, : (TURNS[-2].end + 500) * RATE // 1000]
    return [sounds.wav(folder / "monday_Ada.wav", shorter), sounds.wav(folder / "monday_Ben.wav", mixed[1:])]


@pytest.mark.parametrize("leak", [0.0, 0.15])
def test_each_file_is_a_speaker(tmp_path: Path, leak: float) -> None:
    paths = pair(tmp_path, leak)
    session = hear_together(paths, AGREED, activity=sounds.Loud)
    assert session.name == "monday"
    assert session.speakers == ("Ada", "Ben")
    assert session.source == " + ".join(paths)
    assert [u.speaker for u in session] == [("Ada", "Ben")[t.speaker] for t in TURNS]
    assert all(abs((u.start_ms or 0) - t.start) < 100 for u, t in zip(session, TURNS, strict=True))
    assert any("taken to begin at the same moment" in note for note in session.notes)


def test_three_files_are_three_speakers(tmp_path: Path) -> None:
    third = sounds.talk([Segment(0, TURNS[-1].end - 1500, TURNS[-1].end)], TRACKS.shape[1] / RATE)[:1]
    paths = [*pair(tmp_path), sounds.wav(tmp_path / "monday_Cleo.wav", third)]
    assert set(hear_together(paths, AGREED, activity=sounds.Loud).speakers) == {"Ada", "Ben", "Cleo"}


def test_the_same_sound_twice_is_said(tmp_path: Path) -> None:
    mix = TRACKS.sum(axis=0, keepdims=True)
    paths = [sounds.wav(tmp_path / "a.wav", mix), sounds.wav(tmp_path / "b.wav", 0.5 * mix)]
    with pytest.raises(ReadError, match=r"b\.wav: .*a\.wav holds the same sound"):
        hear_together(paths, AGREED, activity=sounds.Loud)


def test_consent_comes_first_and_kinds_are_not_mixed() -> None:
    with pytest.raises(SettingsError, match="--consent NAME"):
        hear_all(["none.wav", "neither.wav"], DEFAULTS, lambda _: None)
    with pytest.raises(SettingsError, match="was given transcripts as well"):
        check(["a.wav", "b.vtt"], AGREED, together=True)
