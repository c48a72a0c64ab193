"""Recognisers that only list words with speakers: Amberscript, Soniox, Picovoice and their like."""

from __future__ import annotations

from collections.abc import Mapping

from transcript_rapport.readers.recognised.node import Node
from transcript_rapport.readers.recognised.words import Word

KEYS = {"words", "tokens"}
_SPEAKER = ("speaker", "speaker_id", "speaker_tag", "speakerTag", "speaker_label")


def form(document: Node) -> str:
    """``word list`` where words, alone or in segments without text, have times and speakers."""
    every = [(segment, word) for segment in _segments(document) for word in _listed(segment)]
    timed = all(word.text("word", "text") and _span(word)[0] is not None for _, word in every)
    named = any(row.first(*_SPEAKER).value is not None for pair in every for row in pair)
    return "word list" if every and timed and named else ""


def words(document: Node) -> list[Word]:
    """The words; a word without a speaker is its segment's, a word without a space belongs to the one before."""
    listed = document.rows("speakers")
    names = {row.text("spkid", "id", "speaker"): row.speaker("name", "label") for row in listed}
    return [word for segment in _segments(document) for word in _words(segment, names)]


def _segments(document: Node) -> list[Node]:
    """The segments, where they have words and no text of their own; else the document itself."""
    found = document.rows("segments")
    return [document] if not found else found if not any("text" in row.fields for row in found) else []


def _listed(segment: Node) -> list[Node]:
    return segment.rows("words") or segment.rows("tokens")


def _words(segment: Node, names: Mapping[str, str]) -> list[Word]:
    rows, found = _listed(segment), list[Word]()
    spaced = any(row.text("word", "text").startswith(" ") for row in rows)
    for row in rows:
        written = row.text("word", "text")
        own = row if row.first(*_SPEAKER).value is not None else segment
        who = names.get(own.text(*_SPEAKER), "") or own.speaker(*_SPEAKER)
        goes_on = bool(found) and found[-1].speaker == who
        glued = spaced and goes_on and not written.startswith(" ")
        found.append(Word(written.strip(), *_span(row), who, begins=not goes_on, glued=glued))
    return found


def _span(row: Node) -> tuple[int | None, int | None]:
    if "start_ms" in row.fields:
        return row.span("start_ms", "end_ms", unit_ms=1)
    start, end = (row.moment(name, f"{name}_sec", f"{name}_time", f"{name}Time") for name in ("start", "end"))
    return start, end
