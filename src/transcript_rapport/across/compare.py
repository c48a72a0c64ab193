"""Two sessions side by side: every measure of both, and whether they differ by more than their uncertainty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from transcript_rapport.across import uncertainty
from transcript_rapport.english import BRITISH, Spelling, spelling
from transcript_rapport.measures.intervals import Interval
from transcript_rapport.renderers import foremost
from transcript_rapport.renderers.making import cautions
from transcript_rapport.renderers.wording import SHARE_UNITS, count, per
from transcript_rapport.report import Measure, Report

Outcome = Literal["higher", "lower", "open", "silent"]
METHOD = (
    f"{uncertainty.DIFFERENCE}. The intervals cover what was counted, treated as independent, so small differences "
    "deserve less trust than they seem to."
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One measure of both sessions; ``change`` is B minus A with its interval, None where nothing can be said.

    ``outcome``: B is ``higher`` or ``lower`` by more than the uncertainty; ``open``: the interval of
    the difference holds 0; ``silent``: one side cannot be measured, or its base is too small.
    """

    a: Measure
    b: Measure
    outcome: Outcome
    statement: str
    change: float | None = None
    within: Interval | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sessions by name, and their measures in pairs, in the order of a report; ``first``: see ``spoken``."""

    a: str
    b: str
    pairs: tuple[Pair, ...]
    spelling: Spelling = BRITISH
    first: tuple[str, ...] = ()

    @property
    def clear(self) -> tuple[Pair, ...]:
        """The measures on which the two differ by more than their uncertainty."""
        return tuple(pair for pair in self.pairs if pair.outcome in ("higher", "lower"))

    @property
    def told(self) -> str:
        """How many measures differ, and how many would by chance alone."""
        spoken = [pair for pair in self.pairs if pair.outcome != "silent"]
        if not spoken:
            return "No measure of these two sessions could be compared."
        differ = len(self.clear)
        return (
            f"{differ or 'None'} of {count(len(spoken), 'measure')} that could be compared "
            f"{'differ' if differ != 1 else 'differs'} by more than the uncertainty"
            f"{uncertainty.by_chance(differ, len(spoken))}, even if the two sessions were alike."
        )


def compare(a: Report, b: Report) -> Comparison:
    """The measures that both reports have, in pairs; those only one of them has are left out."""
    others: Mapping[str, Measure] = {measure.name: measure for measure in b.measures}
    pairs = (pair(measure, others[measure.name]) for measure in a.measures if measure.name in others)
    return Comparison(a.session.name, b.session.name, tuple(pairs), spelling(a, b), spoken({"A": a, "B": b}))


def spoken(reports: Mapping[str, Report]) -> tuple[str, ...]:
    """Doubts about who is who and where a client spoke of dying or harm, under each name: told before any number."""
    told = ((name, line) for name, r in reports.items() for line in (*cautions(r), *foremost.spoken(r)))
    return tuple(f"{name}: {line}" for name, line in told)


def pair(a: Measure, b: Measure) -> Pair:
    """One measure of two sessions, with what may be said about the difference."""
    reasons = {"A": uncertainty.silence(a), "B": uncertainty.silence(b)}
    within_a, within_b = uncertainty.interval(a), uncertainty.interval(b)
    if any(reasons.values()) or a.value is None or b.value is None or within_a is None or within_b is None:
        return Pair(a, b, "silent", _silent(reasons))
    change = b.value - a.value
    within = uncertainty.difference(a.value, within_a, b.value, within_b)
    outcome: Outcome = "higher" if within.low > 0 else "lower" if within.high < 0 else "open"
    if outcome == "open":
        told = f"no difference beyond the uncertainty ({signed(change, a.unit)}, {ends(within, a.unit)})"
    else:
        told = f"{outcome} in B by {by(change, within, a.unit)}"
    return Pair(a, b, outcome, told + uncertainty.caveat(a), change, within)


def _silent(reasons: Mapping[str, str]) -> str:
    told = {side: reason for side, reason in reasons.items() if reason}
    if len(set(told.values())) == 1 and len(told) == 2:
        return f"{next(iter(told.values()))} in both"
    return "; ".join(f"{reason} in {side}" for side, reason in told.items())


def by(change: float, within: Interval, unit: str) -> str:
    """How much higher or lower, the direction apart: ``4.5 per 10 (90 % range 1.2 to 7.1)``."""
    near, far = sorted((abs(within.low), abs(within.high)))
    least, most = (_sign(value, unit).lstrip("+") for value in (near, far))
    return f"{signed(abs(change), unit).lstrip('+')} (90 % range {least} to {most})"


def signed(value: float, unit: str) -> str:
    """A change with its sign: points of per cent for shares, ``per 100`` for rates, else the plain number."""
    return f"{_sign(value, unit)} {'points' if unit in SHARE_UNITS else per(unit)}".rstrip()


def ends(within: Interval, unit: str) -> str:
    """The interval of a change, both ends signed."""
    return f"{_sign(within.low, unit)} to {_sign(within.high, unit)}"


def _sign(value: float, unit: str) -> str:
    """A signed number, a digit less from 10 on; never a minus before a nought."""
    share = unit in SHARE_UNITS
    shown = value * 100 if share else value
    decimals = (1 if share else 2) - (abs(shown) >= 10)
    return f"{round(shown, decimals) + 0.0:+.{decimals}f}"


def rows(comparison: Comparison) -> Iterator[dict[str, object]]:
    """The comparison as tidy rows, a measure a row: what the CSV holds."""
    for p in comparison.pairs:
        yield {
            "name": p.a.name,
            "title": p.a.title,
            "unit": p.a.unit,
            **{f"{side}_{key}": getattr(m, key) for side, m in (("a", p.a), ("b", p.b)) for key in ENDS},
            "change": p.change,
            "change_low": p.within.low if p.within else None,
            "change_high": p.within.high if p.within else None,
            "outcome": p.outcome,
            "statement": p.statement,
        }


ENDS = ("value", "low", "high", "base")
