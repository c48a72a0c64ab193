"""What a document is made of: paragraphs, and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transcript_rapport.readers.stamps import TO
from transcript_rapport.timestamps import CLOCK

_TIME = re.compile(rf"[\[(]?\s*{CLOCK}(?:{TO}{CLOCK})?\s*[\])]?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u200e\u200f\u00ad\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


class Face(NamedTuple):
    """How letters look on the page."""

    bold: bool = False
    italic: bool = False


PLAIN = Face()
Run = tuple[str, Face]
"""Words that look alike."""


class Look(NamedTuple):
    """How a line looks: the share of its letters (0 to 1) that is in bold, and in italics."""

    bold: float
    italic: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, counted from 1; of ``text`` the first ``bold`` characters are in bold.

    ``looks`` says of each of its lines that is not blank how it looks; it is empty where that is not known.
    ``heading``: the document says that it heads what follows.
    """

    place: int
    text: str
    bold: int = 0
    looks: tuple[Look, ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, counted among the paragraphs; ``table`` tells the tables of a document apart."""

    place: int
    table: int
    cells: tuple[str, ...]


Block = Paragraph | TableRow


def paragraph(place: int, runs: Iterable[Run], *, heading: bool = False) -> Paragraph:
    """The paragraph that ``runs`` make up."""
    found = list(runs)
    words, bold, at_head = "", 0, True
    for piece, face in found:
        at_head = at_head and (face.bold or not piece.strip())
        words += piece
        bold = len(words) if at_head and face.bold else bold
    return Paragraph(place, words, bold, tuple(_looks(found)), heading)


def joined(runs: Iterable[Run]) -> str:
    """The words of ``runs``."""
    return "".join(words for words, _ in runs)


def visible(words: str) -> str:
    """The words without characters nobody sees, with plain line breaks and spaces."""
    return _CONTROL.sub("", _BREAKS.sub("\n", words)).replace("\xa0", " ")


def _looks(runs: Iterable[Run]) -> Iterator[Look]:
    """The look of every line that is not blank."""
    lines: list[list[Run]] = [[]]
    for words, face in runs:
        first, *below = visible(words).split("\n")
        lines[-1].append((first, face))
        lines += [[(piece, face)] for piece in below]
    for line in lines:
        if joined(line).strip():
            letters = [(len(words) - words.count(" "), face) for words, face in line]
            whole = sum(count for count, _ in letters) or 1
            bold, italic = (sum(count for count, face in letters if face[at]) / whole for at in (0, 1))
            yield Look(bold, italic)


def is_time(cell: str) -> bool:
    """Whether a cell holds a time, or a start and an end, and nothing else."""
    return bool(_TIME.fullmatch(cell.strip()))


def as_line(row: Sequence[str]) -> str:
    """A row of a table without a header as a line of text: its time, its speaker and a colon, its words."""
    cells = list(row)
    if len(cells) > 2 and re.fullmatch(r"#?\d{1,4}[.)]?", cells[0]):
        cells = cells[1:]
    times = [cell for cell in cells if is_time(cell)][:2]
    rest = [cell for cell in cells if cell not in times]
    stamp = f"[{' - '.join(time.strip('[]()') for time in times)}] " if times else ""
    speaker, words = (rest[0].rstrip(": "), " ".join(rest[1:])) if len(rest) > 1 else ("", "".join(rest))
    return stamp + (f"{speaker}: {words}" if speaker else words).strip()
