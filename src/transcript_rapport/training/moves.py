"""Fits which moves a statement makes (``coder/moves.py``), and says how well they are told.

``python -m transcript_rapport.training.moves CORPORA MODEL`` reads the marked sessions and the exchanges
(``training/marked.py``), writes ``moves.safetensors`` into the folder of a model and what belongs to it into its
``config.json``, and prints how well each move is told in sessions that were not learned from, beside the lexicon alone.
Ten minutes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.coder import load, weights
from transcript_rapport.coder.engine import Coder
from transcript_rapport.coder.moves import FILE, FOLDED, Moves, hashed
from transcript_rapport.coder.phrases import Marks, of_statements
from transcript_rapport.lexicons.moves import moves as lexicon
from transcript_rapport.session import Session
from transcript_rapport.training import as_command, logistic, marked, strays
from transcript_rapport.training.calibrate import best_threshold
from transcript_rapport.training.marked import Exchange, Marked
from transcript_rapport.training.strays import Counted

NAMES = tuple(lexicon())
HELD_STATES, HELD_PHRASES = 600.0, 1.0
"""The ridge penalty on what is made of a statement's state, and of its phrases."""
STEPS = 160
FOLDS = 5
LEAST = 0.25
"""The least probability from which a move is told, however rare it is."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """What is seen of practitioners' statements, and which moves they were marked as making.

    ``states``: (statements, 2·D); ``there``: (statements, moves), 1 or 0, and -1 where nobody said. ``turn``: the
    session's or exchange's turn that each stands in; ``session``: of marked sessions the number, of exchanges -1.
    ``fold``: what is left out together.
    """

    states: NDArray[np.float32]
    phrases: Sequence[Marks]
    texts: Sequence[str]
    there: NDArray[np.int8]
    turn: NDArray[np.int64]
    session: NDArray[np.int64]
    fold: NDArray[np.int64]
    public: NDArray[np.bool_]
    new: NDArray[np.bool_]

    @property
    def natural(self) -> NDArray[np.bool_]:
        """Statements of whole sessions, where moves are as frequent as they are in talk."""
        return self.session >= 0


@dataclass
class _Row:
    state: NDArray[np.float32]
    phrases: Marks
    text: str
    there: NDArray[np.int8]
    place: tuple[int, int, int, bool, bool]


def collected(coder: Coder, sessions: Sequence[Marked], exchanges: Sequence[Exchange]) -> Seen:
    """What the coder sees of marked sessions and of the turns of exchanges that somebody judged."""
    rows: list[_Row] = []
    for n, told in enumerate(sessions):
        for place, state, phrases, text in _statements(coder, told.session):
            made, differ = told.at(*place)
            there = np.array([-1 if name in differ else name in made for name in NAMES], np.int8)
            rows.append(_Row(state, phrases, text, there, (len(rows), n, n % FOLDS, told.public, told.new)))
    for n, one in enumerate(e for e in exchanges if e.element in NAMES):
        turn, there = len(rows), np.full(len(NAMES), -1, np.int8)
        there[NAMES.index(one.element)] = one.holds
        for place, state, phrases, text in _statements(coder, one.session):
            if place[0] == one.at:
                rows.append(_Row(state, phrases, text, there, (turn, -1, n % FOLDS, False, False)))
    turns, numbers, folds, public, new = (np.array(column) for column in zip(*(r.place for r in rows), strict=True))
    return Seen(
        np.stack([row.state for row in rows]),
        [row.phrases for row in rows],
        [row.text for row in rows],
        np.stack([row.there for row in rows]),
        *(turns, numbers, folds, public, new),
    )


def _statements(
    coder: Coder, session: Session
) -> Iterator[tuple[tuple[int, int, int], NDArray[np.float32], Marks, str]]:
    """Place, state, phrases and words of each of the practitioner's statements."""
    units, states = coder.states(session)
    end: dict[int, int] = {}
    for unit, state, phrases in zip(units, states, of_statements(units), strict=True):
        start = session[unit.utterance].text.index(unit.text, end.get(unit.utterance, 0))
        end[unit.utterance] = start + len(unit.text)
        if unit.role == "practitioner":
            yield (unit.utterance, start, end[unit.utterance]), state, phrases, unit.text


@dataclass(frozen=True)
class Learned:
    """The moves as learned from all, and how likely each was where it was new; (statements, moves)."""

    moves: Moves
    likely: Floats


