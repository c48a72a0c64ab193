"""Words joined to speakers by time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from transcript_rapport.recordings.segments import Segment

REACH_MS = 200
"""Recognisers place words a little beside the sound: this far from speech a word is still believed."""
PAUSE_MS = 1000
"""A speaker who pauses longer begins a new utterance."""


class Word(NamedTuple):
    """One recognised word with its place in time, in milliseconds."""

    text: str
    start: int
    end: int


class Said(NamedTuple):
    """Words in a row by one speaker."""

    speaker: int
    text: str
    start: int
    end: int


def join(words: Sequence[Word], segments: Sequence[Segment]) -> tuple[list[Said], list[Word]]:
    """Each word given to whoever speaks most during it, and the words during which nobody spoke.

    Where nobody speaks during a word, the nearest speech within 200 ms takes it. ``segments`` are in
    order of start; each word looks only at those that can touch it.
    """
    near = _Nearby(segments)
    said: list[Said] = []
    unheard: list[Word] = []
    for word in sorted(words, key=lambda w: (w.start, w.end)):
        speaker = near.speaker(word, said[-1].speaker if said else None)
        if speaker is None:
            unheard.append(word)
        elif said and said[-1].speaker == speaker and word.start - said[-1].end < PAUSE_MS:
            before = said[-1]
            said[-1] = Said(speaker, f"{before.text} {word.text}", before.start, max(before.end, word.end))
        else:
            said.append(Said(speaker, word.text, word.start, word.end))
    return said, unheard


class _Nearby:
    """Segments by time: those that touch a moment are found by bisection."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = sorted(segments, key=lambda s: s.start)
        self.starts = [s.start for s in self.segments]
        # The latest end so far never falls, so it can be searched as well.
        self.ends = list(accumulate((s.end for s in self.segments), max))

    def touching(self, start: int, end: int) -> Iterator[Segment]:
        """Segments that share time with ``start`` to ``end``."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return (s for s in self.segments[first:last] if s.end > start)

    def speaker(self, word: Word, before: int | None) -> int | None:
        """Who speaks most during ``word`` or, failing that, nearest to it; on a tie whoever spoke ``before``."""
        near = list(self.touching(word.start - REACH_MS, max(word.end, word.start + 1) + REACH_MS))
        if not near:
            return None
        best = max(near, key=lambda s: (min(s.end, word.end) - max(s.start, word.start), s.speaker == before))
        return best.speaker
