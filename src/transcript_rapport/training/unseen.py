"""The measures of whole sessions, where it can be by networks that had not seen them, and what is made from them.

``python -m transcript_rapport.training.unseen CORPORA RUN`` reads the folder RUN that `rapport train` left, or that of
a finished model, whose one network has seen most of the sessions; it writes
``sessions.csv`` into it (a row a session, a column a measure), the norms of public corpora, and the weights of the
review priority. The table says which sessions were new to their network. It holds numbers and names, no words.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from transcript_rapport import norms
from transcript_rapport.analysis import report_on
from transcript_rapport.coder import load
from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.coder.engine import Coder
from transcript_rapport.coder.phrases import Phrases
from transcript_rapport.report import Report
from transcript_rapport.training import as_command, corpora, marked, moves, quality, remarks, supervised
from transcript_rapport.training.examples import Example, session
from transcript_rapport.training.recipe import parts, recipe
from transcript_rapport.training.train import Part, finished

FILE, WHOLE = "sessions.csv", "whole"
CORPORA = ("annomi", "hlqc", "hlqc-rest", "primock57")
RATED = ("annomi", "hlqc", "hlqc-rest")
LEARNED = "the coder learned from most of these sessions"
DEMONSTRATIONS = f"demonstrations on video, most under ten minutes, not a norm for practice; {LEARNED}"
GROUPS = {
    "annomi-high": ("annomi", "high", "AnnoMI, demonstrations of good practice", DEMONSTRATIONS),
    "annomi-low": ("annomi", "low", "AnnoMI, demonstrations of poor practice", DEMONSTRATIONS),
    "primock57": ("primock57", "", "PriMock57", f"mock consultations in general practice, by video; {LEARNED}"),
}
"""The norms that are shipped: corpus, rating, name, limits."""
NETWORKS = ("seen", "unseen")
COLUMNS = ("session", "corpus", "group", "network", "quality")


def reports(folder: Path, run: Path) -> Iterator[tuple[Example, bool, Report]]:
    """Each session, whether the network that coded it had not seen it, and its report.

    Sessions of a fold are coded by the network trained without it; what was never held out, by the one that is kept.
    In the folder of a finished model there are no others, so it codes them all.
    """
    if not (run / WHOLE).is_dir():
        kept = load(str(run))
        for example in corpora.read(folder, CORPORA):
            yield example, False, report_on(kept.code(session(example)))
        return
    config = json.loads((run / "config.json").read_text(encoding="utf-8"))
    calibration = Calibration.from_json(config["calibration"])
    chosen = recipe(None, **config["recipe"])
    examples = corpora.read(folder, chosen.corpora)
    held = parts(examples, chosen)
    for fold, groups in enumerate(held):
        missed = [e for e in examples if e.corpus in CORPORA and e.group in groups]
        coder = _coder(finished(chosen, run / f"fold-{fold}"), calibration, folder, {e.name for e in missed})
        yield from ((e, True, report_on(coder.code(session(e)))) for e in missed)
    rest = [e for e in examples if e.corpus in CORPORA and e.group not in set().union(*held)]
    kept = load(str(run))
    yield from ((e, False, report_on(kept.code(session(e)))) for e in rest)


def _coder(part: Part, calibration: Calibration, folder: Path, without: Collection[str]) -> Coder:
    """The coder of a fold, with remarks and moves learned on its states from sessions other than these."""
    coder = Coder(part.engine, calibration, {}, Phrases(part.phrases))
    read = [told for told in supervised.read(supervised.OURS, folder) if told.session.name not in without]
    coder.remarks = remarks.fit(remarks.collected(coder, read)).kept
    talks = [told for told in marked.sessions(folder) if told.session.name not in without]
    coder.moves = moves.fit(moves.collected(coder, talks, list(marked.exchanges()))).moves
    return coder


def write(folder: Path, run: Path) -> None:
    """Writes the table, the norms and the priority's weights."""
    measured = list(reports(folder, run))
    rows = []
    for example, new, report in measured:
        kept = "unseen" if new else "seen"
        about = dict(zip(COLUMNS, (example.name, example.corpus, example.group, kept, example.quality), strict=True))
        rows.append({**about, **{name: round(value, 4) for name, value in quality.counted(report.measures).items()}})
    rows.sort(key=lambda row: str(row["session"]))
    names = [*COLUMNS, *sorted({name for row in rows for name in row} - set(COLUMNS))]
    with (run / FILE).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names, restval="")
        table.writeheader()
        table.writerows(rows)
    norms.SHIPPED.mkdir(exist_ok=True)
    for key, (corpus, rating, name, limits) in GROUPS.items():
        of = [r.measures for e, _, r in measured if e.corpus == corpus and (not rating or e.quality == rating)]
        (norms.SHIPPED / f"{key}.json").write_text(norms.written(norms.compute(of, name, limits)), encoding="utf-8")
    said = "AnnoMI and HLQC, rated high or low by their makers"
    unknown = sum(new and e.quality != "" and e.corpus in RATED for e, new, _ in measured)
    said += f" and coded by networks that had seen all{f' but {unknown}' if unknown else ''} of them"
    fitted = quality.fit(rated(run / FILE), said=said)
    quality.write(fitted.weights)


def rated(path: Path, corpora_named: Sequence[str] = RATED, networks: Sequence[str] = NETWORKS) -> list[quality.Rated]:
    """The sessions of a table that their makers rated high or low, coded by a network that had seen them or not."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["corpus"] in corpora_named and row["quality"]]
    rows = [row for row in rows if row["network"] in networks]
    return [
        quality.Rated(
            {name: float(value) for name, value in row.items() if name not in COLUMNS and value},
            row["quality"] == "low",
            row["group"],
        )
        for row in rows
    ]


def main(arguments: Sequence[str]) -> int:
    """CORPORA RUN."""
    if len(arguments) != 2:
        sys.stderr.write("unseen: expected CORPORA RUN, the folder of corpora and that of a finished training\n")
        return 2
    write(Path(arguments[0]), Path(arguments[1]))
    return 0


if __name__ == "__main__":
    as_command(main)
