"""Intervals of a difference of two shares, and of an index that is neither share nor rate."""

from __future__ import annotations

import math
from collections.abc import Sequence

from transcript_rapport.measures.intervals import Interval, student, wilson


def of_blocks(value: float, without: Sequence[float], within: tuple[float, float | None]) -> Interval | None:
    """Interval of any number of a session from its values with each stretch of the session left out in turn.

    The delete-one-block jackknife with Student's t, cut to the range ``within``. None with fewer than
    three stretches, or where leaving one out changes nothing.
    Source: Quenouille (1956), Biometrika 43:353-360.
    """
    count = len(without)
    if count < 3:
        return None
    middle = sum(without) / count
    error = math.sqrt((count - 1) / count * sum((one - middle) ** 2 for one in without))
    if error <= 1e-12:
        return None
    margin = student(count - 1) * error
    least, most = within
    return Interval(max(least, value - margin), min(math.inf if most is None else most, value + margin))


def difference(part: int, whole: int, other_part: int, other_whole: int, scatter: float = 1.0) -> Interval:
    """Interval of ``part`` ÷ ``whole`` − ``other_part`` ÷ ``other_whole`` (both wholes > 0), within -1 and 1.

    Source: Newcombe (1998), Stat Med 17:873-890, method 10, from two Wilson intervals.
    """
    one, two = part / whole, other_part / other_whole
    first, second = wilson(part, whole, scatter), wilson(other_part, other_whole, scatter)
    low = one - two - math.hypot(one - first.low, second.high - two)
    return Interval(max(-1.0, low), min(1.0, one - two + math.hypot(first.high - one, two - second.low)))
