"""TEI transcripts of speech (.xml, .tei): ``<u who="…">`` on a timeline, ISO 24624's blocks, and plays' ``<sp>``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from transcript_rapport.readers import markup
from transcript_rapport.readers.markup import tag
from transcript_rapport.readers.rows import UNNAMED, Row, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session
from transcript_rapport.timestamps import parse

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "tei"
SUFFIXES = (".tei", ".xml")

_KIND = "a TEI transcript"
_SPOKEN = {"u", "sp"}
_HEARD = {"vocal": "", "incident": "", "kinesic": "", "pause": "pause", "gap": "inaudible"}
"""What stands in brackets: its description, else this word, else nothing."""
_UNSAID = {"note", "speaker", "stage", "head", "fw", "spanGrp", "desc", "rdg", "sic", "orig", "del"}
_WORDS = {"w", "seg", "p", "l", "ab", "lb", "s"}
"""Elements that begin with a new word."""
_UNITS_MS = {"s": 1000.0, "ms": 1.0, "min": 60_000.0, "h": 3_600_000.0}


def recognises(source: Source) -> bool:
    """Whether the file is XML with TEI's root."""
    return markup.has_root(source, "TEI", "TEI.2", "teiCorpus", "tei:TEI")


def read(source: Source) -> list[Session]:
    """The session of the file: an utterance for every ``<u>`` (or speech of a play), with times from the timeline.

    Speakers are named as the list of persons names them. Vocal and other events become remarks in
    brackets; notes and stage directions are left out. Rows count utterances.
    """
    if not recognises(source):
        seen = "this XML is of a kind that is not read" if b"<" in source.data[:10] else "this is not XML"
        raise source.error(seen, _KIND, "export it as text, WebVTT or a table")
    root = markup.parse(source, _KIND)
    names = _names(root)
    times = _timeline(root)
    rows = [
        Row(number, _speaker(spoken, above, names), _words(spoken), *_span(spoken, above, times))
        for number, (spoken, above) in enumerate(_spoken(root), start=1)
    ]
    if not rows:
        raise source.error("nobody speaks in this TEI file", '<u who="…"> or <sp>', "check that this is a transcript")
    return [session(markup.decoded(source), "TEI", rows, unit="utterance")]


def _spoken(root: Element) -> Iterator[tuple[Element, Element]]:
    """Each utterance with the element that holds it, in the order of the file; none inside another."""
    waiting = [(root, root)]
    while waiting:
        element, above = waiting.pop()
        if tag(element) in _SPOKEN:
            yield element, above
        else:
            waiting += [(child, element) for child in reversed(element)]


def _names(root: Element) -> dict[str, str]:
    """The name of every person by id: the name given, else the role, else the id."""
    found = {}
    for person in root.iter():
        key = person.get(markup.ID)
        if key and tag(person) in {"person", "personGrp", "participant"}:
            name = next((n for n in person.iter() if tag(n) in {"persName", "name", "abbr"}), None)
            plain = markup.words(name) if name is not None else ""
            found[key] = plain or person.get("n") or person.get("role") or key
    return found


def _speaker(spoken: Element, above: Element, names: Mapping[str, str]) -> str:
    if who := markup.people(spoken.get("who") or above.get("who") or "", names):
        return who
    label = next((child for child in spoken if tag(child) == "speaker"), None)
    return markup.words(label).rstrip(".:") if label is not None else UNNAMED


def _timeline(root: Element) -> dict[str, int]:
    """Milliseconds of every point that has a time, whether counted from the origin or from another point."""
    found: dict[str, int] = {}
    for line in root.iter():
        if tag(line) != "timeline":
            continue
        for point in line:
            unit = _UNITS_MS.get(point.get("unit") or line.get("unit") or "s", 1000.0)
            interval, absolute = markup.number(point.get("interval")), parse(point.get("absolute") or "")
            since = found.get((point.get("since") or "").lstrip("#"), 0)
            key = point.get(markup.ID, "")
            if absolute is not None:
                found[key] = absolute
            elif interval is not None:
                found[key] = since + round(interval * unit)
            elif not found:
                found[key] = 0  # The origin.
    return found


def _span(spoken: Element, above: Element, times: Mapping[str, int]) -> tuple[int | None, int | None]:
    """Start and end by the element's own references, its holder's, or the first and last anchors inside it."""
    anchors = [point for node in spoken.iter() if (point := _point(node.get("synch"), times)) is not None]
    own = [_point(spoken.get(name) or above.get(name), times) for name in ("start", "end")]
    start, end = own
    if start is None and anchors:
        start = anchors[0]
    if end is None and len(anchors) > 1:
        end = anchors[-1]
    return start, end


def _point(reference: str | None, times: Mapping[str, int]) -> int | None:
    if not reference:
        return None
    return times[reference.lstrip("#")] if reference.lstrip("#") in times else parse(reference)


def _words(spoken: Element) -> str:
    return " ".join("".join(_pieces(spoken)).split())


def _pieces(element: Element) -> Iterator[str]:
    """The words below an element, without recursion: files may be nested deeper than Python calls."""
    yield element.text or ""
    waiting = [iter(element)]
    above = [element]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            yield (above.pop().tail or "") if waiting else ""
            continue
        kind = tag(child)
        if kind in _HEARD or kind in _UNSAID or not kind:
            yield f" {_heard(child)} {child.tail or ''}" if kind in _HEARD else child.tail or ""
            continue
        yield (" " if kind in _WORDS else "") + (child.text or "")
        waiting.append(iter(child))
        above.append(child)


def _heard(element: Element) -> str:
    described = " ".join(" ".join(element.itertext()).split()) or element.get("type", "") or _HEARD[tag(element)]
    return f"[{described}]" if described else ""
