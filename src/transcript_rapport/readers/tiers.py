"""Which tiers hold what people say, by their names: the rest is about the talk."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

_SINGLE = re.compile(r"(?i)(?:^|[\s\-_])(?:words?|phones?|phonemes|syllables)$")
_ABOUT = re.compile(
    r"(?i)(?:^|[\s\-_])(?:codes?|coding|findings|comments?|notes?|gestures?|gaze|topics?|translation)(?: \(\d+\))?$"
)


def talk(tiers: Sequence[T], name: Callable[[T], str]) -> tuple[list[T], list[str]]:
    """The tiers whose names are not those of words, sounds or remarks, and notes on those left out.

    Where every tier has such a name, all are kept.
    """
    kept = [tier for tier in tiers if why_not(name(tier)) is None]
    if not kept:
        return list(tiers), []
    left = [(name(tier), why_not(name(tier))) for tier in tiers]
    return kept, [f"tier {named!r}: left out, it holds {why}" for named, why in left if why]


def why_not(name: str) -> str | None:
    """What a tier of this name holds instead of talk, or None."""
    if _SINGLE.search(name):
        return "single words or sounds"
    return "remarks about the talk" if _ABOUT.search(name) else None
