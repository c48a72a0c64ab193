"""Where a training starts from: a pretrained sentence encoder, by name or folder, as the lower part of a coder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from transcript_rapport.codebook import BEHAVIOURS, TALK_TYPES, client_codes, practitioner_codes
from transcript_rapport.coder import weights
from transcript_rapport.coder.network import SessionCoder
from transcript_rapport.coder.shape import EMPATHY, Shape
from transcript_rapport.coder.words import Layer
from transcript_rapport.errors import ModelError, SettingsError
from transcript_rapport.training.posts import LEVELS, SUPPORT

ACTS = ("reflection", "complex", "question", "open", "input", "advice")
STRATEGIES = (
    "Question",
    "Restatement or Paraphrasing",
    "Reflection of feelings",
    "Self-disclosure",
    "Affirmation and Reassurance",
    "Providing Suggestions",
    "Information",
    "Others",
)
HEADS: dict[str, tuple[str, ...]] = {
    "codes": (*practitioner_codes(), "jargon"),
    "client": client_codes(),
    "behaviour": BEHAVIOURS,
    "talk_type": TALK_TYPES,
    "acts": ACTS,
    "strategy": STRATEGIES,
    **dict.fromkeys(EMPATHY, LEVELS),
    "support": tuple(SUPPORT),
    "advised": ("advice",),
}
CUTTER = 128
"""The width of what cuts speech without marks."""
OLD = "encoder."
"""How the names of BERT's weights began in models before version 0.2."""
QUIET = -3.0
"""How little a layer hears at first that has not yet learned to."""
FROZEN = 2
"""The lowest layers stay as they were pretrained, which takes a fifth of the time away and nothing from the scores."""
PARTS = {
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm_attention",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm_feed",
}
SIZES = ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size")


def find(name: str) -> Path:
    """The folder of a pretrained encoder: a folder, an installed package of that name, or a name on Hugging Face.

    Only the last may be fetched, once, into the hub's own cache, and only in training.
    """
    if Path(name).is_dir():
        return Path(name)
    spec = find_spec(name.replace("-", "_")) if name.replace("-", "_").isidentifier() else None
    if spec and spec.origin and (Path(spec.origin).parent / "model").is_dir():
        return Path(spec.origin).parent / "model"
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name))
    except Exception as error:
        raise SettingsError(
            "--encoder",
            f"no encoder {name!r} on this machine or the hub ({type(error).__name__})",
            "a folder of pretrained weights, or a name such as roberta-base",
            "check the name, or pip install 'transcript-rapport[train]' for the default",
        ) from error


def start(folder: Path, hearing: int = 2) -> SessionCoder:
    """An untrained coder on a pretrained encoder.

    Of BERT, the last layers become the hearing ones. Any other encoder that transformers knows (RoBERTa, DeBERTa,
    ModernBERT …) is kept whole, with new hearing layers on top; such a coder runs in torch only.
    """
    from transformers import AutoConfig, AutoModel
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    about = AutoConfig.from_pretrained(folder)
    sizes = {name: getattr(about, name) for name in SIZES}
    if about.model_type != "bert":
        coder = SessionCoder(Shape({**sizes, "transformers": plain(about.to_dict())}, HEADS, hearing, cutter=CUTTER))
        coder.words.model.load_state_dict(AutoModel.from_pretrained(folder).state_dict(), strict=False)
        return coder
    state = AutoModel.from_pretrained(folder, add_pooling_layer=False).state_dict()
    sizes["max_position_embeddings"] = about.max_position_embeddings
    coder = SessionCoder(Shape(sizes, HEADS, hearing, cutter=CUTTER))
    coder.load_state_dict(as_ours(state, sizes["num_hidden_layers"], hearing), strict=False)
    for part in (coder.words.words, coder.words.positions, coder.words.norm, *coder.words.layers[:FROZEN]):
        part.requires_grad_(False)
    return coder


def go_on(coder: SessionCoder, model: Path) -> None:
    """Gives the coder the weights of an earlier model as far as they fit; format 1 heard nothing yet."""
    from safetensors.numpy import load_file

    packed = weights.unpack(load_file(model / "weights.safetensors"))
    state = {name: torch.from_numpy(array) for name, array in packed.items()}
    bert = {name.removeprefix(OLD): tensor for name, tensor in state.items() if name.startswith(OLD)}
    if bert:
        state = {name: tensor for name, tensor in state.items() if not name.startswith(OLD)}
        state |= as_ours(bert, coder.shape.lower + coder.shape.hearing, coder.shape.hearing)
        for layer in coder.hearing:
            if isinstance(layer, Layer) and layer.hearing is not None:
                torch.nn.init.constant_(layer.hearing, QUIET)
    coder.load_state_dict(state, strict=False)


def held_out(model: Path) -> set[str]:
    """The sessions an earlier model was not trained on."""
    if not (model / "config.json").is_file():
        raise ModelError(
            str(model), "no model lies there", "the model to go on from (start_from)", "see docs/training.md"
        )
    recipe = json.loads((model / "config.json").read_text(encoding="utf-8"))["recipe"]
    names = {name for fold in recipe.get("held_out", ()) for name in fold}
    if not names:
        seen = "no session was held out from it"
        raise ModelError(str(model), seen, "a model that names its held_out sessions", "train from an encoder instead")
    return names


def tokenizer(folder: Path, out: Path) -> Path:
    """The encoder's ``tokenizer.json``; made from its other files where it has none."""
    if (folder / "tokenizer.json").is_file():
        return folder / "tokenizer.json"
    from transformers import AutoTokenizer

    made = out / "encoder-tokenizer.json"
    AutoTokenizer.from_pretrained(folder).backend_tokenizer.save(str(made))
    return made


def plain(config: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration as JSON can hold it, without what says where it came from."""
    noise = ("transformers_version", "_name_or_path", "dtype", "torch_dtype", "architectures")
    return {name: value for name, value in config.items() if name not in noise and not callable(value)}


def as_ours(state: Mapping[str, Tensor], layers: int, hearing: int) -> dict[str, Tensor]:
    """BERT's weights under our names; token types are folded into the positions."""
    found = {
        "words.words.weight": state["embeddings.word_embeddings.weight"],
        "words.positions.weight": state["embeddings.position_embeddings.weight"]
        + state["embeddings.token_type_embeddings.weight"][0],
    }
    for kind in ("weight", "bias"):
        found[f"words.norm.{kind}"] = state[f"embeddings.LayerNorm.{kind}"]
        for n in range(layers):
            lower = layers - hearing
            ours, theirs = (f"words.layers.{n}" if n < lower else f"hearing.{n - lower}"), f"encoder.layer.{n}"
            each = [state[f"{theirs}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            found[f"{ours}.queries_keys_values.{kind}"] = torch.cat(each)
            for name, part in PARTS.items():
                found[f"{ours}.{part}.{kind}"] = state[f"{theirs}.{name}.{kind}"]
    return found
