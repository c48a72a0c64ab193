"""Where an identifier that a rule has begun to find goes on, by a linear model of each word and what stands around it.

It sees how a word is written, what it is known as (``vocabulary.standing``), and the words on either side; rare words
themselves it does not see, so that its weights hold nobody's name. Learned from our invented sessions
(``training/identifiers.py``). It makes no identifier of its own: left to itself it took scores and counts for some.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.deidentification.spans import Found, overlaps
from transcript_rapport.deidentification.tokens import protected
from transcript_rapport.deidentification.vocabulary import is_listed, is_ordinary, standing
from transcript_rapport.placeholders import KINDS

FILE = "learned.npz"
BUCKETS = 1 << 16
SURE = 0.5
"""From this probability on that a word belongs to an identifier, it is taken for one."""
CLASSES: tuple[str, ...] = ("none", *KINDS)
LISTS = (
    "given",
    "given_words",
    "surnames",
    "surname_words",
    "places",
    "place_words",
    "kin",
    "generic",
    "organisations",
)
AROUND = (-4, -3, -2, -1, 1, 2, 3)
ASKED = 5
"""So many first words of a line are seen with the last words of the line before, which may have asked for them."""

_PIECE = re.compile(r"[^\W_]+(?:['’\-.@_][^\W_]+)*|[^\w\s]")
_OWNED = re.compile(r"['’]s$")
_TWICE = re.compile(r"(.)\1+")
_BETWEEN = re.compile(r"[\s,'’\-/+().]{0,3}")


class Piece(NamedTuple):
    """A word or mark of a line at ``start`` to ``end``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Model:
    """The weights: int8 (BUCKETS, classes) with a scale a class, and a bias a class."""

    weight: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(self, seen: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """(words, classes), from the places that each word's features are hashed to."""
        sums = [self.weight[list(places)].sum(0, dtype=np.float64) for places in seen]
        logits = np.array(sums).reshape(-1, len(self.bias)) * self.scale + self.bias
        raised = np.exp(logits - logits.max(1, keepdims=True))
        return np.asarray(raised / raised.sum(1, keepdims=True))


@cache
def model() -> Model:
    """The weights that came with the package."""
    with np.load(BytesIO(files(__package__).joinpath(FILE).read_bytes())) as held:
        return Model(held["weight"], held["scale"], held["bias"])


def identifiers(texts: Sequence[str], cased: bool) -> list[list[Found]]:
    """Where words of each text are taken for identifiers: those side by side as one, of their likeliest kind."""
    found = []
    for text, (pieces, seen) in zip(texts, features(texts, cased), strict=True):
        likely = model().probabilities([[crc32(one.encode()) % BUCKETS for one in row] for row in seen])
        found.append(list(_runs(text, pieces, likely)))
    return found


def finished(text: str, ruled: Sequence[Found], learned: Sequence[Found]) -> list[Found]:
    """The rules' spans, each as far as what was learned goes on, up to the next; names and ages stay as they are."""
    order = sorted(ruled, key=lambda one: one.start)
    found: list[Found] = []
    for n, span in enumerate(order):
        longer = span if span.kind in ("name", "age") else _grown(text, span, learned)
        first = found[-1].end if found else 0
        last = order[n + 1].start if n + 1 < len(order) else len(text)
        start = max(longer.start, first) if first <= span.start else span.start
        end = min(longer.end, last) if last >= span.end else span.end
        found.append(_without_edges(text, replace(longer, start=start, end=end), span))
    return found


def _without_edges(text: str, longer: Found, span: Found) -> Found:
    """The longer span without blanks and marks at the ends it gained."""
    start, end = longer.start, longer.end
    while start < span.start and not text[start].isalnum():
        start += 1
    while end > span.end and not text[end - 1].isalnum():
        end -= 1
    return replace(longer, start=start, end=end)


def _grown(text: str, span: Found, learned: Sequence[Found]) -> Found:
    """The span with every learned one that overlaps or touches it, or what it has become by then."""
    for more in (*learned, *reversed(learned)):
        apart = min(span.end, more.end), max(span.start, more.start)
        if apart[1] < apart[0] or _BETWEEN.fullmatch(text, *apart):
            span = replace(span, start=min(span.start, more.start), end=max(span.end, more.end))
    return span


def _runs(text: str, pieces: Sequence[Piece], likely: NDArray[np.float64]) -> Iterator[Found]:
    sure = (1 - likely[:, 0] >= SURE).tolist()
    run: list[int] = []
    for n, piece in enumerate(pieces):
        if run and not (sure[n] and _BETWEEN.fullmatch(text, pieces[n - 1].end, piece.start)):
            yield from _identifier(run, pieces, likely)
            run = []
        if sure[n]:
            run.append(n)
    yield from _identifier(run, pieces, likely)


def _identifier(run: Sequence[int], pieces: Sequence[Piece], likely: NDArray[np.float64]) -> Iterator[Found]:
    """The words of a run without marks at its ends and an owner's 's."""
    words = [n for n in run if pieces[n].text[0].isalnum()]
    if words:
        last = pieces[words[-1]]
        owned = _OWNED.search(last.text)
        kind = KINDS[int(likely[list(run), 1:].sum(0).argmax())]
        yield Found(pieces[words[0]].start, last.end - (len(owned.group()) if owned else 0), kind)


def features(texts: Sequence[str], cased: bool) -> Iterator[tuple[list[Piece], list[list[str]]]]:
    """For each text its words and marks, and what is seen of each; placeholders are left out."""
    asked: list[str] = []
    for text in texts:
        stops = [Found(*place, "name") for place in protected(text)]
        pieces = [Piece(*match.span(), match.group()) for match in _PIECE.finditer(text)]
        pieces = [piece for piece in pieces if not overlaps(Found(piece.start, piece.end, "name"), stops)]
        yield pieces, _rows([piece.text for piece in pieces], asked, cased)
        asked = [f"asked {_heard(piece.text)}" for piece in pieces[-6:]]


def _rows(words: Sequence[str], asked: Sequence[str], cased: bool) -> list[list[str]]:
    heard, shapes, known = ([of(word) for word in words] for of in (_heard, _shape, _known))
    padded = [("", "", ())] * 4 + list(zip(heard, shapes, known, strict=True)) + [("", "", ())] * 4
    rows = []
    for n, word in enumerate(words):
        starts = n == 0 or words[n - 1] in ".?!"
        row = [f"is {heard[n]}", f"shape {shapes[n]}", f"long {min(len(word), 8)}", f"ends {word[-2:].lower()}"]
        row += [*known[n], f"cased {cased} {starts} {word[:1].isupper()}"]
        for away in AROUND:
            said, shape, what = padded[n + 4 + away]
            row.append(f"{away} {said}")
            if abs(away) <= 2:
                row += [f"{away} shape {shape}", *(f"{away} {one}" for one in what)]
        b3, b2, b1, a1, a2 = (padded[n + 4 + away][0] for away in (-3, -2, -1, 1, 2))
        row += [f"before {b2} {b1}", f"before {b3} {b2} {b1}", f"after {a1} {a2}"]
        row += [f"before {b1} {known[n][0]}", f"after {a1} {known[n][0]}"]
        if n < ASKED:
            row += [*asked, *(f"{one} {known[n][0]}" for one in asked)]
        rows.append(row)
    return rows


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
    bare = _OWNED.sub("", word.lower()).replace("’", "'")
    listed = (f"in {name}" for name in LISTS if is_listed(bare, name))
    return (f"known {standing(bare)}", *listed, *(["ordinary"] if is_ordinary(bare) else []))
