"""The times in columns of a table or of JSON rows: their unit found out, their values in milliseconds."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence

from transcript_rapport.timestamps import parse, parse_range

NOTHING = frozenset({"", "-", "–", "n/a", "na", "nan", "none", "null", "nat", "?"})
"""What people write for a time that is not known."""

Times = list[int | None]

_MS = re.compile(r"(^|_)(ms|millis|msec|milliseconds)($|_)|[a-z]Ms$|[mM]illis", re.ASCII)
_SECONDS = re.compile(r"(^|_)(s|sec|secs|seconds)($|_)", re.ASCII)
_DATED = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d),?\s+(\d{1,2}:\d\d)(:\d\d(?:\.\d{1,6})?)?(\s?(?:[ap]\.?m\.?)?)",
    re.IGNORECASE,
)
# Slower than three words a minute over a whole session: the numbers were milliseconds.
_SLOWEST = 0.05
_LONGEST = 10**11  # milliseconds: three years; what is more is a date


def spans(
    starts: Sequence[object],
    ends: Sequence[object],
    durations: Sequence[object],
    *,
    names: Sequence[str | None],
    words: int,
) -> tuple[Times, Times]:
    """Starts and ends in milliseconds of the cells of three columns; ``names`` are the columns' names.

    Without a unit in the name, whole numbers are milliseconds if as seconds they would mean almost
    no talk in a very long time (``words`` is the number of words spoken). Dates count from the first.
    """
    columns = (starts, ends, durations)
    scale = 1 if _evidently_ms(columns, words) else 1000
    start, end, length = (
        [_milliseconds(value, _scale(name, scale)) for value in cells]
        for name, cells in zip(names, columns, strict=True)
    )
    for row, value in enumerate(starts):
        both = parse_range(value) if isinstance(value, str) else None
        if both:
            start[row], end[row] = both
    for row, (begun, lasted) in enumerate(zip(start, length, strict=True)):
        if end[row] is None and begun is not None and lasted is not None:
            end[row] = begun + lasted
    return _from_first(starts, start, end)


def _scale(name: str | None, otherwise: int) -> int:
    if name and _MS.search(name):
        return 1
    return 1000 if name and _SECONDS.search(name.lower()) else otherwise


def _evidently_ms(columns: Sequence[Sequence[object]], words: int) -> bool:
    numbers = [number for cells in columns[:2] for value in cells if (number := _number(value)) is not None]
    if not numbers or any(not number.is_integer() for number in numbers):
        return False
    return words < (max(numbers) - min(numbers)) * _SLOWEST


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,15}([.,]\d{1,9})?\s*", value):
        return float(value.replace(",", "."))
    return None


def _milliseconds(value: object, scale: int) -> int | None:
    number = _number(value)
    if number is not None:
        return round(number * scale) if number >= 0 else None
    if isinstance(value, dt.timedelta):
        return round(value.total_seconds() * 1000)
    if isinstance(value, dt.time):
        return ((value.hour * 60 + value.minute) * 60 + value.second) * 1000 + value.microsecond // 1000
    moment = _moment(value)
    if moment is not None:
        return moment
    return parse(value) if isinstance(value, str) else None


def _moment(value: object) -> int | None:
    """A date with a clock time as milliseconds since 1970, or None."""
    if isinstance(value, str):
        value = _dated(value.strip())
    if not isinstance(value, dt.datetime):
        return None
    aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    return round(aware.timestamp() * 1000)


def _dated(value: str) -> dt.datetime | None:
    """The moment that ``2026-03-05 10:00`` or ``5/3/2026 10:00 AM`` means; in doubt the day stands first."""
    try:
        if re.match(r"\d{4}-\d\d-\d\d[T ]\d", value):
            return dt.datetime.fromisoformat(value)
        found = _DATED.fullmatch(value)
        since = parse(f"{found[4]}{found[5] or ':00'}{found[6]}") if found else None
        if not found or since is None:
            return None
        day, month, year = map(int, found.groups()[:3])
        day, month = (month, day) if month > 12 else (day, month)
        return dt.datetime(year + 2000 * (year < 100), month, day, tzinfo=dt.UTC) + dt.timedelta(milliseconds=since)
    except ValueError:
        return None


def _from_first(cells: Sequence[object], start: Times, end: Times) -> tuple[Times, Times]:
    known = [t for value, t in zip(cells, start, strict=True) if t is not None and _moment(value) is not None]
    known = known or [t for t in start if t is not None and t > _LONGEST]  # milliseconds since 1970
    if not known:
        return start, end
    first = min(known)
    return ([None if t is None else t - first for t in start], [None if t is None else t - first for t in end])
