"""Recordings at the door: consent first, an audio-only report, and what is said when something is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.recordings import sounds
from transcript_rapport.analysis import analyse
from transcript_rapport.cli.commands import app
from transcript_rapport.errors import ReadError, RoleError, SettingsError
from transcript_rapport.recordings import hear, hearing
from transcript_rapport.renderers import html, text
from transcript_rapport.session import Session
from transcript_rapport.settings import DEFAULTS, Settings

pytest.importorskip("av", reason="needs the extra 'audio'")
TURNS = sounds.conversation(8)
TRACKS = sounds.talk(TURNS, TURNS[-1].end / 1000 + 1)
AGREED = DEFAULTS.with_changes({"consent": "Ada Hart"})
TIMED = {
    "talk.practitioner_time_share",
    "talk.longest_practitioner_run_s",
    "talk.turns_per_minute",
    "talk.overlap_share",
    "talk.floor_taking_interruptions_per_client_minute",
    "talk.silence_share",
    "talk.median_response_latency_s",
}


@pytest.fixture
def recording(tmp_path: Path) -> str:
    return sounds.wav(tmp_path / "monday.wav", TRACKS)


def session(path: str, settings: Settings = AGREED) -> Session:
    return hear(path, settings, activity=sounds.Loud)


@pytest.mark.parametrize("consent", [None, "", "  "])
def test_nothing_is_opened_before_consent(consent: str | None) -> None:
    with pytest.raises(SettingsError, match="--consent NAME"):
        hear("there-is-no-such-file.wav", DEFAULTS.with_changes({"consent": consent}))


def test_a_session_without_words(recording: str) -> None:
    heard = session(recording)
    assert heard.name == "monday"
    assert heard.speakers == ("Speaker 1", "Speaker 2")
    assert {u.text for u in heard} == {"[speech]"}
    assert [abs(u.start_ms or 0 - t.start) < 100 for u, t in zip(heard, TURNS, strict=True)]
    assert "Ada Hart confirmed" in heard.notes[0]
    assert any("no copy of the sound was kept" in note for note in heard.notes)


def test_an_audio_only_report_measures_time_and_says_why_the_rest_is_missing(recording: str) -> None:
    report = analyse(session(recording), AGREED.with_changes({"practitioner": "Speaker 1"}))
    measured = {m.name for m in report.measures if m.value is not None}
    assert measured == TIMED
    assert report.measure("talk.practitioner_time_share").value == pytest.approx(2.5 / 6.5, abs=0.02)
    assert report.measure("talk.silence_share").value == pytest.approx(0.8 * 7 / (8 * 3.25 + 0.8 * 7), abs=0.03)
    assert report.measure("talk.median_response_latency_s").value == pytest.approx(0.8, abs=0.1)
    assert report.measure("talk.turns_per_minute").base
    assert {m.note for m in report.measures if m.value is None} == {
        "no recogniser was named, so the words are not known"
    }
    assert report.statements == report.findings == ()
    for m in report.measures:
        assert all(report.coded.text(span) == "[speech]" for span in m.evidence)


def test_what_is_written_says_that_nothing_was_coded(recording: str) -> None:
    report = analyse(session(recording), AGREED.with_changes({"practitioner": "Speaker 1"}))
    for written in (text.render(report), html.render(report)):
        assert "No words are known here" in written
        assert "reflective" not in written.split("MEASURES")[0][:600]


def test_the_practitioner_has_to_be_named(recording: str) -> None:
    with pytest.raises(RoleError, match=r"'Speaker 1' \(first heard at 0:01, 10 s of talk\)"):
        analyse(session(recording), AGREED)


def test_a_few_words_are_not_a_session(tmp_path: Path) -> None:
    alone = sounds.voice(0, 2)[None]
    with pytest.raises(ReadError, match=r"only one voice was found in 2 s of talk.*--speakers 2"):
        session(sounds.wav(tmp_path / "a.wav", alone))


def test_silence_is_not_a_session(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="nobody speaks in it"):
        session(sounds.wav(tmp_path / "a.wav", np.zeros((1, 48_000), np.float32)))


@pytest.mark.parametrize("given", [{"speakers": 0}, {"delete_recording": "yes"}, {"consent": 3}])
def test_settings_are_checked(given: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        DEFAULTS.with_changes(given)


@pytest.fixture
def by_loudness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing.hear, "__defaults__", (DEFAULTS, lambda _: None, sounds.Loud, None))


def rapport(*args: str) -> tuple[int, str, str]:
    ran = CliRunner().invoke(app, ["analyse", *args])
    return ran.exit_code, ran.stdout, ran.stderr


def test_without_consent_the_command_ends_at_once(recording: str) -> None:
    code, out, said = rapport(recording, "--practitioner", "Speaker 1")
    assert (code, out) == (2, "")
    assert said.count("\n") == 1
    assert "--consent NAME" in said
    assert Path(recording).is_file()


@pytest.mark.parametrize("data", [b"", b"ok\n", b"T: Hello.\nC: Hi.\n", b"%PDF-1.4", bytes(5000), b"PK\x03\x04"])
def test_of_what_is_no_recording_nobodys_consent_is_asked(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "ok.mp3"
    path.write_bytes(data)
    code, out, said = rapport(str(path))
    assert (code, out) == (1, "")
    assert "the file cannot be decoded" in said
    assert "consent" not in said


def test_beside_what_is_no_recording_consent_is_asked_all_the_same(recording: str, tmp_path: Path) -> None:
    (tmp_path / "ok.mp3").write_bytes(b"ok")
    code, out, said = rapport(str(tmp_path / "ok.mp3"), recording)
    assert (code, out) == (2, "")
    assert "monday.wav: nobody has confirmed" in said


@pytest.mark.usefixtures("by_loudness")
def test_a_report_and_then_the_recording_is_deleted(recording: str, tmp_path: Path) -> None:
    wanted = (
        "--consent",
        "Ada Hart",
        "--practitioner",
        "Speaker 2",
        "--delete-recording",
        "--out",
        str(tmp_path / "o"),
    )
    code, _, said = rapport(recording, *wanted)
    assert (code, said) == (0, "")
    assert (tmp_path / "o" / "monday.txt").is_file()
    assert not Path(recording).exists()


@pytest.mark.usefixtures("by_loudness")
def test_no_report_no_deleting(recording: str) -> None:
    code, _, said = rapport(recording, "--consent", "Ada Hart", "--delete-recording")
    assert code == 1
    assert "--practitioner" in said
    assert Path(recording).is_file()
