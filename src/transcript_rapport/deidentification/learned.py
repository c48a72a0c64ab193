"""Which words of a session are identifiers, by a small network over what the coder's encoder makes of each word.

It sees the encoder's lowest layers (``states.py``), how a word is written and what it is known as
(``vocabulary.standing``), and through four convolutions up to fifteen words on either side; two such networks are
asked, and their mean counts. Learned from our invented sessions (``training/identifiers.py``); ``deciding.py`` says
what counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import accumulate, pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np

from transcript_rapport.coder.batches import Floats
from transcript_rapport.coder.layers import Linear, gelu, softmax
from transcript_rapport.coder.shape import Arrays
from transcript_rapport.coder.weights import unpacked
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.states import Piece, Window, encoder, pieces, windows
from transcript_rapport.deidentification.vocabulary import is_listed, is_ordinary, standing
from transcript_rapport.placeholders import KINDS

FILE = "learned.npz"
BUCKETS = 1 << 12
"""Into so many places what is known of a word is hashed."""
HEADS = 2
REACHES = (1, 2, 4, 8)
"""How far away the words are that each convolution sees on either side."""
CLASSES: tuple[str, ...] = ("none", *KINDS)
LISTS = tuple("given given_words surnames surname_words places place_words kin generic organisations".split())

OWNED = re.compile(r"['’]s$")
_TWICE = re.compile(r"(.)\1+")


class View(NamedTuple):
    """What is seen of a window's words: states (words, 2·D), places in the table, and which of them open a line."""

    window: Window
    states: Floats
    known: list[list[int]]
    opens: Floats


class Judged(NamedTuple):
    """The words and marks of a line, and how likely each is of each class; (words, classes)."""

    pieces: list[Piece]
    likely: Floats

    def chance(self, span: Found) -> float:
        """The probability that the surest word of a span is part of an identifier; 1 where it has no word."""
        held = [n for n, piece in enumerate(self.pieces) if piece.start < span.end and span.start < piece.end]
        return float(1 - self.likely[held, 0].min()) if held else 1.0


class Head:
    """One small network; the same maths as ``training.identifiers.Learner``."""

    def __init__(self, packed: Arrays, name: str) -> None:
        self.packed, self.table = packed, f"{name}.table"
        self.states, self.mix, self.out = (Linear(packed, f"{name}.{part}") for part in ("states", "mix", "out"))
        self.beside = [Linear(packed, f"{name}.beside.{n}") for n in range(len(REACHES))]

    def __call__(self, view: View) -> Floats:
        """The probability of each class; (words, classes)."""
        rows = unpacked(self.packed, self.table, np.array([place for row in view.known for place in row]))
        known = np.add.reduceat(rows, [0, *accumulate(map(len, view.known[:-1]))])
        x = gelu(self.mix(np.concatenate([view.opens[:, None], self.states(view.states), known], 1)))
        for reach, beside in zip(REACHES, self.beside, strict=True):
            padded = np.pad(x, ((reach, reach), (0, 0)))
            x = x + gelu(beside(np.concatenate([padded[: -2 * reach], x, padded[2 * reach :]], 1)))
        return softmax(self.out(x))


@cache
def heads() -> list[Head]:
    """The networks that came with the package."""
    with np.load(BytesIO(files(__package__).joinpath(FILE).read_bytes())) as held:
        return read(dict(held))


def read(packed: Arrays) -> list[Head]:
    """The networks of these weights."""
    return [Head(packed, str(n)) for n in range(HEADS)]


def views(texts: Sequence[str], cased: bool) -> tuple[list[list[Piece]], list[View]]:
    """The words and marks of each text, and what is seen of them, window by window."""
    every = [pieces(text) for text in texts]
    said = [[piece.text for piece in line] for line in every]
    cut = windows([len(line) for line in said])
    known = [[crc32(one.encode()) % BUCKETS for one in row] for line in said for row in features(line, cased)]
    opens = np.array([n == 0 for line in said for n in range(len(line))], np.float32)
    states = encoder().states(said, cut) if cut else []
    return every, [View(w, s, known[w.start : w.end], opens[w.start : w.end]) for w, s in zip(cut, states, strict=True)]


def judged(texts: Sequence[str], cased: bool) -> list[Judged]:
    """The words of each text, and the probability of each class for each."""
    every, seen = views(texts, cased)
    likely = np.zeros((sum(map(len, every)), len(CLASSES)), np.float32)
    for view in seen:
        start, first, last, _ = view.window
        likely[first:last] = sum(head(view)[first - start : last - start] for head in heads()) / len(heads())
    lines = pairwise(accumulate(map(len, every), initial=0))
    return [Judged(line, likely[a:b]) for line, (a, b) in zip(every, lines, strict=True)]


def features(words: Sequence[str], cased: bool) -> Iterator[list[str]]:
    """How each word of a line is written, and what it is known as."""
    for n, word in enumerate(words):
        opens = n == 0 or words[n - 1] in ".?!"
        digits = sum(letter.isdigit() for letter in word)
        row = [f"shape {_shape(word)}", f"long {min(len(word), 10)}", f"ends {word[-3:].lower()}", f"is {_heard(word)}"]
        row += [f"cased {cased} {opens} {word[:1].isupper()}", f"upper {len(word) > 1 and word.isupper()} {cased}"]
        row += [f"digits {min(digits, 6)} {min(len(word), 12)}" if digits else "nodigit", *_known(word)]
        yield [*row, f"num {word}"] if digits and len(word) <= 3 else row


@lru_cache(maxsize=20_000)
def _heard(word: str) -> str:
    """An ordinary word, a small number or a mark as it is; what any other word says is nobody's to know."""
    small = word.lower()
    plain = is_ordinary(small) or not word[0].isalnum() or (word.isdigit() and len(word) < 3)
    return small if plain else "0" if word[0].isdigit() else "#"


@lru_cache(maxsize=20_000)
def _shape(word: str) -> str:
    plain = "".join("X" if c.isupper() else "x" if c.isalpha() else "0" if c.isdigit() else c for c in word)
    return _TWICE.sub(r"\1", plain)


@lru_cache(maxsize=20_000)
def _known(word: str) -> tuple[str, ...]:
    bare = OWNED.sub("", word.lower()).replace("’", "'")
    listed = (f"in {name}" for name in LISTS if is_listed(bare, name))
    return (f"known {standing(bare)}", *listed, *(["ordinary"] if is_ordinary(bare) else []))
