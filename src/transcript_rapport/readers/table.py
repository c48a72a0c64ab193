"""Tables: CSV, TSV, semicolons, bars, Excel and OpenDocument workbooks, and Parquet; a row is an utterance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest

from transcript_rapport.errors import ReadError
from transcript_rapport.readers import columns, delimited, headless, sheets, text
from transcript_rapport.readers.columns import HEADER_WITHIN, LOOK_AT, Columns
from transcript_rapport.readers.records import Record, labelled, sessions
from transcript_rapport.readers.rows import each
from transcript_rapport.readers.sheets import Cells, Sheet
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

NAME = "table"
SUFFIXES = (".csv", ".tsv", ".tab", ".psv", ".xlsx", ".xlsm", ".ods", ".parquet")

_HEADER = re.compile(r"[\w .\-/()#%]{0,40}")
_REMEDY = "rename the columns; where nobody is told apart, name who speaks in every row"


def recognises(source: Source) -> bool:
    """Whether there is a header with a speaker and a text column, or a table without one that shows what is what."""
    if sheets.form(source):
        return True
    if not source.is_text:
        return False
    delimiter = delimited.delimiter(source)
    cells = delimited.rows(source, delimiter, within=HEADER_WITHIN)
    below = [row for _, row in cells]
    if any(
        columns.find(map(_name, row)).complete or columns.side_by_side(row, below[at:])
        for at, row in enumerate(below, start=1)
    ):
        return True
    if not cells:
        return False
    if source.suffix not in SUFFIXES:
        return source.suffix in text.SUFFIXES and _is_square(delimited.rows(source, delimiter))
    plain = all(_HEADER.fullmatch(_name(value)) for value in cells[0][1])
    return plain or headless.find(delimited.rows(source, delimiter))[0].complete


def _is_square(rows: Sequence[Cells]) -> bool:
    """Whether rows without a header are surely a table, for prose has commas too: all alike, with who and when."""
    found = headless.find(rows)[0]
    return found.complete and found.start is not None and len({len(row) for _, row in rows}) == 1


def read(source: Source) -> list[Session]:
    """The sessions of the table: one, or one for each value of its session column, or for each sheet of talk.

    Nothing is taken for a missing value: ``n/a`` is text. Raises ReadError where no column holds
    the words or the speakers.
    """
    made, found = _sheets(source)
    tables = [_table(source, sheet) for sheet in found if sheet.rows]
    if not tables:
        raise source.error("the table is empty", columns.EXPECTED)
    complete = [table for table in tables if table.columns.complete]
    talk = [table for table in complete if table.rows] or complete[:1]
    if not talk:
        spoken = _with_labels(source, tables[0])
        if not text.recognises(spoken):
            raise _incomplete(source, tables[0])
        return [replace(session, format=made) for session in text.read(spoken)]
    if len(talk) == 1:
        return _sessions(source, made, talk[0])
    # Sheets are read like files of their own, so that one that cannot be read does not stop the others.
    every = {f"{source.name}-{table.name}": partial(_sessions, source, made, table, named=True) for table in talk}
    return each(source, every, made)


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with its columns: their ``names``, which of them are known, the ``header``'s line, the rows below."""

    name: str
    unit: str
    names: list[str]
    columns: Columns
    header: int
    rows: list[Cells]
    notes: tuple[str, ...] = ()


def _table(source: Source, sheet: Sheet) -> _Table:
    """The sheet's columns by their names in the header, else by what they hold."""
    unit = "line" if source.is_text else "row"
    rows = sheet.rows
    at, found = _head(rows)
    if not found.complete:
        rows = _unfolded(rows)
        at, found = _head(rows)
    line, names = rows[at][0], [_name(value) for value in rows[at][1]]
    if found.complete:
        if two := _two_rows(names, found, rows[at + 1 :][:1]):
            names, found = two
            rows = [*rows[: at + 1], *rows[at + 2 :]]
        notes = (f"{unit}s 1 to {line - 1}: above the table's header, left out",) if at else ()
        return _Table(sheet.name, unit, names, found, line, rows[at + 1 :], notes)
    guessed, numbered, headed = headless.find(rows)
    if not guessed.complete:
        return _Table(sheet.name, unit, names, found, line, rows[at + 1 :])
    shown = [*names, *numbered[len(names) :]] if headed else numbered
    who, what = (shown[numbered.index(name)] or name for name in (guessed.speaker, guessed.text) if name)
    told = f"no header names the columns; by what they hold, {who!r} was read as the speaker and {what!r} as the words"
    return _Table(sheet.name, unit, numbered, guessed, line, rows[headed:], (told,))


