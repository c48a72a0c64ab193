"""Cues of subtitle files as they stand in the wild: found, their times mended, rolling lines taken once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from transcript_rapport.readers.recognised.joining import next_known
from transcript_rapport.readers.recognised.words import natural_ms
from transcript_rapport.readers.rows import noted
from transcript_rapport.readers.source import Source
from transcript_rapport.timestamps import parse

EXPECTED = 'cues such as "00:00:01.000 --> 00:00:04.000" with "<v Therapist>…" or "Therapist: …" below'
TAG = re.compile(r"<(?:/?[A-Za-z][^<>\n]{0,200}|[\d:.]{1,20})>|\{\\[^{}\n]{1,60}\}")

_TIME = r"\d{1,3}(?:[:;]\d{1,3}){1,2}(?:[.,:;]\d{1,9})?|\d{1,6}[.,]\d{1,3}"
_ARROW = r"[ \t]*(?:-{1,3}[ \t]?>|[–—]>|→)[ \t]*"
_TIMING = re.compile(rf"\s*({_TIME})?{_ARROW}({_TIME})?(?:[ \t]+[A-Za-z][\w-]*:\S+)*[ \t]*")
_MEANT = re.compile(rf"[ \t]*\d[\w:;.,]{{0,20}}{_ARROW}(?:\d[\w:;.,]{{0,20}}(?:[ \t].*)?)?|.{{0,20}}-->.*")
_SBV = re.compile(r"\s*(\d{1,3}:\d\d:\d\d\.\d{1,3}),(\d{1,3}:\d\d:\d\d\.\d{1,3})\s*")
_LIKELY = re.compile(rf"^(?:[ \t]*\d[\w:;.,]{{0,20}}{_ARROW}\d(?!.*[ \t]\[?[A-Z])|{_SBV.pattern}$)", re.MULTILINE)
_SKIPPED = ("NOTE", "STYLE", "REGION", "WEBVTT")
_COLON_MS = re.compile(r"(.*:\d{1,2}):(\d{3})")  # a colon where the point before the milliseconds belongs
_WEBEX = re.compile(r'\d{1,6} "([^"<>]{1,80})" \(-?\d{1,12}\)')
"""Webex names the speaker beside the number of the cue."""
INVENTED = "NOTE the times of this file were invented"
"""Stands in a file of ours that was made of a transcript without times."""
_ROLLS_MS = 100
_LARGEST_STEP_BACK_MS = 30_000


@dataclass(frozen=True, slots=True)
class Cue:
    """The lines shown from one time to another; ``line`` is that of its times, counted from 1."""

    line: int
    start_ms: int | None
    end_ms: int | None
    payload: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it has both times, the end not before the start."""
        return self.start_ms is not None and self.end_ms is not None and self.start_ms <= self.end_ms


def form(source: Source) -> str:
    """``WebVTT``, ``SRT``, ``SBV``, or empty where the head of the file holds no cue."""
    head = source.text[:5000].lstrip("\ufeff \t\n")
    if head.startswith("WEBVTT"):
        return "WebVTT"
    found = _LIKELY.search(head)
    return "" if not found else "SBV" if _SBV.fullmatch(found[0]) else "SRT"


def cues(source: Source) -> tuple[list[Cue], list[str]]:
    """The cues in order of time, and notes on what was mended, by line.

    Raises ReadError where half of the cues or more have no times that can be read.
    """
    found, strays = _found(source)
    told = noted_at(source, strays, "words below a blank line, taken into the cue above")
    broken = [cue for cue in found if not cue.is_whole]
    unread = next((cue for cue in broken if cue.start_ms is None or cue.end_ms is None), None)
    if len(broken) * 2 >= len(found) and broken:
        if unread:
            seen = f"the times cannot be read ({source.lines[unread.line - 1].strip()[:60]})"
            raise source.error(seen, EXPECTED, at=("line", unread.line))
        return found, told  # Whoever checks the rows says where they end before they start.
    damaged = [cue.line for cue in broken]
    told += noted_at(source, damaged, "the cue's times are damaged, set between its neighbours'")
    ordered, moved = _in_order(_mended(found))
    told += noted_at(source, moved, "earlier than the cue above, put in its place by time")
    once, repeated = _once(ordered)
    told += [f"rolling captions: {repeated} lines that repeat the one above were taken once"] if repeated else []
    return once, told


