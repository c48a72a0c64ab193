"""Praat TextGrid, long form: an interval tier a speaker, and below it tiers of codes and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from transcript_rapport.session import Session
from transcript_rapport.writers.marks import Mark
from transcript_rapport.writers.tiers import Interval, Tier, tiers

NAME = "textgrid"
SUFFIX = ".TextGrid"
NEEDS_TIMES = True
KEEPS_MARKS = True


def write(session: Session, marks: Sequence[Mark] = ()) -> str:
    """The session as a TextGrid; every utterance must have a start and a later end.

    Tiers of one speaker have one name; those of codes and findings add these words to it.
    """
    found = list(tiers(session, marks))
    starts = Counter(spoken.start_ms for spoken in session)
    shared = {spoken.index for spoken in session if starts[spoken.start_ms] > 1}
    end = max((tier.intervals[-1].end_ms for tier in found), default=1)
    head = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", f"xmax = {_seconds(end)}"]
    lines = [*head, "tiers? <exists>", f"size = {len(found)}", "item []:"]
    for number, tier in enumerate(found, start=1):
        lines += [f"    item [{number}]:", *_tier(tier, end, shared)]
    return "\n".join(lines) + "\n"


def _tier(tier: Tier, end: int, shared: set[int]) -> Iterator[str]:
    filled = list(_filled(tier.intervals, end))
    name = tier.speaker if tier.kind == "speech" else f"{tier.speaker} {tier.kind}"
    yield '        class = "IntervalTier"'
    yield f"        name = {_quoted(name)}"
    yield "        xmin = 0"
    yield f"        xmax = {_seconds(end)}"
    yield f"        intervals: size = {len(filled)}"
    for number, interval in enumerate(filled, start=1):
        # Praat takes what follows "!" for a comment; it keeps the order of those that start together.
        ordered = tier.kind == "speech" and interval.text and interval.utterance in shared
        yield f"        intervals [{number}]:" + (f" ! u{interval.utterance}" if ordered else "")
        yield f"            xmin = {_seconds(interval.start_ms)}"
        yield f"            xmax = {_seconds(interval.end_ms)}"
        yield f"            text = {_quoted(interval.text)}"


def _filled(intervals: Sequence[Interval], end: int) -> Iterator[Interval]:
    """The intervals with empty ones between them, for Praat leaves no gaps."""
    clock = 0
    for interval in intervals:
        if interval.start_ms > clock:
            yield Interval(clock, interval.start_ms, "")
        yield interval
        clock = interval.end_ms
    if clock < end:
        yield Interval(clock, end, "")


def _seconds(ms: int) -> str:
    return f"{ms // 1000}.{ms % 1000:03}"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
