import csv
from io import StringIO
from pathlib import Path

import pytest

from tests.renderers import reports
from transcript_rapport.errors import SettingsError
from transcript_rapport.renderers import csv as csv_renderer
from transcript_rapport.renderers.tables import columns, rows


@pytest.mark.parametrize("table", ["utterances", "statements", "findings", "measures"])
def test_tables_are_tidy_and_carry_the_session(table: str) -> None:
    found = rows(reports.full(), table)
    assert found
    assert all(tuple(row) == columns(table) for row in found)
    assert {row["session"] for row in found} == {"invented"}
    assert rows(reports.bare(), table) is not None


def test_an_unknown_table_lists_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="one of measures, findings, statements, utterances"):
        rows(reports.full(), "speakers")


def test_csv_reads_back_to_the_same_words() -> None:
    read = list(csv.DictReader(StringIO(csv_renderer.files(reports.full())["utterances"])))
    assert [row["text"] for row in read] == [text for _, text, _ in reports.LINES]


def test_csv_render_is_the_measures_and_missing_values_stay_empty() -> None:
    read = list(csv.DictReader(StringIO(csv_renderer.render(reports.full()))))
    assert [row["name"] for row in read] == [m.name for m in reports.full().measures]
    assert read[0]["value"] == ""
    assert read[0]["note"] == "no times"


def test_empty_tables_keep_their_header() -> None:
    assert csv_renderer.files(reports.bare())["findings"].startswith("session,kind,utterance,")


def test_to_frame() -> None:
    assert list(reports.full().to_frame("findings")["utterance"]) == [2, 4, 6, 6, 6, 8]


@pytest.mark.parametrize("ending", [".html", ".json", ".jsonl", ".csv", ".txt"])
def test_a_report_saves_itself_in_the_format_of_the_ending(tmp_path: Path, ending: str) -> None:
    path = reports.full().save(tmp_path / f"mine{ending}")
    assert "invented" in path.read_text(encoding="utf-8")


def test_an_ending_that_no_format_has_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no format ends in '.docx'.*\.html"):
        reports.full().save(tmp_path / "mine.docx")
