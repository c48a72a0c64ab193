"""A folder of sessions at a glance: where to spend time first and why, what stands out, how each measure spreads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from transcript_rapport.across import uncertainty
from transcript_rapport.across.gather import Gathered
from transcript_rapport.across.order import SAFETY, Case, in_order, with_courses
from transcript_rapport.batch.work import Problem
from transcript_rapport.renderers.dimensions import too_little
from transcript_rapport.renderers.priority import Weights, review_priority
from transcript_rapport.renderers.wording import interval, number, rate, title, value
from transcript_rapport.report import Measure, Report

LEAST_SESSIONS = 8
SHOWN = (
    "talk.practitioner_word_share",
    "listening.reflection_to_question_ratio",
    "listening.open_question_share",
    "validation.validations_per_ten_turns",
    "acceptance.judgments_per_hundred_statements",
    "language.unexplained_jargon_per_ten_turns",
    "partnership.advice_without_permission_per_ten_turns",
)
"""The columns of the table: at least one measure of each dimension of a report."""
TO_OPEN = (SAFETY, "opening.missed", "rupture.passed", "judgment", "advice.directive", "jargon.unexplained")
"""Kinds of places to open first, the weightiest first."""
MOST_PLACES = 3
LEAST_EVENTS = 3
TOLD_SIDES: Mapping[str, tuple[str, ...]] = {
    "talk.practitioner_word_share": ("more", "less"),
    "listening.reflection_to_question_ratio": ("less",),
    "listening.open_question_share": ("less",),
    "validation.validations_per_ten_turns": ("less",),
    "acceptance.judgments_per_hundred_statements": ("more",),
    "language.unexplained_jargon_per_ten_turns": ("more",),
    "partnership.advice_without_permission_per_ten_turns": ("more",),
}
"""On which side of most a session stands out: much validation is no reason to look."""
OUTLIER = (
    "A session stands out on a column where its value lies beyond 1.5 times the middle half's width from the middle "
    "half of these sessions (Tukey, 1977), its 90 % interval leaves the median out, at least "
    f"{LEAST_EVENTS} events were counted (or would be, in a session of this length at the median, where there are "
    f"fewer than in most), and at least {LEAST_SESSIONS} sessions have enough to count. Much listening, validation or "
    "openness is never flagged."
)


@dataclass(frozen=True, slots=True)
class Spread:
    """How a measure spreads over the sessions that have enough to count; quartiles in the measure's unit."""

    measure: Measure
    sessions: tuple[tuple[str, float], ...]
    least: float
    lower: float
    median: float
    upper: float
    most: float

    @property
    def told(self) -> str:
        """The median and middle half in words."""
        unit = "" if self.measure.unit.startswith("per ") else self.measure.unit
        half = f"{number(self.lower, unit)} to {number(self.upper, unit)}"
        return f"median {number(self.median, unit)}, middle half {half}, {len(self.sessions)} sessions"


@dataclass(frozen=True, slots=True)
class Caseload:
    """The sessions, the most pressing first; the spread of each measure; and the files that could not be used."""

    cases: tuple[Case, ...]
    spreads: tuple[Spread, ...]
    problems: tuple[Problem, ...] = ()


def caseload(gathered: Gathered, weights: Weights | None = None) -> Caseload:
    """The caseload of the sessions gathered."""
    reports = gathered.reports
    spreads = tuple(filter(None, (spread(reports, name) for name in _names(reports))))
    named = {s.measure.name: s for s in spreads if s.measure.name in SHOWN}
    cases = [
        Case(
            report,
            review_priority(report, weights),
            {m.name: told for m in report.measures if m.name in named and (told := _out(m, named[m.name]))},
            tuple(place for kind in TO_OPEN for place in report.of_kind(kind))[:MOST_PLACES],
        )
        for report in reports
    ]
    return Caseload(tuple(in_order(with_courses(cases))), spreads, gathered.problems)


def _names(reports: Sequence[Report]) -> list[str]:
    return list(dict.fromkeys(measure.name for report in reports for measure in report.measures))


def spread(reports: Sequence[Report], name: str) -> Spread | None:
    """How one measure spreads; None where no session has enough to count."""
    held = [(report.session.name, m) for report in reports for m in report.measures if m.name == name and _counts(m)]
    values = [m.value for _, m in held if m.value is not None]
    if not values:
        return None
    quartiles = (float(q) for q in np.quantile(values, [0, 0.25, 0.5, 0.75, 1]))
    return Spread(held[0][1], tuple((session, m.value or 0.0) for session, m in held), *quartiles)


def _counts(measure: Measure) -> bool:
    return measure.value is not None and not too_little(measure)


def _out(measure: Measure, of: Spread) -> str:
    """On which side of most it stands out, as a sentence; empty where it does not."""
    within = uncertainty.interval(measure)
    if measure.value is None or within is None or not _counts(measure) or len(of.sessions) < LEAST_SESSIONS:
        return ""
    fence = 1.5 * (of.upper - of.lower)
    beyond = measure.value < of.lower - fence or measure.value > of.upper + fence
    side = "more" if measure.value > of.median else "less"
    events = _events(measure, measure.value if side == "more" else max(measure.value, of.median))
    apart = beyond and not within.low <= of.median <= within.high and events >= LEAST_EVENTS
    if not apart or side not in TOLD_SIDES[measure.name]:
        return ""
    return f"{title(measure)}: {value(measure)} ({interval(measure)}), {side} than most here ({of.told})"


def _events(measure: Measure, at: float) -> float:
    """How many events a value stands for on this measure's base: of a ratio, those above the line."""
    if measure.unit == "ratio":
        return measure.base * at / (1 + at)
    per, _, many = measure.unit.partition(" ")
    number_of = many.partition(" ")[0]
    return measure.base * at / (int(number_of) if per == "per" and number_of.isdigit() else 1)


def shown(of: Caseload) -> list[Spread]:
    """The spreads of the table's columns, in their order."""
    named = {s.measure.name: s for s in of.spreads}
    return [named[name] for name in SHOWN if name in named]


def rows(of: Caseload) -> Iterator[dict[str, object]]:
    """Tidy rows, a session a row, in the order to look at them: what the CSV holds."""
    names = _names([case.report for case in of.cases])
    for case in of.cases:
        measures = {m.name: m.value for m in case.report.measures}
        yield {
            "session": case.report.session.name,
            "place": case.place or None,
            "group": case.group,
            "practitioner": "; ".join(case.report.session.labels("practitioner")),
            "utterances": len(case.report.session),
            "review_priority": None if case.priority.too_short else case.priority.value,
            "reasons": " ".join(filter(None, (case.raised, *(reason.sentence for reason in case.priority.reasons)))),
            "stands_out": "; ".join(case.outlying.values()),
            **{name: measures.get(name) for name in names},
        }


HEADS = {"talk.practitioner_word_share": "Practitioner's share of the talk, by words"}
"""Titles that a column needs to say more in: reports give the share by time first, where there are times."""


def heading(of: Spread) -> str:
    """The measure's title for a column, with what a rate is counted per."""
    return HEADS.get(of.measure.name, of.measure.title) + rate(of.measure)
