"""Otter: transcripts of a speaker with an alignment of words; times are seconds, milliseconds or samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transcript_rapport.readers.recognised.words import (
    Object,
    Word,
    either,
    inside,
    moment,
    rows,
    speaker,
    spread,
    text,
)

# Exports differ in their unit and do not name it: seconds, milliseconds, or samples at 16 kHz.
_UNITS_MS = (1000.0, 1.0, 1 / 16)
_SLOWEST_MS = 15_000  # a word; at fewer than four words a minute the unit was a smaller one


def form(document: object) -> str:
    """``Otter`` where transcripts have offsets."""
    found = _transcripts(document)
    return "Otter" if found and "transcript" in found[0] and "start_offset" in found[0] else ""


def words(document: object) -> list[Word]:
    """The words of every transcript, or it whole; speakers have their names where the file gives them."""
    found = _transcripts(document)
    listed = rows(inside(document, "speech", "speakers")) or rows(inside(document, "speakers"))
    names = {text(row.get("id")): speaker(either(row, "speaker_name", "name")) for row in listed}
    unit = _unit(found, "end_offset", sum(len(text(row.get("transcript")).split()) for row in found))
    aligned = [word for row in found for word in rows(row.get("alignment"))]
    word_unit = _unit(aligned, "end", len(aligned))
    return [word for row in found for word in _transcript(row, names, unit, word_unit)]


def _transcripts(document: object) -> list[Object]:
    return rows(inside(document, "speech", "transcripts")) or rows(inside(document, "transcripts"))


def _unit(found: Sequence[Object], key: str, words: int) -> float:
    """The largest unit in which the talk is not impossibly slow."""
    ends = [ms for row in found if (ms := moment(row.get(key), 1)) is not None]
    longest = max(words, 1) * _SLOWEST_MS
    return next((unit for unit in _UNITS_MS if max(ends, default=0) * unit <= longest), _UNITS_MS[-1])


def _transcript(row: Object, names: Mapping[str, str], unit: float, word_unit: float) -> list[Word]:
    given = speaker(either(row, "speaker_name", "speaker"))
    label = text(either(row, "speaker_id", "speaker_model_label", "label"))
    who = given or names.get(label, "") or speaker(label)
    own = Word("", moment(row.get("start_offset"), unit), moment(row.get("end_offset"), unit), who)
    found = [
        Word(text(word.get("word")), moment(word.get("start"), word_unit), moment(word.get("end"), word_unit), who)
        for word in rows(row.get("alignment"))
    ]
    return spread(text(row.get("transcript")), found, own)
