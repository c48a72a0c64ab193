"""What a document is made of: paragraphs, and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transcript_rapport.readers.stamps import TO
from transcript_rapport.timestamps import CLOCK

_TIME = re.compile(rf"[\[(]?\s*{CLOCK}(?:{TO}{CLOCK})?\s*[\])]?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, counted from 1; of ``text`` the first ``bold`` characters are in bold."""

    place: int
    text: str
    bold: int = 0


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, counted among the paragraphs; ``table`` tells the tables of a document apart."""

    place: int
    table: int
    cells: tuple[str, ...]


Block = Paragraph | TableRow


def bold_head(runs: Iterable[tuple[str, bool]]) -> tuple[str, int]:
    """The text of ``runs`` (words, whether they are bold) and how many characters at its head are bold."""
    words, bold, heading = "", 0, True
    for piece, is_bold in runs:
        heading = heading and (is_bold or not piece.strip())
        words += piece
        bold = len(words) if heading and is_bold else bold
    return words, bold


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
