"""Fits the model of ``deidentification/learned.py`` to our invented sessions with marked identifiers.

``python -m transcript_rapport.training.identifiers FOLDER`` reads the sets in FOLDER (``corpora/deidentification``, not
what lies in folders inside it) and writes ``learned.npz``. Every session that has capitals is learned from a second
time as a recogniser would have written it. Needs scikit-learn (the ``train`` extra).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from transcript_rapport.deidentification import learned
from transcript_rapport.deidentification.evaluate import Row, sessions
from transcript_rapport.deidentification.learned import BUCKETS, CLASSES, Model
from transcript_rapport.deidentification.tokens import is_cased
from transcript_rapport.errors import CorpusError
from transcript_rapport.training.phrases import regression

STRENGTH = 1.0
"""The inverse of how strongly large weights are held back."""
NEVER = -30.0
"""The bias of a kind that nothing was learned of."""


@dataclass(frozen=True)
class Line:
    """What was said, and the kind of identifier of each of its characters ("none" for most)."""

    text: str
    kinds: tuple[str, ...]


def lines(rows: Sequence[Row]) -> list[Line]:
    """The lines of a session with what was marked in them."""
    found = []
    for row in rows:
        kinds = ["none"] * len(row["text"])
        for one in row["identifiers"]:
            kinds[one["start"] : one["end"]] = [one["kind"]] * (one["end"] - one["start"])
        found.append(Line(row["text"], tuple(kinds)))
    return found


def bare(line: Line) -> Line:
    """The line without capitals and marks, as a recogniser writes it."""
    kept: list[tuple[str, str]] = []
    for letter, kind in zip(line.text, line.kinds, strict=True):
        small = letter.lower()
        if letter.isalnum() and len(small) == 1:
            kept.append((small, kind))
        elif letter in "'’":
            kept.append(("'", kind))
        elif kept and kept[-1][0] != " ":
            kept.append((" ", kind))
    if kept and kept[-1][0] == " ":
        del kept[-1]
    return Line("".join(letter for letter, _ in kept), tuple(kind for _, kind in kept))


def _seen(session: Sequence[Line]) -> Iterator[tuple[list[str], str]]:
    """(features, kind) of every word of a session."""
    texts = [line.text for line in session]
    for line, (pieces, rows) in zip(session, learned.features(texts, is_cased(texts)), strict=True):
        yield from ((row, line.kinds[piece.start]) for piece, row in zip(pieces, rows, strict=True))


def fit(talk: Sequence[Sequence[Line]]) -> Model:
    """The weights fitted to sessions, each with capitals also without."""
    from scipy.sparse import csr_matrix

    without = [[bare(line) for line in session] for session in talk if is_cased([line.text for line in session])]
    places: list[int] = []
    ends, kinds = [0], []
    for session in (*talk, *without):
        for row, kind in _seen(session):
            places += [crc32(one.encode()) % BUCKETS for one in row]
            ends.append(len(places))
            kinds.append(CLASSES.index(kind))
    seen = csr_matrix((np.ones(len(places)), np.array(places), np.array(ends)), shape=(len(kinds), BUCKETS))
    weight, bias = np.zeros((len(CLASSES), BUCKETS)), np.full(len(CLASSES), NEVER)
    there = np.unique(kinds)
    weight[there], bias[there] = regression(seen, np.array(kinds), np.ones(len(kinds)), None, STRENGTH)
    scale = np.abs(weight).max(1).clip(min=1e-9) / 127
    packed = np.ascontiguousarray((weight / scale[:, None]).round().astype(np.int8).T)
    return Model(packed, scale.astype(np.float32), bias.astype(np.float32))


def write(model: Model, path: Path) -> None:
    """The weights as one file."""
    arrays: Mapping[str, np.ndarray] = {"weight": model.weight, "scale": model.scale, "bias": model.bias}
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def main(arguments: Sequence[str]) -> int:
    """FOLDER."""
    if len(arguments) != 1:
        sys.stderr.write("identifiers: expected one folder, that of the sessions with marked identifiers\n")
        return 2
    talk = [lines(rows) for rows in sessions(Path(arguments[0]))]
    write(fit(talk), Path(learned.__file__).with_name(learned.FILE))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CorpusError as error:
        sys.exit(str(error))
