"""Reports read back from where they were written: the inverse of the JSON and JSON Lines renderers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from transcript_rapport.errors import ReadError
from transcript_rapport.renderers.json import SCHEMA
from transcript_rapport.report import Coded, Finding, Label, Measure, Report, Span, Statement, Threshold
from transcript_rapport.session import ROLES, Session, Utterance

SUFFIXES = (".json", ".jsonl")
_LOOK_AT = 4096
_AGAIN = "write it again with `rapport analyse … --format json`"


def is_report(path: Path) -> bool:
    """Whether the file holds written reports (it says so in its first lines), and not a transcript as JSON."""
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return False
    with path.open("rb") as file:
        return b'"transcript-rapport/report/' in file.read(_LOOK_AT)


def load(path: Path) -> list[Report]:
    """The reports in a ``.json`` file (one) or a ``.jsonl`` file (one a line); a ReadError says what is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ReadError(str(path), "not UTF-8", "a written report", _AGAIN) from None
    except OSError as error:
        raise ReadError(
            str(path), error.strerror or "it cannot be opened", "a written report", "check the path"
        ) from None
    if path.suffix.lower() != ".jsonl":
        return [report_of(_parsed(text, str(path)), str(path))]
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return [report_of(_parsed(line, f"{path}:{number}"), f"{path}:{number}") for number, line in lines]


def _parsed(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ReadError(where, f"not JSON ({error})", "a written report", _AGAIN) from None


def report_of(document: object, where: str) -> Report:
    """The report that was written as ``document``; a ReadError where it is of another kind or not whole.

    Everything the document holds comes back; what it leaves out (probabilities of codes that were
    not asserted) stays empty. Keys it does not know are ignored.
    """
    if not isinstance(document, Mapping) or document.get("schema") != SCHEMA:
        seen = document.get("schema") if isinstance(document, Mapping) else type(document).__name__
        raise ReadError(where, f"a document of the kind {seen!r}", f"a report of the kind {SCHEMA!r}", _AGAIN)
    try:
        session = _session(document["session"], document["utterances"])
        coded = Coded(session, _statements(document["utterances"]), tuple(map(_label, document["utterances"])))
        findings = tuple(_finding(session, held) for held in document["findings"])
        measures = tuple(map(_measure, document["measures"]))
        return Report(coded, findings, measures, dict(document["made_with"]))
    except KeyError as error:
        raise ReadError(where, f"{error} is missing", "a whole report", _AGAIN) from None
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        raise ReadError(where, f"damaged ({error})", "a whole report", _AGAIN) from None


def _session(held: Mapping[str, Any], utterances: list[Mapping[str, Any]]) -> Session:
    spoken = tuple(
        Utterance(int(u["index"]), str(u["speaker"]), str(u["text"]), u["start_ms"], u["end_ms"]) for u in utterances
    )
    if [u.index for u in spoken] != list(range(len(spoken))):
        raise ValueError("utterances are not counted from 0 in order")
    roles = {str(label): role for role in ROLES for label in held.get(role, ())}
    return Session(
        str(held["name"]),
        spoken,
        str(held["source"]),
        str(held.get("format", "")),
        roles,
        held.get("role_certainty"),
        str(held.get("role_reason", "")),
        tuple(held.get("notes", ())),
    )


def _statements(utterances: list[Mapping[str, Any]]) -> tuple[Statement, ...]:
    return tuple(_statement(int(u["index"]), s) for u in utterances for s in u["statements"])


def _statement(utterance: int, held: Mapping[str, Any]) -> Statement:
    codes, moves = dict(held["codes"]), dict(held.get("moves", {}))
    return Statement(utterance, int(held["start"]), int(held["end"]), codes, codes, held.get("counted"), moves)


def _label(held: Mapping[str, Any]) -> Label:
    return Label(held["behaviour"], held["talk_type"], held.get("probability"), dict(held.get("remarks", {})))


def _finding(session: Session, held: Mapping[str, Any]) -> Finding:
    answers = held.get("answers")
    return Finding(
        str(held["kind"]),
        session[int(held["utterance"])],
        int(held["start"]),
        int(held["end"]),
        str(held["why"]),
        str(held["source"]),
        str(held["suggestion"]),
        float(held["score"]),
        Span(*answers) if answers else None,
    )


def _measure(held: Mapping[str, Any]) -> Measure:
    threshold = held["threshold"]
    return Measure(
        str(held["name"]),
        str(held.get("title", held["name"])),
        _number(held["value"]),
        str(held["unit"]),
        int(held["base"]),
        str(held.get("base_of", "")),
        _number(held["low"]),
        _number(held["high"]),
        Threshold(threshold["name"], threshold["basic"], threshold["good"], threshold["source"]) if threshold else None,
        str(held["note"]),
        tuple(Span(*place) for place in held.get("evidence", ())),
    )


def _number(value: object) -> float | None:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    raise ValueError(f"{value!r} is not a number")
