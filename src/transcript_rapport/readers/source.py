"""A file as it was given: its path, its bytes, and its text with the encoding that fitted."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from transcript_rapport.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AS_TEXT = "export it as plain text, WebVTT or a table"
# First bytes of kinds of file people bring instead of a transcript, and the sentence's noun for each.
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text document"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"PAR1", "a Parquet table"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"RIFF", "a recording"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
    (b"fLaC", "a recording"),
    (b"\x1f\x8b", "a compressed file"),
)
_PACKED = (
    (b"application/epub+zip", "an e-book (EPUB)"),
    (b"ppt/presentation", "a PowerPoint presentation"),
    (b"Index/Document.iwa", "a document of Apple's Pages, Numbers or Keynote"),
)
"""Kinds of zip archive without a reader; the names inside are not compressed."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x14\x16-\x1a\x1c-\x1f]")
_STRAYS = dict.fromkeys((*range(1, 9), *range(14, 32)))
# Share of the bytes that a word processor may leave as marks of its own; in a binary file there are more.
_MOST_STRAYS = 0.002
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")

_MAC = re.compile(rb"[a-z]\xd5(?:[stmd]|re|ll|ve)\b")  # an apostrophe; in Windows-1252 a capital letter
_LOOK_AT = 2000  # bytes
GUESSED = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}
"""Encodings that fit nearly any bytes, and what people call them."""

_LONGEST_SEEN = 400  # characters
MOST_TEXT = 50_000_000  # bytes; the words of some hundred hours, with room for times and markup


