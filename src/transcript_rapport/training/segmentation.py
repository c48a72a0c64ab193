"""Fits and evaluates the model that cuts unpunctuated speech into thought units.

``python -m transcript_rapport.training.segmentation evaluate CORPORA`` prints how well its cuts meet those
of whole sessions it did not see; ``fit CORPORA`` writes ``boundaries.json``. Learns from HLQC's coded
thought units and from the sentences of AnnoMI and PriMock57, stripped of case and marks. Needs
scikit-learn (the ``train`` extra).
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from transcript_rapport import statements
from transcript_rapport.session import Role
from transcript_rapport.statements import CUES, Boundaries, plain
from transcript_rapport.training import as_command, corpora
from transcript_rapport.training.examples import Example
from transcript_rapport.training.scores import Counts
from transcript_rapport.training.splits import folds

CORPORA = {"hlqc": 2.0, "annomi": 1.0, "primock57": 1.0}
"""How much a gap of each corpus counts; HLQC alone is recognised speech cut by a coder."""

TEST, VALIDATION = (0, 1), (2,)
"""The folds of ``training.recipe.Recipe``."""

SEEN = 3
"""A cue that occurs less often says nothing."""

STRENGTH = 1.0
"""The inverse strength of the penalty on the weights."""

KEPT = 12_000
"""Weights in the file: those that move the fit most."""

READINESS = (0.0, 0.4, 0.7, 1.0, 1.3, 1.6)
"""What validation sessions choose from: log-odds added to every gap, as the best F1 asks for more cuts."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An utterance as the statements its coder saw; ``fold`` is that of its session."""

    corpus: str
    fold: int
    role: Role
    parts: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """The plain words."""
        return [word for part in self.parts for word in _plain(part)]

    @property
    def cuts(self) -> list[int]:
        """Where a statement ends inside the turn, counted in plain words."""
        return cuts([len(_plain(part)) for part in self.parts])

    def bare(self) -> str:
        """The turn without case and marks, as a recogniser writes it."""
        return " ".join(self.words)


def _plain(text: str) -> list[str]:
    return [word for word in map(plain, text.split()) if word]


def cuts(sizes: Sequence[int]) -> list[int]:
    """Sizes of units as the number of words before each inner boundary."""
    ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
    return sorted({end for end in ends if 0 < end < sum(sizes)})


def read(folder: Path) -> list[Turn]:
    """The turns whose statements are known, with the fold of their session."""
    examples = corpora.read(folder, tuple(sorted(CORPORA)))
    dealt = folds(examples)
    return [turn for e in examples for turn in _turns(e, dealt[e.group])]


def _turns(example: Example, fold: int) -> Iterator[Turn]:
    for _, members in groupby(range(len(example.units)), key=lambda n: example.units[n].utterance):
        numbers = list(members)
        parts = tuple(example.units[n].text for n in numbers)
        if numbers[0] not in example.statement_targets:
            if example.corpus == "hlqc":
                continue  # nobody has cut the clients' recognised speech
            parts = sentences(" ".join(parts))
        yield Turn(example.corpus, fold, example.units[numbers[0]].role, parts)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a punctuated text."""
    return tuple(sentence.text for sentence in statements.pipeline()(text).sents)


def fit(turns: Sequence[Turn], strength: float = STRENGTH, kept: int = KEPT) -> Boundaries:
    """The model fitted to the turns outside the test and validation folds, its readiness settled on validation."""
    train = [turn for turn in turns if turn.fold not in (*TEST, *VALIDATION)]
    seen = Counter(cue for turn in train for cue in _named(turn.words))
    names = {cue for cue, count in seen.items() if count >= SEEN}
    first, _ = _weights(train, names, strength)
    # What a weight moves grows with how often its cue occurs.
    names = set(sorted(names, key=lambda cue: (-abs(first[cue]) * math.sqrt(seen[cue]), cue))[:kept])
    weights, intercept = _weights(train, names, strength)
    tables = tuple({word: w for (cue, word), w in weights.items() if cue == n} for n in range(len(CUES)))
    held = [turn for turn in turns if turn.fold in VALIDATION]
    models = (_model(tables, intercept + ready) for ready in READINESS)
    return max(models, key=lambda model: _mean_f1(held, model))


def _named(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    return (pair for gap in statements.cues(words) for pair in enumerate(gap))


def _weights(
    turns: Sequence[Turn], names: set[tuple[int, str]], strength: float
) -> tuple[dict[tuple[int, str], float], float]:
    """Penalised logistic regression: is there a boundary in this gap? The weight of each cue and the intercept."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    order = sorted(names)
    column = {cue: n for n, cue in enumerate(order)}
    columns: list[int] = []
    ends, answers, counts = [0], [], []
    for turn in turns:
        inner = set(turn.cuts)
        for n, gap in enumerate(statements.cues(turn.words), start=1):
            columns += [column[pair] for pair in enumerate(gap) if pair in column]
            ends.append(len(columns))
            answers.append(n in inner)
            counts.append(CORPORA[turn.corpus])
    ones = np.ones(len(columns), dtype=np.float32)
    gaps = csr_matrix((ones, np.array(columns), np.array(ends)), shape=(len(answers), len(order)))
    fitted = LogisticRegression(C=strength, max_iter=150).fit(gaps, answers, sample_weight=counts)
    return dict(zip(order, map(float, fitted.coef_[0]), strict=True)), float(fitted.intercept_[0])


