"""The report for machines: the published contract ``transcript-rapport/report/1`` (docs/report-schema.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from transcript_rapport.renderers.tables import rounded
from transcript_rapport.report import Finding, Label, Measure, Report, Statement, Threshold
from transcript_rapport.session import Session, Utterance

SUFFIX = ".json"
SCHEMA = "transcript-rapport/report/1"


def render(report: Report) -> str:
    """The document, indented for people who look into it."""
    return json.dumps(document(report), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def document(report: Report) -> dict[str, object]:
    """The report as plain lists and dictionaries; offsets index the utterance's text, unknown times are None."""
    coded, session = report.coded, report.session
    return {
        "schema": SCHEMA,
        "session": _session(session),
        "utterances": [
            _utterance(session, u, label, coded.statements_of(u.index))
            for u, label in zip(session, coded.labels, strict=True)
        ],
        "findings": [_finding(finding) for finding in report.findings],
        "measures": [_measure(measure) for measure in report.measures],
        "made_with": _plain(report.made_with),
    }


def _session(session: Session) -> dict[str, object]:
    return {
        "name": session.name,
        "source": session.source,
        "format": session.format,
        "duration_ms": session.duration_ms,
        "practitioner": list(session.labels("practitioner")),
        "client": list(session.labels("client")),
        "other": list(session.labels("other")),
        "role_certainty": rounded(session.role_certainty),
        "role_reason": session.role_reason,
        "notes": list(session.notes),
    }


def _utterance(
    session: Session, spoken: Utterance, label: Label, statements: tuple[Statement, ...]
) -> dict[str, object]:
    role = session.role_of(spoken)
    return {
        "index": spoken.index,
        "speaker": spoken.speaker,
        "role": role,
        "text": spoken.text,
        "start_ms": spoken.start_ms,
        "end_ms": spoken.end_ms,
        "behaviour": label.behaviour if role == "practitioner" else None,
        "talk_type": label.talk_type if role == "client" else None,
        "probability": rounded(label.probability),
        **({"remarks": _codes(label.remarks)} if label.remarks else {}),
        "statements": [_statement(s) for s in statements],
    }


def _statement(statement: Statement) -> dict[str, object]:
    told: dict[str, object] = {"start": statement.start, "end": statement.end, "codes": _codes(statement.codes)}
    told |= {"moves": _codes(statement.moves)} if statement.moves else {}
    return told if statement.left is None else {**told, "counted": _codes(statement.left)}


def _codes(codes: Mapping[str, float]) -> dict[str, float | None]:
    return {name: rounded(p) for name, p in codes.items()}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "kind": finding.kind,
        "utterance": finding.utterance,
        "start": finding.start,
        "end": finding.end,
        "quote": finding.quote,
        "why": finding.why,
        "source": finding.source,
        "suggestion": finding.suggestion,
        "score": rounded(finding.score),
        "answers": list(finding.answers) if finding.answers else None,
    }


def _measure(measure: Measure) -> dict[str, object]:
    return {
        "name": measure.name,
        "title": measure.title,
        "value": rounded(measure.value),
        "low": rounded(measure.low),
        "high": rounded(measure.high),
        "unit": measure.unit,
        "base": measure.base,
        "base_of": measure.base_of,
        "threshold": _threshold(measure.threshold),
        "note": measure.note,
        "evidence": [list(span) for span in measure.evidence],
    }


def _threshold(of: Threshold | None) -> dict[str, object] | None:
    if of is None:
        return None
    return {"name": of.name, "basic": rounded(of.basic), "good": rounded(of.good), "source": of.source}


def _plain(value: object) -> object:
    """Whatever ``made_with`` holds as JSON knows it; what JSON does not know becomes its text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    if isinstance(value, float):
        return rounded(value)
    return value if value is None or isinstance(value, str | int) else str(value)
