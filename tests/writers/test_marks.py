"""Codes and findings of a report as tiers in ELAN, Praat and CHAT, in their places."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from defusedxml.ElementTree import fromstring

from tests.renderers.reports import LINES, full
from transcript_rapport import writers
from transcript_rapport.errors import ReadError
from transcript_rapport.readers import Source, read_source
from transcript_rapport.renderers.json import render
from transcript_rapport.report import Report
from transcript_rapport.session import Utterance
from transcript_rapport.writers import Mark, reports
from transcript_rapport.writers.marks import when

REPORT = full(times=True)


def test_a_report_file_is_read_with_its_marks() -> None:
    ((session, marks),) = reports.read(Source("a.json", render(REPORT).encode()))
    assert [(u.speaker, u.text, u.start_ms, u.end_ms) for u in session] == [
        (u.speaker, u.text, u.start_ms, u.end_ms) for u in REPORT.session
    ]
    assert session.roles == REPORT.session.roles
    assert sorted(marks, key=repr) == sorted(writers.marks(REPORT), key=repr)


def test_several_reports_a_line_each_and_other_files() -> None:
    line = json.dumps(json.loads(render(REPORT)))
    assert len(reports.read(Source("a.jsonl", f"{line}\n{line}\n".encode()))) == 2
    assert reports.read(Source("a.json", b'{"utterances": []}')) == []
    assert reports.read(Source("a.txt", b"T: transcript-rapport/report/1\nC: yes")) == []


def test_a_damaged_report_is_told() -> None:
    document = json.loads(render(REPORT))
    del document["utterances"][2]["text"]
    with pytest.raises(ReadError, match="report 1: the report is not whole"):
        reports.read(Source("a.json", json.dumps(document).encode()))


def test_elan_has_dependent_tiers_inside_their_utterances() -> None:
    root = fromstring(writers.write(REPORT.session, writers.for_name("elan"), writers.marks(REPORT)).text)
    tiers = {tier.get("TIER_ID"): tier for tier in root.iter("TIER")}
    assert list(tiers) == ["T", "T codes", "T findings", "T findings (2)", "T findings (3)", "C", "C codes"]
    assert tiers["T findings"].get("PARENT_REF") == "T"
    assert tiers["T codes"].get("PARTICIPANT") == "T"
    slots = {slot.get("TIME_SLOT_ID"): int(slot.get("TIME_VALUE")) for slot in root.iter("TIME_SLOT")}
    assert list(slots.values()) == sorted(slots.values())

    def spans(name: str) -> list[tuple[int, int]]:
        refs = ("TIME_SLOT_REF1", "TIME_SLOT_REF2")
        found = tiers[name].iter("ALIGNABLE_ANNOTATION")
        return [(slots[a.get(refs[0])], slots[a.get(refs[1])]) for a in found]

    for name, tier in tiers.items():
        own = spans(name)
        assert all(end <= start for (_, end), (start, _) in pairwise(own))
        if parent := tier.get("PARENT_REF"):
            outer = spans(parent)
            assert all(any(a <= start < end <= b for a, b in outer) for start, end in own)
    texts = [value.text for value in tiers["T codes"].iter("ANNOTATION_VALUE")]
    assert texts[:2] == ["question.open", "reflection.complex"]


@pytest.mark.parametrize("name", ["elan", "textgrid", "chat"])
def test_tiers_of_marks_are_not_read_as_speech(name: str) -> None:
    written = writers.write(REPORT.session, writers.for_name(name), writers.marks(REPORT))
    assert written.notes == ()
    (back,) = read_source(Source("a" + writers.for_name(name).SUFFIX, written.text.encode()))
    assert [(u.speaker, u.text) for u in back] == [(speaker, text) for speaker, text, _ in LINES]
    assert back.notes
    assert "reflection.complex" in written.text
    assert "jargon.unexplained: " in written.text


@pytest.mark.parametrize("name", ["vtt", "srt", "csv", "json"])
def test_where_marks_stay_behind_it_is_told(name: str) -> None:
    written = writers.write(REPORT.session, writers.for_name(name), writers.marks(REPORT))
    assert written.notes == (f"codes and findings stay behind: .{name} holds words and times only",)


def test_a_mark_has_its_share_of_the_time() -> None:
    spoken = Utterance(0, "T", "0123456789", 1000, 3000)
    assert when(spoken, Mark("codes", 0, 5, 10, "")) == (2000, 3000)
    assert when(spoken, Mark("codes", 0, 10, 10, "")) == (2999, 3000)
    assert when(Utterance(0, "T", "0123456789", 7, 8), Mark("codes", 0, 5, 10, "")) == (7, 8)


def test_praat_tiers_have_no_gaps() -> None:
    text = writers.write(REPORT.session, writers.for_name("textgrid"), writers.marks(REPORT)).text
    lines = [line.strip() for line in text.splitlines()]
    bounds = [(a, b) for a, b in pairwise(lines) if a.startswith("xmin") and b.startswith("xmax")]
    ends: list[str] = []
    for low, high in bounds[1:]:
        start, end = low.split()[-1], high.split()[-1]
        assert start == "0" or start == "0.000" or start == ends[-1]
        ends.append(end)


def test_the_same_report_gives_the_same_file() -> None:
    def made(report: Report) -> str:
        return writers.write(report.session, writers.for_name("elan"), writers.marks(report)).text

    assert made(REPORT) == made(full(times=True))
