"""Scores a model on whole sessions it has not seen: `rapport evaluate`."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.coder.engine import Engine
from transcript_rapport.training import baseline, corpora
from transcript_rapport.training.calibrate import labelled
from transcript_rapport.training.examples import Example, as_recognised
from transcript_rapport.training.train import prepare, recipe

RESAMPLES = 400
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

Pair = tuple[frozenset[str], frozenset[str]]
"""What the model asserts and what the labels say, for one statement or utterance."""


@dataclass(frozen=True)
class Score:
    """One row of the evaluation: a score with its 90 % bootstrap interval over sessions."""

    row: str
    corpus: str
    value: float
    low: float
    high: float
    base: int


def asserted(engine: Engine, calibration: Calibration, example: Example) -> list[tuple[str, Pair]]:
    """(head, pair) of every label in a session: statement codes, client codes, behaviour and talk type."""
    logits = {name: x.tolist() for name, x in engine.logits(example.units).items()}
    heads = engine.network.shape.heads
    found: list[tuple[str, Pair]] = []
    for head, place, labels in labelled(example):
        choose = calibration.practitioner if head == "codes" else calibration.client
        said = frozenset(c for n in place for c in choose(calibration.probabilities(heads[head], logits[head][n])))
        found.append((head, (said, frozenset(labels) - {"jargon"})))
    seen: set[int] = set()
    for n, unit in enumerate(example.units):
        for head, choice in calibration.choices.items():
            targets = example.utterance_targets.get(unit.utterance, {}).get(head)
            if targets and unit.utterance not in seen:
                said = frozenset({heads[head][choice.pick(logits[head][n])]})
                found.append((head, (said, frozenset(targets.values))))
        seen.add(unit.utterance)
    return found


def f1_of(names: Sequence[str]) -> Callable[[Sequence[Pair]], float]:
    """F1 of "any code of these names or families"."""

    def score(pairs: Sequence[Pair]) -> float:
        said = [_any(a, names) for a, _ in pairs]
        there = [_any(b, names) for _, b in pairs]
        hits = sum(a and b for a, b in zip(said, there, strict=True))
        return 2 * hits / max(sum(said) + sum(there), 1)

    return score


def macro_f1(pairs: Sequence[Pair]) -> float:
    """The mean F1 over the labels that occur."""
    names = sorted(set().union(*(there for _, there in pairs)))
    return sum(f1_of([name])(pairs) for name in names) / max(len(names), 1)


def _any(codes: frozenset[str], names: Sequence[str]) -> bool:
    return any(code == name or code.startswith(name + ".") for code in codes for name in names)


def bootstrap(
    sessions: Sequence[Sequence[Pair]], score: Callable[[Sequence[Pair]], float]
) -> tuple[float, float, float]:
    """The score and its 90 % interval, drawing whole sessions with replacement."""
    chance = random.Random(0)
    drawn = sorted(
        score([pair for session in chance.choices(sessions, k=len(sessions)) for pair in session])
        for _ in range(RESAMPLES)
    )
    every = score([pair for session in sessions for pair in session])
    return round(every, 3), round(drawn[int(0.05 * RESAMPLES)], 3), round(drawn[int(0.95 * RESAMPLES) - 1], 3)


def scores(engine: Engine, calibration: Calibration, test: Sequence[Example]) -> list[Score]:
    """Every row of the evaluation, per corpus."""
    collected: dict[tuple[str, str], list[list[Pair]]] = defaultdict(list)
    for example in test:
        by_head: dict[str, list[Pair]] = defaultdict(list)
        for head, pair in asserted(engine, calibration, example):
            by_head[head].append(pair)
        for head, pairs in by_head.items():
            collected[example.corpus, head].append(pairs)
    return [row for (corpus, head), sessions in sorted(collected.items()) for row in _rows(corpus, head, sessions)]


def _rows(corpus: str, head: str, sessions: Sequence[Sequence[Pair]]) -> list[Score]:
    every = [pair for session in sessions for pair in session]
    wanted: dict[str, Callable[[Sequence[Pair]], float]] = {}
    if head in ("behaviour", "talk_type"):
        wanted[f"{head}: macro-F1"] = macro_f1
    else:
        wanted |= {f"F1 {name}": f1_of(names) for name, names in FAMILIES.items() if _about(names, head)}
    for name in sorted(set().union(*(there for _, there in every))):
        wanted[f"F1 {head}: {name}" if head in ("behaviour", "talk_type") else f"F1 {name}"] = f1_of([name])
    return [Score(row, corpus, *bootstrap(sessions, score), _base(row, every)) for row, score in wanted.items()]


def _about(names: Sequence[str], head: str) -> bool:
    return names[0].startswith("client") == (head == "client")


def _base(row: str, pairs: Sequence[Pair]) -> int:
    name = row.removeprefix("F1 ").split(": ")[-1]
    names = FAMILIES.get(name, (name,))
    return sum(_any(there, names) for _, there in pairs) if row.startswith("F1") else len(pairs)


def linear(train: Sequence[Example], test: Sequence[Example]) -> list[Score]:
    """The linear baseline on the same sessions."""
    rows = []
    for head in ("behaviour", "talk_type"):
        chosen, right = baseline.predict(train, test, head)
        pairs = [(frozenset({a}), frozenset({b})) for a, b in zip(chosen, right, strict=True)]
        value = round(macro_f1(pairs), 3)
        rows.append(Score(f"{head}: macro-F1 of the linear baseline", "annomi", value, value, value, len(pairs)))
    return rows


def run(corpora_folder: str, model: str | None = None, out: str | None = None) -> str:
    """Scores the model on its held-out sessions: a Markdown table.

    Writes the rows as JSON into ``out`` (default: ``metrics.json`` beside the weights) and the table into
    the model's card, between its two ``scores`` marks, so that the card's numbers are never typed by hand.
    """
    from transcript_rapport.coder import folder, weights
    from transcript_rapport.coder.batches import Tokens

    place = folder(model)
    loaded = weights.load(place)
    raw = json.loads((place / "config.json").read_text(encoding="utf-8"))["recipe"]
    chosen = recipe(None, **{name: tuple(v) if isinstance(v, list) else v for name, v in raw.items()})
    split = prepare(Path(corpora_folder), chosen)
    engine = Engine(loaded.network, Tokens(loaded.tokenizer))
    rows = [*scores(engine, loaded.calibration, split.test), *linear(split.train, split.test)]
    chance = random.Random(0)
    spoken = [as_recognised(e, chance) for e in split.test if e.corpus == "annomi"]
    rows += [replace(row, corpus="annomi as recognised speech") for row in scores(engine, loaded.calibration, spoken)]
    rows += scores(engine, loaded.calibration, corpora.read(Path(corpora_folder), ("rogers",)))
    target = Path(out) if out else place / "metrics.json"
    target.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    into_card(place / "README.md", markdown(rows))
    return markdown(rows)


def into_card(card: Path, table: str) -> None:
    """Puts the table between the card's two marks; a folder without a card stays without."""
    if card.exists():
        before, _, rest = card.read_text(encoding="utf-8").partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        card.write_text(f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{after}", encoding="utf-8")


def markdown(rows: Sequence[Score]) -> str:
    """The rows as a Markdown table."""
    head = "| corpus | what | score | 90 % interval | counted on |\n|---|---|---|---|---|\n"
    return head + "\n".join(
        f"| {r.corpus} | {r.row} | {r.value:.3f} | {r.low:.3f} to {r.high:.3f} | {r.base} |" for r in rows
    )
