"""Azure Speech: phrases of batch transcription, of fast transcription, and of the Speech SDK's detailed results."""

from __future__ import annotations

from transcript_rapport.readers.recognised.node import Node
from transcript_rapport.readers.recognised.words import Word, spread

KEYS = {"recognizedPhrases", "phrases", "NBest"}
_TICK_MS = 1e-4  # times are counted in 100 nanoseconds


def form(document: Node) -> str:
    """``Azure Speech`` where recognised phrases are listed."""
    batch = document.rows("recognizedPhrases")
    fast = any("offsetMilliseconds" in row.fields for row in document.rows("phrases"))
    detailed = any({"NBest", "Offset"} <= row.fields.keys() for row in document.rows())
    return "Azure Speech" if batch or fast or detailed else ""


def words(document: Node) -> list[Word]:
    """The words of every phrase that was recognised, in order of time."""
    listed = document.rows() or document.rows("recognizedPhrases") or document.rows("phrases")
    return [word for row in listed for word in _phrase(_small(row))]


def _small(row: Node) -> Node:
    """The object with keys that begin small: the Speech SDK begins them with a capital."""
    return Node({key[:1].lower() + key[1:]: value for key, value in row.fields.items()})


def _phrase(row: Node) -> list[Word]:
    best = _small(row.at("nBest", 0) or row)
    own = _word(row, "", row.speaker("speaker", "speakerId"), row.channel("channel"))
    listed = map(_small, best.rows("displayWords") or best.rows("words"))
    found = [_word(word, word.text("displayText", "word", "text"), own.speaker, own.channel) for word in listed]
    return spread(best.text("display", "displayText", "text", "lexical"), found, own)


def _word(row: Node, written: str, who: str, channel: str) -> Word:
    start, length = _time(row, "offset"), _time(row, "duration")
    return Word(written, start, None if start is None or length is None else start + length, who, channel)


def _time(row: Node, name: str) -> int | None:
    if f"{name}Milliseconds" in row.fields:
        return row.moment(f"{name}Milliseconds", unit_ms=1)
    if f"{name}InTicks" in row.fields:
        return row.moment(f"{name}InTicks", unit_ms=_TICK_MS)
    return row.moment(name, unit_ms=1000 if isinstance(row.fields.get(name), str) else _TICK_MS)
