"""Deepgram: utterances where they were asked for, else the words of each channel, broken at its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transcript_rapport.readers.recognised.node import Node
from transcript_rapport.readers.recognised.words import Word, spread

KEYS = {"results", "channels"}


def form(document: Node) -> str:
    """``Deepgram`` where channels with alternatives stand under ``results``."""
    return "Deepgram" if document.rows("results", "channels", 0, "alternatives") else ""


def words(document: Node) -> list[Word]:
    """The words of the utterances, or of the channels where those hold more."""
    listed = document.rows("results", "utterances")
    # Utterances say ``[1, 2]``: the first of two channels.
    placed = ((row, row.at("channel", 0).channel() or row.channel("channel")) for row in listed)
    uttered = [word for row, channel in placed for word in _phrase(row, "transcript", channel)]
    channels = enumerate(document.rows("results", "channels"))
    heard = [word for place, row in channels for word in _of_channel(row, f"Channel {place}")]
    return uttered if uttered and _length(uttered) >= _length(heard) else heard


def _length(found: Sequence[Word]) -> int:
    return sum(len(word.text.split()) for word in found)


def _phrase(row: Node, key: str, channel: str) -> list[Word]:
    """The words of an utterance or sentence, or it as a whole."""
    own = Word("", *row.span("start", "end"), row.speaker("speaker"), channel)
    found = [replace(word, speaker=word.speaker or own.speaker) for word in _words(row, channel)]
    return spread(row.text(key), found, own)


def _words(row: Node, channel: str) -> list[Word]:
    return [
        Word(word.text("punctuated_word", "word"), *word.span("start", "end"), word.speaker("speaker"), channel)
        for word in row.rows("words")
    ]


def _of_channel(row: Node, channel: str) -> list[Word]:
    best = row.at("alternatives", 0)
    paragraphs = best.rows("paragraphs", "paragraphs")
    starts = {paragraph.moment("start") for paragraph in paragraphs}
    found = _words(best, channel)
    if found:
        return [replace(word, begins=word.start_ms in starts) for word in found]
    sentences = [
        Node({"speaker": paragraph.fields.get("speaker"), **sentence.fields})
        for paragraph in paragraphs
        for sentence in paragraph.rows("sentences")
    ]
    listed = sentences or [Node({"text": best.fields.get("transcript")})]
    return [word for sentence in listed for word in _phrase(sentence, "text", channel)]
