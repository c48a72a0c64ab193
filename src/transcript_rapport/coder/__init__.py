"""The trained coder: one model that codes a whole session in one pass."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from transcript_rapport.coder.engine import Coder

MODEL = "rapport-small"


def folder(model: str | None = None) -> Path:
    """Where the weights lie: ``model``, else inside the installed package, else in the checkout's ``models/``."""
    if model is not None:
        return Path(model)
    package = Path(__file__).parents[1]
    installed = package / "_models" / MODEL
    return installed if installed.is_dir() else package.parents[1] / "models" / MODEL


@cache
def load(model: str | None = None, engine: Literal["numpy", "torch"] = "numpy") -> Coder:
    """The coder in the folder ``model`` (None: the one that came with the package), loaded once a process.

    Both engines give the same codes; numpy's starts faster and loads no torch. Missing or damaged weights are a
    ModelError. Nothing is fetched.
    """
    from transcript_rapport.coder import weights
    from transcript_rapport.coder.batches import Tokens
    from transcript_rapport.coder.engine import Coder, Engine, Network
    from transcript_rapport.coder.phrases import Phrases

    read = weights.load(folder(model))
    network: Network
    if engine == "torch" or read.shape.foreign:
        from transcript_rapport.coder.network import Still

        network = Still(read.network)
    else:
        from transcript_rapport.coder import fast

        network = fast.Network(read.shape, read.packed)
    runs = Engine(network, Tokens(read.tokenizer))
    return Coder(runs, read.calibration, read.identity, Phrases(read.packed), read.remarks, read.moves)
