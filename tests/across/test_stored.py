"""A written report read back is the report again, and a damaged one says what is wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from tests.across import sessions
from tests.invented import remarked
from tests.renderers import reports
from transcript_rapport.across import stored
from transcript_rapport.across.caseload import Caseload
from transcript_rapport.across.gather import gather, in_order, inside
from transcript_rapport.across.page import caseload as caseload_page
from transcript_rapport.batch.work import problem
from transcript_rapport.errors import ModelError, ReadError, SettingsError
from transcript_rapport.renderers import json as as_json
from transcript_rapport.renderers import jsonl
from transcript_rapport.report import Report
from transcript_rapport.session import Session
from transcript_rapport.settings import Settings

READ_SO = {4: {"well": 0.8125, "awkward": 0.0}, 6: {"advice": 0.7, "foremost": 0.1234}}
"""Utterance → how likely a supervisor would remark on it so."""
REPORTS = [
    *(reports.full(), reports.full(times=True), reports.bare(), sessions.report(sessions.POOR, "poor")),
    replace(reports.full(), coded=remarked(reports.full().coded, READ_SO)),
]


@pytest.mark.parametrize("report", REPORTS)
def test_what_is_written_comes_back(report: Report) -> None:
    document = as_json.document(report)
    again = stored.report_of(document, "here")
    assert as_json.document(again) == document
    assert again.session.roles == dict(report.session.roles)
    assert [f.quote for f in again.findings] == [f.quote for f in report.findings]
    assert again.coded.labels == report.coded.labels


def test_a_report_written_before_there_were_remarks_has_none() -> None:
    again = stored.report_of(as_json.document(reports.full()), "here")
    assert not any(label.remarks for label in again.coded.labels)


def test_a_file_of_many_holds_as_many(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text("".join(map(jsonl.render, REPORTS)), encoding="utf-8")
    assert stored.is_report(path)
    assert [r.session.name for r in stored.load(path)] == [r.session.name for r in REPORTS]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "not JSON"),
        ("[]", "kind 'list'"),
        ('{"schema": "transcript-rapport/report/9"}', "report/9"),
        ('{"schema": "transcript-rapport/report/1"}', "'session' is missing"),
        ('{"schema": "transcript-rapport/report/1", "session": 3, "utterances": [1]}', "damaged"),
    ],
)
def test_a_damaged_report_says_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=told):
        stored.load(path)


def test_names_are_ordered_as_people_do() -> None:
    assert sorted(["s10", "s2", "s1b"], key=in_order) == ["s1b", "s2", "s10"]


def _fake(session: Session, settings: Settings) -> Report:
    if "boom" in session.name:
        raise ZeroDivisionError("a strange\nthing")
    if settings.model:
        raise ModelError("model", "broken")
    return sessions.report(sessions.GOOD, session.name)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("transcript_rapport.analysis.analyse", _fake)
    talk = "Therapist: You came.\nClient: I did.\n"
    for name in ("s10.txt", "s2.txt", "boom.txt"):
        (tmp_path / name).write_text(talk, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "README.txt").write_text("Nothing to read.", encoding="utf-8")
    (tmp_path / "s3.json").write_text(as_json.render(sessions.report(sessions.POOR, "s3")), encoding="utf-8")
    (tmp_path / "s3.txt").write_text(talk, encoding="utf-8")
    (tmp_path / "torn.json").write_text('{"schema": "transcript-rapport/report/1"', encoding="utf-8")
    return tmp_path


def test_a_bad_file_is_told_and_the_others_go_on(folder: Path) -> None:
    found = gather(inside(folder))
    assert [r.session.name for r in found.reports] == ["s2", "s3", "s10"]
    told = {Path(p.where).name: p.sentence for p in found.problems}
    assert set(told) == {"boom.txt", "empty.txt", "torn.json"}
    assert all("\n" not in sentence for sentence in told.values())


@pytest.mark.parametrize(
    ("remedy", "told"),
    [
        ("leave out --asr for a report on talk time alone", "s1.wav: no words; expected talk in English"),
        ('name it with --practitioner LABEL (or practitioner = "LABEL")', "s1.wav: no words; expected talk in English"),
        ("correct the line", "s1.wav: no words; expected talk in English; correct the line"),
    ],
)
def test_a_page_leaves_out_what_to_do_on_the_command_line_and_nothing_else(remedy: str, told: str) -> None:
    stopped = problem("s1.wav", ReadError("s1.wav", "no words", "talk in English", remedy))
    assert stopped.sentence == f"s1.wav: no words; expected talk in English; {remedy}"
    page = caseload_page(Caseload((), (), (stopped,)))
    assert f"<li>{told}</li>" in unescape(page)


def test_a_file_whose_name_looks_like_an_option_is_named_on_the_page() -> None:
    stopped = problem("a --b.txt", ReadError("a --b.txt", "it holds no words"))
    assert "<li>a --b.txt: it holds no words</li>" in caseload_page(Caseload((), (), (stopped,)))


def test_a_transcript_with_a_written_report_is_not_analysed_again(folder: Path) -> None:
    begun: list[str] = []
    gather(inside(folder), begins=begun.append)
    assert "s3.json" in begun and "s3.txt" not in begun


def test_what_holds_for_every_file_stops_at_once(folder: Path) -> None:
    with pytest.raises(ModelError):
        gather(inside(folder), Settings(model="x"))


def test_no_folder_and_an_empty_one_are_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such folder"):
        inside(tmp_path / "nowhere")
    with pytest.raises(SettingsError, match="no transcript"):
        inside(tmp_path)


def test_a_transcript_in_json_is_no_report(tmp_path: Path) -> None:
    path = tmp_path / "talk.json"
    path.write_text(json.dumps([{"speaker": "A", "text": "Hello."}]), encoding="utf-8")
    assert not stored.is_report(path)
