"""A person's codes from a table, laid beside a report's: by offsets, then by text, and what found no place."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from transcript_rapport.errors import ReadError
from transcript_rapport.report import Report, Statement
from transcript_rapport.session import Role

NAMES = {
    "session": ("session", "file", "transcript", "transcript_id"),
    "utterance": ("utterance", "index", "utterance_id", "line"),
    "start": ("start",),
    "end": ("end",),
    "text": ("text", "utterance_text", "quote"),
    "codes": ("codes", "code"),
    "behaviour": ("behaviour", "behavior", "main_therapist_behaviour"),
    "talk_type": ("talk_type", "client_talk_type"),
}
"""What a column may be called; the first of each is how our own tables call it."""
CODINGS = ("codes", "behaviour", "talk_type")


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


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of talk with what the person and the report gave it.

    ``coding`` is ``codes``, ``behaviour`` or ``talk_type``; ``exchange`` names what stays together in
    the bootstrap: a practitioner's utterance and what follows until the practitioner speaks again.
    """

    session: str
    exchange: int
    role: Role
    coding: str
    human: frozenset[str]
    report: frozenset[str]


@dataclass(frozen=True)
class Aligned:
    """The units both sides coded, how they were found, and what could not be matched."""

    units: tuple[Unit, ...]
    found: Mapping[str, int]
    unmatched: tuple[int, ...]
    uncoded: int


def read(path: str | Path) -> tuple[Row, ...]:
    """The rows of a person's CSV; a ReadError names the columns that are missing or the cell that is wrong."""
    where, held = str(path), table(path)
    columns = _columns(held.fieldnames or (), where)
    rows = tuple(_row(cells, columns, f"{where}:{n}", n) for n, cells in enumerate(held, 2))
    if not rows:
        raise ReadError(where, "no rows below the head", "one row for each statement or utterance coded")
    return rows


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
    return csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)


def _columns(names: Sequence[str], where: str) -> dict[str, str]:
    plain = {re.sub(r"\W+", "_", name.strip().lower()): name for name in names}
    found = {key: plain[a] for key, called in NAMES.items() for a in reversed(called) if a in plain}
    seen = f"columns {', '.join(names) or 'none'}"
    if not any(key in found for key in CODINGS):
        raise ReadError(where, seen, "a column codes, behaviour or talk_type", "see docs/agreement.md")
    if "utterance" not in found and "text" not in found:
        raise ReadError(where, seen, "a column utterance or text to find the place by", "see docs/agreement.md")
    return found


def _row(cells: Mapping[str, str | None], columns: Mapping[str, str], where: str, number: int) -> Row:
    held = {key: (cells.get(name) or "").strip() for key, name in columns.items()}
    utterance, start, end = (_whole(held.get(key, ""), where, key) for key in ("utterance", "start", "end"))
    given = {key: _given(key, held[key]) for key in CODINGS if key in held}
    return Row(number, held.get("session", ""), utterance, start, end, held.get("text", ""), given)


def _whole(cell: str, where: str, name: str) -> int | None:
    if not cell:
        return None
    if re.fullmatch(r"\d+(\.0)?", cell):
        return int(float(cell))
    raise ReadError(where, f"{name} is {cell!r}", "a whole number from 0", "count utterances and characters from 0")


def _given(coding: str, cell: str) -> frozenset[str] | None:
    """The codes in a cell; an empty one means no code applies, but no label is no answer."""
    named = frozenset(part.strip().lower() for part in re.split(r"[;,|]", cell) if part.strip())
    if coding == "codes":
        return named
    # AnnoMI writes therapist_input for input, and n/a on the other speaker's rows.
    labels = frozenset(name.removeprefix("therapist_") for name in named) - {"n/a", "none"}
    return labels or None


