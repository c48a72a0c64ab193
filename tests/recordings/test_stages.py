"""Stages kept in a folder: an interrupted run goes on, and what is stale or damaged is made again and told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.recordings import sounds
from transcript_rapport.errors import SettingsError
from transcript_rapport.recordings import Heard, Segment, hear
from transcript_rapport.recordings.joining import Word
from transcript_rapport.recordings.sound import Sound
from transcript_rapport.recordings.stages import stages
from transcript_rapport.recordings.words import spoken
from transcript_rapport.session import Session
from transcript_rapport.settings import DEFAULTS

pytest.importorskip("av", reason="needs the extra 'audio'")
TURNS = sounds.conversation(6)


class Counted(sounds.Loud):
    """Voice activity that counts the blocks it heard."""

    blocks = 0

    def hear(self, block: sounds.Samples) -> sounds.Samples:
        type(self).blocks += 1
        return super().hear(block)


def truly(heard: Heard, speakers: int) -> list[Segment]:  # noqa: ARG001
    return TURNS


def interrupted(heard: Heard, speakers: int) -> list[Segment]:  # noqa: ARG001
    raise KeyboardInterrupt


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Session]:
    path = sounds.wav(tmp_path / "a.wav", sounds.talk(TURNS, TURNS[-1].end / 1000 + 1).sum(axis=0, keepdims=True))
    Counted.blocks = 0

    def once(diariser: Callable[[Heard, int], list[Segment]] = truly, **changes: object) -> Session:
        settings = DEFAULTS.with_changes({"consent": "Ada Hart", "stages": str(tmp_path / "kept"), **changes})
        return hear(path, settings, activity=Counted, diariser=diariser)

    return once


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "kept").rglob("*.jsonl"))


def test_an_interrupted_run_goes_on(run: Callable[..., Session], tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(interrupted)
    listened = Counted.blocks
    first = run()
    assert Counted.blocks == listened  # speech was not looked for again
    assert run(interrupted) == first  # and neither were speakers
    assert [path.stem for path in files(tmp_path)] == ["speakers", "speech"]
    assert all(path.stat().st_mode & 0o77 == 0 for path in files(tmp_path))


def test_nothing_is_kept_unless_asked(run: Callable[..., Session], tmp_path: Path) -> None:
    run(stages=None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.wav"]


def test_consent_is_asked_for_all_the_same(run: Callable[..., Session]) -> None:
    run()
    with pytest.raises(SettingsError, match="--consent NAME"):
        run(consent=None)


def test_other_settings_make_a_stage_again(run: Callable[..., Session]) -> None:
    run()
    again = run(speakers=3)
    assert any("made from other settings" in note for note in again.notes)
    assert not any("made from other settings" in note for note in run(speakers=3).notes)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\n", b"[1]\n", b'{"check": "0", "entry": 1}\n'])
def test_a_damaged_stage_is_made_again(run: Callable[..., Session], tmp_path: Path, content: bytes) -> None:
    first = run()
    for path in files(tmp_path):
        path.write_bytes(content)
    again = run()
    assert again.utterances == first.utterances
    assert any("damaged" in note for note in again.notes) or not content
    assert run() == first


def test_another_recording_shares_nothing(run: Callable[..., Session], tmp_path: Path) -> None:
    run()
    path = sounds.wav(tmp_path / "a.wav", sounds.talk(TURNS, 40).sum(axis=0, keepdims=True))
    assert stages(str(tmp_path / "kept"), path).stage("speech", {"channels": 1}).entries == []


def test_a_folder_that_cannot_be_written_is_one_sentence(run: Callable[..., Session], tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("")
    with pytest.raises(SettingsError, match="stages cannot be kept there"):
        run()


class Tiring:
    """A recogniser that is interrupted after some passages."""

    def __init__(self, passages: int) -> None:
        self.left = passages

    def language(self, samples: sounds.Samples) -> None:  # noqa: ARG002
        return None

    def words(self, samples: sounds.Samples) -> list[Word]:
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        return [Word(f"word{len(samples)}", 300, 500)]


def test_words_go_on_where_they_stopped(tmp_path: Path) -> None:
    turns = [Segment(0, 1000, 3000), Segment(1, 5000, 8000), Segment(0, 10_000, 11_000)]
    sound = Sound(sounds.wav(tmp_path / "a.wav", sounds.talk(turns, 12)))

    def once(passages: int, folder: str | None) -> object:
        kept = stages(folder, sound.path)
        return spoken(sound, "weights", turns, lambda _: None, Tiring(passages), kept)

    kept = str(tmp_path / "kept")
    with pytest.raises(KeyboardInterrupt):
        once(2, kept)
    (path,) = files(tmp_path)
    path.write_bytes(path.read_bytes()[:-9])  # the last line was cut short as well
    assert once(2, kept) == once(3, None)
    assert once(0, kept) == once(3, None)
