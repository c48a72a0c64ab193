"""Whisper and its relatives: openai-whisper, WhisperX, faster-whisper, whisper-timestamped, whisper.cpp, transformers.

All list segments with seconds and, where asked, words; WhisperX adds speakers to either.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import replace

from transcript_rapport.readers.recognised.node import Node
from transcript_rapport.readers.recognised.words import Word, spread

KEYS = {"segments", "chunks", "speakers", "transcription", "words", "seek"}
_OF_SEGMENTS = {"seek", "tokens", "avg_logprob", "no_speech_prob", "compression_ratio", "temperature"}
_OF_INFO = {"language_probability", "all_language_probs", "transcription_options", "duration_after_vad"}


def form(document: Node) -> str:
    """``WhisperX``, ``Whisper``, ``faster-whisper``, ``whisper-timestamped``, ``whisper.cpp`` or empty."""
    if document.at("transcription", 0, "offsets").value is not None:
        return "whisper.cpp"
    segments = _segments(document)
    if not segments and _chunks(document):
        return "Whisper (transformers)"
    if not segments or not all({"text", "start", "end"} <= row.fields.keys() for row in segments):
        return ""
    keys = document.fields.keys()
    of_word = next((word.fields.keys() for row in segments for word in row.rows("words")), set[str]())
    if "word_segments" in keys or "score" in of_word:
        return "WhisperX"
    if {"confidence", "text"} <= of_word:
        return "whisper-timestamped"
    return "OpenAI" if segments[0].text("type") == "transcript.text.segment" else _plain(segments, keys, of_word)


def words(document: Node) -> list[Word]:
    """The words of every segment, or the segments where they have none."""
    segments = _segments(document) or _chunks(document) or _cpp(document)
    shared = _words(document)
    if shared and not any(row.at("words") for row in segments):
        return _shared_out(segments, shared)
    return [word for row in segments for word in _segment(row, _words(row))]


def _plain(segments: Sequence[Node], keys: Set[str], of_word: Set[str]) -> str:
    """Which of those that write the same segments, told by what stands beside them."""
    if not (_OF_SEGMENTS & segments[0].fields.keys() or {"word", "probability"} <= of_word):
        # Rows of words and times alone; with speakers, any program may have written them.
        nobody = not any("speaker" in row.fields for row in segments)
        return "Whisper" if {"language"} <= keys <= {"language", "segments", "text"} and nobody else ""
    return "Whisper" if "text" in keys and not keys & _OF_INFO else "faster-whisper"


def _segments(document: Node) -> list[Node]:
    return document.rows() or document.rows("segments")


def _chunks(document: Node) -> list[Node]:
    """The phrases that transformers' pipeline writes, with a pair of times; those with speakers where there are any."""
    for key in ("speakers", "chunks"):
        found = document.rows(key)
        if found and all(isinstance(row.at("timestamp").value, list) and "text" in row.fields for row in found):
            return [_timed(row, start=row.at("timestamp", 0), end=row.at("timestamp", 1)) for row in found]
    return []


def _cpp(document: Node) -> list[Node]:
    found = document.rows("transcription")
    return [_timed(row, start_ms=row.at("offsets", "from"), end_ms=row.at("offsets", "to")) for row in found]


def _timed(row: Node, **times: Node) -> Node:
    return Node({**row.fields, **{name: time.value for name, time in times.items()}})


def _segment(row: Node, found: Sequence[Word]) -> list[Word]:
    """The words of a segment; its own times serve where its first or last word has none."""
    start, end = (
        row.moment(f"{name}_ms", unit_ms=1) if f"{name}_ms" in row.fields else row.moment(name)
        for name in ("start", "end")
    )
    own = Word("", start, end, row.speaker("speaker"))
    if not any(word.speaker for word in found):
        found = [replace(word, speaker=own.speaker) for word in found]
    if found and found[0].start_ms is None:
        found = [replace(found[0], start_ms=start), *found[1:]]
    if found and found[-1].end_ms is None:
        found = [*found[:-1], replace(found[-1], end_ms=end)]
    return spread(row.text("text"), found, own)


def _words(row: Node) -> list[Word]:
    listed = [(word, word.text("word", "text")) for word in row.rows("words")]
    spaced = any(written.startswith(" ") for _, written in listed)  # Then a word without one belongs to the last.
    return [
        Word(
            written.strip(),
            *word.span("start", "end"),
            word.speaker("speaker"),
            glued=spaced and not written.startswith(" "),
        )
        for word, written in listed
    ]


def _shared_out(segments: Sequence[Node], found: Sequence[Word]) -> list[Word]:
    """Words listed beside the segments, each given to the segment in which it starts."""
    starts = [row.moment("start") or 0 for row in segments]
    members: list[list[Word]] = [[] for _ in segments]
    place = 0
    for word in found:
        place = place if word.start_ms is None else max(0, bisect_right(starts, word.start_ms) - 1)
        members[place].append(word)
    return [word for row, inner in zip(segments, members, strict=True) for word in _segment(row, inner)]
