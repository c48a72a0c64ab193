"""Turns of phrase as data: what a module listens for stands in a TOML table beside it, under the module's name.

A table holds named patterns, each with

- ``about``: in one line, what it is for;
- ``words``: what shows it, one idea a line, found as whole words only;
- ``anywhere``: the same for what is no whole word, such as ``n't``;
- ``before`` and ``after``: what has to stand directly around ``words``;
- ``fires`` and ``quiet``: invented examples that must and must not match, which ``tests/test_patterns.py`` holds.

A line may be plain words or a regular expression; a line ``not before …`` under it names words that must not come next.
``{name}`` stands for any line of ``name`` under ``[pieces]``, or for another pattern of the table. All is in lower
case, and a straight apostrophe stands for a curly one too.
"""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

_NAMED = re.compile(r"\{([a-z_]+)\}")
_NOT_BEFORE = "not before "


class Patterns(dict[str, re.Pattern[str]]):
    """The patterns of one table by name: the file is read when the first is asked for, and each compiled once."""

    def __init__(self, path: Path, flags: re.RegexFlag = re.NOFLAG) -> None:
        super().__init__()
        self.path, self.flags = path, flags

    @cached_property
    def table(self) -> dict[str, dict[str, Any]]:
        """The table as it stands in the file, ``pieces`` among it."""
        return tomllib.loads(self.path.read_text(encoding="utf-8"))

    def __missing__(self, name: str) -> re.Pattern[str]:
        self[name] = re.compile(self._expression(name).replace("'", "['’]"), self.flags)
        return self[name]

    def _expression(self, name: str) -> str:
        """One piece or pattern as a regular expression, with what it names filled in."""
        pieces = self.table.get("pieces", {})
        written = _either(pieces[name]) if name in pieces else _written(self.table[name])
        return _NAMED.sub(lambda found: f"(?:{self._expression(found[1])})", written)


def beside(module: str, flags: re.RegexFlag = re.NOFLAG) -> Patterns:
    """The patterns of the module whose ``__file__`` this is.

    They are searched in lower case (``lexicons.plain``, by far the faster way), or with ``re.IGNORECASE`` in any text.
    """
    return Patterns(Path(module).with_suffix(".toml"), flags)


def whole(lines: str) -> str:
    """Any of these lines as whole words, as a regular expression."""
    return rf"\b(?:{_either(lines)})\b"


def _written(entry: dict[str, Any]) -> str:
    """A pattern with the names in it as they stand."""
    ways: list[str] = []
    if "words" in entry:
        ways.append(f"{entry.get('before', '')}{whole(entry['words'])}{entry.get('after', '')}")
    if "anywhere" in entry:
        ways.append(_either(entry["anywhere"]))
    return "|".join(ways)


def _either(lines: str) -> str:
    """Any of these lines, each with what must not come next."""
    ways: list[str] = []
    for line in map(str.strip, lines.strip().splitlines()):
        if line.startswith(_NOT_BEFORE):
            ways[-1] = rf"(?:{ways[-1]})(?! (?:{line.removeprefix(_NOT_BEFORE)})\b)"
        else:
            ways.append(line)
    return "|".join(ways)
