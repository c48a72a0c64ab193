"""Sessions to tensors: texts to tokens (each different text once) and windows of statements, padded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from transcript_rapport.coder.inputs import FEATURES, Unit, features, role_ids
from transcript_rapport.coder.network import Batch

LONGEST_TEXT = 64
"""Tokens of a statement that are read; statements are rarely longer than 40."""


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


def pad(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Rows of ids as (rows, longest) ids and mask; 0 is BERT's padding."""
    longest = max((len(row) for row in rows), default=1)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.long)
    for n, row in enumerate(rows):
        ids[n, : len(row)] = torch.tensor(row, dtype=torch.long)
        mask[n, : len(row)] = 1
    return ids, mask


def collate(windows: Sequence[Sequence[Unit]], tokens: Tokens) -> Batch:
    """A batch of windows; texts that occur twice are encoded once."""
    ids, token_mask, place = encodable([unit.text for window in windows for unit in window], tokens)
    return arrange(windows, [features(window) for window in windows], place, (ids, token_mask))


def encodable(texts: Sequence[str], tokens: Tokens) -> tuple[Tensor, Tensor, dict[str, int]]:
    """The different texts as padded ids and mask, shortest first, and each text's row."""
    different = list(dict.fromkeys(texts))
    encoded = sorted(zip(tokens.ids(different), different, strict=True), key=lambda pair: len(pair[0]))
    ids, mask = pad([row for row, _ in encoded])
    return ids, mask, {text: n for n, (_, text) in enumerate(encoded)}


def arrange(
    windows: Sequence[Sequence[Unit]],
    rows: Sequence[Sequence[Sequence[float]]],
    place: Mapping[str, int],
    tokens: tuple[Tensor, Tensor],
) -> Batch:
    """Windows as padded tensors; ``rows`` holds the features of each window's statements."""
    shape = (len(windows), max(len(window) for window in windows))
    text_of, roles, numbers = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    plain, mask = torch.zeros(*shape, FEATURES), torch.zeros(shape, dtype=torch.bool)
    for n, window in enumerate(windows):
        size = len(window)
        text_of[n, :size] = torch.tensor([place[unit.text] for unit in window])
        roles[n, :size] = torch.tensor(role_ids(window))
        numbers[n, :size] = torch.tensor([unit.utterance for unit in window])
        plain[n, :size] = torch.tensor(rows[n])
        mask[n, :size] = True
    return Batch(*tokens, text_of, roles, plain, numbers, mask)


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
