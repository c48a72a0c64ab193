"""The door of all readers: files, names, encodings, files given together, and the real corpora."""

import io
import sys
from pathlib import Path

import pytest

from tests.readers.asking import complaint, one
from tests.readers.test_textgrid import HEAD, tier
from transcript_rapport.errors import ReadError, RoleError
from transcript_rapport.readers import read
from transcript_rapport.roles import assign

TALK = "T: Hello, café.\nC: “Hi.”\nT: So.\n"
CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"
needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason=f"the corpora are not at {CORPORA}")


def write(folder: Path, **files: str) -> list[Path]:
    paths = [folder / name.replace("__", ".") for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_text(content, encoding="utf-8")
    return paths


def test_files_in_order_with_their_paths_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, b__txt=TALK, a__txt=TALK)
    monkeypatch.chdir(tmp_path)
    found = read("./b.txt", Path("a.txt"))
    assert [(session.name, session.source) for session in found] == [("b", "./b.txt"), ("a", "a.txt")]
    assert read() == []


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TALK.encode())))
    (session,) = read("-")
    assert (session.name, session.source, len(session)) == ("standard input", "-", 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    session = one("a.txt", TALK.encode(encoding))
    assert [u.text for u in session] == ["Hello, café.", "“Hi.”", "So."]
    assert any("Windows-1252" in note for note in session.notes) == (encoding == "cp1252")


@pytest.mark.parametrize("talk", ["T: It’s café.\nC: Hi.\nT: So.", "T: Café.\rC: Hi.\rT: So."])
def test_text_of_an_old_mac(talk: str) -> None:
    session = one("a.txt", talk.encode("mac_roman"))
    assert session[0].text == talk[3:].splitlines()[0]
    assert "read as Mac Roman, because it is not UTF-8" in session.notes


def test_what_fills_up_an_old_file_is_no_talk() -> None:
    assert one("a.txt", TALK.encode() + b"\x00\x00\x1a")[-1].text == "So."


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (b"", "the file is empty"),
        (b" \n \n", "the file is empty"),
        (b"\xef\xbb\xbf", "a.txt: "),
        (b"T: a\x00b\nC: c", "binary"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04 word/document.xml", "a Word document"),
        (b"RIFF....WAVE", "a recording"),
        (TALK.encode() + b"T: \xff", "a.txt:4: byte 0xff does not fit UTF-8"),
        (b"T: Hi.\nC: \x81\x8d", "a.txt:2: byte 0x81"),
        (b"T: Caf\xe9.\nC: \x81", "a.txt:2: byte 0x81 does not fit Windows-1252, and the file is not UTF-8"),
        (b"\xff\xfeT\x00:", "UTF-16"),
        (TALK.encode("utf-16-le") + b"\x00\xd8T\x00", "does not fit UTF-16-LE"),
        (bytes(range(1, 32)).replace(b"", b"\x00") * 9 + b"\x00\xd8\x15", "this is a binary file, not text"),
        (b"\x7fELF\x02\x00" + b"\x15\x00\x00\x00\x06\x00" * 99 + b"\x00\xd8\x15", "this is a binary file, not text"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, seen: str) -> None:
    assert seen in complaint("a.txt", data)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="there is no such file"):
        read(tmp_path / "no.txt")
    with pytest.raises(ReadError, match="this is a folder"):
        read(tmp_path)


def test_a_file_a_speaker(tmp_path: Path) -> None:
    files = {
        "visit_04_doctor__TextGrid": HEAD + tier("Speaker", (0, 2, "Any pain?"), (5, 6, "Since when?")),
        "visit_04_patient__TextGrid": HEAD + tier("Speaker", (2.5, 4, "Here."), (6, 7, "May.")),
    }
    paths = write(tmp_path, **files)
    (session,) = read(*paths, together=True)
    assert session.name == "visit_04"
    assert [(u.index, u.speaker, u.text) for u in session] == [
        (0, "doctor", "Any pain?"),
        (1, "patient", "Here."),
        (2, "doctor", "Since when?"),
        (3, "patient", "May."),
    ]
    assert str(paths[0]) in session.source


def test_together_keeps_tier_names_that_differ(tmp_path: Path) -> None:
    paths = write(
        tmp_path, one__TextGrid=HEAD + tier("Ann", (0, 2, "Hi.")), two__TextGrid=HEAD + tier("Bo", (1, 3, "Ho."))
    )
    (session,) = read(*paths, together=True)
    assert session.speakers == ("Ann", "Bo")


def test_together_with_subtitles_that_name_nobody(tmp_path: Path) -> None:
    cue = "WEBVTT\n\n00:0{}.000 --> 00:0{}.500\nHi.\n"
    paths = write(tmp_path, s1_coach__vtt=cue.format(1, 1), s1_client__vtt=cue.format(2, 2))
    (session,) = read(*paths, together=True)
    assert (session.name, session.speakers) == ("s1", ("coach", "client"))


def test_together_needs_times_and_two_speakers(tmp_path: Path) -> None:
    paths = write(tmp_path, a__txt=TALK, b__TextGrid=HEAD + tier("Bo", (1, 3, "Ho.")))
    with pytest.raises(ReadError, match="not every line has a time"):
        read(*paths, together=True)
    with pytest.raises(ReadError, match="only 'Bo' speaks"):
        read(paths[1], together=True)


def test_one_bad_session_of_several_does_not_stop_the_others(tmp_path: Path) -> None:
    table = "session,speaker,text\n1,T,Hi.\n1,C,Ho.\n2,T,One.\n"
    good, bad = read(*write(tmp_path, a__csv=table))
    assert assign(good).roles
    with pytest.raises(RoleError, match=r"a\.csv: a-2: only T speaks"):
        assign(bad)


@pytest.mark.parametrize(
    "hostile", ["[" * 300_000, ": " * 150_000, "T" + " " * 300_000 + "b", "1" * 300_000, '"' * 300_001]
)
def test_hostile_text_gets_its_sentence(hostile: str) -> None:
    for name in ("a.txt", "a.csv", "a.vtt", "a.json", "a.TextGrid"):
        complaint(name, hostile)
        complaint(name, "WEBVTT\n\n00:01.000 --> 00:02.000\n" + hostile)


@needs_corpora
@pytest.mark.parametrize(
    ("path", "sessions_in", "utterances"),
    [("annomi/annomi.csv", 105, 7802), ("hlqc/hlqc.csv", 128, 4794), ("rogers/Gloria_session.csv", 1, 860)],
)
def test_corpus_tables(path: str, sessions_in: int, utterances: int) -> None:
    found = read(CORPORA / path)
    assert len(found) == sessions_in
    assert sum(map(len, found)) == utterances
    assert all(set(s.speakers) <= {"therapist", "counsellor", "client"} for s in found)


@needs_corpora
def test_corpus_consultations_a_file_a_speaker() -> None:
    doctors = sorted((CORPORA / "primock57").glob("*_doctor.TextGrid"))
    assert doctors
    for doctor in doctors:
        (session,) = read(doctor, doctor.with_name(doctor.name.replace("doctor", "patient")), together=True)
        assert set(session.speakers) == {"doctor", "patient"}
        assert session.has_ends
        assert not any("<" in u.text for u in session)


@needs_corpora
def test_corpus_interviews_in_plain_text() -> None:
    for path in sorted((CORPORA / "fareez-osce").glob("*.txt")):
        (session,) = read(path)
        assert set(session.speakers) == {"D", "P"}
