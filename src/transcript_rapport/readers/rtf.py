"""Rich text (.rtf), as TextEdit, WordPad, Word and dictation programs write it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from transcript_rapport.readers import documents
from transcript_rapport.readers.blocks import PLAIN, Block, Face, Paragraph, Run, TableRow, joined, paragraph
from transcript_rapport.readers.source import Source, sound
from transcript_rapport.session import Session

NAME = "rtf"
SUFFIXES = (".rtf",)

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<plain>[^\\{}\r\n]+)",
    re.DOTALL,
)
# Groups that hold something else than the page's words: fonts, pictures, page heads, notes, field codes, list numbers.
_ASIDE = frozenset(
    """
    fonttbl colortbl stylesheet info header headerl headerr headerf footer footerl footerr footerf footnote annotation
    atnauthor atnid atndate atnref pict object fldinst listtable listoverridetable listtext pntext pntxta pntxtb revtbl
    rsidtbl generator themedata datastore latentstyles xe tc bkmkstart bkmkend nonshppict filetbl xmlnstbl
    """.split()
)
_CHARACTERS = {
    **{"tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•"},
    **{"endash": "–", "emdash": "—", "enspace": " ", "emspace": " ", "qmspace": " ", "~": " ", "_": "-"},
    **{"{": "{", "}": "}", "\\": "\\"},
}
_ENDS = {"par", "sect", "page", "\n", "\r"}
_CODEPAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_NUMBERED = {"cp65001": "utf-8", "cp10000": "mac_roman"}
# What \fcharset says of a font; 0, 1 and 2 leave the document's own code page.
_CHARSETS = {
    **{77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb2312", 136: "big5", 161: "cp1253", 162: "cp1254"},
    **{163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"},
}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group: left when it closes."""

    aside: bool = False
    fonts: bool = False
    hidden: bool = False
    face: Face = PLAIN
    font: int = 0
    after_unicode: int = 1  # how many plain characters stand in for a Unicode one, and are skipped


def recognises(source: Source) -> bool:
    r"""Whether the file begins with ``{\rtf``."""
    return source.data[:20].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")


def read(source: Source) -> list[Session]:
    """The session of the document, or several where a table holds several; headers, footers and notes are ignored.

    Letters that do not exist in the document's encoding become � and are noted. Raises ReadError
    where it is no rich text or names no speakers.
    """
    if not recognises(source):
        raise source.error("this is not rich text", r"{\rtf at its head", "save it again as .rtf or .docx")
    reading = _Reading()
    blocks = list(reading.blocks(source.data.decode("latin-1")))
    notes = ["some letters could not be read and became �"] if reading.has_unknown else []
    if reading.depth > 0:
        notes.append("the document breaks off (its last bracket is missing): is it whole?")
    return documents.sessions(source, "rich text", blocks, notes)


