"""Fits the networks of ``deidentification/learned.py`` to our invented sessions with marked identifiers.

``python -m transcript_rapport.training.identifiers FOLDER`` reads our corpora (``corpora``): the sets in
``deidentification``, not what lies in folders inside it, and the talk in ``invented``, whose ordinary words teach what
is no identifier. It writes ``learned.npz``. Every session that has capitals is learned from a second time as a
recogniser would have written it, and every session with marks once more with other identifiers
(``training/disguised.py``). Twelve minutes on one processor.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from transcript_rapport.coder.batches import Floats
from transcript_rapport.coder.shape import SCALE, Arrays
from transcript_rapport.coder.weights import pack
from transcript_rapport.deidentification import learned
from transcript_rapport.deidentification.evaluate import sessions
from transcript_rapport.deidentification.learned import BUCKETS, CLASSES, HEADS, REACHES, View, views
from transcript_rapport.deidentification.tokens import is_cased
from transcript_rapport.training import as_command, pace
from transcript_rapport.training.disguised import UNKNOWN, Disguise, Line, bare, lines, unmarked
from transcript_rapport.training.ours import invented

WIDE, KNOWN, NARROW = 128, 64, 256
"""Units of a network; of these, for what is known of a word; and what the states are narrowed to before learning."""
EPOCHS, AT_ONCE, RATE = 6, 16, 2e-3
SEEN = 24
"""Things known of a word that are learned from."""
UNJUDGED = -100
"""The class of a word that is only seen."""


class Learner(nn.Module):
    """The network of ``learned.Head`` as it is learned, from narrowed states."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(BUCKETS + 1, KNOWN, padding_idx=BUCKETS)
        nn.init.normal_(self.table.weight[:BUCKETS], std=0.1)
        self.states, self.mix = nn.Linear(NARROW, WIDE), nn.Linear(1 + WIDE + KNOWN, WIDE)
        self.beside = nn.ModuleList(nn.Linear(3 * WIDE, WIDE) for _ in REACHES)
        self.out = nn.Linear(WIDE, len(CLASSES))
        self.drop = nn.Dropout(0.3)

    def forward(self, states: Tensor, known: Tensor, opens: Tensor, there: Tensor) -> Tensor:
        """Logits (windows, words, classes); a tenth of the words is learned from without its states."""
        if self.training:
            states = states * (torch.rand(there.shape) > 0.1)[..., None]
        table = self.table.weight
        summed = functional.embedding_bag(known.flatten(0, 1), table, mode="sum", padding_idx=BUCKETS)
        summed = summed.view(*there.shape, KNOWN)
        parts = [opens[..., None], self.states(self.drop(states)), self.drop(summed)]
        x = functional.gelu(self.mix(torch.cat(parts, -1))) * there[..., None]
        for reach, beside in zip(REACHES, self.beside, strict=True):
            padded = functional.pad(self.drop(x), (0, 0, reach, reach))
            around = [padded[:, : -2 * reach], padded[:, reach:-reach], padded[:, 2 * reach :]]
            x = x + functional.gelu(beside(torch.cat(around, -1))) * there[..., None]
        logits: Tensor = self.out(self.drop(x))
        return logits


@dataclass(frozen=True)
class Example:
    """A window to learn from: what is seen of it, and the class of each of its words."""

    view: View
    kinds: NDArray[np.int64]


def examples(talk: Sequence[Sequence[Line]]) -> Iterator[Example]:
    """The windows of sessions with the class of each word that is judged in them."""
    for session in talk:
        texts = [line.text for line in session]
        every, seen = views(texts, is_cased(texts))
        kinds = [line.kinds[piece.start] for line, of in zip(session, every, strict=True) for piece in of]
        told = np.array([UNJUDGED if kind == UNKNOWN else CLASSES.index(kind) for kind in kinds])
        for view in seen:
            start, first, last, end = view.window
            judged = np.full(end - start, UNJUDGED)
            judged[first - start : last - start] = told[first:last]
            yield Example(view, judged)


@dataclass(frozen=True)
class Narrowing:
    """The directions in which the states of words differ most: (2·D,) and (2·D, NARROW)."""

    middle: Floats
    directions: Floats

    @classmethod
    def of(cls, every: Sequence[Example]) -> Narrowing:
        """From every seventh word of the examples."""
        states = np.concatenate([one.view.states[::7] for one in every])
        _, directions = np.linalg.eigh(np.cov((states - states.mean(0)).T))
        return cls(states.mean(0), directions[:, ::-1][:, :NARROW].astype(np.float32))

    def __call__(self, example: Example) -> Example:
        """The example with narrowed states."""
        states = (example.view.states - self.middle) @ self.directions
        return Example(example.view._replace(states=states.astype(np.float32)), example.kinds)

    def undone(self, states: nn.Linear) -> nn.Linear:
        """The layer that does the same with states as they are."""
        whole = nn.Linear(len(self.middle), WIDE)
        with torch.no_grad():
            whole.weight.copy_(states.weight @ torch.from_numpy(self.directions.T.copy()))
            whole.bias.copy_(states.bias - whole.weight @ torch.from_numpy(self.middle))
        return whole


