"""Talk: who has the time and the words, how long runs are, and how turns, overlaps and pauses fall."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from transcript_rapport.detectors.context import is_backchannel
from transcript_rapport.measures import counting, floor, intervals
from transcript_rapport.measures import talk_definitions as what
from transcript_rapport.measures.definitions import NO_TURNS, Definition
from transcript_rapport.measures.talk_definitions import DEFINITIONS
from transcript_rapport.measures.times import (
    Stretch,
    TalkTimes,
    between,
    covered,
    gaps,
    intersection,
    noted_silences,
    talk_times,
    total,
    union,
)
from transcript_rapport.report import Coded, Finding, Measure, Span
from transcript_rapport.session import Role
from transcript_rapport.settings import Settings

__all__ = ["DEFINITIONS", "measure"]

PAUSE_MS = 2000


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Every measure of talk, in the order of DEFINITIONS."""
    talk = _Talk(coded)
    yield _time_share(talk)
    yield _word_share(talk)
    yield from _longest_runs(talk)
    yield _turns_per_minute(talk)
    yield _turn_words(talk, what.PRACTITIONER_TURN_WORDS, "practitioner", NO_TURNS)
    yield _turn_words(talk, what.CLIENT_TURN_WORDS, "client", what.NO_CLIENT_TURN)
    yield _overlap(talk)
    yield _floor_takings(talk)
    yield _backchannels(talk)
    yield _silence(talk)
    yield _noted_silence(talk)
    yield _latency(talk)


@dataclass(frozen=True)
class _Talk:
    """One coded session with its times, worked out once."""

    coded: Coded

    @cached_property
    def times(self) -> TalkTimes | None:
        return talk_times(self.coded.session)

    @cached_property
    def exact(self) -> TalkTimes | None:
        """The times, where every utterance also says when it ends."""
        return None if self.times is None or self.times.estimated else self.times

    @cached_property
    def exchanges(self) -> tuple[tuple[int, ...], ...]:
        return floor.exchanges(self.coded)

    @cached_property
    def one_sided(self) -> bool:
        return not (self.coded.session.labels("practitioner") and self.coded.session.labels("client"))

    @cached_property
    def spoken(self) -> tuple[Span, ...]:
        """Everything the practitioner says, as evidence."""
        return tuple(self.place(u.index) for u in self.coded.session if self.coded.session.role_of(u) == "practitioner")

    def place(self, index: int) -> Span:
        return counting.whole(self.coded, index)

    def words(self, index: int) -> int:
        return counting.words(self.coded.session[index].text)

    def bounds(self, times: TalkTimes) -> list[int]:
        """The rising moments that cut the session into its exchanges, from the first start to the last end."""
        first, last = times.anyone[0][0], times.anyone[-1][1]
        starts = {times.utterances[exchange[0]][0] for exchange in self.exchanges[1:]}
        return [first, *sorted(moment for moment in starts if first < moment < last), last]

    @cached_property
    def others(self) -> str:
        count = len(self.coded.session.labels("other"))
        who = "1 speaker with another role is" if count == 1 else f"{count} speakers with other roles are"
        return f"{who} left out" if count else ""

    def note(self, *parts: str) -> str:
        """Whether times are estimated, and what else there is to say."""
        estimated = what.ESTIMATED if self.times is not None and self.times.estimated else ""
        return "; ".join(part for part in (estimated, *parts) if part)


def _time_part(
    talk: _Talk, times: TalkTimes, part: Sequence[Stretch], *wholes: Sequence[Stretch]
) -> tuple[float, int, intervals.Interval | None]:
    """The share ``part`` takes of the time of all ``wholes`` together, that time in seconds, and the interval."""
    bounds = talk.bounds(times)
    sums = [sum(parts) for parts in zip(*(between(whole, bounds) for whole in wholes), strict=True)]
    interval = intervals.of_sums(between(part, bounds), sums)
    return total(part) / sum(sums), round(sum(sums) / 1000), interval


def _time_share(talk: _Talk) -> Measure:
    times, definition = talk.times, what.TIME_SHARE
    if times is None:
        return definition.missing(what.NO_TIMES)
    if talk.one_sided or not times.talk_ms:
        return definition.missing(what.ONE_SIDE if talk.one_sided else what.NO_TALK_TIME)
    value, base, interval = _time_part(talk, times, times.practitioner, times.practitioner, times.client)
    return definition.measured(value, base, interval, talk.spoken, talk.note(talk.others))


def _word_share(talk: _Talk) -> Measure:
    definition, session = what.WORD_SHARE, talk.coded.session
    if talk.one_sided:
        return definition.missing(what.ONE_SIDE)
    sums = [sum(map(talk.words, exchange)) for exchange in talk.exchanges]
    if not sum(sums):
        return definition.missing(what.NO_WORDS)
    own = [sum(talk.words(i) for i in ex if session.role_of(i) == "practitioner") for ex in talk.exchanges]
    interval = intervals.of_sums(own, sums)
    return definition.measured(sum(own) / sum(sums), sum(sums), interval, talk.spoken, talk.others)


