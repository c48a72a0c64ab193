"""Praat TextGrids, long and short form: a tier is a speaker, an interval with text an utterance."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter

from transcript_rapport.readers.rows import Row, noted, session
from transcript_rapport.readers.source import Source
from transcript_rapport.readers.tiers import talk
from transcript_rapport.session import Session

NAME = "textgrid"
SUFFIXES = (".textgrid",)

# What counts in a TextGrid of either form: quoted texts (a quote inside is doubled), free-standing
# numbers and flags; all the rest is there for human eyes (Praat manual, "TextGrid file formats").
_TOKEN = re.compile(r'"((?:[^"]|"")*+)"|(?<!\S)(-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)(?!\S)|<(exists|absent)>|(")')
_ORDER = re.compile(r"\s*intervals \[\d{1,9}\]: ! u(\d{1,9})")
"""A comment of our own writer: the number of an utterance that starts together with others."""
_LATEST_S = 1e8  # three years
_MARKS = (
    (re.compile(r"</?UNSURE>", re.IGNORECASE), "", "words marked <UNSURE>, kept without the mark"),
    (re.compile(r"<UNIN\s*/?>", re.IGNORECASE), "[unintelligible]", "<UNIN/>, written as [unintelligible]"),
    (re.compile(r"<INAUDIBLE_SPEECH\s*/?>", re.I), "[inaudible]", "<INAUDIBLE_SPEECH/>, written as [inaudible]"),
)


@dataclass(frozen=True, slots=True)
class _Token:
    """A text or a number, and the line it begins on."""

    line: int
    value: str | float


@dataclass(slots=True)
class _Tier:
    name: str
    is_intervals: bool
    announced: float = 0
    rows: list[Row] = field(default_factory=list)


def recognises(source: Source) -> bool:
    """Whether the head of the file says it is a TextGrid."""
    return source.is_text and '"TextGrid"' in source.text[:300]


def read(source: Source) -> list[Session]:
    """The session of the file: its intervals with text, by start, then as written; rows know their lines.

    Point tiers and word or phone tiers beside an utterance tier are left out and noted. Raises
    ReadError where the file breaks off or an interval has no text.
    """
    if not recognises(source):
        raise source.error(
            "this is not a TextGrid", 'Object class = "TextGrid" at its head', "save it from Praat again"
        )
    tiers = _tiers(source)
    kept, notes = talk([tier for tier in tiers if tier.is_intervals], attrgetter("name"))
    points = [tier for tier in tiers if not tier.is_intervals]
    notes += [f"tier {tier.name!r}: left out, it holds points in time, not talk" for tier in points]
    notes += [
        f"tier {tier.name!r}: {tier.announced:.0f} intervals announced, {len(tier.rows)} found: is the file whole?"
        for tier in kept
        if len(tier.rows) < tier.announced
    ]
    rows = [row for tier in kept for row in tier.rows if row.text.strip()]
    clean, more = _without_marks(rows)
    marked = ((at, _ORDER.fullmatch(line)) for at, line in enumerate(source.lines, start=2))
    order = {at: int(found[1]) for at, found in marked if found}
    clean.sort(key=lambda row: (row.start_ms, order.get(row.line, 0), row.end_ms))
    return [session(source, "Praat TextGrid", clean, notes + more)]


def _without_marks(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """The rows with the transcriber's marks taken out or spelt out, and notes that say so."""
    notes = list[str]()
    for pattern, plain, told in _MARKS:
        touched = [row.line for row in rows if pattern.search(row.text)]
        notes += noted(touched, told)
        if touched:
            rows = [replace(row, text=pattern.sub(plain, row.text)) for row in rows]
    return rows, notes


def _tokens(source: Source) -> Iterator[_Token]:
    text = source.text
    ends = [at.start() for at in re.finditer("\n", text)]
    for found in _TOKEN.finditer(text):
        line = bisect_right(ends, found.start()) + 1
        quoted, number, _flag, loose = found.groups()
        if loose:
            raise source.error("a quotation mark is never closed", "quotes inside a text doubled", at=("line", line))
        if quoted is not None:
            yield _Token(line, quoted.replace('""', '"'))
        elif number is not None:
            yield _Token(line, float(number))


def _tiers(source: Source) -> list[_Tier]:
    """Every tier; the counts in the file are not relied on, only the order of texts and numbers."""
    tokens = list(_tokens(source))
    at = next((i for i, t in enumerate(tokens) if t.value in {"IntervalTier", "TextTier"}), len(tokens))
    tiers: list[_Tier] = []
    while at < len(tokens):
        kind, name = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else tokens[at]
        if kind.value not in {"IntervalTier", "TextTier"} or not isinstance(name.value, str) or at + 5 > len(tokens):
            raise source.error(f"{kind.value!r} stands where a tier begins", "a tier", at=("line", kind.line))
        tier = _Tier(name.value.strip() or f"tier {len(tiers) + 1}", kind.value == "IntervalTier")
        count = tokens[at + 4].value  # class, name, start, end and count lie before the intervals
        tier.announced = count if isinstance(count, float) else 0
        at = _fill(source, tier, tokens, at + 5)
        tiers.append(tier)
    return tiers


def _fill(source: Source, tier: _Tier, tokens: list[_Token], at: int) -> int:
    """Reads the intervals or points of one tier from ``at``; returns where the next tier begins."""
    width = 3 if tier.is_intervals else 2
    while at < len(tokens) and isinstance(tokens[at].value, float):
        *times, text = (token.value for token in tokens[at : at + width])
        if len(times) < width - 1 or not isinstance(text, str) or any(isinstance(time, str) for time in times):
            raise source.error("an interval breaks off", "a start, an end and a text", at=("line", tokens[at].line))
        if not all(0 <= float(time) < _LATEST_S for time in times):
            raise source.error(
                "an interval lies outside any recording", "seconds from 0 on", at=("line", tokens[at].line)
            )
        milliseconds = [round(float(time) * 1000) for time in times]
        tier.rows.append(Row(tokens[at].line, tier.name, text, milliseconds[0], milliseconds[-1]))
        at += width
    return at
