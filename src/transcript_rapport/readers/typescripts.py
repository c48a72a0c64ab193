"""What printed typescripts have beside turns: words put in by the other speaker, page heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from transcript_rapport.readers.rows import Row
from transcript_rapport.timestamps import shared_out

_LINE_NUMBER = re.compile(r"\s*(\d{1,4})(?:\s+|$)")
_PUT_IN = re.compile(r"[(\[]\s{0,4}([^\W\d][^:()\[\]\n]{0,30}?)\s{0,4}:\s{0,4}([^()\[\]]{1,200}?)\s{0,4}[)\]]")
_LONGEST_HEAD = 100
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"[-–—|\s]*(?:(?:page|pg\.?|p\.)\s*#(?:\s*(?:of|/)\s*#)?|#(?:\s*(?:of|/)\s*#)?)[-–—|\s]*")
_CLOSEST_PAGES = 3  # lines between two page numbers, at least
_NEAR = 2  # lines, blank ones left out, between a page number and the head of its page


def with_interjections(rows: Sequence[Row], speaker: Callable[[str], str | None]) -> tuple[list[Row], list[int]]:
    """The rows, with ``(C: mm-hm)`` inside T's turn as C's own, and the lines where that was found.

    ``speaker`` knows the file's labels; in brackets only a label of somebody else counts. A row
    that has start and end shares its time out by the number of letters.
    """
    split = {row: list(_pieces(row, speaker)) for row in rows if ":" in row.text}
    parts = [part for row in rows for part in split.get(row, [row])]
    return parts, [row.line for row, pieces in split.items() if len(pieces) > 1]


def _pieces(row: Row, speaker: Callable[[str], str | None]) -> Iterator[Row]:
    said: list[tuple[str, str]] = []
    end = 0
    for found in _PUT_IN.finditer(row.text):
        other = speaker(found[1])
        if other and other != row.speaker:
            said += [(row.speaker, row.text[end : found.start()].strip()), (other, found[2])]
            end = found.end()
    said.append((row.speaker, row.text[end:].strip()))
    spoken = [(who, words) for who, words in said if any(map(str.isalnum, words))] or [(row.speaker, row.text)]
    times = shared_out(row.start_ms, row.end_ms, [len(words) for _, words in spoken])
    for (who, words), (start, until) in zip(spoken, times, strict=True):
        yield replace(row, speaker=who, text=words, start_ms=start, end_ms=until)


def line_numbers(lines: Sequence[str]) -> set[int]:
    """Which ``lines`` (by index) begin with a number that counts the lines by one, by five or by ten."""
    found = [(at, int(match[1])) for at, line in enumerate(lines) if (match := _LINE_NUMBER.match(line))]
    steps = Counter(b - a for (_, a), (_, b) in pairwise(found))
    step = steps.most_common(1)[0][0] if steps else 0
    counting = {at for (at, number), other in _neighbours(found) if abs(number - other) == step}
    enough = len(counting) >= 5 and len(counting) * step >= 0.8 * sum(map(bool, map(str.strip, lines))) - step
    return counting if step in {1, 5, 10} and enough else set()


def without_number(line: str) -> str:
    """The line without the number it begins with."""
    return _LINE_NUMBER.sub("", line, count=1).strip()


def _neighbours(found: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], int]]:
    """Each numbered line with the number before it, or after it where it is the first."""
    for index, item in enumerate(found):
        yield item, found[index - 1 if index else min(1, len(found) - 1)][1]


def page_heads(lines: Sequence[str], talk: Collection[int]) -> set[int]:
    """Which ``lines`` (by index) are page numbers, or heads and feet that stand at every page.

    A page number counts up by one from page to page, alone on its line or within a line that else
    stays the same; what stands unchanged beside two page numbers is a head. The lines of ``talk``, which
    begin with a speaker or a time, are never taken for one.
    """
    open_lines = {
        index: line.strip().lower()
        for index, line in enumerate(lines)
        if index not in talk and line.strip() and len(line) <= _LONGEST_HEAD
    }
    numbers = _page_numbers(open_lines)
    filled = [index for index, line in enumerate(lines) if line.strip()]
    at = {index: place for place, index in enumerate(filled)}
    near = {
        filled[place]
        for index in numbers
        for place in range(max(0, at[index] - _NEAR), min(len(filled), at[index] + _NEAR + 1))
    }
    near |= {index for index, line in enumerate(lines) if "\f" in line}
    beside = {index: open_lines[index] for index in near if index in open_lines}
    often = Counter(beside.values())
    return numbers | {index for index, text in beside.items() if often[text] > 1}


def _page_numbers(lines: dict[int, str]) -> set[int]:
    masked: dict[str, list[int]] = {}
    for index, text in lines.items():
        if any(map(str.isdigit, text)):
            masked.setdefault(_NUMBER.sub("#", text), []).append(index)
    found: set[int] = set()
    for mask, indices in masked.items():
        is_page = bool(_PAGE.fullmatch(mask))
        named = is_page and any(letter.isalpha() for letter in mask)
        if named or (len(indices) > (1 if is_page else 2) and _count_pages([lines[i] for i in indices], indices)):
            found.update(indices)
    return found


def _count_pages(texts: Sequence[str], indices: Sequence[int]) -> bool:
    """Whether one number in the lines goes up by one each time while the others stay, some lines apart."""
    columns = list(zip(*(map(int, _NUMBER.findall(text)) for text in texts), strict=True))
    counting = [all(b - a == 1 for a, b in pairwise(c)) for c in columns]
    staying = [len(set(column)) == 1 for column in columns]
    apart = all(b - a >= _CLOSEST_PAGES for a, b in pairwise(indices))
    return apart and sum(counting) == 1 and sum(staying) == len(columns) - 1
