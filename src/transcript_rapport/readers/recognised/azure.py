"""Azure Speech: phrases of batch transcription, of fast transcription, and of the Speech SDK's detailed results."""

from __future__ import annotations

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

_TICK_MS = 1e-4  # times are counted in 100 nanoseconds


def form(document: object) -> str:
    """``Azure Speech`` where recognised phrases are listed."""
    batch = rows(inside(document, "recognizedPhrases"))
    fast = [row for row in rows(inside(document, "phrases")) if "offsetMilliseconds" in row]
    detailed = [row for row in rows(document) if "NBest" in row and "Offset" in row]
    return "Azure Speech" if batch or fast or detailed else ""


def words(document: object) -> list[Word]:
    """The words of every phrase that was recognised, in order of time."""
    listed = rows(document) or rows(inside(document, "recognizedPhrases")) or rows(inside(document, "phrases"))
    phrases = [{key[:1].lower() + key[1:]: value for key, value in row.items()} for row in listed]
    return [word for row in phrases for word in _phrase(row)]


def _phrase(row: Object) -> list[Word]:
    best = inside(row, "nBest", 0) or row
    best = {key[:1].lower() + key[1:]: value for key, value in best.items()} if isinstance(best, dict) else {}
    own = _word(row, "", _who(row), speaker(row.get("channel"), "Channel"))
    listed = rows(best.get("displayWords")) or rows(best.get("words"))
    found = [_word(word, _text(word), own.speaker, own.channel) for word in listed]
    return spread(text(either(best, "display", "displayText", "text", "lexical")), found, own)


def _who(row: Object) -> str:
    return speaker(either(row, "speaker", "speakerId"))


def _text(word: Object) -> str:
    return text(either(word, "displayText", "word", "Word", "text"))


def _word(row: Object, written: str, who: str, channel: str) -> Word:
    start = _time(row, "offset")
    length = _time(row, "duration")
    return Word(written, start, None if start is None or length is None else start + length, who, channel)


def _time(row: Object, name: str) -> int | None:
    if f"{name}Milliseconds" in row:
        return moment(row[f"{name}Milliseconds"], 1)
    if f"{name}InTicks" in row:
        return moment(row[f"{name}InTicks"], _TICK_MS)
    value = either(row, name, name.capitalize())
    return moment(value) if isinstance(value, str) else moment(value, _TICK_MS)
