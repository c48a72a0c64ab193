"""Web pages (.html): a transcript saved from a browser, in paragraphs, lists or tables, read as documents are."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import count

from transcript_rapport.readers import documents
from transcript_rapport.readers.blocks import PLAIN, Block, Face, Paragraph, Run, TableRow, joined, paragraph
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

NAME = "html"
SUFFIXES = (".html", ".htm", ".xhtml", ".otr")

_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = frozenset({"script", "style", "title", "nav", "footer", "noscript", "template", "button", "select", "svg"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong", "dt"}) | _HEADINGS
_ITALIC = frozenset({"i", "em"})
_APART = frozenset({"span", "time", "a", "cite", "label", "small"})
"""Elements that a page sets apart from what stands before them by its style, without a blank."""
_WITHIN = _APART | frozenset(
    "abbr b bdi bdo big code data del dfn em font i img ins kbd mark q s samp strong sub sup tt u var wbr".split()
)


def recognises(source: Source) -> bool:
    """Whether the text begins as a web page does."""
    return source.is_text and bool(_HEAD.match(source.text[:5000].lstrip("\ufeff")) or _of_otranscribe(source))


def read(source: Source) -> list[Session]:
    """The session of the page, or several where a table holds several; menus, scripts and the page's foot are ignored.

    Raises ReadError where the page names no speakers.
    """
    page = _of_otranscribe(source)
    return documents.sessions(source, "oTranscribe" if page else "web page", blocks(page or source.text))


def _of_otranscribe(source: Source) -> str:
    """The part of a page that an oTranscribe file holds inside JSON; empty where the file is none."""
    if not (source.text[:1] == "{" and "timestamp" in source.text and "<" in source.text):
        return ""
    try:
        held = json.loads(source.text)
    except (json.JSONDecodeError, RecursionError):
        return ""
    words = held.get("text") if isinstance(held, dict) and "media" in held else ""
    return words if isinstance(words, str) and "data-timestamp" in words else ""


def blocks(page: str) -> list[Block]:
    """The paragraphs and table rows of a page or of a part of one, in the order they stand in."""
    walk = _Walk()
    walk.feed(page)
    walk.close()
    walk.end()
    return walk.blocks


class _Walk(HTMLParser):
    """Collects paragraphs; inside a row, the cells; a table inside a cell is words of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._places, self._table, self._tables = count(1), 0, 0
        self._runs: list[Run] = []
        self._cells: list[list[str]] | None = None
        self._bold = self._italic = self._headings = self._unseen = 0
        self._closed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self._runs.append(("\n", PLAIN))
        elif tag in _APART and self._closed:
            self._runs.append((" ", self._face))
        elif tag not in _WITHIN:
            self.end()
            self._opened(tag)
        self._bold += tag in _BOLD
        self._italic += tag in _ITALIC
        self._headings += tag in _HEADINGS
        self._closed = False

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag not in _WITHIN:
            self.end()
            if tag in {"tr", "table"}:
                self._end_row()
            self._tables -= tag == "table" and self._tables > 0
        self._bold = max(0, self._bold - (tag in _BOLD))
        self._italic = max(0, self._italic - (tag in _ITALIC))
        self._headings = max(0, self._headings - (tag in _HEADINGS))
        self._closed = True

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._runs.append((_SPACE.sub(" ", data), self._face))
            self._closed = self._closed and not data

    def end(self) -> None:
        """Closes a paragraph, or one inside a cell."""
        runs, self._runs = self._runs, []
        words = joined(runs).strip()
        if not words:
            return
        if self._cells is not None:
            self._cells = self._cells or [[]]
            self._cells[-1].append(words)
        else:
            self.blocks.append(paragraph(next(self._places), runs, heading=self._headings > 0))

    @property
    def _face(self) -> Face:
        return Face(self._bold > 0, self._italic > 0)

    def _opened(self, tag: str) -> None:
        if tag == "table":
            self._tables += 1
            self._table += self._tables == 1
        elif tag == "tr" and self._tables == 1:
            self._end_row()
            self._cells = []
        elif tag in {"td", "th"} and self._cells is not None and self._tables == 1:
            self._cells.append([])

    def _end_row(self) -> None:
        if self._cells is None or self._tables > 1:
            return
        cells, self._cells = ["\n".join(cell) for cell in self._cells], None
        if len(cells) > 1:
            self.blocks.append(TableRow(next(self._places), self._table, tuple(cells)))
        elif cells:
            self.blocks.append(Paragraph(next(self._places), cells[0]))
