"""Amazon Transcribe: items with speaker or channel labels, and Call Analytics' turns of agent and customer."""

from __future__ import annotations

from collections.abc import Mapping

from transcript_rapport.readers.recognised.node import Node, label
from transcript_rapport.readers.recognised.words import Word, spread

KEYS = {"results", "items", "transcripts", "Transcript"}


def form(document: Node) -> str:
    """``Amazon Transcribe Call Analytics``, ``Amazon Transcribe`` or empty."""
    first = next(iter(document.rows("Transcript")), Node())
    if "Content" in first.fields and (first.rows("Items") or document.at("ConversationCharacteristics")):
        return "Amazon Transcribe Call Analytics"
    return "Amazon Transcribe" if _items(document) else ""


def words(document: Node) -> list[Word]:
    """The words of the turns, or the items with the speaker whom the labels name for their time."""
    turns = document.rows("Transcript")
    if turns:
        return [word for row in turns for word in _turn(row)]
    segments = document.rows("results", "speaker_labels", "segments")
    named = {_key(item): item.text("speaker_label") for row in segments for item in row.rows("items")}
    begins = {_key(item) for row in segments for item in (row, *row.rows("items")[:1])}
    return [_item(row, channel, named, begins) for row, channel in _items(document)]


def _turn(row: Node) -> list[Word]:
    who = row.speaker("ParticipantRole") or row.speaker("ParticipantId")
    # Marks are left out, for the turn's own text has them.
    said = [item for item in row.rows("Items") if item.text("Type") != "punctuation"]
    found = [Word(item.text("Content"), *_span(item), who) for item in said]
    return spread(row.text("Content"), found, Word("", *_span(row), who))


def _span(row: Node) -> tuple[int | None, int | None]:
    return row.span("BeginOffsetMillis", "EndOffsetMillis", unit_ms=1)


def _items(document: Node) -> list[tuple[Node, str]]:
    """The items with their channel's label, which is empty where there is one channel."""
    items = [row for row in document.rows("results", "items") if row.rows("alternatives")]
    channels = document.rows("results", "channel_labels", "channels")
    if channels and not any("channel_label" in row.fields for row in items):
        listed = ((item, row.text("channel_label")) for row in channels for item in row.rows("items"))
        return [(item, _channel(named)) for item, named in listed if item.rows("alternatives")]
    last, found = "", list[tuple[Node, str]]()
    for row in items:
        last = row.text("channel_label") or last  # Marks may have none of their own.
        found.append((row, _channel(last)))
    return found


def _channel(named: str) -> str:
    return label(named.removeprefix("ch_"), "Channel")


def _key(row: Node) -> str:
    """When it starts, as written: what labels and items share."""
    return row.text("start_time")


def _item(row: Node, channel: str, named: Mapping[str, str], begins: set[str]) -> Word:
    mark = row.text("type") == "punctuation"
    who = "" if mark else row.text("speaker_label") or named.get(_key(row), "")
    begun = not mark and _key(row) in begins
    written = row.at("alternatives", 0).text("content")
    return Word(written, *row.span("start_time", "end_time"), label(who), channel, begun, mark)
