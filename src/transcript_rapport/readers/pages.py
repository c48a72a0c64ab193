"""From pieces of text that lie somewhere on pages to lines in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from transcript_rapport.readers.blocks import Paragraph, as_line, is_time
from transcript_rapport.readers.typescripts import line_numbers, without_number

_SAME_LINE = 0.5  # of the letters' height
_WIDE_GAP = 1.0  # of the letters' height: what stands apart by more is a column, such as the label's
_FAR_BELOW = 1.6  # line pitches; a blank line lies between
_APART = 1.2  # line pitches between a page head and the talk
_PITCH = 15.0  # points, where a page has too few lines to tell
_EDGE = 3  # lines at the top and at the bottom that may be a page head
_PAGE_OF = re.compile(r"(page|p\.|pg\.?)?\s*\d{1,4}\s*(of|/)\s*\d{1,4}", re.IGNORECASE)
_DIVIDED = re.compile(r"(?:^|\s)(\S*[^\W\d_]{2,})[-‐\u00ad]$")
_KEEPS_HYPHEN = frozenset("self well non half ex mid anti semi cross all mm uh mhm hm co-".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line that stand close together; points from the lower left corner of the page."""

    x0: float
    x1: float
    y: float
    height: float
    text: str
    bold: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page's width in points and the pieces of text on it."""

    width: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    page: int
    y: float
    x1: float
    text: str
    bold: int = 0


def lines(pages: Sequence[Page]) -> tuple[list[Paragraph], list[str]]:
    """The lines of all pages in reading order, an empty one where a gap lies, and notes on what was left out."""
    laid = [_in_order(page, number) for number, page in enumerate(pages, start=1)]
    laid, heads = _without_heads(laid)
    notes = [f"page heads left out: {'; '.join(heads)}"] if heads else []
    bare = [_without_numbers(page) for page in laid]
    numbered = sum(a != b for a, b in zip(laid, bare, strict=True))
    notes += [f"line numbers left out on {numbered} page{'s' * (numbered != 1)}"] if numbered else []
    flowing = [line for page in bare for line in _with_gaps(page)]
    mended, joined = _mended(flowing)
    notes += [f"{joined} words divided at a line's end were joined"] if joined else []
    return [Paragraph(line.page, line.text, line.bold) for line in mended], notes


def _in_order(page: Page, number: int) -> list[_Line]:
    """The lines of a page: from top to bottom, or column by column between lines that go across."""
    gutter = _gutter(page)
    if gutter is None:
        return _lines(page.pieces, number)
    found: list[_Line] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in sorted(page.pieces, key=lambda piece: -piece.y):
        if piece.x1 <= gutter:
            left.append(piece)
        elif piece.x0 >= gutter:
            right.append(piece)
        else:
            found += [*_lines(left, number), *_lines(right, number), *_lines([piece], number)]
            left, right = [], []
    return [*found, *_lines(left, number), *_lines(right, number)]


def _gutter(page: Page) -> float | None:
    """Where the blank strip between two columns of talk runs; None where the page has one column.

    A narrow column of labels or times beside the words is none of its own.
    """
    middle = [page.width * share / 100 for share in range(35, 66)]
    at = min(middle, key=lambda x: (sum(p.x0 < x < p.x1 for p in page.pieces), abs(x - page.width / 2)))
    left = [p for p in page.pieces if p.x1 <= at]
    right = [p for p in page.pieces if p.x0 >= at]
    across = len(page.pieces) - len(left) - len(right)
    few = min(len(left), len(right)) < 5 or len(right) < 0.3 * len(left) or across > 0.15 * len(page.pieces)
    if few or min(_mean_length(left), _mean_length(right)) < 15:
        return None
    return at


def _mean_length(pieces: Sequence[Piece]) -> float:
    return sum(len(piece.text) for piece in pieces) / len(pieces)


def _lines(pieces: Iterable[Piece], page: int) -> list[_Line]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        if rows and rows[-1][0].y - piece.y < _SAME_LINE * min(rows[-1][0].height, piece.height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_line(sorted(row, key=lambda piece: piece.x0), page) for row in rows]


