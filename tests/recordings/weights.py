"""Weights for tests: a tiny Whisper that was never trained, as transformers saves it and as CTranslate2 does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SPECIAL = (
    *("endoftext", "startoftranscript", "en", "cy", "translate", "transcribe"),
    *("startoflm", "startofprev", "nospeech", "notimestamps"),
)
PLAIN = {*range(33, 127), *range(161, 173), *range(174, 256)}
ENDING = 0.2
SIZE = 1800
"""Of the vocabulary: bytes, special tokens, and moments."""


def tokens(folder: Path) -> dict[str, int]:
    """A tokenizer whose words are bytes, saved in ``folder``; the numbers of its special tokens."""
    from transformers import WhisperTokenizer

    vocabulary = {chr(byte if byte in PLAIN else 256 + byte): byte for byte in range(256)}
    special = {f"<|{name}|>": len(vocabulary) + place for place, name in enumerate(SPECIAL)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary | special), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    tokenizer = WhisperTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"))
    tokenizer.add_special_tokens({"additional_special_tokens": list(special)})
    tokenizer.save_pretrained(folder)
    return special


def tiny(folder: Path, multilingual: bool = True) -> str:
    """A Whisper with random weights, saved as transformers saves them; the path as text."""
    import torch
    from transformers import GenerationConfig, WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration

    number = tokens(folder)
    WhisperFeatureExtractor(feature_size=80).save_pretrained(folder)
    widths = {"d_model": 16, "encoder_ffn_dim": 16, "decoder_ffn_dim": 16, "encoder_layers": 1, "decoder_layers": 2}
    heads = {"encoder_attention_heads": 2, "decoder_attention_heads": 2}
    end, begin = number["<|endoftext|>"], number["<|startoftranscript|>"]
    marks = {"pad_token_id": end, "eos_token_id": end, "bos_token_id": end, "decoder_start_token_id": begin}
    torch.manual_seed(1)
    model = WhisperForConditionalGeneration(
        WhisperConfig(vocab_size=SIZE, max_target_positions=448, num_mel_bins=80, **widths, **heads, **marks)
    )
    _brief(model, end)
    model.generation_config = GenerationConfig(
        **marks,
        is_multilingual=multilingual,
        lang_to_id={name: number[name] for name in ("<|en|>", "<|cy|>")},
        task_to_id={"transcribe": number["<|transcribe|>"]},
        no_timestamps_token_id=number["<|notimestamps|>"],
        alignment_heads=[[1, 0], [1, 1]],
        max_length=30,
        suppress_tokens=list(range(max(number.values()) + 1, SIZE)),
    )
    model.save_pretrained(folder)
    return str(folder)


def _brief(model: Any, end: int) -> None:
    """Make the end of the text likelier than chance would, so that what is said is short."""
    import torch

    decoder = model.model.decoder
    with torch.no_grad():
        decoder.layer_norm.weight[0], decoder.layer_norm.bias[0] = 0.0, 1.0
        decoder.embed_tokens.weight[:, 0] = 0.0
        decoder.embed_tokens.weight[end, 0] = ENDING


def converted(folder: Path) -> str:
    """The same in CTranslate2's form, as faster-whisper loads it; with so few tokens it counts as English only."""
    from ctranslate2.converters import TransformersConverter

    out = folder / "ct2"
    TransformersConverter(
        tiny(folder, multilingual=False), copy_files=["tokenizer.json", "preprocessor_config.json"]
    ).convert(str(out))
    return str(out)