def sound(text: str) -> str:
    """``text`` with halves of characters, which no file can hold, as �; JSON and rich text can name them."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _is_binary(data: bytes) -> bool:
    return b"\x00" in data or len(_CONTROL.findall(data)) > _MOST_STRAYS * len(data)


@dataclass(frozen=True)
class Source:
    """What a reader works on: ``path`` as the user gave it (``-`` is standard input) and the bytes.

    Of the text taken out of a document, ``unit`` names what its places are (pages, paragraphs) and
    ``places`` holds the place of every line, so that errors and notes point into the document.
    """

    path: str
    data: bytes
    unit: str = "line"
    places: tuple[int, ...] = ()

    @classmethod
    def open(cls, path: str | Path) -> Source:
        """The bytes behind ``path``; a missing file or a folder is a ReadError."""
        given = str(path)
        if given == "-":
            return cls(given, sys.stdin.buffer.read())
        try:
            return cls(given, Path(path).read_bytes())
        except FileNotFoundError:
            raise ReadError(given, "there is no such file", "a transcript", "check the path") from None
        except IsADirectoryError:
            raise ReadError(given, "this is a folder", "a file", "give the files in it, such as FOLDER/*.txt") from None
        except (OSError, ValueError) as error:
            raise ReadError(given, f"the file cannot be opened ({error})", "", "check its permissions") from None

    @property
    def name(self) -> str:
        """The file's name without folder and suffix."""
        return "standard input" if self.path == "-" else Path(self.path).stem

    @property
    def suffix(self) -> str:
        """The file's suffix in small letters, with its dot."""
        return Path(self.path).suffix.lower()

    @property
    def is_text(self) -> bool:
        """Whether the bytes are text in an encoding we know."""
        return isinstance(self._decoded, tuple)

    @property
    def text(self) -> str:
        """The text, with ``\\n`` at line ends; bytes that are no text are a ReadError."""
        return self._ready()[0]

    @property
    def encoding(self) -> str:
        """The encoding that fitted: such as ``utf-8``, ``utf-8-sig``, ``utf-16`` or ``cp1252``."""
        return self._ready()[1]

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text; line ``n`` of the file is ``lines[n - 1]``."""
        return self.text.split("\n")

    def extract(self, lines: Iterable[tuple[int, str]], unit: str) -> Source:
        """The text taken out of this document: each line with its place, which counts ``unit``."""
        placed = list(lines)
        text = "\n".join(line for _, line in placed)
        data = text.encode("utf-8", "replace")
        return replace(self, data=data, unit=unit, places=tuple(place for place, _ in placed))

    def place(self, line: int) -> int:
        """Where line ``line`` of the text stands: its own number, or its place in the document it was taken from."""
        return self.places[line - 1] if line <= len(self.places) else line

    def error(self, seen: str, expected: str = "", remedy: str = "", *, at: tuple[str, int] | None = None) -> ReadError:
        """A ReadError about this file, and where known about one place in it, as ``("line", 3)`` or ``("row", 3)``.

        What was seen may quote the file or another library: it is told on one line, shortened.
        """
        seen = sound(" ".join(seen[: 2 * _LONGEST_SEEN].split()))
        seen = seen if len(seen) <= _LONGEST_SEEN else f"{seen[:_LONGEST_SEEN]}…"
        if at is None:
            return ReadError(self.path, seen, expected, remedy)
        unit, number = (self.unit, self.place(at[1])) if at[0] == "line" else at
        where = f"{self.path}:{number}" if unit == "line" else f"{self.path}, {unit} {number}"
        return ReadError(where, seen, expected, remedy)

    def _ready(self) -> tuple[str, str]:
        if isinstance(self._decoded, ReadError):
            raise self._decoded
        return self._decoded

    @cached_property
    def _decoded(self) -> tuple[str, str] | ReadError:
        if self.places:  # Taken out of a document: our own bytes, whatever they begin with.
            return self.data.decode("utf-8"), "utf-8"
        if len(self.data) > MOST_TEXT:
            seen, most = f"this text is {len(self.data) / 1e6:,.0f} MB long", f"at most {MOST_TEXT / 1e6:.0f} MB"
            return self.error(seen, most, "give the sessions in it as files of their own")
        marked = next((name for mark, name in _BOMS if self.data.startswith(mark)), None) or self._wide
        data = self.data if marked else self.data.rstrip(b"\x00\x1a")  # old systems fill files up with these
        if marked is None and (self._kind or _is_binary(data)):
            seen = f"this is {self._kind}" if self._kind else "this is a binary file, not text"
            return self.error(seen, "a transcript", _AS_TEXT)
        for encoding in (marked,) if marked else ("utf-8", "mac_roman" if self._is_mac else "cp1252"):
            if encoding in GUESSED and self._is_damaged_utf8:
                break
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            text = text.translate(_STRAYS) if _CONTROL.search(data) and not marked else text
            return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
        return self._undecodable(marked or ("utf-8" if self._is_damaged_utf8 else "cp1252"))

    @property
    def _kind(self) -> str | None:
        if self.data.startswith(b"PK\x03\x04"):
            return next((kind for mark, kind in _PACKED if mark in self.data), "a zip archive")
        return next((kind for mark, kind in _KINDS if self.data.startswith(mark)), None)

    @property
    def _wide(self) -> str | None:
        """UTF-16 without its mark: every second byte of English text is nothing, and what it spells is no binary."""
        head = self.data[:_LOOK_AT]
        empty = [head[at::2].count(0) > 0.4 * len(head) for at in (1, 0)]
        guess = "utf-16-le" if empty == [True, False] else "utf-16-be" if empty == [False, True] else ""
        return guess if guess and not _is_binary(head.decode(guess, "replace").encode().rstrip(b"\x00")) else None

    @property
    def _is_mac(self) -> bool:
        return bool(_MAC.search(self.data)) or (b"\r" in self.data and b"\n" not in self.data)

    @property
    def _is_damaged_utf8(self) -> bool:
        # Windows-1252 text hardly ever holds what looks like UTF-8 sequences; mostly such bytes mean damage.
        whole = _MULTIBYTE.findall(self.data)
        high = len(self.data.translate(None, bytes(range(0x80))))
        return sum(map(len, whole)) * 2 > high

    def _undecodable(self, encoding: str) -> ReadError:
        try:
            self.data.decode(encoding)
        except UnicodeDecodeError as error:
            line = self.data[: error.start].count(b"\n") + 1
            tried = {"cp1252": "Windows-1252, and the file is not UTF-8"}
            named = tried.get(encoding, encoding.removesuffix("-sig").upper())
            seen = f"byte 0x{self.data[error.start]:02x} does not fit {named}"
            return self.error(
                seen, "UTF-8, UTF-16 or Windows-1252 text", "save the file again as UTF-8", at=("line", line)
            )
        return self.error("the encoding is not known", "UTF-8 text", "save the file again as UTF-8")
