"""Where two speakers' labels seem exchanged for a stretch, or one's words stand inside the other's turn.

Every turn is weighed by the habits of ``talk``: is it likelier a practitioner's or a client's?
Where turns speak against their labels one after the other, so plainly that chance would hardly
do it, the labels seem exchanged. Rather silent than wrong: see docs/roles.md for how often.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.roles import talk
from transcript_rapport.session import DOUBTED, Session, Turn, Utterance
from transcript_rapport.timestamps import shared_out, show

# Fitted on the turns of AnnoMI: the log odds of a single turn are close to SLOPE * (score - CENTRE), up to MOST.
CENTRE, SLOPE, MOST = -1.06, 2.4, 3.5
STRETCH = 11.0
"""The log odds against the labels from which a stretch is told; among AnnoMI's own turns at most 10.1 occurs."""
ANSWER = 2.5
"""The log odds on both sides of a question mark from which the words after it are the other speaker's."""
LONG, MIXED = 12, 2
"""Words of a client's turn in which another's may stand, and how many such turns are worth a note."""

_SIGN = {"practitioner": 1, "client": -1}
_SAYS = beside(__file__)
_AFTER_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=\S)")
_MARKS = re.compile("[?,]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Utterances ``first`` to ``last`` (indices, both inside) whose labels seem exchanged."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Inside:
    """From character ``at`` on, the words of an ``utterance`` (index) seem the other speaker's answer."""

    utterance: int
    at: int


@lru_cache(maxsize=4096)
def odds(text: str) -> float:
    """How far the words of one turn speak for a practitioner (above 0) or a client (below), as log odds."""
    said = talk.plain(text)
    words = len(said.split())
    rates = {habit.name: habit.rate([said], words) for habit in talk.habits()}
    rates |= {talk.LENGTH: talk.Rate(words, 1), talk.OPENS: talk.Rate(0, 1)}
    model = talk.weights()
    score = sum(model.weight[name] * value for name, value in talk.features(rates, model.typical).items())
    return max(-MOST, min(MOST, SLOPE * (score - CENTRE)))


def stretches(session: Session) -> list[Stretch]:
    """Where the labels seem exchanged, in order; only turns of the practitioner and the client are weighed."""
    turns = [turn for turn in session.turns if session.roles.get(turn.speaker) in _SIGN]
    fits = [_SIGN[session.roles[turn.speaker]] * odds(turn.text) for turn in turns]
    return [Stretch(_first(session, turns[a]), _last(session, turns[b - 1])) for a, b in sorted(_against(fits))]


def _first(session: Session, turn: Turn) -> int:
    """Where in its first turn a stretch begins: wrong labels join the last right words and the first wrong ones."""
    spoken = turn.utterances
    fits = [_SIGN[session.roles[turn.speaker]] * odds(u.text) for u in spoken]
    return min(spoken, key=lambda u: sum(fits[u.index - spoken[0].index :])).index


def _last(session: Session, turn: Turn) -> int:
    """Where in its last turn a stretch ends."""
    spoken = turn.utterances
    fits = [_SIGN[session.roles[turn.speaker]] * odds(u.text) for u in spoken]
    return min(spoken, key=lambda u: sum(fits[: u.index - spoken[0].index + 1])).index


def _against(fits: Sequence[float]) -> Iterator[tuple[int, int]]:
    """The stretches (start, end) of ``fits`` whose sum is lowest, as long as it is below what chance does."""
    open_parts = [(0, len(fits))]
    while open_parts:
        low, high = open_parts.pop()
        total, start, end = _lowest(fits[low:high])
        if total <= -STRETCH:
            yield low + start, low + end
            open_parts += [(low, low + start), (low + end, high)]


def _lowest(fits: Sequence[float]) -> tuple[float, int, int]:
    """The lowest sum of neighbours, where it starts and where it ends (Kadane's algorithm)."""
    best, total, start = (0.0, 0, 0), 0.0, 0
    for at, fit in enumerate(fits):
        if total >= 0:
            total, start = 0.0, at
        total += fit
        best = min(best, (total, start, at + 1))
    return best


def inside(session: Session) -> list[Inside]:
    """Where a practitioner's question is followed, in the same utterance, by what is plainly the client's answer.

    Clients ask themselves things and answer with "you"; their turns are left alone.
    """
    asked = [u for u in session if "?" in u.text and session.role_of(u) == "practitioner"]
    return [Inside(u.index, at) for u in asked if (at := _answer(u.text)) is not None]


def _answer(text: str) -> int | None:
    """The character where a client's answer begins: what stands before fits a practitioner, the rest does not."""
    starts = [0, *(gap.end() for gap in _AFTER_SENTENCE.finditer(text))]
    said = list(accumulate(odds(text[a:b]) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)))
    plain = {
        start: 2 * before - said[-1]
        for start, before in zip(starts[1:], said, strict=False)
        if before > ANSWER and said[-1] - before < -ANSWER and text[:start].rstrip().endswith("?")
    }
    return max(plain, key=lambda start: plain[start], default=None)


