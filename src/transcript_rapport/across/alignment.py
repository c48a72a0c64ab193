"""A person's rows laid beside a report: by offsets, by number or by the words, and what found no place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from transcript_rapport.across.human import Row
from transcript_rapport.errors import ReadError
from transcript_rapport.report import Report, Statement
from transcript_rapport.session import ROLES, Role


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of talk with what the person and the report gave it.

    ``coding`` is ``codes``, ``behaviour`` or ``talk_type``; ``exchange`` names what stays together in
    an interval: a practitioner's utterance and what follows until the practitioner speaks again.
    """

    session: str
    exchange: int
    role: Role
    coding: str
    human: frozenset[str]
    report: frozenset[str]


@dataclass(frozen=True)
class Aligned:
    """The units both sides coded, how they were found, and what could not be matched.

    ``unmatched``: lines of rows without a place; ``twice``: of rows for a place that another coder's row has, or that
    gainsay it. ``strangers``: sessions the table names and no report is called.
    """

    units: tuple[Unit, ...]
    found: Mapping[str, int]
    unmatched: tuple[int, ...]
    uncoded: int
    twice: tuple[int, ...] = ()
    strangers: tuple[str, ...] = ()


def align(rows: Sequence[Row], reports: Sequence[Report]) -> Aligned:
    """Lay the rows beside the reports.

    A row finds its place by utterance and offsets (the statement it overlaps by half or more), else by
    the utterance alone, else by its text. Where a row has a text or a speaker, the place must hold it: offsets
    counted otherwise are not believed. Rows of one coder for the same place are taken together. A ReadError
    where utterances are evidently counted from 1.
    """
    report_of = _sessions(rows, reports)
    found: dict[int, Place] = {}
    for report in reports:
        found |= _places([row for row in rows if report_of.get(row.session) is report], report)
    held: dict[tuple[str, int, int], Row] = {}
    twice: list[int] = []
    for row in rows:
        if row.number in found:
            key = (report_of[row.session].session.name, *_spot(found[row.number]))
            together = _together(held[key], row) if key in held else row
            if together is None:
                twice.append(row.number)
            held[key] = together or held[key]
    kept = [unit for row in held.values() for unit in _units(row, report_of[row.session], *found[row.number][1:])]
    ways = Counter(how for number, (how, _, _) in found.items() if number not in twice)
    unmatched = tuple(row.number for row in rows if row.number not in found)
    strangers = tuple(dict.fromkeys(row.session for row in rows if row.session not in report_of))
    return Aligned(tuple(kept), dict(ways), unmatched, _uncoded(reports, set(held)), tuple(twice), strangers)


Place = tuple[str, int, Statement | None]
"""How it was found, the utterance, and the statement where it is one."""
Spot = tuple[int, int]
"""The utterance, and where the statement begins in it; -1 for the whole of it."""


def _spot(place: Place) -> Spot:
    return place[1], place[2].start if place[2] else -1


def _sessions(rows: Sequence[Row], reports: Sequence[Report]) -> dict[str, Report]:
    """The report of each session the table names; a table of one session and a single report need no name."""
    named = list(dict.fromkeys(row.session for row in rows))
    if len(reports) == 1 and len(named) == 1:
        return {named[0]: reports[0]}
    by_name = {name: report for report in reports for name in _called(report)}
    if len(reports) == 1:
        by_name[""] = reports[0]
    return {name: by_name[name.casefold()] for name in named if name.casefold() in by_name}


def _called(report: Report) -> set[str]:
    """The names of a session: its own, its file's, and of one among many in a file, what follows the file's."""
    source, name = Path(report.session.source), report.session.name.casefold()
    return {name, source.name.casefold(), source.stem.casefold(), name.removeprefix(f"{source.stem.casefold()}-")} - {
        ""
    }


def _together(one: Row, other: Row) -> Row | None:
    """Two rows of one coder for one place as one; None where the coders or the labels differ."""
    given: dict[str, frozenset[str] | None] = {}
    for coding in one.given:
        a, b = one.given[coding], other.given[coding]
        if one.coder != other.coder or (coding != "codes" and a and b and a != b):
            return None
        given[coding] = a | b if a is not None and b is not None else a if b is None else b
    return replace(one, given=given)


def _places(rows: Sequence[Row], report: Report) -> dict[int, Place]:
    """Where the rows of one session stand, by their lines."""
    _check_counting(rows, report)
    numbered = {row.number: place for row in rows if (place := _by_number(row, report))}
    taken = {_spot(place) for place in numbered.values()}
    return numbered | _by_text([row for row in rows if row.number not in numbered], report, taken)


