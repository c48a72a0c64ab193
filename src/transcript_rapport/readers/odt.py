"""OpenDocument text (.odt, .fodt), as LibreOffice and its relatives write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from transcript_rapport.readers import documents, packages
from transcript_rapport.readers.source import Source
from transcript_rapport.readers.walk import Walk, bold_styles
from transcript_rapport.session import Session

NAME = "odt"
SUFFIXES = (".odt", ".ott", ".fodt")

_KIND = "an OpenDocument text"
_MIME = b"application/vnd.oasis.opendocument.text"
_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _STYLE, _DRAW = (_NS % name for name in ("text", "table", "office", "style", "drawing"))
_FO = _NS % "xsl-fo-compatible"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
# Notes at the foot, comments and deleted words are no talk.
_UNSEEN = frozenset({f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes", f"{_TEXT}table-of-content"})
_SPACE = re.compile(r"[ \t\r\n]+")  # counts as one blank, as in HTML
_MOST_SPACES = 1000


def recognises(source: Source) -> bool:
    """Whether the file is a package of the OpenDocument text kind, or such a document as one XML file."""
    if source.data.startswith(packages.ZIP):
        return _MIME in source.data[:200]  # The kind comes first in the package, and is not compressed.
    return (
        source.data.lstrip()[:1] == b"<" and b"<office:document" in source.data[:5000] and _MIME in source.data[:5000]
    )


def read(source: Source) -> list[Session]:
    """The session of the document, or several where a table holds several; headers, footers and comments are ignored.

    Raises ReadError where the document is damaged, locked, or names no speakers.
    """
    tree = _content(source)
    body = tree.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise source.error("the document has no text part", _KIND, "open it in LibreOffice and save it anew")
    walk = _Walk(_bold_styles(tree))
    return documents.sessions(source, "OpenDocument text", list(walk.blocks(body)))


def _content(source: Source) -> Any:
    """The root of the document's XML; entities are not resolved, nothing is fetched."""
    from lxml import etree

    data = _packed(source) if source.data.startswith(packages.ZIP) else source.data
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise packages.damaged(source, _KIND, error) from None


def _packed(source: Source) -> bytes:
    with packages.unpacked(source, _KIND) as archive:
        names = archive.namelist()
        try:
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            if b"encryption-data" in manifest or "encrypted-package" in names:
                raise packages.locked(source)
            return archive.read("content.xml")
        except packages.DAMAGE as error:
            raise packages.damaged(source, _KIND, error) from None


def _bold_styles(tree: Any) -> frozenset[str]:
    """The names of the styles that are bold, by themselves or by their parent."""
    styles = {style.get(f"{_STYLE}name"): style for style in tree.iter(f"{_STYLE}style")}
    based = {name: style.get(f"{_STYLE}parent-style-name") for name, style in styles.items()}
    return bold_styles({name: _bold(style) for name, style in styles.items()}, based)


def _bold(style: Any) -> bool | None:
    """Whether a style says bold or not bold; None where it leaves it open."""
    letters = style.find(f"{_STYLE}text-properties")
    weight = letters.get(f"{_FO}font-weight") if letters is not None else None
    return None if weight is None else weight == "bold" or (weight.isdigit() and int(weight) >= 600)


class _Walk(Walk):
    paragraphs, box = _PARAGRAPHS, f"{_DRAW}text-box"
    table, row, unseen = f"{_TABLE}table", f"{_TABLE}table-row", _UNSEEN

    def cells(self, row: Any) -> list[Any]:
        return list(row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))

    def runs(self, parent: Any, bold: bool) -> Iterator[tuple[str, bool]]:
        bold = bold or parent.get(f"{_TEXT}style-name") in self._bold_styles
        yield _SPACE.sub(" ", parent.text or ""), bold
        for child in parent:
            if isinstance(child.tag, str):
                yield from self._inner(child, bold)
            yield _SPACE.sub(" ", child.tail or ""), bold

    def _inner(self, child: Any, bold: bool) -> Iterator[tuple[str, bool]]:
        if child.tag == f"{_TEXT}s":
            number = child.get(f"{_TEXT}c", "1")
            yield " " * min(int(number) if number.isdigit() else 1, _MOST_SPACES), bold
        elif child.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            yield "\t" if child.tag == f"{_TEXT}tab" else "\n", bold
        elif child.tag not in _UNSEEN and child.tag != f"{_DRAW}frame":
            yield from self.runs(child, bold)
