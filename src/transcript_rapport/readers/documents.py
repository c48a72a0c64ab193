"""What word processor documents share: their paragraphs and tables go to the code that reads text, cues and rows."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from transcript_rapport.errors import ReadError
from transcript_rapport.readers import columns, headless, services, subtitles, text
from transcript_rapport.readers.columns import Columns, Record
from transcript_rapport.readers.labels import Labels
from transcript_rapport.readers.rows import places
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session
from transcript_rapport.timestamps import CLOCK

ZIP = b"PK\x03\x04"
DAMAGE = (
    *(BadZipFile, zlib.error, struct.error, LookupError, ValueError, AttributeError),
    *(OSError, EOFError, NotImplementedError, RuntimeError, SyntaxError),  # XML that is damaged is a SyntaxError
)
"""What the standard library raises over a damaged archive, and over the XML in it."""
_MOST_UNPACKED = 300_000_000  # bytes; a day of talk with pictures stays below
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u200e\u200f\u00ad\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_TIME = re.compile(rf"[\[(]?\s*{CLOCK}(?:\s*(?:-->|->|→|–|—|-|to)\s*{CLOCK})?\s*[\])]?")
_AFTER_HEAD = re.compile(rf"\s*(?::|[\[(]?\s*{CLOCK}|\t)")
_MOST_LABEL = 40
_LEAST_IN_TABLES = 0.5  # share of characters; where less stands in a table, it is a summary beside the talk
_LOOK_AT = 100  # rows of a table, to see what a column holds
_HEAD_WITHIN = 10
_LEAST_BOLD = 0.2  # share of paragraphs; where fewer begin in bold, the bold words are stressed, not speakers

# Shapes that only one service has.
_SHAPES = (
    ("Teams", re.compile(rf"\S[^\n]{{0,80}} {{3}}{CLOCK}\n")),
    ("Teams", re.compile(rf"{CLOCK} --> {CLOCK}\n[^\n]+\n")),
)


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


def sessions(
    source: Source, form: str, blocks: Sequence[Block], notes: Iterable[str] = (), *, unit: str = "paragraph"
) -> list[Session]:
    """The sessions in the ``blocks`` of a document called ``form``, whose places count ``unit``.

    Tables whose header names the columns are read as tables; everything else as lines of text or as
    subtitles. Raises ReadError where there are no words or no speakers.
    """
    blocks = [_clean(block) for block in blocks]
    if not any(isinstance(block, TableRow) or block.text for block in blocks):
        raise source.error("there are no words in it", "a transcript", "check that this is the right file")
    service, blocks, told = _without_notices(blocks, unit)
    named = f"{form} ({service})" if service else form
    found = _from_tables(source, named, blocks, unit)
    if not found:
        paragraphs = _labelled(list(_as_paragraphs(blocks)))
        lines = [(paragraph.place, line) for paragraph in paragraphs for line in paragraph.text.split("\n")]
        extract = source.extract(lines, unit)
        found = (subtitles if subtitles.recognises(extract) else text).read(extract)
    return [replace(session, format=named, notes=(*notes, *told, *session.notes)) for session in found]


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


def members(source: Source) -> list[str] | None:
    """The names in the zip archive that the file is; None where it is none, or too damaged to tell."""
    if not source.data.startswith(ZIP):
        return None
    try:
        with ZipFile(BytesIO(source.data)) as archive:
            return archive.namelist()
    except DAMAGE:
        return None


def unpacked(source: Source, kind: str) -> ZipFile:
    """The zip archive that a document of this ``kind`` is; ReadError where it is damaged or unpacks to too much."""
    try:
        archive = ZipFile(BytesIO(source.data))
    except DAMAGE as error:
        raise damaged(source, kind, error) from None
    size = sum(member.file_size for member in archive.infolist())
    if size > _MOST_UNPACKED:
        seen = f"the document unpacks to {size / 1e6:,.0f} MB"
        raise source.error(seen, f"less than {_MOST_UNPACKED / 1e6:.0f} MB", "save it again without its pictures")
    try:
        # Read in small pieces first: what says it is small and is not would else fill the memory.
        bad = archive.testzip()
    except DAMAGE as error:
        raise damaged(source, kind, error) from None
    if bad is not None:
        raise damaged(source, kind, ValueError(f"{bad} is not as it was packed"))
    return archive


def damaged(source: Source, kind: str, error: Exception) -> ReadError:
    """The error for a file that is no whole document of this ``kind``."""
    why = " ".join(str(error).split())[:80]
    seen = "the file is damaged" + (f" ({why})" if why else "")
    return source.error(seen, f"{kind} that is whole", "copy it again from where it came, or open it and save it anew")


def locked(source: Source) -> ReadError:
    """The error for a document that needs a password."""
    seen, remedy = "the document is locked with a password", "open it with its password and save a copy without one"
    return source.error(seen, "one that opens without", remedy)


def _clean(block: Block) -> Block:
    """The block without characters nobody sees; a row of empty cells is an empty paragraph."""
    if isinstance(block, TableRow):
        cells = tuple(_visible(cell).strip() for cell in block.cells)
        return replace(block, cells=cells) if any(cells) else Paragraph(block.place, "")
    head, words = _visible(block.text[: block.bold]).lstrip(), _visible(block.text).strip()
    return Paragraph(block.place, words, min(len(head), len(words)))


def _visible(words: str) -> str:
    return _CONTROL.sub("", _BREAKS.sub("\n", words)).replace("\xa0", " ")


def _without_notices(blocks: Sequence[Block], unit: str) -> tuple[str, list[Block], list[str]]:
    """Which service wrote the document, the blocks without that service's own lines, and a note on them."""
    told, kept, dropped = list[str](), list[Block](), list[int]()
    for block in blocks:
        words = block.text if isinstance(block, Paragraph) else ""
        noticed = services.notice(words)
        shaped = next((name for name, pattern in _SHAPES if pattern.match(words)), None)
        told += [name for name in (noticed, shaped) if name]
        if noticed:
            dropped.append(block.place)
        else:
            kept.append(block)
    service = told[0] if told else ""
    notes = [f"{places(dropped, unit)}: a notice of {service}, left out"] if dropped else []
    return service, kept, notes


