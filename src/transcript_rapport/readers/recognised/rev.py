"""Rev and Rev.ai: monologues of a speaker, made of words and of the marks and spaces between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transcript_rapport.readers.recognised.node import Node
from transcript_rapport.readers.recognised.words import Word

KEYS = {"monologues"}
_JOINTS = frozenset("-–'’/&@_.")


def form(document: Node) -> str:
    """``Rev.ai`` where monologues have elements."""
    return "Rev.ai" if any(row.rows("elements") for row in document.rows("monologues")) else ""


def words(document: Node) -> list[Word]:
    """The words of the monologues; speakers have their names where the file gives them."""
    names = {row.text("id"): row.speaker("name") for row in document.rows("speakers")}
    return [word for row in document.rows("monologues") for word in _monologue(row, names)]


def _monologue(row: Node, names: Mapping[str, str]) -> Iterator[Word]:
    shown = row.at("speaker_info").speaker("display_name")
    who = shown or names.get(row.text("speaker"), "") or row.speaker("speaker")
    begins, above = True, " "  # What stands above: the mark before a word; empty after a word.
    for element in row.rows("elements"):
        written = element.text("value")
        if not written.strip():
            above = written or above
            continue
        is_word = element.text("type") != "punct"
        glued = not above.endswith((" ", "\n")) and (not is_word or above in _JOINTS) and not begins
        yield Word(written.strip(), *element.span("ts", "end_ts"), who, begins=begins, glued=glued)
        begins, above = False, "" if is_word else written
