"""A researcher's own labels: a folder of CSV files, of examples or of whole coded transcripts.

A table with a column for the speaker is a transcript, read as ``rapport analyse`` reads it; any other holds examples,
one a row. See docs/own-codes.md.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from transcript_rapport import readers, roles
from transcript_rapport.across.human import table
from transcript_rapport.coder.tasks import ROLES, code_name
from transcript_rapport.errors import ReadError, SettingsError
from transcript_rapport.readers.columns import find, plain
from transcript_rapport.session import Role, Session, Utterance

MEANINGS = "codes.toml"
"""The file beside the tables that says in a sentence what each code means."""
NONE = ("", "none", "n/a")
"""Cells that say: none of the codes."""

_OTHER: Mapping[Role, Role] = {"practitioner": "client", "client": "practitioner"}
_SPEAKER: Mapping[Role, str] = {"practitioner": "Practitioner", "client": "Client"}


@dataclass(frozen=True)
class Talk:
    """Some talk in which some utterances were labelled: ``codes`` maps their indices to the codes given.

    ``session`` names what stays together when the figures are made; empty where that is unknown.
    """

    talk: Session
    codes: Mapping[int, frozenset[str]]
    session: str = ""


@dataclass(frozen=True)
class Labelled:
    """All the talk of a folder, what its codes mean, and the share of statements with each, where that is said."""

    talks: tuple[Talk, ...]
    meanings: Mapping[str, str]
    shares: Mapping[str, float] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that was given at least once, in order of appearance."""
        given = (sorted(codes) for talk in self.talks for codes in talk.codes.values())
        return tuple(dict.fromkeys(code for codes in given for code in codes))


def read(folder: str | Path) -> Labelled:
    """The labelled talk of every CSV in ``folder``; a ReadError or SettingsError says which file and line is wrong."""
    path = Path(folder)
    if not path.is_dir():
        raise SettingsError("--task", f"there is no folder {folder}", "a folder of CSV files", "check the path")
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in (".csv", ".tsv"))
    if not files:
        raise SettingsError(str(folder), "no CSV file lies in it", "tables with columns text and code")
    told = _told(path / MEANINGS)
    shares = {name: table["share"] for name, table in told.items() if "share" in table}
    meanings = {name: " ".join(table["meaning"].split()) for name, table in told.items()}
    return Labelled(tuple(talk for file in files for talk in _talks(file)), meanings, shares)


def _told(path: Path) -> dict[str, dict[str, Any]]:
    """Code → its table; a plain sentence is its meaning."""
    if not path.exists():
        return {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), f"not TOML ({error})", 'lines such as metaphor = "It says …"') from None
    tables = {name: {"meaning": held} if isinstance(held, str) else held for name, held in raw.items()}
    for name, held in tables.items():
        meaning, share = (held.get(key) for key in ("meaning", "share")) if isinstance(held, dict) else (None, None)
        if not isinstance(meaning, str) or not meaning.strip():
            raise SettingsError(str(path), f"{name} has no meaning", f'{name} = "It says …"', "see docs/own-codes.md")
        if share is not None and not (isinstance(share, float) and 0 < share < 1):
            raise SettingsError(
                str(path), f"the share of {name} is {share!r}", "a number between 0 and 1, such as 0.03"
            )
    return {code_name(name, str(path)): held for name, held in tables.items()}


def _talks(path: Path) -> Iterator[Talk]:
    held = table(path)
    names = {plain(name): name for name in held.fieldnames or ()}
    code = names.get("code", names.get("codes"))
    known = find([name for name in names if name not in ("role", "before")])
    if code is None or known.text is None:
        seen = f"columns {', '.join(held.fieldnames or ()) or 'none'}"
        raise ReadError(str(path), seen, "columns text and code", "see docs/own-codes.md")
    if known.speaker:
        yield from _transcript(path, [(n, row[names[known.text]], row[code]) for n, row in enumerate(held, 2)])
    else:
        yield from _examples(path, held, {**names, "text": names[known.text]}, code)


def _given(cell: str | None, where: str) -> frozenset[str]:
    parts = (part.strip() for part in re.split(r"[;|]", cell or ""))
    return frozenset(code_name(part, where) for part in parts if part.lower() not in NONE)


def _examples(path: Path, held: csv.DictReader[str], names: Mapping[str, str], code: str) -> Iterator[Talk]:
    for n, row in enumerate(held, 2):
        where = f"{path}:{n}"
        cells = {key: " ".join((row.get(name) or "").split()) for key, name in names.items()}
        if cells["text"]:
            role = _role(cells.get("role", ""), where)
            said = [(_OTHER[role], cells["before"])] if cells.get("before") else []
            session = cells.get("session", "")
            yield _talk([*said, (role, cells["text"])], _given(row[code], where), session)


def _role(cell: str, where: str) -> Role:
    role = next((role for role in ROLES if role == (cell.lower() or "practitioner")), None)
    if role is None:
        raise ReadError(where, f"role is {cell!r}", "practitioner or client", "leave it empty for practitioner")
    return role


def _talk(said: Sequence[tuple[Role, str]], codes: frozenset[str], session: str) -> Talk:
    spoken = tuple(Utterance(n, _SPEAKER[role], text) for n, (role, text) in enumerate(said))
    named: dict[str, Role] = {_SPEAKER[role]: role for role, _ in said}
    return Talk(Session(session, spoken).with_roles(named, 1.0, "said by the table"), {len(said) - 1: codes}, session)


def _transcript(path: Path, rows: Sequence[tuple[int, str | None, str | None]]) -> Iterator[Talk]:
    """A coded transcript: each row's codes go to the utterance with its words, in order of the file."""
    sessions = [roles.assign(session) for session in readers.read(path)]
    free: dict[str, deque[tuple[int, int]]] = defaultdict(deque)
    for at, session in enumerate(sessions):
        for utterance in session:
            free[_squeezed(utterance.text)].append((at, utterance.index))
    codes: list[dict[int, frozenset[str]]] = [{} for _ in sessions]
    for n, text, cell in rows:
        words = _squeezed(text or "")
        if words and not free[words]:
            seen = "these words are no utterance of the transcript"
            raise ReadError(f"{path}:{n}", seen, "one row an utterance", "see docs/own-codes.md")
        if words:
            at, index = free[words].popleft()
            codes[at][index] = _given(cell, f"{path}:{n}")
    for session, given in zip(sessions, codes, strict=True):
        yield Talk(session, given, session.name)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
