"""Recognised words on the real path: a tiny Whisper of random weights, made here and loaded from its folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recordings import sounds
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

    def language(self, samples: sounds.Samples) -> tuple[str, float]:  # noqa: ARG002
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


def tiny(folder: Path) -> str:
    """A Whisper with random weights, saved as transformers saves them."""
    import torch
    from transformers import (
        GenerationConfig,
        WhisperConfig,
        WhisperFeatureExtractor,
        WhisperForConditionalGeneration,
        WhisperTokenizer,
    )

    plain = {*range(33, 127), *range(161, 173), *range(174, 256)}
    vocabulary = {chr(byte if byte in plain else 256 + byte): byte for byte in range(256)}
    special = ["<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|cy|>", "<|transcribe|>", "<|notimestamps|>"]
    numbers = {name: len(vocabulary) + place for place, name in enumerate(special)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary | numbers), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    end = numbers["<|endoftext|>"]
    tokenizer = WhisperTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"))
    tokenizer.add_special_tokens({"additional_special_tokens": special})
    tokenizer.save_pretrained(folder)
    WhisperFeatureExtractor(feature_size=80).save_pretrained(folder)
    size = {"d_model": 16, "encoder_ffn_dim": 16, "decoder_ffn_dim": 16, "encoder_layers": 1, "decoder_layers": 2}
    heads = {"encoder_attention_heads": 2, "decoder_attention_heads": 2}
    tokens = {"pad_token_id": end, "eos_token_id": end, "bos_token_id": end, "decoder_start_token_id": end + 1}
    torch.manual_seed(1)
    model = WhisperForConditionalGeneration(
        WhisperConfig(vocab_size=1800, max_target_positions=40, num_mel_bins=80, **size, **heads, **tokens)
    )
    model.generation_config = GenerationConfig(
        **tokens,
        is_multilingual=True,
        lang_to_id={"<|en|>": numbers["<|en|>"], "<|cy|>": numbers["<|cy|>"]},
        task_to_id={"transcribe": numbers["<|transcribe|>"]},
        no_timestamps_token_id=numbers["<|notimestamps|>"],
        alignment_heads=[[1, 0], [1, 1]],
        max_length=30,
        suppress_tokens=list(range(max(numbers.values()) + 1, 1800)),
    )
    model.save_pretrained(folder)
    return str(folder)


def test_a_tiny_whisper_runs_from_its_folder(tmp_path: Path) -> None:
    ear = load(tiny(tmp_path))
    samples = sounds.voice(0, 4.0)
    assert ear.language(samples)[0] in ("en", "cy")
    found = ear.words(samples)
    assert all(0 <= word.start <= word.end <= 30_000 for word in found)
    assert found == ear.words(samples)
