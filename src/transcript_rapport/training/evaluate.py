"""Scores a model on whole sessions it has not seen: `rapport evaluate`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.errors import ModelError
from transcript_rapport.training import answers, baseline, boundaries, corpora, quality, segmentation, unseen
from transcript_rapport.training.answers import Answer
from transcript_rapport.training.calibrate import calibrate, whole
from transcript_rapport.training.examples import Example
from transcript_rapport.training.figures import confusion, of_counts, of_sessions, scores, trust
from transcript_rapport.training.scores import Score, area_under_curve, bootstrap, count, mean
from transcript_rapport.training.splits import folds

LOTS = 3
"""The sessions answered are dealt into so many lots; each is scored with what was fitted to the others."""
MARKS = ("<!-- scores -->", "<!-- /scores -->")
PEOPLE = {
    "behaviour": (0.855, "one expert against the majority of the other nine, seven AnnoMI sessions: 0.85 to 0.86"),
    "talk_type": (0.72, "one expert against the majority of the other nine, seven AnnoMI sessions"),
}
"""What people reach on the same task, from the corpus's ten-fold coded sessions."""


def cutting(examples: Sequence[Example], given: answers.Given, where: Mapping[str, int]) -> list[Score]:
    """How well speech without marks is cut into thought units: F1 of the cuts, exactly and within one word.

    How ready to cut is fitted to the other lots. The linear model was fitted without these sessions.
    """
    gaps = answers.of_gaps(given)
    there = [e for e in examples if e.name in gaps and not answers.is_spoken(e.corpus)]
    found: dict[str, list[list[tuple[list[int], list[int]]]]] = defaultdict(list)
    for fold in sorted(set(where.values())):
        ready = boundaries.best([e for e in there if where[e.name] != fold], gaps)
        for e in there:
            if where[e.name] == fold:
                found[e.corpus].append(boundaries.pairs(e, gaps, ready))
    rows = []
    for e in there:
        found[f"{e.corpus}, by the linear model"].append(boundaries.by_linear(e))
    for corpus, sessions in sorted(found.items()):
        base = sum(len(inner) for session in sessions for _, inner in session)
        for within in (0, 1):
            value = bootstrap(sessions, partial(_cut_f1, within), resamples=200)
            rows.append(Score(f"thought units, no marks: F1 of cuts within {within} words", corpus, *value, base))
    return rows


def _cut_f1(within: int, sessions: Sequence[Sequence[tuple[list[int], list[int]]]]) -> float:
    return segmentation.score([pair for session in sessions for pair in session], within).f1


def told_apart(place: Path) -> list[Score]:
    """Whether the measures of sessions that were new to the coder tell what experts rated high from low (AUC).

    The weights are fitted to the other sessions, of other groups.
    """
    if not (place / unseen.FILE).is_file():
        return []
    rows = []
    for corpus, names in (("annomi", ("annomi",)), ("hlqc", ("hlqc", "hlqc-rest")), ("both", unseen.RATED)):
        new = unseen.rated(place / unseen.FILE, names, ("unseen",))
        known = unseen.rated(place / unseen.FILE, unseen.RATED, ("seen",))
        probabilities = quality.predicted(known, new) if known else quality.unseen(new)
        pairs = list(zip(probabilities, (session.low for session in new), strict=True))
        value = bootstrap(pairs, lambda drawn: area_under_curve([p for p, _ in drawn], [low for _, low in drawn]))
        rows.append(Score("session rated high or low, by its measures: AUC", corpus, *value, len(new)))
    return rows


