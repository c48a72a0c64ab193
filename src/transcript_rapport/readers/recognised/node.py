"""A place in a recogniser's JSON, and how to take words, times and speakers out of whatever stands there."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from transcript_rapport.timestamps import parse

_UNKNOWN = frozenset(
    {"", "uu", "none", "null", "unknown", "unk", "undefined", "speaker_unknown", "unknown speaker", "?"}
)
_ISO = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7}(?:\.\d{1,9})?)S)?", re.IGNORECASE)
_LATEST_MS = 10**9  # eleven days; a larger number is no time in a session


@dataclass(frozen=True, slots=True)
class Node:
    """A value in the JSON of a recogniser: what is missing or of another kind gives nothing, never an error.

    ``text``, ``moment``, ``speaker`` and ``channel`` take the value under the first of ``keys`` that has one.
    """

    value: object = None

    def __bool__(self) -> bool:
        return bool(self.value)

    @property
    def fields(self) -> Mapping[str, object]:
        """What the object holds by key; nothing where this is no object."""
        return self.value if isinstance(self.value, dict) else {}

    def at(self, *path: str | int) -> Node:
        """What stands at ``path`` of keys and places inside this."""
        value = self.value
        for step in path:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return Node()
        return Node(value)

    def rows(self, *path: str | int) -> list[Node]:
        """The objects in the list at ``path``."""
        value = self.at(*path).value
        return [Node(row) for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    def first(self, *keys: str) -> Node:
        """The value under the first of ``keys`` that has one; this itself where no key is named."""
        found = (self.fields[key] for key in keys if self.fields.get(key) is not None)
        return Node(next(found, None)) if keys else self

    def text(self, *keys: str) -> str:
        """Its words: text as it is, numbers written out, anything else nothing."""
        return _text(self.first(*keys).value)

    def moment(self, *keys: str, unit_ms: float = 1000) -> int | None:
        """Milliseconds meant by a number of units, ``"1.2"`` or ``"1.2s"``, ``"PT1.2S"``, or ``{seconds, nanos}``."""
        return _milliseconds(self.first(*keys).value, unit_ms)

    def span(self, start: str, end: str, unit_ms: float = 1000) -> tuple[int | None, int | None]:
        """The moments under the keys ``start`` and ``end``."""
        return self.moment(start, unit_ms=unit_ms), self.moment(end, unit_ms=unit_ms)

    def speaker(self, *keys: str) -> str:
        """The label of a speaker: names as they stand, ``Speaker 1`` for bare numbers and letters; see ``label``."""
        return label(self.first(*keys).value, "Speaker")

    def channel(self, *keys: str) -> str:
        """The label of a channel, such as ``Channel 1``."""
        return label(self.first(*keys).value, "Channel")


def label(value: object, kind: str = "Speaker") -> str:
    """Names as they stand, ``kind`` before bare numbers and letters; empty where the recogniser could not tell.

    A bare letter would be read as a role (C: client).
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    written = " ".join(_text(value).split())
    if written.casefold() in _UNKNOWN:
        return ""
    return f"{kind} {written}" if written.isdigit() or len(written) == 1 else written


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _milliseconds(value: object, unit_ms: float) -> int | None:
    if isinstance(value, dict):
        seconds, nanos = (_milliseconds(value.get(key, 0), ms) for key, ms in (("seconds", 1000), ("nanos", 1e-6)))
        return None if seconds is None or nanos is None else seconds + nanos
    if isinstance(value, str):
        iso = _ISO.fullmatch(value.strip()) if len(value) < 40 else None
        if iso:
            hours, minutes, rest = (float(part or 0) for part in iso.groups())
            return _sensible(((hours * 60 + minutes) * 60 + rest) * 1000)
        found = parse(value)
        return None if found is None else _sensible(found * unit_ms / 1000)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return _sensible(value * unit_ms) if abs(value) < 1e15 else None


def _sensible(ms: float) -> int | None:
    return round(ms) if math.isfinite(ms) and 0 <= ms <= _LATEST_MS else None
