"""From the records of a table or of JSON, whose columns are known, to sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from transcript_rapport.readers import times
from transcript_rapport.readers.columns import Columns, cell, plain
from transcript_rapport.readers.labels import unnumbered
from transcript_rapport.readers.rows import UNNAMED, Row, each, noted, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session
from transcript_rapport.timestamps import show

Record = tuple[int, Mapping[str, object]]
"""A line (or row) number and that line's cells by column name."""


def sessions(
    source: Source,
    form: str,
    records: Sequence[Record],
    columns: Columns,
    notes: Sequence[str] = (),
    *,
    unit: str = "line",
) -> list[Session]:
    """The sessions in ``records``: one, or one for each value of the session column, in order of appearance."""
    if not records:
        seen = "there are no rows with words"
        raise source.error(seen, "a row for every utterance", "check that this is the transcript")
    rows, unread = _rows(records, columns)
    grouped = _grouped(records, rows, columns.session)

    def one(key: str) -> list[Session]:
        members = grouped[key]
        own = (row.line for row in members if row.line in unread)
        told = noted(own, "the time could not be read, left open", unit)
        if _newest_first(members):
            members, told = members[::-1], [*told, "the newest came first: put in the order of time"]
        name = f"{source.name}-{key}" if len(grouped) > 1 else ""
        return [session(source, form, _own_names(members), [*notes, *told], name=name, unit=unit)]

    return each(source, {f"{source.name}-{key}": partial(one, key) for key in grouped}, form)


def _newest_first(rows: Sequence[Row]) -> bool:
    starts = [row.start_ms for row in rows if row.start_ms is not None]
    return len(set(starts)) > 2 and all(later >= earlier for later, earlier in pairwise(starts))


def _grouped(records: Sequence[Record], rows: Sequence[Row], name: str | None) -> dict[str, list[Row]]:
    """The rows of each session; a column of a value a row names utterances, not sessions."""
    grouped: dict[str, list[Row]] = {}
    for (_, cells), row in zip(records, rows, strict=True):
        grouped.setdefault(cell(cells.get(name)) if name else "", []).append(row)
    return grouped if len(grouped) < len(rows) else {"": list(rows)}


def _rows(records: Sequence[Record], columns: Columns) -> tuple[list[Row], set[int]]:
    """Every record as a row, in order, and where a time could not be read."""
    texts = [cell(cells.get(columns.text or "")) for _, cells in records]
    words = sum(len(text.split()) for text in texts)
    starts, ends = times.spans(
        *([cells.get(name) if name else None for _, cells in records] for name in _timed(columns)),
        names=[name and plain(name) for name in _timed(columns)],
        words=words,
    )
    unread = {
        line
        for (line, cells), start in zip(records, starts, strict=True)
        if columns.start and start is None and cell(cells.get(columns.start)).lower() not in times.NOTHING
    }
    who = unnumbered([cell(cells.get(columns.speaker or "")) for _, cells in records])
    found = zip(records, who, texts, starts, ends, strict=True)
    return [Row(line, name, text, start, end) for (line, _), name, text, start, end in found], unread


def _timed(columns: Columns) -> tuple[str | None, str | None, str | None]:
    return columns.start, columns.end, columns.duration


def labelled(records: Sequence[Record], columns: Columns) -> Iterator[tuple[int, str]]:
    """The lines of words that begin with who speaks, each with its place; the first of a row behind the row's time."""
    for row in _rows(records, columns)[0]:
        times = [show(time) for time in (row.start_ms, row.end_ms) if time is not None]
        stamp = f"[{' - '.join(times)}] " if row.start_ms is not None else ""
        first, *others = row.text.split("\n")
        yield row.line, stamp + first
        yield from ((row.line, line) for line in others)


def _own_names(rows: list[Row]) -> list[Row]:
    """Rows without a speaker go to the speaker above them: a merged cell, or a turn over several rows."""
    named, last = [], UNNAMED
    for row in rows:
        last = row.speaker or last
        named.append(replace(row, speaker=last))
    return named