def _batch(some: Sequence[Example]) -> list[Tensor]:
    """States, what is known, which words open a line, which words there are, and their classes, padded."""
    shape = len(some), max(len(one.kinds) for one in some)
    states, known = np.zeros((*shape, NARROW), np.float32), np.full((*shape, SEEN), BUCKETS)
    opens, there, kinds = np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.full(shape, UNJUDGED)
    for n, (view, told) in enumerate((one.view, one.kinds) for one in some):
        size = len(told)
        states[n, :size], opens[n, :size], there[n, :size], kinds[n, :size] = view.states, view.opens, 1, told
        for m, row in enumerate(view.known):
            known[n, m, : len(row)] = row
    return [torch.from_numpy(array) for array in (states, known, opens, there, kinds)]


def learn(every: Sequence[Example], seed: int) -> Learner:
    """One network, fitted to narrowed examples."""
    torch.manual_seed(seed)
    chance, pool, learner = random.Random(seed), list(every), Learner()
    steps = EPOCHS * -(-len(pool) // AT_ONCE)
    by = torch.optim.AdamW(learner.parameters(), lr=RATE)
    rate = torch.optim.lr_scheduler.OneCycleLR(by, RATE, total_steps=steps + 1, pct_start=0.1)
    for _ in range(EPOCHS):
        chance.shuffle(pool)
        for n in range(0, len(pool), AT_ONCE):
            *seen, kinds = _batch(pool[n : n + AT_ONCE])
            loss = functional.cross_entropy(learner(*seen).flatten(0, 1), kinds.flatten(), label_smoothing=0.02)
            pace.learn(loss, learner.parameters(), by)
            rate.step()
    return learner.eval()


def packed(learner: Learner, narrowing: Narrowing) -> Arrays:
    """The weights as ``learned.Head`` reads them: matrices in eight bits a number, the states' in sixteen."""
    learner.states = narrowing.undone(learner.states)
    state = {name: tensor.detach().numpy() for name, tensor in learner.state_dict().items()}
    table, states = state.pop("table.weight")[:BUCKETS], state.pop("states.weight")
    scale = (np.abs(table).max(1).clip(min=1e-9) / 127).astype(np.float32)
    small = (table / scale[:, None]).round().astype(np.int8)
    return {**pack(state), "table": small, "table" + SCALE: scale, "states.weight": states.astype(np.float16)}


def plain_talk(folder: Path) -> Iterator[list[Line]]:
    """Our invented sessions, in which no identifier is marked."""
    for session in invented(folder):
        turns = groupby(session.units, key=lambda unit: unit.utterance)
        yield [unmarked(" ".join(unit.text for unit in turn)) for _, turn in turns]


def fit(talk: Sequence[Sequence[Line]], unmarked_talk: Sequence[Sequence[Line]] = ()) -> Arrays:
    """The weights of all networks, fitted to sessions, each with capitals also without, and each disguised."""
    every = [*talk, *unmarked_talk]
    without = [[bare(line) for line in session] for session in every if is_cased([line.text for line in session])]
    plain = list(examples([*every, *without]))
    narrowing = Narrowing.of(plain)
    plain = [narrowing(one) for one in plain]
    weights: dict[str, NDArray[np.generic]] = {}
    for n in range(HEADS):
        disguise = Disguise(talk, n)
        others = [narrowing(one) for one in examples([disguise.session(session) for session in talk])]
        found = packed(learn([*plain, *others], n), narrowing)
        weights |= {f"{n}.{name}": array for name, array in found.items()}
    return weights


def main(arguments: Sequence[str]) -> int:
    """FOLDER."""
    if len(arguments) != 1:
        sys.stderr.write("identifiers: expected one folder, that of our corpora\n")
        return 2
    folder = Path(arguments[0])
    marked = [lines(rows) for rows in sessions(folder / "deidentification")]
    weights = fit(marked, list(plain_talk(folder / "invented")))
    np.savez_compressed(Path(learned.__file__).with_name(learned.FILE), **weights)  # type: ignore[arg-type]
    return 0


if __name__ == "__main__":
    as_command(main)
