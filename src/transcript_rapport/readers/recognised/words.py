"""A recogniser's word, and how to take words, times and speakers out of whatever JSON holds."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from transcript_rapport.timestamps import parse

Object = Mapping[str, object]

_UNKNOWN = frozenset(
    {"", "uu", "none", "null", "unknown", "unk", "undefined", "speaker_unknown", "unknown speaker", "?"}
)
_ISO = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7}(?:\.\d{1,9})?)S)?", re.IGNORECASE)
_LATEST_MS = 10**9  # eleven days; a larger number is no time in a session
_LETTER_MS, _DIGIT_LETTERS, _ONSET_MS = 120, 5, 300  # a slow speaker's letter; letters in a spoken digit; a breath


@dataclass(frozen=True, slots=True)
class Word:
    """A word as recognised; times in milliseconds, None where the file does not say.

    ``begins``: the recogniser begins a segment with it. ``glued``: no space stands before it.
    ``whole``: it is a whole phrase, whose words have no times of their own.
    """

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    speaker: str = ""
    channel: str = ""
    begins: bool = False
    glued: bool = False
    whole: bool = False


def rows(value: object) -> list[Object]:
    """The objects in a list; none where ``value`` is no list."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def inside(value: object, *path: str | int) -> object:
    """What stands at ``path`` of keys and places inside ``value``, or None."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def either(row: Object, *keys: str) -> object:
    """The value under the first of ``keys`` that has one."""
    return next((row[key] for key in keys if row.get(key) is not None), None)


def text(value: object) -> str:
    """A value's words: text as it is, numbers written out, anything else nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def moment(value: object, unit_ms: float = 1000) -> int | None:
    """Milliseconds meant by a number of units, ``"1.2"`` or ``"1.2s"``, ``"PT1.2S"``, or ``{seconds, nanos}``."""
    if isinstance(value, dict):
        seconds, nanos = (moment(value.get(key, 0), scale) for key, scale in (("seconds", 1000), ("nanos", 1e-6)))
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


def speaker(value: object, kind: str = "Speaker") -> str:
    """The label of a speaker (or channel): names as they stand, ``Speaker 1`` for bare numbers and letters.

    Empty where the recogniser could not tell who spoke. A bare letter would be read as a role (C: client).
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    label = " ".join(text(value).split())
    if label.casefold() in _UNKNOWN:
        return ""
    return f"{kind} {label}" if label.isdigit() or len(label) == 1 else label


def natural_ms(words: str) -> int:
    """How long ``words`` take when said slowly, in milliseconds; digits are said as words."""
    return _ONSET_MS + _LETTER_MS * sum(_DIGIT_LETTERS if c.isdigit() else c.isalpha() for c in words)


def spread(written: str, words: Sequence[Word], otherwise: Word) -> list[Word]:
    """The written text of a segment over its words: their times and speakers, its punctuation and capitals.

    Where words and text cannot be matched, the text is kept whole, with the times of the first and
    last word; ``otherwise`` has what the segment itself says. The first word begins the segment.
    """
    tokens = written.split()
    words = [word for word in words if word.text.strip()]
    if len(tokens) == len(words):
        matched = [replace(word, text=token, glued=False) for word, token in zip(words, tokens, strict=True)]
    elif words and (_letters(written) in {"", _letters(word.text for word in words)} or _several(words)):
        matched = list(words)
    else:
        matched = [_whole(written, words, otherwise)] if tokens else []
    return [replace(word, begins=place == 0) for place, word in enumerate(matched)]


def _whole(written: str, words: Sequence[Word], otherwise: Word) -> Word:
    start = next((word.start_ms for word in words if word.start_ms is not None), otherwise.start_ms)
    end = next((word.end_ms for word in reversed(words) if word.end_ms is not None), otherwise.end_ms)
    who = next((word.speaker for word in words if word.speaker), otherwise.speaker)
    return replace(otherwise, text=written, start_ms=start, end_ms=end, speaker=who, whole=True)


def _several(words: Iterable[Word]) -> bool:
    return len({word.speaker for word in words if word.speaker}) > 1


def _letters(written: str | Iterable[str]) -> str:
    return "".join(c for c in "".join(written).casefold() if c.isalnum())
