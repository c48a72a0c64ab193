"""PDF with a text layer; a scanned one is named as such."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import takewhile
from typing import TYPE_CHECKING

from transcript_rapport.readers import documents, packages, pages
from transcript_rapport.readers.pages import Page, Piece
from transcript_rapport.readers.rows import noted
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

if TYPE_CHECKING:
    from pdfminer.layout import LTPage, LTTextLine

NAME = "pdf"
SUFFIXES = (".pdf",)

_KIND = "a PDF"
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_NO_LETTER = re.compile(r"\(cid:\d+\)")
_BOLD_FONT = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_MOST_UNREADABLE = 0.2  # share of characters


def recognises(source: Source) -> bool:
    """Whether ``%PDF-`` stands at the file's head, where programs may have put a few bytes before it."""
    return source.data.startswith(b"%PDF") or (b"%PDF-" in source.data[:1024] and not source.is_text)


def read(source: Source) -> list[Session]:
    """The session of the document; places are pages.

    Page heads that recur and line numbers are left out and noted, columns read one after the other,
    words divided at line ends joined. Raises ReadError where the document is damaged, locked or
    scanned, or names no speakers.
    """
    found = _pages(source)
    if not any(page.pieces for page in found):
        seen = f"this PDF shows {len(found)} page{'s' * (len(found) != 1)} without a text layer, probably scanned"
        raise source.error(
            seen, "text", "run text recognition (OCR) over it first, or give the document it was made from"
        )
    _check_letters(source, found)
    lines, notes = pages.lines(found)
    bare = [number for number, page in enumerate(found, start=1) if not page.pieces]
    notes += noted(bare, "no text on it, perhaps a picture", "page")
    if b"%%EOF" not in source.data[-2048:]:
        notes.append("the document breaks off (its end mark is missing): is it whole?")
    return documents.sessions(source, "PDF", lines, notes, unit="page")


def _pages(source: Source) -> list[Page]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # It would print its doubts about the file.
    # Order among boxes is ours to find, so pdfminer need not (boxes_flow); text may stand inside forms (all_texts).
    layout = LAParams(boxes_flow=None, all_texts=True)
    try:
        found = [_page(page) for page in extract_pages(BytesIO(source.data), laparams=layout)]
    except PDFPasswordIncorrect:
        raise packages.locked(source) from None
    except Exception as error:  # Over damaged files pdfminer raises whatever Python raises.
        raise packages.damaged(source, _KIND, error) from None
    if not found:
        raise packages.damaged(source, _KIND, ValueError("no pages in it"))
    return found


def _page(page: LTPage) -> Page:
    return Page(page.width, tuple(piece for line in _text_lines(page) if (piece := _piece(line))))


def _text_lines(page: LTPage) -> Iterator[LTTextLine]:
    """The pieces of lines on a page, however deep in boxes and figures."""
    from pdfminer.layout import LTContainer, LTTextLine

    waiting = [iter(page)]
    while waiting:
        for item in waiting[-1]:
            if isinstance(item, LTTextLine):
                yield item
            elif isinstance(item, LTContainer):
                waiting.append(iter(item))
                break
        else:
            waiting.pop()


def _piece(line: LTTextLine) -> Piece | None:
    """The words of a line with their place; None for blanks, and for letters on the slant (a watermark)."""
    from pdfminer.layout import LTChar

    text = line.get_text().translate(_LIGATURES).strip()
    letters = [item for item in line if isinstance(item, LTChar)]
    if not text or not letters or abs(letters[0].matrix[1]) > abs(letters[0].matrix[0]) * 0.01:
        return None
    shown = [letter for letter in letters if letter.get_text().strip()]
    bold = list(takewhile(lambda letter: _BOLD_FONT.search(letter.fontname), shown))
    return Piece(line.x0, line.x1, line.y0, line.height, text, _length(text, len(bold)))


def _length(text: str, letters: int) -> int:
    """How many characters of ``text`` its first ``letters`` take up, blanks between them counted."""
    if not letters:
        return 0
    at = [index for index, letter in enumerate(text) if not letter.isspace()]
    return at[min(letters, len(at)) - 1] + 1


def _check_letters(source: Source, found: Sequence[Page]) -> None:
    text = "".join(piece.text for page in found for piece in page.pieces)
    unreadable = len(_NO_LETTER.findall(text))
    if unreadable > _MOST_UNREADABLE * (len(_NO_LETTER.sub("", text)) + unreadable):
        seen = "its fonts do not say which letters they show"
        raise source.error(seen, "a PDF whose words can be copied", "give the document it was made from")
