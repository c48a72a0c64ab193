"""A table of what people reported: a row a questionnaire, an item or a session, as people keep them."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from pathlib import Path

from transcript_rapport.errors import RapportError, SettingsError
from transcript_rapport.questionnaires.definitions import Questionnaire, named, questionnaires
from transcript_rapport.readers import sheets
from transcript_rapport.readers.source import Source

NAMES = {
    "session": ("session", "session_name", "file", "transcript", "session_id"),
    "questionnaire": ("questionnaire", "instrument", "measure", "scale", "form"),
    "date": ("date", "filled_in", "day"),
    "item": ("item", "question", "item_number"),
    "value": ("value", "answer", "response"),
    "total": ("total", "score", "total_score", "sum", "sum_score"),
}
"""What a column may be called."""
Places = Mapping[int, tuple[Questionnaire | None, int]]
"""Column → whose and which item it holds; None where the row's questionnaire column says whose."""
MISSING = frozenset(("na", "n/a", "nan"))
"""How programs write a cell that holds nothing."""
TOTAL = 0
"""The number under which a total stands among the items."""
_ITEM = re.compile(r"(?:item|i|q|question)?_?(\d{1,2})")


@dataclass
class Filled:
    """One questionnaire as filled in for one session: ``answers`` by item number, and the total if one was given."""

    line: int
    session: str
    of: Questionnaire
    date: str = ""
    answers: dict[int, float] = field(default_factory=dict)
    total: float | None = None


@cache
def read(path: str) -> tuple[Filled, ...]:
    """All questionnaires in a CSV, TSV or XLSX; a SettingsError names the column or cell that is wrong."""
    rows = _rows(path)
    head = [re.sub(r"\W+", "_", str(cell or "").strip().casefold()).strip("_") for cell in rows[0][1]] if rows else []
    columns = {key: head.index(a) for key, called in NAMES.items() for a in reversed(called) if a in head}
    places = dict(_places(head, columns))
    _check(path, head, columns, places)
    found: dict[tuple[str, str], Filled] = {}
    for line, cells in rows[1:]:
        held = [_text(cells[i]) if i < len(cells) else "" for i in range(len(head))]
        for of, item, cell in _given(f"{path}:{line}", held, columns, places):
            named_cells = {key: held[i] for key, i in columns.items()}
            key = (named_cells["session"].casefold(), of.key)
            filled = found.setdefault(key, Filled(line, named_cells["session"], of, named_cells.get("date", "")))
            _enter(
                f"{path}:{line}", filled, named_cells.get("date", ""), item, _number(f"{path}:{line}", of, item, cell)
            )
    if not found:
        raise SettingsError(path, "no score in it", "a row a session and questionnaire", "see docs/questionnaires.md")
    for filled in found.values():
        _agrees(f"{path}:{filled.line}", filled)
    return tuple(found.values())


def _rows(path: str) -> list[tuple[int, Sequence[object]]]:
    try:
        source = Source.open(path)
        if sheets.form(source):
            return next((sheet.rows for sheet in sheets.sheets(source) if sheet.rows), [])
        delimiter = max(",;\t", key=source.lines[0].count)
        table = csv.reader(StringIO(source.text, newline=""), delimiter=delimiter)
        return [(table.line_num, row) for row in table if any(cell.strip() for cell in row)]
    except SettingsError:
        raise
    except RapportError as error:
        raise SettingsError(error.where, error.seen, "a table of scores as CSV or XLSX", error.remedy) from None
    except csv.Error as error:
        raise SettingsError(path, f"not a table ({error})", "a table of scores as CSV or XLSX") from None


def _places(head: Sequence[str], columns: Mapping[str, int]) -> Iterator[tuple[int, tuple[Questionnaire | None, int]]]:
    """What the columns hold, by their names."""
    for i, name in enumerate(head):
        if i in columns.values():
            continue
        item = _ITEM.fullmatch(name)
        if item and "questionnaire" in columns:
            yield i, (None, int(item[1]))
            continue
        of, rest = next(((q, r) for n, r in _cuts(name) if (q := named(n))), (None, ""))
        last = _ITEM.fullmatch(rest)
        if of and rest in ("", *NAMES["total"]):
            yield i, (of, TOTAL)
        elif of and last:
            yield i, (of, int(last[1]))
    if "total" in columns:
        yield columns["total"], (None, TOTAL)


