"""A recogniser's word, and how a segment's written text is laid over its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

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
