"""Talk time as interval algebra, by example and by law."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.invented import session
from transcript_rapport.measures.times import between, gaps, intersection, noted_silences, talk_times, total, union


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("I don't know. [silence, 1 min 50 s] He left. (2.5)", [110_000, 2_500]),
        ("(12 seconds pause) Yes. [3 minutes of silence]", [12_000, 180_000]),
        ("[long pause 40 sec] (pause: 0:20)", [40_000, 20_000]),
        ("[pause] I was 12. (about 30 of them) [silence] It took 2 minutes (see 3.1 there).", []),
    ],
)
def test_silences_as_transcribers_note_them(text: str, lengths: list[int]) -> None:
    assert noted_silences(text) == lengths


stretches = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


def moments(parts):
    return {moment for start, end in parts for moment in range(start, end)}


@given(stretches)
def test_union_covers_the_same_moments_in_order_and_apart(parts):
    joined = union(parts)
    assert moments(joined) == moments(parts)
    assert union(joined) == joined
    assert all(before[1] < after[0] for before, after in pairwise(joined))
    assert total(joined) == len(moments(parts))


@given(stretches, stretches)
def test_intersection_is_what_both_cover(first, second):
    shared = intersection(union(first), union(second))
    assert moments(shared) == moments(first) & moments(second)
    assert shared == intersection(union(second), union(first))
    assert total(union(first)) + total(union(second)) == total(union(first + second)) + total(shared)


@given(stretches)
def test_gaps_and_talk_fill_the_whole(parts):
    joined = union(parts)
    if joined:
        assert total(joined) + total(gaps(joined)) == joined[-1][1] - joined[0][0]


@given(stretches, st.lists(st.integers(-5, 70), min_size=2, max_size=8))
def test_between_bounds_counts_every_moment_once(parts, bounds):
    bounds = sorted(bounds)
    each = between(union(parts), bounds)
    assert list(each) == [len(moments(parts) & set(range(a, b))) for a, b in pairwise(bounds)]


@given(st.lists(st.tuples(st.sampled_from("TC"), st.integers(0, 90), st.integers(1, 20)), min_size=1, max_size=12))
def test_shares_of_both_sides_sum_to_one(spoken):
    made = session([(who, "Hello.", ()) for who, _, _ in spoken], [(at, at + last) for _, at, last in spoken])
    times = talk_times(made)
    assert total(times.practitioner) / times.talk_ms + total(times.client) / times.talk_ms == pytest.approx(1)


def test_a_missing_end_becomes_the_next_start_and_the_last_lasts_no_time():
    lines = [("T", "Hello.", ()), ("C", "Hello.", ()), ("T", "Well.", ())]
    times = talk_times(session(lines, [(0, None), (4000, None), (9000, None)]))
    assert times.utterances == ((0, 4000), (4000, 9000), (9000, 9000))
    assert times.estimated
    exact = talk_times(session(lines, [(0, 3000), (4000, 8000), (9000, 9500)]))
    assert exact.utterances == ((0, 3000), (4000, 8000), (9000, 9500))
    assert not exact.estimated


def test_without_every_start_there_are_no_times():
    lines = [("T", "Hello.", ()), ("C", "Hello.", ())]
    assert talk_times(session(lines)) is None
    assert talk_times(session(lines, [(0, 10), (None, 20)])) is None
    assert talk_times(session([])) is None
