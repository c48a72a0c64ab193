"""Reads what practitioners were marked as doing: moves in whole sessions, and short exchanges that hold one or do not.

``corpora/moves``: ``marked.jsonl`` says where in sessions of ours and of public corpora each move is made; the files in
``exchanges`` hold invented exchanges, each with an element that it holds or that it only looks like.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transcript_rapport.session import Session, Utterance
from transcript_rapport.training import corpora, supervised
from transcript_rapport.training.coded import SPEAKERS
from transcript_rapport.training.examples import session as words_of

FOLDER = corpora.OURS / "moves"
MARKED, EXCHANGES = FOLDER / "marked.jsonl", FOLDER / "exchanges"
ALIKE = 0.5
"""Share of the shorter of two statements that both have to hold to be the same one, cut in another way."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a move is made: utterance, first and last character."""

    utterance: int
    start: int
    end: int
    kinds: frozenset[str]

    def holds(self, utterance: int, start: int, end: int) -> bool:
        """Whether a statement is the marked one."""
        shared = min(end, self.end) - max(start, self.start)
        return utterance == self.utterance and shared >= ALIKE * min(end - start, self.end - self.start)


@dataclass(frozen=True)
class Marked:
    """A session, who read it, every move in it, and where one may differ; ``new``: nothing is to be learned from it."""

    session: Session
    reader: str
    marks: tuple[Mark, ...]
    open: tuple[Mark, ...] = ()
    public: bool = False
    new: bool = False

    def at(self, utterance: int, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
        """The moves that a statement makes, and those of which one may differ."""
        made, differ = (
            frozenset[str]().union(*(mark.kinds for mark in marks if mark.holds(utterance, start, end)))
            for marks in (self.marks, self.open)
        )
        return made, differ - made


@dataclass(frozen=True)
class Exchange:
    """A few turns; ``at`` is the one that holds the element, or only looks as if it did. ``writer`` is the file."""

    session: Session
    element: str
    holds: bool
    at: int
    writer: str


def sessions(public: Path | None = None) -> Iterator[Marked]:
    """Every marked session; those of public corpora only where their folder is given."""
    rows = [json.loads(line) for line in MARKED.read_text(encoding="utf-8").splitlines()]
    known = {t.session.name: t.session for folder in _OURS for t in supervised.read(folder)}
    new = {t.session.name for t in supervised.read(_OURS[1], public)}
    if public:
        wanted = sorted({row["corpus"] for row in rows if row["corpus"]})
        known |= {example.name: words_of(example) for example in corpora.read(public, wanted)}
    for row in rows:
        if name := row["session"] if row["session"] in known else "":
            marks, differ = (_marks(row.get(field, ())) for field in ("marks", "open"))
            yield Marked(known[name], row["reader"], marks, differ, bool(row["corpus"]), name in new)


def _marks(rows: Sequence[tuple[int, int, int, Sequence[str]]]) -> tuple[Mark, ...]:
    return tuple(Mark(at, start, end, frozenset(kinds)) for at, start, end, kinds in rows)


_OURS = supervised.OURS, supervised.OURS / "unseen"


def exchanges(folder: Path = EXCHANGES) -> Iterator[Exchange]:
    """The exchanges in the files of a folder."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Exchange(_session(row), row["element"], row["holds"], row["at"], file.stem)


def _session(row: Mapping[str, Any]) -> Session:
    said = tuple(Utterance(n, speaker, text) for n, (speaker, text) in enumerate(row["lines"]))
    return Session("exchange", said).with_roles({s: SPEAKERS[s] for s, _ in row["lines"]}, 1.0, "written so")
