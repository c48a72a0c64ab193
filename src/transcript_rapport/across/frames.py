"""Many sessions in one table: tidy pandas frames and Parquet, the columns of ``docs/frames.md``."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transcript_rapport.renderers import tables
from transcript_rapport.renderers.tables import NUMBERS, TABLES, WHOLE, Row, columns, rows
from transcript_rapport.report import Report

if TYPE_CHECKING:
    import pandas as pd


def frame(reports: Iterable[Report], table: str = "measures") -> pd.DataFrame:
    """One table over all ``reports``, the session's name in the first column; a SettingsError lists the tables.

    Where several sessions have the same name they are numbered, as in Parquet.
    """
    taken: set[str] = set()
    named = ((report, free_name(report.session.name, taken)) for report in reports)
    return tables.frame([row for report, name in named for row in _named(report, table, name)], table)


def _named(report: Report, table: str, name: str) -> list[Row]:
    return [{**row, "session": name} for row in rows(report, table)]


class Tables:
    """All tables over sessions that come one by one.

    Columns have the same type whatever the sessions hold, so that files of several runs fit together;
    only columns are kept, so that thousands of sessions fit into memory.
    """

    def __init__(self) -> None:
        self.parts: dict[str, list[Any]] = {table: [] for table in TABLES}
        self.taken: set[str] = set()

    def add(self, report: Report) -> str:
        """Take one session; the name it goes by, numbered where another has it already."""
        import pyarrow as pa

        name = free_name(report.session.name, self.taken)
        for table, parts in self.parts.items():
            parts.append(pa.Table.from_pylist(_named(report, table, name), schema=schema(table)))
        return name

    def files(self) -> dict[str, bytes]:
        """File name → Parquet, one a table; tables without rows keep their columns."""
        return {f"{table}.parquet": _parquet(table, parts) for table, parts in self.parts.items()}


def to_parquet(reports: Iterable[Report], folder: str | Path) -> list[Path]:
    """One Parquet file a table into ``folder``, which is made where it is missing; the paths written."""
    tables, place = Tables(), Path(folder)
    for report in reports:
        tables.add(report)
    place.mkdir(parents=True, exist_ok=True)
    written = {place / name: data for name, data in tables.files().items()}
    for path, data in written.items():
        path.write_bytes(data)
    return list(written)


def schema(table: str) -> Any:
    """The Arrow schema of a table: 64-bit whole numbers, 64-bit floats, text; all may be missing."""
    import pyarrow as pa

    def kind(name: str) -> Any:
        return pa.int64() if name in WHOLE else pa.float64() if name in NUMBERS else pa.string()

    return pa.schema([(name, kind(name)) for name in columns(table)])


def _parquet(table: str, parts: list[Any]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = BytesIO()
    pq.write_table(pa.concat_tables([schema(table).empty_table(), *parts]), out)
    return out.getvalue()


def free_name(name: str, taken: set[str]) -> str:
    """``name``, numbered where ``taken`` has it whatever the case of its letters; it is taken from then on."""
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free.casefold())
    return free
