"""XML of research tools, read without entities of its own and without looking at other files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from transcript_rapport.readers.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ID = "{http://www.w3.org/XML/1998/namespace}id"
_HEAD = 4000  # bytes; where the root element stands


def has_root(source: Source, *names: str) -> bool:
    """Whether the file is XML whose root is one of ``names``; in UTF-16 too."""
    found = head(source)
    return b"<" in found[:10] and any(f"<{name}".encode() in found for name in names)


def head(source: Source) -> bytes:
    """Where the root stands, in one byte a letter; of UTF-16 too."""
    return source.data[:_HEAD].replace(b"\x00", b"")


def parse(source: Source, kind: str) -> Element:
    """The root of the document; ``kind`` names the format in errors, such as ``an ELAN file``.

    Raises ReadError where the XML breaks off, or defines entities (a known way to fill a memory).
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(source.data)
    except DefusedXmlException:
        raise source.error("the XML defines entities of its own", f"{kind} as its tool writes it") from None
    except ParseError as error:
        line = error.position[0]
        told = str(error).partition(":")[0]
        raise source.error(
            f"the XML is damaged ({told})", f"{kind} that is whole", "save it again", at=("line", line)
        ) from None
    except (LookupError, ValueError) as error:
        raise source.error(f"the XML cannot be decoded ({error})", f"{kind} in UTF-8", "save it again") from None


def decoded(source: Source) -> Source:
    """The same file once its XML has been read: the encoding was the XML's own affair."""
    return source.extract((), "annotation")


def tag(element: Element) -> str:
    """The element's name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words(element: Element) -> str:
    """All words inside an element, with one blank between them."""
    return " ".join("".join(element.itertext()).split())


def people(keys: str, names: Mapping[str, str]) -> str:
    """The names of the people that references such as ``#p1 #p2`` point to."""
    return " & ".join(names.get(key, key) for key in keys.replace("#", " ").split())


def number(text: str | None) -> float | None:
    """Seconds or milliseconds as XML holds them, or None where there are none."""
    try:
        found = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return found if 0 <= found < float("1e12") else None


def milliseconds(seconds: str | None) -> int | None:
    """Whole milliseconds of ``seconds``, or None where there are none."""
    found = number(seconds)
    return None if found is None else round(found * 1000)
