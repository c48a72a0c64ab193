"""The report as CSV: a tidy table of measures, or all four tables."""

from __future__ import annotations

import csv
from io import StringIO

from transcript_rapport.renderers.tables import TABLES, columns, rows
from transcript_rapport.report import Report

SUFFIX = ".csv"


def render(report: Report) -> str:
    """The measures, one a row; the session's name is the first column, so that files can be put together."""
    return _written(report, "measures")


def files(report: Report) -> dict[str, str]:
    """All four tables by name: ``measures``, ``findings``, ``statements``, ``utterances``."""
    return {table: _written(report, table) for table in TABLES}


def _written(report: Report, table: str) -> str:
    out = StringIO(newline="")
    writer = csv.DictWriter(out, columns(table), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(report, table))
    return out.getvalue()
