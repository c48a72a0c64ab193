"""What word processor documents share: their paragraphs and tables go to the code that reads text, cues and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from transcript_rapport.readers import document_tables, services, subtitles, text, typefaces
from transcript_rapport.readers.blocks import Block, Paragraph, TableRow, as_line, visible
from transcript_rapport.readers.labels import Labels
from transcript_rapport.readers.rows import noted
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session
from transcript_rapport.timestamps import CLOCK

_AFTER_HEAD = re.compile(rf"\s*(?::|[\[(]?\s*{CLOCK}|\t)")
_MOST_LABEL = 40
_LEAST_BOLD = 0.2  # share of paragraphs; where fewer begin in bold, the bold words are stressed, not speakers

# Shapes that only one service has.
_SHAPES = (
    ("Teams", re.compile(rf"\S[^\n]{{0,80}} {{3}}{CLOCK}\n")),
    ("Teams", re.compile(rf"{CLOCK} --> {CLOCK}\n[^\n]+\n")),
)


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
    found = document_tables.sessions(source, named, blocks, unit)
    if not found:
        paragraphs = _labelled(list(_as_paragraphs(blocks)))
        lines = [(paragraph.place, line) for paragraph in paragraphs for line in paragraph.text.split("\n")]
        extract = source.extract(lines, unit)
        found = _of_lines(extract, paragraphs, unit)
    return [replace(session, format=named, notes=(*notes, *told, *session.notes)) for session in found]


def _of_lines(extract: Source, paragraphs: Sequence[Paragraph], unit: str) -> list[Session]:
    """The session of subtitles, of labelled lines, or else of two people whom only their letters tell apart."""
    if subtitles.recognises(extract):
        return subtitles.read(extract)
    talk = None if text.recognises(extract) else typefaces.found(paragraphs)
    return [talk.session(extract, unit)] if talk else text.read(extract)


def _clean(block: Block) -> Block:
    """The block without characters nobody sees; a row of empty cells is an empty paragraph."""
    if isinstance(block, TableRow):
        cells = tuple(visible(cell).strip() for cell in block.cells)
        return replace(block, cells=cells) if any(cells) else Paragraph(block.place, "")
    head, words = visible(block.text[: block.bold]).lstrip(), visible(block.text).strip()
    return replace(block, text=words, bold=min(len(head), len(words)))


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
    return service, kept, noted(dropped, f"a notice of {service}, left out", unit)


def _as_paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The blocks as paragraphs, an empty one wherever a table begins or ends."""
    above: int | None = None
    for block in blocks:
        table = block.table if isinstance(block, TableRow) else 0
        if above is not None and table != above:
            yield Paragraph(block.place, "")
        yield block if isinstance(block, Paragraph) else Paragraph(block.place, as_line(block.cells))
        above = table


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