def align(rows: Sequence[Row], reports: Sequence[Report]) -> Aligned:
    """Lay the rows beside the reports.

    A row finds its place by utterance and offsets (the statement it overlaps by half or more), else by
    the utterance alone, else by its text (each place is given once, in order). Where a row has a text,
    the place must hold it: offsets counted otherwise are not believed.
    """
    by_name = {name: report for report in reports for name in _called(report)}
    only = reports[0] if len(reports) == 1 else None
    units: list[Unit] = []
    found: dict[str, int] = defaultdict(int)
    unmatched: list[int] = []
    taken: set[tuple[int, int, int]] = set()
    for row in rows:
        report = by_name.get(row.session.casefold()) if row.session else None
        report = report or (only if not row.session or len({r.session for r in rows}) == 1 else None)
        place = _place(row, report, taken) if report else None
        if report is None or place is None:
            unmatched.append(row.number)
            continue
        how, index, statement = place
        taken.add((id(report), index, statement.start if statement else -1))
        found[how] += 1
        units += _units(row, report, index, statement)
    return Aligned(tuple(units), dict(found), tuple(unmatched), _uncoded(reports, taken))


def _called(report: Report) -> set[str]:
    source = Path(report.session.source)
    return {report.session.name.casefold(), source.name.casefold(), source.stem.casefold()} - {""}


Place = tuple[str, int, Statement | None]


def _place(row: Row, report: Report, taken: set[tuple[int, int, int]]) -> Place | None:
    if row.utterance is not None and row.utterance < len(report.session):
        if row.start is not None and row.end is not None:
            statement = _overlapping(report, row.utterance, row.start, row.end)
            if statement and _holds(report.coded.text(statement), row.text):
                return "offsets", row.utterance, statement
        elif _holds(report.session[row.utterance].text, row.text):
            return "utterance", row.utterance, None
    return _by_text(row, report, taken) if row.text else None


def _overlapping(report: Report, utterance: int, start: int, end: int) -> Statement | None:
    def shared(s: Statement) -> float:
        return max(0, min(end, s.end) - max(start, s.start)) / max(1, max(end, s.end) - min(start, s.start))

    best = max(report.coded.statements_of(utterance), key=shared, default=None)
    return best if best and shared(best) >= 0.5 else None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _holds(there: str, wanted: str) -> bool:
    a, b = _plain(there), _plain(wanted)
    return not b or a == b or (len(b) >= 12 and b in a) or (len(a) >= 12 and a in b)


def _by_text(row: Row, report: Report, taken: set[tuple[int, int, int]]) -> Place | None:
    wanted = _plain(row.text)
    if not wanted:
        return None
    whole = [(u.index, None, u.text) for u in report.session]
    parts = [(s.utterance, s, report.coded.text(s)) for s in report.statements]
    utterances = row.given.keys() - {"codes"}
    for index, statement, text in [*whole, *([] if utterances else parts)]:
        free = (id(report), index, statement.start if statement else -1) not in taken
        if free and _plain(text) == wanted:
            return "text", index, statement
    return None


def _units(row: Row, report: Report, index: int, statement: Statement | None) -> Iterator[Unit]:
    label, role = report.coded.labels[index], report.session.role_of(index)
    statements = (statement,) if statement else report.coded.statements_of(index)
    ours = {
        "codes": frozenset(code for s in statements for code in s.codes),
        "behaviour": frozenset({label.behaviour} if label.behaviour else ()),
        "talk_type": frozenset({label.talk_type} if label.talk_type else ()),
    }
    exchange = sum(
        report.session.role_of(i) == "practitioner" and (i == 0 or report.session.role_of(i - 1) != "practitioner")
        for i in range(index + 1)
    )
    for coding, given in row.given.items():
        if given is not None and (coding == "codes" or ours[coding]):
            yield Unit(report.session.name, exchange, role, coding, given, ours[coding])


def _uncoded(reports: Sequence[Report], taken: set[tuple[int, int, int]]) -> int:
    """Statements (utterances, where the rows are utterances) of the reports that no row stands for."""
    whole = {place[:2] for place in taken if place[2] == -1}
    finer = any(place[2] != -1 for place in taken)
    places = [(id(r), s.utterance, s.start) for r in reports for s in r.statements]
    if not finer:
        return len({place[:2] for place in places} - whole)
    return sum(place not in taken and place[:2] not in whole for place in places)