def _model(tables: Sequence[Mapping[str, float]], start: float) -> Boundaries:
    """The model as it will be read back: rounded, so that what is measured is what is written."""
    rounded = tuple({word: round(w, 2) for word, w in table.items() if round(w, 2)} for table in tables)
    return Boundaries(rounded, round(start, 2))


def met(found: Sequence[int], there: Sequence[int], within: int) -> int:
    """How many boundaries agree to ``within`` words, each counted once; both in order."""
    count, at = 0, 0
    for place in found:
        while at < len(there) and there[at] < place - within:
            at += 1
        if at < len(there) and there[at] <= place + within:
            count += 1
            at += 1
    return count


def score(pairs: Sequence[tuple[Sequence[int], Sequence[int]]], within: int) -> Counts:
    """Pairs of (found, there), one a turn, as one score; the ends of turns are given and do not count."""
    hits = sum(met(found, there, within) for found, there in pairs)
    return Counts(hits, sum(len(found) for found, _ in pairs), sum(len(there) for _, there in pairs))


def of_text(texts: Sequence[tuple[str, Turn]], within: int) -> Counts:
    """The statements that ``split`` finds in each text against those of its turn."""
    pairs = []
    for text, turn in texts:
        found = [len(_plain(text[start:end])) for start, end in statements.split(text)]
        pairs.append((cuts(found), turn.cuts))
    return score(pairs, within)


def evaluate(turns: Sequence[Turn]) -> Iterator[tuple[str, int, Counts]]:
    """(what was cut, within how many words, score) on the test sessions, as ``split`` cuts them."""
    held = [turn for turn in turns if turn.fold in TEST]
    for corpus in CORPORA:
        members = [turn for turn in held if turn.corpus == corpus]
        for form, said in (("as it is", " ".join), ("bare", None)):
            texts = [(said(t.parts) if said else t.bare(), t) for t in members]
            for within in (0, 1):
                yield f"{corpus}, {form}", within, of_text(texts, within)


def _mean_f1(turns: Sequence[Turn], model: Boundaries) -> float:
    """F1 within one word, each corpus counted alike but for its share."""
    total = 0.0
    for corpus, share in CORPORA.items():
        pairs = [(cuts(statements.units(t.words, model)), t.cuts) for t in turns if t.corpus == corpus and t.words]
        total += share * score(pairs, within=1).f1
    return total / sum(CORPORA.values())


def write(model: Boundaries, path: Path = statements.WEIGHTS) -> None:
    """The model as JSON, in an order that is the same every time."""
    weights = {cue: dict(sorted(table.items())) for cue, table in zip(CUES, model.weights, strict=True)}
    document = {"start": model.start, "weights": weights}
    path.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Fits or evaluates: ``fit CORPORA`` or ``evaluate CORPORA``."""
    match arguments:
        case ["fit", folder]:
            write(fit(read(Path(folder))))
        case ["evaluate", folder]:
            sys.stdout.write(f"{'':22}within  precision  recall  F1     boundaries\n")
            for name, within, got in evaluate(read(Path(folder))):
                figures = f"{got.precision:9.3f}  {got.recall:6.3f}  {got.f1:5.3f}  {got.there:10}"
                sys.stdout.write(f"{name:22}{within:6}  {figures}\n")
        case _:
            sys.stderr.write("segmentation: expected 'fit CORPORA' or 'evaluate CORPORA'\n")
            return 2
    return 0


if __name__ == "__main__":
    as_command(main)
