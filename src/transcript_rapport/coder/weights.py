"""The coder's folder: weights in eight bits a number, word pieces, and a configuration with their checksum.

Matrices are stored as int8 with one float scale a row (a fourth of the size) and computed in
float32, so the codes hardly change; ``config.json`` holds the shape, the calibration and the SHA-256
that is verified at load. Reading and checking a folder needs no torch.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.coder import moves
from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.coder.moves import Moves
from transcript_rapport.coder.remarks import FILE as REMARKS
from transcript_rapport.coder.remarks import Remarks, size
from transcript_rapport.coder.shape import BUCKETS, MATRICES, SCALE, Arrays, Shape
from transcript_rapport.errors import ModelError

if TYPE_CHECKING:
    from transcript_rapport.coder.network import SessionCoder

FORMAT = "transcript-rapport/coder/1"
WIDE = 4096
"""From this length of its rows on, a matrix of few rows is packed too."""
CUTTER = "cutter."
"""How the names of what cuts speech without marks begin; its matrices are always packed."""
BEFORE = "boundary."
"""How they began in earlier models, whose answer helped little: they are passed over."""


@dataclass(frozen=True)
class Folder:
    """A model as loaded: its shape, its packed weights, its calibration, and who it is."""

    shape: Shape
    packed: Arrays
    calibration: Calibration
    tokenizer: Path
    identity: dict[str, str]
    remarks: Remarks | None = None
    moves: Moves | None = None

    @cached_property
    def network(self) -> SessionCoder:
        """The network in torch, in evaluation mode."""
        from transcript_rapport.coder.network import SessionCoder

        return _filled(SessionCoder(self.shape), self.packed)


def pack(state: Arrays) -> dict[str, NDArray[Any]]:
    """Matrices as int8 and a scale a row; everything else in float32."""
    packed: dict[str, NDArray[Any]] = {}
    for name, array in state.items():
        if array.ndim == 2 and (min(array.shape) > 64 or max(array.shape) > WIDE or name.startswith(CUTTER)):
            scale = (np.abs(array).max(1).clip(min=1e-12) / 127).astype(np.float32)
            packed[name] = (array / scale[:, None]).round().clip(-127, 127).astype(np.int8)
            packed[name + SCALE] = scale
        elif np.issubdtype(array.dtype, np.floating):
            packed[name] = np.ascontiguousarray(array, dtype=np.float32)
    return packed


def unpack(packed: Arrays) -> dict[str, NDArray[Any]]:
    """The float32 state of packed weights."""
    return {name: unpacked(packed, name) for name in packed if not name.endswith(SCALE)}


def unpacked(packed: Arrays, name: str, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
    """A weight in float32; of a matrix, only ``rows`` where they are given."""
    weight, scale = packed[name], packed.get(name + SCALE)
    if rows is not None:
        weight, scale = weight[rows], None if scale is None else scale[rows]
    found: NDArray[np.float32] = weight.astype(np.float32, copy=False)
    return found if scale is None else found * scale[:, None]


def adapted(packed: Arrays, layers: int) -> Arrays:
    """The weights with those of the lowest ``layers`` as the cutter reads with them, in float32."""
    found = dict(packed)
    for n in range(layers):
        for part in MATRICES:
            name = f"words.layers.{n}.{part}.weight"
            narrow, wide = (unpacked(packed, f"{CUTTER}adapters.{n}.{part}.{kind}") for kind in ("narrow", "wide"))
            found[name] = unpacked(packed, name) + wide.T @ narrow
            found.pop(name + SCALE, None)
    return found


def settle(coder: SessionCoder) -> SessionCoder:
    """The coder as it will be after saving and loading: calibrate this one, not the one in full precision."""
    return _filled(coder, pack(_state(coder)))


def _state(coder: SessionCoder) -> Arrays:
    return {name: tensor.detach().cpu().numpy() for name, tensor in coder.state_dict().items()}


def _filled(coder: SessionCoder, packed: Arrays) -> SessionCoder:
    import torch

    coder.load_state_dict({name: torch.from_numpy(array) for name, array in unpack(packed).items()}, strict=False)
    return coder.eval()


def save(
    folder: Path,
    coder: SessionCoder,
    tokenizer: Path,
    calibration: Calibration,
    recipe: Mapping[str, object],
    phrases: Arrays | None = None,
) -> None:
    """Writes ``weights.safetensors``, ``tokenizer.json`` and ``config.json`` into ``folder``.

    ``phrases``: the packed weights of the linear model that answers beside the network, if there is one.
    """
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    save_file({**pack(_state(coder)), **(phrases or {})}, folder / "weights.safetensors")
    if tokenizer.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer, folder / "tokenizer.json")
    config = {
        "format": FORMAT,
        "name": str(recipe.get("name", folder.name)),
        "sha256": checksum(folder / "weights.safetensors"),
        "shape": asdict(replace(coder.shape, phrases=BUCKETS if phrases else 0)),
        "calibration": calibration.as_json(),
        "recipe": dict(recipe),
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def load(folder: Path) -> Folder:
    """A model folder, verified; missing, damaged or foreign weights are a ModelError."""
    from safetensors.numpy import load as load_arrays

    config = _config(folder)
    path, tokenizer = folder / "weights.safetensors", folder / "tokenizer.json"
    for file in (path, tokenizer):
        if not file.is_file():
            raise ModelError(
                str(file), "there is no such file", "a part of the coder", "install transcript-rapport again"
            )
    data = path.read_bytes()
    if sha256(data).hexdigest() != config["sha256"]:
        raise ModelError(str(path), "the checksum differs", f"SHA-256 {config['sha256'][:12]}…", "install it again")
    packed = {name: array for name, array in load_arrays(data).items() if not name.startswith(BEFORE)}
    shape = Shape.from_json(config["shape"])
    if (
        not shape.foreign
        and {name: packed[name].shape for name in packed if not name.endswith(SCALE)} != shape.weights()
    ):
        raise ModelError(str(path), "the weights do not fit the shape in config.json", "both from one training run")
    fitted = sha256(json.dumps(config["calibration"], sort_keys=True).encode()).hexdigest()
    identity = {"name": str(config["name"]), "sha256": str(config["sha256"]), "calibration_sha256": fitted}
    remarks = _remarks(folder / REMARKS, config["remarks"], shape) if "remarks" in config else None
    identity |= {"remarks_sha256": str(config["remarks"]["sha256"])} if remarks else {}
    told = _moves(folder / moves.FILE, config["moves"], shape) if "moves" in config else None
    identity |= {"moves_sha256": str(config["moves"]["sha256"])} if told else {}
    return Folder(shape, packed, Calibration.from_json(config["calibration"]), tokenizer, identity, remarks, told)


def _remarks(path: Path, about: Mapping[str, Any], shape: Shape) -> Remarks:
    held = _verified(path, about["sha256"])
    if held["weights"].shape != (len(about["names"]), size(shape)):
        raise ModelError(str(path), "the weights do not fit the network", "both from one training run")
    return Remarks(about["names"], held["weights"], held["offsets"], about["shown"])


def _moves(path: Path, about: Mapping[str, Any], shape: Shape) -> Moves:
    held = unpack(_verified(path, about["sha256"]))
    if {name: array.shape for name, array in held.items()} != moves.sizes(shape, len(about["names"])):
        raise ModelError(str(path), "the weights do not fit the network", "both from one training run")
    states, phrases, offsets = (held[part] for part in ("states", "phrases", "offsets"))
    return Moves(tuple(about["names"]), states, phrases, offsets, about["least"], about["strays"])


def _verified(path: Path, expected: str) -> dict[str, NDArray[Any]]:
    """What a file of weights holds; a ModelError where it is damaged or missing."""
    from safetensors.numpy import load as load_arrays

    data = path.read_bytes() if path.is_file() else b""
    if sha256(data).hexdigest() != expected:
        raise ModelError(str(path), "the checksum differs", f"SHA-256 {expected[:12]}…", "install it again")
    return dict(load_arrays(data))


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
