"""The commands across sessions at the door: what they print, write, and say when something goes wrong."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.across import sessions
from transcript_rapport.across.tables import as_csv
from transcript_rapport.cli.commands import app
from transcript_rapport.renderers import json as as_json


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "sessions"
    place.mkdir()
    for n in range(5):
        report = sessions.report(sessions.POOR if n == 3 else sessions.GOOD, f"2026-01-0{n + 1}", times=10 + n)
        (place / f"{report.session.name}.json").write_text(as_json.render(report), encoding="utf-8")
    return place


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_compare(folder: Path) -> None:
    result = run("compare", folder / "2026-01-01.json", folder / "2026-01-04.json")
    assert result.exit_code == 0, result.stderr
    assert "A: 2026-01-01 · B: 2026-01-04" in result.stdout and "lower in B" in result.stdout


@pytest.mark.parametrize("command", ["compare", "trend"])
def test_titles_of_all_measures_stand_whole(command: str, folder: Path) -> None:
    given = (folder / "2026-01-01.json", folder / "2026-01-04.json") if command == "compare" else (folder,)
    lines = run(command, *given, "--all").stdout.splitlines()
    long = [i for i, line in enumerate(lines) if line.startswith("Practitioner utterances that are mainly")]
    assert [lines[i + 1] for i in long] == ["  asking", "  reflecting", "  informing or advising", "  something else"]


def test_trend(folder: Path, tmp_path: Path) -> None:
    assert "5 sessions" in run("trend", folder, "--person", "T").stdout
    out = tmp_path / "trend.html"
    assert run("trend", folder, "--format", "html", "--out", out).exit_code == 0
    assert "<svg" in out.read_text(encoding="utf-8")
    assert run("trend", folder, "--person", "X").exit_code == 2


def test_the_name_of_the_file_says_what_is_written(folder: Path, tmp_path: Path) -> None:
    sides = (folder / "2026-01-01.json", folder / "2026-01-04.json")
    for command, out in ((("compare", *sides), "c.html"), (("trend", folder), "t.html")):
        assert run(*command, "--out", tmp_path / out).exit_code == 0
        assert (tmp_path / out).read_text(encoding="utf-8").startswith("<!doctype html>")
    html = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert html.index("lower in B") < html.index("<summary>All ") < html.index("no difference beyond")
    assert run("compare", *sides, "--out", tmp_path / "c.csv").exit_code == 0
    assert (tmp_path / "c.csv").read_text(encoding="utf-8").startswith("name,title")
    for wrong in (("--format", "csv", "--out", tmp_path / "x.html"), ("--out", tmp_path / "x.docx")):
        result = run("compare", *sides, *wrong)
        assert result.exit_code == 2 and "--out" in result.stderr and not list(tmp_path.glob("x.*"))


def test_caseload_goes_on_past_a_bad_file(folder: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.csv"
    assert run("caseload", folder, "--out", whole).stderr == f"{whole}: 5 sessions; every file could be used\n"
    (folder / "bad.json").write_text('{"schema": "transcript-rapport/report/1"}', encoding="utf-8")
    out = tmp_path / "page.html"
    result = run("caseload", folder, "--out", out)
    assert result.exit_code == 1 and "is missing" in result.stderr
    assert f"{out}: 5 sessions; 1 file could not be used\n" in result.stderr
    html = out.read_text(encoding="utf-8")
    assert "1 file could not be used" in html and html.index("2026-01-04") < html.index("2026-01-01")
    assert run("caseload", folder, "--out", tmp_path / "page.csv").exit_code == 1
    with (tmp_path / "page.csv").open(encoding="utf-8") as file:
        assert next(row["session"] for row in csv.DictReader(file)) == "2026-01-04"


def test_norms(folder: Path) -> None:
    result = run("norms", folder, "--name", "our clinic", "--limits", "invented")
    held = json.loads(result.stdout)
    assert (held["name"], held["sessions"], held["limits"]) == ("our clinic", 5, "invented")


def test_agree(folder: Path, tmp_path: Path) -> None:
    human = tmp_path / "human.csv"
    report = sessions.report(sessions.GOOD, "2026-01-01", times=10)
    human.write_text(as_csv(sessions.statements(report, {2: "question.open"})), encoding="utf-8")
    written = folder / "2026-01-01.json"
    text = run("agree", human, written)
    assert text.exit_code == 0, text.stderr
    assert "60 rows of the table found a place" in text.stdout and "kappa" in text.stdout
    assert "-0.00" not in text.stdout and "only 1 times" not in text.stdout
    assert "is not agreement on new sessions" in " ".join(text.stdout.split())
    assert "\n\nFamilies (" in text.stdout and "--format csv and json" in text.stdout
    held = json.loads(run("agree", human, written, "--format", "json").stdout)
    assert held["matched"] == {"offsets": 60} and held["agreement"][0]["code"] == "(all)"
    assert "AnnoMI" in held["about"]
    rows = list(csv.DictReader(run("agree", human, written, "--format", "csv").stdout.splitlines()))
    assert {row["code"] for row in rows} > {"reflection.simple", "question.open"}


def test_an_empty_table_to_fill_in_holds_nothing_of_the_coders(folder: Path, tmp_path: Path) -> None:
    sheet, written = tmp_path / "human.csv", folder / "2026-01-01.json"
    assert run("agree", sheet, written, "--sheet").exit_code == 0
    rows = list(csv.DictReader(sheet.read_text(encoding="utf-8").splitlines()))
    assert set(rows[0]) == {"session", "utterance", "start", "end", "speaker", "text", "codes"}
    assert len(rows) == 60 and not any(row["codes"] for row in rows)
    assert run("agree", sheet, written, "--sheet").exit_code == 2, "what a person wrote is never replaced"
    filled = [row | {"codes": "reflection.simple"} for row in rows]
    sheet.write_text(as_csv(filled), encoding="utf-8")
    held = run("agree", sheet, written, "--format", "json")
    assert json.loads(held.stdout)["matched"] == {"offsets": 60} and "probabilities" not in held.stderr


def test_the_coders_own_columns_in_a_persons_table_are_told(folder: Path, tmp_path: Path) -> None:
    human = tmp_path / "human.csv"
    report = sessions.report(sessions.GOOD, "2026-01-01", times=10)
    human.write_text(as_csv([row | {"codes": ""} for row in sessions.statements(report)]), encoding="utf-8")
    result = run("agree", human, folder / "2026-01-01.json", "--format", "csv")
    assert "its column probabilities is the coder's" in result.stderr


def test_a_table_that_meets_nothing_is_told(folder: Path, tmp_path: Path) -> None:
    human = tmp_path / "human.csv"
    human.write_text("text,codes\nNobody said this.,question.open\n", encoding="utf-8")
    result = run("agree", human, folder / "2026-01-01.json")
    assert result.exit_code == 1 and "none of 1 rows found a place" in result.stderr


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert run("caseload", tmp_path / "nowhere").exit_code == 2
    assert run("compare", tmp_path / "a.txt", tmp_path / "b.txt").exit_code == 1
