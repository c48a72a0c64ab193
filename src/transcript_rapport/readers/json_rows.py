"""JSON: rows of speaker and text, alone or inside an object, as one document or one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transcript_rapport.readers import columns, json_shapes, text
from transcript_rapport.readers.records import Record, sessions
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

NAME = "json"
SUFFIXES = (".json", ".jsonl", ".ndjson")

_EXPECTED = 'a list of rows such as {"speaker": "Therapist", "text": "…", "start": 1.2, "end": 3.4}'
_USUAL = ("utterances", "turns", "segments")
_SINGLE_WORDS = ("words", "items", "tokens")  # Recognisers list each word beside the utterances.
_NAMES = ("name", "session_id", "transcript_id", "conversation_id", "id")
_COLLECTIONS = ("sessions", "transcripts", "conversations", "dialogues", "interviews", "reports")
_HEAD = re.compile(r"[\ufeff\s]*(?:\{\s*[\"}]|\[\s*(?:\{\s*[\"}]|\]))")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class _Rows:
    """A list of rows inside a document: under which key, how deep, and whose session."""

    key: str
    depth: int
    rows: Sequence[Mapping[str, object]]

    @property
    def rank(self) -> tuple[bool, bool, bool, int]:
        """Smaller is likelier to be the transcript."""
        named = columns.find(json_shapes.keys(self.rows)).speaker is not None
        return (self.key in _SINGLE_WORDS, not named, self.key not in _USUAL, self.depth)


def recognises(source: Source) -> bool:
    """Whether the file begins as a JSON object or list does."""
    if not source.is_text:
        return False
    return bool(_HEAD.match(source.text)) or (
        source.suffix in SUFFIXES and source.text.lstrip("\ufeff \t\n")[:1] in {"{", "["}
    )


def read(source: Source) -> list[Session]:
    """The sessions of the file: one, or one for each line or session key that holds its own rows."""
    if not recognises(source):
        raise source.error("this is not JSON", _EXPECTED, "check the file's name")
    documents = list(_documents(source))
    whole = len(documents) == 1
    members = _members(documents[0][1]) if whole else documents
    if len(members) > 1 and all(_best(member) for _, member in members):
        unit, form = ("row", "JSON") if whole else ("line", "JSON Lines")
        return [_member(source, form, unit, number, member) for number, member in members]
    if not whole and (spoken := _from_texts(source, "JSON Lines", documents)):
        return spoken
    if not whole:
        rows = [(line, row) for line, row in documents if isinstance(row, dict)]
        return _sessions(source, "JSON Lines", "line", rows)
    best = _best(documents[0][1])
    if best is None and (spoken := _from_texts(source, "JSON", members or documents)):
        return spoken
    if best is None:
        raise source.error(f"no rows with text were found{_seen(documents[0][1])}", _EXPECTED)
    return _sessions(source, "JSON", "row", list(enumerate(best.rows, start=1)))


def _members(document: object) -> list[tuple[int, object]]:
    """The sessions a document lists, each an object with its own rows; empty where it is one session itself."""
    if isinstance(document, dict):
        document = next((v for k, v in document.items() if columns.plain(str(k)) in _COLLECTIONS), None)
    if not isinstance(document, list) or not all(isinstance(member, dict) for member in document):
        return []
    return [] if columns.find(json_shapes.keys(document)).text else list(enumerate(document, start=1))


def _member(source: Source, form: str, unit: str, number: int, document: object) -> Session:
    """One of several sessions; its rows are all said to stand where the session stands."""
    best = _best(document)
    rows = [(number, row) for row in best.rows] if best else []
    first, *_ = _sessions(source, form, unit, rows)
    return replace(first, name=f"{source.name}-{_name_of(document) or number}")


def _sessions(source: Source, form: str, unit: str, records: Sequence[Record]) -> list[Session]:
    found = columns.find(json_shapes.keys([row for _, row in records]))
    if not found.complete:
        missing = "words" if found.text is None else "speaker"
        keys = ", ".join(json_shapes.keys([row for _, row in records]))
        raise source.error(f"no key holds the {missing}; the keys are {keys}", _EXPECTED, "rename the keys")
    return sessions(source, form, records, found, unit=unit)


def _documents(source: Source) -> Iterator[tuple[int, object]]:
    """The JSON values of the file with their lines: one, or one a line."""
    try:
        yield 1, json.loads(source.text)
        return
    except json.JSONDecodeError as error:
        whole = error
    except RecursionError:
        raise source.error("the JSON is nested too deeply", _EXPECTED) from None
    for number, line in enumerate(source.lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except json.JSONDecodeError as error:
            # A document over several lines has its first fault where the whole says, not where a line does.
            at, what = (whole.lineno, whole.msg) if number == 1 or whole.lineno > 2 else (number, error.msg)
            raise source.error(f"this is not valid JSON ({what})", _EXPECTED, at=("line", at)) from None


def _best(document: object) -> _Rows | None:
    return min(_lists("", 0, document), key=lambda found: found.rank, default=None)


def _lists(key: str, depth: int, value: object) -> Iterator[_Rows]:
    """Every list of rows with text inside ``value``."""
    if depth > _DEEPEST:
        return
    if rows := json_shapes.rows(value):
        yield _Rows(columns.plain(key), depth, rows)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _lists(str(name), depth + 1, inner)
    elif isinstance(value, list):
        for row in [row for row in value if isinstance(row, dict)][:1]:
            yield from _lists(key, depth + 1, row)


def _from_texts(source: Source, form: str, members: Sequence[tuple[int, object]]) -> list[Session]:
    """The sessions of members that hold their talk as text (``T: …``); none unless every member does."""
    found = list[Session]()
    for number, member in members:
        spoken = (source.extract(((number, line) for line in lines), "line") for lines in json_shapes.texts(member))
        talk = next((lines for lines in spoken if text.recognises(lines)), None)
        if talk is None:
            return []
        name = source.name if len(members) == 1 else f"{source.name}-{_name_of(member) or number}"
        found += [replace(session, name=name, format=form) for session in text.read(talk)]
    return found


def _name_of(document: object) -> str:
    inner = document.get("session", document) if isinstance(document, dict) else document
    if isinstance(inner, str | int):
        return str(inner)
    found = (inner.get(key) for key in _NAMES) if isinstance(inner, dict) else ()
    return next((str(name) for name in found if isinstance(name, str | int)), "")


def _seen(document: object) -> str:
    return f"; the keys are {', '.join(map(str, list(document)[:12]))}" if isinstance(document, dict) else ""
