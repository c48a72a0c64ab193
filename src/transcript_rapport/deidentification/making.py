"""What is said of how a report was made, without people and folders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath

_PEOPLE = {"practitioner": "named by the user", "consent": "confirmed; the name is withheld"}


def withheld(made: Mapping[str, object]) -> dict[str, object]:
    """``made_with`` of a report without what points to people: who was named, and the folders of files."""
    return {_last(name): _PEOPLE[name] if held and name in _PEOPLE else _plain(held) for name, held in made.items()}


def _plain(held: object) -> object:
    if isinstance(held, str):
        return _last(held)
    if isinstance(held, Mapping):
        return withheld({str(name): value for name, value in held.items()})
    if isinstance(held, list | tuple):
        return [_plain(item) for item in held]
    return held


def _last(text: str) -> str:
    """The last part of a path, which may lie in somebody's folder; other text as it is."""
    return PureWindowsPath(PurePosixPath(text).name).name if "/" in text or "\\" in text else text
