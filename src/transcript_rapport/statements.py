"""Cuts an utterance into statements: sentences where it is punctuated, thought units where it is not.

Sentences come from spaCy's rule-based sentence segmenter (no model needed). A stretch longer than
a person would say in one thought is cut where a new clause plainly starts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST = 25
SHORTEST = 4
"""Words: a thought unit has about 3 to 25 (codebook)."""

_WORD = re.compile(r"\S+")
_CLAUSE = re.compile(
    r"(?:so|but|because|and (?:i|you|he|she|it|we|they|so|then|what|how|that)|or (?:do|are|is|would)"
    r"|okay|ok|alright|well|yeah|now|i mean|you know|do you|did you|are you|have you|would you|could you|can you"
    r"|what|how|when|where|why|who|tell me|let me|let's|i'm|i|you|we|it's|that's|there's|if)\b",
    re.IGNORECASE,
)


@cache
def pipeline() -> Language:
    """spaCy's blank English pipeline with the sentence segmenter."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    nlp.add_pipe("sentencizer")
    return nlp


def split(text: str) -> list[tuple[int, int]]:
    """Character offsets (start, end) of the statements of ``text``, in order, without outer white space.

    Empty where the text holds nothing but white space. Offsets index ``text`` itself.
    """
    found: list[tuple[int, int]] = []
    for sentence in pipeline()(text).sents:
        found.extend(_thought_units(text, sentence.start_char, sentence.end_char))
    return found


def _thought_units(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """One sentence as thought units; most sentences are one."""
    words = [(m.start() + start, m.end() + start) for m in _WORD.finditer(text[start:end])]
    units: list[tuple[int, int]] = []
    while words:
        size = len(words) if len(words) <= LONGEST else _cut(text, words)
        units.append((words[0][0], words[size - 1][1]))
        words = words[size:]
    return units


def _cut(text: str, words: list[tuple[int, int]]) -> int:
    """How many of ``words`` belong to the first unit: up to the clause start nearest to a dozen words."""
    latest = min(LONGEST, len(words) - SHORTEST)
    starts = [n for n in range(SHORTEST, latest + 1) if _CLAUSE.match(text, words[n][0])]
    return min(starts, key=lambda n: abs(n - LONGEST // 2)) if starts else latest