@dataclass(slots=True)
class _Reading:
    """One pass over the document's commands; ``depth`` is how many groups are open."""

    codepage: str = "cp1252"
    charsets: dict[int, str] = field(default_factory=dict)
    state: _State = field(default_factory=_State)
    above: list[_State] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    letters: bytearray = field(default_factory=bytearray)  # not decoded yet: a letter may take two bytes
    cell: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    in_table: bool = False
    in_outline: bool = False
    skip: int = 0
    table: int = 1
    has_unknown: bool = False
    places: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def depth(self) -> int:
        """How many groups are open."""
        return len(self.above)

    def blocks(self, text: str) -> Iterator[Block]:
        """The paragraphs and table rows of ``text``, whose characters are the bytes of the file."""
        at = text.index("{")
        while (found := _TOKEN.match(text, at)) is not None:
            at = found.end()
            match found.lastgroup:
                case "brace":
                    self._group(found["brace"])
                    if not self.above:
                        break  # What follows the document is none of it.
                case "sign":
                    yield from self._command(found["sign"], None)
                case "code":
                    self._plain(bytes.fromhex(found["code"]))
                case "plain":
                    self._plain(found["plain"].encode("latin-1"))
                case "word" | "number":
                    number = int(found["number"]) if found["number"] else None
                    at += max(number or 0, 0) if found["word"] == "bin" else 0
                    yield from self._command(found["word"], number)
        yield from self._end("par")
        if self.cell or self.cells:  # A table that breaks off.
            yield Paragraph(next(self.places), "\n".join([*self.cells, *self.cell]))

    def _group(self, brace: str) -> None:
        self._decode()
        self.skip = 0
        if brace == "{":
            self.above.append(self.state)
        elif self.above:
            self.state = self.above.pop()

    def _command(self, name: str, number: int | None) -> Iterator[Block]:
        if name == "u":
            self._unicode(number or 0)
            return
        self._decode()
        self.skip = 0
        if name == "*" or name in _ASIDE:
            self.state = replace(self.state, aside=True, fonts=name == "fonttbl")
        elif self.state.aside:
            self._font(name, number)
        elif name in _ENDS or name in {"cell", "nestcell", "row"}:
            yield from self._end("par" if name in _ENDS else name)
        elif name in _CHARACTERS:
            self._add(_CHARACTERS[name])
        else:
            self._set(name, number)

    def _font(self, name: str, number: int | None) -> None:
        """Which letters a font of the font table shows."""
        if not self.state.fonts or number is None:
            return
        if name == "f":
            self.state = replace(self.state, font=number)
        elif name == "fcharset" and number in _CHARSETS:
            self.charsets[self.state.font] = _CHARSETS[number]

    def _set(self, name: str, number: int | None) -> None:
        on = number != 0
        if name in {"b", "i", "plain"}:
            bold, italic = self.state.face
            face = Face(on if name == "b" else bold, on if name == "i" else italic)
            self.state = replace(self.state, face=PLAIN if name == "plain" else face)
        elif name in {"v", "deleted"}:
            self.state = replace(self.state, hidden=on)
        elif name == "f" and number is not None:
            self.state = replace(self.state, font=number)
        elif name == "uc" and number is not None:
            self.state = replace(self.state, after_unicode=min(max(number, 0), 10))
        elif name in {"pard", "intbl"}:
            self.in_table = name == "intbl"
            self.in_outline = self.in_outline and name == "intbl"
        elif name == "outlinelevel":
            self.in_outline = number is not None and number < 9
        elif name in _CODEPAGES or name == "ansicpg":
            self.codepage = _known(_CODEPAGES.get(name) or f"cp{number}")

    def _plain(self, letters: bytes) -> None:
        kept = letters[self.skip :]
        self.skip = max(0, self.skip - len(letters))
        if not self.state.aside and not self.state.hidden:
            self.letters += kept

    def _unicode(self, number: int) -> None:
        """A Unicode character; those beyond 65,535 come as two halves, joined when the words are."""
        self._decode()
        self.skip = self.state.after_unicode
        self._add(chr(number % 0x10000))

    def _decode(self) -> None:
        if self.letters:
            words = self.letters.decode(self.charsets.get(self.state.font, self.codepage), "replace")
            self.has_unknown = self.has_unknown or "\ufffd" in words
            self.letters.clear()
            self._add(words)

    def _add(self, words: str) -> None:
        if not self.state.aside and not self.state.hidden:
            self.runs.append((words, self.state.face))

    def _end(self, name: str) -> Iterator[Block]:
        """Closes a paragraph, a cell or a row."""
        self._decode()
        if name == "row":
            yield TableRow(next(self.places), self.table, tuple(self.cells))
            self.cells = []
            return
        runs, self.runs = self.runs, []
        if name == "par" and not self.in_table:
            self.table += 1
            made = paragraph(next(self.places), runs, heading=self.in_outline)
            yield replace(made, text=sound(made.text), bold=len(sound(made.text[: made.bold])))
            return
        self.cell.append(sound(joined(runs)))
        if name == "cell":
            self.cells.append("\n".join(self.cell))
            self.cell = []


def _known(codepage: str) -> str:
    if codepage in _NUMBERED:
        return _NUMBERED[codepage]
    try:
        return codecs.lookup(codepage).name
    except LookupError:
        return "cp1252"