@dataclass(frozen=True)
class Lines:
    """A linear model of every move: states (moves, 2·D), phrases (moves, FOLDED), offsets (moves,)."""

    states: Floats
    phrases: Floats
    offsets: Floats

    def __call__(self, data: Seen, said: Any) -> Floats:
        """The log-odds of every move; (statements, moves)."""
        return np.asarray(data.states @ self.states.T + said @ self.phrases.T + self.offsets)


def fit(data: Seen) -> Learned:
    """Every move fitted to all but what is ``new``; probabilities and bounds to what the folds left out.

    Bounds and strays are those of what is found in the end, by phrases or by probability; that a few moves do not count
    beside some codes (``never``) is left aside.
    """
    said, known = _phrases(data), ~data.new
    kept = _fitted(data, said, known)
    scores = kept(data, said)
    for n in range(FOLDS):
        out = known & (data.fold == n)
        scores[out] = _fitted(data, said, known & ~out)(data, said)[out]
    told = known & data.natural
    sure = [told & (data.there[:, n] >= 0) for n in range(len(NAMES))]
    means = np.array([_platt(scores[sure[n], n], data.there[sure[n], n]) for n in range(len(NAMES))])
    likely = 1 / (1 + np.exp(-(scores * means[:, 0] + means[:, 1])))
    found = np.maximum(likely, _in_words(data))
    least, stray = dict[str, float](), dict[str, float]()
    for n, name in enumerate(NAMES):
        there = data.there[:, n] == 1
        least[name] = max(LEAST, best_threshold(found[sure[n], n], there[sure[n]].astype(float)))
        stray[name] = strays.of(list(_counts(data, found[:, n] >= least[name], there, sure[n])))
    slopes, starts = means[:, :1], means[:, 1]
    arrays = (kept.states * slopes, kept.phrases * slopes, kept.offsets * slopes[:, 0] + starts)
    states, phrases, offsets = (array.astype(np.float32) for array in arrays)
    return Learned(Moves(NAMES, states, phrases, offsets, least, stray), likely)


def _in_words(data: Seen) -> NDArray[np.bool_]:
    """(statements, moves): whether the lexicon's turns of phrase show a move."""
    return np.array([[lexicon()[name].in_words(text) for name in NAMES] for text in data.texts])


def _phrases(data: Seen) -> Any:
    """(statements, FOLDED), sparse. Needs scipy, which scikit-learn brings."""
    from scipy.sparse import csr_matrix

    rows = np.repeat(np.arange(len(data.phrases)), [len(marks.places) for marks in data.phrases])
    columns = np.concatenate([hashed(marks) for marks in data.phrases])
    values = np.concatenate([np.array(marks.values) for marks in data.phrases])
    return csr_matrix((values, (rows, columns)), (len(data.phrases), FOLDED))


def _fitted(data: Seen, said: Any, among: NDArray[np.bool_]) -> Lines:
    """Logistic regressions, of all moves at once; of a turn that holds one, in the end only its likeliest statement."""
    counted = (data.there >= 0) & among[:, None]
    lines = _descended(data, said, counted)
    scores = np.where(counted, lines(data, said), -np.inf)
    best = np.full((data.turn.max() + 1, len(NAMES)), -np.inf)
    np.maximum.at(best, data.turn, scores)
    return _descended(data, said, counted & ((data.there == 0) | (scores >= best[data.turn])), lines, STEPS // 4)


def _descended(data: Seen, said: Any, counted: NDArray[np.bool_], start: Lines | None = None, steps: int = 0) -> Lines:
    """The weights under which the labels that are ``counted`` are likeliest, by L-BFGS."""
    from scipy.optimize import minimize

    rows = np.flatnonzero(counted.any(1))
    seen, phrases, used = data.states[rows].astype(np.float64), said[rows], counted[rows]
    there, wide = data.there[rows] == 1, data.states.shape[1]
    shapes = (len(NAMES), wide), (len(NAMES), FOLDED), (len(NAMES),)
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])

    def parts(flat: Floats) -> Lines:
        return Lines(*(part.reshape(shape) for part, shape in zip(np.split(flat, ends[:-1]), shapes, strict=True)))

    def loss(flat: Floats) -> tuple[float, Floats]:
        lines = parts(flat)
        odds = seen @ lines.states.T + phrases @ lines.phrases.T + lines.offsets
        gap = np.where(used, 1 / (1 + np.exp(-odds)) - there, 0.0)
        unlikely = np.where(used, np.logaddexp(0, np.where(there, -odds, odds)), 0.0).sum()
        held = HELD_STATES * (lines.states**2).sum() + HELD_PHRASES * (lines.phrases**2).sum()
        slopes = gap.T @ seen + HELD_STATES * lines.states, (phrases.T @ gap).T + HELD_PHRASES * lines.phrases
        return float(unlikely + held / 2), np.concatenate([*(slope.ravel() for slope in slopes), gap.sum(0)])

    given = start or Lines(np.zeros(shapes[0]), np.zeros(shapes[1]), np.full(shapes[2], -3.0))
    flat = np.concatenate([given.states.ravel(), given.phrases.ravel(), given.offsets])
    found = minimize(loss, flat, jac=True, method="L-BFGS-B", options={"maxiter": steps or STEPS, "maxcor": 5})
    return parts(found.x)


