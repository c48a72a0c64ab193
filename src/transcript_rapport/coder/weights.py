"""The coder's folder: weights in eight bits a number, word pieces, and a configuration with their checksum.

Matrices are stored as int8 with one float scale a row (a fourth of the size) and computed in
float32, so the codes hardly change; ``config.json`` holds the shape, the calibration and the SHA-256
that is verified at load.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load as load_tensors
from safetensors.torch import save_file
from torch import Tensor

from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.coder.network import SessionCoder, Shape
from transcript_rapport.errors import ModelError

FORMAT = "transcript-rapport/coder/1"
SCALE = ".scale"


@dataclass(frozen=True)
class Folder:
    """A model as loaded: the network in evaluation mode, its calibration, and who it is."""

    network: SessionCoder
    calibration: Calibration
    tokenizer: Path
    identity: dict[str, str]


def pack(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Matrices as int8 and a scale a row; everything else in float32."""
    packed: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if tensor.dim() == 2 and min(tensor.shape) > 64:
            scale = tensor.abs().amax(1).clamp(min=1e-12) / 127
            packed[name] = (tensor / scale[:, None]).round().clamp(-127, 127).to(torch.int8)
            packed[name + SCALE] = scale.float()
        elif tensor.is_floating_point():
            packed[name] = tensor.float().contiguous()
    return packed


def unpack(packed: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The float32 state of packed weights."""
    return {
        name: tensor.float() * packed[name + SCALE][:, None] if tensor.dtype == torch.int8 else tensor
        for name, tensor in packed.items()
        if not name.endswith(SCALE)
    }


def settle(coder: SessionCoder) -> SessionCoder:
    """The coder as it will be after saving and loading: calibrate this one, not the one in full precision."""
    coder.load_state_dict(unpack(pack(coder.state_dict())), strict=False)
    return coder.eval()


def save(
    folder: Path, coder: SessionCoder, tokenizer: Path, calibration: Calibration, recipe: Mapping[str, object]
) -> None:
    """Writes ``weights.safetensors``, ``tokenizer.json`` and ``config.json`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file(pack(coder.state_dict()), folder / "weights.safetensors")
    if tokenizer.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer, folder / "tokenizer.json")
    config = {
        "format": FORMAT,
        "name": folder.name,
        "sha256": checksum(folder / "weights.safetensors"),
        "shape": asdict(coder.shape),
        "calibration": calibration.as_json(),
        "recipe": dict(recipe),
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def load(folder: Path) -> Folder:
    """A model folder, verified; missing, damaged or foreign weights are a ModelError."""
    config = _config(folder)
    path = folder / "weights.safetensors"
    if not path.is_file():
        raise ModelError(str(path), "there is no such file", "the coder's weights", "install transcript-rapport again")
    data = path.read_bytes()
    if sha256(data).hexdigest() != config["sha256"]:
        raise ModelError(str(path), "the checksum differs", f"SHA-256 {config['sha256'][:12]}…", "install it again")
    raw = config["shape"]
    heads = {name: tuple(outputs) for name, outputs in raw["heads"].items()}
    network = SessionCoder(Shape(**{**raw, "heads": heads, "pooled": tuple(raw["pooled"])}))
    missing = network.load_state_dict(unpack(load_tensors(data)), strict=False)
    if missing.unexpected_keys or any("position_ids" not in key for key in missing.missing_keys):
        raise ModelError(str(path), "the weights do not fit the shape in config.json", "both from one training run")
    identity = {"name": str(config["name"]), "sha256": str(config["sha256"])}
    return Folder(network.eval(), Calibration.from_json(config["calibration"]), folder / "tokenizer.json", identity)


def _config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ModelError(
            str(path), "cannot be read", "a model folder's config.json", "check --model or install again"
        ) from None
    if not isinstance(config, dict) or config.get("format") != FORMAT:
        raise ModelError(str(path), "another kind of model", f"format {FORMAT!r}", "train one with: rapport train")
    return config


def checksum(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    return sha256(path.read_bytes()).hexdigest()
