"""A session as tiers: one a speaker, and below it what a report says; nothing in a tier overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from transcript_rapport.session import Session, Utterance
from transcript_rapport.writers.marks import KINDS, Mark, when

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Interval:
    """Words from ``start_ms`` to a later ``end_ms``, of the utterance with index ``utterance``."""

    start_ms: int
    end_ms: int
    text: str
    utterance: int = 0


@dataclass(frozen=True, slots=True)
class Tier:
    """Intervals in order that do not overlap; ``lane`` counts from 1 where one tier was not enough.

    ``kind`` is ``speech``, ``codes`` or ``findings``; ``parent`` is the speech tier that marks belong to.
    """

    speaker: str
    kind: str
    lane: int
    intervals: tuple[Interval, ...]
    parent: Tier | None = None


def tiers(session: Session, marks: Sequence[Mark]) -> Iterator[Tier]:
    """Every speaker's tier, followed by the tiers of its marks; every utterance must have both times.

    Where a speaker's utterances overlap each other, a further tier takes what the first cannot hold.
    """
    for speaker in session.speakers:
        own = [spoken for spoken in session if spoken.speaker == speaker]
        for lane, members in enumerate(_lanes([(_interval(spoken), spoken) for spoken in own]), start=1):
            speech = Tier(speaker, "speech", lane, tuple(interval for interval, _ in members))
            yield speech
            yield from _below(speech, {spoken.index: spoken for _, spoken in members}, marks)


def _below(speech: Tier, spoken: dict[int, Utterance], marks: Sequence[Mark]) -> Iterator[Tier]:
    for kind in KINDS:
        placed = [
            (Interval(*when(spoken[mark.utterance], mark), mark.text, mark.utterance), mark)
            for mark in marks
            if mark.kind == kind and mark.utterance in spoken
        ]
        for lane, members in enumerate(_lanes(placed), start=1):
            yield Tier(speech.speaker, kind, lane, tuple(interval for interval, _ in members), speech)


def _interval(spoken: Utterance) -> Interval:
    return Interval(spoken.start_ms or 0, spoken.end_ms or 0, spoken.text, spoken.index)


def _lanes(placed: Sequence[tuple[Interval, T]]) -> list[list[tuple[Interval, T]]]:
    """The intervals in order of start, each in the first lane that is free by then."""
    lanes: list[list[tuple[Interval, T]]] = []
    for interval, of in sorted(placed, key=lambda pair: (pair[0].start_ms, pair[0].end_ms)):
        free = next((lane for lane in lanes if lane[-1][0].end_ms <= interval.start_ms), None)
        if free is None:
            lanes.append(free := [])
        free.append((interval, of))
    return lanes
