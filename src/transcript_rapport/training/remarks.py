"""Fits what a supervisor would likely remark on (``coder/remarks.py``), and says how well it is told.

``python -m transcript_rapport.training.remarks FOLDER CORPORA MODEL`` reads sessions that were read so
(``supervised``), writes ``remarks.safetensors`` into the folder of a model, what belongs to it into its
``config.json``, and with which step one would begin into ``renderers/goal.json``. It prints how well each remark is
told in sessions of readers that were not learned from. Five minutes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.codebook import AWKWARD, FOREMOST, WELL
from transcript_rapport.coder import load, weights
from transcript_rapport.coder.engine import Coder
from transcript_rapport.coder.remarks import FILE, Given, Remarks, seen
from transcript_rapport.renderers import goal
from transcript_rapport.training import as_command, goals, logistic
from transcript_rapport.training.coded import coded_too
from transcript_rapport.training.supervised import OPENING, Place, Supervised, read

NAMES = (
    *(OPENING, "judgment", "advice", "questions", "talking", "certainty", "praise", "jargon", "own"),
    *(WELL, AWKWARD, FOREMOST),
)
"""The remarks: what falls short, what is worth holding up, what only looks so, and where one would begin."""
PENALTY = 0.002
"""How much the weights may grow (scikit-learn's C): little, for what is seen is wide and the sessions are few."""
PRECISE = 0.7
"""A remark is shown from the probability on at which so much of what was new to it was right."""
FEWEST = 10
"""Places told from which a share of them that is right says something."""
FOLDS = 5
PUBLIC, CODED, NEW = "public", "invented, coded", "invented"
KINDS = (NEW, CODED, PUBLIC)
"""Whose words a session holds, and of ours whether the coder learned its codes; those of public ones it mostly did."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """What is seen of all the practitioners' utterances, and what was remarked on in them."""

    x: NDArray[np.float32]
    places: Sequence[tuple[str, int]]
    """The session and utterance of each row of ``x``."""
    readers: NDArray[np.str_]
    kinds: NDArray[np.str_]
    """Of KINDS, that of each row's session."""
    there: Mapping[str, NDArray[np.bool_]]
    open: Mapping[str, NDArray[np.bool_]]
    """By remark: where reasonable people differ; neither learned from nor counted."""


def collected(coder: Coder, sessions: Sequence[Supervised]) -> Seen:
    """What the coder sees of the sessions beside what was remarked on."""
    rows: list[NDArray[np.float32]] = []
    readers, kinds, places = list[str](), list[str](), list[tuple[str, int]]()
    known = coded_too()
    there: dict[str, list[bool]] = {name: [] for name in NAMES}
    differ: dict[str, list[bool]] = {name: [] for name in NAMES}
    for told in sessions:
        units, states, logits = coder.seen(told.session)
        utterances, x = seen(units, states, logits)
        rows += [x] if utterances else []
        places += [(told.session.name, n) for n in utterances]
        readers += [told.reader] * len(utterances)
        kind = PUBLIC if told.session.format else CODED if told.session.name in known else NEW
        kinds += [kind] * len(utterances)
        for name, remarked, open_ in _remarked(told, utterances):
            there[name] += [n in remarked for n in utterances]
            differ[name] += [n in open_ and n not in remarked for n in utterances]
    as_arrays = ({name: np.array(told) for name, told in found.items()} for found in (there, differ))
    return Seen(np.concatenate(rows), places, np.array(readers), np.array(kinds), *as_arrays)


def _remarked(told: Supervised, utterances: Sequence[int]) -> Iterator[tuple[str, set[int], set[int]]]:
    """Of each remark, the practitioner's utterances that have it, and those of which one may differ."""
    for name in NAMES:
        if name == WELL:
            yield name, set(told.praise), set()
        elif name == AWKWARD:
            yield name, set(told.no_praise), set()
        elif name == FOREMOST:
            yield name, {_answer(at, utterances) for place in told.first for at in place.at}, set()
        else:
            yield name, _at(told.lapses, name, utterances), _at(told.arguable, name, utterances)


def _at(places: Sequence[Place], name: str, utterances: Sequence[int]) -> set[int]:
    return {_answer(min(place.at), utterances) for place in places if place.kind == name}


def _answer(at: int, utterances: Sequence[int]) -> int:
    """The practitioner's utterance at a place, or the next after it."""
    return next((n for n in utterances if n >= at), -1)


def scores(data: Seen, name: str) -> Floats:
    """The log-odds of a remark in sessions of readers that it was not learned from, a fifth of them at a time."""
    found = np.zeros(len(data.x))
    fold = np.unique(data.readers, return_inverse=True)[1] % FOLDS
    for n in range(FOLDS):
        new = fold == n
        weight, offset = fitted(data, name, ~new)
        found[new] = data.x[new] @ weight + offset
    return found


def fitted(data: Seen, name: str, among: NDArray[np.bool_]) -> tuple[Floats, float]:
    """The weights of a remark and its offset, for what is seen as it is. Needs scikit-learn."""
    from sklearn.linear_model import LogisticRegression

    rows = among & ~data.open[name]
    x = data.x[rows].astype(np.float64)
    mean, spread = x.mean(0), x.std(0)
    spread[spread < 1e-6] = 1.0
    regression = LogisticRegression(C=PENALTY, max_iter=200).fit((x - mean) / spread, data.there[name][rows])
    weight = regression.coef_[0] / spread
    return weight, float(regression.intercept_[0] - weight @ mean)


@dataclass(frozen=True)
class Learned:
    """The arrays of ``coder.remarks.Remarks`` and from where each is shown; and how likely each was where it was new.

    ``likely``: (rows of what was seen, NAMES), by what was learned from other readers' sessions.
    """

    arrays: Mapping[str, NDArray[np.float32]]
    shown: Mapping[str, float]
    likely: Floats

    @property
    def kept(self) -> Remarks:
        """What the coder tells remarks by."""
        return Remarks(NAMES, self.arrays["weights"], self.arrays["offsets"], self.shown)

    def by_session(self, data: Seen) -> dict[str, dict[int, dict[str, float]]]:
        """Session → utterance → remark → how likely it was where it was new."""
        found: dict[str, dict[int, dict[str, float]]] = {}
        for (name, utterance), row in zip(data.places, self.likely.tolist(), strict=True):
            found.setdefault(name, {})[utterance] = dict(zip(NAMES, row, strict=True))
        return found


def fit(data: Seen) -> Learned:
    """Every remark, fitted to all that was seen, its probabilities to what was new.

    Of invented sessions only those count for the latter whose codes the coder does not know by heart.
    """
    kept, offsets, likely, shown = [], [], [], {}
    for name in NAMES:
        new, judged = scores(data, name), ~data.open[name] & (data.kinds != CODED)
        slope, offset = _platt(new[judged], data.there[name][judged])
        likely.append(1 / (1 + np.exp(-(slope * new + offset))))
        weight, start = fitted(data, name, np.ones(len(data.x), bool))
        kept.append(weight * slope)
        offsets.append(start * slope + offset)
        bound = _bound(likely[-1][judged], data.there[name][judged], data.kinds[judged] == PUBLIC)
        if bound is not None:
            shown[name] = round(bound, 3)
    arrays = {"weights": np.array(kept, np.float32), "offsets": np.array(offsets, np.float32)}
    return Learned(arrays, shown, np.stack(likely, 1))


def table(data: Seen, learned: Learned) -> str:
    """How well each remark is told in sessions of readers that were not learned from, in Markdown."""
    head = "| remark | sessions | there | average precision | shown | right | of those there |\n|---" + "|---" * 6 + "|"
    rows = (
        _row(data, name, learned.likely[:, n], learned.shown.get(name), kind)
        for n, name in enumerate(NAMES)
        for kind in KINDS
        if kind in data.kinds
    )
    return "\n".join([head, *rows]) + "\n"


def _platt(told: Floats, there: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset under which the log-odds mean what they say."""
    design = np.stack([told, np.ones(len(told))], 1)
    slope, offset = logistic.fitted(design, there.astype(np.float64), np.array([1.0, 0.0]), np.zeros(2))
    return float(slope), float(offset)


def _bound(likely: Floats, there: NDArray[np.bool_], public: NDArray[np.bool_]) -> float | None:
    """The least probability from which PRECISE of what is told is right, in ours and in public sessions apart.

    None where there is no such probability; of sessions in which little is told, all are asked.
    """
    bounds = [_precise(likely[rows], there[rows]) for rows in (public, ~public, public | ~public)]
    known = [bound for bound in bounds if bound is not None]
    return max(known) if bounds[-1] is not None else None


def _precise(likely: Floats, there: NDArray[np.bool_]) -> float | None:
    order = np.argsort(-likely)
    right = np.cumsum(there[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero((right >= PRECISE) & (np.arange(len(order)) >= FEWEST - 1))
    return float(likely[order[enough[-1]]]) if len(enough) else None


def _row(data: Seen, name: str, likely: Floats, bound: float | None, kind: str) -> str:
    from sklearn.metrics import average_precision_score

    rows = (data.kinds == kind) & ~data.open[name]
    there, told = data.there[name][rows], likely[rows]
    precision = float(average_precision_score(there, told)) if there.any() else 0.0
    said = told >= (2.0 if bound is None else bound)
    right = f"{(said & there).sum() / max(1, said.sum()):.2f}" if said.any() else "–"
    found = f"{(said & there).sum() / max(1, there.sum()):.2f}"
    return f"| {name} | {kind} | {there.sum()} | {precision:.2f} | {said.sum()} | {right} | {found} |"


def write(folder: Path, arrays: Mapping[str, NDArray[np.float32]], shown: Mapping[str, float], made: str) -> None:
    """Writes the remarks into the folder of a model, and what belongs to them into its ``config.json``."""
    from safetensors.numpy import save_file

    save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, folder / FILE)
    (folder / FILE).chmod(0o644)
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    about = {"names": list(NAMES), "shown": dict(shown), "made": made, "sha256": weights.checksum(folder / FILE)}
    path.write_text(json.dumps({**config, "remarks": about}, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """FOLDER CORPORA MODEL."""
    if len(arguments) != 3:
        sys.stderr.write("remarks: expected FOLDER CORPORA MODEL: sessions that were read, public corpora, a model\n")
        return 2
    folder, public, model = map(Path, arguments)
    sessions, coder = read(folder, public), load(str(model))
    data = collected(coder, sessions)
    learned = fit(data)
    made = f"{len(sessions)} sessions of {len({told.reader for told in sessions})} files"
    write(model, learned.arrays, learned.shown, f"learned from {made}")
    coder.remarks = Given({}, learned.shown)
    weights, right = goals.fit(list(goals.choices(coder, sessions, learned.by_session(data))))
    said = f"fitted to {made}; the first step is one of theirs in {right:.2f} of sessions of new readers"
    goal.SHIPPED.write_text(goal.written(weights, said), encoding="utf-8")
    sys.stdout.write(f"{table(data, learned)}\n{said}\n")
    return 0


if __name__ == "__main__":
    as_command(main)
