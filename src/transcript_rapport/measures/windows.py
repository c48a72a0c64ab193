"""A session cut into equal windows, for pictures of how the talk was shared over time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from transcript_rapport.measures.counting import words
from transcript_rapport.measures.times import TalkTimes, between, talk_times
from transcript_rapport.report import Coded
from transcript_rapport.session import Role


@dataclass(frozen=True, slots=True)
class Window:
    """One window: from ``start`` to ``end`` in ``unit`` (``ms`` of the recording, or ``words`` without times).

    Milliseconds of talk are None without times.
    """

    start: int
    end: int
    unit: str
    practitioner_words: int
    client_words: int
    practitioner_ms: int | None
    client_ms: int | None

    @property
    def share(self) -> float | None:
        """The practitioner's share: of talk time where there are times, else of words; None where neither talks."""
        own, theirs = self.practitioner_ms, self.client_ms
        if own is None or theirs is None:
            own, theirs = self.practitioner_words, self.client_words
        return own / (own + theirs) if own + theirs else None


def windows(coded: Coded, n: int) -> tuple[Window, ...]:
    """``n`` equal windows over the session: equally long where there are times, else of equally many words.

    An utterance that spans several windows lends each its part of the words. Empty where nobody
    says anything. Words of people with other roles are left out.
    """
    times = talk_times(coded.session)
    if times is not None and times.talk_ms:
        first, last = min(start for start, _ in times.utterances), max(end for _, end in times.utterances)
        return _cut(coded, n, (first, last), list(times.utterances), times)
    placed, said = [], 0
    for utterance in coded.session:
        length = 0 if coded.session.role_of(utterance) == "other" else words(utterance.text)
        placed.append((said, said + length))
        said += length
    return _cut(coded, n, (0, said), placed, None) if said else ()


def _cut(
    coded: Coded, n: int, whole: tuple[int, int], placed: list[tuple[int, int]], times: TalkTimes | None
) -> tuple[Window, ...]:
    first, last = whole
    bounds = [first + (last - first) * i // n for i in range(n + 1)]
    own, theirs = _words(coded, "practitioner", placed, bounds), _words(coded, "client", placed, bounds)
    own_ms = between(times.practitioner, bounds) if times else None
    their_ms = between(times.client, bounds) if times else None
    return tuple(
        Window(
            start,
            end,
            "ms" if times else "words",
            own[i],
            theirs[i],
            own_ms[i] if own_ms else None,
            their_ms[i] if their_ms else None,
        )
        for i, (start, end) in enumerate(pairwise(bounds))
    )


def _words(coded: Coded, role: Role, placed: list[tuple[int, int]], bounds: list[int]) -> list[int]:
    """Words of ``role`` between each two neighbours of ``bounds``; they add up to all of that role's words."""
    spoken = [(words(u.text), placed[u.index]) for u in coded.session if coded.session.role_of(u) == role]
    # Past the last bound nothing is left over, not even an utterance that lasts no time at all.
    edges = [*bounds[:-1], bounds[-1] + 1]
    before = [sum(_said(count, start, end, edge) for count, (start, end) in spoken) for edge in edges]
    return [after - earlier for earlier, after in pairwise(before)]


def _said(count: int, start: int, end: int, moment: int) -> int:
    """How many of ``count`` words spoken evenly from ``start`` to ``end`` were said before ``moment``."""
    if moment <= start:
        return 0
    return count if moment >= end else count * (moment - start) // (end - start)
