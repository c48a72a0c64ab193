"""Tables over many sessions, and the page that documents their columns."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.across import sessions
from transcript_rapport.across import frames
from transcript_rapport.renderers.tables import COLUMNS

PAGE = Path(__file__).parents[2] / "docs" / "frames.md"
REPORTS = [sessions.report(sessions.GOOD, "one"), sessions.report(sessions.POOR, "two")]


@pytest.mark.parametrize("table", COLUMNS)
def test_every_column_is_documented(table: str) -> None:
    part = PAGE.read_text(encoding="utf-8").split(f"## {table}:")[1].split("## ")[0]
    assert [name for name in COLUMNS[table][1:] if f"`{name}`" not in part] == []


def test_many_sessions_make_one_parquet_a_table(tmp_path: Path) -> None:
    for path in frames.to_parquet(REPORTS, tmp_path / "tables"):
        back = pd.read_parquet(path)
        assert list(back.columns) == list(COLUMNS[path.stem])
        if path.stem != "findings":
            assert set(back["session"]) == {"one", "two"}
