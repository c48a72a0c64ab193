"""What researchers add: own codes, own lexicons, own measures; the pages that explain them hold what they show."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from tests.coder import tiny
from tests.invented import coded
from transcript_rapport import lexicons
from transcript_rapport.across import agree, alignment, human
from transcript_rapport.analysis import analyse, report_on
from transcript_rapport.cli.commands import app
from transcript_rapport.coder import load, tasks
from transcript_rapport.errors import ModelError, ReadError, SettingsError
from transcript_rapport.lexicons import own as own_lexicons
from transcript_rapport.plugins import available
from transcript_rapport.readers import read
from transcript_rapport.report import Report
from transcript_rapport.session import Session, Utterance
from transcript_rapport.settings import DEFAULTS
from transcript_rapport.training import labelled, own

ROOT = Path(__file__).parents[1]
TALK = (
    "Therapist: How was the week for you?\nClient: Hard. I was so tired at work.\n"
    "Therapist: It was hard, and you were so tired. How do you feel today?\nClient: I feel okay at home.\n"
    "Therapist: Thank you for telling me. The CPN will call one of our frequent flyers.\nClient: Okay.\n"
)
WITH, WITHOUT = ("so hard so hard", "so it was so hard"), ("what do you feel ?", "how was work today ?")


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save(tmp_path_factory.mktemp("models") / "tiny")


def table(path: Path, head: str, *rows: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path.parent


def examples(folder: Path, with_it: int = 24, without: int = 24) -> Path:
    rows = [f"{WITH[n % 2]} {'home ' * (n % 5)},hardship,s{n % 6}" for n in range(with_it)]
    rows += [f"{WITHOUT[n % 2]} {'mother ' * (n % 5)},none,s{n % 6}" for n in range(without)]
    return table(folder / "some.csv", "text,code,session", *rows)


@pytest.fixture(scope="module")
def hardship(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hardship")
    result = run("train", "--task", examples(folder / "labels"), "--out", folder / "hardship.json", "--model", model)
    assert result.exit_code == 0, result.stderr
    assert "own.hardship" in result.stdout
    return folder / "hardship.json"


def analysed(path: Path, model: Path, **changes: object) -> Report:
    path.write_text(TALK, encoding="utf-8")
    return analyse(read(path)[0], DEFAULTS.with_changes({"model": str(model), **changes}))


def test_both_engines_show_the_same_states(model: Path) -> None:
    lines = [Utterance(n, "CT"[n % 2], f"So it was hard. {'You feel tired?' * (n % 3)}") for n in range(150)]
    session = Session("long", tuple(lines)).with_roles({"C": "client", "T": "practitioner"}, 1.0, "")
    (units, ours), (_, theirs) = (load(str(model), engine).states(session) for engine in ("numpy", "torch"))
    assert ours.shape == (len(units), 2 * 96)
    assert np.abs(ours - theirs).max() < 1e-4
    assert load(str(model)).states(Session("nobody", ()))[1].shape == (0, 2 * 96)


def test_a_task_finds_its_code_and_says_where_it_comes_from(model: Path, hardship: Path, tmp_path: Path) -> None:
    report = analysed(tmp_path / "a.txt", model, tasks=[str(hardship)])
    mine = list(report.of_kind("own"))
    assert mine
    assert {f.kind for f in mine} == {"own.hardship"}
    assert "48 examples, cross-validated F1" in mine[0].source
    own_probabilities = {
        report.session.role_of(s.utterance): "own.hardship" in s.probabilities for s in report.statements
    }
    assert own_probabilities == {"practitioner": True, "client": False}
    measure = report.measure("own.hardship_per_ten_turns")
    assert len(measure.evidence) == len(mine)
    assert measure.base == 3
    assert report.made_with["tasks"] == tasks.checksums([str(hardship)])
    assert not list(analysed(tmp_path / "a.txt", model).of_kind("own"))


def test_an_own_code_shows_in_every_format_and_in_agreement(model: Path, hardship: Path, tmp_path: Path) -> None:
    report = analysed(tmp_path / "a.txt", model, tasks=[str(hardship)])
    for name, point in available("renderers").items():
        shown = point.load().render(report)
        assert "own.hardship" in shown or "Hardship" in shown or name == "text", name
    rows = "".join(f"{u.index},{'own.hardship' if u.index == 2 else ''}\n" for u in report.session)
    person = tmp_path / "human.csv"
    person.write_text("utterance,code\n" + rows, encoding="utf-8")
    (coding,) = agree.agree(alignment.align(human.read(person), [report])).codings
    (code,) = [code for code in coding.codes if code.name == "own.hardship"]
    assert (code.units, code.human) == (3, 1)  # the practitioner's utterances only


def test_the_shipped_figures_are_made_on_examples_left_out(hardship: Path) -> None:
    (head,) = tasks.load([str(hardship)])[0].heads
    assert (head.examples, head.positives, head.over, head.notes) == (48, 24, "sessions", ())
    value, low, high = head.figures["f1"]
    assert value is not None
    assert value > 0.7  # the words differ plainly
    # Where every one is right, the samples are all alike and no interval is claimed.
    assert (low, high) == (None, None) if value == 1 else low <= value <= high


def test_a_share_makes_the_code_as_rare_as_it_is(model: Path, tmp_path: Path) -> None:
    folder = examples(tmp_path / "labels")
    (folder / "codes.toml").write_text('[Hardship]\nmeaning = "It names it."\nshare = 0.02\n', encoding="utf-8")
    (rare,) = own.train(labelled.read(folder), load(str(model)))[0].heads
    (folder / "codes.toml").write_text('hardship = "It names it."\n', encoding="utf-8")
    (often,) = own.train(labelled.read(folder), load(str(model)))[0].heads
    assert rare.meaning == often.meaning == "It names it."
    assert rare.platt.probability(0.0) < often.platt.probability(0.0)


def test_too_little_is_told_or_refused(model: Path, tmp_path: Path) -> None:
    out = tmp_path / "task.json"
    few = run("train", "--task", examples(tmp_path / "few", 8, 20), "--out", out, "--model", model)
    assert few.exit_code == 0
    assert "only 8 examples have this code" in few.stderr
    for with_it, without, seen in ((4, 20, "4 examples have this code"), (20, 0, "0 examples are without")):
        refused = run(
            "train",
            "--task",
            examples(tmp_path / f"r{with_it}", with_it, without),
            "--out",
            tmp_path / "no",
            "--model",
            model,
        )
        assert refused.exit_code == 2
        assert seen in refused.stderr
        assert not (tmp_path / "no").exists()


def test_a_whole_coded_transcript_is_read_with_its_context(tmp_path: Path) -> None:
    rows = ("Therapist,How are you?,", "Client,Mm.,", "Therapist,Mm.,Silence named; humour", "Client,Mm.,none")
    folder = table(tmp_path / "labels" / "s1.csv", "speaker,text,code", *rows)
    (talk,) = labelled.read(folder).talks
    assert talk.session == talk.talk.name == "s1"
    assert [sorted(talk.codes[n]) for n in range(4)] == [[], [], ["humour", "silence_named"], []]
    assert talk.talk.role_of(1) == "client"


@pytest.mark.parametrize(
    ("head", "row", "seen"),
    [
        ("thing,code", "a,b", "columns thing, code"),
        ("text,label", "a,b", "columns text, label"),
        ("text,code,role", "hello,humour,doctor", "role is 'doctor'"),
        ("text,code", "hello,level 2", "a code is called 'level 2'"),
    ],
)
def test_a_wrong_table_is_one_sentence(head: str, row: str, seen: str, tmp_path: Path) -> None:
    with pytest.raises((ReadError, SettingsError), match=re.escape(seen)) as told:
        labelled.read(table(tmp_path / "labels" / "a.csv", head, row))
    assert "a.csv" in str(told.value)


def test_a_task_of_another_coder_is_refused(hardship: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"trained on tiny .*train it again"):
        tasks.fitting([str(hardship)], {"name": "rapport-small", "sha256": "f" * 64})
    raw = json.loads(hardship.read_text(encoding="utf-8"))
    raw["codes"]["hardship"]["weights"][0] = "none"
    broken = tmp_path / "broken.json"
    for text in ("", "[]", "{}", json.dumps(raw), "\x00\xff"):
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match=r"broken\.json"):
            tasks.load([str(broken)])
    shutil.copy(hardship, broken)
    with pytest.raises(SettingsError, match="'hardship' stands in"):
        tasks.load([str(hardship), str(broken)])


def test_a_task_is_the_same_after_writing_and_reading(hardship: Path, tmp_path: Path) -> None:
    task = tasks.load([str(hardship)])[0]
    again = tmp_path / "again.json"
    again.write_text(tasks.written(task), encoding="utf-8")
    assert again.read_bytes() == hardship.read_bytes()
    assert replace(tasks.load([str(again)])[0], path=task.path) == task


def test_train_says_what_it_needs(tmp_path: Path) -> None:
    for words, seen in (
        ((), "--task FOLDER (your own codes) or --corpora DIR"),
        (("--task", tmp_path, "--corpora", tmp_path), "options that train the coder itself"),
        (("--task", tmp_path / "none"), "there is no folder"),
        (("--corpora", tmp_path, "--model", tmp_path), "--model stands with --corpora"),
    ):
        result = run("train", *words, "--out", tmp_path / "out.json")
        assert result.exit_code == 2
        assert seen in result.stderr
        assert result.stderr.count("\n") == 1


ENTRY = {"id": "cpn", "kind": "jargon", "words": ["CPN"], "why": "w", "source": "s", "instead": "the nurse"}


def lexicon(path: Path, **changes: object) -> str:
    held = {key: value for key, value in {**ENTRY, **changes}.items() if value is not None}
    path.write_text("[[entry]]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in held.items()), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({"why": None}, "entry 'cpn': why is missing"),
        ({"kind": "slang"}, "entry 'cpn': kind = 'slang'; expected one of jargon"),
        ({"words": "cpn"}, "entry 'cpn': words = 'cpn'; expected a list"),
        ({"word": ["x"]}, "unknown key 'word'"),
        ({"id": "C P N"}, "small letters"),
        ({"sure": 1}, "sure = 1"),
        ({"spoken": "no"}, "spoken = 'no'; expected true or false"),
        ({"fires": ["The nurse calls."]}, "it does not fire"),
        ({"quiet": ["A CPN calls."]}, "it fires; expected that it stays quiet"),
    ],
)
def test_a_wrong_entry_is_named(changes: dict[str, object], seen: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=re.escape(seen)):
        own_lexicons.texts([lexicon(tmp_path / "clinic.toml", **changes)])


def test_own_single_words_have_plain_words(tmp_path: Path) -> None:
    path = lexicon(tmp_path / "clinic.toml", words=["CPN", "CPNs"], instead="say who calls", spoken=False)
    with Path(path).open("a", encoding="utf-8") as file:
        file.write('[entry.plain]\n"CPNs" = "the nurses"\n')
    report = report_on(coded([("T", "A CPN or two CPNs.", [])]), DEFAULTS.with_changes({"lexicons": [path]}))
    told = [finding.suggestion for finding in report.of_kind("jargon")]
    assert told == ["Say who calls.", "Plain words: “the nurses”."]


def test_plain_words_for_a_word_that_the_entry_lacks_are_named(tmp_path: Path) -> None:
    path = lexicon(tmp_path / "clinic.toml")
    with Path(path).open("a", encoding="utf-8") as file:
        file.write('[entry.plain]\n"nurse" = "the nurse"\n')
    with pytest.raises(SettingsError, match="plain names 'nurse'; expected words of the entry"):
        own_lexicons.texts([path])


def test_own_words_are_told_beside_ours_and_before_them(tmp_path: Path) -> None:
    path = lexicon(
        tmp_path / "clinic.toml", id="addict", kind="judgment.label", words=["addict"], why="Our team says so."
    )
    lines = [("T", "He is an addict, and a junkie.", ["structure"]), ("C", "Oh.", [])]
    ours = report_on(coded(lines))
    theirs = report_on(coded(lines), DEFAULTS.with_changes({"lexicons": [path]}))
    assert [f.quote for f in ours.of_kind("judgment")] == [f.quote for f in theirs.of_kind("judgment")]
    assert next(theirs.of_kind("judgment")).why == "Our team says so."
    assert theirs.made_with["own_lexicons"] == own_lexicons.checksums([path])
    assert "own_lexicons" not in ours.made_with
    assert lexicons.matches("jargon", "A CPN called.") == []


def blocks(page: str) -> tuple[dict[str, str], list[str]]:
    """The files a page shows (their names stand above them) and the commands it gives."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    files = dict(re.findall(r"`([^`\n]+)`:\n\n```\w+\n(.*?)```", text, re.DOTALL))
    commands = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    return files, commands


def unfold(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    files, commands = blocks(page)
    for name, text in {**files, "session.txt": TALK}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return commands


@pytest.mark.parametrize("page", ["own-codes.md", "own-lexicons.md"])
def test_the_pages_do_what_they_say(page: str, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = unfold(page, tmp_path, monkeypatch)
    assert commands
    for command in commands:
        result = run(*command.split()[1:], "--model", model)
        assert result.exit_code == 0, result.stderr
    if page == "own-lexicons.md":
        report = analysed(tmp_path / "a.txt", model, lexicons=["clinic.toml"])
        assert {"CPN", "frequent flyers"} <= {f.quote for f in report.findings}


def test_a_package_of_ones_own_shows_in_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package of the page, installed as pip would leave it: a folder and its entry points."""
    unfold("own-measures.md", tmp_path, monkeypatch)
    project = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = tmp_path / "thanks-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: thanks\nVersion: 1.0\n", encoding="utf-8")
    groups = project["entry-points"].items()
    points = "".join(f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in named.items()) for group, named in groups)
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    look = (
        "import sys; sys.path[:0] = ['.', sys.argv[1]]\n"
        "from tests.invented import coded\n"
        "from transcript_rapport import plugins, settings\n"
        "from transcript_rapport.analysis import report_on\n"
        "lines = [('T', 'Thank you for coming.', ['structure']), ('C', 'Okay then.', [])] * 12\n"
        "report = report_on(coded(lines), settings.load('rapport.toml'))\n"
        "assert len(list(report.of_kind('thanks'))) == 12\n"
        "assert report.measure('thanks.said_per_ten_turns').value == 10\n"
        "for name in plugins.available('renderers'):\n"
        "    text = plugins.load('renderers', name).render(report)\n"
        "    print(name, 'thanks' in text.lower())\n"
    )
    seen = subprocess.run([sys.executable, "-c", look, str(ROOT)], capture_output=True, text=True, check=False)
    assert seen.returncode == 0, seen.stderr
    shown = dict(line.split() for line in seen.stdout.splitlines())
    # The short text has room for six dimensions only.
    assert {name for name, there in shown.items() if there == "True"} >= {"html", "json", "jsonl", "csv"}
