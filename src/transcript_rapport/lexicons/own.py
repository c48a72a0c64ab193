"""A user's own lexicons: TOML files of the shape of ours, checked before they are used. See docs/own-lexicons.md."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from transcript_rapport.codebook import codes
from transcript_rapport.errors import SettingsError
from transcript_rapport.lexicons import Entry, every, parsed

_NEEDED = ("id", "kind", "words", "why", "source", "instead")
_LISTS = ("words", "fires", "quiet")
_FLAGS = ("sure", "spoken")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def kinds() -> tuple[str, ...]:
    """The kinds an entry may have: jargon, and the codebook's kinds of judgment."""
    return "jargon", *(code.name for code in codes().values() if code.family == "judgment")


def texts(paths: Sequence[str]) -> tuple[str, ...]:
    """The lexicons in these files as TOML; a SettingsError says which entry of which file is wrong, and how.

    Entries are complete, no id stands twice, and the examples of every entry fire and stay quiet as they should.
    """
    found = tuple(map(_text, paths))
    first: dict[str, str] = {}
    for path, text in zip(paths, found, strict=True):
        for number, table in enumerate(_tables(path, text), 1):
            where = f"{path}: entry {table.get('id', number)!r}"
            for seen, expected in _problems(table):
                raise SettingsError(where, seen, expected, "see docs/own-lexicons.md")
            if table["id"] in first:
                raise SettingsError(where, f"the id stands in {first[table['id']]} already", "each id once", "")
            first[table["id"]] = path
    for path, text in zip(paths, found, strict=True):
        _hold_examples(path, parsed(text), found)
    return found


def checksums(paths: Sequence[str]) -> dict[str, str]:
    """File name → the beginning of its SHA-256, for ``made_with``."""
    return {Path(path).name: sha256(_text(path).encode()).hexdigest()[:16] for path in paths}


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(path, error.strerror or "it cannot be opened", "a lexicon", "check --lexicon") from None
    except UnicodeDecodeError:
        raise SettingsError(path, "not UTF-8", "a lexicon as TOML", "save it as UTF-8") from None


def _tables(path: str, text: str) -> list[dict[str, Any]]:
    try:
        tables = tomllib.loads(text).get("entry")
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(path, f"not TOML ({error})", "tables that begin with [[entry]]") from None
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SettingsError(path, "no entry", "tables that begin with [[entry]]", "see docs/own-lexicons.md")
    return tables


def _problems(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with an entry: what was seen, and what was expected."""
    known = [field.name for field in fields(Entry)]
    for name in _NEEDED:
        if not table.get(name):
            yield f"{name} is missing", f"{name} = …"
    for name, value in table.items():
        if name not in known:
            yield f"unknown key {name!r}", f"one of {', '.join(known)}"
        elif name in _LISTS:
            if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
                yield f"{name} = {value!r}", "a list of texts"
        elif name == "plain":
            yield from _plain_problems(value, table.get("words"))
        elif not isinstance(value, bool if name in _FLAGS else str):
            yield f"{name} = {value!r}", "true or false" if name in _FLAGS else "a text in quotes"
    if not _ID.fullmatch(str(table.get("id"))):
        yield f"id = {table.get('id')!r}", "small letters, numbers and hyphens, such as safety-plan"
    if table.get("kind") not in kinds():
        yield f"kind = {table.get('kind')!r}", f"one of {', '.join(kinds())}"


def _plain_problems(value: Any, words: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the wordings for single words: each stands beside words of the entry."""
    if not isinstance(value, dict) or not all(isinstance(told, str) and told.strip() for told in value.values()):
        yield f"plain = {value!r}", "a table of words and their plain words"
    elif isinstance(words, list) and (unknown := {w for said in value for w in said.split(", ")} - set(words)):
        yield f"plain names {min(unknown)!r}", "words of the entry"


def _hold_examples(path: str, entries: Sequence[Entry], own: tuple[str, ...]) -> None:
    for entry in entries:
        for wanted, examples in ((True, entry.fires), (False, entry.quiet)):
            for example in examples:
                there = any(m.entry.id == entry.id for m in every(entry.kind.partition(".")[0], example, own))
                if there != wanted:
                    does, ought = ("does not fire", "that it fires") if wanted else ("fires", "that it stays quiet")
                    seen = f"its words and its example {example!r} do not fit: it {does}"
                    raise SettingsError(f"{path}: entry {entry.id!r}", seen, ought, "change the words or the example")
