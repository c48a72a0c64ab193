"""Subtitles in XML, TTML (.ttml, .dfxp) and InqScribe's export: read as the cues of WebVTT are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from transcript_rapport.readers import markup, subtitles
from transcript_rapport.readers.markup import tag
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session
from transcript_rapport.timestamps import parse, show

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "ttml"
SUFFIXES = (".ttml", ".dfxp", ".itt")

_EXPECTED = '<tt xmlns="http://www.w3.org/ns/ttml"> with paragraphs such as <p begin="00:00:01.000" end="00:00:04.000">'
_NAMESPACES = (b"/ns/ttml", b"/ttaf1")
_LASTING = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)(h|ms|m|s|f|t)")
_FRAMED = re.compile(r"(\d{2,3}:\d\d:\d\d):(\d{2,3})(?:\.\d{1,3})?")
_UNSAID = {"metadata", "title", "desc"}
_MARK = "\0"  # around who speaks from here on; no XML can hold it

_Cue = tuple[str, str, str]
"""Start and end as WebVTT writes them, or as they stood where they cannot be read; and the words."""


def recognises(source: Source) -> bool:
    """Whether the file is XML with the root of TTML or of InqScribe."""
    return bool(_form(source))


def _form(source: Source) -> str:
    if markup.has_root(source, "tt", "tt:tt") and any(name in markup.head(source) for name in _NAMESPACES):
        return "TTML"
    return "InqScribe" if markup.has_root(source, "transcript") and b"<scene " in markup.head(source) else ""


def read(source: Source) -> list[Session]:
    """The session of the file: its paragraphs (or scenes) are cues, their agents the voices; else as in subtitles.

    A cue without an end ends where the next begins. Notes count cues. Raises ReadError where half of the times or
    more cannot be read.
    """
    form = _form(source)
    if not form:
        raise source.error("this is not TTML", _EXPECTED, "check the file's name")
    root = markup.parse(source, "a subtitle file as TTML")
    cues = list(_scenes(root) if form == "InqScribe" else _paragraphs(root))
    spoken = subtitles.read(source.extract(_lines(cues), "cue"))
    return [replace(session, format=form) for session in spoken]


def _lines(cues: list[_Cue]) -> Iterator[tuple[int, str]]:
    yield 1, "WEBVTT"
    following = [start for start, _, _ in cues[1:]] + [""]
    for number, ((start, end, words), after) in enumerate(zip(cues, following, strict=True), start=1):
        lines = map(str.strip, words.split("\n"))
        yield from ((number, line) for line in ("", f"{start} --> {end or after}", *filter(None, lines)))


def _scenes(root: Element) -> Iterator[_Cue]:
    for scene in root.iter("scene"):
        start, end = (_shown(parse(scene.get(name, "")), scene.get(name, "")) for name in ("in", "out"))
        yield start, end, escape("".join(scene.itertext()), quote=False)


def _shown(time: int | None, written: str) -> str:
    """A time with its hours and milliseconds, or as it was written where it is none."""
    return written if time is None else show(time)


def _paragraphs(root: Element) -> Iterator[_Cue]:
    """Every paragraph with words; its times count from the beginning of what holds it."""
    rates = _rates(root)
    names = {who.get(markup.ID, ""): markup.words(who) for who in root.iter() if tag(who) == "agent"}
    waiting = [(root, 0, "")]
    while waiting:
        element, since, agent = waiting.pop()
        agent = _agent(element) or agent
        if tag(element) != "p":
            start = since + (_ms(element.get("begin"), rates) or 0)
            waiting += [(child, start, agent) for child in reversed(element)]
        elif words := _words(element, agent, names):
            yield *_span(element, since, rates), words


def _agent(element: Element) -> str:
    return next((value for name, value in element.attrib.items() if name.endswith("}agent")), "")


def _words(paragraph: Element, agent: str, names: Mapping[str, str]) -> str:
    """The words of a paragraph, a voice tag before those of each agent."""
    if agent:
        paragraph.text = f"{_MARK}{agent}{_MARK}{paragraph.text or ''}"
    for inner in paragraph.iter():
        if tag(inner) == "br":
            inner.text = "\n"
        elif tag(inner) in _UNSAID or not tag(inner):
            inner.text = ""
        elif inner is not paragraph and (own := _agent(inner)):
            inner.text = f"{_MARK}{own}{_MARK}{inner.text or ''}"
    first, *voiced = escape("".join(paragraph.itertext()), quote=False).split(_MARK)
    who = (markup.people(keys, names) for keys in voiced[::2])
    said = [(name, words) for name, words in zip(who, voiced[1::2], strict=True) if words.strip()]
    return first + "".join(f"<v {escape(name)}>{words}" for name, words in said)


def _span(paragraph: Element, since: int, rates: Mapping[str, float]) -> tuple[str, str]:
    """Start and end of a paragraph, by its own times or by those of the spans in it."""
    timed = [element for element in paragraph.iter() if element.get("begin")]
    first, last = (timed[0], paragraph if timed[0] is paragraph else timed[-1]) if timed else (paragraph, paragraph)
    start, begun, end, lasting = (
        _ms(element.get(name), rates)
        for element, name in ((first, "begin"), (last, "begin"), (last, "end"), (last, "dur"))
    )
    if end is None and lasting is not None:
        end = (begun or 0) + lasting
    return (
        _shown(None if start is None else since + start, first.get("begin", "")),
        _shown(None if end is None else since + end, last.get("end", "")),
    )


def _rates(root: Element) -> dict[str, float]:
    """How many milliseconds each unit lasts; frames and ticks as the file says, else 30 frames a second."""
    said = {name.rpartition("}")[2]: value for name, value in root.attrib.items()}
    times, _, over = said.get("frameRateMultiplier", "").partition(" ")
    factor = (markup.number(times) or 1) / (markup.number(over) or 1)
    frames = (markup.number(said.get("frameRate")) or 30) * factor
    ticks = markup.number(said.get("tickRate")) or frames
    return {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1, "f": 1000 / frames, "t": 1000 / ticks}


def _ms(written: str | None, rates: Mapping[str, float]) -> int | None:
    """Milliseconds of a time as TTML writes it: ``00:00:01.5``, ``00:00:01:12`` (frames), ``1.5s``, ``36f``, ``9t``."""
    written = (written or "").strip()
    if lasting := _LASTING.fullmatch(written):
        return round(float(lasting[1]) * rates[lasting[2]])
    if (framed := _FRAMED.fullmatch(written)) and (whole := parse(framed[1])) is not None:
        return whole + round(int(framed[2]) * rates["f"])
    return parse(written)
