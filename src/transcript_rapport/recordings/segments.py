"""Who spoke when: the noun, and the protocol every way of finding it out keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from transcript_rapport.measures.times import Stretch
from transcript_rapport.recordings.activity import SHORTEST_MS, bridged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_BREATH_MS = 500
"""A speaker who goes on within half a second is still in the same utterance."""


class Segment(NamedTuple):
    """One speaker (numbered from 0) from a millisecond up to, not including, another."""

    speaker: int
    start: int
    end: int


@dataclass(frozen=True)
class Heard:
    """What one pass over a recording leaves behind; the sound itself is not kept.

    ``speech`` has the stretches with speech of each channel, ``loudness`` the level of each channel
    in dB for each window of 32 ms, shape (channels, windows), ``frames`` what the voice sounds like
    every 10 ms, shape (frames, features).
    """

    path: str
    milliseconds: int
    speech: tuple[tuple[Stretch, ...], ...]
    loudness: NDArray[np.float32]
    frames: NDArray[np.float32]


class Diariser(Protocol):
    """Tells voices apart that share a channel."""

    def __call__(self, heard: Heard, speakers: int) -> list[Segment]:
        """Who spoke when, in order of start; overlapping segments where two speak at once.

        ``speakers`` is how many there are, or 0 where that is to be found.
        """


def tidy(segments: Sequence[Segment]) -> list[Segment]:
    """Segments in order, breaths closed, slivers dropped, speakers numbered in the order they are first heard."""
    closed: list[Segment] = []
    for speaker in {segment.speaker for segment in segments}:
        own = sorted((s.start, s.end) for s in segments if s.speaker == speaker and s.end > s.start)
        joined = bridged(own, LONGEST_BREATH_MS)
        closed += [Segment(speaker, start, end) for start, end in joined if end - start >= SHORTEST_MS]
    heard = dict.fromkeys(s.speaker for s in sorted(closed, key=_order))
    number = {speaker: n for n, speaker in enumerate(heard)}
    return sorted((Segment(number[s.speaker], s.start, s.end) for s in closed), key=_order)


def _order(segment: Segment) -> tuple[int, int, int]:
    return segment.start, segment.end, segment.speaker


def label(speaker: int) -> str:
    """What a speaker is called: numbered from 1 in the order they are first heard."""
    return f"Speaker {speaker + 1}"
