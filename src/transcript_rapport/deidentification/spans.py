"""Places in a text that hold an identifier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from transcript_rapport.placeholders import Kind

_FLOOR = (
    r"(?:(?:ground|first|second|third|fourth|fifth|sixth|top|basement|lower ground|\d+(?:st|nd|rd|th)) (?:floor|flat)"
    r"(?: (?:left|right|front|back))?)"
)
_BESIDE = re.compile(
    rf"[\s,.]*(?:in\s+)?(?:{_FLOOR}[\s,]+)?(?:[A-Z]{{2}}\s+|Co\.?\s+|County\s+"
    rf"|(?<=, )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?,\s+)?"
)
_BUILDING = re.compile(
    r"\b(?:cottage|house|court|lodge|farm|barn|villas?|hall|flats|grange|manor|tower|towers|heights|building|mansions"
    r"|mill|apartments|rectory|vicarage|bungalow|caravan park|site)$",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"\b(?:(?:top|ground|first|second|third|basement|garden|upper|lower)(?:[ -]floor)? flat|(?:flat|apartment"
    r"|apt\.?|unit|room|suite|block|plot|studio|bedsit|pitch)\s+(?:\d+\w?|[A-Z]\d?|one|two|three|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve|[a-h]))[\s,]+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier of ``kind`` at characters ``start`` to ``end`` of a text."""

    start: int
    end: int
    kind: Kind


def found_by(pattern: re.Pattern[str], text: str, kind: Kind) -> Iterator[Found]:
    """Wherever the pattern stands in the text, or its group ``it`` where it has one."""
    group = "it" if "it" in pattern.groupindex else 0
    yield from (Found(*match.span(group), kind) for match in pattern.finditer(text))


def overlaps(one: Found, taken: Iterable[Found]) -> bool:
    """Whether ``one`` shares a character with any of ``taken``."""
    return any(one.start < other.end and other.start < one.end for other in taken)


def joined(text: str, spans: Sequence[Found]) -> Iterator[Found]:
    """The spans in order; a street with the town and code that follow it is one address."""
    last: Found | None = None
    for span in sorted(spans, key=lambda s: s.start):
        if last and last.kind == "address" and _BESIDE.fullmatch(text, last.end, span.start):
            named = span.kind in {"name", "organisation"} and "," in text[last.end : span.start]
            if span.kind in {"address", "place", "number"} or named:
                last = replace(last, end=span.end)
                continue
        if last and last.kind == "place" and span.kind == "number" and _BESIDE.fullmatch(text, last.end, span.start):
            last = Found(last.start, span.end, "address")
            continue
        if last and _is_building(text, last, span):
            last = Found(last.start, span.end, "address")
            continue
        if last:
            yield _with_rooms(text, last)
        last = span
    if last:
        yield _with_rooms(text, last)


def _is_building(text: str, last: Found, span: Found) -> bool:
    """Whether ``last`` names the house that stands in the street of ``span``: "Orchard Cottage, Mill Lane"."""
    housed = last.kind in {"name", "place", "organisation"} and span.kind == "address"
    return (
        housed and bool(_BUILDING.search(text[last.start : last.end])) and not text[last.end : span.start].strip(" ,")
    )


def _with_rooms(text: str, span: Found) -> Found:
    """An address with the flat or room before it and the floor behind it."""
    housed = span.kind == "organisation" and _BUILDING.search(text[span.start : span.end])
    if span.kind != "address" and not housed:
        return span
    room = _ROOM.search(text[: span.start])
    floor = re.match(rf",?\s+{_FLOOR}", text[span.end :], re.IGNORECASE)
    if not room and not floor:
        return span
    start, end = room.start() if room else span.start, span.end + (floor.end() if floor else 0)
    return Found(start, end, "address")
