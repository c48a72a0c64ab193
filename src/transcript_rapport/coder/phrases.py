"""A linear model of words and short phrases, which answers beside the network.

It knows what a small encoder blurs: set phrases, the words a statement opens and ends with, what was just said to it.
Alone it is worse than the network, together they are better than either. Phrases are hashed, so that the weights hold
numbers and no words of the sessions they were learned from.
Sources: Weinberger et al. (2009), ICML, feature hashing; Wang & Manning (2012), ACL, on linear models of phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.coder.batches import Floats
from transcript_rapport.coder.inputs import Unit, heard, together
from transcript_rapport.coder.shape import BUCKETS, PHRASED, SCALE, Arrays

LONGEST = 3
OPENING, ENDING = 4, 2
PIECE = 4
"""Letters in a piece of a word: what feel, feels and feeling share, and what a misheard word keeps."""
SAID, PARTLY, AROUND = 1.0, 0.6, 0.3
"""How much the statement's phrases, its first and last words and pieces of words, and the words around it count."""
AT_ONCE = 256
SINGLE = "codes"
"""The head that is shown statements one by one."""
_WORD = re.compile(r"[\w']+|\?")


class Marks(NamedTuple):
    """What is seen of one text: hashed phrases, and how much each counts."""

    places: list[int]
    values: list[float]


def marks(own: str, heard_before: Sequence[str], said_before: Sequence[str]) -> Marks:
    """A text's own phrases, its first and last words, pieces of its words, and the words heard and said before it."""
    words = _words(own)
    phrases = {" ".join(words[n : n + size]) for size in range(1, LONGEST + 1) for n in range(len(words) - size + 1)}
    placed = {f"{n}<{word}" for n, word in enumerate(words[:OPENING])} | {f">{word}" for word in words[-ENDING:]}
    found = Marks([], [])
    for group, much in (
        (phrases, SAID),
        (placed, PARTLY),
        ({piece for word in words for piece in _pieces(word)}, PARTLY),
        ({f"p:{word}" for text in heard_before for word in _words(text)}, AROUND),
        ({f"b:{word}" for text in said_before for word in _words(text)}, AROUND),
    ):
        found.places.extend(crc32(phrase.encode()) % BUCKETS for phrase in group)
        found.values.extend([much * len(group) ** -0.5] * len(group) if group else ())
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _pieces(word: str) -> list[str]:
    framed = f"<{word}>"
    return [f"c:{framed[n : n + PIECE]}" for n in range(max(len(framed) - PIECE + 1, 1))]


def of_statements(units: Sequence[Unit]) -> list[Marks]:
    """What is seen of each statement."""
    return [
        marks(unit.text, [units[m].text for m in before], [units[m].text for m in mates if m < n])
        for n, (unit, before, mates) in enumerate(zip(units, heard(units), together(units), strict=True))
    ]


def of_utterances(units: Sequence[Unit]) -> list[Marks]:
    """What is seen of each utterance, in the order of their first statements."""
    texts: dict[int, list[str]] = {}
    before: dict[int, list[str]] = {}
    for unit, numbers in zip(units, heard(units), strict=True):
        texts.setdefault(unit.utterance, []).append(unit.text)
        before.setdefault(unit.utterance, [units[m].text for m in numbers])
    return [marks(" ".join(said), before[utterance], ()) for utterance, said in texts.items()]


class Shown(NamedTuple):
    """What a head is shown of a session, and the number of what stands for each statement."""

    seen: list[Marks]
    whose: list[int]


def shown(units: Sequence[Unit], single: bool) -> Shown:
    """The statements one by one, or their whole utterances: then the statements of one share what is seen of it."""
    if single:
        return Shown(of_statements(units), list(range(len(units))))
    order = {utterance: n for n, utterance in enumerate(dict.fromkeys(unit.utterance for unit in units))}
    return Shown(of_utterances(units), [order[unit.utterance] for unit in units])


class Phrases:
    """The weights, and how much they count beside the network's.

    ``packed``: "phrases.HEAD.weight" as int8 (outputs, BUCKETS) with a scale an output, and "phrases.HEAD.bias".
    """

    def __init__(self, packed: Arrays) -> None:
        self.tables = {head: _table(packed, head) for head in PHRASED if f"phrases.{head}.weight" in packed}

    def logits(self, units: Sequence[Unit]) -> dict[str, Floats]:
        """Head → (statements, outputs)."""
        ways = {single: shown(units, single) for single in (True, False)}
        found = {}
        for head, table in self.tables.items():
            seen, whose = ways[head == SINGLE]
            found[head] = _answers(table, seen)[whose]
        return found

    def beside(self, units: Sequence[Unit], weights: Mapping[str, Sequence[float]]) -> dict[str, Floats]:
        """Head → what is added to the network's logits, where ``weights`` gives one for each output of the head."""
        said = self.logits(units) if weights else {}
        return {head: rows * np.array(weights[head], np.float32) for head, rows in said.items() if head in weights}


class _Table(NamedTuple):
    weight: NDArray[np.int8]
    scale: Floats
    bias: Floats


def _table(packed: Arrays, head: str) -> _Table:
    name = f"phrases.{head}.weight"
    return _Table(np.ascontiguousarray(packed[name].T), packed[name + SCALE], packed[f"phrases.{head}.bias"])


def _answers(table: _Table, seen: Sequence[Marks]) -> Floats:
    found = [_sums(table, seen[n : n + AT_ONCE]) for n in range(0, len(seen), AT_ONCE)]
    sums = np.concatenate(found) if found else np.zeros((0, len(table.bias)), np.float32)
    return np.asarray(sums * table.scale + table.bias)


def _sums(table: _Table, seen: Sequence[Marks]) -> Floats:
    places, values = _flat(one.places for one in seen), _flat(one.values for one in seen)
    ends = np.cumsum([len(one.places) for one in seen])
    totals = np.zeros((len(values) + 1, len(table.bias)), np.float64)
    np.cumsum(table.weight[places.astype(np.int64)] * values[:, None], 0, out=totals[1:])
    sums: Floats = np.diff(totals[np.concatenate([[0], ends])], axis=0).astype(np.float32)
    return sums


def _flat(lists: Iterator[Sequence[float]]) -> NDArray[np.float64]:
    return np.array(list(chain.from_iterable(lists)), np.float64)
