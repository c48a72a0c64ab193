"""Speechmatics (json-v2): words, entities and marks, each with its speaker or channel."""

from __future__ import annotations

from collections.abc import Iterator

from transcript_rapport.readers.recognised.words import Word, inside, moment, rows, speaker, text

_SPOKEN = ("word", "entity", "punctuation")


def form(document: object) -> str:
    """``Speechmatics`` where results have a type and alternatives with content."""
    spoken = [row for row in rows(inside(document, "results")) if row.get("type") in _SPOKEN]
    return "Speechmatics" if spoken and inside(spoken[0], "alternatives", 0, "content") is not None else ""


def words(document: object) -> list[Word]:
    """The words; marks are glued to the word they attach to."""
    return list(_words(document))


def _words(document: object) -> Iterator[Word]:
    to_next = False
    for row in rows(inside(document, "results")):
        best = inside(row, "alternatives", 0)
        if row.get("type") not in _SPOKEN or not isinstance(best, dict):
            continue
        attaches = text(row.get("attaches_to"))
        mark = row.get("type") == "punctuation"
        glued = to_next or attaches in {"previous", "both"}
        to_next = attaches in {"next", "both"}
        start, end = (None, None) if mark and glued else (moment(row.get("start_time")), moment(row.get("end_time")))
        who, channel = speaker(best.get("speaker")), speaker(row.get("channel"), "Channel")
        yield Word(text(best.get("content")), start, end, who, channel, glued=glued)
