"""What networks answered about sessions they had not seen: the logits that calibrate and evaluate a model.

Each session was answered by the network that was trained without it. The answers hold no words; together with the
corpora's labels they give every figure of the evaluation again, without the networks of the folds.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.coder.engine import Engine
from transcript_rapport.coder.passages import of_speech
from transcript_rapport.coder.phrases import Phrases
from transcript_rapport.coder.second_look import HEAD as LOOKED_AT_TWICE
from transcript_rapport.coder.second_look import Place, place
from transcript_rapport.coder.shape import EMPATHY, POOLED
from transcript_rapport.errors import CorpusError
from transcript_rapport.training.boundaries import CUT_BY_CODERS, turns
from transcript_rapport.training.examples import Example, Targets, as_recognised

Floats = NDArray[np.float64]
Given = Mapping[str, Mapping[str, NDArray[np.float32]]]
"""Session → head → logits (labelled places, outputs)."""

FILE = "answers.safetensors"
HEADS = ("codes", "client", "behaviour", "talk_type", *EMPATHY)
PHRASES = "phrases."
"""Before the name of a head: what the linear model of phrases says at the same places."""
GAPS = "gaps"
"""Under this name stand the log-odds that a thought begins between two words; (gaps, 1)."""
SPOKEN = "annomi"
"""The corpus that is also answered as recognised speech."""
AS_RECOGNISED = "as recognised speech"
UNTESTED = ("esconv", "claff", "advice", "contrast", "invented")
"""What is only learned from: side tasks, and what we made up ourselves."""


@dataclass(frozen=True)
class Answer:
    """One head's answers in one session: ``logits`` (n, outputs) and ``labels`` (n, outputs), 0 to 1.

    ``weight``: how far a label is its makers' own (1) or only follows from others (less).
    """

    session: str
    corpus: str
    head: str
    logits: Floats
    labels: Floats
    weight: Floats
    outputs: tuple[str, ...]
    phrases: Floats | None = None
    """What the linear model of phrases says; as the logits. None where it says nothing, or is in the logits already."""
    places: tuple[Place, ...] = ()
    """What a second look sees of each statement beside its answer."""


def spoken(example: Example) -> Example:
    """The session as a speech recogniser might have written it, the same every time."""
    bare = as_recognised(example, random.Random(example.name))
    return replace(bare, name=f"{example.name} {AS_RECOGNISED}", corpus=f"{example.corpus} {AS_RECOGNISED}")


def is_spoken(corpus: str) -> bool:
    """Whether a corpus is one made with ``spoken``."""
    return corpus.endswith(AS_RECOGNISED)


def tested(example: Example) -> bool:
    """Whether a session counts in an evaluation."""
    return example.corpus not in UNTESTED


def places(example: Example, head: str) -> Iterator[tuple[tuple[int, ...], Targets]]:
    """(unit numbers, labels) of each place where ``head`` was labelled.

    A statement stands alone; a client's utterance stands with all its statements, for the likeliest speaks for it;
    a whole utterance stands with its first, for all carry the same answer.
    """
    if head == "codes":
        yield from (((n,), t[head]) for n, t in sorted(example.statement_targets.items()) if head in t)
        return
    members: dict[int, list[int]] = defaultdict(list)
    for n, unit in enumerate(example.units):
        members[unit.utterance].append(n)
    labelled = "client_utterance" if head == "client" else head
    for utterance, targets in sorted(example.utterance_targets.items()):
        if labelled in targets and utterance in members:
            those = members[utterance]
            yield tuple(those[:1] if head in POOLED else those), targets[labelled]


def of(engine: Engine, phrases: Phrases, example: Example) -> dict[str, NDArray[np.float32]]:
    """The logits of a network and of phrases where the session is labelled, and in gaps between words without marks."""
    logits = engine.logits(example.units)
    found = {head: [logits[head][list(p)].max(0) for p, _ in places(example, head)] for head in HEADS if head in logits}
    for head, rows in phrases.logits(example.units).items():
        found[PHRASES + head] = [rows[place[0]] for place, _ in places(example, head)]
    found[GAPS] = gaps(engine, example)
    return {head: np.array(rows, dtype=np.float32) for head, rows in found.items() if rows}


def gaps(engine: Engine, example: Example) -> list[list[float]]:
    """The log-odds that a thought begins, a row a gap between the words of its turns."""
    speech = [turn.words for turn in turns(example)] if example.corpus in CUT_BY_CODERS else []
    return [[gap] for found in of_speech(speech, engine.gaps) for gap in found]


def of_gaps(given: Given) -> dict[str, list[float]]:
    """Session → the log-odds in its gaps, where they were asked for."""
    return {name: heads[GAPS][:, 0].tolist() for name, heads in given.items() if GAPS in heads}


def answer(
    example: Example,
    head: str,
    logits: NDArray[np.float32],
    outputs: Sequence[str],
    phrases: NDArray[np.float32] | None = None,
) -> Answer:
    """The answers beside the labels; a corpus that is not the one answered about is a CorpusError."""
    labelled = list(places(example, head))
    targets = [t for _, t in labelled]
    if len(targets) != len(logits):
        seen = f"{len(targets)} labels for {head}, answered {len(logits)}"
        raise CorpusError(example.name, seen, "the corpus as it was in training", "train anew: rapport train")
    labels = np.array([[t.values.get(name, 0.0) for name in outputs] for t in targets], dtype=np.float64)
    weight = np.array([t.weight for t in targets], dtype=np.float64)
    said = None if phrases is None else phrases.astype(np.float64)
    first = logits.astype(np.float64)
    looked_at = [example.units[p[0]] for p, _ in labelled] if head == LOOKED_AT_TWICE else []
    known = tuple(place(unit.utterance, unit.text) for unit in looked_at)
    return Answer(example.name, example.corpus, head, first, labels, weight, tuple(outputs), said, known)


def collected(examples: Sequence[Example], given: Given, heads: Mapping[str, Sequence[str]]) -> list[Answer]:
    """Every answer there is about ``examples``."""
    return [
        answer(example, head, logits, heads[head], given[example.name].get(PHRASES + head))
        for example in examples
        for head, logits in sorted(given.get(example.name, {}).items())
        if head in heads
    ]


def save(path: Path, given: Given) -> None:
    """Writes answers in half precision, a tensor a head; the sessions and their numbers of rows stand beside them."""
    from safetensors.numpy import save_file

    heads = sorted({head for of_head in given.values() for head in of_head})
    index = {h: [(name, len(rows[h])) for name, rows in sorted(given.items()) if h in rows] for h in heads}
    tensors = {h: np.concatenate([given[name][h] for name, _ in index[h]]).astype(np.float16) for h in heads}
    save_file(tensors, path, {"index": json.dumps(index)})


def load(path: Path) -> dict[str, dict[str, NDArray[np.float32]]]:
    """What ``save`` wrote."""
    from safetensors import safe_open

    found: dict[str, dict[str, NDArray[np.float32]]] = defaultdict(dict)
    with safe_open(path, "numpy") as file:
        index = json.loads(file.metadata()["index"])
        for head, sessions in index.items():
            ends = np.cumsum([count for _, count in sessions])
            parts = np.split(file.get_tensor(head).astype(np.float32), ends[:-1])
            for (name, _), rows in zip(sessions, parts, strict=True):
                found[name][head] = rows
    return dict(found)


def merged(paths: Sequence[Path]) -> dict[str, dict[str, NDArray[np.float32]]]:
    """The answers of all folds; a fold that has none yet is a CorpusError."""
    found: dict[str, dict[str, NDArray[np.float32]]] = {}
    for path in paths:
        if not path.is_file():
            raise CorpusError(str(path), "there is no such file", "the answers of this fold", "train it: rapport train")
        found |= load(path)
    return found
