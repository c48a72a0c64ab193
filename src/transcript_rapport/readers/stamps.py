"""Times as f4, f5 and MAXQDA write them (``#00:01:02-3#``), as Teams spells them, and as scripts print seconds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transcript_rapport.readers.rows import Row
from transcript_rapport.timestamps import CLOCK, parse, show

_STAMP = re.compile(r"#\s?(\d{1,2}:\d\d:\d\d)(?:[-.,](\d{1,3}))?\s?#")
_AT_END = re.compile(rf"(.*\S)\s*{_STAMP.pattern}\s*", re.DOTALL)
# Teams' page spells the time out for screen readers before it shows it: "Lee 1 minute 3 seconds 1:03".
_SPELT_OUT = re.compile(
    r"\s(?:\d{1,2} hours?,? )?(?:\d{1,2} minutes?,? )?\d{1,2} seconds?\s*(?=(?:\d{1,2}:)?\d{1,2}:\d\d\b)"
)
_LAST_COLUMN = re.compile(rf"([^\t]+\t+[^\t]+)\t+[\[(]?({CLOCK})[\])]?")
_LINK = re.compile(rf"\[({CLOCK})\]\(https?://[^\s()]{{1,300}}\)")  # a time that opens the recording there
_SECONDS = re.compile(r"[\[(]\s?(\d{1,6}\.\d{1,3})\s?s?\s*(?:-->|->|→|–|—|-|to)\s*(\d{1,6}\.\d{1,3})\s?s?\s?[\])]")
NOTE = (
    "the times stand at the ends of paragraphs, as f4 writes them: each was taken to begin where the one above ends, "
    "the first at 0"
)


def split(line: str) -> tuple[str, int | None]:
    """The line with stamps at its head as ``[00:01:02.3]``, and the milliseconds of the stamp it ends with, if any.

    >>> split("I: Hello. #00:00:10-5#")
    ('I: Hello.', 10500)
    """
    if timed := _LAST_COLUMN.fullmatch(line):
        line = f"[{timed[2]}] {timed[1]}"
    line = _LINK.sub(r"[\1]", _SPELT_OUT.sub("  ", line))
    line = _SECONDS.sub(lambda found: f"[{_of_seconds(found[1])} - {_of_seconds(found[2])}]", line)
    if "#" not in line:
        return line, None
    ended = _AT_END.fullmatch(line)
    words = ended[1] if ended else line
    end = parse(_clock(ended[2], ended[3])) if ended else None
    return _STAMP.sub(lambda found: f"[{_clock(found[1], found[2])}]", words), end


def _of_seconds(seconds: str) -> str:
    return show(round(float(seconds) * 1000))


def _clock(clock: str, fraction: str | None) -> str:
    return f"{clock}.{fraction}" if fraction else clock


def begun(rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Rows of which only the end is known, begun where the row above ended; and a note that says so."""
    found, last, filled = list[Row](), 0, False
    for row in rows:
        start = row.start_ms
        if start is None and row.end_ms is not None:
            start, filled = min(last, row.end_ms), True
        found.append(replace(row, start_ms=start))
        last = row.end_ms if row.end_ms is not None else last if start is None else start
    return found, [NOTE] if filled else []
