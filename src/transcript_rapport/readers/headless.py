"""Tables whose header says nothing, or that have none: columns recognised by what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from transcript_rapport.readers import labels
from transcript_rapport.readers.columns import Columns, cell
from transcript_rapport.readers.times import NOTHING
from transcript_rapport.timestamps import parse, parse_range

if TYPE_CHECKING:
    from transcript_rapport.readers.sheets import Cells

_FEWEST_ROWS = 4
_LOOK_AT = 300  # rows
_MOST_SPEAKERS = 12
_WORDS_A_ROW = 1.5  # at least, on average: less is a code, not talk


def find(rows: Sequence[Cells]) -> tuple[Columns, list[str], bool]:
    """The columns of a table by what they hold, names for all its columns, and whether its first row is a header.

    Who speaks stands in a column of few short values that recur, when in columns of times, what is said in
    the column of the longest texts. Not complete where the table does not show this plainly.
    """
    width = max((len(row) for _, row in rows[:_LOOK_AT]), default=0)
    names = [f"column {number}" for number in range(1, width + 1)]
    if len(rows) < _FEWEST_ROWS or width < 2:
        return Columns(), names, False
    every = [[cell(row[at]) if at < len(row) else "" for _, row in rows[:_LOOK_AT]] for at in range(width)]
    below = [column[1:] for column in every]  # The first row may be a header of words we do not know.
    timed = _timed(below)
    rest = [at for at in range(width) if at not in timed]
    timed = timed[:2]
    text = max(rest, key=lambda at: (_is_full(below[at]), sum(map(len, below[at]))), default=None)
    speaker = next((at for at in rest if at != text and _is_speaker(below[at])), None)
    if text is None or speaker is None or _words(below[text]) < _WORDS_A_ROW * len(below[text]):
        return Columns(), names, False
    headed = every[speaker][0] not in below[speaker] or (bool(timed) and _moment(every[timed[0]][0]) is None)
    found = [names[at] for at in timed] + [None, None]
    ends = len(timed) == 2 and _are_ends(below[timed[0]], below[timed[1]])
    end, duration = (found[1], None) if ends else (None, found[1])
    return Columns(names[speaker], names[text], found[0], end, duration), names, headed


def _timed(columns: Sequence[Sequence[str]]) -> list[int]:
    """Which columns hold times: from the first that grows on, without others that say the same as that one."""
    timed = [at for at, column in enumerate(columns) if _is_timed(column)]
    timed = timed[next((n for n, at in enumerate(timed) if _grows(columns[at])), len(timed)) :]
    moments = [[*map(_moment, columns[at])] for at in timed]
    return [at for at, held in zip(timed, moments, strict=True) if at == timed[0] or held != moments[0]]


def _is_full(column: Sequence[str]) -> bool:
    """Whether nearly every row has something: remarks beside the talk have not."""
    return sum(map(bool, column)) >= 0.8 * len(column)


def _words(column: Sequence[str]) -> int:
    return sum(len(words.split()) for words in column)


def _is_speaker(column: Sequence[str]) -> bool:
    """Whether a column holds a few labels that recur; merged cells leave gaps."""
    said = labels.unnumbered([value for value in column if value])
    kinds = set(said)
    recur = len(said) >= 1.5 * len(kinds)
    return 2 <= len(kinds) <= _MOST_SPEAKERS and recur and all(labels.clean(value) for value in kinds)


def _is_timed(column: Sequence[str]) -> bool:
    """Whether a column holds times, and does not merely count the rows."""
    known = [_moment(value) for value in column if value.lower() not in NOTHING]
    times = [time for time in known if time is not None]
    if len(times) < _FEWEST_ROWS - 1 or len(times) < 0.9 * len(known):
        return False
    if all(value.isdecimal() for value in column) and all(b - a == 1000 for a, b in pairwise(times)):
        return False
    return len(set(times)) > 1


def _grows(column: Sequence[str]) -> bool:
    """Whether the times of a column hardly ever step back."""
    times = [time for value in column if (time := _moment(value)) is not None]
    return sum(a <= b for a, b in pairwise(times)) >= 0.9 * (len(times) - 1)


def _moment(value: str) -> int | None:
    both = parse_range(value)
    return both[0] if both else parse(value)


def _are_ends(starts: Sequence[str], ends: Sequence[str]) -> bool:
    pairs = [(_moment(start), _moment(end)) for start, end in zip(starts, ends, strict=True)]
    known = [(start, end) for start, end in pairs if start is not None and end is not None]
    return sum(end >= start for start, end in known) >= 0.95 * len(known)
