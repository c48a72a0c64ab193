"""How the paragraphs and tables of a word processor's document are walked, whatever its elements are called."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import count
from typing import Any

from transcript_rapport.readers import documents
from transcript_rapport.readers.documents import Block, Paragraph, TableRow


class Walk(ABC):
    """The paragraphs and table rows below an element, in reading order, counted as they come.

    A format names its elements and says what the runs of a paragraph are: words and whether they are bold.
    """

    paragraphs: tuple[str, ...]
    box: str
    table: str
    row: str
    unseen: frozenset[str]

    def __init__(self, bold_styles: frozenset[str]) -> None:
        self._bold_styles = bold_styles
        self._place, self._tables = count(1), count(1)

    def blocks(self, parent: Any) -> Iterator[Block]:
        """Every paragraph and table row; what a text box holds follows the paragraph it hangs on."""
        for child in parent.iterchildren("*"):
            if child.tag in self.paragraphs:
                runs = self.runs(child, self.is_bold(child))
                yield Paragraph(next(self._place), *documents.bold_head(runs))
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
        return "\n".join(documents.bold_head(self.runs(p, False))[0] for p in cell.iter(*self.paragraphs))

    def is_bold(self, paragraph: Any) -> bool:  # noqa: ARG002
        """Whether the style of a whole paragraph is bold."""
        return False

    @abstractmethod
    def cells(self, row: Any) -> list[Any]:
        """The cells of a table row, without those of tables inside it."""

    @abstractmethod
    def runs(self, parent: Any, bold: bool) -> Iterator[tuple[str, bool]]:
        """The words below ``parent`` and whether they are bold; ``bold`` says so of what holds them."""
