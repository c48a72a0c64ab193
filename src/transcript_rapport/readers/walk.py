"""How the paragraphs and tables of a word processor's document are walked, whatever its elements are called."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

from transcript_rapport.readers.blocks import PLAIN, Block, Face, Run, TableRow, joined, paragraph


class Styles(NamedTuple):
    """The names of the styles that are bold, that are in italics, and that head what follows."""

    bold: frozenset[str]
    italic: frozenset[str]
    headings: frozenset[str]


def inherited(own: Mapping[str, bool | None], based: Mapping[str, str]) -> frozenset[str]:
    """The styles that have a trait, by what they say of their ``own`` or else by the styles they are ``based`` on."""

    def has(name: str) -> bool:
        for _ in own:  # No further: styles of a damaged document may be based on each other.
            if own.get(name) is not None or name not in based:
                break
            name = based[name]
        return bool(own.get(name))

    return frozenset(name for name in own if name and has(name))


class Walk(ABC):
    """The paragraphs and table rows below an element, in reading order, counted as they come.

    A format names its elements and says what the runs of a paragraph are: words and how they look.
    """

    paragraphs: tuple[str, ...]
    box: str
    table: str
    row: str
    unseen: frozenset[str]

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._place, self._tables = count(1), count(1)

    def blocks(self, parent: Any) -> Iterator[Block]:
        """Every paragraph and table row; what a text box holds follows the paragraph it hangs on."""
        for child in parent.iterchildren("*"):
            if child.tag in self.paragraphs:
                runs = self.runs(child, self.face(child))
                yield paragraph(next(self._place), runs, heading=self.is_heading(child))
                for box in child.iter(self.box):
                    if not any(above.tag in self.unseen for above in box.iterancestors()):
                        yield from self.blocks(box)
            elif child.tag == self.table:
                yield from self._rows(child, next(self._tables))
            elif child.tag not in self.unseen:
                yield from self.blocks(child)

    def _rows(self, table: Any, number: int) -> Iterator[Block]:
        for row in table.iter(self.row):
            if next(row.iterancestors(self.table)) is not table:
                continue  # The cell that holds an inner table takes its words.
            cells = self.cells(row)
            if len(cells) == 1:  # A frame around the talk, not a table.
                yield from self.blocks(cells[0])
            else:
                yield TableRow(next(self._place), number, tuple(map(self._cell, cells)))

    def _cell(self, cell: Any) -> str:
        return "\n".join(joined(self.runs(p, PLAIN)) for p in cell.iter(*self.paragraphs))

    def face(self, paragraph: Any) -> Face:  # noqa: ARG002
        """How a whole paragraph looks by its style."""
        return PLAIN

    @abstractmethod
    def is_heading(self, paragraph: Any) -> bool:
        """Whether the document says that a paragraph heads what follows."""

    @abstractmethod
    def cells(self, row: Any) -> list[Any]:
        """The cells of a table row, without those of tables inside it."""

    @abstractmethod
    def runs(self, parent: Any, face: Face) -> Iterator[Run]:
        """The words below ``parent`` and how they look; ``face`` says so of what holds them."""
