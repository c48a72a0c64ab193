"""Scores a model on whole sessions it has not seen: `rapport evaluate`."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from torch import Tensor

from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.coder.engine import Engine
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.detectors import judgment
from transcript_rapport.errors import ModelError
from transcript_rapport.report import Statement
from transcript_rapport.training import baseline, corpora
from transcript_rapport.training.calibrate import calibrate, labelled
from transcript_rapport.training.examples import Example, as_recognised
from transcript_rapport.training.train import read

RESAMPLES = 1000
TESTED = ("annomi", "primock57", "hlqc")
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


class Remembering(Engine):
    """An engine that reads each session once, however often it is asked."""

    def logits(self, units: Sequence[Unit]) -> dict[str, Tensor]:
        """Head → (statements, outputs), as the engine gives them."""
        known: dict[tuple[Unit, ...], dict[str, Tensor]] = self.__dict__.setdefault("known", {})
        key = tuple(units)
        if key not in known:
            known[key] = super().logits(units)
        return known[key]


Pair = tuple[frozenset[str], frozenset[str]]
"""What the model asserts and what the labels say, for one statement or utterance."""


@dataclass(frozen=True)
class Score:
    """One row of the evaluation: a score with its 90 % bootstrap interval over sessions."""

    row: str
    corpus: str
    value: float
    low: float | None
    high: float | None
    base: int


def asserted(engine: Engine, calibration: Calibration, example: Example) -> list[tuple[str, Pair]]:
    """(head, pair) of every label in a session: statement codes, client codes, behaviour and talk type."""
    logits = {name: x.tolist() for name, x in engine.logits(example.units).items()}
    heads = engine.network.shape.heads
    found: list[tuple[str, Pair]] = []
    for head, place, labels in labelled(example):
        choose = calibration.practitioner if head == "codes" else calibration.client
        said = frozenset(c for n in place for c in choose(calibration.probabilities(heads[head], logits[head][n])))
        there = frozenset(labels) - {"jargon"}
        found.append((head, (said, there)))
        if head == "codes":
            found.append(("shown", (_shown(calibration, heads[head], logits[head][place[0]]), there)))
    seen: set[int] = set()
    for n, unit in enumerate(example.units):
        for head, choice in calibration.choices.items():
            targets = example.utterance_targets.get(unit.utterance, {}).get(head)
            if targets and unit.utterance not in seen:
                said = frozenset({heads[head][choice.pick(logits[head][n])]})
                found.append((head, (said, frozenset(targets.values))))
        seen.add(unit.utterance)
    return found


def _shown(calibration: Calibration, names: Sequence[str], logits: Sequence[float]) -> frozenset[str]:
    """The kind of judgment a report would show for a practitioner's statement, by the coder's reading alone."""
    probabilities = calibration.probabilities(names, logits)
    kind = judgment.shown(Statement(0, 0, 0, calibration.practitioner(probabilities), probabilities))
    return frozenset({kind} if kind else ())


@dataclass(frozen=True, slots=True)
class Counts:
    """How often something was asserted, was there, and both."""

    hits: int = 0
    said: int = 0
    there: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.said + other.said, self.there + other.there)

    @property
    def f1(self) -> float:
        """2·hits / (said + there); 0 where neither occurs."""
        return 2 * self.hits / max(self.said + self.there, 1)

    @property
    def precision(self) -> float:
        """The share of what was asserted that was there."""
        return self.hits / max(self.said, 1)

    @property
    def recall(self) -> float:
        """The share of what was there that was asserted."""
        return self.hits / max(self.there, 1)


def count(pairs: Sequence[Pair], names: Sequence[str]) -> Counts:
    """How often any code of these names or families was asserted, was there, and both."""
    both = [(_any(said, names), _any(there, names)) for said, there in pairs]
    return Counts(sum(a and b for a, b in both), sum(a for a, _ in both), sum(b for _, b in both))


def _any(codes: frozenset[str], names: Sequence[str]) -> bool:
    return any(code == name or code.startswith(name + ".") for code in codes for name in names)


def mean(
    groups: Sequence[Sequence[str]], sessions: Sequence[Sequence[Pair]], score: str = "f1"
) -> tuple[float, float | None, float | None]:
    """The mean over ``groups`` of codes of their ``score`` (a property of Counts), with its 90 % interval.

    The interval draws whole sessions with replacement; one session alone has none.
    """
    counted = [[count(session, names) for names in groups] for session in sessions]
    if len(counted) < 2:
        return round(_mean(counted, score), 3), None, None
    chance = random.Random(0)
    drawn = sorted(_mean(chance.choices(counted, k=len(counted)), score) for _ in range(RESAMPLES))
    low, high = drawn[int(0.05 * RESAMPLES)], drawn[int(0.95 * RESAMPLES) - 1]
    return round(_mean(counted, score), 3), round(low, 3), round(high, 3)


def _mean(counted: Sequence[Sequence[Counts]], score: str) -> float:
    totals = [sum(column, Counts()) for column in zip(*counted, strict=True)]
    return sum(float(getattr(total, score)) for total in totals) / max(len(totals), 1)


Parts = Sequence[tuple[Calibration, Sequence[Example]]]
"""Sessions to score, each lot with a calibration that has not seen it."""


def scores(engine: Engine, parts: Parts) -> list[Score]:
    """Every row of the evaluation, per corpus."""
    collected: dict[tuple[str, str], list[list[Pair]]] = defaultdict(list)
    for calibration, examples in parts:
        for example in examples:
            by_head: dict[str, list[Pair]] = defaultdict(list)
            for head, pair in asserted(engine, calibration, example):
                by_head[head].append(pair)
            for head, pairs in by_head.items():
                collected[example.corpus, head].append(pairs)
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
    one_of = head in ("behaviour", "talk_type")
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


def linear(examples: Sequence[Example], held_out: Sequence[Sequence[Example]]) -> list[Score]:
    """The linear baseline on the same sessions, trained on all that are not held out."""
    test = [example for fold in held_out for example in fold]
    train = [e for e in examples if e.group not in {held.group for held in test}]
    rows = []
    for head in ("behaviour", "talk_type"):
        chosen, right = baseline.predict(train, test, head)
        pairs = [(frozenset({a}), frozenset({b})) for a, b in zip(chosen, right, strict=True)]
        value, _, _ = mean([(name,) for name in sorted(set(right))], [pairs])
        rows.append(Score(f"{head}: macro-F1 of the linear baseline", "annomi", value, None, None, len(pairs)))
    return rows


def run(corpora_folder: str, model: str | None = None, out: str | None = None) -> str:
    """Scores the model on its held-out sessions: a Markdown table.

    Each fold is scored with probabilities and thresholds that were chosen on the other held-out folds.
    Writes the rows as JSON into ``out``. For a ``model`` given by its folder also into ``metrics.json`` beside
    the weights, and the table into the model's card, between its two ``scores`` marks: the card's numbers
    are never typed by hand.
    """
    from transcript_rapport.coder import folder, weights
    from transcript_rapport.coder.batches import Tokens

    place = folder(model)
    loaded = weights.load(place)
    made = json.loads((place / "config.json").read_text(encoding="utf-8"))["recipe"]
    examples = read(Path(corpora_folder), [name for name in TESTED if name in made.get("corpora", TESTED)])
    held_out = [[e for e in examples if e.name in names] for names in made.get("held_out", ())]
    if sum(map(bool, held_out)) < 2:
        seen = "config.json names no two folds of these sessions as held out"
        raise ModelError(str(place), seen, "sessions it was not trained on", "train it anew")
    engine = Remembering(loaded.network, Tokens(loaded.tokenizer))
    parts = [(calibrate(engine, _others(held_out, n)), fold) for n, fold in enumerate(held_out)]
    rows = [*scores(engine, parts), *linear(examples, held_out), *spoken(engine, parts)]
    rows += scores(engine, [(loaded.calibration, corpora.read(Path(corpora_folder), ("rogers",)))])
    for target in filter(None, (out, model and str(place / "metrics.json"))):
        Path(target).write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    if model:
        into_card(place / "README.md", markdown(rows))
    return markdown(rows)


def _others(folds: Sequence[Sequence[Example]], n: int) -> list[Example]:
    return [example for m, fold in enumerate(folds) if m != n for example in fold]


def spoken(engine: Engine, parts: Parts) -> list[Score]:
    """AnnoMI again, as a speech recogniser might have written it."""
    chance = random.Random(0)
    lots = [
        (calibration, [as_recognised(e, chance) for e in lot if e.corpus == "annomi"]) for calibration, lot in parts
    ]
    return [replace(row, corpus="annomi as recognised speech") for row in scores(engine, lots)]


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
