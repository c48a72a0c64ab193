"""Tables for terminals and spreadsheets, made from tidy rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from transcript_rapport.renderers.tables import rounded
from transcript_rapport.renderers.wording import shortened

Row = Mapping[str, object]


def as_csv(rows: Iterable[Row], columns: Sequence[str] | None = None) -> str:
    """The rows as CSV, numbers with four decimals; ``columns`` hold even where there are no rows."""
    held = [{key: _cell(value) for key, value in row.items()} for row in rows]
    out = StringIO(newline="")
    writer = csv.DictWriter(out, columns or (list(held[0]) if held else []), lineterminator="\n")
    writer.writeheader()
    writer.writerows(held)
    return out.getvalue()


def as_json(document: object) -> str:
    """A document of plain values as indented JSON, without NaN."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _cell(value: object) -> object:
    return rounded(value) if isinstance(value, float) else value


def plain(rows: Iterable[Row]) -> list[dict[str, object]]:
    """The rows with numbers as they are written down, for JSON."""
    return [{key: _cell(value) for key, value in row.items()} for row in rows]


def aligned(rows: Sequence[Sequence[str]], widest: int = 60) -> list[str]:
    """Lines of text with the columns under each other: the first and last to the left, others to the right.

    The first row is the head. No line ends in blanks.
    """
    cut = [[cell if len(cell) <= widest else shortened(cell, widest) for cell in row[:-1]] + [row[-1]] for row in rows]
    widths = [max(len(row[i]) for row in cut) for i in range(len(cut[0]) - 1)] if cut else []
    lines = []
    for row in cut:
        cells = [
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=False))
        ]
        lines.append("  ".join((*cells, row[-1])).rstrip())
    return lines
