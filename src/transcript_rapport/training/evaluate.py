"""Scores a model on whole sessions it has not seen: `rapport evaluate`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np

from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.detectors import judgment
from transcript_rapport.errors import ModelError
from transcript_rapport.measures.intervals import poisson
from transcript_rapport.report import SURE, Statement
from transcript_rapport.training import answers, baseline, boundaries, corpora, quality, segmentation, strays, unseen
from transcript_rapport.training.answers import Answer
from transcript_rapport.training.calibrate import CODED, SHARED, calibrate, family, weighed
from transcript_rapport.training.examples import Example
from transcript_rapport.training.scores import Pair, Score, area_under_curve, bootstrap, calibration_error, count, mean
from transcript_rapport.training.splits import folds

LOTS = 3
"""The sessions answered are dealt into so many lots; each is scored with what was fitted to the others."""
MARKS = ("<!-- scores -->", "<!-- /scores -->")
FAMILIES = {
    "reflection (any)": ("reflection",),
    "question (any)": ("question",),
    "validation (any)": ("validation",),
    "judgment (any)": ("judgment",),
    "advice (any)": ("advice",),
    "partnership (any)": ("partnership",),
    "client emotion or disclosure": ("client.emotion", "client.disclosure"),
}
COUNTED = ("reflection", "question", "validation", "judgment", "advice", "partnership", "change", "sustain")
"""The codes and talk types whose counts in a session are compared with people's."""
PEOPLE = {
    "behaviour": (0.855, "one expert against the majority of the other nine, seven AnnoMI sessions: 0.85 to 0.86"),
    "talk_type": (0.72, "one expert against the majority of the other nine, seven AnnoMI sessions"),
}
"""What people reach on the same task, from the corpus's ten-fold coded sessions."""


def asserted(one: Answer, calibration: Calibration) -> Iterator[tuple[str, Pair]]:
    """(head, pair) of every labelled place: what the model asserts there and what the labels say."""
    there = strays.right(one)
    yield from ((one.head, pair) for pair in zip(strays.chosen(one, calibration), there, strict=True))
    if one.head == "codes":
        every = [calibration.probabilities(one.outputs, logits) for logits in one.logits.tolist()]
        kinds = judgment.shown([Statement(0, 0, 0, calibration.practitioner(p), p) for p in every])
        said = (frozenset({kind} if kind else ()) for kind in kinds)
        yield from (("shown", pair) for pair in zip(said, there, strict=True))


Parts = Sequence[tuple[Calibration, Sequence[Answer]]]
"""Answers to score, each lot with a calibration that has not seen its sessions."""


def scores(parts: Parts) -> list[Score]:
    """Every row about codes and labels, per corpus."""
    collected: dict[tuple[str, str], list[list[Pair]]] = defaultdict(list)
    for calibration, lot in parts:
        for one in lot:
            by_head: dict[str, list[Pair]] = defaultdict(list)
            for head, pair in asserted(one, calibration):
                by_head[head].append(pair)
            for head, pairs in by_head.items():
                collected[one.corpus, head].append(pairs)
    return [row for (corpus, head), sessions in sorted(collected.items()) for row in _rows(corpus, head, sessions)]


def _rows(corpus: str, head: str, sessions: Sequence[Sequence[Pair]]) -> list[Score]:
    every = [pair for session in sessions for pair in session]
    if head == "shown":
        shown = count(every, ("judgment",))
        return [
            Score(f"judgment shown: {score}", corpus, *mean([("judgment",)], sessions, score), base)
            for score, base in (("precision", shown.said), ("recall", shown.there))
            if base
        ]
    names = sorted(set().union(*(there for _, there in every)))
    one_of = head not in CODED
    wanted: dict[str, list[tuple[str, ...]]] = {}
    if one_of:
        wanted[f"{head}: macro-F1"] = [(name,) for name in names]
    else:
        wanted |= {f"F1 {name}": [codes] for name, codes in FAMILIES.items() if _about(codes, head)}
    wanted |= {f"F1 {head}: {name}" if one_of else f"F1 {name}": [(name,)] for name in names}
    return [Score(row, corpus, *mean(groups, sessions), _base(row, groups[0], every)) for row, groups in wanted.items()]


def _about(names: Sequence[str], head: str) -> bool:
    return names[0].startswith("client") == (head == "client")


def _base(row: str, names: Sequence[str], pairs: Sequence[Pair]) -> int:
    return count(pairs, names).there if row.startswith("F1") else len(pairs)


def trust(parts: Parts) -> list[Score]:
    """Whether probabilities mean what they say, a family and a corpus: expected calibration error over ten bins.

    For behaviour and talk type also how often a label is right where the model is sure, and how often it is unsure.
    """
    columns: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    picked: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    for calibration, lot in parts:
        for one in lot:
            for logits, labels in zip(one.logits.tolist(), one.labels.tolist(), strict=True):
                if one.head in CODED:
                    probabilities = calibration.probabilities(one.outputs, logits).values()
                    for name, p, there in zip(one.outputs, probabilities, labels, strict=True):
                        columns[one.corpus, family(name)].append((p, there))
                else:
                    choice = calibration.choices[one.head]
                    shares, n = choice.probabilities(logits), choice.pick(logits)
                    columns[one.corpus, one.head] += zip(shares, labels, strict=True)
                    picked[one.corpus, one.head].append((shares[n], bool(labels[n])))
    rows = []
    for (corpus, name), column in sorted(columns.items()):
        table = np.array(column)
        error = calibration_error(table[:, 0], table[:, 1])
        rows.append(Score(f"calibration error: {name}", corpus, round(error, 3), None, None, len(table)))
    for (corpus, head), labels in sorted(picked.items()):
        sure = [right for p, right in labels if p >= SURE]
        unsure = 1 - len(sure) / len(labels)
        rows.append(
            Score(f"{head}: right where sure", corpus, round(sum(sure) / max(len(sure), 1), 3), None, None, len(sure))
        )
        rows.append(Score(f"{head}: share unsure", corpus, round(unsure, 3), None, None, len(labels)))
    return rows


