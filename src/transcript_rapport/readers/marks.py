"""Speakers marked otherwise than by a colon at the head of a line: rewritten as ``Name: words``, as text is read.

Line numbers of printed transcripts are taken off on the way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from transcript_rapport.readers.labels import ROLES, clean, in_common
from transcript_rapport.readers.source import Source
from transcript_rapport.readers.stamps import TO
from transcript_rapport.readers.typescripts import line_numbers, without_number
from transcript_rapport.timestamps import CLOCK

_TO = rf"(?:{TO}{CLOCK})?"
_STAMP = rf"(?:\d{{1,4}}[.)]\s+)?((?:[\[(]{CLOCK}{_TO}[\])]\s*|{CLOCK}{_TO}\s+)?)(?:[-–—|]\s+)?"
_STYLES = {
    "in brackets": re.compile(rf"{_STAMP}[<(\[{{]([^<>()\[\]{{}}]{{1,40}})[>)\]}}]\s+(\S.*)"),
    "before a dash": re.compile(rf"{_STAMP}(\S.{{0,38}}?)(?:\s+[-–—|]>?\s+|—\s*|>\s+|\s=\s+)(\S.*)"),
    "before a gap": re.compile(rf"{_STAMP}(\S.{{0,38}}?) {{2,}}(\S.*)"),
    "before a full stop": re.compile(
        rf"{_STAMP}(?!(?i:mrs?|ms|dr|prof)\.)([^\W\d_]{{1,5}}(?=[./)])|(?:[A-Z]\.){{2,3}})[./)]?\s+(\S.*)"
    ),
    "in capitals": re.compile(rf"{_STAMP}([A-Z]{{1,3}})\s([A-Z“\"(\[].*)"),
}
"""Where a name stands, and its time, itself and the words behind it."""
_TIME = re.compile(CLOCK)
_ALONE = re.compile(rf"{_STAMP}([^\W\d_].{{0,38}}?)()")
_IN_BRACKETS = re.compile(rf"^((?:[\[(]?{CLOCK}{_TO}[\])]?\s+)?)[<(\[]([^\W\d_][^<>()\[\]]*)[>)\]]$")
_MARKDOWN = " \t>#*_"
_COLON = re.compile(r"\W*(.{1,48}?)[\s)\]|]{0,4}[:：\t]")  # once a time has become a colon
_WITHIN = re.compile(r"(?:^|(?<=[.?!…\"”’)\]–—-]\s))([^\W\d_][\w.'’&/-]{0,30}(?: [\w.'’&()/-]{1,30}){0,2}?) ?:\s")
_LEAST_SHARE = {"on a line of their own": 0.2, "in capitals": 0.6}
_TIMED = re.compile(rf"([\[(]?{CLOCK}{_TO}[\])]?\s+)([^\W\d_].*)")
_MOST_SPEAKERS, _TIMES_MORE = 12, 3
_NEARLY_ALL, _FEWEST_BARE, _LONGEST_BARE = 0.9, 6, 3  # share of the lines; lines; words of a name
_COURT = {"Q", "A"}  # in its record others stand before colons, and answers are long

Marked = dict[int, tuple[str, str, str]]
"""The lines (by index) that a name heads: its time, itself and the words behind it."""


def with_colons(source: Source) -> tuple[Source, list[str]]:
    """The text with a colon after every speaker that has another mark, and what was done; itself where none has.

    A mark counts where it heads far more lines than colons do, names two speakers or more, each again and
    again, and heads a good part of the lines.
    """
    numbered = line_numbers(source.lines)
    lines = [without_number(line) if at in numbered else line.strip() for at, line in enumerate(source.lines)]
    told = ["line numbers, left out"] if numbered else []
    filled = sum(map(bool, lines))
    heads = (_COLON.match(_TIME.sub(":", line, count=1)) for line in lines)
    by_colon = sum(bool(head and clean(head[1])) for head in heads)
    style, marked = _commonest(lines, filled)
    court = {name for _, name, _ in marked.values()} == _COURT
    times_more, share = (1, 0.2) if court else (_TIMES_MORE, _LEAST_SHARE.get(style, 0.4))
    if len(marked) > max(times_more * by_colon, share * filled):
        placed = [(at, "{}{}: {}".format(*marked[at]) if at in marked else line) for at, line in enumerate(lines)]
        told.append(f"no colons after the speakers; they were told by their place, {style}")
    elif names := _within(lines):
        turn = re.compile(rf"(?<!\S)(?=(?:[\[(]{CLOCK}[\])]\s*)?(?:{'|'.join(map(re.escape, names))}) ?:\s)")
        placed = [(at, turned) for at, line in enumerate(lines) for turned in turn.split(line)]
        told.append("several turns stand in one paragraph and were taken apart at the speakers' names")
    elif numbered:
        placed = list(enumerate(lines))
    else:
        return source, []
    return source.extract(((source.place(at + 1), line) for at, line in placed), source.unit), told


def _commonest(lines: Sequence[str], filled: int) -> tuple[str, Marked]:
    """How most lines are marked that a speaker heads, and these lines."""
    found = {style: _speakers(_headed(pattern, lines), filled) for style, pattern in _STYLES.items()}
    found["on a line of their own"] = _speakers(_alone(lines), filled)
    found["behind the times"] = _behind_times(lines, filled)
    return max(found.items(), key=lambda item: len(item[1]))


def _headed(pattern: re.Pattern[str], lines: Iterable[str]) -> Marked:
    found = ((at, pattern.fullmatch(line.lstrip(_MARKDOWN))) for at, line in enumerate(lines))
    return {at: (match[1], match[2].strip(), match[3]) for at, match in found if match}


def _alone(lines: Sequence[str]) -> Marked:
    """Lines that hold a name and at most its time, with words below them."""
    bare = [
        _IN_BRACKETS.sub(r"\1\2", line.strip(_MARKDOWN)) if line[-1:] in "])>" else line.strip(_MARKDOWN)
        for line in lines
    ]
    found = _headed(_ALONE, (line if line[-1:].isalnum() or line[-1:] == ")" else "" for line in bare))
    filled = [at for at, line in enumerate(bare) if line]
    names = {at for at in found if clean(found[at][1])}
    return {above: found[above] for above, below in pairwise(filled) if above in names and below not in names}


def _behind_times(lines: Sequence[str], filled: int) -> Marked:
    """Lines that begin with a time and a name of up to three words, without a mark between name and words (InqScribe).

    Two people or more must head nearly every line, for only that tells their names from words.
    """
    found = {at: match for at, line in enumerate(lines) if (match := _TIMED.fullmatch(line)) and match[2][0].isupper()}
    if len(found) < max(_FEWEST_BARE, _NEARLY_ALL * filled):
        return {}
    said = {at: match[2].split() for at, match in found.items()}
    heads: dict[str, list[list[str]]] = {}
    for words in said.values():
        heads.setdefault(words[0], []).append(words[:_LONGEST_BARE])
    lengths = {first: in_common(every) for first, every in heads.items() if len(every) > 1}
    marked = {
        at: (found[at][1], " ".join(words[:length]), " ".join(words[length:]))
        for at, words in said.items()
        if (length := lengths.get(words[0], 0)) and len(words) > length
    }
    return _speakers(marked, filled) if len(marked) >= _NEARLY_ALL * filled else {}


def _speakers(marked: Marked, filled: int) -> Marked:
    """The lines headed by whoever recurs; none where that are too few or too many people.

    Names in small letters count where nearly every line has one.
    """
    often = Counter(name for _, name, _ in marked.values())
    small = len(marked) >= _NEARLY_ALL * filled
    names = {name for name, times in often.items() if _is_speaker(name, times, small=small)}
    return {at: parts for at, parts in marked.items() if parts[1] in names} if _enough(names) else {}


def _is_speaker(name: str, times: int, *, small: bool = False) -> bool:
    label = clean(name)
    if not label or times < 2:
        return False
    return small or name[0].isupper() or label.lower().rstrip(" 0123456789") in ROLES


def _enough(names: Iterable[str]) -> bool:
    return 2 <= len(set(names)) <= _MOST_SPEAKERS


def _within(lines: Iterable[str]) -> list[str]:
    """The names before colons inside paragraphs, where paragraphs hold several turns each; else none."""
    inside = [[found[1] for found in _WITHIN.finditer(line)] for line in lines if ":" in line]
    often = Counter(name for names in inside for name in names)
    names = [name for name, times in often.items() if _is_speaker(name, times)]
    turns = sum(often[name] for name in names)
    paragraphs = sum(any(name in names for name in found) for found in inside)
    return names if _enough(names) and turns > _TIMES_MORE * paragraphs else []
