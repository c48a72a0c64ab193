"""Tables over many sessions, and the page that documents their columns."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.across import sessions
from transcript_rapport.across import frames
from transcript_rapport.codebook import READ
from transcript_rapport.errors import SettingsError
from transcript_rapport.renderers.tables import COLUMNS, score_kind

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


@pytest.mark.parametrize("table", COLUMNS)
def test_types_are_the_same_whatever_the_sessions_hold(table: str) -> None:
    held, none = frames.frame(REPORTS, table), frames.frame([], table)
    assert list(held.dtypes) == list(none.dtypes) == list(REPORTS[0].to_frame(table).dtypes)
    assert {str(kind) for kind in held.dtypes} <= {"Int64", "float64", "str"}


def test_sessions_of_one_name_stay_apart() -> None:
    held = frames.frame([REPORTS[0], REPORTS[0]], "statements")
    assert held.groupby("session").size().to_dict() == {"one": 48, "one-2": 48}
    assert not held.duplicated(["session", "utterance", "start"]).any()


def test_a_table_there_is_not_is_told_in_one_sentence() -> None:
    with pytest.raises(SettingsError, match="none is called 'nope'; expected one of measures, findings, "):
        frames.frame([], "nope")
    with pytest.raises(SettingsError, match="none is called 'nope'"):
        REPORTS[0].to_frame("nope")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("reflection.simple", "probability"),
        ("opening.missed", "probability"),
        ("jargon.explained", "convention"),
        ("partnership.teach_back", "convention"),
        ("safety.spoken", "convention"),
        ("humour.dry", None),
    ],
)
def test_a_score_says_what_it_is(kind: str, told: str | None) -> None:
    assert score_kind(kind) == told


def test_a_remark_of_the_coders_is_a_probability_whatever_rules_find_of_its_kind() -> None:
    assert score_kind("praise.generic") == "convention"
    assert score_kind("praise.generic", f"Somebody; {READ}") == "probability"
