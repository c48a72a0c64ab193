"""Cues: a client's statement that opens something or shows strain, and what the practitioner's next turn makes of it.

What ``openings`` and ``ruptures`` share.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transcript_rapport.detectors.context import WORDED, told, words
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.report import Coded, Finding, Span, Statement

SURE = 0.5
"""Least probability of a cue at which it counts."""
SHOWN = 0.7
"""Least probability of a cue at which its passing-over is shown; the measures count from ``SURE`` on."""
PERHAPS = 0.25
"""Probability of an answering code from which a passing-over is too doubtful to be shown."""
FULL = 5
"""Words from which a client's statement is enough to go by; a feeling in so many words needs fewer."""


class Cue(NamedTuple):
    """A client's statement that opens something or shows strain, how sure that is, and plain words for it, if any."""

    kind: str
    said: Statement
    sure: float
    plainly: str = ""

    @property
    def heard(self) -> str:
        """How surely it is told of: plain words tell of it, a code could be heard so."""
        return "tell of" if self.plainly else "could be heard as"


@dataclass(frozen=True, slots=True)
class Opening:
    """What the client opened or showed of strain, and the practitioner's next turn.

    ``answer`` holds the statements of that turn, ``by`` those among them that take it up: none
    where it goes past. ``doubt`` is the highest probability of a code that might have taken it up. ``grade``:
    how an opening is met, as ``openings`` grades it; empty for a rupture.
    """

    cue: Cue
    answer: tuple[Statement, ...]
    by: tuple[Statement, ...]
    doubt: float
    grade: str = ""

    @property
    def answered(self) -> bool:
        """Whether anything in the next turn takes it up."""
        return bool(self.by)

    @property
    def missed(self) -> bool:
        """Whether it was passed over beyond much doubt: a sure cue, and nothing that might answer it."""
        return not self.by and self.cue.sure >= SHOWN and self.doubt < PERHAPS


def placed(coded: Coded, opening: Opening, kind: str, why: str, source: str, suggestion: str, score: float) -> Finding:
    """A finding over what took it up, else the practitioner's first full statement; it points at the client's words."""
    first = next((s for s in opening.answer if len(words(coded.text(s))) >= WORDED), opening.answer[0])
    place = opening.by[0] if opening.by else first
    reasons = (why, source, suggestion, score, told(coded, opening.cue.said))
    return Finding(kind, coded.session[place.utterance], place.start, place.end, *reasons)


def likelihood(statement: Statement, families: Collection[str]) -> float:
    """The highest probability among a statement's codes of ``families``; 0 for none."""
    return max((p for code, p in statement.counted.items() if _of(code, families)), default=0.0)


def doubt(answer: Sequence[Statement], families: Collection[str]) -> float:
    """The highest probability of a code of ``families`` in a turn."""
    likely = (p for s in answer for code, p in s.probabilities.items() if _of(code, families))
    return max(likely, default=0.0)


def has_any(statement: Statement, families: Collection[str]) -> bool:
    """Whether a statement carries a code of any of ``families``."""
    return any(map(statement.has, families))


def owns(coded: Coded, statement: Statement) -> bool:
    """Whether a statement owns its speaker's part in what went wrong."""
    return moves()["repair.apology"].in_words(coded.text(statement))


def addressed(coded: Coded, place: Span) -> str:
    """The label of the client, among several, whom an utterance last called by name up to the end of a place."""
    clients, said = coded.session.labels("client"), coded.session[place.utterance].text[: place.end]
    if len(clients) < 2:
        return ""
    names = "|".join(map(re.escape, clients))
    called = re.findall(
        rf"(?:^|[^\w\s]\W*)(?:(?:and|but|so|well|okay|ok|now)\W+)?({names})(?=\W*$|[^\w\s'’])", said, re.I
    )
    return next((label for label in clients if called and label.lower() == called[-1].lower()), "")


def answers(coded: Coded, said: Statement, answer: Sequence[Statement]) -> list[Statement]:
    """The statements of an answer that may be meant for who ``said`` it: not those to another client by name."""
    meant = ("", coded.session[said.utterance].speaker)
    return [s for s in answer if addressed(coded, s.span) in meant]


def _of(code: str, families: Collection[str]) -> bool:
    return any(code == family or code.startswith(family + ".") for family in families)
