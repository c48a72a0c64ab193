"""Channels: whether each holds a speaker of its own, and who speaks where one leaks into another."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

from transcript_rapport.measures.times import Stretch
from transcript_rapport.recordings.activity import WINDOW_MS
from transcript_rapport.recordings.segments import Heard, Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAK_DB = 9.0
"""A voice this much below its usual level while the other speaks is taken as the other one leaking."""
SAME_DB = 3.0
"""Channels whose difference in level hardly moves by this much hold the same sound."""
FAINT_DB = 20.0
SMOOTH = 9
"""Windows (0.3 s) over which levels are compared, longer than the silence inside a consonant."""


def loudness(samples: NDArray[np.float32], window: int) -> NDArray[np.float32]:
    """Level of each window in dB below full scale, shape (channels, samples) to (channels, windows)."""
    import numpy as np

    whole = np.pad(samples, ((0, 0), (0, -samples.shape[1] % window)))
    power = (whole.reshape(whole.shape[0], -1, window) ** 2).mean(axis=2)
    level: NDArray[np.float32] = 10 * np.log10(power + 1e-10)
    return level


def are_apart(heard: Heard) -> bool:
    """Whether two or more channels hold a speaker each: all speak, and now one, now another is louder."""
    return len(heard.speech) > 1 and all(heard.speech) and same(heard) is None


def same(heard: Heard) -> tuple[int, int] | None:
    """Two channels that hold the same sound, the first such pair: their difference in level hardly moves."""
    import numpy as np

    # Where a channel is faint by its own measure, its level says more about the room than about the voice.
    clear = heard.loudness > np.percentile(heard.loudness, 95, axis=1, keepdims=True) - FAINT_DB
    active = _active(heard) & clear
    for one, other in combinations(range(len(heard.speech)), 2):
        busy = active[one] | active[other]
        difference = (heard.loudness[one] - heard.loudness[other])[busy]
        if busy.any() and np.percentile(difference, 90) - np.percentile(difference, 10) <= 2 * SAME_DB:
            return one, other
    return None


def by_channel(heard: Heard) -> list[Segment]:
    """Who spoke when, a speaker a channel; what leaks from another channel is left out."""
    import numpy as np

    active = _active(heard)
    relative = _smooth(heard.loudness)
    relative -= _own_levels(relative, active)[:, None]
    own = active & ~_leaking(relative, active)
    own = _smooth(own.astype(np.float32)) > 0.5
    return [
        Segment(channel, start, end)
        for channel in range(len(own))
        for start, end in _kept(heard.speech[channel], own[channel])
    ]


def _leaking(relative: NDArray[np.float32], active: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where another channel that speaks too is, by its own speaker's measure, much the louder one."""
    import numpy as np

    speaking = np.where(active, relative, -np.inf)
    others = [np.delete(speaking, channel, axis=0).max(axis=0) for channel in range(len(active))]
    found: NDArray[np.bool_] = relative < np.stack(others) - LEAK_DB
    return found


def _own_levels(levels: NDArray[np.float32], active: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How loud each speaker is on their own channel, in dB, found where that channel is the loudest one.

    Microphones differ in gain, so "louder" is told from the middle between the two extremes of the difference.
    """
    import numpy as np

    mine = active.copy()
    for one, other in permutations(range(len(levels)), 2):
        difference = levels[one] - levels[other]
        middle = np.percentile(difference[active[one] | active[other]], [2, 98]).mean()
        mine[one] &= difference > middle
    return np.array([np.percentile(row[own], 80) if own.any() else 0.0 for row, own in zip(levels, mine, strict=True)])


def _active(heard: Heard) -> NDArray[np.bool_]:
    import numpy as np

    active = np.zeros(heard.loudness.shape, bool)
    for channel, stretches in enumerate(heard.speech):
        for start, end in stretches:
            active[channel, start // WINDOW_MS : -(-end // WINDOW_MS)] = True
    return active


def _smooth(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    even = np.ones(SMOOTH) / SMOOTH
    padded = np.pad(rows, ((0, 0), (SMOOTH // 2, SMOOTH // 2)), mode="edge")
    return np.stack([np.convolve(row, even, mode="valid") for row in padded]).astype(np.float32)


def _kept(speech: tuple[Stretch, ...], own: NDArray[np.bool_]) -> list[Stretch]:
    """The parts of a channel's speech that are its own speaker's; edges stay where nothing leaks."""
    import numpy as np

    found: list[Stretch] = []
    for start, end in speech:
        first, last = start // WINDOW_MS, -(-end // WINDOW_MS)
        edges = np.flatnonzero(np.diff(np.concatenate([[False], own[first:last], [False]]).astype(int)))
        for begin, stop in edges.reshape(-1, 2):
            here = max(start, (first + int(begin)) * WINDOW_MS)
            found.append((here, min(end, (first + int(stop)) * WINDOW_MS)))
    return found
