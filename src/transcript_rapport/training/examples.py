"""What the coder learns from: sessions of statements with the labels their makers gave, and where each applies."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from transcript_rapport.coder.inputs import Unit
from transcript_rapport.session import Role, Session, Utterance

FILLERS = ("um", "uh", "you know", "I mean", "like")


@dataclass(frozen=True, slots=True)
class Targets:
    """The labels of one head at one statement or utterance.

    ``values``: output name → 1, or its share where opinions differ; outputs not named are 0. ``weight`` scales the
    loss: less than 1 where the label is only a consequence of other labels.
    """

    values: Mapping[str, float]
    weight: float = 1.0


@dataclass(frozen=True)
class Example:
    """A session to learn from.

    ``statement_targets[n]``: head → targets of unit n; ``utterance_targets[u]``: head → targets of
    utterance u. A head that is absent was not labelled there. ``group`` names what must stay on one
    side of a split (a video series, a consultation); ``quality`` is high, low or empty.
    """

    name: str
    corpus: str
    group: str
    units: tuple[Unit, ...]
    statement_targets: Mapping[int, Mapping[str, Targets]]
    utterance_targets: Mapping[int, Mapping[str, Targets]]
    quality: str = ""
    spans: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def window(self, start: int, size: int) -> Example:
        """Units ``start`` to ``start + size`` as an example of their own."""
        chosen = range(start, min(start + size, len(self.units)))
        return replace(
            self,
            units=tuple(self.units[n] for n in chosen),
            statement_targets={n - start: self.statement_targets[n] for n in chosen if n in self.statement_targets},
        )


def session(example: Example) -> Session:
    """The example's words as a session; it has no times."""
    utterances: list[Utterance] = []
    for _, members in groupby(zip(example.units, example.spans, strict=True), key=lambda pair: pair[0].utterance):
        text, role = "", ""
        for unit, (start, _) in members:
            text, role = text.ljust(start) + unit.text, unit.role
        utterances.append(Utterance(len(utterances), role, text))
    made = Session(example.name, tuple(utterances), example.corpus, "corpus")
    return made.with_roles({u.role: u.role for u in example.units}, 1.0, "the corpus says so")


OTHERS: Mapping[Role, Role] = {"practitioner": "client", "client": "practitioner", "other": "other"}


def as_recognised(example: Example, chance: random.Random, swapped: float = 0.0) -> Example:
    """The example as a speech recogniser might have written it: no punctuation or case, fillers, cut-offs.

    ``swapped``: how often a statement is given to the wrong speaker.
    """

    def spoken(unit: Unit) -> Unit:
        role = OTHERS[unit.role] if chance.random() < swapped else unit.role
        return replace(unit, text=_spoken(unit.text, chance), role=role)

    return replace(example, units=tuple(map(spoken, example.units)))


def _spoken(text: str, chance: random.Random) -> str:
    words = re.sub(r"[^\w' ]+", " ", text.replace("-", " ")).lower().split()
    if len(words) > 6 and chance.random() < 0.15:
        words.insert(chance.randrange(len(words)), chance.choice(FILLERS))
    if len(words) > 8 and chance.random() < 0.05:
        del words[-chance.randint(1, 2) :]
    return " ".join(words) or text


def roll_up(codes: Sequence[set[str]]) -> str | None:
    """The behaviour of a practitioner's utterance from its statements' codes, where only one can be meant.

    None where several behaviours occur: which of them the experts would find most telling is theirs to say.
    """
    every = set().union(*codes)
    acts = {
        "question": any(code.startswith("question") for code in every),
        "reflection": any(code.startswith("reflection") for code in every),
        "input": any(code == "information" or code.startswith("advice") for code in every),
    }
    if any(code.startswith("judgment") for code in every):
        return None
    present = [name for name, is_there in acts.items() if is_there]
    return present[0] if len(present) == 1 else None if present else "other"
