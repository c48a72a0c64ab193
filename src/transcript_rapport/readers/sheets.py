"""The cells of workbooks (Excel, OpenDocument) and Parquet files, sheet by sheet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from transcript_rapport.readers import packages
from transcript_rapport.readers.source import Source

Cells = tuple[int, Sequence[object]]
"""A row's line number and its cells."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name (empty where a file has but one) and its rows."""

    name: str
    rows: list[Cells]


_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TABLE, _TEXT = (_NS % name for name in ("office", "table", "text"))
_LASTED = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6}(?:[.,]\d{1,9})?)S)?")
_MOST_ROWS, MOST_CELLS = 200_000, 200
"""No transcript has more: a row said to recur more often, or a wider one, is cut there."""


def form(source: Source) -> str | None:
    """What the file is: ``Parquet``, ``Excel`` or ``OpenDocument table``; None where it is none of these."""
    if source.data.startswith(b"PAR1") and source.data.endswith(b"PAR1"):
        return "Parquet"
    if not source.data.startswith(packages.ZIP):
        return None
    if _ODS in source.data[:200]:  # The kind comes first in the package, and is not compressed.
        return "OpenDocument table"
    names = packages.members(source)
    if names is None:  # Too damaged to tell; names inside are not compressed.
        return "Excel" if b"xl/" in source.data else None
    return "Excel" if any(name.startswith("xl/") for name in names) else None


def sheets(source: Source) -> list[Sheet]:
    """The sheets of a file that has a ``form``; ReadError where it is damaged or locked."""
    read = {"Parquet": _parquet, "Excel": _excel, "OpenDocument table": _open_document}
    return read[form(source) or "Excel"](source)


def _excel(source: Source) -> list[Sheet]:
    import openpyxl

    packages.unpacked(source, "an Excel workbook").close()
    try:
        book = openpyxl.load_workbook(BytesIO(source.data), read_only=True, data_only=True)
        return [Sheet(sheet.title, _filled(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    except Exception as error:  # openpyxl hands damaged XML to its classes as it is: any of their errors may come
        raise packages.damaged(source, "an Excel workbook", error) from None


def _filled(rows: Iterator[Sequence[object]]) -> list[Cells]:
    """The rows with anything in them, numbered from 1 as the sheet does."""
    numbered = zip(range(1, _MOST_ROWS + 1), rows, strict=False)
    return [(number, row[:MOST_CELLS]) for number, row in numbered if any(cell is not None for cell in row)]


def _parquet(source: Source) -> list[Sheet]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(BytesIO(source.data))
    except (pa.ArrowException, OSError) as error:
        raise source.error(f"the Parquet file is damaged ({error})", "a Parquet table", "write it again") from None
    cells = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return [Sheet("", [(1, table.column_names), *enumerate(cells, start=2)])]


def _open_document(source: Source) -> list[Sheet]:
    body = _content(source).find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    tables = [] if body is None else body.iterchildren(f"{_TABLE}table")
    return [Sheet(table.get(f"{_TABLE}name", ""), list(_table_rows(table))) for table in tables]


def _content(source: Source) -> Any:
    """The root of the table's XML; entities are not resolved, nothing is fetched."""
    from lxml import etree

    kind = "an OpenDocument table"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with packages.unpacked(source, kind) as archive:
        try:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise packages.locked(source)
            return etree.fromstring(archive.read("content.xml"), parser)
        except (etree.LxmlError, *packages.DAMAGE) as error:
            raise packages.damaged(source, kind, error) from None


def _table_rows(table: Any) -> Iterator[Cells]:
    """The rows with anything in them; one that is said to recur stands as often as it says."""
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        times = _repeats(row, "rows", _MOST_ROWS)
        cells = _table_cells(row)
        if cells:
            yield from ((number + more, cells) for more in range(min(times, MOST_CELLS)))
        number += times


def _table_cells(row: Any) -> list[object]:
    """The cells of a row up to the last one that is filled."""
    cells: list[object] = []
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        cells += [_value(cell)] * _repeats(cell, "columns", MOST_CELLS - len(cells))
        if len(cells) >= MOST_CELLS:
            break
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _repeats(element: Any, what: str, most: int) -> int:
    said = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return min(int(said) if said.isdecimal() and len(said) < 9 else 1, most)


def _value(cell: Any) -> object:
    """What a cell holds: a number, a length of time, or its words; None where it is empty."""
    number, lasted = cell.get(f"{_OFFICE}value"), cell.get(f"{_OFFICE}time-value")
    if cell.get(f"{_OFFICE}value-type") == "float" and number:
        try:
            return float(number)
        except ValueError:
            return str(number)
    found = _LASTED.fullmatch(lasted) if lasted else None
    if found:
        hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
        return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    words = "\n".join("".join(paragraph.itertext()) for paragraph in cell.iterchildren(f"{_TEXT}p"))
    return words or None
