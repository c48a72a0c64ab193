"""Function words by kind, read from ``function_words.toml``: what style matching compares."""

from __future__ import annotations

import tomllib
from functools import cache

from transcript_rapport.lexicons import FOLDER


@cache
def function_words() -> dict[str, frozenset[str]]:
    """The words of each of the nine kinds, in lower case with straight apostrophes."""
    raw = tomllib.loads((FOLDER / "function_words.toml").read_text(encoding="utf-8"))["kind"]
    return {kind: frozenset(listed.split()) for kind, listed in raw.items()}