def of_sessions(parts: Parts) -> list[Score]:
    """How near a session's estimated shares come to people's: mean absolute error, and how often intervals hold."""
    found: dict[tuple[str, str, str], list[tuple[float, bool]]] = defaultdict(list)
    for calibration, lot in parts:
        for one in lot:
            if one.head not in ("behaviour", "talk_type") or len(one.logits) < SHARED or not (one.weight == 1.0).all():
                continue
            choice = calibration.choices[one.head]
            shares = choice.shares([choice.probabilities(row) for row in one.logits.tolist()])
            for name, share, there in zip(one.outputs, shares, one.labels.mean(0).tolist(), strict=True):
                inside = share.low <= there <= share.high
                found[one.corpus, one.head, name].append((abs(share.value - there), inside))
    rows = []
    for (corpus, head, name), sessions in sorted(found.items()):
        for what, place in (("mean absolute error", 0), ("90 % interval holds", 1)):
            value = bootstrap([float(pair[place]) for pair in sessions], lambda drawn: sum(drawn) / len(drawn))
            rows.append(Score(f"{head} share of a session, {name}: {what}", corpus, *value, len(sessions)))
    return rows


def of_counts(parts: Parts) -> list[Score]:
    """How near a session's counts of a code come to people's, and how often their intervals hold people's count."""
    found: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    for calibration, lot in parts:
        by_corpus: dict[str, list[Answer]] = defaultdict(list)
        for one in lot:
            by_corpus[one.corpus].append(one)
        for corpus, answered in by_corpus.items():
            for name, sessions in strays.counts(answered, calibration).items():
                for said, there, places in sessions if name in COUNTED else ():
                    within = poisson(said, scatter=calibration.strays.get(name, 1.0))
                    off = 100 * abs(said - there) / places
                    found[corpus, name].append((off, round(within.low) <= there <= round(within.high)))
    rows = []
    for (corpus, name), held in sorted(found.items()):
        for what, place in (("per 100, mean absolute error", 0), ("90 % interval holds", 1)):
            value = bootstrap([float(pair[place]) for pair in held], lambda drawn: sum(drawn) / len(drawn))
            rows.append(Score(f"count of {name} in a session, {what}", corpus, *value, len(held)))
    return rows


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


def confusion(parts: Parts, head: str, corpus: str) -> str:
    """Which label was taken for which, as a Markdown table: a row a right label, a column a chosen one."""
    pairs = [
        pair
        for calibration, lot in parts
        for one in lot
        if (one.head, one.corpus) == (head, corpus)
        for _, pair in asserted(one, calibration)
    ]
    names = sorted({name for _, there in pairs for name in there})
    head_row = f"| {corpus}, {head} | " + " | ".join(f"chosen {name}" for name in names) + " |"
    cells = [
        f"| {right} | "
        + " | ".join(str(sum(pair == (frozenset({said}), frozenset({right})) for pair in pairs)) for said in names)
        + " |"
        for right in names
    ]
    return "\n".join([head_row, "|---" * (len(names) + 1) + "|", *cells])


def crossed(given: Sequence[Answer], where: Mapping[str, int]) -> list[tuple[Calibration, list[Answer]]]:
    """Each lot of answers with a calibration fitted to the other lots."""
    parts = []
    for fold in sorted(set(where.values())):
        others = [a for a in given if where[a.session] != fold and not answers.is_spoken(a.corpus)]
        fitted = calibrate(others)
        parts.append((fitted, weighed([a for a in given if where[a.session] == fold], fitted.phrases)))
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
    rows = [*scores(parts), *scores([(kept, weighed(never, kept.phrases))])]
    rows += [*trust(parts), *of_sessions(parts), *of_counts(parts), *cutting(answered, raw, where)]
    rows += [*told_apart(place), *beside(examples, where)]
    for target in filter(None, (out, model and str(place / "metrics.json"))):
        Path(target).write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    tables = [markdown(rows), *(confusion(parts, head, "annomi") for head in ("behaviour", "talk_type"))]
    if model:
        into_card(place / "README.md", "\n\n".join(tables))
    return "\n\n".join(tables)


def into_card(card: Path, table: str) -> None:
    """Puts the table between the card's two marks; a folder without a card stays without."""
    if card.exists():
        before, _, rest = card.read_text(encoding="utf-8").partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        card.write_text(f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{after}", encoding="utf-8")


def _interval(row: Score) -> str:
    return "–" if row.low is None or row.high is None else f"{row.low:.3f} to {row.high:.3f}"


def markdown(rows: Sequence[Score]) -> str:
    """The rows as a Markdown table."""
    head = "| corpus | what | score | 90 % interval | counted on |\n|---|---|---|---|---|\n"
    return head + "\n".join(f"| {r.corpus} | {r.row} | {r.value:.3f} | {_interval(r)} | {r.base} |" for r in rows)
