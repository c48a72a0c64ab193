"""A person's codes as they hand them in: the rows of a table, whatever their program calls the columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from transcript_rapport.across.tables import as_csv
from transcript_rapport.errors import ReadError
from transcript_rapport.questionnaires.table import MISSING
from transcript_rapport.readers.columns import SESSION, plain
from transcript_rapport.renderers import tables
from transcript_rapport.report import Report

NAMES = {
    "session": ("session", *SESSION),
    "utterance": ("utterance", "index", "utterance_id", "line"),
    "start": ("start",),
    "end": ("end",),
    "text": ("text", "utterance_text", "quote"),
    "speaker": ("speaker", "role", "interlocutor", "who"),
    "coder": ("coder", "coder_id", "annotator", "annotator_id", "rater", "rater_id"),
    "codes": ("codes", "code"),
    "behaviour": ("behaviour", "behavior", "main_therapist_behaviour"),
    "talk_type": ("talk_type", "client_talk_type"),
}
"""What a column may be called; the first of each is how our own tables call it."""
CODINGS = ("codes", "behaviour", "talk_type")
PLACES = ("session", "utterance", "start", "end", "speaker", "text")
"""What a person needs to code a statement, and what finds its place again."""
OURS = "probabilities"
"""A column of our own table of statements that no person fills in."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the person's table: where it stands and what they gave; None where they gave nothing to compare."""

    number: int
    session: str
    utterance: int | None
    start: int | None
    end: int | None
    text: str
    given: Mapping[str, frozenset[str] | None]
    speaker: str = ""
    coder: str = ""


def read(path: str | Path) -> tuple[Row, ...]:
    """The rows of a person's CSV; a ReadError names the columns that are missing or the cell that is wrong."""
    where, held = str(path), table(path)
    columns = _columns(held.fieldnames or (), where)
    try:
        numbered = [(held.line_num, cells) for cells in held]
    except csv.Error as error:
        raise ReadError(f"{where}:{held.line_num}", str(error), "a CSV of codes", "save it as CSV UTF-8") from None
    if not numbered:
        raise ReadError(where, "no rows below the head", "one row for each statement or utterance coded")
    named = columns.get("utterance", "")
    if "text" not in columns and not any((cells.get(named) or "").strip()[:1].isdigit() for _, cells in numbered):
        columns["text"] = columns.pop("utterance")
    return tuple(_row(cells, columns, f"{where}:{n}", n) for n, cells in numbered)


def sheet(reports: Iterable[Report]) -> str:
    """A table to fill in: every statement with an empty column for codes, and nothing that the coder said of it.

    Whoever sees the coder's codes, or leaves them in, agrees with it too well.
    """
    rows = (row for report in reports for row in tables.rows(report, "statements"))
    return as_csv(({name: row[name] for name in PLACES} | {"codes": ""} for row in rows), (*PLACES, "codes"))


def holds_ours(path: str | Path) -> bool:
    """Whether the coder's probabilities still stand in a person's table, and so perhaps its labels."""
    return any(cells.get(OURS) for cells in table(path))


def table(path: str | Path) -> csv.DictReader[str]:
    """The rows of a CSV with commas, semicolons or tabs; a ReadError where it cannot be opened or is not UTF-8."""
    where = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReadError(where, error.strerror or "it cannot be opened", "a CSV of codes", "check the path") from None
    except UnicodeDecodeError:
        raise ReadError(where, "not UTF-8", "a CSV of codes in UTF-8", "save it as CSV UTF-8") from None
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    return csv.DictReader(StringIO(text, newline=""), delimiter=delimiter)


def _columns(names: Sequence[str], where: str) -> dict[str, str]:
    there = {plain(name): name for name in names}
    found = {key: there[a] for key, called in NAMES.items() for a in reversed(called) if a in there}
    seen = f"columns {', '.join(names) or 'none'}"
    if not any(key in found for key in CODINGS):
        raise ReadError(where, seen, "a column codes, behaviour or talk_type", "rename it; see docs/agreement.md")
    if "utterance" not in found and "text" not in found:
        raise ReadError(
            where, seen, "a column utterance or text to find the place by", "rename it; see docs/agreement.md"
        )
    return found


def _row(cells: Mapping[str, str | None], columns: Mapping[str, str], where: str, number: int) -> Row:
    held = {key: (cells.get(name) or "").strip() for key, name in columns.items()}
    utterance, start, end = (_whole(held.get(key, ""), where, key) for key in ("utterance", "start", "end"))
    given = {key: _given(key, held[key]) for key in CODINGS if key in held}
    session, text, speaker, coder = (held.get(key, "") for key in ("session", "text", "speaker", "coder"))
    return Row(number, session, utterance, start, end, text, given, speaker.casefold(), coder.casefold())


def _whole(cell: str, where: str, name: str) -> int | None:
    if not cell:
        return None
    if re.fullmatch(r"\d+(\.0)?", cell):
        return int(float(cell))
    raise ReadError(where, f"{name} is {cell!r}", "a whole number from 0", "count utterances and characters from 0")


def _given(coding: str, cell: str) -> frozenset[str] | None:
    """The codes in a cell; an empty one means no code applies, but no label is no answer."""
    if cell.lower() in MISSING:
        return None
    named = frozenset(part.strip().lower() for part in re.split(r"[;,|]", cell) if part.strip()) - {"none"}
    if coding == "codes":
        return named
    # AnnoMI writes therapist_input for input, and n/a on the other speaker's rows.
    return frozenset(name.removeprefix("therapist_") for name in named) or None