def _from_tables(source: Source, form: str, blocks: Sequence[Block], unit: str) -> list[Session]:
    """The sessions of the tables whose header names the words, and who speaks or else the words begin with it.

    None where no table does, or where most of the words stand outside it.
    """
    blocks = _unfolded(blocks)
    talk = _talk(blocks, lambda head: head.complete)
    if talk.is_most_of(blocks):
        return columns.sessions(source, form, talk.records, talk.columns, talk.told(unit), unit=unit)
    talk = _talk(blocks, lambda head: head.text is not None and head.speaker is None)
    spoken = source.extract(columns.labelled(talk.records, talk.columns), unit)
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
    return columns.sessions(source, form, talk.records, found, told, unit=unit)


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
        found = self.columns
        used = {found.speaker, found.text, found.start, found.end, found.duration, found.session}
        unused = [name for name in self.names if name and name not in used]
        told = [f"{places(self.others, unit)}: outside the table of talk, left out"] if self.others else []
        return told + ([f"columns left out: {', '.join(unused)}"] if unused else [])


def _talk(blocks: Sequence[Block], wanted: Callable[[Columns], bool]) -> _Talk:
    """The tables with a ``wanted`` header; one without a header goes on with the table above."""
    found, names, records, others = Columns(), tuple[str, ...](), list[Record](), list[int]()
    rows = [block for block in blocks if isinstance(block, TableRow)]
    below = {row.place: rows[at + 1 : at + 1 + _LOOK_AT] for at, row in enumerate(rows)}
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
    heads = {table: _head(rows) for table, rows in tables.items()}
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


def _head(rows: Sequence[TableRow]) -> tuple[int, dict[int, str]]:
    """Where a table's header gives every speaker a column, and whose each is; nobody's where it does not."""
    for at, head in enumerate(rows[:_HEAD_WITHIN]):
        if own := columns.side_by_side(head.cells, [row.cells for row in rows[at + 1 : at + 1 + _LOOK_AT]]):
            return head.place, own
    return 0, {}


def _length(block: Block) -> int:
    return len(block.text) if isinstance(block, Paragraph) else len(" ".join(block.cells))


def _as_paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The blocks as paragraphs, an empty one wherever a table begins or ends."""
    above: int | None = None
    for block in blocks:
        table = block.table if isinstance(block, TableRow) else 0
        if above is not None and table != above:
            yield Paragraph(block.place, "")
        yield block if isinstance(block, Paragraph) else Paragraph(block.place, as_line(block.cells))
        above = table


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


def _labelled(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with a colon after bold names that have none: bold is how the document marks its speakers."""
    spoken = [paragraph for paragraph in paragraphs if paragraph.text]
    heads = {
        paragraph: head
        for paragraph, below in zip(spoken, [*spoken[1:], None], strict=True)
        if (head := _bold_name(paragraph, below))
    }
    labels = Labels(list(heads.values()))
    speakers = {paragraph: head for paragraph, head in heads.items() if labels.name(head)}
    if len(set(speakers.values())) < 2 or len(speakers) < _LEAST_BOLD * len(spoken):
        return list(paragraphs)
    return [
        replace(paragraph, text=f"{speakers[paragraph]}: {paragraph.text[paragraph.bold :].lstrip()}")
        if paragraph in speakers
        else paragraph
        for paragraph in paragraphs
    ]


def _bold_name(paragraph: Paragraph, below: Paragraph | None) -> str:
    """The bold words at the head of a paragraph where they may be a speaker without a colon."""
    head, rest = paragraph.text[: paragraph.bold].strip(), paragraph.text[paragraph.bold :]
    spoken_below = below is not None and below.bold < len(below.text)
    if not head[:1].isupper() or len(head) > _MOST_LABEL or head[-1] in ":,?!" or _AFTER_HEAD.match(rest):
        return ""
    return head if rest.strip() or spoken_below else ""
