"""The questionnaires that are known, read from ``definitions.toml``: items, ranges, bands and their sources."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One questionnaire: how many items from ``lowest`` to ``highest``, and what its source says of a total.

    ``bands``: lowest and highest total, and what that range is called. ``look_at``: the item whose
    answer above 0 is to be looked at the same day. ``reliable_change``: None where none is published.
    """

    key: str
    title: str
    asks: str
    called: tuple[str, ...]
    items: int
    lowest: int
    highest: int
    source: str
    decimals: bool = False
    bands: tuple[tuple[int, int, str], ...] = ()
    no_bands: str = ""
    cut_off: float | None = None
    below: str = ""
    above: str = ""
    at_counts_as: str = "above"
    subscales: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    reliable_change: float | None = None
    change_source: str = ""
    look_at: int | None = None
    look_at_title: str = ""

    def range(self, items: int | None = None) -> tuple[int, int]:
        """The lowest and highest sum of so many items (all where none are named)."""
        n = items or self.items
        return n * self.lowest, n * self.highest

    def meaning(self, total: float) -> str:
        """What the source says of a total, in a few words."""
        for low, high, called in self.bands:
            if low <= total <= high:
                return f"in the range of {low} to {high} that its makers call {called}"
        if self.cut_off is None:
            return self.no_bands
        under = total < self.cut_off or (total == self.cut_off and self.at_counts_as == "below")
        return self.below if under else self.above


@cache
def questionnaires() -> dict[str, Questionnaire]:
    """Every questionnaire by its key."""
    raw = tomllib.loads(Path(__file__).with_name("definitions.toml").read_text(encoding="utf-8"))
    return {key: _questionnaire(key, held) for key, held in raw.items()}


def _questionnaire(key: str, held: dict[str, Any]) -> Questionnaire:
    fields = {**held, "called": tuple(held["called"]), "bands": tuple(map(tuple, held.get("bands", ())))}
    fields["subscales"] = {name: tuple(items) for name, items in held.get("subscales", {}).items()}
    return Questionnaire(key=key, **fields)


def named(words: str) -> Questionnaire | None:
    """The questionnaire that is called so, however it is spelt (``PHQ-9``, ``phq 9``, ``Phq_9``)."""
    plain = re.sub(r"[\W_]+", "", words.casefold())
    return next((q for q in questionnaires().values() if plain in q.called), None)
