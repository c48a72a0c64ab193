"""ElevenLabs Scribe: words, the spaces between them and events such as laughter, with a speaker each."""

from __future__ import annotations

from transcript_rapport.readers.recognised.node import Node
from transcript_rapport.readers.recognised.words import Word

KEYS = {"words"}
_KINDS = {"word", "spacing", "audio_event"}


def form(document: Node) -> str:
    """``ElevenLabs`` where words say that they are words, spacing or events."""
    found = document.rows("words")
    told = found and all(row.text("type") in _KINDS and "speaker_id" in row.fields for row in found)
    return "ElevenLabs" if told else ""


def words(document: Node) -> list[Word]:
    """The words and events; what stands without a space before it is glued on."""
    found, spaced = list[Word](), True
    for row in document.rows("words"):
        kind = row.text("type")
        if kind != "spacing":
            glued = not spaced and kind == "word"
            found.append(Word(row.text("text"), *row.span("start", "end"), row.speaker("speaker_id"), glued=glued))
        spaced = kind == "spacing"
    return found
