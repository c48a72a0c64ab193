"""Word documents (.docx): transcripts typed, or exported by Teams, Otter, Rev, Sonix and Trint, in lines or tables."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from transcript_rapport.errors import ReadError
from transcript_rapport.readers import documents, packages
from transcript_rapport.readers.source import Source
from transcript_rapport.readers.walk import Walk, bold_styles
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
    body, bold = _opened(source)
    return documents.sessions(source, "Word document", list(_Walk(bold).blocks(body)))


def _opened(source: Source) -> tuple[Any, frozenset[str]]:
    """The document's body, and which of its styles are bold."""
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
        return document.element.body, _bold_styles(document)
    except (OpcError, LxmlError, *packages.DAMAGE) as error:
        raise packages.damaged(source, _KIND, error) from None


def _closed(source: Source) -> ReadError:
    if _LOCKED in source.data:
        return packages.locked(source)
    return source.error("this is an old Word document", "a .docx file", "open it in Word and save it as .docx")


def _bold_styles(document: Document) -> frozenset[str]:
    """The ids of the styles that are bold, by themselves or by the style they are based on."""
    styles = {style.get(f"{_W}styleId"): style for style in document.styles.element.iter(f"{_W}style")}
    based = {name: style.find(f"{_W}basedOn") for name, style in styles.items()}
    return bold_styles(
        {name: _bold(style.find(f"{_W}rPr")) for name, style in styles.items()},
        {name: above.get(f"{_W}val") for name, above in based.items() if above is not None},
    )


def _bold(properties: Any) -> bool | None:
    """Whether run properties say bold or not bold; None where they leave it open."""
    mark = properties.find(f"{_W}b") if properties is not None else None
    return None if mark is None else mark.get(f"{_W}val", "1") not in _OFF


class _Walk(Walk):
    paragraphs, box, table, row = (f"{_W}p",), _BOX, f"{_W}tbl", f"{_W}tr"
    unseen = _UNSEEN

    def cells(self, row: Any) -> list[Any]:
        return [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]

    def is_bold(self, paragraph: Any) -> bool:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return style is not None and style.get(f"{_W}val") in self._bold_styles

    def runs(self, parent: Any, bold: bool) -> Iterator[tuple[str, bool]]:
        for child in parent.iterchildren("*"):
            if child.tag == f"{_W}r":
                yield _words(child), self._run_is_bold(child, bold)
            elif child.tag not in _UNSEEN and child.tag != _BOX:
                yield from self.runs(child, bold)

    def _run_is_bold(self, run: Any, paragraph_bold: bool) -> bool:
        properties = run.find(f"{_W}rPr")
        own = _bold(properties)
        if own is not None:
            return own
        style = properties.find(f"{_W}rStyle") if properties is not None else None
        return paragraph_bold or (style is not None and style.get(f"{_W}val") in self._bold_styles)


def _words(run: Any) -> str:
    pieces = (
        (node.text or "") if node.tag == f"{_W}t" else _BREAKS.get(node.tag, "") for node in run.iterchildren("*")
    )
    return "".join(pieces)
