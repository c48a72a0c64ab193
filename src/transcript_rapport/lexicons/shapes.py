"""Technical words that no entry lists but whose shape gives them away, read from ``shapes.toml``.

"-itis", "-ectomy" or "-olol" name a disease, an operation or a medicine whichever word they end; capitals without a
vowel are abbreviations. A shape is less sure than an entry, and its advice less exact.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from transcript_rapport.lexicons import FOLDER, Entry, Match, plain

_PREFIX = "shape "
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{3,}(?:-?\d{1,2})?(?![\w-]*\w)|(?<![\w-])[A-Z]{2}-?\d{1,2}(?![\w-]*\w)")


@dataclass(frozen=True)
class Shape:
    """A pattern that a whole word has to fit, ``only`` words that also fit another, and what is told of them."""

    entry: Entry
    pattern: re.Pattern[str]
    only: re.Pattern[str]

    def fits(self, word: str) -> bool:
        """Whether the word has this shape."""
        return bool(self.pattern.fullmatch(word) and self.only.fullmatch(word))


def matches(text: str, found: Sequence[Match] = ()) -> list[Match]:
    """Words of ``text`` that have a technical shape, in order; places in ``found`` and everyday words are left out.

    The entry of a match is named after the word, so that the same word can be known again. A text
    all in capitals has no abbreviations.
    """
    shapes, everyday = _read()
    shouted = text.isupper()
    kept: list[Match] = []
    for word in _WORD.finditer(text):
        written, lower = word[0], plain(word[0])
        if lower in everyday or any(m.start < word.end() and word.start() < m.end for m in found):
            continue
        shape = next((s for s in shapes if s.fits(lower if shouted else written)), None)
        if shape:
            kept.append(Match(_named(shape.entry, lower), *word.span()))
    return kept


def shapes() -> tuple[Shape, ...]:
    """Every shape, in the order in which they are tried."""
    return _read()[0]


def made(entry: Entry) -> bool:
    """Whether an entry stands for a shape rather than for words of a lexicon."""
    return entry.id.startswith(_PREFIX)


def _named(entry: Entry, word: str) -> Entry:
    """The entry of a shape as that of one word."""
    told = (entry.why, entry.source, entry.instead, entry.fires, entry.quiet)
    return Entry(f"{entry.id}: {word}", entry.kind, (word,), entry.sure, *told, spoken=entry.spoken)


@cache
def _read() -> tuple[tuple[Shape, ...], frozenset[str]]:
    raw = tomllib.loads((FOLDER / "shapes.toml").read_text(encoding="utf-8"))
    return tuple(_shape(table) for table in raw["shape"]), frozenset(raw["everyday"].split())


def _shape(table: dict[str, Any]) -> Shape:
    told = (table["why"], table["source"], table["instead"], tuple(table["fires"]), tuple(table["quiet"]))
    entry = Entry(f"{_PREFIX}{table['id']}", "jargon", (), False, *told, spoken=table.get("spoken", True))
    return Shape(entry, re.compile(table["pattern"]), re.compile(table.get("only", ".*")))
