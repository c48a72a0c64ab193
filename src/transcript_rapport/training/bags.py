"""What codes of one's own are learned from: every labelled utterance is a bag of statements.

An utterance of several statements carries a code where one of its statements does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.coder.engine import Coder
from transcript_rapport.coder.tasks import ROLES, heard
from transcript_rapport.session import Role
from transcript_rapport.training.labelled import Talk

Floats = NDArray[np.float64]

SESSIONS = 5
"""Sessions with a code from which its figures are made by session, not by example."""


@dataclass(frozen=True)
class Bag:
    """One labelled utterance: its statements' vectors (n, D), its codes, and what it must stay together with."""

    states: Floats
    role: Role
    codes: frozenset[str]
    session: str
    text: str


@dataclass(frozen=True)
class Data:
    """The bags of one code: their statements, flat, the bag each belongs to, whether it is there, and the groups.

    ``weight``: for how many examples one without the code stands, so that the mixture is that of sessions.
    """

    states: Floats
    owner: NDArray[np.int64]
    there: Floats
    groups: NDArray[np.int64]
    over: str
    weight: float = 1.0

    def best(self, scores: Floats) -> Floats:
        """The highest score of each bag's statements."""
        found = np.full(len(self.there), -np.inf)
        np.maximum.at(found, self.owner, scores)
        return found


def read(talks: Sequence[Talk], coder: Coder, show: Callable[[str], None] = lambda _: None) -> Iterator[Bag]:
    """Every labelled utterance with the states of its statements; those without words are left out."""
    for n, talk in enumerate(talks, 1):
        show(f"{n} of {len(talks)} read")
        units, states = coder.states(talk.talk)
        for index, codes in talk.codes.items():
            own = [m for m, unit in enumerate(units) if unit.utterance == index]
            if own:
                text = " ".join(units[m].text for m in own).lower()
                yield Bag(heard(states[own]).astype(float), talk.talk.role_of(index), codes, talk.session, text)


def fitting(name: str, found: Sequence[Bag]) -> tuple[tuple[Role, ...], list[Bag]]:
    """In whose words the code stands, and the bags of those."""
    where = {bag.role for bag in found if name in bag.codes}
    roles = tuple(role for role in ROLES if role in where)
    return roles, [bag for bag in found if bag.role in roles]


def data(name: str, kept: Sequence[Bag], share: float | None = None) -> Data:
    """The bags as the data of one code; ``share``: how often it stands in sessions, where that is known."""
    there = [float(name in bag.codes) for bag in kept]
    with_it = {bag.session for bag in kept if name in bag.codes}
    by_session = all(bag.session for bag in kept) and len(with_it) >= SESSIONS
    # Without sessions, the same words at least never stand on both sides.
    keys = [bag.session if by_session else bag.text for bag in kept]
    place = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    return Data(
        np.concatenate([bag.states for bag in kept]),
        np.repeat(np.arange(len(kept)), [len(bag.states) for bag in kept]),
        np.array(there),
        np.array([place[key] for key in keys]),
        "sessions" if by_session else "examples",
        1.0 if share is None else sum(there) / (len(there) - sum(there)) * (1 - share) / share,
    )
