"""Times and speakers as programs spell them: f4 and MAXQDA (``#00:01:02-3#``), Teams, Audacity, Transana, scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transcript_rapport.readers.rows import Row
from transcript_rapport.timestamps import CLOCK, parse, show

TO = r"\s*(?:-->|->|→|–|—|-|to)\s*"
"""Between a start and an end."""
_STAMP = re.compile(r"#\s?(\d{1,2}:\d\d:\d\d)(?:[-.,](\d{1,3}))?\s?#")
_AT_END = re.compile(rf"(.*\S)\s*{_STAMP.pattern}\s*", re.DOTALL)
# Teams' page spells the time out for screen readers before it shows it: "Lee 1 minute 3 seconds 1:03".
_SPELT_OUT = re.compile(
    r"\s(?:\d{1,2} hours?,? )?(?:\d{1,2} minutes?,? )?\d{1,2} seconds?\s*(?=(?:\d{1,2}:)?\d{1,2}:\d\d\b)"
)
_LAST_COLUMN = re.compile(rf"([^\t]+\t+[^\t]+)\t+[\[(]?({CLOCK})[\])]?")
_LINK = re.compile(rf"\[({CLOCK})\]\(https?://[^\s()]{{1,300}}\)")  # a time that opens the recording there
_SECONDS = re.compile(rf"[\[(]\s?(\d{{1,6}}\.\d{{1,3}})\s?s?{TO}(\d{{1,6}}\.\d{{1,3}})\s?s?\s?[\])]")
_TRACK = re.compile(r"(\d{1,6}\.\d{1,9})\t(\d{1,6}\.\d{1,9})\t(?=.*[^\s\d.])")  # a label of Audacity's
_BESIDE = re.compile(rf"([^\W\d][^:\t]{{0,39}}):\s+({CLOCK})")
_LETTERS = re.compile(r"(^[\[(]?|\[)(?:(\d{1,2})h\s?)?(\d{1,3})m\s?(\d{1,2})s(?=[\])\s:])")
_TRANSANA = re.compile(r"¤\s?<(\d{1,9})>\s*")
# A recogniser's number of a speaker, with a colon before it: in brackets, or alone on its line.
_NUMBERED = re.compile(r"[\[(](speaker)\s?:\s?(\w{1,3})[\])]:?(?=\s)|(speaker):\s?(S?\d{1,3})\s*$", re.IGNORECASE)
NOTE = (
    "the times stand at the ends of paragraphs, as f4 writes them: each was taken to begin where the one above ends, "
    "the first at 0"
)
SENT = (
    "the times are hours and minutes of a clock, at which messages were sent: as minutes and seconds nobody could have "
    "written so fast; they were left out, since they do not tell how long anybody talked"
)
MINUTE = 60_000
FASTEST = 400
"""Words a minute that no two people reach over a session."""
MESSAGES = 8
"""Times from which it can be told what they are."""


def split(line: str) -> tuple[str, int | None]:
    """The line with stamps at its head as ``[00:01:02.3]``, and the milliseconds of the stamp it ends with, if any.

    >>> split("I: Hello. #00:00:10-5#")
    ('I: Hello.', 10500)
    """
    if timed := _LAST_COLUMN.fullmatch(line):
        line = f"[{timed[2]}] {timed[1]}"
    if numbered := _NUMBERED.match(line):
        line = f"{numbered[1] or numbered[3]} {numbered[2] or numbered[4]}:{line[numbered.end() :]}"
    if track := _TRACK.match(line):
        line = f"[{_of_seconds(track[1])} - {_of_seconds(track[2])}] {line[track.end() :]}"
    line = _TRANSANA.sub(lambda found: f"[{show(int(found[1]))}] ", line)
    line = _LETTERS.sub(lambda found: f"{found[1]}{int(found[2] or 0)}:{int(found[3]):02}:{int(found[4]):02}", line)
    line = _LINK.sub(r"[\1]", _SPELT_OUT.sub("  ", line))
    line = _SECONDS.sub(lambda found: f"[{_of_seconds(found[1])} - {_of_seconds(found[2])}]", line)
    if "#" not in line:
        return line, None
    ended = _AT_END.fullmatch(line)
    words = ended[1] if ended else line
    end = parse(_clock(ended[2], ended[3])) if ended else None
    return _STAMP.sub(lambda found: f"[{_clock(found[1], found[2])}]", words), end


def beside_names(lines: Sequence[str]) -> Sequence[str]:
    """The lines, with ``Lee: 0:03`` as ``Lee [0:03]:`` where a time is all that every other label has beside it."""
    found = {at: head for at, line in enumerate(lines) if ":" in line and (head := _BESIDE.fullmatch(line.strip()))}
    if len(found) < 0.3 * sum(map(bool, map(str.strip, lines))):
        return lines
    return [f"{found[at][1]} [{found[at][2]}]:" if at in found else line for at, line in enumerate(lines)]


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


def sent(rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Rows without times where these are the hours and minutes at which messages were sent; and a note that says so.

    They are, where all have two parts and would mean more than ``FASTEST`` words a minute as minutes and seconds.
    """
    times = [row.start_ms for row in rows if row.start_ms is not None]
    clocks = all(time % 1000 == 0 and time < 24 * MINUTE for time in times) and all(row.end_ms is None for row in rows)
    if len(times) < MESSAGES or not clocks:
        return list(rows), []
    words = sum(len(row.text.split()) for row in rows)
    if words * MINUTE <= FASTEST * max(max(times) - min(times), MINUTE // 60):
        return list(rows), []
    return [replace(row, start_ms=None) for row in rows], [SENT]
