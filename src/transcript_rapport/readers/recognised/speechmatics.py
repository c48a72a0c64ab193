"""Speechmatics (json-v2): words, entities and marks, each with its speaker or channel."""

from __future__ import annotations

from transcript_rapport.readers.recognised.node import Node
from transcript_rapport.readers.recognised.words import Word

KEYS = {"results"}
_SPOKEN = ("word", "entity", "punctuation")


def form(document: Node) -> str:
    """``Speechmatics`` where results have a type and alternatives with content."""
    first = next((row for row in document.rows("results") if row.text("type") in _SPOKEN), Node())
    return "Speechmatics" if first.at("alternatives", 0, "content").value is not None else ""


def words(document: Node) -> list[Word]:
    """The words; marks are glued to the word they attach to."""
    found, to_next = list[Word](), False
    for row in document.rows("results"):
        kind, best, attaches = row.text("type"), row.at("alternatives", 0), row.text("attaches_to")
        if kind not in _SPOKEN or not isinstance(best.value, dict):
            continue
        glued = to_next or attaches in {"previous", "both"}
        to_next = attaches in {"next", "both"}
        mark = kind == "punctuation" and glued
        start, end = (None, None) if mark else row.span("start_time", "end_time")
        who, channel = best.speaker("speaker"), row.channel("channel")
        found.append(Word(best.text("content"), start, end, who, channel, glued=glued))
    return found
