"""``rapport convert`` at its door: what is written, what is refused, what is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.renderers.reports import full
from transcript_rapport.cli.commands import app
from transcript_rapport.readers import read
from transcript_rapport.renderers.json import render

TALK = "[00:01] Therapist: How was the week?\n[00:05] Client: Long.\n"
TIMED = "speaker,start_ms,end_ms,text\nTherapist,1000,4000,How was <it>?\nClient,5000,6500,Long.\n"


def rapport(*args: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        app([str(arg) for arg in args], prog_name="rapport")
    return int(ended.value.code or 0)


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.csv"
    path.write_text(TIMED, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.TextGrid", "a.textgrid", "a.eaf", "a.cha", "a.json", "a.csv"])
def test_every_format_by_its_ending(talk: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = talk.with_name(name)
    assert rapport("convert", talk, out) == 0
    (before,), (after,) = read(talk), read(out)
    assert before.utterances == after.utterances
    assert capsys.readouterr().err == f"{out}: 2 utterances of 2 speakers\n"


def test_a_report_brings_its_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "report.json"
    given.write_text(render(full(times=True)), encoding="utf-8")
    assert rapport("convert", given, tmp_path / "a.eaf") == 0
    assert "codes and findings" in capsys.readouterr().err
    assert "reflection.complex" in (tmp_path / "a.eaf").read_text(encoding="utf-8")
    assert rapport("convert", given, tmp_path / "a.vtt") == 0
    assert "codes and findings stay behind" in capsys.readouterr().err


def test_without_times_one_sentence_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "talk.txt"
    given.write_text(TALK, encoding="utf-8")
    assert rapport("convert", given, tmp_path / "a.vtt") == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "add --invent-times" in told
    assert not (tmp_path / "a.vtt").exists()
    assert rapport("convert", given, tmp_path / "a.vtt", "--invent-times") == 0
    told = capsys.readouterr().err
    assert "times invented at 150 words a minute" in told
    assert "not the same" not in told
    (session,) = read(tmp_path / "a.vtt")
    assert not session.has_starts
    assert "invented: left open" in session.notes[0]


def test_nothing_is_replaced_unasked_and_the_transcript_never(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = talk.with_name("a.json")
    out.write_text("mine", encoding="utf-8")
    assert rapport("convert", talk, out) == 2
    assert out.read_text(encoding="utf-8") == "mine"
    assert "add --force" in capsys.readouterr().err
    assert rapport("convert", talk, out, "--force") == 0
    assert json.loads(out.read_text(encoding="utf-8"))["utterances"]
    link = talk.with_name("link.csv")
    link.symlink_to(talk)
    for same in (talk, link):
        assert rapport("convert", talk, same, "--force") == 2
        assert "the transcript itself" in capsys.readouterr().err
    assert talk.read_text(encoding="utf-8") == TIMED


def test_names_that_say_no_format(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rapport("convert", talk, talk.with_name("a.docx")) == 2
    assert "expected one of .cha, .csv, .eaf, .json, .srt, .txt, .TextGrid, .vtt" in capsys.readouterr().err.replace(
        ".textgrid", ".TextGrid"
    )
    assert rapport("convert", talk, talk.with_name("a"), "--to", "vtt") == 0
    assert rapport("convert", talk, talk.with_name("b"), "--to", "docx") == 2
    assert "--to: there is no format 'docx'; expected one of chat, csv, elan" in capsys.readouterr().err
    assert rapport("convert", talk, talk.parent, "--to", "vtt") == 2
    assert rapport("convert", talk, talk.parent / "no" / "a.vtt") == 1
    assert "cannot be written" in capsys.readouterr().err


def test_standard_output(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rapport("convert", talk, "-", "--to", "vtt") == 0
    out, err = capsys.readouterr()
    assert out.startswith("WEBVTT")
    assert "<v Therapist>How was &lt;it&gt;?</v>" in out
    assert err == ""


def test_one_of_several_sessions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "all.csv"
    given.write_text("session,speaker,text\n1,T,Hello.\n1,C,Hi.\n2,T,So.\n2,C,Yes.\n", encoding="utf-8")
    assert rapport("convert", given, tmp_path / "a.cha") == 2
    assert "it holds 2 sessions; expected one; name it with --session, one of: all-1, all-2" in capsys.readouterr().err
    assert rapport("convert", given, tmp_path / "a.cha", "--session", "all-3") == 2
    assert "no session is called 'all-3'" in capsys.readouterr().err
    assert rapport("convert", given, tmp_path / "a.cha", "--session", "all-2") == 0
    (session,) = read(tmp_path / "a.cha")
    assert [u.text for u in session] == ["So.", "Yes."]


def test_a_folder_into_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, out = tmp_path / "in", tmp_path / "out"
    given.mkdir()
    (given / "one.csv").write_text(TIMED, encoding="utf-8")
    (given / "many.csv").write_text(
        "session,speaker,text,start_ms,end_ms\na/b,T,So.,0,900\na/b,C,Yes.,1000,1900\nA_b,T,Go.,0,900\nA_b,C,No.,1000,1900\n",
        encoding="utf-8",
    )
    (given / "bad.txt").write_text("nobody speaks here", encoding="utf-8")
    assert rapport("convert", given, out) == 2
    assert "name it with --to" in capsys.readouterr().err
    assert rapport("convert", given, out, "--to", "vtt") == 1
    assert sorted(path.name for path in out.iterdir()) == ["many-A_b-2.vtt", "many-a_b.vtt", "one.vtt"]
    assert f"{given / 'bad.txt'}: " in capsys.readouterr().err
    assert rapport("convert", given, out, "--to", "vtt") == 1
    assert "add --force" in capsys.readouterr().err
    (given / "bad.txt").unlink()
    assert rapport("convert", given, out, "--to", "vtt", "--force") == 0
    assert rapport("convert", given, given / "one.csv", "--to", "vtt") == 2


def test_a_file_a_speaker_as_one_session(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, start in (("visit_doctor", 1), ("visit_patient", 3)):
        cue = f"WEBVTT\n\n00:0{start}.000 --> 00:0{start}.900\nHello {name}.\n"
        (tmp_path / f"{name}.vtt").write_text(cue, encoding="utf-8")
    files = (tmp_path / "visit_doctor.vtt", tmp_path / "visit_patient.vtt")
    out = tmp_path / "visit.TextGrid"
    assert rapport("convert", *files, out) == 2
    assert "add --together" in capsys.readouterr().err
    assert rapport("convert", *files, out, "--together") == 0
    (session,) = read(out)
    assert [(u.speaker, u.start_ms) for u in session] == [("doctor", 1000), ("patient", 3000)]
    assert rapport("convert", *files, files[1], "--together", "--force") == 2
