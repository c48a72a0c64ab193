"""What the speakers' labels say about their roles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from transcript_rapport.session import Role

Table = Mapping[str, Mapping[str, list[str]]]
_ANYBODY = frozenset("a lead my name participant person spk speaker student the trainee unknown voice".split())

_INTERPRETER = re.compile(r"\b(?:interpreter|translator)\b")


@cache
def _table() -> Table:
    table: Table = tomllib.loads(files(__package__).joinpath("labels.toml").read_text(encoding="utf-8"))
    return table


@cache
def _pattern(group: str, role: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _table()[group][role]))})\b")


def said_by(labels: Iterable[str]) -> dict[str, Role]:
    """The roles the labels themselves name; a label that says nothing is left out.

    Words come first, abbreviations only beside their counterparts, and whoever may stand in for a
    practitioner (an interviewer, a researcher) is one where nobody else is.
    """
    labels = tuple(labels)
    said: dict[str, Role] = {label: role for label in labels if (role := _by_words(label))}
    open_stems = {label: stem for label in labels if label not in said and (stem := _stem(label))}
    said.update(_by_letters(open_stems, said))
    for label, stem in open_stems.items():
        if label not in said and _stands_in(stem):
            said[label] = "other" if "practitioner" in said.values() else "practitioner"
    return said


def interprets(label: str) -> bool:
    """Whether a label names an interpreter: the client's voice where the client's own words do not stand."""
    return bool(_INTERPRETER.search(_stem(label)))


def names_nobody(label: str) -> bool:
    """Whether a label says what somebody is and not who: "Therapist", "T", "Speaker 1", but not "Dr Lee".

    Two sessions with such a label need not be with the same person.
    """
    left = _stem(label)
    for group, role in (("words", "practitioner"), ("words", "client"), ("words", "other"), ("titles", "practitioner")):
        left = _pattern(group, role).sub(" ", left)
    letters = {short for role in _table()["letters"].values() for short in role}
    vague = {*letters, *_table()["stand_ins"]["words"], *_table()["stand_ins"]["letters"], *_ANYBODY}
    words = left.split()
    return all(word in vague for word in words) or (len(words) == 1 and len(words[0]) == 1)


def _by_words(label: str) -> Role | None:
    """The role a label's own words name: outside brackets first, then inside, then a title."""
    inside = " ".join(re.findall(r"[(\[](.*?)[)\]]", label))
    outside = re.sub(r"[(\[].*?[)\]]", " ", label)
    for part in (outside, inside):
        found = [
            (hit.end(), role) for role in ("practitioner", "client", "other") for hit in _hits("words", role, part)
        ]
        if found:
            return max(found)[1]  # type: ignore[return-value]
    return "practitioner" if any(_hits("titles", "practitioner", part) for part in (outside, inside)) else None


def _hits(group: str, role: str, text: str) -> list[re.Match[str]]:
    return list(_pattern(group, role).finditer(_stem(text)))


def _stem(label: str) -> str:
    """The label in lower-case words, without numbers, owners ("patient's …") and what follows "of", "for" …"""
    words = re.sub(r"\w+['’]s\b", " ", label.casefold())
    words = re.sub(r"\b(?:of|for|via|with|to)\b.*", " ", words)
    return " ".join(re.findall(r"[^\W\d_]+", words))


def _by_letters(stems: Mapping[str, str], said: Mapping[str, Role]) -> dict[str, Role]:
    """Roles of abbreviated labels: believed only where the two sides are both there."""
    table = _table()["letters"]
    found: dict[str, Role] = {}
    for label, stem in stems.items():
        if stem in table["practitioner"]:
            found[label] = "practitioner"
        elif stem in table["client"]:
            found[label] = "client"
    sides = {*found.values(), *said.values()}
    stand_in = any(map(_stands_in, stems.values()))
    return found if {"practitioner", "client"} <= sides or (stand_in and "client" in sides) else {}


def _stands_in(stem: str) -> bool:
    alike = _table()["stand_ins"]
    return stem in alike["letters"] or stem.endswith(tuple(alike["words"]))
