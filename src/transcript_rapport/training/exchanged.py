"""Measures how often exchanged labels are noticed, and how often where nothing is exchanged.

``python -m transcript_rapport.training.exchanged CORPORA`` prints the figures of docs/roles.md:
sessions as they are, and AnnoMI's with the labels of one stretch exchanged by a script.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from transcript_rapport.roles import exchanged
from transcript_rapport.session import Session
from transcript_rapport.training import as_command
from transcript_rapport.training.known import HELPER, OTHER, Known, read

LENGTHS = (6, 8, 12, 20)
"""How many turns are exchanged."""

SEED = 1


@dataclass(frozen=True)
class Swapped:
    """A session in which a script exchanged the labels from utterance ``first`` to ``last`` (indices, both inside)."""

    true: Session
    session: Session
    first: int
    last: int


def decided(known: Known) -> Session:
    """The session with its true roles."""
    return known.session.with_roles({HELPER: "practitioner", OTHER: "client"}, 1.0, "known")


def swapped(session: Session, length: int, chance: random.Random) -> Swapped | None:
    """The session with ``length`` turns exchanged somewhere; None where that would be more than a third of it."""
    turns = session.turns
    if len(turns) < 3 * length:
        return None
    at = chance.randrange(len(turns) - length + 1)
    first, last = turns[at].utterances[0].index, turns[at + length - 1].utterances[-1].index
    other = {HELPER: OTHER, OTHER: HELPER}
    said = (replace(u, speaker=other[u.speaker]) if first <= u.index <= last else u for u in session)
    return Swapped(session, replace(session, utterances=tuple(said)), first, last)


def as_they_are(sessions: Sequence[Known]) -> Iterator[str]:
    """For each corpus, in how many sessions a stretch or an answer inside a question's turn is told."""
    yield f"{'corpus':10} {'sessions':>8} {'stretch':>8} {'answer':>8} {'either':>8} {'share':>7}"
    for corpus in dict.fromkeys(known.corpus for known in sessions):
        members = [decided(known) for known in sessions if known.corpus == corpus]
        stretch = {s.name for s in members if exchanged.stretches(s)}
        answer = {s.name for s in members if exchanged.inside(s)}
        either = len(stretch | answer)
        yield (f"{corpus:10} {len(members):8} {len(stretch):8} {len(answer):8} {either:8} {either / len(members):7.1%}")


def noticed(cases: Sequence[Swapped], length: int) -> str:
    """Of scripted stretches, how many were noticed; and the share of right labels before and after repair."""
    seen = sum(any(_overlap(stretch, case) for stretch in exchanged.stretches(case.session)) for case in cases)
    before, after = ([_right(case, repair) for case in cases] for repair in (False, True))
    shares = f"{sum(before) / len(cases):13.1%} {sum(after) / len(cases):12.1%}"
    return f"{length:5} {len(cases):8} {seen:8} {seen / len(cases):7.1%} {shares}"


def _overlap(stretch: exchanged.Stretch, case: Swapped) -> bool:
    """Whether at least half of what was exchanged lies in the stretch."""
    common = min(stretch.last, case.last) - max(stretch.first, case.first) + 1
    return 2 * common >= case.last - case.first + 1


def _right(case: Swapped, repair: bool) -> float:
    """The share of utterances with their true label; answers cut out are not looked at."""
    wrong = {u.index for u, true in zip(case.session, case.true, strict=True) if u.speaker != true.speaker}
    if repair:
        for stretch in exchanged.stretches(case.session):
            wrong ^= set(range(stretch.first, stretch.last + 1))
    return 1 - len(wrong) / len(case.true)


def evaluate(sessions: Sequence[Known]) -> Iterator[str]:
    """The lines of the evaluation."""
    yield "Sessions as they are, true labels (HLQC's own labels are exchanged in places)"
    yield from as_they_are(sessions)
    yield "\nAnnoMI with the labels of one stretch of turns exchanged by a script"
    yield f"{'turns':>5} {'sessions':>8} {'noticed':>8} {'share':>7} {'right before':>13} {'after repair':>12}"
    members = [decided(known) for known in sessions if known.corpus == "annomi"]
    for length in LENGTHS:
        chance = random.Random(SEED)
        cases = [case for session in members if (case := swapped(session, length, chance))]
        yield noticed(cases, length)


def main(arguments: Sequence[str]) -> int:
    """``CORPORA``; 2 where it is called otherwise."""
    if len(arguments) != 1:
        sys.stderr.write("use: python -m transcript_rapport.training.exchanged CORPORA\n")
        return 2
    for line in evaluate(read(Path(arguments[0]))):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    as_command(main)
