"""Places in a text that hold an identifier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from transcript_rapport.placeholders import Kind

_BESIDE = re.compile(r"[\s,.]*(?:in\s+)?(?:[A-Z]{2}\s+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier of ``kind`` at characters ``start`` to ``end`` of a text."""

    start: int
    end: int
    kind: Kind


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
        if last:
            yield last
        last = span
    if last:
        yield last