def _platt(scores: Floats, there: NDArray[np.int8]) -> tuple[float, float]:
    """Slope and offset under which the log-odds mean what they say in whole sessions."""
    design = np.stack([scores, np.ones(len(scores))], 1)
    slope, offset = logistic.fitted(design, there.astype(np.float64), np.array([1.0, 0.0]), np.full(2, 0.01))
    return float(slope), float(offset)


def _counts(
    data: Seen, said: NDArray[np.bool_], there: NDArray[np.bool_], among: NDArray[np.bool_]
) -> Iterator[Counted]:
    for n in np.unique(data.session[among]):
        own = among & (data.session == n)
        if own.sum() >= strays.LEAST:
            yield Counted(int(said[own].sum()), int(there[own].sum()), int(own.sum()))


def table(data: Seen, learned: Learned) -> str:
    """How well each move is told in sessions that were not learned from, beside the lexicon alone, in Markdown."""
    words = _in_words(data)
    head = "| move | sessions | there | by words alone: right | found | with what was learned: right | found |"
    kinds = {"public": data.natural & data.public & ~data.new, "invented": data.natural & ~data.public & ~data.new}
    kinds["invented, new writers"] = data.natural & data.new & ~data.public
    rows = [head, "|---" * 7 + "|"]
    for name in (*NAMES, ""):
        for kind, among in kinds.items():
            chosen = range(len(NAMES)) if not name else [NAMES.index(name)]
            sure, there = (np.stack([data.there[among, n] >= least for n in chosen]) for least in (0, 1))
            alone = sure & np.stack([words[among, n] for n in chosen])
            heard = np.stack([learned.likely[among, n] >= learned.moves.least[NAMES[n]] for n in chosen])
            told = alone | (sure & heard)
            figures = " | ".join(_figures(said, there) for said in (alone, told))
            rows.append(f"| {name or 'all'} | {kind} | {there.sum()} | {figures} |")
    return "\n".join(rows) + "\n"


def _figures(said: NDArray[np.bool_], there: NDArray[np.bool_]) -> str:
    hits = int((said & there).sum())
    return " | ".join(f"{hits / whole:.2f}" if whole else "–" for whole in (int(said.sum()), int(there.sum())))


def write(folder: Path, moves: Moves, made: str) -> None:
    """Writes the moves into the folder of a model, and what belongs to them into its ``config.json``."""
    from safetensors.numpy import save_file

    arrays = {"states": moves.states, "phrases": moves.phrases, "offsets": moves.offsets}
    save_file(weights.pack(arrays), folder / FILE)
    (folder / FILE).chmod(0o644)
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    bounds = {"least": dict(moves.least), "strays": dict(moves.strays)}
    about = {"names": list(moves.names), **bounds, "made": made, "sha256": weights.checksum(folder / FILE)}
    path.write_text(json.dumps({**config, "moves": about}, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """CORPORA MODEL."""
    if len(arguments) != 2:
        sys.stderr.write("moves: expected CORPORA MODEL: the folder of public corpora, and that of a model\n")
        return 2
    public, model = map(Path, arguments)
    sessions, exchanges = list(marked.sessions(public)), list(marked.exchanges())
    data = collected(load(str(model)), sessions, exchanges)
    learned = fit(data)
    among = sum(one.element in NAMES for one in exchanges)
    write(model, learned.moves, f"learned from {sum(not s.new for s in sessions)} sessions and {among} exchanges")
    sys.stdout.write(table(data, learned))
    return 0


if __name__ == "__main__":
    as_command(main)
