"""Many files at once: the same reports as one by one, a lost worker loses one file, a later run goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from transcript_rapport.batch import pool, work
from transcript_rapport.batch.journal import NAME, Journal, key
from transcript_rapport.batch.work import Job, do
from transcript_rapport.errors import ModelError, SettingsError
from transcript_rapport.settings import DEFAULTS

TALK = "Therapist: What {} you here this week?\nClient: My sister moved out, and the flat is so quiet.\n"
POSIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe, to hold a worker up")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "sessions"
    place.mkdir()
    for name, verb in (("s1", "brings"), ("s2", "brought"), ("s10", "led")):
        (place / f"{name}.txt").write_text(TALK.format(verb), encoding="utf-8")
    (place / "s3.txt").write_text("", encoding="utf-8")
    return place


def rapport(*words: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "transcript_rapport.cli", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False, timeout=300)


def _held(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file() and p.name != NAME}


def test_two_processes_write_what_one_writes_and_a_later_run_goes_on(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    alone = rapport("analyse", folder, "--format", "html", "--out", one, "--jobs", 1)
    shared = rapport("analyse", folder, "--format", "html", "--out", two, "--jobs", 2)
    assert (alone.returncode, shared.returncode) == (1, 1), shared.stderr
    assert _held(one) == _held(two)
    assert {"s1.html", "s2.html", "s10.html", "data/s1.json", "measures.csv", "caseload.html"} < set(_held(two))
    assert shared.stderr.count("s3.txt") == 1 and "empty" in shared.stderr
    page = (two / "caseload.html").read_text(encoding="utf-8")
    assert 'href="s10.html"' in page and "1 file could not be used" in page

    (two / "s2.html").unlink()
    (folder / "s1.txt").write_text(TALK.format("took"), encoding="utf-8")
    kept = (two / "s10.html").stat().st_mtime_ns
    again = rapport("analyse", folder, "--format", "html", "--out", two, "--resume")
    assert "1 of 4 files skipped" in again.stderr
    assert (two / "s10.html").stat().st_mtime_ns == kept
    assert "took" in (two / "s1.html").read_text(encoding="utf-8")
    fresh = tmp_path / "fresh"
    rapport("analyse", folder, "--format", "html", "--out", fresh, "--jobs", 1)
    assert _held(two) == _held(fresh)


@POSIX
def test_a_worker_that_dies_loses_only_its_file(folder: Path) -> None:
    stuck = folder / "stuck.txt"
    os.mkfifo(stuck)
    jobs = [Job((str(path),), DEFAULTS) for path in (stuck, folder / "s1.txt", folder / "s2.txt")]

    def kill_the_stuck_one(done: Job) -> None:
        if done is jobs[2]:
            for child in active_children():
                if child.pid:
                    os.kill(child.pid, signal.SIGKILL)

    found = list(pool.each(jobs, 2, kill_the_stuck_one))
    assert [job.paths for job, _ in found] == [job.paths for job in jobs]
    (lost,) = found[0][1]
    assert lost.problem and "SIGKILL" in lost.problem.sentence and "stuck.txt" in lost.problem.sentence
    assert all(outcomes[0].report for _, outcomes in found[1:])
    assert not active_children()


@POSIX
def test_the_interrupt_key_ends_all_processes_at_once(folder: Path) -> None:
    for name in ("a", "b"):
        os.mkfifo(folder / f"{name}.txt")
    line = [sys.executable, "-m", "transcript_rapport.cli", "analyse", str(folder), "--jobs", "2"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        begun = time.monotonic()
        while children.exists() and len(children.read_text().split()) < 3 and time.monotonic() < begun + 60:
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in told


def test_an_error_that_holds_for_all_files_ends_the_workers(folder: Path) -> None:
    jobs = [Job((str(folder / f"s{n}.txt"),), DEFAULTS.with_changes({"model": "gone"})) for n in (1, 2)]
    with pytest.raises(ModelError):
        list(pool.each(jobs, 2))
    assert not active_children()


def test_work_tells_what_it_does_and_may_be_refused(folder: Path) -> None:
    told: list[str] = []
    job = Job((str(folder / "s1.txt"),), DEFAULTS)

    def refuse(sessions: int) -> None:
        raise SettingsError("--format html", f"{sessions} sessions")

    with pytest.raises(SettingsError):
        list(do(job, told.append, refuse))
    assert told == [f"Reading {folder / 's1.txt'}"]


def test_a_session_of_extraordinary_length_is_announced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "LONG", 5)
    told: list[str] = []
    list(do(Job((str(folder / "s1.txt"),), DEFAULTS), told.append))
    assert any("words, some" in line and "minutes" in line for line in told)


def test_the_journal_holds_sums_and_believes_only_whole_files(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("said in confidence", encoding="utf-8")
    Journal(tmp_path).note("k", ["a.html"])
    with (tmp_path / NAME).open("a") as file:
        file.write('{"from": "cut sho')
    assert "confidence" not in (tmp_path / NAME).read_text(encoding="utf-8")
    assert Journal(tmp_path).files("k") == ("a.html",) and Journal(tmp_path).written == {"a.html"}
    (tmp_path / "a.html").write_text("changed", encoding="utf-8")
    assert Journal(tmp_path).files("k") == ()


def test_what_shapes_a_report_shapes_its_key(folder: Path) -> None:
    path = str(folder / "s1.txt")
    one = Job((path,), DEFAULTS, formats=("html",))
    others = [Job((str(folder / "s2.txt"),), DEFAULTS, formats=("html",)), Job((path,), DEFAULTS, formats=("text",))]
    assert key(one, {"v": 1}) == key(one, {"v": 1})
    assert len({key(job, {"v": 1}) for job in (one, *others)} | {key(one, {"v": 2})}) == 4
    assert key(Job(("gone.txt",), DEFAULTS), {}) is None


def test_a_report_never_replaces_the_transcript_it_was_made_from(folder: Path) -> None:
    before = {path: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    ended = rapport("analyse", folder, "--out", folder, "--jobs", 1)
    assert ended.returncode == 1 and "would replace" in ended.stderr
    assert before == {path: path.read_text(encoding="utf-8") for path in before}


def test_a_folder_of_reports_is_read_by_the_commands_across_sessions(folder: Path, tmp_path: Path) -> None:
    from transcript_rapport.across.gather import inside

    for form in ("html", "json"):
        out = tmp_path / form
        rapport("analyse", folder, "--format", form, "--out", out, "--jobs", 1)
        assert [path.name for path in inside(out)] == ["s1.json", "s2.json", "s10.json"]
    held = json.loads((tmp_path / "html" / "data" / "s1.json").read_text(encoding="utf-8"))
    assert held == json.loads((tmp_path / "json" / "s1.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("words", [("--resume",), ("--resume", "--format", "parquet", "--out", "x"), ("--jobs", "0")])
def test_wrong_use(folder: Path, words: tuple[str, ...]) -> None:
    assert rapport("analyse", folder, *words).returncode == 2


def test_a_thread_may_ask_for_workers(folder: Path) -> None:
    found: list[int] = []
    jobs = [Job((str(folder / "s3.txt"),), DEFAULTS)] * 2
    thread = threading.Thread(target=lambda: found.append(len(list(pool.each(jobs, 2)))))
    thread.start()
    thread.join(120)
    assert found == [2]
