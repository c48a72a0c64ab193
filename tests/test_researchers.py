"""What researchers ask of the command line: one set of tables, own norms, own codes beside ours."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from tests.across import sessions
from transcript_rapport.across import frames
from transcript_rapport.analysis import report_on
from transcript_rapport.cli.commands import app
from transcript_rapport.renderers.tables import TABLES
from transcript_rapport.report import Coded, Label, Report, Statement
from transcript_rapport.session import Role, Session
from transcript_rapport.settings import Settings

SAID = {
    text: (codes, Label(behaviour, talk_type))
    for text, codes, behaviour, talk_type in (
        ("How was the week?", {"question.open": 0.9}, "question", None),
        ("Long. I kept waking at four.", {"client.emotion": 0.8}, None, "neutral"),
        ("Four in the morning, again and again.", {"reflection.simple": 0.9}, "reflection", None),
        ("And I want that to stop.", {}, None, "change"),
        ("You are tired of being tired.", {"reflection.complex": 0.7}, "reflection", None),
        ("Exactly.", {"client.understood": 0.9}, None, "neutral"),
    )
}
TALK = "".join(f"{'CT'[label.behaviour is not None]}: {text}\n" for text, (_, label) in SAID.items())


def _analysed(session: Session, settings: Settings) -> Report:
    """A report with the package's own findings and measures on codes given above, without a trained coder."""
    roles: dict[str, Role] = {"T": "practitioner", "C": "client"}
    given = [SAID[u.text] for u in session]
    statements = tuple(
        Statement(u.index, 0, len(u.text), codes, codes) for u, (codes, _) in zip(session, given, strict=True)
    )
    coded = Coded(session.with_roles(roles, 1.0, "the labels say so"), statements, tuple(label for _, label in given))
    return report_on(coded, settings)


@pytest.fixture(autouse=True)
def _no_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRANSFORMERS_VERBOSITY", "HF_HUB_DISABLE_PROGRESS_BARS", "TOKENIZERS_PARALLELISM"):
        monkeypatch.setenv(name, "")
    for name in ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr("transcript_rapport.analysis.analyse", _analysed)


@pytest.fixture
def talk(tmp_path: Path) -> Callable[[str], Path]:
    """Writes the small transcript under a name and gives its path."""

    def write(name: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TALK, encoding="utf-8")
        return path

    return write


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_parquet_holds_all_sessions_a_file_a_table(talk: Callable[[str], Path], tmp_path: Path) -> None:
    out = tmp_path / "new" / "tables"
    result = run("analyse", talk("a.txt"), talk("b.txt"), "--format", "parquet", "--out", out)
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in out.iterdir()} == {f"{table}.parquet" for table in TABLES}
    utterances = pd.read_parquet(out / "utterances.parquet")
    assert utterances.groupby("session").size().to_dict() == {"a": 6, "b": 6}
    assert "".join(f"{u.speaker}: {u.text}\n" for u in utterances[:6].itertuples()) == TALK