def _check_counting(rows: Sequence[Row], report: Report) -> None:
    """Rows without words are taken at their number, so a table that counts from 1 would be shifted unseen."""
    numbers = {row.utterance for row in rows if row.utterance is not None and not row.text}
    if numbers and min(numbers) > 0 and max(numbers) == len(report.session):
        seen = f"utterances {min(numbers)} to {max(numbers)}, where the report has 0 to {len(report.session) - 1}"
        raise ReadError(f"codes of {report.session.name}", seen, "numbers from 0", "take 1 off, or add the column text")


def _by_number(row: Row, report: Report) -> Place | None:
    if row.utterance is None or row.utterance >= len(report.session):
        return None
    if _role(row, report) not in (None, report.session.role_of(row.utterance)):
        return None
    if row.start is not None and row.end is not None:
        statement = _overlapping(report, row.utterance, row.start, row.end)
        fits = statement and _holds(report.coded.text(statement), row.text)
        return ("offsets", row.utterance, statement) if fits else None
    return ("utterance", row.utterance, None) if _holds(report.session[row.utterance].text, row.text) else None


def _role(row: Row, report: Report) -> Role | None:
    """The role of whom the row names as speaker; None where it names nobody the report knows."""
    by_name: dict[str, Role] = {role: role for role in ROLES}
    by_name |= {label.casefold(): role for label, role in report.session.roles.items()}
    return by_name.get(row.speaker)


def _overlapping(report: Report, utterance: int, start: int, end: int) -> Statement | None:
    def shared(s: Statement) -> float:
        return max(0, min(end, s.end) - max(start, s.start)) / max(1, max(end, s.end) - min(start, s.start))

    best = max(report.coded.statements_of(utterance), key=shared, default=None)
    return best if best and shared(best) >= 0.5 else None


def _words(text: str) -> str:
    """The words alone: two copies of a transcript differ in marks, and in how they note what could not be heard."""
    return " ".join(re.findall(r"\w+", re.sub(r"\[[^]]*\]|<[^>]*>", " ", text).casefold()))


def _holds(there: str, wanted: str) -> bool:
    a, b = _words(there), _words(wanted)
    return not b or a == b or (len(b) >= 12 and b in a) or (len(a) >= 12 and a in b)


def _by_text(rows: Sequence[Row], report: Report, taken: set[Spot]) -> dict[int, Place]:
    """Rows by their words: in the order of the transcript, then, out of order, those whose words stand there once.

    "Okay." stands in a session twenty times; which of them is meant, only the rows around it tell.
    """
    rows = [row for row in rows if _words(row.text)]
    spoken = all(_role(row, report) for row in rows)
    wanted = [(_words(row.text), _role(row, report) if spoken else None) for row in rows]
    whole = any(row.given.keys() - {"codes"} for row in rows)
    held = {
        spot: (words, report.session.role_of(spot[0]) if spoken else None)
        for spot, words in _spots(report, whole)
        if spot not in taken
    }
    free, there = list(held), list(held.values())
    blocks = SequenceMatcher(None, wanted, there, autojunk=False).get_matching_blocks()
    met = {block.a + i: block.b + i for block in blocks for i in range(block.size)}
    often, left = Counter(there), set(range(len(there))) - set(met.values())
    once = {there[n]: n for n in left if often[there[n]] == 1}
    met = {n: once[alike] for n, alike in enumerate(wanted) if alike in once} | met
    return {rows[n].number: ("text", *_at(report, free[at])) for n, at in met.items()}


def _spots(report: Report, whole: bool) -> Iterator[tuple[Spot, str]]:
    """Every utterance, and unless only the ``whole`` ones are wanted its statements where it has several."""
    for spoken in report.session:
        yield (spoken.index, -1), _words(spoken.text)
        statements = report.coded.statements_of(spoken.index)
        if not whole and len(statements) > 1:
            yield from (((s.utterance, s.start), _words(report.coded.text(s))) for s in statements)


def _at(report: Report, spot: Spot) -> tuple[int, Statement | None]:
    index, start = spot
    return index, next((s for s in report.coded.statements_of(index) if s.start == start and start >= 0), None)


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


def _uncoded(reports: Sequence[Report], taken: set[tuple[str, int, int]]) -> int:
    """Statements (utterances, where the rows are utterances) without a row, of those whose talk the table codes."""
    whole = {place[:2] for place in taken if place[2] == -1}
    roles = {report.session.role_of(i) for report in reports for name, i, _ in taken if name == report.session.name}
    places = [
        (report.session.name, s.utterance, s.start)
        for report in reports
        for s in report.statements
        if report.session.role_of(s.utterance) in roles
    ]
    if all(place[2] == -1 for place in taken):
        return len({place[:2] for place in places} - whole)
    return sum(place not in taken and place[:2] not in whole for place in places)
