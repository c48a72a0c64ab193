"""Sessions to arrays: flat tokens of texts (each different text once) and of statements, and padded windows.

Who hears what is decided here, once, for both engines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.coder.inputs import FEATURES, Unit, features, heard, role_ids, together

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

OWN, HEARD, BESIDE, PADDING = range(4)
"""What a token attends to: its own statement, what the other speaker just said, the rest of its utterance, nothing."""
LONGEST_TEXT = 64
"""Tokens of a statement that are read; statements are rarely longer than 40."""
LONGEST_HEARD = 64
"""Tokens of what was said before, and of the rest of its utterance, that a statement hears."""
AT_ONCE = 1536
"""Tokens, padded, that attention works on at once."""
KEPT = 96
"""Statements coded in one window, beside the margins."""


class Tokens:
    """The encoder's word pieces, from the ``tokenizer.json`` that lies with the weights."""

    def __init__(self, path: str | Path) -> None:
        from tokenizers import Tokenizer

        self.tokenizer: Any = Tokenizer.from_file(str(path))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST_TEXT)

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text."""
        return [encoded.ids for encoded in self.tokenizer.encode_batch(list(texts))]


@dataclass
class Slice:
    """n rows of at most T tokens that attend to at most K tokens each.

    ``own``: (n, T) and ``keys``: (n, K) index into the flat tokens; ``inside``: (n, T), true where there is a token;
    ``kind``: (n, K), OWN, HEARD, BESIDE or PADDING.
    """

    own: Ints
    inside: Bools
    keys: Ints
    kind: Ints


@dataclass
class Texts:
    """Different texts, shortest first, as flat tokens: ``ids`` and ``positions`` (M,)."""

    ids: Ints
    positions: Ints
    slices: list[Slice]


@dataclass
class Spoken:
    """Statements, shortest first, as flat tokens: each is a text said by somebody after something was said.

    ``source``: (M,) the token of Texts; ``roles``: (M,); ``rows``: (M,) the statement each token belongs to;
    ``sizes``: (N,) tokens a statement; ``place``: (N,) the row of the n-th statement given.
    """

    source: Ints
    roles: Ints
    rows: Ints
    sizes: Ints
    place: Ints
    slices: list[Slice]


@dataclass
class Windows:
    """Windows of statements, padded: B windows, L statements each.

    ``rows``: (B, L) the row of Spoken; ``roles``: (B, L); ``features``: (B, L, F); ``utterances``: (B, L)
    utterance number within the window; ``mask``: (B, L), true where there is a statement.
    """

    rows: Ints
    roles: Ints
    features: Floats
    utterances: Ints
    mask: Bools


@dataclass
class Batch:
    """What the network reads: the texts, the statements they are said in, and the windows these stand in."""

    texts: Texts
    spoken: Spoken
    windows: Windows


Hears = tuple[Sequence[int], Sequence[int]]
"""The flat tokens a row hears: of what was said before, and of the rest of its utterance."""


def collate(windows: Sequence[Sequence[Unit]], tokens: Tokens) -> Batch:
    """A batch of windows; texts that occur twice are read once by the lower layers."""
    texts, spoken = read(windows, tokens)
    return Batch(texts, spoken, arrange(windows, [features(window) for window in windows], spoken))


def read(windows: Sequence[Sequence[Unit]], tokens: Tokens) -> tuple[Texts, Spoken]:
    """The texts of the windows, and their statements with what each hears."""
    units = [unit for window in windows for unit in window]
    different = list(dict.fromkeys(unit.text for unit in units))
    encoded = sorted(zip(tokens.ids(different), different, strict=True), key=lambda pair: len(pair[0]))
    ids = [row for row, _ in encoded]
    number = {text: n for n, (_, text) in enumerate(encoded)}
    lengths = [len(row) for row in ids]
    texts = Texts(
        _ints([token for row in ids for token in row]),
        _ints([n for row in ids for n in range(len(row))]),
        slices(lengths, [((), ())] * len(lengths)),
    )
    return texts, say(windows, [number[unit.text] for unit in units], lengths)


def say(windows: Sequence[Sequence[Unit]], text_of: Sequence[int], lengths: Sequence[int]) -> Spoken:
    """The statements of ``windows``, whose texts have the numbers ``text_of`` and as many tokens as ``lengths``."""
    roles = [role for window in windows for role in role_ids(window)]
    order = sorted(range(len(text_of)), key=lambda n: lengths[text_of[n]])
    row = {n: m for m, n in enumerate(order)}
    sizes = [lengths[text_of[n]] for n in order]
    starts = [0, *accumulate(sizes)]
    text_starts = [0, *accumulate(lengths)]
    first = [0, *accumulate(len(window) for window in windows)]

    def tokens(start: int, others: Sequence[int]) -> list[int]:
        rows = (row[start + m] for m in others)
        return [token for m in rows for token in range(starts[m], starts[m + 1])]

    hears: list[Hears] = [((), ())] * len(order)
    for start, window in zip(first, windows, strict=False):
        for n, (before, beside) in enumerate(zip(heard(window), together(window), strict=True)):
            said = tokens(start, before)[-LONGEST_HEARD:], tokens(start, beside)[:LONGEST_HEARD]
            hears[row[start + n]] = said
    return Spoken(
        _ints([text_starts[text_of[n]] + t for n in order for t in range(lengths[text_of[n]])]),
        _ints([roles[n] for n in order]).repeat(sizes),
        np.arange(len(order)).repeat(sizes),
        _ints(sizes),
        _ints([row[n] for n in range(len(text_of))]),
        slices(sizes, hears),
    )


def slices(lengths: Sequence[int], hears: Sequence[Hears]) -> list[Slice]:
    """Rows of these lengths, one after the other in the flat tokens, cut so that little is padded."""
    starts, found, first = [0, *accumulate(lengths)], [], 0
    while first < len(lengths):
        last = first + 1
        while last < len(lengths) and (last + 1 - first) * lengths[last] <= AT_ONCE:
            last += 1
        rows = [list(range(starts[n], starts[n + 1])) for n in range(first, last)]
        found.append(_slice(rows, hears[first:last]))
        first = last
    return found


def _slice(rows: Sequence[Sequence[int]], hears: Sequence[Hears]) -> Slice:
    keys = [[*own, *before, *beside] for own, (before, beside) in zip(rows, hears, strict=True)]
    kinds = [
        [OWN] * len(own) + [HEARD] * len(before) + [BESIDE] * len(beside)
        for own, (before, beside) in zip(rows, hears, strict=True)
    ]
    own, inside = pad(rows, 0), pad([[1] * len(row) for row in rows], 0).astype(np.bool_)
    return Slice(own, inside, pad(keys, 0), pad(kinds, PADDING))


def pad(rows: Sequence[Sequence[int]], filler: int) -> Ints:
    """Rows of numbers as (rows, longest), filled up with ``filler``."""
    longest = max(map(len, rows), default=1)
    return _ints([[*row, *[filler] * (longest - len(row))] for row in rows])


def _ints(numbers: Sequence[int] | Sequence[Sequence[int]]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def arrange(
    windows: Sequence[Sequence[Unit]], rows: Sequence[Sequence[Sequence[float]]], spoken: Spoken, first: int = 0
) -> Windows:
    """Windows as padded arrays; ``rows`` holds the features of each window's statements.

    ``first``: the number among the statements of ``spoken`` that the first window starts with.
    """
    shape = (len(windows), max(len(window) for window in windows))
    places, roles, numbers = (np.zeros(shape, np.int64) for _ in range(3))
    plain, mask = np.zeros((*shape, FEATURES), np.float32), np.zeros(shape, np.bool_)
    for n, window in enumerate(windows):
        size = len(window)
        places[n, :size] = spoken.place[first : first + size]
        roles[n, :size] = role_ids(window)
        numbers[n, :size] = [unit.utterance for unit in window]
        plain[n, :size] = rows[n]
        mask[n, :size] = True
        first += size
    return Windows(places, roles, plain, numbers, mask)


def parts(units: Sequence[Unit], spoken: Spoken, margin: int) -> Iterator[tuple[Windows, slice]]:
    """A session as windows of one, each with its statements that count: those not in its margins."""
    rows = features(units)
    for start, end, first, last in stretches(units, KEPT, margin):
        yield arrange([units[start:end]], [rows[start:end]], spoken, start), slice(first - start, last - start)


def stretches(units: Sequence[Unit], size: int, margin: int) -> Iterator[tuple[int, int, int, int]]:
    """Cuts a long session into overlapping windows: (from, to, first kept, last kept) statement numbers.

    Kept stretches end where an utterance ends; each has ``margin`` statements on either side where
    the session has them.
    """
    start = 0
    while start < len(units):
        end = min(start + size, len(units))
        while end < len(units) and units[end].utterance == units[end - 1].utterance:
            end += 1
        yield max(0, start - margin), min(len(units), end + margin), start, end
        start = end
