"""With which of several steps a supervisor would likely begin: a plain sum, fitted on sessions read as one would.

What a session is most about counts (how many such places are to be expected in it), how likely somebody would point to
this place, and how often supervisors begin with a step of its kind. Fitted by ``training/goals.py``; without the
coder's remarks (``coder.remarks``), as where people coded, no step is ranked by it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transcript_rapport.codebook import FOREMOST, LAPSES, WELL, remark_of
from transcript_rapport.medical import is_medical
from transcript_rapport.renderers.highlights import Highlight
from transcript_rapport.renderers.kinds import within
from transcript_rapport.report import Finding, Report

SHIPPED = Path(__file__).with_name("goal.json")
MEANT: Mapping[str, tuple[str, ...]] = {
    "opening": ("opening",),
    "responsiveness.openings_answered_share": ("opening", "reflect"),
    "visit.feeling": ("opening", "reflect"),
    "visit.view": ("opening", "questions"),
    "visit.way": ("questions", "frame"),
    "visit.summary": ("reflect", "check"),
    "visit.explanation": ("check", "talking"),
    "collaboration.teach_back_per_ten_turns": ("check", "talking"),
    "collaboration.feedback_per_ten_turns": ("feedback",),
    "partnership.understanding_question": ("check",),
    "talk": ("talking",),
    "listening.open_question_share": ("questions",),
    "listening": ("reflect", "questions", "opening"),
    "question": ("questions",),
    "telling": ("talking", "check"),
    "self_disclosure": ("own",),
    "responsiveness": ("strain", "feedback"),
    "rupture": ("strain",),
    "judgment": ("judgment",),
    "advice": ("advice",),
    "jargon": ("jargon",),
    "transparency": ("certainty",),
    "praise": ("praise",),
    "frame.self_disclosures_per_ten_turns": ("own",),
    "safety": ("risk",),
}
"""Kinds of steps, the first that fits, and what a supervisor calls the same; the first name is what it counts as."""
READ_AT_MOST = 45
"""The practitioner's utterances in the sessions it was fitted on: of a longer one as many marks are expected as of a
stretch of that length, or mere length would make a matter of them."""
FEATURES = ("expected", "here", "foremost", "well", "all", "share", "all, measured", "visit, measured")


@dataclass(frozen=True)
class Weights:
    """What each kind of step and each feature counts, and from which worth on a step is shown."""

    kinds: Mapping[str, float]
    features: tuple[float, ...]
    least: float

    def worth(self, report: Report, step: Highlight) -> float:
        """Between 0 and 1: how likely a supervisor would begin with this step."""
        return self.likely(counted_as(step), seen(report, step))

    def likely(self, kind: str, told: Sequence[float]) -> float:
        """The same, by what a step counts as and its FEATURES."""
        total = sum(weight * x for weight, x in zip(self.features, told, strict=True))
        return 0.5 * (1 + math.tanh((self.kinds.get(kind, 0.0) + total) / 2))


def meant(kind: str) -> tuple[str, ...]:
    """What a supervisor calls a kind of ours; nothing where there is no word for it."""
    return next((names for ours, names in MEANT.items() if within(kind, ours)), ())


def counted_as(step: Highlight) -> str:
    """What a step counts as: the supervisor's word, with a star where no remark of the coder's stands for it."""
    first = next(iter(meant(step.kind)), "other")
    return first if remark_of(step.kind) else f"{first}*"


def seen(report: Report, step: Highlight) -> tuple[float, ...]:
    """The FEATURES of a step in its session."""
    remarks = [label.remarks for label in report.coded.labels if label.remarks]
    stretch = min(1.0, READ_AT_MOST / max(1, len(remarks)))
    expected = {name: stretch * sum(told.get(name, 0.0) for told in remarks) for name in LAPSES}
    every, name = sum(expected.values()), remark_of(step.kind)
    here = report.coded.labels[step.place.utterance].remarks if step.place else {}
    marked = bool(name)
    return (
        math.log1p(expected.get(name, 0.0)),
        here.get(name, 0.0),
        here.get(FOREMOST, 0.0),
        here.get(WELL, 0.0),
        math.log1p(every),
        expected.get(name, 0.0) / max(every, 0.5),
        (not marked) * math.log1p(every),
        float(not marked and is_medical(report)),
    )


def pointed_at(report: Report, finding: Finding) -> float:
    """How likely a supervisor would begin at this place, or else remark on it so; 0 where nobody knows."""
    remarks = report.coded.labels[finding.utterance].remarks
    return remarks.get(FOREMOST, 0.0) + remarks.get(remark_of(finding.kind), 0.0)


def knows(report: Report) -> bool:
    """Whether the coder's remarks are there, by which steps are ranked."""
    return SHIPPED.is_file() and any(label.remarks for label in report.coded.labels)


def ranked(report: Report, steps: Sequence[Highlight], most: int) -> list[Highlight]:
    """The steps with which one would likeliest begin, at most so many: one of a kind, one at an utterance."""
    weights = shipped()
    worth = sorted(((weights.worth(report, step), step) for step in steps), key=lambda told: -told[0])
    chosen: list[Highlight] = []
    for likely, step in worth:
        kinds = {next(iter(meant(held.kind)), held.kind) for held in chosen}
        places = {held.place.utterance for held in chosen if held.place}
        new = next(iter(meant(step.kind)), step.kind) not in kinds
        free = step.place is None or step.place.utterance not in places
        if likely >= weights.least and new and free and len(chosen) < most:
            chosen.append(step)
    return chosen


@cache
def shipped() -> Weights:
    """The weights that came with the package."""
    held = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return Weights(held["kinds"], tuple(held["features"][name] for name in FEATURES), held["least"])


def written(weights: Weights, made: str) -> str:
    """The weights as they are shipped."""
    features = dict(zip(FEATURES, (round(x, 4) for x in weights.features), strict=True))
    kinds = {kind: round(weight, 4) for kind, weight in sorted(weights.kinds.items())}
    return json.dumps({"made": made, "least": weights.least, "features": features, "kinds": kinds}, indent=2) + "\n"
