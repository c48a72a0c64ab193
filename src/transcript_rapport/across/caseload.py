"""A folder of sessions at a glance: where to spend time first and why, what stands out, how each measure spreads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from transcript_rapport.across import trend as moving
from transcript_rapport.across import uncertainty
from transcript_rapport.across.gather import Gathered
from transcript_rapport.batch.work import Problem
from transcript_rapport.renderers.dimensions import too_little
from transcript_rapport.renderers.priority import Priority, Weights, review_priority
from transcript_rapport.renderers.wording import interval, listed, number, ordinal, rate, title, value
from transcript_rapport.report import Finding, Measure, Report

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
TO_OPEN = ("judgment", "advice.directive", "jargon.unexplained")
"""Kinds of places to open first, the weightiest first."""
MOST_PLACES = 3
OUTLIER = (
    "A session stands out on a measure where its value lies beyond 1.5 times the middle half's width from the middle "
    f"half of these sessions (Tukey, 1977), its 90 % interval leaves the median out, and at least {LEAST_SESSIONS} "
    "sessions have enough to count."
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
class Case:
    """One session: its priority, on what it stands out (measure → sentence), and a few places to open first.

    ``course``: the priorities of the same practitioner's sessions in their order, this one's place among them.
    """

    report: Report
    priority: Priority
    outlying: Mapping[str, str]
    places: tuple[Finding, ...]
    course: str = ""

    @property
    def stands_out(self) -> bool:
        """Whether it stands out on a column of the table; on one of all measures, nearly every session does."""
        return any(name in SHOWN for name in self.outlying)


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
    by_name = {s.measure.name: s for s in spreads}
    cases = [
        Case(
            report,
            review_priority(report, weights),
            {
                m.name: _told(m, by_name[m.name])
                for m in report.measures
                if m.name in by_name and _out(m, by_name[m.name])
            },
            tuple(place for kind in TO_OPEN for place in report.of_kind(kind))[:MOST_PLACES],
        )
        for report in reports
    ]
    cases = _with_courses(cases)
    cases.sort(key=lambda case: -case.priority.value)
    return Caseload(tuple(cases), spreads, gathered.problems)


def _with_courses(cases: Sequence[Case]) -> list[Case]:
    """The cases, each told how the priority went over its practitioner's sessions, where there are several."""
    ordered = {id(report): place for place, report in enumerate(moving.ordered([case.report for case in cases]))}
    in_order = sorted(cases, key=lambda case: ordered[id(case.report)])
    of: dict[tuple[str, ...], list[Case]] = {}
    for case in in_order:
        of.setdefault(case.report.session.labels("practitioner"), []).append(case)
    return [replace(case, course=_course(case, of[case.report.session.labels("practitioner")])) for case in cases]


def _course(case: Case, own: Sequence[Case]) -> str:
    if len(own) < 2:
        return ""
    values = ", ".join(f"{other.priority.value:.2f}" for other in own)
    who, place = listed(case.report.session.labels("practitioner")) or "the practitioner", own.index(case) + 1
    return (
        f"Over the {len(own)} sessions of {who}, in their order: {values}; this is the {ordinal(place)}. The number "
        "has no interval: rapport trend says which measures moved more than their uncertainty."
    )


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


def _out(measure: Measure, of: Spread) -> bool:
    within = uncertainty.interval(measure)
    if measure.value is None or within is None or not _counts(measure) or len(of.sessions) < LEAST_SESSIONS:
        return False
    fence = 1.5 * (of.upper - of.lower)
    beyond = measure.value < of.lower - fence or measure.value > of.upper + fence
    return beyond and not within.low <= of.median <= within.high


def _told(measure: Measure, of: Spread) -> str:
    side = "higher" if (measure.value or 0.0) > of.median else "lower"
    return f"{title(measure)}: {value(measure)} ({interval(measure)}) is far {side} than most here ({of.told})"


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
            "practitioner": "; ".join(case.report.session.labels("practitioner")),
            "utterances": len(case.report.session),
            "review_priority": case.priority.value,
            "reasons": " ".join(reason.sentence for reason in case.priority.reasons),
            "stands_out": "; ".join(case.outlying.values()),
            **{name: measures.get(name) for name in names},
        }


def heading(of: Spread) -> str:
    """The measure's title for a column, with what a rate is counted per."""
    return of.measure.title + rate(of.measure)
