"""AssemblyAI: utterances of a speaker or channel, else the words; times are milliseconds."""

from __future__ import annotations

from dataclasses import replace

from transcript_rapport.readers.recognised.node import Node
from transcript_rapport.readers.recognised.words import Word, spread

KEYS = {"words"}
_OWN = {"acoustic_model", "language_model", "speech_model", "audio_url", "audio_duration", "speaker_labels"}


def form(document: Node) -> str:
    """``AssemblyAI`` where its utterances or words stand beside keys of its own."""
    if not document.rows("utterances") and not document.rows("words"):
        return ""
    inner = document.at("utterances", 0, "words", 0).fields
    shaped = {"text", "start", "end", "confidence"} <= inner.keys()
    return "AssemblyAI" if shaped or len(_OWN & document.fields.keys()) > 1 else ""


def words(document: Node) -> list[Word]:
    """The words of the utterances; without utterances, those of the whole."""
    uttered = document.rows("utterances")
    if uttered:
        return [word for row in uttered for word in _utterance(row)]
    return [_word(row) for row in document.rows("words")]


def _utterance(row: Node) -> list[Word]:
    own = _word(row)
    listed = map(_word, row.rows("words"))
    found = [replace(word, speaker=word.speaker or own.speaker, channel=own.channel) for word in listed]
    return spread(own.text, found, own)


def _word(row: Node) -> Word:
    return Word(row.text("text"), *row.span("start", "end", unit_ms=1), row.speaker("speaker"), row.channel("channel"))