def _line(row: Sequence[Piece], page: int) -> _Line:
    cells = [row[0].text]
    for before, piece in pairwise(row):
        if piece.x0 - before.x1 > _WIDE_GAP * piece.height:
            cells.append(piece.text)
        else:
            cells[-1] += " " + piece.text
    is_table = len(cells) > 2 and any(map(is_time, cells))
    text = as_line(cells) if is_table else "\t".join([cells[0], *filter(None, [" ".join(cells[1:])])])
    return _Line(page, row[0].y, row[-1].x1, text, 0 if is_table else row[0].bold)


def _without_heads(pages: Sequence[list[_Line]]) -> tuple[list[list[_Line]], list[str]]:
    """The pages without the lines that recur at the same height of most pages, and what those lines say."""
    edges = [(_shape(line), round(line.y / 4)) for page in pages for line in {*page[:_EDGE], *page[-_EDGE:]}]
    # Heights are rounded, so that a neighbour counts as the same.
    counted = Counter(edges)
    often = {
        (shape, y + near)
        for shape, y in counted
        for near in (-1, 0, 1)
        if sum(counted[shape, y + step] for step in (-1, 0, 1)) >= max(2, 0.5 * len(pages))
    }
    said: dict[str, str] = {}
    kept = []
    for page in pages:
        first = _head_length(page, often)
        last = len(page) - _head_length(page[first:][::-1], often)
        for line in (*page[:first], *page[last:]):
            said.setdefault(_shape(line), line.text)
        kept.append(page[first:last])
    return kept, [repr(text[:60]) for text in said.values()]


def _head_length(page: Sequence[_Line], often: set[tuple[str, int]]) -> int:
    """How many lines from the edge of a page are its head: they recur, and stand apart from the talk."""
    length = 0
    for line in page[:_EDGE]:
        if not (_PAGE_OF.fullmatch(line.text) or (_shape(line), round(line.y / 4)) in often):
            break
        length += 1
    near = length and length < len(page) and abs(page[length - 1].y - page[length].y) < _APART * _pitch(page)
    return sum(bool(_PAGE_OF.fullmatch(line.text)) for line in page[:length]) if near else length


def _shape(line: _Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _pitch(page: Sequence[_Line]) -> float:
    steps = [
        above.y - below.y for above, below in pairwise(sorted(page, key=lambda line: -line.y)) if above.y > below.y
    ]
    return median(steps) if len(steps) > 2 else _PITCH


def _without_numbers(page: list[_Line]) -> list[_Line]:
    """The lines without the numbers that count them."""
    numbered = line_numbers([line.text for line in page])
    return [_without_number(line) if at in numbered else line for at, line in enumerate(page)]


def _without_number(line: _Line) -> _Line:
    words = without_number(line.text)
    return replace(line, text=words, bold=max(0, line.bold - len(line.text) + len(words)))


def _with_gaps(page: Sequence[_Line]) -> Iterator[_Line]:
    pitch = _pitch(page)
    for index, line in enumerate(page):
        if index and page[index - 1].y - line.y > _FAR_BELOW * pitch:
            yield _Line(line.page, line.y, 0, "")
        yield line


def _mended(flowing: list[_Line]) -> tuple[list[_Line], int]:
    """The lines with words joined that a line's end divides, and how many those were."""
    words = Counter(re.findall(r"[\w'’-]+", " ".join(line.text for line in flowing).lower()))
    widest = max((line.x1 for line in flowing), default=0)
    joined = 0
    found: list[_Line] = []
    for line in flowing:
        above = found[-1] if found else None
        divided = _DIVIDED.search(above.text) if above else None
        tail, _, rest = line.text.partition(" ")
        if above and divided and tail[:1].islower() and above.x1 > 0.6 * widest:
            whole = _whole(divided[1], tail, words)
            found[-1] = replace(above, text=above.text[: divided.start(1)] + whole)
            found.append(replace(line, text=rest, bold=0))
            joined += 1
        else:
            found.append(line)
    return found, joined


def _whole(head: str, tail: str, words: Counter[str]) -> str:
    """The divided word: with its hyphen where the document writes it so, or where its first part asks for one."""
    bare = re.sub(r"\W+$", "", tail).lower()
    with_hyphen = f"{head.lower()}-{bare}"
    plain = f"{head.lower()}{bare}"
    keeps = words[with_hyphen] > words[plain] or (head.lower() in _KEEPS_HYPHEN and not words[plain])
    return f"{head}-{tail}" if keeps else f"{head}{tail}"
