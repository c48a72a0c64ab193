"""One person's sessions in order: each measure over time, and whether it moved more than its uncertainty."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from transcript_rapport.across import uncertainty
from transcript_rapport.across.compare import by, ends, signed, spoken
from transcript_rapport.across.gather import in_order
from transcript_rapport.across.line import Vector, fit
from transcript_rapport.across.promises import Promise, promises
from transcript_rapport.english import BRITISH, Spelling, spelling
from transcript_rapport.errors import SettingsError
from transcript_rapport.measures.intervals import Interval, Z
from transcript_rapport.norms import TOO_LITTLE
from transcript_rapport.questionnaires.definitions import questionnaires
from transcript_rapport.renderers.wording import SHARE_UNITS, count, listed
from transcript_rapport.report import Measure, Report
from transcript_rapport.roles.labels import names_nobody

LEAST_SESSIONS = 4
METHOD = (
    "A straight line over the order of the sessions, each weighted by its own uncertainty and by how much sessions "
    "differ beyond it (random-effects meta-regression, moment estimate: Thompson & Higgins, 2002; interval by "
    "Student's t: Knapp & Hartung, 2003). A change is from the first session to the last along that line, with its "
    "90 % interval; it is not the last number less the first. Where the line would leave what a number can be (a share "
    "over 100 %, a rate below none or above all that was counted), it ends there. Sessions are taken as independent of "
    "each other: where neighbours are alike, chance alone moves a line more often than one in ten times."
)
BY_DATE = "the dates in their names"
BY_NAME = "their names, since not every name holds a date: check that they took place in this order"
_DATES = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_. ]?(?P<m>[01]\d)[-_. ]?(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>[0-3]?\d)[.](?P<m>[01]?\d)[.](?P<y>(?:19|20)\d\d)(?!\d)"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A measure in one session; ``silence`` says why it does not count for the line, if it does not."""

    session: str
    order: int
    measure: Measure
    silence: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure over the sessions; ``change`` runs from first to last along the line, in the measure's unit."""

    name: str
    points: tuple[Point, ...]
    outcome: str
    statement: str
    change: float | None = None
    within: Interval | None = None

    @property
    def first(self) -> Measure:
        """The measure in the first session that has it."""
        return self.points[0].measure

    @property
    def last(self) -> Measure:
        """The measure in the last session that has it."""
        return self.points[-1].measure


@dataclass(frozen=True, slots=True)
class Trends:
    """All measures of one person's sessions, in the order of the sessions; ``first``: see ``compare.spoken``."""

    person: str
    sessions: tuple[str, ...]
    measures: tuple[Trend, ...]
    promises: tuple[Promise, ...] = ()
    spelling: Spelling = BRITISH
    ordered_by: str = BY_NAME
    first: tuple[str, ...] = ()

    @property
    def clear(self) -> tuple[Trend, ...]:
        """The measures that moved more than their uncertainty."""
        return tuple(trend for trend in self.measures if trend.outcome in ("rose", "fell"))

    @property
    def about(self) -> str:
        """Where the order came from and, where the label is a word for a role, that it may join strangers."""
        order = f"The order of the sessions is that of {self.ordered_by}."
        if not names_nobody(self.person):
            return order
        return (
            f"“{self.person}” says what somebody is and not who: whether all these sessions are one person's, only you "
            f"can know. If they are not, nothing below says how anyone changed. {order}"
        )

    @property
    def told(self) -> str:
        """How many measures moved, and how many would by chance alone."""
        with_intervals = (trend for trend in self.measures if not trend.name.startswith("questionnaires."))
        spoken = [trend for trend in with_intervals if trend.outcome != "silent"]
        moved = sum(trend.outcome != "open" for trend in spoken)
        if not spoken:
            return (
                f"Too little to say on any measure: it takes {LEAST_SESSIONS} sessions in which it has enough to count."
            )
        return (
            f"{moved or 'None'} of {count(len(spoken), 'measure')} moved more than the "
            f"uncertainty{uncertainty.by_chance(moved, len(spoken))}, even if nothing changed. A line says that "
            "something moved, not why."
        )


def when(name: str) -> date | None:
    """The date in a session's name (2024-03-07, 20240307 or 7.3.2024), or None."""
    for pattern in _DATES:
        for found in pattern.finditer(name):
            try:
                return date(*(int(found[part]) for part in "ymd"))
            except ValueError:
                continue
    return None


def ordered(reports: Sequence[Report]) -> list[Report]:
    """By the date in the name where every session has one, else by name."""
    if ordered_by(reports) == BY_DATE:
        return sorted(reports, key=lambda r: (when(r.session.name) or date.min, in_order(r.session.name)))
    return sorted(reports, key=lambda report: in_order(report.session.name))


def ordered_by(reports: Sequence[Report]) -> str:
    """What ``ordered`` goes by with these sessions, in words."""
    return BY_DATE if all(when(report.session.name) for report in reports) else BY_NAME


def of_person(reports: Sequence[Report], person: str | None) -> tuple[str, list[Report]]:
    """The sessions in which ``person`` is practitioner or client; without a name, of the only practitioner there is.

    A SettingsError lists the labels there are, practitioners first, for mostly it is theirs that is meant.
    """
    labels = {label for report in reports for label in report.session.labels("practitioner")}
    if person is None:
        if len(labels) != 1:
            raise SettingsError(
                "--person", f"practitioners {listed(sorted(labels)) or 'none'}", "one label", "name one"
            )
        person = next(iter(labels))
    wanted = person.casefold()
    chosen = [
        r
        for r in reports
        if any(r.session.roles.get(s) != "other" and s.casefold() == wanted for s in r.session.speakers)
    ]
    if not chosen:
        clients = {label for report in reports for label in report.session.labels("client")}
        known = [*sorted(labels), *sorted(clients - labels)]
        raise SettingsError(
            "--person", f"nobody is labelled {person!r}", f"one of {', '.join(known)}", "check the spelling"
        )
    return person, ordered(chosen)


