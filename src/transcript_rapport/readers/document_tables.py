"""Tables in documents: which of them hold the talk, and what stands in their columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace

from transcript_rapport.readers import columns, headless, records, text
from transcript_rapport.readers.blocks import Block, Paragraph, TableRow
from transcript_rapport.readers.columns import HEADER_WITHIN, LOOK_AT, Columns
from transcript_rapport.readers.records import Record
from transcript_rapport.readers.rows import noted
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

_LEAST_IN_TABLES = 0.5  # share of characters; where less stands in a table, it is a summary beside the talk


def sessions(source: Source, form: str, blocks: Sequence[Block], unit: str) -> list[Session]:
    """The sessions of the tables whose header names the words, and who speaks or else the words begin with it.

    None where no table does, or where most of the words stand outside it.
    """
    blocks = _unfolded(blocks)
    talk = _talk(blocks, lambda head: head.complete)
    if talk.is_most_of(blocks):
        return records.sessions(source, form, talk.records, talk.columns, talk.told(unit), unit=unit)
    talk = _talk(blocks, lambda head: head.text is not None and head.speaker is None)
    spoken = source.extract(records.labelled(talk.records, talk.columns), unit)
    if talk.is_most_of(blocks) and text.recognises(spoken):
        return [replace(s, notes=(*talk.told(unit), *s.notes)) for s in text.read(spoken)]
    return _by_content(source, form, blocks, unit)


def _by_content(source: Source, form: str, blocks: Sequence[Block], unit: str) -> list[Session]:
    """The session of a table whose header says nothing to us, by what its columns hold; none where that is unclear."""
    rows = [(block.place, block.cells) for block in blocks if isinstance(block, TableRow)]
    found, names, headed = headless.find(rows)
    if not found.complete:
        return []
    others = [block.place for block in blocks if isinstance(block, Paragraph) and block.text]
    talk = _Talk(found, (), [(place, dict(zip(names, cells, strict=False))) for place, cells in rows[headed:]], others)
    if not talk.is_most_of(blocks):
        return []
    shown = rows[0][1] if headed else [name for name in (found.start, found.speaker, found.text) if name]
    told = [f"the columns were told by what they hold: {', '.join(shown)}", *talk.told(unit)]
    return records.sessions(source, form, talk.records, found, told, unit=unit)


@dataclass(frozen=True, slots=True)
class _Talk:
    """The rows of the tables of talk with the columns that were found, and the places of everything else."""

    columns: Columns
    names: tuple[str, ...]
    records: list[Record]
    others: list[int]

    def is_most_of(self, blocks: Sequence[Block]) -> bool:
        """Whether the tables hold most of the words."""
        talk = sum(len(" ".join(map(str, cells.values()))) for _, cells in self.records)
        return bool(self.records) and talk >= _LEAST_IN_TABLES * sum(map(_length, blocks))

    def told(self, unit: str) -> list[str]:
        """Notes on what is left out."""
        unused = [name for name in self.names if name and name not in astuple(self.columns)]
        told = noted(self.others, "outside the table of talk, left out", unit)
        return told + ([f"columns left out: {', '.join(unused)}"] if unused else [])


def _talk(blocks: Sequence[Block], wanted: Callable[[Columns], bool]) -> _Talk:
    """The tables with a ``wanted`` header; one without a header goes on with the table above."""
    found, names, records, others = Columns(), tuple[str, ...](), list[Record](), list[int]()
    rows = [block for block in blocks if isinstance(block, TableRow)]
    below = {row.place: rows[at + 1 : at + 1 + LOOK_AT] for at, row in enumerate(rows)}
    table = 0
    for block in blocks:
        if isinstance(block, TableRow):
            begins = block.table != table or not names
            held = [row.cells for row in below[block.place] if row.table == block.table] if begins else []
            if begins and wanted(head := columns.find(block.cells, held)):
                found, names, table = head, block.cells, block.table
                continue
            if names and len(block.cells) == len(names):
                records.append((block.place, dict(zip(names, block.cells, strict=True))))
                continue
        others += [block.place] if isinstance(block, TableRow) or block.text else []
    return _Talk(found, names, records, others)


def _unfolded(blocks: Sequence[Block]) -> list[Block]:
    """Where every speaker has a column of their own: a row for each cell, from left to right."""
    tables: dict[int, list[TableRow]] = {}
    for block in blocks:
        if isinstance(block, TableRow):
            tables.setdefault(block.table, []).append(block)
    heads = {table: _own_columns(rows) for table, rows in tables.items()}
    found = list[Block]()
    for block in blocks:
        at, people = heads[block.table] if isinstance(block, TableRow) else (0, {})
        if not isinstance(block, TableRow) or not people or block.place < at:
            found.append(block)
        elif block.place == at:
            found.append(replace(block, cells=("speaker", "text")))
        else:
            said = ((people[n], words) for n, words in enumerate(block.cells) if n in people and words)
            found += [replace(block, cells=both) for both in said]
    return found


def _own_columns(rows: Sequence[TableRow]) -> tuple[int, dict[int, str]]:
    """Where a table's header gives every speaker a column, and whose each is; nobody's where it does not."""
    for at, head in enumerate(rows[:HEADER_WITHIN]):
        if own := columns.side_by_side(head.cells, [row.cells for row in rows[at + 1 : at + 1 + LOOK_AT]]):
            return head.place, own
    return 0, {}


def _length(block: Block) -> int:
    return len(block.text) if isinstance(block, Paragraph) else len(" ".join(block.cells))
