"""WebVTT and SRT: a cue is an utterance, or several where several voices share it."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from transcript_rapport.readers.labels import Labels
from transcript_rapport.readers.rows import UNNAMED, Row, places, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session
from transcript_rapport.timestamps import CLOCK, parse

NAME = "subtitles"
SUFFIXES = (".vtt", ".srt")

_SETTINGS = r"(?:[ \t]+[A-Za-z]\w*:\S+)*[ \t]*"
_TIMING = re.compile(rf"\s*({CLOCK})\s*-->\s*({CLOCK}){_SETTINGS}")
_ARROW = re.compile(rf"^[ \t]*\d[\w:.,]*[ \t]*-->[ \t]*[\w:.,]+{_SETTINGS}$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,60})?\s{1,4}([^<>]{1,80})>", re.IGNORECASE)
_TAG = re.compile(r"<(?:/?[A-Za-z][^<>\n]{0,200}|[\d:.]{1,20})>|\{\\[^{}\n]{1,60}\}")
_HEAD = re.compile(r"(?:>>+|-\s)?\s*(.{1,48}?) {0,4}:+(?!//)\s*(.*)", re.DOTALL)
_SKIPPED = ("NOTE", "STYLE", "REGION")
_EXPECTED = 'cues such as "00:00:01.000 --> 00:00:04.000" with "<v Therapist>…" or "Therapist: …" below'


@dataclass(frozen=True, slots=True)
class _Cue:
    line: int
    start_ms: int
    end_ms: int
    payload: tuple[str, ...]


def recognises(source: Source) -> bool:
    """Whether the file begins with WEBVTT or has a line of two times with an arrow near its head."""
    if not source.is_text:
        return False
    head = source.text[:5000]
    return head.lstrip().startswith("WEBVTT") or bool(_ARROW.search(head))


def read(source: Source) -> list[Session]:
    """The session of the file; a cue that names nobody goes on with the voice above it.

    Tags, styles and notes are skipped, entities decoded. Raises ReadError where a timing line cannot
    be read, and where a cue ends before it starts.
    """
    if not recognises(source):
        raise source.error("these are not subtitles", _EXPECTED, "check the file's name")
    cues = list(_cues(source))
    form = "WebVTT" if source.text.lstrip().startswith("WEBVTT") else "SRT"
    pieces = [(cue, piece) for cue in cues for piece in _voices(cue)]
    labels = _learn([text for _, (voice, text) in pieces if not voice])
    first_lines = set() if labels or any(voice for _, (voice, _) in pieces) else _names_above(cues)
    rows: list[Row] = []
    nameless = UNNAMED if labels or first_lines or any(voice for _, (voice, _) in pieces) else ""
    continued = []
    for cue, (voice, text) in pieces:
        for speaker, words in _labelled(text, labels, first_lines) if not voice else [(voice, text)]:
            continued += [cue.line] if words and not speaker and nameless else []
            name = speaker or (rows[-1].speaker if rows else nameless)
            rows.append(Row(cue.line, name, words, cue.start_ms, cue.end_ms))
    notes = [f"{places(continued)}: nobody is named, given to the speaker above"] if continued else []
    return [session(source, form, rows, notes)]


def _cues(source: Source) -> Iterator[_Cue]:
    """The cues of the file: a timing line and the lines below it until a blank line or the next timing."""
    lines = source.lines
    timings = list(_timings(lines))
    whole_ms = _counts_whole_ms([lines[number] for number in timings])
    for number, following in zip(timings, [*timings[1:], len(lines)], strict=False):
        found = _TIMING.fullmatch(lines[number])
        start, end = (parse(time, whole_ms=whole_ms) for time in found.groups()) if found else (None, None)
        if start is None or end is None:
            raise source.error(
                f"the times cannot be read ({lines[number].strip()[:60]})", _EXPECTED, at=("line", number + 1)
            )
        yield _Cue(number + 1, start, end, tuple(_payload(lines[number + 1 : following], last=following == len(lines))))


def _payload(below: Sequence[str], *, last: bool) -> list[str]:
    """The lines of a cue among those ``below`` its times: up to a blank line, or to the number of the next cue."""
    blank = next((i for i, line in enumerate(below) if not line.strip()), None)
    if blank is None and not last and below and below[-1].strip().isdigit():
        blank = len(below) - 1
    return [line.strip() for line in below[:blank]]


def _timings(lines: Sequence[str]) -> Iterator[int]:
    """Indices of the lines with an arrow, but for those in comments and style sheets."""
    block = ""
    for number, line in enumerate(lines):
        if not line.strip():
            block = ""
        elif not block:
            block = line.split()[0]
        if "-->" in line and block not in _SKIPPED:
            yield number


def _counts_whole_ms(timings: Sequence[str]) -> bool:
    """Whether the digits after the point count milliseconds unpadded, as Teams writes them.

    Fractions of several lengths mean zeros are missing at one end; where ``.250`` keeps its last
    zero they are not missing there.
    """
    fractions = [part for line in timings for part in re.findall(r":\d{1,2}[.,](\d{1,3})\b", line)]
    return any(len(part) < 3 for part in fractions) and any(len(part) == 3 and part[2] == "0" for part in fractions)


def _voices(cue: _Cue) -> Iterator[tuple[str, str]]:
    """The voices of a cue with their words; the voice is empty where none is named."""
    parts = _VOICE.split("\n".join(cue.payload))
    names = chain([""], parts[1::2])
    for voice, text in zip(names, parts[::2], strict=True):
        words = html.unescape(_TAG.sub("", text)).replace("\u200b", "").strip()
        if words or (not voice and len(parts) == 1):
            yield html.unescape(voice).strip(), words


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
    yield speaker, "\n".join(words)


def _names_above(cues: Sequence[_Cue]) -> set[str]:
    """First lines of cues that are names: every cue has words below them, and they recur."""
    if any(len(cue.payload) < 2 for cue in cues):
        return set()
    counted = Counter(cue.payload[0] for cue in cues)
    return set(counted) if len(counted) <= max(2, len(cues) // 2) else set()
