"""Deepgram: utterances where they were asked for, else the words of each channel, broken at its paragraphs."""

from __future__ import annotations

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


def form(document: object) -> str:
    """``Deepgram`` where channels with alternatives stand under ``results``."""
    return "Deepgram" if rows(inside(document, "results", "channels", 0, "alternatives")) else ""


def words(document: object) -> list[Word]:
    """The words of the utterances, or of the channels where those hold more."""
    listed = rows(inside(document, "results", "utterances"))
    uttered = [word for row in listed for word in _phrase(row, "transcript", _channel(row.get("channel")))]
    channels = rows(inside(document, "results", "channels"))
    heard = [word for place, channel in enumerate(channels) for word in _of_channel(channel, _channel(place))]
    return uttered if uttered and _length(uttered) >= _length(heard) else heard


def _length(found: Sequence[Word]) -> int:
    return sum(len(word.text.split()) for word in found)


def _channel(value: object) -> str:
    """The label of a channel; utterances say ``[1, 2]``: the first of two."""
    return speaker(inside(value, 0) if isinstance(value, list) else value, "Channel")


def _phrase(row: Object, key: str, channel: str) -> list[Word]:
    """The words of an utterance or sentence, or it as a whole."""
    who = speaker(row.get("speaker"))
    own = Word("", moment(row.get("start")), moment(row.get("end")), who, channel)
    found = _words(row.get("words"), channel)
    return spread(text(row.get(key)), [word if word.speaker else replace(word, speaker=who) for word in found], own)


def _words(listed: object, channel: str) -> list[Word]:
    return [
        Word(
            text(either(row, "punctuated_word", "word")),
            moment(row.get("start")),
            moment(row.get("end")),
            speaker(row.get("speaker")),
            channel,
        )
        for row in rows(listed)
    ]


def _of_channel(row: Object, channel: str) -> list[Word]:
    best = inside(row, "alternatives", 0)
    paragraphs = rows(inside(best, "paragraphs", "paragraphs"))
    starts = {moment(paragraph.get("start")) for paragraph in paragraphs}
    found = _words(inside(best, "words"), channel)
    if found:
        return [replace(word, begins=word.start_ms in starts) for word in found]
    sentences = [
        {"speaker": paragraph.get("speaker"), **sentence}
        for paragraph in paragraphs
        for sentence in rows(paragraph.get("sentences"))
    ]
    listed = sentences or [{"text": inside(best, "transcript")}]
    return [word for sentence in listed for word in _phrase(sentence, "text", channel)]