def test_parquet_goes_on_past_a_bad_file(talk: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    files = (tmp_path / "empty.txt", talk("b.txt"))
    result = run("analyse", *files, "--format", "parquet", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr
    assert set(pd.read_parquet(tmp_path / "out" / "measures.parquet")["session"]) == {"b"}
    alone = run("analyse", files[0], "--format", "parquet", "--out", tmp_path / "none")
    assert alone.exit_code == 1
    assert list((tmp_path / "none").iterdir()) == []


def test_two_sessions_of_one_name_stay_apart_in_parquet(talk: Callable[[str], Path], tmp_path: Path) -> None:
    files = (talk("one/monday.txt"), talk("two/monday.txt"))
    result = run("analyse", *files, "--format", "parquet", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "'monday-2'" in result.stderr
    for table in ("measures", "statements", "utterances"):
        assert set(pd.read_parquet(tmp_path / "out" / f"{table}.parquet")["session"]) == {"monday", "monday-2"}


@pytest.mark.parametrize("more", [(), ("--out", "DIR", "--delete-recording")])
def test_parquet_says_what_it_cannot_do(more: tuple[str, ...], talk: Callable[[str], Path], tmp_path: Path) -> None:
    words = [tmp_path / "out" if word == "DIR" else word for word in more]
    result = run("analyse", talk("a.txt"), "--format", "parquet", *words)
    assert result.exit_code == 2
    assert result.stderr.startswith("--format parquet: ")
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_names_parquet_among_the_known(talk: Callable[[str], Path]) -> None:
    assert "parquet" in run("analyse", talk("a.txt"), "--format", "excel").stderr


def test_columns_have_the_same_types_whatever_the_sessions_hold(tmp_path: Path) -> None:
    timed = sessions.report(sessions.GOOD, "timed", 1)
    spoken = tuple(replace(u, start_ms=u.index * 1000, end_ms=u.index * 1000 + 900) for u in timed.session)
    timed = replace(timed, coded=replace(timed.coded, session=replace(timed.session, utterances=spoken)))
    plain = sessions.report(sessions.GOOD, "plain", 1)
    for number, reports in enumerate(([timed], [plain], [plain, timed], [])):
        for path in frames.to_parquet(reports, tmp_path / str(number)):
            assert pq.read_schema(path).equals(frames.schema(path.stem)), path
    starts = pq.read_table(tmp_path / "2" / "utterances.parquet")["start_ms"].to_pylist()
    assert starts == [None] * 6 + [0, 1000, 2000, 3000, 4000, 5000]


def test_tables_hold_what_the_frames_hold(tmp_path: Path) -> None:
    reports = [sessions.report(sessions.GOOD, "one"), sessions.report(sessions.POOR, "two")]
    frames.to_parquet(reports, tmp_path)
    for table in TABLES:
        back = pd.read_parquet(tmp_path / f"{table}.parquet")
        pd.testing.assert_frame_equal(_plain(back), _plain(frames.frame(reports, table)))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), None)


def test_own_norms_stand_in_the_notes(talk: Callable[[str], Path], tmp_path: Path) -> None:
    folder = talk("own/a.txt").parent
    for name in "bcde":
        talk(f"own/{name}.txt")
    norms = tmp_path / "norms.json"
    made = run("norms", folder, "--name", "our clinic", "--limits", "five sessions", "--out", norms)
    assert made.exit_code == 0, made.stderr
    words = ("analyse", folder / "a.txt", "--format", "json")
    report = json.loads(run(*words, "--norms", norms).stdout)
    assert any("of 5 sessions of our clinic" in m["note"] for m in report["measures"])
    assert report["made_with"]["norms"] == {"name": "our clinic", "sessions": 5, "limits": "five sessions"}
    assert "our clinic" not in run(*words).stdout
    page = run("analyse", folder / "a.txt", "--format", "html", "--norms", norms).stdout
    assert "our clinic" in page


@pytest.mark.parametrize("held", [None, "", "[]", '{"schema": "another"}'])
def test_norms_that_are_none_are_told_before_any_work(
    held: str | None, talk: Callable[[str], Path], tmp_path: Path
) -> None:
    norms = tmp_path / "norms.json"
    if held is not None:
        norms.write_text(held, encoding="utf-8")
    result = run("analyse", talk("a.txt"), "--norms", norms, "--format", "csv", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert str(norms) in result.stderr
    assert not (tmp_path / "out").exists()


def test_own_codes_beside_ours_from_file_to_figures(talk: Callable[[str], Path], tmp_path: Path) -> None:
    assert run("analyse", talk("a.txt"), "--format", "json", "--out", tmp_path / "out").exit_code == 0
    human = tmp_path / "human.csv"
    # The person agrees on the question and one reflection, and hears the other as a question: kappa 0.4.
    human.write_text(
        "utterance;text;behaviour;talk_type\n"
        "0;How was the week?;question;\n"
        "1;;;neutral\n"
        "2;Four in the morning, again and again.;question;\n"
        "3;And I want that to stop.;;change\n"
        "4;You are tired of being tired.;reflection;\n"
        "5;Nobody said this.;;neutral\n",
        encoding="utf-8",
    )
    result = run("agree", human, tmp_path / "out" / "a.json", "--format", "csv")
    assert result.exit_code == 0, result.stderr
    rows = {(row["coding"], row["code"]): row for row in csv.DictReader(result.stdout.splitlines())}
    assert float(rows["behaviour", "(all)"]["kappa"]) == pytest.approx(0.4, abs=1e-4)
    assert float(rows["talk_type", "(all)"]["kappa"]) == 1
    assert rows["behaviour", "reflection"]["human"] == "1"
    assert rows["behaviour", "reflection"]["report"] == "2"
    told = run("agree", human, tmp_path / "out" / "a.json").stdout
    assert "1 row found none (line 7)" in told