def noted_at(source: Source, lines: Sequence[int], what: str) -> list[str]:
    """A note on these lines, or on the places in the document that they were taken from; none without lines."""
    return noted(map(source.place, lines), what, source.unit)


def _found(source: Source) -> tuple[list[Cue], list[int]]:
    """The cues as they stand, and the lines of words that a blank line cut off from their cue."""
    lines = source.lines
    timings = list(_timings(lines))
    whole_ms = _counts_whole_ms([lines[number] for number in timings])
    named = not source.text.lstrip("\ufeff \t\n").startswith("WEBVTT")  # Elsewhere cues are counted, not named.
    found, strays = list[Cue](), list[int]()
    for number, end in zip(timings, [*timings[1:], len(lines)], strict=False):
        below = lines[number + 1 : end]
        shown = _payload(below, last=end == len(lines))
        cut_off = [number + 1 + at for at in _cut_off(below, last=end == len(lines), counted=named)]
        strays += [at + 1 for at in cut_off]
        payload = (*shown, *(lines[at].strip() for at in cut_off))
        above = _WEBEX.fullmatch(lines[number - 1].strip()) if number else None
        if above and payload:
            payload = (f"<v {above[1]}>{payload[0]}", *payload[1:])
        found.append(Cue(number + 1, *_times(lines[number], whole_ms), payload))
    return found, strays


def _timings(lines: Sequence[str]) -> Iterator[int]:
    """Indices of the lines that are meant as times, but for those in comments and style sheets."""
    block = ""
    for number, line in enumerate(lines):
        if not line.strip():
            block = ""
        elif not block:
            block = line.split()[0]
        if block not in _SKIPPED and (_MEANT.fullmatch(line) or _SBV.fullmatch(line)):
            yield number


def _times(line: str, whole_ms: bool) -> tuple[int | None, int | None]:
    found = _TIMING.fullmatch(line) or _SBV.fullmatch(line)
    start, end = found.groups() if found else (None, None)
    return _time(start, whole_ms), _time(end, whole_ms)


def _time(written: str | None, whole_ms: bool) -> int | None:
    return parse(_COLON_MS.sub(r"\1.\2", written.replace(";", ":")), whole_ms=whole_ms) if written else None


def _payload(below: Sequence[str], *, last: bool) -> list[str]:
    """The lines of a cue among those ``below`` its times: up to a blank line, or to the number of the next cue."""
    blank = next((i for i, line in enumerate(below) if not line.strip()), None)
    if blank is None and not last and below and below[-1].strip().isdigit():
        blank = len(below) - 1
    return [line.strip() for line in below[:blank]]


def _cut_off(below: Sequence[str], *, last: bool, counted: bool) -> Iterator[int]:
    """Which lines after the first blank one are words: not comments, not the name or number of the next cue."""
    block, start = "", next((i for i, line in enumerate(below) if not line.strip()), len(below))
    for at in range(start, len(below)):
        line = below[at].strip()
        begins = bool(line) and not block
        block = "" if not line else block or line.split()[0]
        heads_next = not last and at == len(below) - 1 and (line.isdigit() or (begins and not counted))
        alone = line.isdigit() and begins and not any(rest.strip() for rest in below[at + 1 :])
        if line and block not in _SKIPPED and not heads_next and not alone:
            yield at


