"""A whole session before and after: what changes, what does not, and that nothing of the original is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from transcript_rapport.analysis import report_on
from transcript_rapport.cli.commands import app
from transcript_rapport.deidentification import deidentified
from transcript_rapport.deidentification.evaluate import run
from transcript_rapport.deidentification.making import withheld
from transcript_rapport.detectors.context import word_list
from transcript_rapport.report import Coded, Label, Statement
from transcript_rapport.roles import assign
from transcript_rapport.roles.talk import plain as spoken_plain
from transcript_rapport.session import Session, Utterance
from transcript_rapport.settings import DEFAULTS

LINES = (
    ("Dr Okafor", "Hello Susan, how have you been since we met in Leicester?"),
    ("Susan Lee", "Not great. My husband Mark left on 12 March 2024, and I rang you on 07700 900123."),
    ("Dr Okafor", "It sounds as if that was lonely for you, Ms Lee."),
    ("Susan Lee", "It was. Call me Sue, everyone at Oakwood Primary School does. Mark never did."),
    ("Dr Okafor", "You should talk to Mark Bellweather about the prognosis."),
)
TELLING = ("susan", "lee", "okafor", "leicester", "oakwood", "mark", "bellweather", "900123", "2024", "sue")


def session(lines: tuple[tuple[str, str], ...] = LINES, **more: object) -> Session:
    spoken = tuple(Utterance(i, who, text, i * 1000, i * 1000 + 900) for i, (who, text) in enumerate(lines))
    return Session("Susan Lee", spoken, "/home/Susan Lee.txt", **more)  # type: ignore[arg-type]


IDENTIFIERS = (
    *("Susan", "Susan Lee", "Lee", "Sue", "Okafor", "Mark", "Bellweather", "Leicester", "Oakwood", "Oakwood Primary"),
    *("12 March", "March 2024", "07700", "900123"),
)


def words(text: str) -> set[str]:
    return {word for word in TELLING if word in text.lower()}


def test_one_person_has_one_number() -> None:
    plain = deidentified(session())
    assert plain[0].text == "Hello [Name 2], how have you been since we met in [Place 1]?"
    assert "[Name 2]" in plain[2].text and "Call me [Name 2]" in plain[3].text
    assert plain[1].text == "Not great. My husband [Name 3] left on [Date 1], and I rang you on [Phone 1]."
    assert plain[4].text == "You should talk to [Name 3] about the prognosis."


def test_roles_stay_and_labels_keep_saying_them() -> None:
    plain = deidentified(assign(session()))
    assert plain.labels("practitioner") == ("Dr [Name 1]",)
    assert plain.labels("client") == ("[Name 2]",)
    assert assign(Session("x", plain.utterances)).labels("practitioner") == ("Dr [Name 1]",)


def test_a_named_practitioner_is_still_known_from_the_labels() -> None:
    lines = tuple((who.replace("Dr Okafor", "Ada"), text) for who, text in LINES)
    plain = deidentified(assign(session(lines), DEFAULTS.with_changes({"practitioner": "Ada"})))
    assert plain.labels("practitioner") == ("[Name 1] (practitioner)",)
    assert assign(Session("x", plain.utterances)).labels("practitioner") == plain.labels("practitioner")
    assert "Ada" not in plain.role_reason


@pytest.mark.parametrize("label", ["Therapist", "T", "Client", "C", "SPEAKER_00", "Speaker 1", "Mum", "Nurse"])
def test_labels_without_a_name_stay(label: str) -> None:
    plain = deidentified(session(((label, "How are you?"), ("Client 2", "Fine."))))
    assert plain[0].speaker == label


def test_times_order_and_count_stay() -> None:
    before, after = session(), deidentified(session())
    assert [(u.index, u.start_ms, u.end_ms) for u in after] == [(u.index, u.start_ms, u.end_ms) for u in before]


def test_name_source_notes_and_reason_lose_their_words() -> None:
    noted = session(
        notes=("/home/Susan Lee.txt: line 3 left out: Sue said nothing",), role_reason="Susan Lee asks less"
    )
    plain = deidentified(noted)
    assert (plain.name, plain.source) == ("session", "")
    assert not words(" ".join((*plain.notes, plain.role_reason)))


NAMES = st.sampled_from(
    ["Susan", "Mark", "Will", "Dr Okafor", "Leicester", "12 March", "[Name 3]", "the bath", "Grace Lee"]
)
TALK = st.lists(
    st.one_of(NAMES, st.sampled_from("I told and said. was in my son who? Then from it".split())), max_size=12
)


@settings(deadline=None)  # the word lists are read in the first example
@given(st.lists(TALK, min_size=1, max_size=5))
def test_doing_it_twice_changes_nothing(talk: list[list[str]]) -> None:
    once = deidentified(session(tuple(("TC"[n % 2], " ".join(said)) for n, said in enumerate(talk))))
    assert deidentified(once) == once


def test_placeholders_are_left_alone_and_new_ones_count_on() -> None:
    given = session((("T", "Hello [Name 4], this is Susan."), ("C", "[laughs] I am fine.")))
    plain = deidentified(given)
    assert plain[0].text == "Hello [Name 4], this is [Name 5]."
    assert plain[1].text == "[laughs] I am fine."


def test_a_report_points_at_the_words_that_stand_there() -> None:
    plain = deidentified(assign(session()))
    statements = tuple(Statement(u.index, 0, len(u.text), {}, {}) for u in plain)
    report = report_on(Coded(plain, statements, tuple(Label("other", None, 0.9) for _ in plain)))
    assert [f.quote for f in report.of_kind("jargon")] == ["prognosis"]


def test_how_a_report_was_made_names_nobody() -> None:
    made = withheld(
        {"settings": {"practitioner": "Dr Okafor", "consent": "Sue", "norms": "/home/sue/n.json", "windows": 8}}
    )
    assert not words(str(made)) and "n.json" in str(made)


def transcript(folder: Path) -> Path:
    path = folder / "Susan Lee.txt"
    path.write_text("\n".join(f"{who}: {text}" for who, text in LINES), encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", [".csv", ".srt", ".json", ".vtt", ".cha", ".eaf", ".TextGrid"])
def test_no_format_of_a_transcript_holds_the_words(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out{ending}"
    done = CliRunner().invoke(app, ["deidentify", str(transcript(tmp_path)), str(out), "--invent-times"])
    assert done.exit_code == 0 and "some will be missed" in done.stderr
    assert not words(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("form", ["text", "html", "json", "jsonl", "csv", "parquet"])
def test_no_format_of_a_report_holds_the_words(tmp_path: Path, form: str) -> None:
    given, out = transcript(tmp_path), tmp_path / "out"
    asked = ["analyse", str(given), "--deidentify", "--practitioner", "Dr Okafor", "--format", form, "--out", str(out)]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0 and "some will be missed" in done.stderr
    written = [path for path in out.rglob("*") if path.is_file()]
    assert written
    for path in written:
        held = _read(path)
        assert not [word for word in IDENTIFIERS if re.search(rf"\b{re.escape(word)}\b", held)], path.name
        assert not words(path.name)


def _read(path: Path) -> str:
    if path.suffix != ".parquet":
        return path.read_text(encoding="utf-8")
    import pandas as pd

    return str(pd.read_parquet(path).to_dict())


def test_the_evaluation_counts_whole_partly_and_missed(tmp_path: Path) -> None:
    import json

    text = "I am Susan and I live in Leicester."
    told = [{"start": 5, "end": 10, "kind": "name"}, {"start": 22, "end": 34, "kind": "place"}]
    row = {"session": "a", "speaker": "C", "text": text, "identifiers": told}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    lines = run(str(tmp_path)).splitlines()
    assert next(line for line in lines if line.startswith("place")).split()[1:4] == ["1", "0", "1"]
    assert next(line for line in lines if line.startswith("name")).split()[1:4] == ["1", "1", "0"]


def test_a_folder_becomes_a_folder_of_plain_names(tmp_path: Path) -> None:
    given, out = tmp_path / "in", tmp_path / "out"
    given.mkdir()
    transcript(given)
    (given / "Mark.txt").write_text("Therapist: How is Grace?\nClient: Grace is fine.", encoding="utf-8")
    done = CliRunner().invoke(app, ["deidentify", str(given), str(out), "--to", "csv"])
    assert done.exit_code == 0
    last = done.stderr.splitlines()[-1]
    assert done.stderr.count("some will be missed") == 1 and last.startswith(f"{out}: names, places")
    assert sorted(path.name for path in out.iterdir()) == ["session-2.csv", "session.csv"]
    assert not words(" ".join(path.read_text(encoding="utf-8") for path in out.iterdir()))


def test_reports_across_sessions_lose_the_names_too(tmp_path: Path) -> None:
    transcript(tmp_path)
    page = tmp_path / "all.html"
    asked = ["caseload", str(tmp_path), "--deidentify", "--practitioner", "Dr Okafor", "--out", str(page)]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.stderr
    held = page.read_text(encoding="utf-8")
    assert not [word for word in IDENTIFIERS if re.search(rf"\b{re.escape(word)}\b", held)]


def test_a_placeholder_counts_as_one_word() -> None:
    assert word_list("[Name 1]'s sister [laughs] met [Web address 2].") == ["name1's", "sister", "met", "webaddress2"]
    assert spoken_plain("I told [Name 1] so") == "i told name1 so"
