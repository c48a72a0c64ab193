"""AssemblyAI: utterances of a speaker or channel, else the words; times are milliseconds."""

from __future__ import annotations

from dataclasses import replace

from transcript_rapport.readers.recognised.words import Object, Word, inside, moment, rows, speaker, spread, text

_OWN = {"acoustic_model", "language_model", "speech_model", "audio_url", "audio_duration", "speaker_labels"}


def form(document: object) -> str:
    """``AssemblyAI`` where its utterances or words stand beside keys of its own."""
    if not isinstance(document, dict) or not (rows(document.get("utterances")) or rows(document.get("words"))):
        return ""
    inner = inside(document, "utterances", 0, "words", 0)
    shaped = isinstance(inner, dict) and {"text", "start", "end", "confidence"} <= set(inner)
    return "AssemblyAI" if shaped or len(_OWN & set(document)) > 1 else ""


def words(document: object) -> list[Word]:
    """The words of the utterances; without utterances, those of the whole."""
    uttered = rows(inside(document, "utterances"))
    if uttered:
        return [word for row in uttered for word in _utterance(row)]
    return _words(inside(document, "words"))


def _utterance(row: Object) -> list[Word]:
    own = _word(row)
    found = [
        replace(word, speaker=word.speaker or own.speaker, channel=own.channel) for word in _words(row.get("words"))
    ]
    return spread(own.text, found, own)


def _words(listed: object) -> list[Word]:
    return [_word(row) for row in rows(listed)]


def _word(row: Object) -> Word:
    who, channel = speaker(row.get("speaker")), speaker(row.get("channel"), "Channel")
    return Word(text(row.get("text")), moment(row.get("start"), 1), moment(row.get("end"), 1), who, channel)
