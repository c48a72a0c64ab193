"""WebVTT, SRT and SBV: a cue is an utterance, or several where several voices share it."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from transcript_rapport.readers.cues import EXPECTED, INVENTED, TAG, Cue, cues, form, noted_at
from transcript_rapport.readers.labels import Labels
from transcript_rapport.readers.recognised import stock
from transcript_rapport.readers.recognised.joining import PAUSE_MS
from transcript_rapport.readers.rows import UNNAMED, Row, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

NAME = "subtitles"
SUFFIXES = (".vtt", ".srt", ".sbv")

_VOICE = re.compile(r"<v(?:\.[^\s>]{0,60})?\s{1,4}([^<>\n]{1,80})>", re.IGNORECASE)
_HEAD = re.compile(r"(?:>>+|[-–—]\s)?\s*(.{1,48}?) {0,4}:+(?!//)\s*(.*)", re.DOTALL)
_BRACKET = re.compile(r"[\[(]([^\[\]()]{1,40})[\])]\s*(?=\S)")
_DASH = re.compile(r"[-–—]\s*(?=\S)")
_ENDED = re.compile(r"[.!?…♪][\"'”’)\]]*$|[)\]]$")  # a sentence, or a sound in brackets
_OTHER = "\0other"  # the second of two voices that dashes mark
_OURS = re.compile(r"transcript.rapport", re.IGNORECASE)

Piece = tuple[Cue, str, str]
"""A cue, who is named in it (or nobody), and the words."""


def recognises(source: Source) -> bool:
    """Whether the file begins with WEBVTT or has a line of two times near its head."""
    return source.is_text and bool(form(source))


def read(source: Source) -> list[Session]:
    """The session of the file; a cue that names nobody goes on with the voice above it.

    Tags, styles and notes are skipped, entities decoded; cues that go on with a sentence without a
    pause are one utterance. Damaged cues are mended and noted; raises ReadError where half of them
    or more cannot be read.
    """
    if not recognises(source):
        raise source.error("these are not subtitles", EXPECTED, "check the file's name")
    found, told = cues(source)
    pieces = list(_pieces(found))
    rows, notes = _rows(source, pieces)
    if not _says_where_utterances_begin(source, found, rows):
        rows, joined = _joined(rows)
        notes += noted_at(source, joined, "goes on with the sentence above, joined to it")
    rows = [replace(row, line=source.place(row.line)) for row in rows]
    if _is_ours(source) and INVENTED in source.text[:200]:
        rows = [replace(row, start_ms=None, end_ms=None) for row in rows]
        notes.append("the file says that its times were invented: left open")
    return [session(source, form(source), rows, [*told, *notes, *stock.notes(rows, source.unit)], unit=source.unit)]


def _pieces(found: Sequence[Cue]) -> Iterator[Piece]:
    """Who is named in each cue, by voice tags, before colons, or on a line of their own."""
    voiced = [(cue, voice, text) for cue in found for voice, text in _voices(cue)]
    labels = _learn([text for _, voice, text in voiced if not voice])
    named = bool(labels) or any(voice for _, voice, _ in voiced)
    if not named and (names := _bracketed([text for _, _, text in voiced])):
        voiced = [(cue, *_without_bracket(text, names)) for cue, _, text in voiced]
        named = True
    first_lines = set() if named else _names_above(found)
    for cue, voice, text in voiced:
        for speaker, words in _labelled(text, labels, first_lines) if not voice else [(voice, text)]:
            yield cue, speaker, words


def _rows(source: Source, pieces: Sequence[Piece]) -> tuple[list[Row], list[str]]:
    """The pieces with their speakers: where nobody is named, whoever spoke above."""
    names = list(dict.fromkeys(speaker for _, speaker, _ in pieces if speaker and speaker != _OTHER))
    rows, continued, dashed = list[Row](), list[int](), list[int]()
    for cue, speaker, words in pieces:
        above = rows[-1].speaker if rows else UNNAMED if names else ""
        if speaker == _OTHER:
            dashed.append(cue.line)
            other = next((name for name in names if name != above), above) if len(names) == 2 else above
            rows.append(Row(cue.line, other, words, cue.start_ms, cue.end_ms))
            continue
        continued += [cue.line] if words and not speaker and names else []
        rows.append(Row(cue.line, speaker or above, words, cue.start_ms, cue.end_ms))
    nobody = [line for line in continued if line not in set(dashed)]
    notes = noted_at(source, nobody, "nobody is named, given to the speaker above")
    who = "the speaker above and the other one" if len(names) == 2 else "the speaker above"
    return rows, notes + noted_at(source, dashed, f"dashes mark two speakers without names, given to {who}")


def _says_where_utterances_begin(source: Source, found: Sequence[Cue], rows: Sequence[Row]) -> bool:
    """Whether each cue is an utterance: we wrote the file, or it is SRT and every cue names its speaker."""
    if _is_ours(source):
        return True
    heads = [re.compile(rf"\W*{re.escape(name)}\W*:", re.IGNORECASE) for name in {row.speaker for row in rows}]
    lines = [cue.payload[0] for cue in found if cue.payload]
    return form(source) == "SRT" and all(
        _VOICE.match(line) or any(head.match(html.unescape(line)) for head in heads) for line in lines
    )


def _is_ours(source: Source) -> bool:
    return bool(_OURS.search(source.text[:200].split("\n\n", maxsplit=1)[0]))


def _joined(rows: Sequence[Row]) -> tuple[list[Row], list[int]]:
    """The rows with those joined that go on with a speaker's sentence without a pause, and the lines of these."""
    whole, joined = list[Row](), list[int]()
    for row in rows:
        above = whole[-1] if whole else None
        if above and row.text.strip() and _goes_on(above, row):
            end = max(above.end_ms or 0, row.end_ms or 0)
            whole[-1] = replace(above, text=f"{above.text}\n{row.text}", end_ms=end)
            joined.append(row.line)
        else:
            whole.append(row)
    return whole, joined


