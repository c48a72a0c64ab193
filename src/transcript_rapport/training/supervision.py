"""How near a report comes to what a supervisor would say of the same session.

``python -m transcript_rapport.training.supervision FOLDER [CORPORA] [--each]`` reads sessions of which somebody wrote,
from the words alone, what to try next, what fell short and what was done well (``supervised``). It prints how often the
trainee's one goal is one of theirs, what is praised and marked rightly, and with ``--each`` every session.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from transcript_rapport.analysis import analyse
from transcript_rapport.renderers.goal import meant
from transcript_rapport.renderers.highlights import Highlight
from transcript_rapport.renderers.kinds import TO_TRY
from transcript_rapport.renderers.measured import went_well
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.report import Report
from transcript_rapport.settings import Settings
from transcript_rapport.training import as_command
from transcript_rapport.training.scores import bootstrap
from transcript_rapport.training.supervised import Place, Supervised, read

WELL = 4
"""Places done well that a report shows at most."""
Grade = Literal["right", "near", "wrong"]
GRADES: tuple[Grade, ...] = ("right", "near", "wrong")


@dataclass(frozen=True)
class Compared:
    """What a report says beside what the supervisor says of the same session."""

    told: Supervised
    steps: tuple[Highlight, ...]
    well: tuple[Highlight, ...]
    marks: tuple[tuple[str, int], ...]
    """The kind and utterance of each mark that asks for other words, once an utterance."""

    @property
    def goal(self) -> Grade:
        """The grade of the one goal a trainee is shown, or of showing none."""
        if not self.steps:
            return "right" if self.told.needs_nothing else "wrong"
        return graded(self.told, self.steps[0])

    @property
    def counts(self) -> Counter[str]:
        """What the figures are summed from."""
        counts = Counter({f"goal {self.goal}": 1, "goals": 1})
        counts.update(f"step {graded(self.told, step)}" for step in self.steps)
        counts.update(f"well {how}" for how in map(self.praised, self.well))
        counts["worthy"], counts["well sessions"] = len(self.told.praise), bool(self.told.praise)
        counts["well met"] = any(self.praised(told) == "worthy" for told in self.well)
        for kind, utterance in self.marks:
            counts[f"mark {self.marked(kind, utterance)}"] += 1
        for lapse in self.told.lapses:
            counts["lapses"] += 1
            counts[f"lapses {lapse.kind}"] += 1
            if any(_meets(lapse, kind, utterance) for kind, utterance in self.marks):
                counts["found"] += 1
                counts[f"found {lapse.kind}"] += 1
        return counts

    def praised(self, told: Highlight) -> str:
        """Whether what is held up is worth it, would embarrass, or is neither."""
        at = told.place.utterance if told.place else None
        if at is None:
            return "number"
        lapsed = any(at in lapse.at for lapse in self.told.lapses if lapse.kind != "opening")
        return "worthy" if at in self.told.praise else "awkward" if at in self.told.no_praise or lapsed else "plain"

    def marked(self, kind: str, utterance: int) -> str:
        """Whether a mark stands where something fell short, where one may differ, or where nothing did."""
        if any(_meets(place, kind, utterance) for place in self.told.lapses):
            return "right"
        near = (*self.told.arguable, *self.told.first, *self.told.also)
        lapsed = any(place.holds(utterance) for place in self.told.lapses)
        return "arguable" if lapsed or any(place.at and _meets(place, kind, utterance) for place in near) else "wrong"


def _meets(place: Place, kind: str, utterance: int | None) -> bool:
    """Whether a mark of ours is of the kind a supervisor means, and stands there or next to it."""
    return place.kind in meant(kind) and place.holds(utterance)


def graded(told: Supervised, step: Highlight) -> Grade:
    """A step is right as one of the first, near as another that would do, or where its kind or its place is right."""
    at = step.place.utterance if step.place else None
    if any(_meets(place, step.kind, at) for place in told.first):
        return "right"
    if any(_meets(place, step.kind, at) for place in told.also):
        return "near"
    either = any(place.kind in meant(step.kind) or (place.at and place.holds(at)) for place in told.first)
    return "near" if either else "wrong"


def compared(told: Supervised, settings: Settings) -> Compared:
    """The report of a session beside what the supervisor says of it."""
    report = analyse(told.session, settings)
    return Compared(told, suggestions(report), went_well(report, WELL), tuple(_marks(report)))


def _marks(report: Report) -> Iterator[tuple[str, int]]:
    marks = ((f.kind, f.utterance) for f in report.of_kind(*TO_TRY, "safety"))
    yield from dict.fromkeys(marks)


def table(every: Sequence[Compared]) -> str:
    """The figures over all sessions, each with its 90 % interval, sessions drawn again."""
    counts = [one.counts for one in every]
    shown = ("worthy", "plain", "awkward")
    parts = {
        **{f"goal, {grade}": (f"goal {grade}", ("goals",)) for grade in GRADES},
        **{f"steps, {grade}": (f"step {grade}", tuple(f"step {g}" for g in GRADES)) for grade in GRADES},
        **{f"praised, {how}": (f"well {how}", tuple(f"well {h}" for h in shown)) for how in shown},
        "sessions in which something worthy is praised, of those that have it": ("well met", ("well sessions",)),
        **{
            f"marks, {how}": (f"mark {how}", ("mark right", "mark arguable", "mark wrong"))
            for how in ("right", "wrong")
        },
        "lapses marked": ("found", ("lapses",)),
    }
    kinds = Counter(lapse.kind for one in every for lapse in one.told.lapses)
    parts |= {f"lapses marked, {kind}": (f"found {kind}", (f"lapses {kind}",)) for kind, _ in kinds.most_common()}
    utterances = sum(len(one.told.session) for one in every)
    rows = [
        f"{len(every)} sessions, {utterances} utterances",
        "",
        "| what | share | 90 % interval | of |",
        "|---|---|---|---|",
    ]
    return "\n".join([*rows, *(_row(name, counts, *part) for name, part in parts.items())]) + "\n"


def _row(name: str, counts: Sequence[Counter[str]], of: str, among: Sequence[str]) -> str:
    pairs = [(c[of], sum(c[a] for a in among)) for c in counts]
    value, low, high = bootstrap(pairs, _share)
    interval = "–" if low is None or high is None else f"{low:.2f} to {high:.2f}"
    return f"| {name} | {value:.2f} | {interval} | {sum(whole for _, whole in pairs)} |"


def _share(pairs: Sequence[tuple[int, int]]) -> float:
    return sum(part for part, _ in pairs) / max(1, sum(whole for _, whole in pairs))


def each(one: Compared) -> str:
    """One session: what we say first, and what the supervisor would."""
    step = one.steps[0] if one.steps else None
    ours = f"{step.kind} at {step.place.utterance if step.place else '–'}" if step else "none"
    theirs = "; ".join(f"{p.kind} at {sorted(p.at)}" for p in one.told.first)
    return f"{one.told.session.name}: {one.goal}: {ours} | {theirs}\n"


def main(arguments: Sequence[str]) -> int:
    """FOLDER [CORPORA] [--each]."""
    folders = [Path(argument) for argument in arguments if argument != "--each"]
    if not 0 < len(folders) < 3:
        sys.stderr.write("supervision: expected FOLDER, with sessions that were read, perhaps CORPORA, and --each\n")
        return 2
    every = [compared(told, Settings(reader="trainee")) for told in read(*folders)]
    sys.stdout.write("".join(map(each, every)) if "--each" in arguments else "")
    sys.stdout.write(table(every))
    return 0


if __name__ == "__main__":
    as_command(main)
