"""Our own report JSON, read back: the session with its roles, and its codes and findings as marks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from transcript_rapport.readers import Source
from transcript_rapport.renderers.json import SCHEMA
from transcript_rapport.session import ROLES, Role, Session, Utterance
from transcript_rapport.writers.marks import Mark, code_names, finding_words

Marked = tuple[Session, tuple[Mark, ...]]


def read(source: Source) -> list[Marked]:
    """The sessions of a report file (one object, or one a line) with their marks; empty where it is none of ours.

    Raises ReadError where an object says it is a report and is not as docs/report-schema.md has it.
    """
    if not source.is_text or SCHEMA not in source.text:
        return []
    documents = _documents(source.text)
    if not documents or not all(isinstance(d, dict) and d.get("schema") == SCHEMA for d in documents):
        return []
    found = []
    for number, document in enumerate(documents, start=1):
        try:
            found.append((_session(source, document), tuple(_marks(document))))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            seen = f"the report is not whole ({type(error).__name__}: {error})"
            at = ("report", number)
            raise source.error(seen, f"the contract {SCHEMA}", "make the report again", at=at) from None
    return found


def _documents(text: str) -> list[Any]:
    """The JSON values of the text: one, or one a line; empty where it is no JSON."""
    try:
        return [json.loads(text)]
    except (json.JSONDecodeError, RecursionError):
        pass
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (json.JSONDecodeError, RecursionError):
        return []


def _session(source: Source, document: Mapping[str, Any]) -> Session:
    said = document["session"]
    utterances = tuple(
        Utterance(index, str(row["speaker"]), str(row["text"]), _time(row["start_ms"]), _time(row["end_ms"]))
        for index, row in enumerate(document["utterances"])
    )
    roles: dict[str, Role] = {label: role for role in ROLES for label in said.get(role, ())}
    made = Session(str(said["name"]), utterances, source.path, str(said.get("format", "")))
    return made.with_roles(roles, said.get("role_certainty"), said.get("role_reason", ""))


def _time(value: object) -> int | None:
    if value is None or (isinstance(value, int) and value >= 0):
        return value
    raise ValueError(f"a time is {value!r}")


def _marks(document: Mapping[str, Any]) -> list[Mark]:
    rows = list(enumerate(document["utterances"]))
    coded = [
        Mark("codes", index, int(s["start"]), int(s["end"]), code_names(list(s["codes"])))
        for index, row in rows
        for s in row["statements"]
        if s["codes"]
    ]
    found = [
        Mark("findings", int(f["utterance"]), int(f["start"]), int(f["end"]), finding_words(f["kind"], f["why"]))
        for f in document["findings"]
    ]
    return coded + found
