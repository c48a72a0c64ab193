"""Word documents (.docx): transcripts typed, or exported by Teams, Otter, Rev, Sonix and Trint, in lines or tables."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from transcript_rapport.errors import ReadError
from transcript_rapport.readers import documents, packages
from transcript_rapport.readers.blocks import Face, Run
from transcript_rapport.readers.source import Source
from transcript_rapport.readers.walk import Styles, Walk, inherited
from transcript_rapport.session import Session

if TYPE_CHECKING:
    from docx.document import Document

NAME = "word"
SUFFIXES = (".docx", ".docm", ".dotx", ".doc")

_KIND = "a Word document"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc files, and of documents with a password
_LOCKED, _OLD_WORD = (name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument"))
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_BOX = f"{_W}txbxContent"
# Not on the page: words that tracked changes moved away, and the second copy of a text box. (What they deleted has a
# tag of its own.)
_UNSEEN = frozenset({f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})
_OFF = {"0", "false", "off", "none"}
_HEADS = ("heading ", "title", "subtitle")  # how the names of built-in styles begin, in Word of any language
_BODY_TEXT = "9"  # the level in the outline of what heads nothing


def recognises(source: Source) -> bool:
    """Whether the file is a package with a Word document in it, an old .doc, or one locked with a password."""
    if source.data.startswith(_OLD):
        return _LOCKED in source.data or _OLD_WORD in source.data
    names = packages.members(source)
    if names is None:  # Names inside a package are not compressed, so a damaged one can still be told.
        return source.data.startswith(packages.ZIP) and b"word/document" in source.data
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def read(source: Source) -> list[Session]:
    """The session of the document, or several where a table holds several; headers, footers and comments are ignored.

    Raises ReadError where the document is damaged, locked, an old .doc, or names no speakers.
    """
    body, styles = _opened(source)
    return documents.sessions(source, "Word document", list(_Walk(styles).blocks(body)))


def _opened(source: Source) -> tuple[Any, Styles]:
    """The document's body and its styles."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    if source.data.startswith(_OLD):
        raise _closed(source)
    packages.unpacked(source, _KIND).close()
    try:
        document = docx.Document(BytesIO(source.data))
        if document.element.body is None:
            raise ValueError("it has no body")
        return document.element.body, _styles(document)
    except (OpcError, LxmlError, *packages.DAMAGE) as error:
        raise packages.damaged(source, _KIND, error) from None


def _closed(source: Source) -> ReadError:
    if _LOCKED in source.data:
        return packages.locked(source)
    return source.error("this is an old Word document", "a .docx file", "open it in Word and save it as .docx")


def _styles(document: Document) -> Styles:
    """The ids of the styles that are bold, in italics or headings, by themselves or by the style they are based on."""
    styles = {style.get(f"{_W}styleId"): style for style in document.styles.element.iter(f"{_W}style")}
    based = {name: style.find(f"{_W}basedOn") for name, style in styles.items()}
    above = {name: style.get(f"{_W}val") for name, style in based.items() if style is not None}
    bold, italic = (
        inherited({name: _says(style.find(f"{_W}rPr"), mark) for name, style in styles.items()}, above) for mark in "bi"
    )
    return Styles(bold, italic, inherited({name: _heads(style) for name, style in styles.items()}, above))


def _says(properties: Any, mark: str) -> bool | None:
    """Whether run properties say bold (``b``) or italic (``i``), or say not; None where they leave it open."""
    found = properties.find(f"{_W}{mark}") if properties is not None else None
    return None if found is None else found.get(f"{_W}val", "1") not in _OFF


def _heads(style: Any) -> bool | None:
    """Whether a style is one of headings; None where it leaves that open."""
    name = style.find(f"{_W}name")
    named = name is not None and (name.get(f"{_W}val") or "").lower().startswith(_HEADS)
    return True if named else _outlined(style)


def _outlined(element: Any) -> bool | None:
    """Whether a style or a paragraph has a level in the document's outline; None where it does not say."""
    level = element.find(f"{_W}pPr/{_W}outlineLvl")
    return None if level is None else level.get(f"{_W}val") != _BODY_TEXT


class _Walk(Walk):
    paragraphs, box, table, row = (f"{_W}p",), _BOX, f"{_W}tbl", f"{_W}tr"
    unseen = _UNSEEN

    def cells(self, row: Any) -> list[Any]:
        return [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]

    def face(self, paragraph: Any) -> Face:
        return self._of_style(paragraph.find(f"{_W}pPr/{_W}pStyle"))

    def is_heading(self, paragraph: Any) -> bool:
        style, own = paragraph.find(f"{_W}pPr/{_W}pStyle"), _outlined(paragraph)
        return style is not None and style.get(f"{_W}val") in self._styles.headings if own is None else own

    def runs(self, parent: Any, face: Face) -> Iterator[Run]:
        for child in parent.iterchildren("*"):
            if child.tag == f"{_W}r":
                yield _words(child), self._of_run(child, face)
            elif child.tag not in _UNSEEN and child.tag != _BOX:
                yield from self.runs(child, face)

    def _of_run(self, run: Any, paragraph: Face) -> Face:
        """What a run says of itself, and else what its style or the whole paragraph says."""
        properties = run.find(f"{_W}rPr")
        style = self._of_style(properties.find(f"{_W}rStyle") if properties is not None else None)
        bold, italic = _says(properties, "b"), _says(properties, "i")
        return Face(
            paragraph.bold or style.bold if bold is None else bold,
            paragraph.italic or style.italic if italic is None else italic,
        )

    def _of_style(self, style: Any) -> Face:
        name = style.get(f"{_W}val") if style is not None else None
        return Face(name in self._styles.bold, name in self._styles.italic)


def _words(run: Any) -> str:
    pieces = (
        (node.text or "") if node.tag == f"{_W}t" else _BREAKS.get(node.tag, "") for node in run.iterchildren("*")
    )
    return "".join(pieces)
