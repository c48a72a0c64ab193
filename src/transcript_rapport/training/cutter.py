"""Fits what cuts speech without marks anew, and nothing else.

    python -m transcript_rapport.training.cutter CORPORA RUN OUT [PART]

RUN is the folder of a finished `rapport train`. OUT becomes a model folder that codes as RUN's does, with new
cutters: those of the folds answer for the sessions they did not see. PART ("fold-0", … or "whole") fits only that one,
so that they can run side by side; without it, what OUT holds already is kept.
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from transcript_rapport.coder import weights
from transcript_rapport.training import answers, boundaries, corpora, recipe, train
from transcript_rapport.training.train import Part


def run(folder: Path, earlier: Path, out: Path, only: str | None = None) -> None:
    """Fits the cutter of every part that has none yet, and saves the model folder."""
    made = json.loads((earlier / "config.json").read_text(encoding="utf-8"))["recipe"]
    chosen = recipe.recipe(None, **made)
    examples = corpora.read(folder, chosen.corpora)
    without = {f"fold-{n}": groups for n, groups in enumerate(recipe.parts(examples, chosen))} | {"whole": set()}
    speech = corpora.read(folder, tuple(boundaries.DRAWN))
    for name, groups in without.items():
        if only not in (None, name):
            continue
        if not (out / name / train.CHECKPOINT).is_file():
            leave_out = shutil.ignore_patterns(boundaries.FILE)
            shutil.copytree(earlier / name, out / name, ignore=leave_out, dirs_exist_ok=True)
        if not (out / name / boundaries.FILE).is_file():
            part = train.finished(chosen, out / name)
            boundaries.learned(part.coder, part.tokens, speech, groups, out / name, chosen.seed)
    if only:
        return
    given = answers.load(earlier / answers.FILE)
    for name, groups in without.items():
        part = train.finished(chosen, out / name)
        for e in examples:
            if e.group in groups and e.name in given and answers.GAPS in given[e.name]:
                given[e.name][answers.GAPS] = np.array(answers.gaps(part.engine, e), np.float32)
    _save(part, earlier, out, boundaries.best(examples, answers.of_gaps(given)), made)
    answers.save(out / answers.FILE, given)


def _save(part: Part, earlier: Path, out: Path, ready: float, made: dict[str, object]) -> None:
    known = weights.load(earlier)
    calibration = replace(known.calibration, ready=ready)
    weights.save(out, part.coder, known.tokenizer, calibration, made, part.phrases)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit("cutter: expected CORPORA, the folder of a finished training, OUT and perhaps a part (fold-0, whole)")
    run(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
