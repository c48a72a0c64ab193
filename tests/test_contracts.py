"""The contract for machines, held over whole sessions through the command line with the trained coder."""

from __future__ import annotations

import csv
import json
import math
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from transcript_rapport.codebook import BEHAVIOURS, TALK_TYPES, client_codes, practitioner_codes
from transcript_rapport.readers import read
from transcript_rapport.session import ROLES

ROOT = Path(__file__).parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"
PRACTICE = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "corpora" / "practice").iterdir() if p.suffix != ".md")
CANONICAL = {
    "talk.practitioner_time_share",
    "talk.practitioner_word_share",
    "listening.reflection_to_question_ratio",
    "listening.complex_reflection_share",
    "listening.open_question_share",
}
SHARES = {"talk.practitioner_time_share", "talk.practitioner_word_share"}
ALONE_NAMES = {"jargon.unexplained", "jargon.explained", "jargon.shared"}

needs_model = pytest.mark.skipif(
    not any((ROOT / "models").glob("*/config.json")), reason="needs the trained coder, and models/ holds none yet"
)
needs_corpora = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="needs the public corpora in ../shared/corpora, which are not part of this repository"
)
pytestmark = needs_model

Document = dict[str, Any]


def _analyse(*args: str) -> list[Document]:
    """What ``rapport analyse … --format jsonl`` prints, from the root of the checkout."""
    command = [sys.executable, "-m", "transcript_rapport.cli", "analyse", *args, "--format", "jsonl"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    return [json.loads(line) for line in ran.stdout.split("\n")[:-1]]


@pytest.fixture(scope="module")
def practice() -> list[Document]:
    return _analyse(*PRACTICE)


def test_one_object_a_session_in_the_order_given(practice: list[Document]) -> None:
    assert [document["session"]["source"] for document in practice] == PRACTICE


@pytest.mark.parametrize("place", range(len(PRACTICE)), ids=PRACTICE)
def test_practice_sessions_hold_the_contract(practice: list[Document], place: int) -> None:
    check(practice[place])
    (session,) = read(str(ROOT / PRACTICE[place]))
    kept = [(u["index"], u["speaker"], u["text"], u["start_ms"], u["end_ms"]) for u in practice[place]["utterances"]]
    assert kept == [(u.index, u.speaker, u.text, u.start_ms, u.end_ms) for u in session]


def test_the_same_file_gives_the_same_report(practice: list[Document]) -> None:
    assert _analyse(PRACTICE[0]) == practice[:1]


@needs_corpora
def test_annomi_holds_the_contract(tmp_path: Path) -> None:
    """Three transcripts, each written as a table of its own from the rows of the published one."""
    with (CORPORA / "annomi" / "annomi.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(dict.fromkeys(row["transcript_id"] for row in rows))[:3]
    paths = []
    for name in names:
        path = tmp_path / f"annomi_{name}.csv"
        columns = ("interlocutor", "timestamp", "utterance_text")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(row for row in rows if row["transcript_id"] == name)
        paths.append(str(path))
    documents = _analyse(*paths)
    for document, name in zip(documents, names, strict=True):
        check(document)
        assert len(document["utterances"]) == sum(row["transcript_id"] == name for row in rows)
        assert document["session"]["practitioner"] == ["therapist"]


@needs_corpora
def test_a_consultation_in_two_files_holds_the_contract() -> None:
    pair = sorted((CORPORA / "primock57").glob("*.TextGrid"))[:2]
    (document,) = _analyse(*map(str, pair), "--together")
    check(document)
    assert document["session"]["practitioner"]
    assert all(u["end_ms"] is not None for u in document["utterances"])
    assert _measure(document, "talk.practitioner_time_share")["value"] is not None


@needs_corpora
def test_a_plain_text_interview_holds_the_contract() -> None:
    (document,) = _analyse(str(sorted((CORPORA / "fareez-osce").glob("*.txt"))[0]))
    check(document)
    assert document["session"]["practitioner"] == ["D"]
    untimed = _measure(document, "talk.practitioner_time_share")
    assert untimed["value"] is None
    assert untimed["note"]


@needs_corpora
def test_rogers_holds_the_contract() -> None:
    """Whatever table of turns the folder holds; its columns are found by the reader."""
    tables = [p for p in sorted((CORPORA / "rogers").iterdir()) if p.suffix in {".csv", ".tsv", ".xlsx"}]
    for document in _analyse(str(tables[0])):
        check(document)


def check(document: Document) -> None:
    """Hold one session's object against the contract of docs/report-schema.md."""
    assert document["schema"] == "transcript-rapport/report/1"
    roles = _check_session(document)
    for index, utterance in enumerate(document["utterances"]):
        assert utterance["index"] == index
        assert utterance["role"] == roles[utterance["speaker"]]
        _check_utterance(utterance)
    for finding in document["findings"]:
        _check_finding(finding, document["utterances"])
    assert {measure["name"] for measure in document["measures"]} >= CANONICAL
    for measure in document["measures"]:
        _check_measure(measure)
    _check_marks_are_counted(document)
    assert {"transcript_rapport", "model", "lexicons", "settings"} <= set(document["made_with"])


def _check_session(document: Document) -> dict[str, str]:
    session = document["session"]
    speakers = {utterance["speaker"] for utterance in document["utterances"]}
    named = list(chain.from_iterable(session.get(role, []) for role in ROLES))
    assert len(named) == len(set(named))
    assert set(named) <= speakers
    assert session["practitioner"]
    assert session["client"]
    assert 0 <= session["role_certainty"] <= 1
    assert session["duration_ms"] is None or isinstance(session["duration_ms"], int)
    roles = dict.fromkeys(speakers, "other")
    return roles | {label: role for role in ROLES for label in session.get(role, [])}


def _check_utterance(utterance: Document) -> None:
    for time in ("start_ms", "end_ms"):
        assert utterance[time] is None or type(utterance[time]) is int
    role = utterance["role"]
    assert (utterance["behaviour"] in BEHAVIOURS) if role == "practitioner" else utterance["behaviour"] is None
    assert (utterance["talk_type"] in TALK_TYPES) if role == "client" else utterance["talk_type"] is None
    allowed = {"practitioner": practitioner_codes(), "client": client_codes(), "other": ()}[role]
    end = 0
    for statement in utterance["statements"]:
        assert end <= statement["start"] < statement["end"] <= len(utterance["text"])
        end = statement["end"]
        assert set(statement["codes"]) <= set(allowed)
        assert all(0 <= probability <= 1 for probability in statement["codes"].values())


def _check_finding(finding: Document, utterances: list[Document]) -> None:
    utterance = utterances[finding["utterance"]]
    assert finding["quote"] == utterance["text"][finding["start"] : finding["end"]] != ""
    assert finding["why"]
    assert finding["source"]
    assert isinstance(finding["suggestion"], str)
    assert 0 <= finding["score"] <= 1
    if finding["kind"].startswith("judgment"):
        assert utterance["role"] == "practitioner"
    if finding["kind"].startswith(("judgment.", "validation.", "reflection.")):
        assert finding["kind"] in practitioner_codes()
    if finding["kind"].startswith("jargon"):
        assert finding["kind"] in ALONE_NAMES


MARKED = {
    "partnership.advice_without_permission_per_ten_turns": "advice.directive",
    "acceptance.judgments_per_hundred_statements": "judgment.",
}


def _check_marks_are_counted(document: Document) -> None:
    """What is counted as it is marked has the same places as the marks."""
    counted = {measure["name"]: measure["evidence"] for measure in document["measures"]}
    for name, kind in MARKED.items():
        marks = [[f["utterance"], f["start"], f["end"]] for f in document["findings"] if f["kind"].startswith(kind)]
        assert sorted(counted[name]) == sorted(marks), name


def _check_measure(measure: Document) -> None:
    value, low, high = measure["value"], measure["low"], measure["high"]
    assert value is not None or measure["note"], f"{measure['name']} has no value and does not say why"
    assert all(number is None or math.isfinite(number) for number in (value, low, high))
    assert isinstance(measure["base"], int)
    if None not in (value, low, high):
        assert low <= value <= high
    if measure["name"] in SHARES and value is not None:
        assert 0 <= value <= 1


def _measure(document: Document, name: str) -> Document:
    (found,) = (measure for measure in document["measures"] if measure["name"] == name)
    return dict(found)
