"""Stacked questions: several asked in one turn, so that the client has to choose which to answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from transcript_rapport.detectors.context import WORDED, floors, words
from transcript_rapport.detectors.moves import few
from transcript_rapport.report import Coded, Finding, Statement

STACKED = "question.stacked"
KINDS: tuple[str, ...] = (STACKED,)
SEVERAL = 3
"""Questions in a row from which they are shown; two are often one question said twice."""


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each run of three or more questions in one turn, over the last of them; a few a session."""
    yield from few(_finding(coded, run) for floor in floors(coded) for run in stacks(coded, floor))


def stacks(coded: Coded, floor: Sequence[Statement]) -> list[tuple[Statement, ...]]:
    """Runs of at least three questions of three words or more that follow one another in the turn ``floor``."""
    runs = [(asked, tuple(run)) for asked, run in groupby(floor, key=lambda s: _asks(coded, s))]
    return [run for asked, run in runs if asked and len(run) >= SEVERAL]


def _asks(coded: Coded, statement: Statement) -> bool:
    """Whether a statement is a question of its own: no restatement, and no tag such as "right?"."""
    return statement.has("question") and not statement.has("reflection") and len(words(coded.text(statement))) >= WORDED


def _finding(coded: Coded, run: tuple[Statement, ...]) -> Finding:
    last = run[-1]
    why = f"It is the last of {len(run)} questions in a row; people tend to answer only one of them."
    told = (why, "Silverman, Kurtz & Draper (2013), avoiding multiple questions", "Ask one, then wait for the answer.")
    return Finding(STACKED, coded.session[last.utterance], last.start, last.end, *told, min(_sure(s) for s in run))


def _sure(statement: Statement) -> float:
    return max(p for code, p in statement.counted.items() if code.startswith("question."))
