"""Tables as text: the delimiter between cells found out, the rows read."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from itertools import islice
from typing import Any

from transcript_rapport.readers import columns
from transcript_rapport.readers.columns import HEADER_WITHIN, LOOK_AT
from transcript_rapport.readers.sheets import MOST_CELLS, Cells
from transcript_rapport.readers.source import Source

FORMS = {",": "CSV", "\t": "TSV", ";": "CSV with semicolons", "|": "table with bars"}
_RULE = re.compile(r"\s*(?::?-{3,}:?\s*)?")  # under the header of a table in Markdown
_LONGEST_CELL = 10_000_000


def delimiter(source: Source) -> str:
    """The delimiter that finds most known columns in a header line, else cuts most rows into as many columns."""

    def worth(delimiter: str) -> tuple[int, int, int]:
        held = [row for _, row in rows(source, delimiter, within=LOOK_AT)]
        width, alike = max(Counter(map(len, held)).items(), key=lambda item: item[1], default=(0, 0))
        return max(map(_known, held[:HEADER_WITHIN]), default=0), alike if width > 1 else 0, width

    return max(FORMS, key=worth)


def _known(row: Sequence[object]) -> int:
    found = columns.find(str(cell).strip() for cell in row)
    return sum(name is not None for name in (found.speaker, found.text, found.start, found.end))


def rows(source: Source, delimiter: str, within: int | None = None) -> list[Cells]:
    """The rows with anything in them, of all or of the first ``within``; ReadError where the table breaks off."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = _reader(source, delimiter)
    found: list[Cells] = []
    line = 1
    try:
        for row in islice(reader, within):
            if any(row) and not (line == 1 and row[0].startswith("sep=")) and not all(map(_RULE.fullmatch, row)):
                found.append((line, row[:MOST_CELLS]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise source.error(f"the table breaks off ({error})", columns.EXPECTED, at=("line", line)) from None
    return found


def _reader(source: Source, delimiter: str, *, strict: bool = False) -> Any:
    text, blanks = StringIO(source.text, newline=""), delimiter != "\t"
    return csv.reader(text, delimiter=delimiter, skipinitialspace=blanks, strict=strict)


def check_quotes(source: Source, delimiter: str) -> None:
    """Raises ReadError where a quote never closes and would swallow the rest of the file as one cell."""
    reader = _reader(source, delimiter, strict=True)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error as error:
        if "end of data" in str(error):
            seen = "a quotation mark is opened and never closed"
            remedy = "close it, or double it if it is part of the words"
            raise source.error(seen, "quotes in pairs", remedy, at=("line", line)) from None
