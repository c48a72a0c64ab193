"""Tables: CSV, TSV, semicolons, Excel workbooks and Parquet; a row is an utterance."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice

from transcript_rapport.readers import columns
from transcript_rapport.readers.columns import Columns, Record
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

NAME = "table"
SUFFIXES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".parquet")

_FORMS = {",": "CSV", "\t": "TSV", ";": "CSV with semicolons", "|": "table with bars"}
_HEADER = re.compile(r"[\w .\-/()#%]{0,40}")
_HEADER_WITHIN = 10
_LONGEST_CELL = 10_000_000
_EXPECTED = (
    "a column for the speaker (such as speaker, role, who) and one for the words (such as text, utterance, content)"
)

Cells = tuple[int, Sequence[object]]
"""A row's line number and its cells."""


def recognises(source: Source) -> bool:
    """Whether there is a header with a speaker and a text column, or a plain header in a file named as a table."""
    if _is_parquet(source) or _is_workbook(source):
        return True
    if not source.is_text:
        return False
    cells = _delimited(source, _delimiter(source), within=_HEADER_WITHIN)
    if any(columns.find(map(_name, row)).complete for _, row in cells):
        return True
    return source.suffix in SUFFIXES and bool(cells) and all(_HEADER.fullmatch(_name(c)) for c in cells[0][1])


def read(source: Source) -> list[Session]:
    """The sessions of the table: one, or one for each value of its session column.

    Nothing is taken for a missing value: ``n/a`` is text. Raises ReadError where no column holds
    the words or the speakers.
    """
    form, sheets = _sheets(source)
    unit = "line" if source.is_text else "row"
    heads = [(cells, *_head(cells)) for cells in sheets if cells]
    if not heads:
        raise source.error("the table is empty", _EXPECTED)
    cells, at, found = next((head for head in heads if head[2].complete), heads[0])
    line, names = cells[at][0], [_name(value) for value in cells[at][1]]
    if not found.complete:
        missing = "the words" if found.text is None else "the speaker"
        seen = f"no column holds {missing}; the columns are {', '.join(n for n in names if n)}"
        raise source.error(seen, _EXPECTED, "rename the columns", at=(unit, line))
    notes = [f"{unit}s 1 to {line - 1}: above the table's header, left out"] if at else []
    return columns.sessions(source, form, list(_records(names, cells[at + 1 :])), found, notes, unit=unit)


def _head(cells: Sequence[Cells]) -> tuple[int, Columns]:
    """Where the header stands and what it names: the first row that names speaker and text, else the first row."""
    found = [columns.find(map(_name, row)) for _, row in cells[:_HEADER_WITHIN]]
    at = next((index for index, names in enumerate(found) if names.complete), 0)
    return at, found[at]


def _name(value: object) -> str:
    return "" if value is None else str(value).strip()


def _records(names: Sequence[str], rows: Iterable[Cells]) -> Iterator[Record]:
    for line, row in rows:
        if any(columns.cell(value) for value in row):
            # The first of two columns with one name counts.
            yield line, dict(reversed([(n, v) for n, v in zip(names, row, strict=False) if n]))


def _sheets(source: Source) -> tuple[str, list[list[Cells]]]:
    if _is_parquet(source):
        return "Parquet", [_parquet(source)]
    if _is_workbook(source):
        return "Excel", _workbook(source)
    delimiter = _delimiter(source)
    _check_quotes(source, delimiter)
    return _FORMS[delimiter], [_delimited(source, delimiter)]


def _delimiter(source: Source) -> str:
    """The delimiter that finds most known columns in a header line, and most columns where that ties."""

    def worth(delimiter: str) -> tuple[int, int]:
        rows = _delimited(source, delimiter, within=_HEADER_WITHIN)
        return max(((_known(row), len(row)) for _, row in rows), default=(0, 0))

    return max(_FORMS, key=worth)


def _known(row: Sequence[object]) -> int:
    found = columns.find(map(_name, row))
    return sum(name is not None for name in (found.speaker, found.text, found.start, found.end))


def _delimited(source: Source, delimiter: str, within: int | None = None) -> list[Cells]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(StringIO(source.text, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t")
    rows: list[Cells] = []
    line = 1
    try:
        for row in islice(reader, within):
            if any(row) and not (line == 1 and row[0].startswith("sep=")):
                rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise source.error(f"the table breaks off ({error})", _EXPECTED, at=("line", line)) from None
    return rows


def _check_quotes(source: Source, delimiter: str) -> None:
    """Raises ReadError where a quote never closes and would swallow the rest of the file as one cell."""
    reader = csv.reader(
        StringIO(source.text, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t", strict=True
    )
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error as error:
        if "end of data" in str(error):
            seen = "a quotation mark is opened and never closed"
            raise source.error(
                seen, "quotes in pairs", "close it, or double it if it is part of the words", at=("line", line)
            ) from None


def _is_workbook(source: Source) -> bool:
    return source.data.startswith(b"PK\x03\x04") and b"xl/" in source.data


def _is_parquet(source: Source) -> bool:
    return source.data.startswith(b"PAR1") and source.data.endswith(b"PAR1")


def _workbook(source: Source) -> list[list[Cells]]:
    from zipfile import BadZipFile

    import openpyxl

    try:
        book = openpyxl.load_workbook(BytesIO(source.data), read_only=True, data_only=True)
        return [list(enumerate(sheet.iter_rows(values_only=True), start=1)) for sheet in book.worksheets]
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise source.error(f"the workbook is damaged ({error})", "an .xlsx file", "save it again") from None


def _parquet(source: Source) -> list[Cells]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(BytesIO(source.data))
    except (pa.ArrowException, OSError) as error:
        raise source.error(f"the Parquet file is damaged ({error})", "a Parquet table", "write it again") from None
    cells = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return [(1, table.column_names), *enumerate(cells, start=2)]
