"""OpenDocument text (.odt, .fodt), as LibreOffice and its relatives write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from transcript_rapport.readers import documents, packages
from transcript_rapport.readers.blocks import Face, Run
from transcript_rapport.readers.source import Source
from transcript_rapport.readers.walk import Styles, Walk, inherited
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
_HEADS = ("Heading", "Title", "Subtitle")  # how the names of the styles of headings begin
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
    walk = _Walk(_styles(tree))
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


def _styles(tree: Any) -> Styles:
    """The names of the styles that are bold, in italics or headings, by themselves or by their parent."""
    styles = {style.get(f"{_STYLE}name"): style for style in tree.iter(f"{_STYLE}style")}
    based = {name: style.get(f"{_STYLE}parent-style-name") for name, style in styles.items()}
    heads = {name: (based[name] or name or "").startswith(_HEADS) or None for name in styles}
    return Styles(
        inherited({name: _bold(style) for name, style in styles.items()}, based),
        inherited({name: _italic(style) for name, style in styles.items()}, based),
        inherited(heads, based),
    )


def _bold(style: Any) -> bool | None:
    """Whether a style says bold or not bold; None where it leaves it open."""
    letters = style.find(f"{_STYLE}text-properties")
    weight = letters.get(f"{_FO}font-weight") if letters is not None else None
    return None if weight is None else weight == "bold" or (weight.isdigit() and int(weight) >= 600)


def _italic(style: Any) -> bool | None:
    """Whether a style says italic or not italic; None where it leaves it open."""
    letters = style.find(f"{_STYLE}text-properties")
    slant = letters.get(f"{_FO}font-style") if letters is not None else None
    return None if slant is None else slant in {"italic", "oblique"}


class _Walk(Walk):
    paragraphs, box = _PARAGRAPHS, f"{_DRAW}text-box"
    table, row, unseen = f"{_TABLE}table", f"{_TABLE}table-row", _UNSEEN

    def cells(self, row: Any) -> list[Any]:
        return list(row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))

    def is_heading(self, paragraph: Any) -> bool:
        style = paragraph.get(f"{_TEXT}style-name", "")
        return paragraph.tag == f"{_TEXT}h" or style in self._styles.headings or style.startswith(_HEADS)

    def runs(self, parent: Any, face: Face) -> Iterator[Run]:
        style = parent.get(f"{_TEXT}style-name")
        face = Face(face.bold or style in self._styles.bold, face.italic or style in self._styles.italic)
        yield _SPACE.sub(" ", parent.text or ""), face
        for child in parent:
            if isinstance(child.tag, str):
                yield from self._inner(child, face)
            yield _SPACE.sub(" ", child.tail or ""), face

    def _inner(self, child: Any, face: Face) -> Iterator[Run]:
        if child.tag == f"{_TEXT}s":
            number = child.get(f"{_TEXT}c", "1")
            yield " " * min(int(number) if number.isdigit() else 1, _MOST_SPACES), face
        elif child.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            yield "\t" if child.tag == f"{_TEXT}tab" else "\n", face
        elif child.tag not in _UNSEEN and child.tag != f"{_DRAW}frame":
            yield from self.runs(child, face)
