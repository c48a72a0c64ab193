"""Files made to fill a memory or to waste a day: refused in one sentence, or read in bounded memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.readers import papers
from tests.robustness.contract import outcome
from tests.robustness.seeds import zipped
from transcript_rapport.errors import ReadError

MB = 1 << 20


@contextmanager
def within(most: int) -> Iterator[None]:
    """Fails where what Python allocated at once exceeds ``most`` bytes."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] <= most
    finally:
        tracemalloc.stop()


def refusal(name: str, data: bytes) -> str:
    found = outcome(name, data)
    assert isinstance(found, ReadError), found
    return str(found)


def bomb(member: str, size: int, head: bytes = b"") -> bytes:
    return zipped((member, head + b" " * size), compress=True)


@pytest.mark.parametrize("name", ["a.zip", "a.docx", "a.odt", "a.xlsx", "a.ods"])
def test_zip_bombs_are_refused_before_they_unpack(name: str) -> None:
    members = {"a.zip": "a.txt", "a.docx": "word/document.xml", "a.odt": "content.xml", "a.xlsx": "xl/a.xml"}
    data = bomb(members.get(name, "content.xml"), 24 * MB)
    with within(20 * MB):
        told = refusal(name, data)
    assert "unpacks to" in told or "damaged" in told


def test_a_bomb_that_lies_about_its_size() -> None:
    data = bytearray(bomb("a.txt", 30 * MB, b"T: Hello.\nC: Hi.\n"))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + at
        data[place : place + 4] = (40).to_bytes(4, "little")
    with within(20 * MB):
        assert "damaged" in refusal("a.zip", bytes(data))


@pytest.mark.parametrize(
    "path", ["../../a.txt", "/etc/a.txt", "C:\\a.txt", "a\x1b[31m.txt", "a\u202etxt.txt", "..\\a.txt"]
)
def test_paths_inside_an_archive_are_names_only(path: str) -> None:
    found = outcome("a.zip", zipped((path, b"T: Hello.\nC: Hi.\nT: So.\n")))
    assert not isinstance(found, ReadError), found
    assert all(letter.isprintable() for letter in found[0].source)


ENTITIES = '<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("entity", [ENTITIES, OUTSIDE])
@pytest.mark.parametrize(
    ("name", "root"),
    [("a.eaf", "ANNOTATION_DOCUMENT"), ("a.exb", "basic-transcription"), ("a.trs", "Trans"), ("a.xml", "TEI")],
)
def test_entities_are_refused(entity: str, name: str, root: str) -> None:
    assert "entities" in refusal(name, f'<?xml version="1.0"?>{entity}<{root}>&c;</{root}>'.encode())


@pytest.mark.parametrize("entity", [ENTITIES, OUTSIDE])
@pytest.mark.parametrize("name", ["a.fodt", "a.odt"])
def test_entities_in_documents_stay_empty_or_are_refused(entity: str, name: str) -> None:
    content = entity + papers.flat_odt("<text:p>T: Hello &c;.</text:p><text:p>C: Hi.</text:p>")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    found = outcome(name, held.getvalue() if name == "a.odt" else content.encode())
    words = "" if isinstance(found, ReadError) else " ".join(u.text for s in found for u in s)
    assert "boom" not in words
    assert "root:" not in words


LINES = {
    "words.txt": ("T: Hello.\nC: ", "word ", "\nT: So.\n"),
    "letters.txt": ("T: Hello.\nC: ", "x", "\nT: So.\n"),
    "colons.txt": ("T: Hello.\nC: ", "a: ", "\nT: So.\n"),
    "brackets.txt": ("T: Hello.\nC: ", "(T: ", "\nT: So.\n"),
    "cue.vtt": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v T>Hi.\n\n00:03.000 --> 00:04.000\n<v C>", "word ", "\n"),
    "tags.vtt": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v T>Hi.\n\n00:03.000 --> 00:04.000\n<v C>", "<v ", "\n"),
    "cell.csv": ('speaker,text\nT,Hello.\nC,"', "word ", '"\n'),
    "cells.csv": ("speaker,text\nT,Hello.\nC,", "a,", "\n"),
    "rows.json": ('[{"speaker":"T","text":"Hi."},{"speaker":"C","text":"', "word ", '"}]'),
    "deep.json": ("", "[", ""),
    "chat.cha": ("@Begin\n*THE:\tHello .\n*CLI:\t", "<word [/] ", ".\n@End\n"),
    "praat.TextGrid": (
        'File type = "ooTextFile"\nObject class = "TextGrid"\n0\n9\n<exists>\n2\n"IntervalTier"\n"A"\n0\n9\n1\n0\n9\n"',
        '""',
        '"\n',
    ),
    "rich.rtf": (r"{\rtf1 T: Hello.\par C: ", r"{\b word word word word word word}", "}"),
}
"""A head, a piece that is repeated, a tail: one line that never ends, in every format that has lines."""


@pytest.mark.parametrize("name", LINES)
def test_lines_of_megabytes_are_read_or_refused_in_bounded_memory(name: str) -> None:
    head, piece, tail = LINES[name]
    data = (head + piece * (MB // 8 // len(piece)) + tail).encode()
    with within(60 * len(data)):
        outcome(name, data)


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"T: So.\nC: Hi.\n"), ("a.vtt", b"WEBVTT\n\n"), ("a.json", b"[")])
def test_what_no_transcript_weighs_is_refused_unread(name: str, data: bytes) -> None:
    class Heavy(bytes):
        def __len__(self) -> int:
            return 300_000_000

    told = str(outcome(name, Heavy(data)))
    assert "MB" in told
