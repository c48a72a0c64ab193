"""Sessions that somebody has read as a supervisor would: what to try first, what fell short, what was done well.

Files of JSON lines, a session a line (``corpora/supervision``). A session of ours holds its ``lines``; of a public
corpus only the places are held, and its words are read from a folder of corpora.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from transcript_rapport.errors import CorpusError
from transcript_rapport.session import Session, Utterance
from transcript_rapport.training import corpora
from transcript_rapport.training.coded import SPEAKERS
from transcript_rapport.training.examples import session as words_of

OURS = corpora.OURS / "supervision"
"""Where our readings lie."""
OPENING = "opening"
"""What is passed over stands at the client's words; all else that falls short at the practitioner's."""
NEAR = 1
"""Utterances that two places may lie apart and mean the same: a feeling and the answer to it."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a supervisor says of an utterance, or of several; ``at`` is empty for the session as a whole."""

    kind: str
    at: frozenset[int]

    def holds(self, utterance: int | None) -> bool:
        """Whether an utterance is meant, or one next to it; a place for the whole session holds every one."""
        return not self.at or (utterance is not None and any(abs(utterance - at) <= NEAR for at in self.at))


@dataclass(frozen=True)
class Supervised:
    """A session and what a supervisor says of it; ``reader`` is the file, so whoever wrote or read it."""

    session: Session
    reader: str
    first: tuple[Place, ...]
    also: tuple[Place, ...]
    lapses: tuple[Place, ...]
    arguable: tuple[Place, ...]
    praise: frozenset[int]
    no_praise: frozenset[int]

    @property
    def needs_nothing(self) -> bool:
        """Whether nothing to try is an answer that would do."""
        return any(place.kind == "none" for place in self.first)


def read(folder: Path, public: Path | None = None) -> list[Supervised]:
    """The sessions of every file of JSON lines in a folder; a CorpusError where there is none.

    ``public``: the folder of public corpora; without it, sessions of theirs are left out.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise CorpusError(str(folder), "there is no file of JSON lines", "*.jsonl", "check the path")
    rows = [(f.stem, json.loads(x)) for f in files for x in f.read_text(encoding="utf-8").splitlines() if x.strip()]
    known = _public(public, sorted({row["corpus"] for _, row in rows if "corpus" in row})) if public else {}
    return [_supervised(reader, row, known) for reader, row in rows if "lines" in row or row["name"] in known]


def _public(folder: Path, names: Sequence[str]) -> dict[str, Session]:
    return {example.name: words_of(example) for example in corpora.read(folder, names)}


def _supervised(reader: str, row: Mapping[str, Any], known: Mapping[str, Session]) -> Supervised:
    session = _ours(row) if "lines" in row else _first(known[row["name"]], row["read"])
    first, also = (tuple(Place(p["kind"], frozenset(p["at"])) for p in row[name]) for name in ("first", "also"))
    lapses, arguable = (tuple(dict.fromkeys(_single(session, row[name]))) for name in ("lapses", "arguable"))
    praise = frozenset(p["at"] for p in row["praise"])
    return Supervised(session, reader, first, also, lapses, arguable, praise, frozenset(row["not_praise"]))


def _ours(row: Mapping[str, Any]) -> Session:
    utterances = tuple(Utterance(n, speaker, text) for n, (speaker, text) in enumerate(row["lines"]))
    return Session(row["name"], utterances).with_roles({s: SPEAKERS[s] for s, _ in row["lines"]}, 1.0, "written so")


def _first(session: Session, read: int) -> Session:
    """As much of a session as was read."""
    return replace(session, utterances=session.utterances[:read])


def _single(session: Session, places: Sequence[Mapping[str, Any]]) -> Iterator[Place]:
    """Places of one utterance; an opening at the client's words, also where the answer to them was named."""
    for place in places:
        at = int(place["at"])
        answers = place["kind"] == OPENING and session.role_of(at) == "practitioner" and at > 0
        yield Place(place["kind"], frozenset([at - 1 if answers else at]))
