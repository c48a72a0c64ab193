"""A folder of sessions at a glance: where to spend time first and why, what stands out, how each measure spreads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from transcript_rapport.across import uncertainty
from transcript_rapport.across.gather import Gathered
from transcript_rapport.across.order import SAFETY, Case, in_order, with_courses
from transcript_rapport.batch.work import Problem
from transcript_rapport.renderers.counts import events, titled, told
from transcript_rapport.renderers.dimensions import too_little
from transcript_rapport.renderers.foremost import Line, pressing
from transcript_rapport.renderers.kinds import within
from transcript_rapport.renderers.making import in_doubt
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.renderers.priority import Priority, Weights, review_priority
from transcript_rapport.renderers.review import stops
from transcript_rapport.renderers.wording import listed, number, rate, shortened
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
TO_OPEN = (SAFETY, "opening.missed", "rupture.passed", "judgment", "advice.directive", "jargon.unexplained")
"""Kinds of places to open first, the weightiest first."""
JUDGING = "acceptance.judgments_per_hundred_statements"
LABELS = "The labels may be exchanged: look first."
MOST_PLACES = 3
FIRST_WORDS = 40
"""Characters of a place's words in a line, by which it can be found."""
LEAST_EVENTS = 3
TOLD_SIDES: Mapping[str, tuple[str, ...]] = {
    "talk.practitioner_word_share": ("more",),
    "listening.reflection_to_question_ratio": ("less",),
    "listening.open_question_share": ("less",),
    "validation.validations_per_ten_turns": ("less",),
    "acceptance.judgments_per_hundred_statements": ("more",),
    "language.unexplained_jargon_per_ten_turns": ("more",),
    "partnership.advice_without_permission_per_ten_turns": ("more",),
}
"""On which side of most a session stands out: much validation is no reason to look, nor is little talk."""
OUTLIER = (
    "An asterisk marks what is clearly more, or less, than in the middle one of these sessions: it lies in the outer "
    f"quarter, its 90 % range leaves the median out, at least {LEAST_EVENTS} events were counted (or would be, in a "
    "session of this length at the median, where there are fewer than in most), and at least "
    f"{LEAST_SESSIONS} sessions have enough to count. Much listening, validation or openness is never marked."
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
    sure = [report for report in reports if not in_doubt(report)]
    spreads = tuple(filter(None, (spread(sure, name) for name in _names(sure))))
    named = {s.measure.name: s for s in spreads if s.measure.name in SHOWN}
    cases = [_case(report, named, weights) for report in reports]
    return Caseload(tuple(in_order(with_courses(cases))), spreads, gathered.problems)


def _case(report: Report, named: Mapping[str, Spread], weights: Weights | None) -> Case:
    lines, priority = pressing(report), review_priority(report, weights)
    doubted = in_doubt(report)
    measures = () if doubted else report.measures
    outlying = {m.name: out for m in measures if m.name in named and (out := _out(m, named[m.name]))}
    begin = [place for line in lines for place in line.places]
    found = [place for kind in ((SAFETY,) if doubted else TO_OPEN) for place in report.of_kind(kind)]
    once: dict[tuple[str, str], Finding] = {}
    for place in found:
        once.setdefault((place.kind, place.quote.lower()), place)
    places = sorted(once.values(), key=lambda f: f.span not in begin)[:MOST_PLACES]
    return Case(report, priority, outlying, tuple(places), _line(report, lines, priority))


def _line(report: Report, lines: Sequence[Line], priority: Priority) -> str:
    """Why to open a session and where to begin, before anything is opened."""
    if in_doubt(report):
        return " ".join((LABELS, *map(str, lines)))
    marked = " ".join(map(str, lines)) or _if_time(report)
    if any(report.of_kind(SAFETY)):
        return marked
    if priority.too_short:
        return f"{marked} Too short: {priority.counted} of {priority.of} measures had enough to count."
    if priority.unfit:
        return marked
    up = (reason for _, reasons in priority.sides for reason in reasons)
    first = next((r for r in up if not (lines and r.measure.name == JUDGING)), None)  # Nor is a remark counted twice.
    return f"{marked} {'Also sooner' if lines else 'Sooner'} for {first.briefly}." if first else marked


def _if_time(report: Report) -> str:
    """A place or two for when there is time: of the transcript, else of the report's steps.

    A judgment too faint to weigh is no reason: the report's first step stands for it.
    """
    steps = [step for step in suggestions(report) if step.place][:2]
    first = next(iter(steps), None)
    hear = [first if within(stop.kind, "judgment") else stop for stop in stops(report, 2)] or steps
    found = [
        f"utterance {at.place.utterance}, “{shortened(at.quote, FIRST_WORDS)}” ({at.title[:1].lower()}{at.title[1:]})"
        for at in hear
        if at and at.place
    ]
    return f"Nothing weighty is marked{f'; if there is time, hear {listed(found)}' if found else ''}."


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
    outer = measure.value <= of.lower or measure.value >= of.upper
    side = "more" if measure.value > of.median else "less"
    enough = events(measure, measure.value if side == "more" else max(measure.value, of.median)) or 0
    apart = outer and not within.low <= of.median <= within.high and enough >= LEAST_EVENTS
    if not apart or side not in TOLD_SIDES[measure.name]:
        return ""
    return f"{titled(measure)}, {side} than most here, at {told(measure)}; {of.told}"


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
            "review_priority": case.priority.value if case.group == "ordered" else None,
            "why": case.line,
            "reasons": " ".join(filter(None, (case.raised, *_sides(case.priority)))),
            "stands_out": "; ".join(case.outlying.values()),
            **{name: measures.get(name) for name in names},
        }


def _sides(priority: Priority) -> Iterator[str]:
    return (f"{way}: {' '.join(reason.sentence for reason in reasons)}" for way, reasons in priority.sides)


HEADS = {
    "talk.practitioner_word_share": "Practitioner's share of the words",
    "listening.reflection_to_question_ratio": "Reflections to questions",
    "listening.open_question_share": "Open questions, of all",
    "validation.validations_per_ten_turns": "Validating statements, in turns",
    "acceptance.judgments_per_hundred_statements": "May sound judging, of statements",
    "language.unexplained_jargon_per_ten_turns": "Terms unexplained, in turns",
    "partnership.advice_without_permission_per_ten_turns": "Advice without asking, in turns",
}
"""Titles of the columns, in which counts stand."""


def heading(of: Spread) -> str:
    """The measure's title with what a rate is counted per."""
    return of.measure.title + rate(of.measure)
