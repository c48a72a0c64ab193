from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.across import sessions
from transcript_rapport.renderers import counts
from transcript_rapport.report import Measure

JUDGED = Measure(
    "acceptance.judgments_per_hundred_statements",
    "Words that could be heard as judgment",
    21.4286,
    "per 100 practitioner statements",
    42,
    "practitioner statements",
    6.87,
    51.0,
)


def of(
    unit: str, value: float, base: int, base_of: str, low: float | None = None, high: float | None = None
) -> Measure:
    return Measure("a.b", "B", value, unit, base, base_of, low, high)


@pytest.mark.parametrize(
    ("measure", "first", "then"),
    [
        (JUDGED, "9 of 42 statements", "21.4 per 100 (6.87 to 51)"),
        (replace(JUDGED, value=0.0, low=0.0, high=9.91), "0 of 42 statements", "up to 9.91 per 100"),
        (of("per 10 practitioner turns", 28.75, 12, "practitioner turns"), "28.8", ""),
        (of("per 10 practitioner turns", 0.8824, 34, "practitioner turns"), "3 in 34 turns", "0.88 per 10"),
        (of("share", 0.8, 15, "reflections", 0.42, 0.96), "12 of 15 reflections", "80 % (42 to 96 %)"),
        (of("share", 0.0, 1, "reflections", 0.0, 0.82), "0 of 1 reflection", "up to 82 %"),
        (of("ratio", 7.5, 17, "reflections and questions", 1.31, 42.9), "15 to 2", "7.50 : 1 (1.31 to 42.9)"),
        (of("ratio", 0.0, 4, "reflections and questions", 0.0, 0.98), "0 to 4", "up to 0.98 : 1"),
        (of("share", 0.56, 1803, "words", 0.41, 0.71), "56 %", ""),
        (of("share", 0.1381, 39, "practitioner utterances", 0.06, 0.22), "14 %", "(6 to 22 %)"),
        (of("words", 15.8, 21, "practitioner turns"), "15.8 words", ""),
        (replace(JUDGED, value=None), "not measurable", ""),
    ],
)  # fmt: skip
def test_what_was_counted_comes_first_and_the_rate_second(measure: Measure, first: str, then: str) -> None:
    told = counts.told(measure)
    assert (told.first, told.then) == (first, then)


def test_a_base_that_is_too_small_gives_no_rate() -> None:
    told = counts.told(replace(JUDGED, base=14, value=7.1429, note="counted on only 14: too little to say"))
    assert str(told) == "1 of 14 statements: too little to say"


def test_a_title_says_what_a_rate_is_counted_per_only_where_its_count_does_not() -> None:
    assert counts.titled(JUDGED) == "Words that could be heard as judgment"
    corrected = replace(JUDGED, value=21.9)
    assert counts.titled(corrected) == "Words that could be heard as judgment, per 100 practitioner statements"


def test_the_range_of_what_was_counted_in_full_is_not_drawn() -> None:
    assert counts.in_sight(of("share", 0.6, 100, "seconds of talk", 0.4, 0.8)).low is None
    assert counts.in_sight(JUDGED) == JUDGED


@given(st.integers(0, 60), st.integers(1, 60))
def test_a_count_comes_back_from_its_rate_as_written_down(part: int, whole: int) -> None:
    rate = sessions.rate(part, whole)
    assert counts.counted(replace(rate, value=round(rate.value or 0, 4))) == part
    if part <= whole:
        share = sessions.share(part, whole)
        assert counts.counted(replace(share, value=round(share.value or 0, 4))) == part
