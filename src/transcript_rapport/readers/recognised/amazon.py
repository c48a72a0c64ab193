"""Amazon Transcribe: items with speaker or channel labels, and Call Analytics' turns of agent and customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transcript_rapport.readers.recognised.words import Object, Word, inside, moment, rows, speaker, spread, text


def form(document: object) -> str:
    """``Amazon Transcribe Call Analytics``, ``Amazon Transcribe`` or empty."""
    turns = rows(inside(document, "Transcript"))
    if (
        turns
        and "Content" in turns[0]
        and (rows(turns[0].get("Items")) or inside(document, "ConversationCharacteristics"))
    ):
        return "Amazon Transcribe Call Analytics"
    return "Amazon Transcribe" if _items(document) else ""


def words(document: object) -> list[Word]:
    """The words of the turns, or the items with the speaker whom the labels name for their time."""
    turns = rows(inside(document, "Transcript"))
    if turns:
        return [word for row in turns for word in _turn(row)]
    segments = rows(inside(document, "results", "speaker_labels", "segments"))
    named = {_key(item): text(item.get("speaker_label")) for row in segments for item in rows(row.get("items"))}
    begins = {_key(row) for row in segments} | {_key(item) for row in segments for item in rows(row.get("items"))[:1]}
    return [_item(row, channel, named, begins) for row, channel in _items(document)]


def _turn(row: Object) -> list[Word]:
    who = speaker(row.get("ParticipantRole")) or speaker(row.get("ParticipantId"))
    own = Word("", *_span(row), who)
    found = [
        Word(text(item.get("Content")), *_span(item), who, glued=item.get("Type") == "punctuation")
        for item in rows(row.get("Items"))
    ]
    return spread(text(row.get("Content")), _joined(found), own)


def _span(row: Object) -> tuple[int | None, int | None]:
    return moment(row.get("BeginOffsetMillis"), 1), moment(row.get("EndOffsetMillis"), 1)


def _joined(found: Sequence[Word]) -> list[Word]:
    """The words without the marks, which the turn's own text has."""
    return [word for word in found if not word.glued]


def _items(document: object) -> list[tuple[Object, str]]:
    """The items with their channel's label, which is empty where there is one channel."""
    items = [row for row in rows(inside(document, "results", "items")) if rows(row.get("alternatives"))]
    channels = rows(inside(document, "results", "channel_labels", "channels"))
    if channels and not any("channel_label" in row for row in items):
        listed = ((item, text(row.get("channel_label"))) for row in channels for item in rows(row.get("items")))
        return [(item, _channel(label)) for item, label in listed if rows(item.get("alternatives"))]
    last, found = "", list[tuple[Object, str]]()
    for row in items:
        last = text(row.get("channel_label")) or last  # Marks may have none of their own.
        found.append((row, _channel(last)))
    return found


def _channel(label: str) -> str:
    return speaker(label.removeprefix("ch_"), "Channel")


def _key(row: Object) -> str:
    """When it starts, as written: what labels and items share."""
    return text(row.get("start_time"))


def _item(row: Object, channel: str, named: Mapping[str, str], begins: set[str]) -> Word:
    mark = row.get("type") == "punctuation"
    who = "" if mark else text(row.get("speaker_label")) or named.get(_key(row), "")
    begun = not mark and _key(row) in begins
    start, end = moment(row.get("start_time")), moment(row.get("end_time"))
    return Word(text(inside(row, "alternatives", 0, "content")), start, end, speaker(who), channel, begun, mark)
