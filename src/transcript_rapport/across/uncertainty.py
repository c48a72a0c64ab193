"""Whether two numbers differ by more than their uncertainty, and what may be said at all."""

from __future__ import annotations

import math

from transcript_rapport.measures.intervals import Interval
from transcript_rapport.measures.remarks import CAUTION
from transcript_rapport.norms import TOO_LITTLE
from transcript_rapport.renderers.dimensions import too_little
from transcript_rapport.report import Measure

DIFFERENCE = "90 % interval of the difference from the two intervals (MOVER; Zou & Donner, 2008)"


def silence(measure: Measure) -> str:
    """Why nothing can be said on this measure, or an empty text where something can."""
    if measure.value is None:
        return "not measurable"
    if too_little(measure):
        return TOO_LITTLE
    return "no interval" if measure.low is None or measure.high is None else ""


def caveat(measure: Measure) -> str:
    """What a report tells of a measure that was learned from readings, as the end of a statement on it."""
    return f"; {CAUTION}" if measure.name.startswith("remarks.") else ""


def by_chance(apart: int, of: int) -> str:
    """How many of so many measures would be ``apart`` by chance alone, as the end of a sentence on how many are."""
    about = max(1, round(of / 10))
    if 0 < apart <= about:
        return f", no more than chance alone would give (about {about})"
    return f"; about {about} would by chance alone"


def interval(measure: Measure) -> Interval | None:
    """The measure's 90 % interval, where it has one."""
    if measure.value is None or measure.low is None or measure.high is None:
        return None
    return Interval(measure.low, measure.high)


def difference(a: float, of_a: Interval, b: float, of_b: Interval) -> Interval:
    """Interval of ``b - a`` from the intervals of both, which must hold their values.

    The distances to the ends are squared and added, side by side, so that skewed intervals stay
    skewed. Source: Zou & Donner (2008), Stat Med 27:1693-1702; for shares Newcombe (1998), Stat Med
    17:873-890.
    """
    change = b - a
    down = math.hypot(b - of_b.low, of_a.high - a)
    up = math.hypot(of_b.high - b, a - of_a.low)
    return Interval(change - down, change + up)
