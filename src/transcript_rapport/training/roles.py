"""Fits and evaluates the model that tells a practitioner by how they talk.

``python -m transcript_rapport.training.roles evaluate CORPORA`` prints how often it is right on
whole sessions it did not see; ``fit CORPORA`` writes ``roles/weights.toml``. Labels are hidden:
the model sees only how each speaker talks. Needs scikit-learn (the ``train`` extra).
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from transcript_rapport.roles import talk
from transcript_rapport.session import Session
from transcript_rapport.settings import DEFAULTS
from transcript_rapport.training import as_command
from transcript_rapport.training.known import HELPER, OTHER, Known, read

FOLDS = 10
STRENGTH = 0.3
"""The inverse strength of the penalty on the weights of standardised habits."""

SHARES = {"annomi": 1.0, "fareez": 1.0, "primock57": 1.0, "hlqc": 1.0, "rogers": 0.0, "esconv": 0.5}
"""How much each corpus counts as a whole, whatever its number of sessions; 0 is for testing only."""

SESSIONS = 150
"""How many sessions a corpus of share 1 counts as."""


@dataclass(frozen=True)
class Case:
    """One excerpt of a known session, counted; ``form`` is ``written`` or ``spoken``."""

    known: Known
    excerpt: str
    form: str
    counted: Mapping[str, Mapping[str, talk.Rate]]


def spoken(session: Session) -> Session:
    """The session as a recogniser might write it: no case, no punctuation."""
    bare = (replace(u, text=re.sub(r"[^\w' ]+", " ", u.text).lower()) for u in session)
    return replace(session, utterances=tuple(bare))


def cases(known: Known) -> Iterator[Case]:
    """The whole session, its first 10, 20 and 40 utterances and 20 from its middle, written and spoken."""
    size, middle = len(known.session), len(known.session) // 2
    wanted = {"first 10": (0, 10), "first 20": (0, 20), "first 40": (0, 40), "middle 20": (middle, middle + 20)}
    cuts = {"whole": (0, size)} | {name: cut for name, cut in wanted.items() if cut[1] <= size}
    for name, (start, end) in cuts.items():
        for form in ("written", "spoken"):
            part = replace(known.session, utterances=known.session.utterances[start:end])
            if len(part.speakers) == 2:
                yield Case(known, name, form, talk.count(spoken(part) if form == "spoken" else part))


def couples(known: Known) -> Case:
    """The whole session with the other's turns dealt out to two labels, as if a couple had come."""
    dealt, turn = [], 0
    for before, u in zip((None, *known.session), known.session, strict=False):
        turn += before is not None and before.speaker != u.speaker
        dealt.append(replace(u, speaker=u.speaker if u.speaker == HELPER else f"{OTHER}{turn // 2 % 2}"))
    return Case(known, "couple", "written", talk.count(replace(known.session, utterances=tuple(dealt))))


def typical(seen: Sequence[Case]) -> dict[str, float]:
    """How often a speaker shows each habit over all whole sessions: what little talk is drawn towards."""
    rates = [rates for case in seen if case.excerpt == "whole" for rates in case.counted.values()]
    return {name: sum(r[name].times for r in rates) / sum(r[name].among for r in rates) for name in rates[0]}


def shares(seen: Sequence[Case]) -> list[float]:
    """What each case counts: every corpus its share, and within it every session the same."""
    per_session = Counter((case.known.corpus, case.known.session.name) for case in seen)
    sessions = Counter(corpus for corpus, _ in per_session)
    one = {corpus: SESSIONS * SHARES[corpus] / count for corpus, count in sessions.items()}
    return [one[c.known.corpus] / per_session[c.known.corpus, c.known.session.name] for c in seen]


