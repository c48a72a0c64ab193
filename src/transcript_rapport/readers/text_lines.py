"""The lines of a plain text in their parts: number, time, what may be a speaker, words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from transcript_rapport.readers import messages, stamps
from transcript_rapport.readers.labels import clean, numbering
from transcript_rapport.readers.source import Source
from transcript_rapport.timestamps import CLOCK, parse

_RANGE = rf"({CLOCK})(?:{stamps.TO}({CLOCK}))?"
_BRACKETED = rf"[\[(<{{#]\s*{_RANGE}\s*[\])>}}#]"
# A time at the head of a line: in brackets, or bare before a label or alone on its line.
_STAMP = re.compile(rf"(?:{_BRACKETED}|{_RANGE}(?=\s|$))\s*[-–:|]?\s*")
_AFTER_LABEL = re.compile(rf"(?:{_BRACKETED}|{_RANGE}\t)\s*[-–:]?\s*")
_TURN_NUMBER = re.compile(r"(?:(?i:turn|line)\s)?[#(\[]?\d{1,4}(?:[.)\]:]\s*|\s+(?:[-–|]\s+)?)(?=[^\W\d]|\[|\(|\*)")
_BULLET = re.compile(r"(?:(?:>+|#{1,6}\s|[-•–—*]\s|@(?=\d))\s*)?(?:[*_]{1,2}(?=[\[(]?\d))?")
_TIMED_HEAD = re.compile(
    rf"(.{{1,48}}?)[\s,|*_]{{1,6}}(?:[-–—]\s|@\s?)?[\[(]?{_RANGE}[\])]?[*_]*\s*(?::\s*|-\s+|\s+|$)(.*)"
)
_HEAD = re.compile(r"(.{1,48}?) {0,4}(?::+|：|\t+)(?!//)[\s*_]*(.*)")
_NUMBERED_HEAD = re.compile(r"([A-Z][a-z]{0,11}|[A-Z]{1,3})\s?(\d{1,4})[.)]?\s+(\S.*)")
_DASHED = re.compile(r"\s[-–|]\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line in its parts: ``head`` may or may not be a speaker, ``rest`` is what follows it, ``whole`` is both.

    ``time_follows``: the time stands behind the head, so it is one only where the head is a speaker.
    """

    number: int
    whole: str
    head: str = ""
    rest: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    time_follows: bool = False

    @property
    def is_timed(self) -> bool:
        """Whether it is known when it was said."""
        return self.start_ms is not None


def split(source: Source) -> list[Line]:
    """Every line in its parts; a time alone on a line belongs to the line below it."""
    found: list[Line] = []
    waiting: Line | None = None
    for number, raw in enumerate(stamps.beside_names(source.lines), start=1):
        place, (text, ended) = source.place(number), stamps.split(messages.plain(raw))
        line = _parts(place, text) if text else Line(place, "")
        line = replace(line, end_ms=ended) if ended is not None else line
        if line.is_timed and not line.whole:
            waiting = line
        elif line.whole and waiting and not line.is_timed:
            found.append(replace(line, start_ms=waiting.start_ms, end_ms=waiting.end_ms))
            waiting = None
        else:
            found.append(line)
            waiting = waiting if not line.whole else None
    return _with_numbered_heads(found)


def _parts(number: int, text: str) -> Line:
    text = _BULLET.sub("", text, count=1)
    stamp = _STAMP.match(text)
    numbered = _TURN_NUMBER.match(text) if not stamp else None
    if numbered:
        inner = _parts(number, text[numbered.end() :])
        return inner if inner.head or inner.is_timed else Line(number, text)
    if not stamp:
        return _headed(Line(number, text))
    start, end = _times(stamp.groups())
    rest = _headed(Line(number, text[stamp.end() :], start_ms=start, end_ms=end))
    if not rest.head and _DASHED.search(stamp[0]) and clean(rest.whole):  # "00:00:04 - Lee" above the words
        rest = replace(rest, head=rest.whole, rest="")
    bare = stamp[1] is None and rest.whole and not rest.head
    return Line(number, text) if start is None or bare else rest


def _headed(line: Line) -> Line:
    """The line with what stands before its first colon, or before a time, as its head."""
    timed = _TIMED_HEAD.match(line.whole) if not line.is_timed else None
    if timed and ":" not in timed[1]:
        start, end = _times(timed.groups()[1:3])
        return Line(line.number, line.whole, timed[1], timed[4], start, end, time_follows=True)
    head = _HEAD.match(line.whole)
    if not head:
        return line
    after = _AFTER_LABEL.match(head[2]) if not line.is_timed else None
    if not after:
        return replace(line, head=head[1], rest=head[2])
    start, end = _times(after.groups())
    return Line(line.number, line.whole, head[1], head[2][after.end() :], start, end, time_follows=True)


def _times(found: Sequence[str | None]) -> tuple[int | None, int | None]:
    known = [parse(text) for text in found if text]
    return (known[0] if known else None, known[1] if len(known) > 1 else None)


def _with_numbered_heads(lines: list[Line]) -> list[Line]:
    """For typescripts that number turns without a colon (``T1 Hello``): the number closes the label."""
    heads = {i: found for i, line in enumerate(lines) if (found := _NUMBERED_HEAD.match(line.whole))}
    if len(heads) < 0.3 * sum(bool(line.whole) for line in lines):
        return lines
    # What stands once and counts further than the lines go is a word: "B12 is low."
    often = Counter(found[1] for found in heads.values())
    heads = {i: found for i, found in heads.items() if often[found[1]] > 1 or int(found[2]) <= len(heads)}
    stems = numbering(found[1] + found[2] for found in heads.values())
    return [
        replace(line, head=heads[i][1] + heads[i][2], rest=heads[i][3]) if i in heads and heads[i][1] in stems else line
        for i, line in enumerate(lines)
    ]