def _cuts(name: str) -> Iterator[tuple[str, str]]:
    """A column's name as the name of a questionnaire and what follows: ``phq_9_item_3`` in all its cuts."""
    parts = name.split("_")
    return (("_".join(parts[:n]), "_".join(parts[n:])) for n in range(len(parts), 0, -1))


def _check(path: str, head: Sequence[str], columns: Mapping[str, int], places: Places) -> None:
    seen, see = f"columns {', '.join(filter(None, head)) or 'none'}", "see docs/questionnaires.md"
    if "session" not in columns:
        raise SettingsError(path, seen, "a column session with the session's name or file", see)
    if not places and not {"questionnaire", "item", "value"} <= set(columns):
        raise SettingsError(
            path, seen, "a column questionnaire with total or items, or columns such as phq9_total", see
        )
    if any(of is None for of, _ in places.values()) and "questionnaire" not in columns:
        raise SettingsError(path, seen, "a column questionnaire that says whose scores these are", see)


def _given(
    where: str, held: Sequence[str], columns: Mapping[str, int], places: Places
) -> Iterator[tuple[Questionnaire, int, str]]:
    """The filled cells of a row: whose, which item, and what stands there."""
    if not held[columns["session"]] and any(held):
        raise SettingsError(where, "no session is named", "the session's name or file")
    own = _named(where, held[columns["questionnaire"]]) if "questionnaire" in columns else None
    for i, (of, item) in places.items():
        whose = of or own
        if whose and held[i]:
            yield whose, item, held[i]
    if own and {"item", "value"} <= set(columns) and held[columns["value"]]:
        yield own, _item(where, held[columns["item"]]), held[columns["value"]]


def _named(where: str, words: str) -> Questionnaire:
    if found := named(words):
        return found
    known = ", ".join(q.title for q in questionnaires().values())
    raise SettingsError(where, f"questionnaire {words!r}", f"one of {known}", "check the spelling")


def _item(where: str, cell: str) -> int:
    plain = cell.casefold().strip().replace(" ", "_")
    if plain in NAMES["total"]:
        return TOTAL
    if found := _ITEM.fullmatch(plain):
        return int(found[1])
    raise SettingsError(where, f"item {cell!r}", "the item's number, or total")


def _number(where: str, of: Questionnaire, item: int, cell: str) -> float:
    if item > of.items:
        raise SettingsError(where, f"{of.title} item {item}", f"items 1 to {of.items}")
    low, high = of.range() if item == TOTAL else (of.lowest, of.highest)
    what = f"{of.title} {f'item {item}' if item else 'total'}"
    kind = "a number" if of.decimals else "a whole number"
    plain = cell.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", plain) or not (low <= float(plain) <= high):
        raise SettingsError(where, f"{what} is {cell!r}", f"{kind} from {low} to {high}")
    if not of.decimals and not float(plain).is_integer():
        raise SettingsError(where, f"{what} is {cell!r}", f"{kind} from {low} to {high}")
    return float(plain)


def _enter(where: str, filled: Filled, date: str, item: int, value: float) -> None:
    twice = filled.total is not None if item == TOTAL else item in filled.answers
    if twice or date != filled.date:
        seen = f"{filled.of.title} of session {filled.session!r} stands here twice (first in line {filled.line})"
        raise SettingsError(where, seen, "one of each for a session", "keep the one that belongs to it")
    if item == TOTAL:
        filled.total = value
    else:
        filled.answers[item] = value


def _agrees(where: str, filled: Filled) -> None:
    total = sum(filled.answers.values())
    if filled.total is None or len(filled.answers) < filled.of.items or abs(total - filled.total) < 0.01:
        return
    seen = f"{filled.of.title} total is {filled.total:g}, but its items add up to {total:g}"
    raise SettingsError(where, seen, "a total that is the sum of its items", "check both")


def _text(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    plain = "" if cell is None else str(cell).strip()
    return "" if plain.casefold() in MISSING else plain


def belongs(filled: Filled, name: str, source: str) -> bool:
    """Whether it was filled in for the session of this name, or in the file of this name."""
    own = filled.session.casefold()
    return own in {part.casefold() for part in (name, Path(source).name, Path(source).stem)}
