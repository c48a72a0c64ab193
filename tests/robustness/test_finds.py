"""What the fuzzer and the damaged seeds found, each as a small invented file; none may come back."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from tests.robustness.contract import outcome
from transcript_rapport.errors import ReadError
from transcript_rapport.readers import Source
from transcript_rapport.session import Session


def sessions(name: str, data: bytes) -> list[Session]:
    found = outcome(name, data)
    assert not isinstance(found, ReadError), found
    return found


def refusal(name: str, data: bytes) -> str:
    found = outcome(name, data)
    assert isinstance(found, ReadError), found
    return str(found)


def test_a_header_shorter_than_the_rows_below_it() -> None:
    rows = "Ann;well, no;5.0;I thought so;too\nBo;well, yes;9.0;And so it was;then\n" * 3
    outcome("a.csv", f"heading;start\n{rows}".encode())


def test_a_voice_tag_that_never_closes_does_not_swallow_cues() -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann\n\n00:02.000 -- 0>0:03.000\n<v Bo>Yes.</v>\n"
    outcome("a.vtt", (cues + "\n00:04.000 --> 00:05.000\n<v Ann>So.</v>\n").encode())


@pytest.mark.parametrize("time", ["9" * 400, "1e999", "-3", "1e12"])
def test_times_of_a_textgrid_outside_any_recording(time: str) -> None:
    head = f'File type = "ooTextFile"\nObject class = "TextGrid"\n0\n9\n<exists>\n1\n"IntervalTier"\n"Ann"\n0\n9\n1\n{time}\n9\n'  # noqa: E501
    assert "outside any recording" in refusal("a.TextGrid", f'{head}"Hello."\n'.encode())


def test_a_nameless_member_of_an_archive() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "Ann: Hello.\nBo: Hi.\nAnn: So.\n")
        archive.writestr("x", "")
    nameless = held.getvalue().replace(b"x" + b"PK", b"\x00PK")
    outcome("a.zip", nameless.replace(b"\x00\x00\x00\x00x", b"\x00\x00\x00\x00\x00"))


def test_halves_of_characters_are_told_and_can_be_written() -> None:
    (session,) = sessions(
        "a.json", rb'[{"speaker": "T\ud800", "text": "So \udc00."}, {"speaker": "C", "text": "\ud83d\ude42"}]'
    )
    assert [(u.speaker, u.text) for u in session] == [("T\ufffd", "So \ufffd."), ("C", "🙂")]
    assert any("half a character" in note for note in session.notes)


def test_errors_that_quote_other_libraries_stay_one_short_sentence() -> None:
    told = str(Source("a.csv", b"").error("bad\nthing " + "x" * 5000, "a table"))
    assert "\n" not in told
    assert len(told) < 500


def test_a_clock_time_in_speech_is_no_time_of_the_line() -> None:
    lines = "Ann  0:01\nHello.\n\nBo  0:05\nYesterday 12:30 we met.\n\nAnn  0:09\nSo at 12:30 it was.\n"
    (session,) = sessions("a.txt", lines.encode())
    assert [(u.speaker, u.start_ms) for u in session] == [("Ann", 1000), ("Bo", 5000), ("Ann", 9000)]


@pytest.mark.parametrize(
    ("whole", "broken"), [(b"<dimension ref=", b"<dimension reff="), (b"<sheetData>", b"<sheetDatum>")]
)
def test_a_workbook_whose_xml_names_nothing_that_is_known(whole: bytes, broken: bytes) -> None:
    made, held = io.BytesIO(), io.BytesIO()
    book = Workbook()
    for row in (["speaker", "text"], ["T", "How was it?"], ["C", "Long."]):
        book.active.append(row)
    book.save(made)
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(held, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(whole, broken))
    outcome("a.xlsx", held.getvalue())
