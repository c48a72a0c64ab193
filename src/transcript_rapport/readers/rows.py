"""From what a reader found in a file to a session: texts tidied, times checked, utterances numbered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from transcript_rapport.errors import ReadError
from transcript_rapport.readers.source import GUESSED, Source, sound
from transcript_rapport.session import Session, Utterance
from transcript_rapport.timestamps import show

UNNAMED = "Unnamed"
"""Label of words spoken before a file has named anyone."""

# Transcribers slip: AnnoMI's times step back up to 9 s at 10 of 7,802 lines. More than this is another order.
_SLIPS_PER_LINE = 1 / 20
_LARGEST_SLIP_MS = 30_000
_DAY_MS, _LATE_MS, _EARLY_MS = 86_400_000, 79_200_000, 7_200_000  # a day, ten in the evening, two in the morning
MOST_WORDS = 3_000
"""Twenty minutes of talk: what is longer is hardly one utterance, and is told before the coder works on it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of talk as a reader found it; ``line`` is its place in the file, counted from 1."""

    line: int
    speaker: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None


def session(
    source: Source, form: str, rows: Sequence[Row], notes: Iterable[str] = (), *, name: str = "", unit: str = "line"
) -> Session:
    """The session made of ``rows``: empty ones left out and noted, the rest numbered from 0.

    ``unit`` says what ``Row.line`` counts: lines of the file, or rows where a file has no lines.

    Raises ReadError where nothing is said, a row ends before it starts, or times run backwards.
    """
    said = [row for row in rows if row.text.strip()]
    if not said:
        seen = "nobody says anything" if rows else "there is no text"
        raise source.error(seen, "lines of talk with their speakers", "check that this is the transcript")
    told = list(notes)
    told += noted((row.line for row in rows if not row.text.strip()), "no text, left out", unit)
    said, after_midnight = _past_midnight(said)
    told += noted(after_midnight, "past midnight; counted on from the evening before", unit)
    told += _check_times(source, said, unit) + _check_lengths(said, unit)
    if source.is_text and source.encoding in GUESSED:
        told.append(f"read as {GUESSED[source.encoding]}, because it is not UTF-8")
    halves = (row.line for row in said if sound(row.text) != row.text)
    told += noted(halves, "half a character, written as �", unit)
    utterances = tuple(
        Utterance(index, tidy(row.speaker), tidy(row.text), row.start_ms, row.end_ms) for index, row in enumerate(said)
    )
    return Session(tidy(name or source.name), utterances, source.path, form, notes=tuple(map(tidy, told)))


def each(source: Source, made: Mapping[str, Callable[[], list[Session]]], form: str) -> list[Session]:
    """The sessions that every function of ``made`` makes; where one cannot, it is told and the others go on.

    A session that could not be read has no utterances, and the reason as its note: ``analyse``
    refuses it with those words. Raises ReadError where no function makes a session: the first reason.
    """
    found: list[Session] = []
    failed: list[ReadError] = []
    for name, make in made.items():
        try:
            found += make()
        except ReadError as error:
            failed.append(error)
            found.append(Session(name, (), source.path, form, notes=(str(error),)))
    if failed and len(failed) == len(made):
        raise failed[0]
    return found


def tidy(text: str) -> str:
    """The words on one line, without space around them, fit to be written anywhere."""
    if "\n" not in text and "\r" not in text:
        return sound(text.strip())
    return sound(" ".join(line for line in map(str.strip, text.splitlines()) if line))


def places(lines: Iterable[int], unit: str = "line") -> str:
    """Line numbers as words: ``line 3``, ``lines 3, 8``, ``lines 3, 8, 9, 12, 15 and 4 more``."""
    numbers = sorted(set(lines))
    shown = ", ".join(map(str, numbers[:5]))
    more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return f"{unit if len(numbers) == 1 else unit + 's'} {shown}{more}"


def noted(lines: Iterable[int], what: str, unit: str = "line") -> list[str]:
    """A note that says ``what`` was done at these ``lines``; none where there are no lines."""
    numbers = list(lines)
    return [f"{places(numbers, unit)}: {what}"] if numbers else []


def _past_midnight(rows: Sequence[Row]) -> tuple[list[Row], list[int]]:
    """The rows with the times of day behind midnight counted on, and the line where midnight passed, if it did."""
    timed = [row for row in rows if row.start_ms is not None]
    steps = [b for a, b in pairwise(timed) if (a.start_ms or 0) >= _LATE_MS and (b.start_ms or 0) <= _EARLY_MS]
    if len(steps) != 1:
        return list(rows), []
    at = rows.index(steps[0])
    behind = [replace(row, start_ms=_a_day_on(row.start_ms), end_ms=_a_day_on(row.end_ms)) for row in rows[at:]]
    return [*rows[:at], *behind], [steps[0].line]


def _a_day_on(time: int | None) -> int | None:
    return None if time is None else time + _DAY_MS


def _check_times(source: Source, rows: Sequence[Row], unit: str) -> list[str]:
    for row in rows:
        if row.start_ms is not None and row.end_ms is not None and row.end_ms < row.start_ms:
            seen = f"the words end before they start ({show(row.start_ms)} → {show(row.end_ms)})"
            remedy = "correct the times or take them out"
            raise source.error(seen, "an end after the start", remedy, at=(unit, row.line))
    slips = _slips(rows)
    if not slips:
        return []
    if len(slips) > len(rows) * _SLIPS_PER_LINE or max(above - start for _, start, above in slips) > _LARGEST_SLIP_MS:
        line, start, above = slips[0]
        seen = f"the times run backwards ({show(above)}, then {show(start)})"
        raise source.error(seen, "lines in the order they were spoken", "sort or correct them", at=(unit, line))
    return noted((line for line, _, _ in slips), "the time steps back a little, kept as it stands", unit)


def _check_lengths(rows: Sequence[Row], unit: str) -> list[str]:
    """A note on rows that hold more words than anybody says at a stretch: a speaker is likely missing."""
    # A word takes two characters at least, so short texts need no counting.
    long = (row.line for row in rows if len(row.text) > 2 * MOST_WORDS and len(row.text.split()) > MOST_WORDS)
    what = f"more than {MOST_WORDS:,} words without a change of speaker, hardly one utterance"
    return noted(long, f"{what}; read as it stands, but see whether speakers are missing; coding takes long", unit)


def _slips(rows: Sequence[Row]) -> list[tuple[int, int, int]]:
    """Rows that start before their speaker's last start or lie wholly before the row above: line, start, that time."""
    found: list[tuple[int, int, int]] = []
    last: dict[str, int] = {}
    above = -1
    for row in rows:
        if row.start_ms is None:
            continue
        own = last.get(row.speaker, -1)
        until = row.start_ms if row.end_ms is None else row.end_ms
        if row.start_ms < own or until < above:
            found.append((row.line, row.start_ms, max(own, above)))
        above = last[row.speaker] = row.start_ms
    return found
