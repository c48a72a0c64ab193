"""Intervals contain the value, stay in range, shrink as more is counted, and match published figures."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcript_rapport.measures import intervals

counts = st.integers(0, 200)


def width(interval):
    return interval.high - interval.low


@given(counts, counts)
def test_wilson_contains_the_share_and_stays_within_0_and_1(part, rest):
    if part + rest:
        low, high = intervals.wilson(part, part + rest)
        assert 0 <= low <= part / (part + rest) <= high <= 1


@given(counts, st.integers(1, 200), st.integers(2, 6))
def test_wilson_shrinks_as_the_base_grows(part, rest, factor):
    whole = part + rest
    assert width(intervals.wilson(part * factor, whole * factor)) < width(intervals.wilson(part, whole))


@settings(deadline=None)  # the first call loads scipy
@given(counts, st.floats(0.1, 1000))
def test_poisson_contains_the_rate_and_is_not_negative(count, exposure):
    low, high = intervals.poisson(count, exposure)
    assert 0 <= low <= count / exposure < high


@settings(deadline=None)
@given(counts, st.integers(2, 6))
def test_poisson_shrinks_as_the_base_grows(count, factor):
    assert width(intervals.poisson(count * factor, factor)) < width(intervals.poisson(count, 1))


@given(counts, st.integers(1, 200))
def test_ratio_contains_the_quotient_and_is_not_negative(over, under):
    low, high = intervals.ratio(over, under)
    assert 0 <= low <= over / under <= high < math.inf


@given(counts, st.integers(1, 200), st.integers(2, 6))
def test_ratio_shrinks_as_the_base_grows(over, under, factor):
    assert width(intervals.ratio(over * factor, under * factor)) < width(intervals.ratio(over, under))


@given(counts, st.integers(1, 200), st.floats(1, 9))
def test_a_coder_that_miscounts_widens_every_interval(part, rest, scatter):
    plain = (intervals.poisson(part, 3), intervals.wilson(part, part + rest), intervals.ratio(part, rest))
    wider = (
        intervals.poisson(part, 3, scatter),
        intervals.wilson(part, part + rest, scatter),
        intervals.ratio(part, rest, scatter),
    )
    values = (part / 3, part / (part + rest), part / rest)
    for once, more, value in zip(plain, wider, values, strict=True):
        assert 0 <= more.low <= value <= more.high
        assert width(more) >= width(once) - 1e-9


def test_scatter_of_four_counts_a_quarter_as_many_things():
    assert intervals.poisson(40, 10, 4) == pytest.approx(intervals.poisson(10, 2.5))
    assert intervals.wilson(24, 60, 4) == pytest.approx(intervals.wilson(6, 15))


pairs = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=30)


@given(pairs, st.integers(2, 5))
def test_of_sums_contains_the_share_stays_in_range_and_shrinks(exchanges, factor):
    parts, wholes = [p for p, _ in exchanges], [p + q for p, q in exchanges]
    once = intervals.of_sums(parts, wholes)
    if once is not None:
        share = sum(parts) / sum(wholes)
        assert 0 <= once.low <= share <= once.high <= 1
        again = intervals.of_sums(parts * factor, wholes * factor)
        assert again is not None
        assert width(again) < width(once)


@pytest.mark.parametrize(
    ("parts", "wholes"), [([], []), ([3], [5]), ([0, 0], [4, 5]), ([4, 5], [4, 5]), ([1, 2], [2, 4]), ([0, 0], [0, 0])]
)
def test_of_sums_says_nothing_where_exchanges_are_too_few_or_all_alike(parts, wholes):
    assert intervals.of_sums(parts, wholes) is None


def test_known_figures():
    assert intervals.poisson(0).high == pytest.approx(2.9957, abs=1e-3)  # -ln 0.05
    assert intervals.poisson(10) == pytest.approx((5.4254, 16.9622), abs=1e-3)  # Garwood's table
    # Wilson by its defining equation: at either end the share lies z standard errors away.
    for end in intervals.wilson(6, 15):
        assert abs(0.4 - end) == pytest.approx(intervals.Z * math.sqrt(end * (1 - end) / 15))
    # Jackknife by hand: without either exchange the share is 1/4 or 3/4, so its error is 1/4; t is 6.314.
    low, high = intervals.of_sums([30, 10], [40, 40])
    assert high == pytest.approx(1 / (1 + math.exp(-6.3138)), rel=1e-4)
    assert low == pytest.approx(1 - high)


def test_of_sums_uses_students_t():
    # Ten exchanges of 10 with shares 0.4 and 0.6: the error of a mean of equals is s / sqrt(n), t at 9 degrees 1.8331.
    error = math.sqrt(sum(0.1**2 for _ in range(10)) / 9 / 10)
    low, high = intervals.of_sums([4, 6] * 5, [10] * 10)
    assert math.log(high / (1 - high)) == pytest.approx(1.8331 * error / 0.25, rel=1e-3)
    assert low == pytest.approx(1 - high)


def test_poisson_stands_for_large_counts():
    low, high = intervals.poisson(3000)
    assert low < 3000 < high
    assert high - low == pytest.approx(2 * intervals.Z * math.sqrt(3000), rel=0.02)
