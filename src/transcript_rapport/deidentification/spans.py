"""Places in a text that hold an identifier, and the placeholders that stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["name", "place", "date", "phone", "email", "address", "url", "number", "organisation", "age"]
KINDS: tuple[Kind, ...] = (
    *("name", "place", "date", "phone", "email", "address", "url", "number", "organisation", "age"),
)
SHOWN = {kind: kind.capitalize() for kind in KINDS} | {"email": "Email", "url": "Web address"}
"""What a placeholder says of each kind."""

PLACEHOLDER = re.compile(rf"\[(?P<kind>{'|'.join(SHOWN.values())}) (?P<number>\d+)\]")
_BESIDE = re.compile(r"[\s,.]*(?:in\s+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier of ``kind`` at characters ``start`` to ``end`` of a text."""

    start: int
    end: int
    kind: Kind


def placeholder(kind: Kind, number: int) -> str:
    """The words that stand for the identifier with this number among its kind."""
    return f"[{SHOWN[kind]} {number}]"


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
        if last:
            yield last
        last = span
    if last:
        yield last
