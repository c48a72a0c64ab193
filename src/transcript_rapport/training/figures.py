"""How good answers are: every row of the evaluation about codes, labels, and what is counted from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.detectors import readings
from transcript_rapport.measures.intervals import poisson
from transcript_rapport.report import SURE, Statement
from transcript_rapport.training import strays
from transcript_rapport.training.answers import Answer
from transcript_rapport.training.calibrate import CODED, SHARED, family
from transcript_rapport.training.scores import Pair, Score, bootstrap, calibration_error, count, mean

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


def asserted(one: Answer, calibration: Calibration) -> Iterator[tuple[str, Pair]]:
    """(head, pair) of every labelled place: what the model asserts there and what the labels say."""
    there = strays.right(one)
    yield from ((one.head, pair) for pair in zip(strays.chosen(one, calibration), there, strict=True))
    if one.head == "codes":
        every = [calibration.probabilities(one.outputs, logits) for logits in one.logits.tolist()]
        kinds = readings.shown([Statement(0, 0, 0, calibration.practitioner(p), p) for p in every])
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
        error = calibration_error(*np.array(column).T)
        rows.append(Score(f"calibration error: {name}", corpus, round(error, 3), None, None, len(column)))
    for (corpus, head), labels in sorted(picked.items()):
        sure = [right for p, right in labels if p >= SURE]
        right, unsure = sum(sure) / max(len(sure), 1), 1 - len(sure) / len(labels)
        rows.append(Score(f"{head}: right where sure", corpus, round(right, 3), None, None, len(sure)))
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
            shares = choice.shares(one.logits.tolist())
            for name, share, there in zip(one.outputs, shares, one.labels.mean(0).tolist(), strict=True):
                inside = share.low <= there <= share.high
                found[one.corpus, one.head, name].append((abs(share.value - there), inside))
    return [
        row
        for (corpus, head, name), sessions in sorted(found.items())
        for row in _nearness(f"{head} share of a session, {name}: ", corpus, sessions)
    ]


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
    return [
        row
        for (corpus, name), sessions in sorted(found.items())
        for row in _nearness(f"count of {name} in a session, ", corpus, sessions, per="per 100, ")
    ]


def _nearness(what: str, corpus: str, sessions: Sequence[tuple[float, bool]], per: str = "") -> Iterator[Score]:
    """How far off each session was, and how often its interval held what people counted."""
    for row, place in ((f"{what}{per}mean absolute error", 0), (f"{what}90 % interval holds", 1)):
        value = bootstrap([float(session[place]) for session in sessions], lambda drawn: sum(drawn) / len(drawn))
        yield Score(row, corpus, *value, len(sessions))


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
