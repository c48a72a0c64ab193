"""The command line at its door: results, exit codes, and what is said when something goes wrong."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from transcript_rapport import writers
from transcript_rapport.cli import manual, output
from transcript_rapport.cli.commands import app
from transcript_rapport.errors import ModelError
from transcript_rapport.report import Coded, Label, Measure, Report, Statement
from transcript_rapport.session import Role, Session
from transcript_rapport.settings import Settings

DOCS = Path(__file__).parents[1] / "docs"
OVER_ALL = ["caseload.html", "data", "findings.csv", "measures.csv"]
TALK = "Therapist: You came on your own today.\nClient: I did, yes. It was a long walk.\n"


def _report(session: Session, settings: Settings) -> Report:
    """A report as analysis makes it, without a trained coder: roles by order, one statement an utterance."""
    if "boom" in session.name:
        raise ZeroDivisionError("a strange\nthing")
    roles: dict[str, Role] = dict.fromkeys(session.speakers, "client")
    roles[session.speakers[0]] = "practitioner"
    statements = tuple(Statement(u.index, 0, len(u.text)) for u in session)
    labels = tuple(Label("other", None) if roles[u.speaker] == "practitioner" else Label() for u in session)
    measure = Measure("talk.practitioner_word_share", "Practitioner's words", 0.4, "share", 20, "words")
    made_with = {"settings": {"practitioner": settings.practitioner, "model": settings.model}}
    return Report(Coded(session.with_roles(roles, 1.0, "by order"), statements, labels), (), (measure,), made_with)


@pytest.fixture(autouse=True)
def _no_coder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("TRANSFORMERS_VERBOSITY", "HF_HUB_DISABLE_PROGRESS_BARS", "TOKENIZERS_PARALLELISM"):
        monkeypatch.setenv(name, "")
    for name in ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr("transcript_rapport.analysis.analyse", _report)
    monkeypatch.setattr("transcript_rapport.batch.pool.cores", lambda: 1)  # other processes have a real coder
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def talk(tmp_path: Path) -> Callable[..., str]:
    """Writes a small transcript and gives its path."""

    def write(name: str, text: str = TALK) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def rapport(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        app(args, prog_name="rapport")
    return int(ended.value.code or 0)


def test_jsonl_is_one_object_a_session_in_the_order_given(
    talk: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    files = [talk("b.txt"), talk("a.txt"), talk("c.txt")]
    assert rapport("analyse", *files, "--format", "jsonl") == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["session"]["source"] for line in out.splitlines()] == files
    assert err == ""


def test_a_relative_path_is_kept_as_given(talk: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    talk("a.txt")
    assert rapport("analyse", "./a.txt", "--format", "jsonl") == 0
    assert json.loads(capsys.readouterr().out)["session"]["source"] == "./a.txt"


def test_text_is_the_default(talk: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    assert rapport("analyse", talk("a.txt")) == 0
    assert capsys.readouterr().out.strip()


def test_csv_of_several_sessions_is_one_table(talk: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    assert rapport("analyse", talk("a.txt"), talk("b.txt"), "--format", "csv") == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert len(rows) == 2
    assert header not in rows


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TALK.encode())))
    assert rapport("analyse", "-", "--format", "jsonl") == 0
    assert len(json.loads(capsys.readouterr().out)["utterances"]) == 2


def test_a_bad_file_is_one_line_and_the_others_go_on(
    talk: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    files = [talk("a.txt"), talk("empty.txt", ""), str(Path("nowhere.txt")), talk("z.txt")]
    assert rapport("analyse", *files, "--format", "jsonl") == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["session"]["name"] for line in out.splitlines()] == ["a", "z"]
    assert len(err.splitlines()) == 2
    assert "empty.txt" in err
    assert "nowhere.txt" in err


def test_an_unexpected_error_is_one_line_too(talk: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    files = [talk("boom.txt"), talk("a.txt")]
    assert rapport("analyse", *files, "--format", "jsonl") == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert len(err.splitlines()) == 1
    assert all(word in err for word in ("boom.txt", "ZeroDivisionError", "--debug"))
    assert rapport("analyse", files[0], "--debug") == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_missing_model_is_said_once(
    talk: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without_weights(_: Session, settings: Settings) -> Report:
        raise ModelError(str(settings.model), "there are no weights")

    monkeypatch.setattr("transcript_rapport.analysis.analyse", without_weights)
    assert rapport("analyse", talk("a.txt"), talk("b.txt"), "--model", "gone") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        ("a.txt", "--format", "pdf"),
        ("a.txt", "--wrong"),
        ("a.txt", "--settings", "gone.toml"),
        ("a.txt", "--settings", "odd.toml"),
        ("a.txt", "b.txt", "--format", "html"),
        ("a.txt", "b.txt", "--format", "json"),
        ("a.txt", "--out", "a.txt"),
        ("a.txt", "b.txt", "--out", "both.html"),
        ("a.txt", "--out", "page.html", "--format", "json"),
        ("a.txt", "--out", "page.docx"),
        ("a.txt", "--out", "page.html", "--resume"),
    ],
)
def test_wrong_use_does_nothing_and_says_so(
    wrong: tuple[str, ...], talk: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    talk("a.txt")
    talk("b.txt")
    talk("odd.toml", "colour = 3\n")
    assert rapport("analyse", *wrong) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


@pytest.mark.parametrize("name", ["page.html", "page.HTM", "page.txt", "page.json", "page.jsonl", "page.csv"])
def test_a_files_name_is_a_file_in_that_format(talk: Callable[..., str], tmp_path: Path, name: str) -> None:
    assert rapport("analyse", talk("a.txt"), "--out", f"new/{name}") == 0
    begins = {".html": "<!doctype", ".htm": "<!doctype", ".txt": "", ".json": "{", ".jsonl": "{", ".csv": "session"}
    assert (tmp_path / "new" / name).read_text(encoding="utf-8").lower().startswith(begins[Path(name).suffix.lower()])


def test_several_sessions_in_one_file(talk: Callable[..., str], tmp_path: Path) -> None:
    assert rapport("analyse", talk("a.txt"), talk("b.txt"), "--out", "all.jsonl") == 0
    assert [json.loads(line)["session"]["name"] for line in Path("all.jsonl").read_text().splitlines()] == ["a", "b"]
    (tmp_path / "old.html").mkdir()
    assert rapport("analyse", talk("a.txt"), talk("b.txt"), "--out", "old.html") == 0
    assert Path("old.html/a.txt").exists()


def test_html_of_several_sessions_says_what_to_do(talk: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    assert rapport("analyse", talk("a.txt"), talk("b.txt"), "--format", "html") == 2
    assert "--out" in capsys.readouterr().err


def test_a_table_with_several_sessions_counts_as_several(
    talk: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "session,speaker,text\n" + "".join(f"{s},{w},well now\n" for s in "xy" for w in ("Therapist", "Client"))
    table = talk("two.csv", rows)
    assert rapport("analyse", table, "--format", "html") == 2
    capsys.readouterr()
    assert rapport("analyse", table, "--format", "jsonl") == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_folder_gets_one_file_a_session(talk: Callable[..., str], tmp_path: Path) -> None:
    files = [talk("one/a.txt"), talk("two/a.txt"), talk("two/A.txt")]
    out = tmp_path / "new" / "reports"
    for _ in range(2):  # the second time the files are replaced
        assert rapport("analyse", *files, "--format", "html", "--out", str(out)) == 0
        visible = sorted(p.name for p in out.iterdir() if not p.name.startswith("."))
        assert visible == ["A-3.html", "a-2.html", "a.html", *OVER_ALL]


def test_a_folder_is_analysed_whole(talk: Callable[..., str]) -> None:
    folder = Path(talk("cases/a.txt")).parent
    talk("cases/b2.txt")
    talk("cases/b10.txt")
    (folder / "README.md").write_text("Not a transcript.")
    for _ in range(2):  # the second time, the reports lie beside the transcripts
        assert rapport("analyse", str(folder), "--format", "json", "--out", str(folder)) == 0
        assert sorted(p.name for p in folder.glob("*.json")) == ["a.json", "b10.json", "b2.json"]


def test_a_folder_of_tables(talk: Callable[..., str], tmp_path: Path) -> None:
    assert rapport("analyse", talk("a.txt"), "--format", "csv", "--out", str(tmp_path / "out")) == 0
    written = {p.name for p in (tmp_path / "out").iterdir()}
    assert {"a.measures.csv", "a.findings.csv", "a.statements.csv", "a.utterances.csv"} == written


def test_a_name_that_is_no_file_name(talk: Callable[..., str], tmp_path: Path) -> None:
    rows = 'session,speaker,text\n"../day 1/2",Therapist,well now\n"../day 1/2",Client,yes\n'
    assert rapport("analyse", talk("t.csv", rows), "--format", "json", "--out", str(tmp_path / "out")) == 0
    (written,) = (tmp_path / "out").iterdir()
    assert written.suffix == ".json"


def test_saving_is_all_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("kept", encoding="utf-8")
    with pytest.raises(OSError, match="gone"):
        output.save({tmp_path / "old": "new", tmp_path / "gone" / "b": "b"})
    assert [p.name for p in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_text(encoding="utf-8") == "kept"


def test_options_win_over_the_settings_file(talk: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    settings = talk("s.toml", 'practitioner = "Client"\nmodel = "from-file"\n')
    assert rapport("analyse", talk("a.txt"), "--settings", settings, "--model", "given", "--format", "jsonl") == 0
    made = json.loads(capsys.readouterr().out)["made_with"]["settings"]
    assert made == {"practitioner": "Client", "model": "given"}


def test_together_reads_all_files_as_one_session(
    talk: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from transcript_rapport.readers import read

    seen: list[tuple[tuple[str, ...], bool]] = []

    def noted(*paths: str, together: bool = False) -> list[Session]:
        seen.append((paths, together))
        return read(paths[0])

    monkeypatch.setattr("transcript_rapport.readers.read", noted)
    files = (talk("doctor.txt"), talk("patient.txt"))
    assert rapport("analyse", *files, "--together", "--format", "html") == 0
    assert seen == [(files, True)]
    assert capsys.readouterr().out.lower().startswith("<!doctype html>")


def test_the_interrupt_key_ends_quietly(
    talk: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr("transcript_rapport.analysis.analyse", interrupted)
    assert rapport("analyse", talk("a.txt")) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_went_away_ends_it_quietly() -> None:
    command = [sys.executable, "-m", "transcript_rapport.cli", "codebook", "--format", "markdown"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_analysis_keeps_libraries_offline_and_quiet(talk: Callable[..., str]) -> None:
    import os

    assert rapport("analyse", talk("a.txt")) == 0
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] == "1"


def test_demo_writes_a_page_and_prints_the_short_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rapport("demo", "--out", "page.html") == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert "page.html" in capsys.readouterr().out


def test_demo_knows_its_practice_sessions(capsys: pytest.CaptureFixture[str]) -> None:
    assert rapport("demo", "--list") == 0
    names = capsys.readouterr().out.split()
    assert len(names) >= 8
    assert rapport("demo", "unheard_of") == 2
    assert names[0] in capsys.readouterr().err


def test_codebook_shows_all_one_family_or_one_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert rapport("codebook") == 0
    assert "reflection.simple" in capsys.readouterr().out
    assert rapport("codebook", "judgment") == 0
    assert capsys.readouterr().out.count("judgment.") == 6
    assert rapport("codebook", "advice.permitted") == 0
    assert "MITI" in capsys.readouterr().out
    assert rapport("codebook", "unheard_of") == 2


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from transcript_rapport import __version__

    assert rapport("--version") == 0
    assert capsys.readouterr().out == f"rapport {__version__}\n"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--for", "nurse"), "--for nurse: expected one of anyone, trainee, supervisor, researcher"),
        (("--english", "scots"), "--english scots: expected one of british, american"),
        (("--speakers", "-1"), "--speakers -1: expected a whole number above 0"),
    ],
)
def test_a_value_that_cannot_be_names_the_option_that_was_typed(
    wrong: tuple[str, ...], told: str, talk: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert rapport("analyse", talk("a.txt"), *wrong) == 2
    assert capsys.readouterr().err == f"{told}\n"


def test_the_help_names_what_is_read_and_what_is_written() -> None:
    analyse, convert = (manual.commands()[name] for name in ("analyse", "convert"))
    read = "Word OpenDocument RTF PDF CSV XLSX Parquet JSON WebVTT SRT TTML ELAN TextGrid CHAT TEI zips".split()
    assert [word for word in read if word not in analyse.help] == []
    told = next(param.help for param in convert.params if param.name == "to")
    assert "chat (.cha), csv, elan (.eaf)" in told and "text (.txt)" in told
    assert [name for name in writers.names() if name not in told] == []


def test_the_page_names_both_sides_of_a_switch() -> None:
    assert "| `--open / --no-open` | Show the page in the browser. Default: `--open`. |" in manual.cli()


def test_the_codebook_page_is_up_to_date() -> None:
    assert (DOCS / "codebook.md").read_text(encoding="utf-8") == manual.codebook(markdown=True)


def test_the_command_page_is_up_to_date() -> None:
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == manual.cli()


def test_every_command_and_option_is_documented() -> None:
    page = manual.cli()
    for name, command in manual.commands().items():
        assert command.help, name
        assert f"## {name}\n" in page
        for param in command.params:
            assert param.help, f"{name} {param.name}"