def _longest_runs(talk: _Talk) -> Iterator[Measure]:
    runs, times = floor.runs(talk.coded), talk.times

    def longest(definition: Definition, size: Callable[[Sequence[int]], float], note: str) -> Measure:
        run = max(runs, key=size)
        return definition.measured(float(size(run)), len(runs), evidence=tuple(map(talk.place, run)), note=note)

    if times is None or not runs:
        yield what.LONGEST_RUN_S.missing(what.NO_RUN if times is not None else what.NO_TIMES)
    else:
        stretches = times.utterances
        yield longest(what.LONGEST_RUN_S, lambda run: total(union(stretches[i] for i in run)) / 1000, talk.note())
    if runs:
        yield longest(what.LONGEST_RUN_WORDS, lambda run: sum(map(talk.words, run)), "")
    else:
        yield what.LONGEST_RUN_WORDS.missing(what.NO_RUN)


def _turns_per_minute(talk: _Talk) -> Measure:
    definition, session = what.TURNS_PER_MINUTE, talk.coded.session
    if talk.times is None:
        return definition.missing(what.NO_TIMES)
    if not session.duration_ms:
        return definition.missing(what.NO_DURATION)
    turns = [*counting.turns(talk.coded, "practitioner"), *counting.turns(talk.coded, "client")]
    evidence = tuple(sorted(talk.place(turn.utterances[0].index) for turn in turns))
    return _per_minute(definition, evidence, session.duration_ms)


def _per_minute(definition: Definition, counted: Sequence[Span], of_ms: int, note: str = "") -> Measure:
    minutes = of_ms / 60_000
    interval = intervals.poisson(len(counted), minutes)
    return definition.measured(len(counted) / minutes, round(of_ms / 1000), interval, tuple(counted), note)


def _turn_words(talk: _Talk, definition: Definition, role: Role, missing: str) -> Measure:
    turns = counting.turns(talk.coded, role)
    if not turns:
        return definition.missing(missing)
    indices = [utterance.index for turn in turns for utterance in turn.utterances]
    evidence = tuple(map(talk.place, indices))
    return definition.measured(sum(map(talk.words, indices)) / len(turns), len(turns), evidence=evidence)


def _overlap(talk: _Talk) -> Measure:
    times, definition = talk.exact, what.OVERLAP
    if times is None:
        return definition.missing(what.NO_ENDS)
    if talk.one_sided or not times.talk_ms:
        return definition.missing(what.ONE_SIDE if talk.one_sided else what.NO_TALK_TIME)
    both = intersection(times.practitioner, times.client)
    value, base, interval = _time_part(talk, times, both, union((*times.practitioner, *times.client)))
    until = covered(both)
    shared = [until(end) > until(start) for start, end in times.utterances]
    evidence = tuple(span for span in talk.spoken if shared[span.utterance])
    return definition.measured(value, base, interval, evidence, talk.others)


def _floor_takings(talk: _Talk) -> Measure:
    times, definition = talk.exact, what.FLOOR_TAKINGS
    if times is None or not times.client:
        return definition.missing(what.NO_CLIENT_TIME if times is not None else what.NO_ENDS)
    taken = tuple(map(talk.place, floor.floor_takings(talk.coded, times)))
    return _per_minute(definition, taken, total(times.client))


def _backchannels(talk: _Talk) -> Measure:
    times, definition = talk.times, what.BACKCHANNELS
    if times is None or not times.client:
        return definition.missing(what.NO_CLIENT_TIME if times is not None else what.NO_TIMES)
    counted = [span for span in talk.spoken if is_backchannel(talk.coded, span.utterance)]
    return _per_minute(definition, counted, total(times.client), talk.note())


def _silence(talk: _Talk) -> Measure:
    times, definition = talk.exact, what.SILENCE
    if times is None or not times.anyone:
        return definition.missing(what.NO_DURATION if times is not None else what.NO_ENDS)
    quiet = gaps(times.anyone)
    value, base, interval = _time_part(talk, times, quiet, [(times.anyone[0][0], times.anyone[-1][1])])
    after_pause = {end for start, end in quiet if end - start >= PAUSE_MS}
    evidence = tuple(talk.place(i) for i, (start, _) in enumerate(times.utterances) if start in after_pause)
    return definition.measured(value, base, interval, evidence)


def _noted_silence(talk: _Talk) -> Measure:
    every = {u.index: noted_silences(u.text) for u in talk.coded.session}
    lengths = [length for found in every.values() for length in found]
    if not lengths:
        return what.NOTED_SILENCE.missing(what.NO_NOTE)
    evidence = tuple(talk.place(index) for index, found in every.items() if found)
    return what.NOTED_SILENCE.measured(sum(lengths) / 1000, len(lengths), evidence=evidence)


def _latency(talk: _Talk) -> Measure:
    times, definition = talk.exact, what.LATENCY
    if times is None:
        return definition.missing(what.NO_ENDS)
    every = floor.response_gaps(talk.coded, times)
    after = [(gap, index) for gap, index in every if gap >= 0]
    if not after:
        return definition.missing(what.NO_GAP)
    early = len(every) - len(after)
    note = f"{early} of {len(every)} answers begin while the client still talks and are left out" if early else ""
    evidence = tuple(talk.place(index) for _, index in after)
    return definition.measured(median(gap for gap, _ in after) / 1000, len(after), evidence=evidence, note=note)
