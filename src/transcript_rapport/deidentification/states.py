"""What the coder's encoder makes of each word of a session, in the two layers that training left as they were.

Words are read in windows that know where a line begins; each word is judged in one window, and seen in its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from transcript_rapport.coder import folder, weights
from transcript_rapport.coder.batches import Floats, Texts, Tokens, slices
from transcript_rapport.coder.fast import Network
from transcript_rapport.coder.weights import Folder, unpacked
from transcript_rapport.deidentification.spans import Found, overlaps
from transcript_rapport.deidentification.tokens import protected

LAYERS = 2
"""Layers of the encoder that are read."""
BEFORE, OWN, AFTER = 20, 90, 10
"""Words of a window: those only seen before, those judged (at most), and those only seen after."""
LONGEST_WORD = 12
"""Tokens of a word that are read."""

_PIECE = re.compile(r"[^\W_]+(?:['’\-.@_][^\W_]+)*|[^\w\s]")


class Piece(NamedTuple):
    """A word or mark of a line at ``start`` to ``end``."""

    start: int
    end: int
    text: str


class Window(NamedTuple):
    """Words ``start`` to ``end`` of a session, of which ``first`` to ``last`` are judged."""

    start: int
    first: int
    last: int
    end: int


def pieces(text: str) -> list[Piece]:
    """The words and marks of a line, without placeholders."""
    stops = protected(text)
    every = (Piece(*match.span(), match.group()) for match in _PIECE.finditer(text))
    return [piece for piece in every if not overlaps(Found(piece.start, piece.end, "name"), stops)]


def windows(sizes: Sequence[int]) -> list[Window]:
    """The windows over lines of so many words, cut between lines where that leaves half a window."""
    cuts = [0]
    for begin, end in pairwise(accumulate(sizes, initial=0)):
        while end - cuts[-1] > OWN:
            cuts.append(begin if begin - cuts[-1] >= OWN // 2 else cuts[-1] + OWN)
    total = sum(sizes)
    return [
        Window(max(0, first - BEFORE), first, last, min(total, last + AFTER))
        for first, last in pairwise([*cuts, total])
        if last > first
    ]


class Encoder:
    """The lowest layers of the coder's encoder, and its word pieces."""

    def __init__(self, held: Folder) -> None:
        lowest = {**held.shape.encoder, "num_hidden_layers": LAYERS}
        shape = replace(held.shape, encoder=lowest, hearing=0, layers=0, heads={})
        self.network, self.tokens = Network(shape, held.packed), Tokens(held.tokenizer)

    def states(self, lines: Sequence[Sequence[str]], cut: Sequence[Window]) -> list[Floats]:
        """Of each window's words, the embedding and the state above it: (words, 2·D)."""
        different = list(dict.fromkeys(["", *(word for line in lines for word in line)]))
        ids = dict(zip(different, self.tokens.ids(different), strict=True))
        words = [
            (n == 0, ids[word][1:-1][:LONGEST_WORD] or ids[""][-1:]) for line in lines for n, word in enumerate(line)
        ]
        rows: list[list[int]] = []
        places: list[int] = []
        read = 0
        for window in cut:
            row, at = _row(words[window.start : window.end], *ids[""])
            places += [read + place for place in at]
            rows.append(row)
            read += len(row)
        tokens = self._of_tokens(rows)
        sums = np.add.reduceat(tokens, places)[::2]
        means = sums / np.diff(places)[::2, None].astype(np.float32)
        found: list[Floats] = np.split(means, np.cumsum([window.end - window.start for window in cut])[:-1])
        return found

    def _of_tokens(self, rows: Sequence[Sequence[int]]) -> Floats:
        """(tokens, 2·D); tokens beyond the encoder's last position share it."""
        network = self.network
        ids = np.array([token for row in rows for token in row], np.int64)
        positions = np.array([n for row in rows for n in range(len(row))], np.int64)
        positions = positions.clip(max=len(network.positions) - 1)
        lengths = [len(row) for row in rows]
        embedded = network.norm_words(
            unpacked(network.packed, "words.words.weight", ids) + network.positions[positions]
        )
        above = network.words(Texts(ids, positions, slices(lengths, [((), ())] * len(lengths))))
        return np.concatenate([embedded, above], 1)


def _row(words: Sequence[tuple[bool, list[int]]], opening: int, ending: int) -> tuple[list[int], list[int]]:
    """The tokens of a window, and from where to where each word lies in them."""
    row, places = [opening], []
    for n, (opens, ids) in enumerate(words):
        if opens and n:
            row.append(ending)
        places += [len(row), len(row) + len(ids)]
        row += ids
    return [*row, ending], places


@cache
def encoder() -> Encoder:
    """The encoder that came with the package; a ModelError where it is missing or damaged."""
    return Encoder(weights.load(folder()))