def _counts_whole_ms(timings: Sequence[str]) -> bool:
    """Whether the digits after the point count milliseconds unpadded, as Teams writes them.

    Fractions of several lengths mean zeros are missing at one end; where ``.250`` keeps its last
    zero they are not missing there.
    """
    fractions = [part for line in timings for part in re.findall(r":\d{1,2}[.,](\d{1,3})\b", line)]
    return any(len(part) < 3 for part in fractions) and any(len(part) == 3 and part[2] == "0" for part in fractions)


def _mended(found: Sequence[Cue]) -> list[Cue]:
    """The cues with times that are missing or impossible set between those of the neighbours."""
    after = next_known([cue.start_ms if cue.is_whole else None for cue in found])
    mended = list[Cue]()
    last: int | None = None
    for cue, start in zip(found, after, strict=True):
        whole = cue if cue.is_whole else _between(cue, last, start)
        last = whole.end_ms
        mended.append(whole)
    return mended


def _between(cue: Cue, last: int | None, after: int | None) -> Cue:
    natural = natural_ms(" ".join(cue.payload))
    start = cue.start_ms
    if start is None:
        start = last if last is not None else max(0, (cue.end_ms or after or 0) - natural)
    end = cue.end_ms if cue.end_ms is not None and cue.end_ms >= start else start + natural
    if cue.end_ms is None or cue.end_ms < start:
        end = end if after is None else max(start, min(end, after))
    return replace(cue, start_ms=start, end_ms=end)


def _in_order(found: Sequence[Cue]) -> tuple[list[Cue], list[int]]:
    """The cues by start, and the lines of those that stood too late; a large step back is left to be refused."""
    back = [(b.line, (a.start_ms or 0) - (b.start_ms or 0)) for a, b in pairwise(found)]
    moved = [line for line, by in back if by > 0]
    if not moved or max(by for _, by in back) > _LARGEST_STEP_BACK_MS:
        return list(found), []
    return sorted(found, key=lambda cue: cue.start_ms or 0), moved


def _once(found: Sequence[Cue]) -> tuple[list[Cue], int]:
    """The cues without the lines that captions rolling up the screen show again, and how many those were.

    Captions roll where most cues begin, without a pause, with the last line of the cue above.
    """
    shown = [[line for line in cue.payload if TAG.sub("", line).strip()] for cue in found]
    plain = [[_untagged(line) for line in lines] for lines in shown]
    pairs = zip(pairwise(found), pairwise(plain), strict=True)
    rolls = [_roll(a, b) and _goes_on(b, _shared(above, below), len(below)) for (a, b), (above, below) in pairs]
    if sum(rolls) < max(2, len(rolls) / 2):
        return list(found), 0
    kept, repeated = list[Cue](), 0
    for number, (cue, lines) in enumerate(zip(found, shown, strict=True)):
        again = _shared(plain[number - 1], plain[number]) if number and rolls[number - 1] else 0
        repeated += again
        if lines[again:] or not again:
            kept.append(replace(cue, payload=tuple(lines[again:])))
    return kept, repeated


def _untagged(line: str) -> str:
    """The line without its tags, but for the voice: two people may say the same."""
    return TAG.sub(lambda tag: tag[0] if tag[0][:2].lower() == "<v" else "", line).strip()


def _roll(above: Cue, below: Cue) -> bool:
    return (below.start_ms or 0) <= (above.end_ms or 0) + _ROLLS_MS


def _goes_on(cue: Cue, repeated: int, lines: int) -> bool:
    """Whether a cue that repeats lines adds one, or flashes by between two that do."""
    return repeated > 0 and (lines > repeated or (cue.end_ms or 0) - (cue.start_ms or 0) <= _ROLLS_MS)


def _shared(above: Sequence[str], below: Sequence[str]) -> int:
    """How many lines at the end of ``above`` begin ``below``."""
    return next((n for n in range(min(len(above), len(below)), 0, -1) if above[-n:] == below[:n]), 0)
