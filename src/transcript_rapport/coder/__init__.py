"""The trained coder: one model that codes a whole session in one pass."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

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
def load(model: str | None = None) -> Coder:
    """The coder in the folder ``model`` (None: the one that came with the package), loaded once a process.

    Missing or damaged weights are a ModelError. Nothing is fetched.
    """
    from transcript_rapport.coder import engine, weights

    return engine.Coder(weights.load(folder(model)))
