"""Talk time as interval algebra: who talks when, in whole milliseconds from the start of the recording."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from transcript_rapport.session import Role, Session
from transcript_rapport.timestamps import parse

Stretch = tuple[int, int]
"""From a millisecond up to, not including, another."""


_NOTED = re.compile(
    r"[\[(](?:[^\[\]()\d]{0,30}\b(?:silen(?:ce|t)|pauses?|quiet)\b[^\[\]()\d]{0,20}(\d[^\[\]()]{0,20}?)"
    r"|(\d[^\[\]()]{0,20}?)\s(?:of\s)?(?:silence|pause)|(\d{1,3}\.\d{1,2}))[\])]",
    re.IGNORECASE,
)


def noted_silences(text: str) -> list[int]:
    """The lengths in milliseconds of the silences that a transcriber noted in ``text``.

    As ``[silence, 1 min 50 s]``, ``(12 seconds pause)``, or the ``(2.3)`` of conversation analysis.

    >>> noted_silences("I don't know. [silence, 1 min 50 s] He left. (2.5)")
    [110000, 2500]
    """
    said = (next(filter(None, found.groups())) for found in _NOTED.finditer(text))
    return [length for each in said if (length := parse(each)) is not None]


def union(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """What the stretches cover together: in order, apart from one another, none empty."""
    joined: list[Stretch] = []
    for start, end in sorted(s for s in stretches if s[1] > s[0]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def intersection(first: Sequence[Stretch], second: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """What two unions both cover."""
    shared, i, j = [], 0, 0
    while i < len(first) and j < len(second):
        start, end = max(first[i][0], second[j][0]), min(first[i][1], second[j][1])
        if start < end:
            shared.append((start, end))
        if first[i][1] <= second[j][1]:
            i += 1
        else:
            j += 1
    return tuple(shared)


def gaps(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """What a union leaves open between its first and its last moment."""
    return tuple((before[1], after[0]) for before, after in pairwise(stretches))


def total(stretches: Iterable[Stretch]) -> int:
    """How many milliseconds a union covers."""
    return sum(end - start for start, end in stretches)


def covered(stretches: Sequence[Stretch]) -> Callable[[int], int]:
    """A function of a moment: how many milliseconds a union covers before it."""
    starts = [start for start, _ in stretches]
    before = [0, *accumulate(end - start for start, end in stretches)]

    def until(moment: int) -> int:
        place = bisect_right(starts, moment)
        beyond = max(0, stretches[place - 1][1] - moment) if place else 0
        return before[place] - beyond

    return until


def between(stretches: Sequence[Stretch], bounds: Sequence[int]) -> tuple[int, ...]:
    """How many milliseconds a union covers between each two neighbours of the rising ``bounds``."""
    until = covered(stretches)
    return tuple(until(end) - until(start) for start, end in pairwise(bounds))


@dataclass(frozen=True, slots=True)
class TalkTimes:
    """Who talks when in one session.

    ``utterances`` has one stretch an utterance, in order; the others are unions. ``anyone``
    includes people with other roles. ``estimated`` says that ends were taken from the next start:
    such a stretch is the longest an utterance can have lasted, and silence cannot be seen.
    """

    utterances: tuple[Stretch, ...]
    practitioner: tuple[Stretch, ...]
    client: tuple[Stretch, ...]
    anyone: tuple[Stretch, ...]
    estimated: bool

    @property
    def talk_ms(self) -> int:
        """The practitioner's time and the client's, together; overlap counts for both."""
        return total(self.practitioner) + total(self.client)


def talk_times(session: Session) -> TalkTimes | None:
    """Who talks when, or None where an utterance lacks its start.

    A missing end becomes the next utterance's start; the last utterance then lasts 0 ms, because
    nothing bounds it.
    """
    starts = [u.start_ms for u in session if u.start_ms is not None]
    if not starts or len(starts) < len(session):
        return None
    following = [*starts[1:], starts[-1]]
    ends = [later if u.end_ms is None else u.end_ms for u, later in zip(session, following, strict=True)]
    stretches = tuple((start, max(start, end)) for start, end in zip(starts, ends, strict=True))

    def of(role: Role) -> tuple[Stretch, ...]:
        return union(s for s, u in zip(stretches, session, strict=True) if session.role_of(u) == role)

    return TalkTimes(stretches, of("practitioner"), of("client"), union(stretches), not session.has_ends)