def mixed(session: Session) -> list[int]:
    """The client's utterances that hold a practitioner's words, as speech recognition without marks joins them.

    None where there are fewer than ``MIXED``. Whoever writes marks seldom joins two speakers, and clients do ask.
    """
    theirs = (u for u in session if session.role_of(u) == "client" and len(u.text.split()) >= LONG)
    found = [u.index for u in theirs if not _MARKS.search(u.text) and _SAYS["to_client"].search(plain(u.text))]
    return found if len(found) >= MIXED else []


def checked(session: Session, repair: bool = False) -> Session:
    """The session with a note on every such place; ``repair`` also gives the words to whom they seem to belong.

    Only where there is one practitioner and one client: with more, who would it be? The same
    session where nothing is found.
    """
    practitioner, client = session.labels("practitioner"), session.labels("client")
    if len(practitioner) != 1 or len(client) != 1:
        return session
    exchanged = stretches(session)
    answers = [a for a in inside(session) if not any(s.first <= a.utterance <= s.last for s in exchanged)]
    joined = [i for i in mixed(session) if not any(s.first <= i <= s.last for s in exchanged)]
    if not exchanged and not answers and not joined:
        return session
    names = f"{practitioner[0]} and {client[0]}"
    notes = [_told_stretch(session, stretch, names, repair) for stretch in exchanged]
    notes += [_told_inside(session, answer, repair) for answer in answers]
    if joined:
        told = ", ".join(map(str, joined))
        notes.append(f"{client[0]}'s utterances {told} seem to hold words of {practitioner[0]}; others may, too")
    utterances = _repaired(session, exchanged, answers) if repair else session.utterances
    return replace(session, utterances=utterances, notes=(*session.notes, *notes))


def _told_stretch(session: Session, stretch: Stretch, names: str, repair: bool) -> str:
    where = _where(session, stretch.first, stretch.last)
    if repair:
        return f"{where}: by how each talks, the labels {names} seemed exchanged; they were exchanged back"
    return f"{where}: by how each talks, the labels {names} {DOUBTED}; look at them"


def _told_inside(session: Session, answer: Inside, repair: bool) -> str:
    u = session[answer.utterance]
    where = _where(session, answer.utterance, answer.utterance)
    if repair:
        return f"{where}: the words after {u.speaker}'s question seemed to be the answer, and were made the other's own"
    return f"{where}: the words after {u.speaker}'s question seem to be the answer; look at it"


def _where(session: Session, first: int, last: int) -> str:
    """The place in words, numbered as in a report."""
    start = session[first].start_ms
    many = f"utterances {first} to {last}" if first < last else f"utterance {first}"
    return many + (f" (from {show(start)})" if start is not None else "")


def _repaired(session: Session, exchanged: Sequence[Stretch], answers: Sequence[Inside]) -> tuple[Utterance, ...]:
    (one,), (two,) = session.labels("practitioner"), session.labels("client")
    other = {one: two, two: one}
    swapped = {index for stretch in exchanged for index in range(stretch.first, stretch.last + 1)}
    cut = {answer.utterance: answer.at for answer in answers}
    made: list[Utterance] = []
    for u in session:
        speaker = other.get(u.speaker, u.speaker) if u.index in swapped else u.speaker
        at = cut.get(u.index, len(u.text))
        parts = [(speaker, u.text[:at].rstrip()), (other.get(speaker, speaker), u.text[at:])]
        parts = [part for part in parts if part[1]] or [(speaker, u.text)]
        times = shared_out(u.start_ms, u.end_ms, [len(words) for _, words in parts])
        made += [Utterance(0, who, words, *time) for (who, words), time in zip(parts, times, strict=True)]
    return tuple(replace(u, index=index) for index, u in enumerate(made))
