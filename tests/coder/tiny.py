"""A network of random weights, small enough for a test, saved as a model folder."""

from __future__ import annotations

from pathlib import Path

import torch

from transcript_rapport.codebook import BEHAVIOURS, TALK_TYPES, client_codes, practitioner_codes
from transcript_rapport.coder import weights
from transcript_rapport.coder.calibration import Calibration, Choice, Platt
from transcript_rapport.coder.network import SessionCoder
from transcript_rapport.coder.shape import Shape

WORDS = "[PAD] [UNK] [CLS] [SEP] you i so it was hard what how do feel work today mm hmm okay home mother ? . ,".split()


def network(cutter: int = 8) -> SessionCoder:
    torch.manual_seed(1)
    encoder = {
        "vocab_size": len(WORDS),
        "hidden_size": 96,
        "num_hidden_layers": 3,
        "num_attention_heads": 2,
        "intermediate_size": 96,
        "max_position_embeddings": 64,
    }
    heads = {
        "codes": (*practitioner_codes(), "jargon"),
        "client": client_codes(),
        "behaviour": BEHAVIOURS,
        "talk_type": TALK_TYPES,
    }
    made = SessionCoder(Shape(encoder, heads, attention_heads=2, reach=3, cutter=cutter)).eval()
    for name, weight in made.named_parameters():
        if weight.abs().max() < 0.01 or name.endswith("distance"):  # what starts at nothing shall count here
            torch.nn.init.normal_(weight, std=0.3)
    return made


def calibration() -> Calibration:
    names = (*practitioner_codes(), "jargon", *client_codes())
    choices = {"behaviour": Choice(1.0, (0.0,) * 4), "talk_type": Choice(1.0, (0.0,) * 3)}
    return Calibration({name: Platt() for name in names}, choices)


def tokenizer(folder: Path) -> Path:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace

    made = Tokenizer(WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = Lowercase(), Whitespace()
    made.save(str(folder / "words.json"))
    return folder / "words.json"


def save(folder: Path, cutter: int = 8) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    weights.save(folder, network(cutter), tokenizer(folder), calibration(), {})
    return folder