def _goes_on(above: Row, row: Row) -> bool:
    if above.speaker != row.speaker or not above.text.strip() or _ENDED.search(above.text.rstrip()[-8:]):
        return False
    if above.start_ms is None or above.end_ms is None or row.start_ms is None:
        return False
    return row.line != above.line and above.start_ms <= row.start_ms <= above.end_ms + PAUSE_MS


def _voices(cue: Cue) -> Iterator[tuple[str, str]]:
    """The voices of a cue with their words; the voice is empty where none is named."""
    parts = _VOICE.split("\n".join(cue.payload))
    names = chain([""], parts[1::2])
    for voice, text in zip(names, parts[::2], strict=True):
        words = html.unescape(TAG.sub("", text)).replace("\u200b", "").strip()
        if words or (not voice and len(parts) == 1):
            yield html.unescape(voice).strip(), words


def _bracketed(texts: Sequence[str]) -> set[str]:
    """Names in brackets at the heads of cues: two or more, that recur or name roles, and head half of the cues."""
    heads = [found[1] for text in texts if (found := _BRACKET.match(text))]
    labels = Labels(heads, plain_lines=len(texts) - len(heads))
    names = {head for head in heads if labels.name(head)}
    return names if len(names) > 1 and sum(map(names.__contains__, heads)) >= len(texts) / 2 else set()


def _without_bracket(text: str, names: set[str]) -> tuple[str, str]:
    found = _BRACKET.match(text)
    return (found[1], text[found.end() :]) if found and found[1] in names else ("", text)


def _learn(texts: Sequence[str]) -> Labels:
    lines = [line for text in texts for line in text.split("\n") if line]
    heads = [found[1] for line in lines if (found := _HEAD.match(line))]
    return Labels(heads, plain_lines=len(lines) - len(heads))


def _labelled(text: str, labels: Labels, first_lines: set[str]) -> Iterator[tuple[str, str]]:
    """The speakers of a cue's words where lines begin with one; empty where no line does."""
    first, _, below = text.partition("\n")
    if first in first_lines:
        yield first, below
        return
    speaker, words = "", list[str]()
    for line in text.split("\n"):
        head = _HEAD.match(line)
        name = labels.name(head[1]) if head else None
        if head and name:
            if words:
                yield speaker, "\n".join(words)
            speaker, words = name, [head[2]]
        else:
            words.append(line)
    yield from [(speaker, "\n".join(words))] if speaker else _dashed(words)


def _dashed(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The words of two voices that nobody names, each line after a dash; else all words as they stand."""
    if sum(bool(_DASH.match(line)) for line in lines) < 2 or not _DASH.match(lines[0]):
        yield "", "\n".join(lines)
        return
    parts = list[str]()
    for line in lines:
        if _DASH.match(line):
            parts.append(_DASH.sub("", line, count=1))
        else:
            parts[-1] += f"\n{line}"
    for number, words in enumerate(parts):
        yield _OTHER if number else "", words


def _names_above(found: Sequence[Cue]) -> set[str]:
    """First lines of cues that are names: every cue has words below them, and they recur."""
    if any(len(cue.payload) < 2 for cue in found):
        return set()
    counted = Counter(cue.payload[0] for cue in found)
    return set(counted) if len(counted) <= max(2, len(found) // 2) else set()
