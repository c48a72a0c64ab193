"""ElevenLabs Scribe: words, the spaces between them and events such as laughter, with a speaker each."""

from __future__ import annotations

from transcript_rapport.readers.recognised.words import Object, Word, inside, moment, rows, speaker, text

_KINDS = {"word", "spacing", "audio_event"}


def form(document: object) -> str:
    """``ElevenLabs`` where words say that they are words, spacing or events."""
    found = rows(inside(document, "words"))
    return "ElevenLabs" if found and all(row.get("type") in _KINDS and "speaker_id" in row for row in found) else ""


def words(document: object) -> list[Word]:
    """The words and events; what stands without a space before it is glued on."""
    found, spaced = list[Word](), True
    for row in rows(inside(document, "words")):
        if row.get("type") == "spacing":
            spaced = True
            continue
        found.append(_word(row, glued=not spaced and row.get("type") == "word"))
        spaced = False
    return found


def _word(row: Object, *, glued: bool) -> Word:
    who = speaker(row.get("speaker_id"))
    return Word(text(row.get("text")), moment(row.get("start")), moment(row.get("end")), who, glued=glued)