def fit(seen: Sequence[Case]) -> talk.Weights:
    """The weights that tell A from B best, from differences between the two (no intercept: labels carry nothing)."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    seen = [case for case in seen if SHARES[case.known.corpus]]
    usual = typical(seen)
    pairs = [[talk.features(case.counted[label], usual) for label in (HELPER, OTHER)] for case in seen]
    names = list(pairs[0][0])
    rows_of = np.array([[one[name] - two[name] for name in names] for one, two in pairs])
    spread = np.sqrt((rows_of**2).mean(axis=0))
    both = np.vstack([rows_of / spread, -rows_of / spread])
    answers, share = np.repeat([1, 0], len(rows_of)), np.tile(shares(seen), 2) / 2
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=1000).fit(both, answers, sample_weight=share)
    return talk.Weights(dict(zip(names, (model.coef_[0] / spread).tolist(), strict=True)), usual)


def likeness(case: Case, model: talk.Weights) -> float:
    """The probability the model gives to the true practitioner, or minus that of a wrong first choice."""
    found = talk.likeness(case.counted, list(case.counted), model)
    first = max(found, key=lambda label: found[label])
    return found[first] if first == HELPER else -found[first]


def held_out(seen: Sequence[Case], part: Callable[[Case], str]) -> dict[int, float]:
    """For each case, by number, the likeness from a model that saw nothing of its part or its groups."""
    found: dict[int, float] = {}
    for name in sorted({part(case) for case in seen}):
        groups = {case.known.group for case in seen if part(case) == name}
        model = fit([case for case in seen if case.known.group not in groups and case.excerpt != "couple"])
        found.update({n: likeness(case, model) for n, case in enumerate(seen) if part(case) == name})
    return found


def folds(seen: Sequence[Case]) -> dict[str, str]:
    """A fold for every group: groups in order of name, dealt out."""
    return {group: str(n % FOLDS) for n, group in enumerate(sorted({case.known.group for case in seen}))}


def table(seen: Sequence[Case], found: Mapping[int, float], least: float) -> Iterator[str]:
    """For each corpus, excerpt and form: how many, the share decided, and the share of those decided rightly."""
    cells: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for n, case in enumerate(seen):
        cells[case.known.corpus, case.excerpt, case.form].append(found[n])
    yield "corpus     excerpt    form        n  first right  decided  wrong  right of decided"
    for (corpus, excerpt, form), values in cells.items():
        decided = [value for value in values if abs(value) >= least]
        wrong = sum(value < 0 for value in decided)
        first = sum(value > 0 for value in values) / len(values)
        right = f"{1 - wrong / len(decided):.1%}" if decided else "–"
        share = len(decided) / len(values)
        yield f"{corpus:10} {excerpt:10} {form:8} {len(values):4} {first:12.1%} {share:8.1%} {wrong:6} {right:>17}"


def reliability(found: Collection[float]) -> Iterator[str]:
    """Whether a stated certainty holds: for each band, the mean stated and the share right."""
    yield f"{'certainty':14} {'n':>5} {'stated':>8} {'right':>8}"
    for low, high in pairwise((0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)):
        band = [value for value in found if low <= abs(value) < high]
        if band:
            stated, right = sum(map(abs, band)) / len(band), sum(v > 0 for v in band) / len(band)
            yield f"{low:.2f} to {min(high, 1):.2f} {len(band):6} {stated:8.1%} {right:8.1%}"


def evaluate(seen: Sequence[Case], least: float = DEFAULTS.certainty) -> Iterator[str]:
    """The lines of the evaluation: sessions held out, then whole corpora held out, then reliability."""
    fold = folds(seen)
    by_session = held_out(seen, lambda case: fold[case.known.group])
    yield f"Whole sessions held out ({FOLDS} parts, sessions of one video series or actor together); certainty {least}"
    yield from table(seen, by_session, least)
    yield "\nWhole corpora held out"
    yield from table(seen, held_out(seen, lambda case: case.known.corpus), least)
    yield "\nStated certainty against share right (sessions held out)"
    yield from reliability(by_session.values())


def write(model: talk.Weights, to: Path) -> None:
    """The weights as TOML, in the package's own folder."""
    out = ["# Written by python -m transcript_rapport.training.roles fit; see docs/roles.md."]
    for name, numbers in (("weight", model.weight), ("typical", model.typical)):
        out += ["", f"[{name}]", *(f"{habit} = {number:.4f}" for habit, number in numbers.items())]
    to.write_text("\n".join(out) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """``evaluate CORPORA`` or ``fit CORPORA``; 2 where it is called otherwise."""
    if len(arguments) != 2 or arguments[0] not in ("evaluate", "fit"):
        sys.stderr.write("use: python -m transcript_rapport.training.roles evaluate|fit CORPORA\n")
        return 2
    seen = [case for known in read(Path(arguments[1])) for case in cases(known)]
    if arguments[0] == "fit":
        write(fit(seen), Path(talk.__file__).with_name("weights.toml"))
        return 0
    couple = [couples(case.known) for case in seen if case.excerpt == "whole" and case.form == "written"]
    for line in evaluate([*seen, *(case for case in couple if len(case.counted) == 3)]):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    as_command(main)