def _sessions(source: Source, form: str, table: _Table, named: bool = False) -> list[Session]:
    """The sessions of one table; ``named``: the sheet's name is told in their names and places."""
    records = list(_records(table.names, table.rows))
    if not named:
        return sessions(source, form, records, table.columns, table.notes, unit=table.unit)
    unit = f"sheet {table.name}, {table.unit}"
    found = sessions(source, form, records, table.columns, table.notes, unit=unit)
    return [replace(s, name=s.name.replace(source.name, f"{source.name}-{table.name}", 1)) for s in found]


def _with_labels(source: Source, table: _Table) -> Source:
    """The words of a table that says in them who speaks: ``T: How are you?``; with no header, of its longest column."""
    if table.columns.text:
        records = list(_records(table.names, table.rows))
        return source.extract(labelled(records, table.columns), table.unit)
    rows = [(table.header, table.names), *table.rows]
    longest = max(range(len(table.names)), key=lambda at: sum(len(_name(row[at])) for _, row in rows if at < len(row)))
    cells = [(place, _name(row[longest])) for place, row in rows if longest < len(row)]
    return source.extract(((place, line) for place, cell in cells for line in cell.split("\n")), table.unit)


def _incomplete(source: Source, table: _Table) -> ReadError:
    missing = "the words" if table.columns.text is None else "the speaker"
    seen = f"no column holds {missing}; the columns are {', '.join(n for n in table.names if n)}"
    return source.error(seen, columns.EXPECTED, _REMEDY, at=(table.unit, table.header))


def _head(cells: Sequence[Cells]) -> tuple[int, Columns]:
    """Where the header stands and what it names: the first row that names speaker and text, else the first row."""
    rows = [row for _, row in cells[: HEADER_WITHIN + LOOK_AT]]
    found = [columns.find(map(_name, row), rows[at + 1 :]) for at, row in enumerate(rows[:HEADER_WITHIN])]
    at = next((index for index, names in enumerate(found) if names.complete), 0)
    return at, found[at]


def _two_rows(names: Sequence[str], found: Columns, below: Sequence[Cells]) -> tuple[list[str], Columns] | None:
    """The names of a header in two rows, whose first has merged cells, and the columns; None where it has one row."""
    under = [_name(value) for _, row in below for value in row][: len(names)]
    cells = dict(zip(names, under, strict=False))
    if not any(under) or cells.get(found.speaker or "") or cells.get(found.text or ""):
        return None
    whole, above = list[str](), ""
    for name, part in zip_longest(names, under, fillvalue=""):
        above = name or above
        whole.append(f"{above} {part}" if part else name)
    both = columns.find(whole)
    return (whole, both) if both.complete and both.start and both.end and not found.end else None


def _unfolded(rows: list[Cells]) -> list[Cells]:
    """Where every speaker has a column of their own: a row for each cell, from left to right."""
    held = [row for _, row in rows[: HEADER_WITHIN + LOOK_AT]]
    heads = ((at, columns.side_by_side(row, held[at + 1 :])) for at, row in enumerate(held[:HEADER_WITHIN]))
    head, own = next((found for found in heads if found[1]), (0, {}))
    if not own:
        return rows
    said = [(n, (own[at], row[at])) for n, row in rows[head + 1 :] for at in own if at < len(row) and row[at]]
    return [*rows[:head], (rows[head][0], ("speaker", "text")), *said]


def _name(value: object) -> str:
    return "" if value is None else str(value).strip()


def _records(names: Sequence[str], rows: Iterable[Cells]) -> Iterator[Record]:
    for line, row in rows:
        if any(columns.cell(value) for value in row):
            # The first of two columns with one name counts.
            yield line, dict(reversed([(n, v) for n, v in zip(names, row, strict=False) if n]))


def _sheets(source: Source) -> tuple[str, list[Sheet]]:
    """What kind of table the file is, and its sheets."""
    if form := sheets.form(source):
        return form, sheets.sheets(source)
    delimiter = delimited.delimiter(source)
    delimited.check_quotes(source, delimiter)
    return delimited.FORMS[delimiter], [Sheet("", delimited.rows(source, delimiter))]
