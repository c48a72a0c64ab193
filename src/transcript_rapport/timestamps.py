"""Times as people write them, to whole milliseconds and back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,9}|(?<=\d:\d\d:\d\d)[:;]\d{2,3}(?![\d:]))?"
"""Pattern of a clock time: ``1:02``, ``00:01:02``, ``00:01:02.500`` or ``,500`` or ``:500``, with frames
``00:01:02:15``."""

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?")
_COLON_MS = re.compile(r"(\d{1,3}:\d{1,2}:\d{1,2}):(\d{3})")  # a colon where the point belongs
_HALF_DAY = re.compile(r"(\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)\s?([ap])\.?m\.?", re.IGNORECASE)
_FRAMES = re.compile(r"(\d{1,3}:\d\d:\d\d)[:;]([0-5]\d)")
_FRAMES_A_SECOND = 30
_NUMBER = re.compile(r"(\d{1,12}(?:[.,]\d{1,20})?)\s*(ms|msec|s|secs?|seconds?)?", re.IGNORECASE)
_UNITS = re.compile(
    r"(?:(\d{1,4})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,5})\s*m(?:in(?:ute)?s?)?)?\s*(?:(\d{1,5}(?:[.,]\d{1,9})?)\s*s(?:ec(?:ond)?s?)?)?",
    re.IGNORECASE,
)
_LONGEST = 40  # characters; longer cells are words, and not worth matching
_RANGE = re.compile(rf"[\[(]?\s*({CLOCK})\s*(?:-->|->|→|–|—|-|to)\s*({CLOCK})\s*[\])]?")


def parse(text: str, *, whole_ms: bool = False) -> int | None:
    """Milliseconds meant by ``text``, or None where it is no time.

    Reads clocks (``mm:ss``, ``hh:mm:ss``, with ``.`` or ``,`` before the fraction), times of day (``1:02 PM``), plain
    seconds (``62.5``), and units (``62.5 s``, ``1m 2s``, ``800 ms``). Frames (``00:01:02:15``) are taken at 30 a
    second, for a time does not say their rate. ``whole_ms``: the digits after the
    point count milliseconds and were not padded, as Microsoft Teams writes them (``7.80`` is 7.080 s).
    """
    text = text.strip().strip("[]()").strip()
    if len(text) > _LONGEST:
        return None
    if of_day := _HALF_DAY.fullmatch(text):
        return _of_day(of_day[1], of_day[2].lower() == "p")
    if with_colon := _COLON_MS.fullmatch(text):
        text = f"{with_colon[1]}.{with_colon[2]}"
    framed = _FRAMES.fullmatch(text)
    if framed and (whole := parse(framed[1])) is not None:
        return whole + min(round(int(framed[2]) * 1000 / _FRAMES_A_SECOND), 999)
    clock = _CLOCK.fullmatch(text)
    if clock:
        return _from_clock(*clock.groups(), whole_ms=whole_ms)
    number = _NUMBER.fullmatch(text)
    if number:
        milliseconds = (number[2] or "").lower().startswith("ms") or (number[2] or "").lower() == "msec"
        return round(_number(number[1]) * (1 if milliseconds else 1000))
    units = _UNITS.fullmatch(text)
    hours, minutes, seconds = (_number(part or "0") for part in units.groups()) if units else (0.0, 0.0, 0.0)
    return round(((hours * 60 + minutes) * 60 + seconds) * 1000) if units and any(units.groups()) else None


def parse_range(text: str) -> tuple[int, int] | None:
    """Start and end in milliseconds of a range such as ``00:01 - 00:05``, or None."""
    found = _RANGE.fullmatch(text.strip()) if len(text) <= 3 * _LONGEST else None
    if not found:
        return None
    start, end = parse(found[1]), parse(found[2])
    return None if start is None or end is None else (start, end)


def show(ms: int) -> str:
    """The clock time of ``ms`` milliseconds, as ``hh:mm:ss`` or ``hh:mm:ss.mmm``."""
    seconds, rest = divmod(ms, 1000)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{clock}.{rest:03}" if rest else clock


def _of_day(clock: str, afternoon: bool) -> int | None:
    """Milliseconds since midnight; with AM or PM, ``1:02`` is hours and minutes."""
    hour, _, rest = clock.partition(":")
    past = parse(rest if ":" in rest else f"{rest}:00")
    return None if past is None or not 1 <= int(hour) <= 12 else (int(hour) % 12 + 12 * afternoon) * 3_600_000 + past


def _from_clock(hours: str | None, minutes: str, seconds: str, fraction: str | None, *, whole_ms: bool) -> int | None:
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        return None
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    if not fraction:
        return whole * 1000
    return whole * 1000 + (int(fraction) if whole_ms else round(_number("0." + fraction) * 1000))


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def shared_out(start: int | None, end: int | None, lengths: Sequence[int]) -> list[tuple[int | None, int | None]]:
    """The time from ``start`` to ``end`` shared out to parts in order, by their ``lengths`` in letters.

    Without an end every part has the same start, for that is all that is known.
    """
    if start is None or end is None:
        return [(start, end)] * len(lengths)
    whole, edges = sum(lengths) or 1, [start]
    edges += [start + (end - start) * length // whole for length in accumulate(lengths)]
    return list(pairwise(edges))
