"""Questionnaire scores beside measures: how tables are read, scored, told, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.across import sessions
from transcript_rapport.across import trend
from transcript_rapport.errors import SettingsError
from transcript_rapport.questionnaires import beside, questionnaires, read, told_of_others
from transcript_rapport.questionnaires.scoring import measures
from transcript_rapport.questionnaires.table import Filled
from transcript_rapport.renderers import html, text
from transcript_rapport.report import Measure, Report

NINE = "2,1,0,3,1,0,2,1,{}"
WIDE = "session,date,questionnaire,total," + ",".join(f"item{n}" for n in range(1, 13))


def table(folder: Path, *lines: str, name: str = "scores.csv") -> str:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def measured(path: str, name: str = "s1") -> dict[str, Measure]:
    report = beside(sessions.with_measures(name), path)
    return {m.name.removeprefix("questionnaires."): m for m in report.measures}


def test_items_in_columns(tmp_path: Path) -> None:
    path = table(tmp_path, WIDE, f"S1.txt,2026-03-07,PHQ-9,,{NINE.format(0)},,,", "s1,,GAD 7,12" + "," * 12)
    held = measured(path)
    assert (held["phq9"].value, held["phq9"].base, held["gad7"].value) == (10, 9, 12)
    assert "10 to 14" in held["phq9"].note and "moderate" in held["phq9"].note and "Kroenke" in held["phq9"].note
    assert "not a diagnosis" in held["phq9"].note and "2026-03-07" in held["phq9"].note
    assert held["phq9_item_9"].value == 0


def test_a_column_an_item_of_several_questionnaires(tmp_path: Path) -> None:
    path = table(tmp_path, "session;phq9_total;srs_1;srs_2;srs_3;SRS item 4", "s1;7;9,5;10;8;9")
    held = measured(path)
    assert (held["phq9"].value, held["srs"].value) == (7, 36.5)
    assert held["phq9_item_9"].value is None and "look at the form" in held["phq9_item_9"].note


def test_na_is_no_answer(tmp_path: Path) -> None:
    held = measured(table(tmp_path, "session,phq9_total,gad7_1,srs_total", "s1,NA,n/a,38", "s2,7,NaN,"))
    assert set(held) == {"srs"}


def test_an_item_a_row_and_subscales(tmp_path: Path) -> None:
    rows = [f"s1,WAI-SR,{n},{n % 5 + 1}" for n in range(1, 13) if n != 4]
    held = measured(table(tmp_path, "session,questionnaire,item,value", *rows))
    assert held["wai_sr"].value is None and "no answer to item 4" in held["wai_sr"].note
    # Items 3, 5, 7 and 9 were answered 4, 1, 3 and 5; goal lacks its item 4.
    assert (held["wai_sr_bond"].value, held["wai_sr_goal"].value) == (13, None)


def test_a_workbook_with_dates(tmp_path: Path) -> None:
    import datetime as dt

    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Session", "Date", "Questionnaire", "Score"])
    book.active.append(["s1", dt.datetime(2026, 3, 7), "ORS", 24.9])
    book.save(tmp_path / "scores.xlsx")
    held = measured(str(tmp_path / "scores.xlsx"))
    assert held["ors"].value == 24.9 and "under 25" in held["ors"].note and "2026-03-07" in held["ors"].note


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("name,questionnaire,total", "a,PHQ-9,3"), "a column session"),
        (("session,total", "a,3"), "whose scores"),
        (("session,colour", "a,red"), "columns such as"),
        (("session,questionnaire,total", "a,PHQ-10,3"), "one of PHQ-9"),
        (("session,questionnaire,total", "a,PHQ-9,28"), "from 0 to 27"),
        (("session,questionnaire,total", "a,PHQ-9,2.5"), "a whole number"),
        (("session,questionnaire,total", "a,PHQ-9,inf"), "a whole number"),
        (("session,questionnaire,total", ",PHQ-9,3"), "no session is named"),
        (("session,questionnaire,item3", "a,WAI-SR,0"), "item 3 is '0'"),
        (("session,questionnaire,item,value", "a,GAD-7,8,1"), "items 1 to 7"),
        (("session,questionnaire,total", "a,GAD-7,3", "A,gad7,4"), "twice"),
        ((WIDE, f"a,,PHQ-9,9,{NINE.format(0)},,,"), "add up to 10"),
        (("session,questionnaire,total",), "no score"),
        (("",), ""),
    ],
)
def test_what_is_wrong_is_said(lines: tuple[str, ...], said: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="scores") as error:
        read(table(tmp_path, *lines))
    assert said in str(error.value)


def test_a_table_that_is_not_there() -> None:
    with pytest.raises(SettingsError, match="no such file"):
        read("nowhere.csv")


def test_scores_without_a_session_are_told(tmp_path: Path) -> None:
    path = table(tmp_path, "session,phq9_total,gad7_total", "s1,3,4", "gone,5,")
    assert told_of_others(path, [("x", "/a/s1.vtt"), ("gone", "")]) == ""
    assert "1 of 3" in (told := told_of_others(path, [("s1", "")])) and "'gone' in line 3" in told


def test_an_answer_to_look_at_today_stands_first(tmp_path: Path) -> None:
    path = table(tmp_path, WIDE, f"s1,,PHQ-9,,{NINE.format(1)},,,")
    report = beside(sessions.report(sessions.GOOD, "s1"), path)
    page, short = html.render(report), text.render(report)
    assert "look at it today" in page and page.index("look at it today") < page.index("What went well")
    assert "look at it today" in " ".join(short.split())
    calm = beside(
        sessions.report(sessions.GOOD, "s1"), table(tmp_path, WIDE, f"s1,,PHQ-9,,{NINE.format(0)},,,", name="0")
    )
    assert "look at it today" not in html.render(calm)


@given(st.sampled_from(sorted(questionnaires())), st.data())
def test_every_total_has_a_meaning_and_subscales_add_up(key: str, data: st.DataObject) -> None:
    of = questionnaires()[key]
    answers = {n: float(data.draw(st.integers(of.lowest, of.highest))) for n in range(1, of.items + 1)}
    found = {m.name: m for m in measures(Filled(2, "s", of, answers=answers))}
    total = found[f"questionnaires.{key}"]
    assert total.value == sum(answers.values()) and of.meaning(total.value)
    parts = [found[f"questionnaires.{key}_{name}"].value or 0 for name in of.subscales]
    assert not parts or sum(parts) == total.value


def test_bands_leave_no_gap() -> None:
    for of in questionnaires().values():
        ends = [end for low, high, _ in of.bands for end in (low, high)]
        assert not ends or (ends[0], ends[-1]) == of.range()
        assert all(b == a + 1 for a, b in zip(ends[1::2], ends[2::2], strict=False))
        assert sorted(n for items in of.subscales.values() for n in items) in ([], list(range(1, of.items + 1)))
        assert (of.reliable_change is None) == (not of.change_source) and of.source


@pytest.mark.parametrize(
    ("questionnaire", "totals", "outcome", "said"),
    [
        ("PHQ-9", (18, 15, 12), "fell", "at least the 6 points"),
        ("PHQ-9", (12, 15), "open", "less than the 6 points"),
        ("GAD-7", (5, 9), "rose", "Jacobson & Truax"),
        ("SRS", (30, 39), "silent", "no reliable change is published"),
        ("ORS", (30,), "silent", "too little to say"),
    ],
)
def test_reliable_change(questionnaire: str, totals: tuple[int, ...], outcome: str, said: str, tmp_path: Path) -> None:
    rows = [f"s{n},{questionnaire},{total}" for n, total in enumerate(totals)]
    path = table(tmp_path, "session,questionnaire,total", *rows)
    reports: list[Report] = [beside(sessions.with_measures(f"s{n}"), path) for n in range(len(totals))]
    moved = trend.trends(reports, "T").measures[0]
    assert moved.outcome == outcome and said in moved.statement
