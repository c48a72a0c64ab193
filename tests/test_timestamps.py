import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcript_rapport.timestamps import parse, parse_range, show


@pytest.mark.parametrize(
    ("written", "ms"),
    [
        ("00:01:02", 62_000),
        ("1:02", 62_000),
        ("00:01:02.500", 62_500),
        ("00:01:02,5", 62_500),
        ("[00:01]", 1_000),
        ("(0:13)", 13_000),
        ("90:00", 5_400_000),
        ("0:0:5.320", 5_320),
        ("62.5", 62_500),
        ("62,5 s", 62_500),
        ("800 ms", 800),
        ("1m 5s", 65_000),
        ("1h 2m 3.5s", 3_723_500),
        ("2 min", 120_000),
    ],
)
def test_times_people_write(written: str, ms: int) -> None:
    assert parse(written) == ms


@pytest.mark.parametrize("written", ["", "n/a", "soon", "00:61:00", "00:00:75", "-3", "1:2:3:4", "12 March", "1" * 50])
def test_what_is_no_time(written: str) -> None:
    assert parse(written) is None


def test_teams_writes_milliseconds_without_zeros() -> None:
    assert parse("0:0:7.80", whole_ms=True) == 7_080
    assert parse("0:0:7.80") == 7_800


def test_ranges() -> None:
    assert parse_range("[00:01 - 00:05.5]") == (1_000, 5_500)
    assert parse_range("00:00:01.000 --> 00:00:02.000") == (1_000, 2_000)
    assert parse_range("00:01") is None


@given(st.integers(min_value=0, max_value=999 * 3600 * 1000))
def test_shown_times_are_read_back(ms: int) -> None:
    assert parse(show(ms)) == ms


@given(st.integers(min_value=0, max_value=10**9))
def test_seconds_and_milliseconds_are_read_back(ms: int) -> None:
    assert parse(f"{ms / 1000:.3f}") == ms
    assert parse(f"{ms} ms") == ms


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_none(text: str) -> None:
    found = parse(text)
    assert found is None or found >= 0
