"""Recognised words on the real path: a tiny Whisper of random weights, made here and loaded from its folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.recordings import sounds
from tests.recordings.weights import converted, tiny
from transcript_rapport.errors import ReadError, SettingsError
from transcript_rapport.recordings.joining import Word
from transcript_rapport.recordings.segments import Segment
from transcript_rapport.recordings.sound import RATE, Sound
from transcript_rapport.recordings.words import cut, load, passages, spoken

pytest.importorskip("av", reason="needs the extra 'audio'")
TURNS = [Segment(0, 1000, 3000), Segment(1, 5000, 8000)]


class Invented:
    """Says the same two words in every passage: one at its beginning, one long after its end."""

    def __init__(self, language: str = "en") -> None:
        self.heard = language

    def language(self, samples: sounds.Samples) -> tuple[str, float] | None:  # noqa: ARG002
        return self.heard, 0.97

    def words(self, samples: sounds.Samples) -> list[Word]:
        after = round(len(samples) / RATE * 1000) + 900
        return [Word("Well", 300, 600), Word("subscribe", after, after + 50)]


@pytest.fixture
def sound(tmp_path: Path) -> Sound:
    return Sound(sounds.wav(tmp_path / "a.wav", sounds.talk(TURNS, 10)))


def test_words_get_speakers_and_times_and_silence_gets_none(sound: Sound) -> None:
    utterances, notes = spoken(sound, "weights", TURNS, lambda _: None, Invented())
    assert [(u.index, u.speaker, u.text, u.start_ms) for u in utterances] == [
        (0, "Speaker 1", "Well", 1100),
        (1, "Speaker 2", "Well", 5100),
    ]
    assert "recognised in silence, 2" in notes[1]


def test_another_language_is_said(sound: Sound) -> None:
    with pytest.raises(ReadError, match="only English is coded"):
        spoken(sound, "weights", TURNS, lambda _: None, Invented("cy"))


def test_passages_are_short_and_hold_all_speech() -> None:
    found = passages([Segment(0, 0, 100_000), Segment(1, 90_000, 130_000), Segment(0, 140_000, 141_000)])
    assert all(end - start <= 28_000 for start, end in found)
    assert found[0][0] == 0
    assert found[-1] == (139_800, 141_200)


def test_passages_are_cut_where_they_lie(sound: Sound) -> None:
    whole = next(sound.blocks()).mean(axis=0)
    for (start, end), samples in cut(sound, [(1000, 3000), (5000, 8000)]):
        assert (samples == whole[start * 16 : end * 16]).all()


@pytest.mark.parametrize("folder", ["there/is/none", "empty"])
def test_weights_that_cannot_be_used_are_one_sentence(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SettingsError, match=r"a folder of Whisper weights; see docs/recordings\.md"):
        load(str(tmp_path / folder))


def test_a_short_sound_does_not_tell_the_language(tmp_path: Path) -> None:
    asked = []

    class Listening(Invented):
        def language(self, samples: sounds.Samples) -> tuple[str, float]:
            asked.append(len(samples) / RATE)
            return "en", 0.9

    turns = [Segment(0, 1000, 1400), Segment(1, 4000, 10_500)]
    sound = Sound(sounds.wav(tmp_path / "a.wav", sounds.talk(turns, 12)))
    spoken(sound, "weights", turns, lambda _: None, Listening())
    assert asked == [pytest.approx(6.9)]


def test_a_tiny_whisper_runs_from_its_folder(tmp_path: Path) -> None:
    ear = load(tiny(tmp_path))
    samples = sounds.voice(0, 4.0)
    language = ear.language(samples)
    assert language is not None
    assert language[0] in ("en", "cy")
    found = ear.words(samples)
    assert all(0 <= word.start <= word.end <= 4_000 for word in found)
    assert found == ear.words(samples)


@pytest.fixture(scope="module")
def ct2(tmp_path_factory: pytest.TempPathFactory) -> str:
    pytest.importorskip("faster_whisper", reason="needs the extra 'asr'")
    return converted(tmp_path_factory.mktemp("weights"))


def test_faster_whisper_runs_from_its_folder(ct2: str) -> None:
    ear = load(ct2)
    assert type(ear).__name__ == "FasterWhisper"
    assert ear.language(sounds.voice(0, 4.0)) is None  # English is all these weights know
    found = ear.words(sounds.voice(0, 4.0))
    assert found
    assert all(0 <= word.start <= word.end <= 4_000 for word in found)
    assert found == ear.words(sounds.voice(0, 4.0))


def test_faster_whispers_words_are_joined(ct2: str, sound: Sound) -> None:
    utterances, notes = spoken(sound, ct2, TURNS, lambda _: None)
    assert {u.speaker for u in utterances} <= {"Speaker 1", "Speaker 2"}
    assert all(700 <= (u.start_ms or 0) <= (u.end_ms or 0) <= 8300 for u in utterances)
    assert ct2 in notes[0]


@pytest.mark.parametrize("damaged", ["tokenizer.json", "model.bin", "vocabulary.json"])
def test_damaged_weights_are_one_sentence(ct2: str, tmp_path: Path, damaged: str) -> None:
    folder = Path(shutil.copytree(ct2, tmp_path / "w"))
    (folder / damaged).write_bytes(b"{")
    with pytest.raises(SettingsError, match=r"cannot be used .*see docs/recordings\.md"):
        load(str(folder))


def test_a_tokenizer_is_not_looked_for_elsewhere(ct2: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ct2, tmp_path / "w"))
    (folder / "tokenizer.json").unlink()
    with pytest.raises(SettingsError, match=r"tokenizer\.json is missing"):
        load(str(folder))