def trends(reports: Sequence[Report], person: str) -> Trends:
    """Every measure over ``reports``, which stand in order."""
    measured = dict.fromkeys(measure.name for report in reports for measure in report.measures)
    measures = tuple(trend(_points(reports, name)) for name in measured)
    names = tuple(report.session.name for report in reports)
    first = spoken({report.session.name: report for report in reports})
    return Trends(person, names, measures, tuple(promises(reports)), spelling(*reports), ordered_by(reports), first)


def _points(reports: Sequence[Report], name: str) -> tuple[Point, ...]:
    return tuple(
        Point(report.session.name, order, measure, uncertainty.silence(measure))
        for order, report in enumerate(reports)
        for measure in report.measures
        if measure.name == name
    )


def trend(points: Sequence[Point]) -> Trend:
    """One measure's trend; ``silent`` with fewer than four sessions in which it has enough to count."""
    name, held = points[0].measure.name, tuple(points)
    if name.startswith("questionnaires."):
        return _reported(name, held)
    counted = [point for point in points if not point.silence]
    if len(counted) < LEAST_SESSIONS:
        reasons = {point.silence for point in points}
        few = f"{TOO_LITTLE}: enough to count in {len(counted)} of {count(len(points), 'session')}"
        why = f"{reasons.pop()} in any session" if len(reasons) == 1 and not counted else few
        return Trend(name, held, "silent", why)
    fitted = fit(*_numbers(counted))
    outcome = "rose" if fitted.slope > fitted.margin else "fell" if -fitted.slope > fitted.margin else "open"
    inside = fitted.between(counted[0].order, counted[-1].order, *_range(counted))
    low, change, high = (_change(inside(fitted.slope + side * fitted.margin)) for side in (-1, 0, 1))
    within = Interval(low, high)
    first = points[0].measure
    told = _told(outcome, change, within, first.unit) + uncertainty.caveat(first)
    return Trend(name, held, outcome, told, change, within)


def _change(of: tuple[float, float]) -> float:
    return of[1] - of[0]


def _told(outcome: str, change: float, within: Interval, unit: str) -> str:
    """How far the line went; its ends are not told, since they are no session's numbers."""
    if outcome == "open":
        return f"no movement beyond the uncertainty (along the line {signed(change, unit)}, {ends(within, unit)})"
    return f"{outcome} from the first session to the last, by {by(change, within, unit)} along the line"


def _range(points: Sequence[Point]) -> tuple[float, float]:
    """The least and the most a measure can be: shares 0 to 1; what is counted, 0 to the highest interval end here.

    Differences have no end below 0.
    """
    measures, unit = [point.measure for point in points], points[0].measure.unit
    if unit in SHARE_UNITS or unit.endswith("0 to 1"):
        return 0.0, 1.0
    if any((m.low or 0.0) < 0 or (m.value or 0.0) < 0 for m in measures):
        return (-1.0, 1.0) if "share" in unit else (-math.inf, math.inf)
    return 0.0, max(m.high or 0.0 for m in measures)


def _reported(name: str, points: tuple[Point, ...]) -> Trend:
    """A questionnaire's first and last total, against its published reliable change where there is one.

    Source: Jacobson & Truax (1991), J Consult Clin Psychol 59:12-19; the values are cited in
    ``questionnaires/definitions.toml``.
    """
    of = questionnaires().get(name.partition(".")[2])
    values = [point.measure.value for point in points if point.measure.value is not None]
    if len(values) < 2:
        return Trend(name, points, "silent", f"{TOO_LITTLE}: reported in {count(len(values), 'session')}")
    change = values[-1] - values[0]
    told = f"reported {values[0]:g} first and {values[-1]:g} last ({change:+g} points)"
    if of is None or of.reliable_change is None:
        return Trend(name, points, "silent", f"{told}; no reliable change is published for it that we could cite")
    moved = abs(change) >= of.reliable_change
    outcome = "open" if not moved else "rose" if change > 0 else "fell"
    least = f"{of.reliable_change:g} points that count as reliable change"
    side = "at least" if moved else "less than"
    return Trend(name, points, outcome, f"{told}: {side} the {least} ({of.change_source})", change)


def _numbers(points: Sequence[Point]) -> tuple[Vector, Vector, Vector]:
    orders = np.array([point.order for point in points], dtype=float)
    values = np.array([point.measure.value for point in points], dtype=float)
    widths = [(point.measure.high or 0.0) - (point.measure.low or 0.0) for point in points]
    return orders, values, np.maximum(np.array(widths) / (2 * Z), 1e-9)


def rows(trends: Trends) -> Iterator[dict[str, object]]:
    """Tidy rows, a measure of a session a row, with the trend's statement on each: what the CSV holds."""
    for t in trends.measures:
        for point in t.points:
            m = point.measure
            yield {
                "person": trends.person,
                "session": point.session,
                "order": point.order + 1,
                "ordered_by": "date" if trends.ordered_by == BY_DATE else "name",
                **{key: getattr(m, key) for key in ("name", "title", "value", "low", "high", "unit", "base")},
                "left_out": point.silence,
                "outcome": t.outcome,
                "change": t.change,
                "change_low": t.within.low if t.within else None,
                "change_high": t.within.high if t.within else None,
                "statement": t.statement,
            }
