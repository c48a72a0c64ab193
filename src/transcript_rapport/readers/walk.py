"""How the paragraphs and tables of a word processor's document are walked, whatever its elements are called."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from transcript_rapport.readers.blocks import Block, Paragraph, TableRow, bold_head


def bold_styles(own: Mapping[str, bool | None], based: Mapping[str, str]) -> frozenset[str]:
    """The styles that are bold, by what they say of their ``own`` or else by the styles they are ``based`` on."""

    def is_bold(name: str) -> bool:
        for _ in own:  # No further: styles of a damaged document may be based on each other.
            if own.get(name) is not None or name not in based:
                break
            name = based[name]
        return bool(own.get(name))

    return frozenset(name for name in own if name and is_bold(name))


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
                yield Paragraph(next(self._place), *bold_head(runs))
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
        return "\n".join(bold_head(self.runs(p, False))[0] for p in cell.iter(*self.paragraphs))

    def is_bold(self, paragraph: Any) -> bool:  # noqa: ARG002
        """Whether the style of a whole paragraph is bold."""
        return False

    @abstractmethod
    def cells(self, row: Any) -> list[Any]:
        """The cells of a table row, without those of tables inside it."""

    @abstractmethod
    def runs(self, parent: Any, bold: bool) -> Iterator[tuple[str, bool]]:
        """The words below ``parent`` and whether they are bold; ``bold`` says so of what holds them."""
