"""Otter: transcripts of a speaker with an alignment of words; times are seconds, milliseconds or samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transcript_rapport.readers.recognised.node import Node, label
from transcript_rapport.readers.recognised.words import Word, spread

KEYS = {"transcripts"}
# Exports differ in their unit and do not name it: seconds, milliseconds, or samples at 16 kHz.
_UNITS_MS = (1000.0, 1.0, 1 / 16)
_SLOWEST_MS = 15_000  # a word; at fewer than four words a minute the unit was a smaller one


def form(document: Node) -> str:
    """``Otter`` where transcripts have offsets."""
    first = next(iter(_transcripts(document)), Node())
    return "Otter" if {"transcript", "start_offset"} <= first.fields.keys() else ""


def words(document: Node) -> list[Word]:
    """The words of every transcript, or it whole; speakers have their names where the file gives them."""
    found = _transcripts(document)
    listed = document.rows("speech", "speakers") or document.rows("speakers")
    names = {row.text("id"): row.speaker("speaker_name", "name") for row in listed}
    unit = _unit(found, "end_offset", sum(len(row.text("transcript").split()) for row in found))
    aligned = [word for row in found for word in row.rows("alignment")]
    word_unit = _unit(aligned, "end", len(aligned))
    return [word for row in found for word in _transcript(row, names, unit, word_unit)]


def _transcripts(document: Node) -> list[Node]:
    return document.rows("speech", "transcripts") or document.rows("transcripts")


def _unit(found: Sequence[Node], key: str, words: int) -> float:
    """The largest unit in which the talk is not impossibly slow."""
    ends = [ms for row in found if (ms := row.moment(key, unit_ms=1)) is not None]
    longest = max(words, 1) * _SLOWEST_MS
    return next((unit for unit in _UNITS_MS if max(ends, default=0) * unit <= longest), _UNITS_MS[-1])


def _transcript(row: Node, names: Mapping[str, str], unit: float, word_unit: float) -> list[Word]:
    number = row.text("speaker_id", "speaker_model_label", "label")
    who = row.speaker("speaker_name", "speaker") or names.get(number, "") or label(number)
    own = Word("", *row.span("start_offset", "end_offset", unit), who)
    found = [Word(word.text("word"), *word.span("start", "end", word_unit), who) for word in row.rows("alignment")]
    return spread(row.text("transcript"), found, own)
