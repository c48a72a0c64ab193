"""How the networks for identifiers are learned; all lines invented."""

from __future__ import annotations

import numpy as np
import torch

from transcript_rapport.coder.layers import softmax
from transcript_rapport.deidentification.learned import CLASSES, HEADS, read, views
from transcript_rapport.training import identifiers
from transcript_rapport.training.disguised import Disguise, Line, bare, lines

NAMES = ("Tirzabel Oonagh", "Wendrith", "Maribeth Quoll", "Zlata", "Ngaire", "Bryony")


def lesson(name: str) -> list[Line]:
    said = f"My keyworker was called {name} and {name} was kind."
    first, second = said.index(name), said.rindex(name)
    marked = [{"start": start, "end": start + len(name), "kind": "name"} for start in (first, second)]
    return lines([{"text": said, "identifiers": marked}, {"text": "We talked about the weather.", "identifiers": []}])


def told(line: Line) -> list[str]:
    return [said for said, kind in line.parts() if kind != "none"]


def test_it_learns_from_what_stands_around() -> None:
    weights = identifiers.fit([lesson(name) for name in NAMES * 12])
    heads = read(weights)
    assert len(heads) == HEADS
    _, (view,) = views(["His keyworker was called Grisabel, which he liked.", "We talked about it."], True)
    likeliest = [CLASSES[n] for n in np.mean([head(view) for head in heads], axis=0).argmax(1)]
    assert [n for n, kind in enumerate(likeliest) if kind != "none"] == [4]
    assert likeliest[4] == "name"


def test_the_network_in_numpy_answers_as_the_one_that_learned() -> None:
    talk = [lesson(name) for name in NAMES]
    every = list(identifiers.examples(talk))
    narrowing = identifiers.Narrowing.of(every)
    torch.manual_seed(1)
    learner = identifiers.Learner().eval()
    *seen, _ = identifiers._batch([narrowing(every[0])])
    with torch.no_grad():
        logits = learner(*seen)[0].numpy()
    weights = identifiers.packed(learner, narrowing)
    (head, *_) = read({f"{n}.{name}": array for n in range(HEADS) for name, array in weights.items()})
    assert np.abs(head(every[0].view) - softmax(logits)).max() < 0.02


def test_a_line_can_be_heard_as_a_recogniser_writes_it() -> None:
    heard = bare(lesson("O’Grady")[0])
    assert heard.text == "my keyworker was called o'grady and o'grady was kind"
    assert told(heard) == ["o'grady"] * 2


def test_a_disguise_is_the_same_for_the_same_and_leaves_other_words() -> None:
    talk = [lesson(name) for name in NAMES]
    disguised = Disguise(talk, 3).session(talk[1])
    first, second = told(disguised[0])
    assert first == second
    assert first.lower() != "wendrith"
    others = ["".join(said for said, kind in line.parts() if kind == "none").lower() for line in disguised]
    assert others[0].startswith("my keyworker was called ")
    assert others[1].startswith("we talked about the weather")


def test_the_same_seed_makes_the_same_disguise() -> None:
    talk = [lesson(name) for name in NAMES]
    assert Disguise(talk, 3).session(talk[0]) == Disguise(talk, 3).session(talk[0])
