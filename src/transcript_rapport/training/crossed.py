"""Scores every session by the network of the fold that missed it, fold beside fold: how much hangs on one division.

    python -m transcript_rapport.training.crossed CORPORA RUN [CARD]

RUN is the folder of a `rapport train` from an encoder, with the answers of all its folds. Each fold is scored with
probabilities and thresholds fitted to the others. The table is printed, and written between the marks of a card.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from transcript_rapport.errors import CorpusError
from transcript_rapport.training import answers, corpora, evaluate, figures
from transcript_rapport.training.encoders import HEADS
from transcript_rapport.training.recipe import logged
from transcript_rapport.training.scores import Score

ROWS = {
    *("behaviour: macro-F1", "talk_type: macro-F1", "judgment shown: precision", "judgment shown: recall"),
    *(f"F1 {name}" for name in figures.FAMILIES),
}
SHARES = "behaviour share of a session, "
MARKS = ("<!-- crossed -->", "<!-- /crossed -->")


def told(rows: Sequence[Score]) -> dict[tuple[str, str], Score]:
    """(corpus, row) → the score, of the rows that are compared."""
    wanted = [r for r in rows if r.row in ROWS or (r.row.startswith(SHARES) and r.row.endswith("error"))]
    return {(r.corpus, r.row): r for r in wanted}


def run(corpora_folder: Path, folder: Path) -> str:
    """The table: a row a score, with its interval over all sessions, and what each fold alone has."""
    places = sorted(folder.glob(f"fold-*/{answers.FILE}"))
    if len(places) < 2:
        raise CorpusError(str(folder), f"the answers of {len(places)} folds", "two or more", "rapport train")
    chosen = logged(places[0].parent)
    raw = answers.merged(places)
    fold_of = {name: n for n, place in enumerate(places) for name in answers.load(place)}
    sessions = corpora.read(corpora_folder, [c for c in chosen.corpora if c not in answers.UNTESTED])
    sessions += [answers.spoken(e) for e in sessions if e.corpus == answers.SPOKEN]
    known = [e for e in sessions if e.name in raw]
    parts = evaluate.crossed(answers.collected(known, raw, HEADS), {e.name: fold_of[e.name] for e in known})
    every, *alone = (
        told([*figures.scores(some), *figures.of_sessions(some)]) for some in (parts, *([p] for p in parts))
    )
    head = "| corpus | what | all sessions | 90 % interval | " + " | ".join(f"fold {n}" for n in range(len(places)))
    lines = [head + " | counted on |", "|---" * (len(places) + 5) + "|"]
    for (corpus, row), score in every.items():
        folds = " | ".join(f"{one[corpus, row].value:.3f}" if (corpus, row) in one else "–" for one in alone)
        lines.append(f"| {corpus} | {row} | {score.value:.3f} | {score.interval()} | {folds} | {score.base} |")
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("crossed: expected two folders, CORPORA and the RUN of a `rapport train`, and perhaps a card")
    table = run(Path(sys.argv[1]), Path(sys.argv[2]))
    for card in sys.argv[3:]:
        evaluate.into_card(Path(card), table, MARKS)
    sys.stdout.write(table + "\n")
