"""NIST's words with times (.ctm), as aligners write them: a line is a file, a channel, when, and a word."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice

from transcript_rapport.readers import stm
from transcript_rapport.readers.recognised.joining import utterances
from transcript_rapport.readers.recognised.words import Word
from transcript_rapport.readers.rows import each, session
from transcript_rapport.readers.source import Source
from transcript_rapport.readers.stm import SECONDS
from transcript_rapport.session import Session

NAME = "ctm"
SUFFIXES = (".ctm",)

_LINE = re.compile(rf"(\S+)\s+(\S+)\s+({SECONDS})\s+({SECONDS})\s+(\S+)(?:\s+-?\d{{1,4}}(?:\.\d{{1,9}})?)?")
_EXPECTED = "a file, a channel, a start and a length in seconds, and one word"
_SILENCE = {"<eps>", "<sil>", "sil", "@"}
_LOOK_AT, _LEAST = 50, 0.95  # lines at the head, and the share of them that shows what the file is


def recognises(source: Source) -> bool:
    """Whether lines are words with a start and a length; in columns of tabs only where the name says so."""
    if not source.is_text:
        return False
    head = [line for _, line in islice(stm.filled(source), _LOOK_AT)]
    if source.suffix not in SUFFIXES and any("\t" in line for line in head):
        return False
    return bool(head) and sum(bool(_LINE.fullmatch(line)) for line in head) >= _LEAST * len(head)


def read(source: Source) -> list[Session]:
    """A session for every recording in the file; words are joined to utterances as recognisers' are.

    The format names no speakers: several channels are taken for them, and a file of one channel has none.
    Raises ReadError at a line that is no word.
    """
    words: dict[str, list[Word]] = {}
    for number, line in stm.filled(source):
        found = _LINE.fullmatch(line)
        if not found:
            seen, remedy = f"this is no word of a CTM file ({line[:60]})", "correct the line or take it out"
            raise source.error(seen, _EXPECTED, remedy, at=("line", number))
        file, channel, start, length, word = found.groups()
        begun = stm.milliseconds(start)
        spoken = Word(word, begun, begun + stm.milliseconds(length), channel=f"Channel {channel}")
        words.setdefault(file, []).extend([] if word.lower() in _SILENCE else [spoken])
    if len(words) < 2:
        return _session(source, [word for spoken in words.values() for word in spoken])
    names = {file: f"{source.name}-{file}" for file in words}
    return each(source, {names[file]: partial(_session, source, words[file], names[file]) for file in words}, "CTM")


def _session(source: Source, words: list[Word], name: str = "") -> list[Session]:
    rows, told = utterances(words)
    return [session(source, "CTM", rows, told, name=name, unit="word")]
