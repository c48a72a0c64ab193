"""NIST segment time marks (.stm), which recognisers are scored by: a line is a file, who spoke, when, and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, pairwise
from operator import attrgetter

from transcript_rapport.readers.rows import Row, each, noted, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

NAME = "stm"
SUFFIXES = (".stm",)

SECONDS = r"\d{1,7}(?:\.\d{1,9})?"
COMMENT = ";;"
_LINE = re.compile(
    r"(?!(?:speaker|spkr-info|lexeme|non-lex|segment)\s.*<na>)"  # RTTM, which looks alike and holds no words
    rf"(?P<file>\S+)\s+(?P<channel>\S+)\s+(?P<speaker>\S+)\s+(?P<start>{SECONDS})\s+(?P<end>{SECONDS})"
    r"(?:\s+<(?:[^<>\s]*,[^<>\s]*|o|NA)>)?(?:\s+(?P<words>\S.*))?",
    re.IGNORECASE,
)
_EXPECTED = "a file, a channel, a speaker, a start and an end in seconds, and words, with blanks between"
_NO_TALK = re.compile(r"inter_segment_gap|excluded_region", re.IGNORECASE)
_UNSCORED = re.compile(r"ignore_time_segment_in_scoring", re.IGNORECASE)
# Marks of scoring in the words: other wordings that count as right, words that may be missing, and what is no word.
_MARKS = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (r"\{\s*([^{}/]*?)\s*/[^{}]*\}", r"\1"),
        (r"\{\s*(u[hm]|er|eh|ah|h?mm?)\s*\}", r"\1"),
        (r"\{\s*([^{}]+?)\s*\}", r"[\1]"),
        (r"(?<=\w)\(\d{1,2}\)", ""),
        (r"\((%?[^()\s]+)\)", r"\1"),
        (r"(?<!\S)%hesitation\b", "[hesitation]"),
        (r"(?<!\S)%(?=\w)|(?<!\S)@(?!\S)|<sil>", ""),
        (r"<unk>", "[unintelligible]"),
        (r"<([a-z][a-z_-]{0,30})>", r"[\1]"),
    )
)
_LOOK_AT, _LEAST = 50, 0.8  # lines at the head, and the share of them that shows what the file is


@dataclass(frozen=True, slots=True)
class _Segment:
    """A line of the file that holds talk."""

    line: int
    file: str
    channel: str
    speaker: str
    start_ms: int
    end_ms: int
    words: str


def recognises(source: Source) -> bool:
    """Whether nearly all lines at the head are segments; lines in columns of tabs only where the name says so."""
    if not source.is_text:
        return False
    head = [line for _, line in islice(filled(source), _LOOK_AT)]
    if source.suffix not in SUFFIXES and any("\t" in line for line in head):
        return False  # A table without a header, which says the same.
    return bool(head) and sum(bool(_LINE.fullmatch(line)) for line in head) >= _LEAST * len(head)


def read(source: Source) -> list[Session]:
    """A session for every recording in the file, its segments in order of their start.

    Gaps and what scoring leaves out are no talk; channels are the speakers where nobody else is told
    apart. Raises ReadError at a line that is no segment.
    """
    gaps = list[int]()
    segments = list(_segments(source, gaps))
    files = dict.fromkeys(segment.file for segment in segments)
    if len(files) < 2:
        return _session(source, segments, gaps)
    own = {file: [segment for segment in segments if segment.file == file] for file in files}
    names = {file: f"{source.name}-{file}" for file in files}
    return each(source, {names[file]: partial(_session, source, own[file], (), names[file]) for file in files}, "STM")


def filled(source: Source) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, without empty ones and comments."""
    for number, line in enumerate(map(str.strip, source.lines), start=1):
        if line and not line.startswith(COMMENT):
            yield number, line


def milliseconds(seconds: str) -> int:
    """Whole milliseconds of seconds as these files write them."""
    return round(float(seconds) * 1000)


def _segments(source: Source, gaps: list[int]) -> Iterator[_Segment]:
    """The segments of talk; the lines of others are added to ``gaps``."""
    for number, line in filled(source):
        found = _LINE.fullmatch(line)
        if not found:
            remedy = "correct the line or take it out"
            raise source.error(
                f"this is no segment of an STM file ({line[:60]})", _EXPECTED, remedy, at=("line", number)
            )
        file, channel, speaker, start, end, words = found.groups()
        if _NO_TALK.fullmatch(speaker) or _UNSCORED.match(words or ""):
            gaps.append(number)
        else:
            times = milliseconds(start), milliseconds(end)
            yield _Segment(number, file, channel, speaker, *times, _plain(words or ""))


def _plain(words: str) -> str:
    """What was said, without the marks that tell a scorer what to forgive."""
    for pattern, plain in _MARKS:
        words = pattern.sub(plain, words)
    return " ".join(words.split())


def _session(source: Source, segments: Sequence[_Segment], gaps: Sequence[int], name: str = "") -> list[Session]:
    """The session of one recording."""
    ordered = sorted(segments, key=attrgetter("start_ms"))
    notes = noted(gaps, "a gap or what scoring leaves out, no talk, left out")
    if any(a.line > b.line for a, b in pairwise(ordered)):
        notes.append("the channels stand one below the other; their lines were put in order of their start")
    by_channel = len({segment.speaker for segment in segments}) == 1 < len({segment.channel for segment in segments})
    rows = [
        Row(s.line, f"Channel {s.channel}" if by_channel else s.speaker, s.words, s.start_ms, s.end_ms) for s in ordered
    ]
    return [session(source, "STM", rows, notes, name=name)]
