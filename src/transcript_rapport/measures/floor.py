"""Who holds the floor: exchanges, runs, pauses before answering, and interruptions that take it."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from transcript_rapport.detectors.context import is_backchannel
from transcript_rapport.measures.times import TalkTimes
from transcript_rapport.report import Coded
from transcript_rapport.session import Role, Turn

# Zimmerman & West (1975) call simultaneous speech an interruption where it begins at least two
# syllables before the speaker could have been done; two syllables last about 400 ms.
LEAST_INTRUSION_MS = 400
# The client gives way "within a short time"; how short is this project's own choice.
LONGEST_YIELD_MS = 2000


def exchanges(coded: Coded) -> tuple[tuple[int, ...], ...]:
    """Indices of the utterances of each exchange: the practitioner, then the client, until the practitioner again.

    People with other roles are left out.
    """
    groups: list[list[int]] = [[]]
    last: Role | None = None
    for utterance in coded.session:
        role = coded.session.role_of(utterance)
        if role == "other":
            continue
        if role == "practitioner" and last == "client":
            groups.append([])
        groups[-1].append(utterance.index)
        last = role
    return tuple(tuple(group) for group in groups if group)


def runs(coded: Coded) -> tuple[tuple[int, ...], ...]:
    """Indices of the practitioner's utterances of each run: talk interrupted by client back-channels at most."""
    found: list[list[int]] = [[]]
    for utterance in coded.session:
        role = coded.session.role_of(utterance)
        if role == "practitioner":
            found[-1].append(utterance.index)
        elif role == "other" or not is_backchannel(coded, utterance.index):
            found.append([])
    return tuple(tuple(run) for run in found if run)


def response_gaps(coded: Coded, times: TalkTimes) -> tuple[tuple[int, int], ...]:
    """Milliseconds from the end of a client's turn to the practitioner's answer, each with the answer's index.

    Negative where the answer begins while the client still talks. Turns that are back-channels
    only are passed over on either side.
    """
    spoken = [turn for turn in coded.session.turns if not all(is_backchannel(coded, u.index) for u in turn.utterances)]

    def role(turn: Turn) -> Role:
        return coded.session.role_of(turn.utterances[0])

    found = []
    for before, after in pairwise(spoken):
        if role(before) == "client" and role(after) == "practitioner":
            answer, ended = after.utterances[0].index, max(times.utterances[u.index][1] for u in before.utterances)
            found.append((times.utterances[answer][0] - ended, answer))
    return tuple(found)


def floor_takings(coded: Coded, times: TalkTimes) -> tuple[int, ...]:
    """Indices of the practitioner's utterances that take the floor from a client who is still talking.

    All of this holds: neither is a back-channel; the practitioner starts at least 400 ms before the
    client stops; the client stops within 2 s; the practitioner goes on; and the client does not
    start again before the practitioner has finished.
    Source: Zimmerman & West (1975); floor changes rather than raw overlaps, after BMJ Open (2023).
    """
    session = coded.session
    spoken = [u.index for u in session if session.role_of(u) != "other" and not is_backchannel(coded, u.index)]
    client = sorted(times.utterances[i] for i in spoken if session.role_of(i) == "client")
    starts = [start for start, _ in client]

    def takes(start: int, end: int) -> bool:
        place = bisect_left(starts, start)
        if not place:
            return False
        stops = client[place - 1][1]
        again = starts[place] if place < len(starts) else end
        return LEAST_INTRUSION_MS <= stops - start <= LONGEST_YIELD_MS and stops < end <= again

    return tuple(i for i in spoken if session.role_of(i) == "practitioner" and takes(*times.utterances[i]))
