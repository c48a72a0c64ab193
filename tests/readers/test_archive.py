"""Zip archives of transcripts."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.readers.asking import complaint, one, sessions
from transcript_rapport.errors import RoleError
from transcript_rapport.roles import assign

TALK = "Therapist: How was the week?\nClient: Long.\n"
BACKWARDS = "[00:10] T: Hello.\n[00:05] C: Hi.\n[00:01] T: So.\n"


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these files."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_each_transcript_inside_is_read_with_its_place() -> None:
    table = "session,speaker,text\n1,T,Hi.\n1,C,Ho.\n2,T,So.\n2,C,Well.\n"
    found = sessions("all.zip", packed({"a.txt": TALK, "deep/er/b.csv": table}))
    assert [s.name for s in found] == ["a", "b-1", "b-2"]
    assert [s.source for s in found] == ["all.zip/a.txt", "all.zip/deep/er/b.csv", "all.zip/deep/er/b.csv"]
    assert found[0].format == "plain text"


def test_files_of_one_name_keep_their_folders() -> None:
    found = sessions("all.zip", packed({"may/talk.txt": TALK, "june/talk.txt": TALK}))
    assert [s.name for s in found] == ["may-talk", "june-talk"]


def test_clutter_is_skipped_and_other_files_are_told() -> None:
    clutter = {"__MACOSX/._a.txt": "x", ".hidden.txt": "x", "d/": ""}
    session = one("all.zip", packed({**clutter, "logo.png": b"\x89PNG", "a.txt": TALK}))
    assert session.notes == ("beside the transcripts in all.zip, left out: logo.png",)


def test_one_bad_file_is_told_and_the_others_go_on() -> None:
    bad, good = sessions("all.zip", packed({"bad.txt": BACKWARDS, "good.txt": TALK}))
    assert len(good) == 2
    with pytest.raises(RoleError, match=r"^all\.zip/bad\.txt:2: the times run backwards"):
        assign(bad)
    assert complaint("all.zip", packed({"bad.txt": BACKWARDS})).startswith("all.zip/bad.txt:2: the times")


def test_a_zip_inside_a_zip_is_told() -> None:
    bad, _ = sessions("all.zip", packed({"inner.zip": packed({"a.txt": TALK}), "a.txt": TALK}))
    assert "inside another" in bad.notes[0]


def test_any_name_will_do() -> None:
    assert len(one("talks.bin", packed({"a.txt": TALK}))) == 2


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (packed({}), "no transcript"),
        (packed({"a.png": b"\x89PNG"}), "no transcript"),
        (packed({"a.txt": b"a" * 60_000_000}), "times its size"),
        (packed({"a.txt": TALK})[:60], "damaged"),
        (b"PK\x03\x04 and no more", "damaged"),
    ],
    ids=[
        "empty",
        "a picture",
        "too large",
        "cut off",
        "its first bytes only",
    ],  # an archive holds the time of its making
)
def test_archives_that_cannot_be_read(data: bytes, seen: str) -> None:
    assert seen in complaint("all.zip", data)


def test_a_locked_archive() -> None:
    data = bytearray(packed({"a.txt": TALK}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # The flag for a password, in both headers.
        data[data.index(mark) + at] |= 1
    assert "locked with a password" in complaint("all.zip", bytes(data))


def test_an_archive_that_says_it_is_huge() -> None:
    data = bytearray(packed({"a.txt": TALK}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (4_000_000_000).to_bytes(4, "little")
    assert "4,000 MB" in complaint("all.zip", bytes(data))


def test_workbooks_and_documents_go_to_their_own_readers() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("speaker", "text"), ("T", "Hi."), ("C", "Ho.")):
        sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    assert one("talk.zip", buffer.getvalue()).format == "Excel"
    (session,) = sessions("all.zip", packed({"talk.xlsx": buffer.getvalue()}))
    assert session.format == "Excel"
