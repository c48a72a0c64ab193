"""Whisper and its relatives: openai-whisper, WhisperX, faster-whisper, whisper-timestamped, whisper.cpp, transformers.

All list segments with seconds and, where asked, words; WhisperX adds speakers to either.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

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

_OF_SEGMENTS = {"seek", "tokens", "avg_logprob", "no_speech_prob", "compression_ratio", "temperature"}
_OF_INFO = {"language_probability", "all_language_probs", "transcription_options", "duration_after_vad"}


def form(document: object) -> str:
    """``WhisperX``, ``Whisper``, ``faster-whisper``, ``whisper-timestamped``, ``whisper.cpp`` or empty."""
    if inside(document, "transcription", 0, "offsets") is not None:
        return "whisper.cpp"
    segments = _segments(document)
    if not segments and _chunks(document):
        return "Whisper (transformers)"
    if not segments or not all("text" in row and "start" in row and "end" in row for row in segments):
        return ""
    word = next((word for row in segments for word in rows(row.get("words"))), None)
    keys = set(document) if isinstance(document, dict) else set()
    of_word = set(word or ())
    if "word_segments" in keys or "score" in of_word:
        return "WhisperX"
    if {"confidence", "text"} <= of_word:
        return "whisper-timestamped"
    return "OpenAI" if inside(segments, 0, "type") == "transcript.text.segment" else _plain(segments, keys, of_word)


def words(document: object) -> list[Word]:
    """The words of every segment, or the segments where they have none."""
    segments = _segments(document) or _chunks(document) or _cpp(document)
    shared = _words({"words": inside(document, "words")})
    if shared and not any(row.get("words") for row in segments):
        return _shared_out(segments, shared)
    return [word for row in segments for word in _segment(row, _words(row))]


def _plain(segments: Sequence[Object], keys: set[str], of_word: set[str]) -> str:
    """Which of those that write the same segments, told by what stands beside them."""
    if not (_OF_SEGMENTS & set(segments[0]) or {"word", "probability"} <= of_word):
        # Rows of words and times alone; with speakers, any program may have written them.
        return "Whisper" if {"language"} <= keys <= {"language", "segments", "text"} and _nobody(segments) else ""
    return "Whisper" if "text" in keys and not keys & _OF_INFO else "faster-whisper"


def _nobody(segments: Sequence[Object]) -> bool:
    return not any("speaker" in row for row in segments)


def _segments(document: object) -> list[Object]:
    return rows(document) or rows(inside(document, "segments"))


def _chunks(document: object) -> list[Object]:
    """The phrases that transformers' pipeline writes, with a pair of times; those with speakers where there are any."""
    for key in ("speakers", "chunks"):
        found = rows(inside(document, key))
        if found and all(isinstance(row.get("timestamp"), list) and "text" in row for row in found):
            return [{**row, "start": inside(row, "timestamp", 0), "end": inside(row, "timestamp", 1)} for row in found]
    return []


def _cpp(document: object) -> list[Object]:
    found = rows(inside(document, "transcription"))
    return [
        {**row, "start_ms": inside(row, "offsets", "from"), "end_ms": inside(row, "offsets", "to")} for row in found
    ]


def _segment(row: Object, found: Sequence[Word]) -> list[Word]:
    """The words of a segment; its own times serve where its first or last word has none."""
    start, end = (
        moment(row[f"{name}_ms"], 1) if f"{name}_ms" in row else moment(row.get(name)) for name in ("start", "end")
    )
    who = speaker(row.get("speaker"))
    own = Word("", start, end, who)
    if not any(word.speaker for word in found):
        found = [replace(word, speaker=who) for word in found]
    if found and found[0].start_ms is None:
        found = [replace(found[0], start_ms=start), *found[1:]]
    if found and found[-1].end_ms is None:
        found = [*found[:-1], replace(found[-1], end_ms=end)]
    return spread(text(row.get("text")), found, own)


def _words(row: Object) -> list[Word]:
    listed = [(word, text(either(word, "word", "text"))) for word in rows(row.get("words"))]
    spaced = any(written.startswith(" ") for _, written in listed)  # Then a word without one belongs to the last.
    return [
        Word(
            written.strip(),
            moment(word.get("start")),
            moment(word.get("end")),
            speaker(word.get("speaker")),
            glued=spaced and not written.startswith(" "),
        )
        for word, written in listed
    ]


def _shared_out(segments: Sequence[Object], found: Sequence[Word]) -> list[Word]:
    """Words listed beside the segments, each given to the segment in which it starts."""
    starts = [moment(row.get("start")) or 0 for row in segments]
    members: list[list[Word]] = [[] for _ in segments]
    place = 0
    for word in found:
        place = place if word.start_ms is None else max(0, bisect_right(starts, word.start_ms) - 1)
        members[place].append(word)
    return [word for row, inner in zip(segments, members, strict=True) for word in _segment(row, inner)]
