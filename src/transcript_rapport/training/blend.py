"""Averages the weights of trainings that went on from the same start, fold by fold: a model soup.

    python -m transcript_rapport.training.blend CORPORA OUT RUN RUN …

Each RUN is the folder of a finished `rapport train`, or of an earlier blend. The averaged network of a fold answers for
the sessions that none of its parts has seen; the average of those trained on everything is kept, in OUT.
Source: Wortsman et al. (2022), Model soups, ICML.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from transcript_rapport.errors import ModelError
from transcript_rapport.training import answers, boundaries, corpora, encoders, phrases, recipe, train
from transcript_rapport.training.examples import Example
from transcript_rapport.training.recipe import Recipe
from transcript_rapport.training.train import Part


def recipes(runs: Sequence[Path]) -> list[Recipe]:
    """How each run was trained; runs that do not hold out the same sessions are a ModelError."""
    found = [recipe.logged(run / "whole") for run in runs]
    for other in found[1:]:
        if _start(other) != _start(found[0]):
            seen = "these runs did not start alike"
            raise ModelError(str(runs[0]), seen, "the same encoder, corpora, folds and start_from", "train them so")
    return found


def _start(of: Recipe) -> tuple[object, ...]:
    return of.encoder, of.start_from, of.corpora, of.folds, of.hearing


def average(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of every weight; what is the same in all stays the same to the last bit."""
    return {name: torch.stack([state[name].double() for state in states]).mean(0).float() for name in states[0]}


def _state(checkpoint: Path) -> dict[str, Tensor]:
    """The weights of a network without its cutter, which is learned anew for every blend."""
    state = torch.load(checkpoint, weights_only=True)["coder"]
    return {name: weight for name, weight in state.items() if not name.startswith("cutter.")}


def blended(runs: Sequence[Path], chosen: Recipe, split: recipe.Split, missed: Sequence[Example], place: Path) -> Part:
    """The average of one part ("fold-0", …, "whole") of every run; it lies in ``place`` as a training leaves it."""
    place.mkdir(parents=True, exist_ok=True)
    states = [_state(run / place.name / train.CHECKPOINT) for run in runs]
    torch.save({"coder": average(states)}, place / train.CHECKPOINT)
    recipe.log(place, {"recipe": asdict(chosen)})
    phrases.learned(split.train, missed, encoders.HEADS, place)
    return train.finished(chosen, place)


def missed_by_all(examples: Sequence[Example], places: Sequence[Path]) -> tuple[Example, ...]:
    """What none of the runs has seen, nor what they went on from: what each of them has answered."""
    answered = set.intersection(*(set(answers.load(place / answers.FILE)) for place in places))
    return tuple(e for e in examples if e.name in answered)


def run(corpora_folder: Path, out: Path, runs: Sequence[Path]) -> None:
    """Blends every fold and the whole, and saves the model folder."""
    made = recipes(runs)
    chosen = made[0]
    torch.set_num_threads(chosen.threads)
    examples = corpora.read(corpora_folder, chosen.corpora)
    speech = corpora.read(corpora_folder, tuple(boundaries.DRAWN))
    given: dict[str, Any] = {}
    for fold, groups in enumerate(recipe.parts(examples, chosen)):
        place = out / f"fold-{fold}"
        split = recipe.divide(examples, groups)
        missed = missed_by_all(examples, [run / place.name for run in runs])
        part = blended(runs, chosen, split, missed, place)
        boundaries.learned(part.coder, part.tokens, speech, groups, place, chosen.seed)
        train.ask(part, missed, place)
        given |= answers.load(place / answers.FILE)
    whole = blended(runs, chosen, recipe.divide(examples, set()), (), out / "whole")
    boundaries.learned(whole.coder, whole.tokens, speech, set(), out / "whole", chosen.seed)
    told = asdict(chosen) | {"blend_of": [asdict(replace(r, go_on_from=Path(r.go_on_from).name)) for r in made]}
    train.finish(whole, examples, told, given | train.never_seen(whole, corpora_folder), out)


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit("blend: too few folders; expected CORPORA, OUT and two trainings or more")
    run(Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