def beside(examples: Sequence[Example], where: Mapping[str, int]) -> list[Score]:
    """What stands beside the scores: the majority label, the linear baseline on the same sessions, and people."""
    rows = []
    annomi = [e for e in examples if e.corpus == "annomi"]
    for head, (people, note) in PEOPLE.items():
        sessions = []
        for fold in sorted(set(where.values())):
            test = [e for e in annomi if where.get(e.name) == fold]
            groups = {e.group for e in test}
            chosen, right = baseline.predict([e for e in annomi if e.group not in groups], test, head)
            sessions.append([(frozenset({a}), frozenset({b})) for a, b in zip(chosen, right, strict=True)])
        names = sorted({name for pairs in sessions for _, there in pairs for name in there})
        pairs = [pair for lot in sessions for pair in lot]
        most = max(names, key=lambda name: count(pairs, (name,)).there)
        majority = [(frozenset({most}), there) for _, there in pairs]
        for row, lot in (("linear baseline", pairs), ("majority label", majority)):
            value, _, _ = mean([(name,) for name in names], [lot])
            rows.append(Score(f"{head}: macro-F1 of the {row}", "annomi", value, None, None, len(lot)))
        rows.append(Score(f"{head}: macro-F1 of people ({note})", "annomi", people, None, None, 0))
    return rows


def crossed(given: Sequence[Answer], where: Mapping[str, int]) -> list[tuple[Calibration, list[Answer]]]:
    """Each lot of answers with a calibration fitted to the other lots."""
    parts = []
    for fold in sorted(set(where.values())):
        others = [a for a in given if where[a.session] != fold and not answers.is_spoken(a.corpus)]
        fitted = calibrate(others)
        parts.append((fitted, whole([a for a in given if where[a.session] == fold], fitted)))
    return parts


def run(corpora_folder: str, model: str | None = None, out: str | None = None) -> str:
    """Scores the model by the answers of its folds: each session was answered by a network trained without it.

    Returns Markdown tables. Probabilities and thresholds, too, come from other sessions. Writes the rows as JSON
    into ``out``; for a ``model`` given by its folder also into ``metrics.json`` beside the weights, and the table
    into the model's card, between its two ``scores`` marks: the card's numbers are never typed by hand.
    """
    from transcript_rapport.coder import folder

    place = folder(model)
    config = json.loads((place / "config.json").read_text(encoding="utf-8"))
    if not (place / answers.FILE).is_file():
        raise ModelError(str(place), f"no {answers.FILE}", "the answers of its folds", "train it: rapport train")
    raw, heads = answers.load(place / answers.FILE), config["shape"]["heads"]
    examples = corpora.read(Path(corpora_folder), [c for c in config["recipe"]["corpora"] if c not in answers.UNTESTED])
    answered = [e for e in examples if e.name in raw]
    dealt = folds(answered, LOTS)
    answered += [answers.spoken(e) for e in answered if e.corpus == answers.SPOKEN]
    where = {e.name: dealt[e.group] for e in answered}
    parts = crossed(answers.collected(answered, raw, heads), where)
    never = answers.collected(corpora.read(Path(corpora_folder), corpora.NEVER), raw, heads)
    kept = Calibration.from_json(config["calibration"])
    rows = [*scores(parts), *scores([(kept, whole(never, kept))])]
    rows += [*trust(parts), *of_sessions(parts), *of_counts(parts), *cutting(answered, raw, where)]
    rows += [*told_apart(place), *beside(examples, where)]
    for target in filter(None, (out, model and str(place / "metrics.json"))):
        Path(target).write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    tables = [markdown(rows), *(confusion(parts, head, "annomi") for head in ("behaviour", "talk_type"))]
    if model:
        into_card(place / "README.md", "\n\n".join(tables))
    return "\n\n".join(tables)


def into_card(card: Path, table: str, marks: tuple[str, str] = MARKS) -> None:
    """Puts the table between two marks of the card; a folder without a card stays without."""
    if card.exists():
        before, _, rest = card.read_text(encoding="utf-8").partition(marks[0])
        _, _, after = rest.partition(marks[1])
        card.write_text(f"{before}{marks[0]}\n{table}\n{marks[1]}{after}", encoding="utf-8")


def markdown(rows: Sequence[Score]) -> str:
    """The rows as a Markdown table."""
    head = "| corpus | what | score | 90 % interval | counted on |\n|---|---|---|---|---|\n"
    return head + "\n".join(f"| {r.corpus} | {r.row} | {r.value:.3f} | {r.interval()} | {r.base} |" for r in rows)
