"""EXMARaLDA basic transcriptions (.exb): tiers of type t are speech, events hang on a common timeline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transcript_rapport.readers import markup
from transcript_rapport.readers.rows import UNNAMED, Row, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "exmaralda"
SUFFIXES = (".exb",)

_SENTENCE_ENDS = re.compile(r"[.?!…˙][\s\"'”’)\]]*$")
_REMARK = re.compile(r"\(\(\s*(.{1,200}?)\s*\)\)")


@dataclass(slots=True)
class _Stretch:
    """Neighbouring events of one tier: points on the timeline (as places in it) and the words."""

    start: int
    end: int
    text: str


def recognises(source: Source) -> bool:
    """Whether the file is XML with EXMARaLDA's root."""
    return markup.has_root(source, "basic-transcription")


def read(source: Source) -> list[Session]:
    """The session of the file: utterances in order of the timeline, with times where its points have them.

    EXMARaLDA cuts an utterance wherever somebody else begins or ends; events that follow each other
    without a gap are joined again until one ends a sentence. Tiers of other types are left out and
    noted. Rows count utterances.
    """
    root = markup.parse(source, "an EXMARaLDA basic transcription")
    points = [(point.get("id", ""), markup.milliseconds(point.get("time"))) for point in root.iter("tli")]
    places = {name: place for place, (name, _) in enumerate(points)}
    speakers = {who.get("id", ""): _label(who) for who in root.iter("speaker")}
    others = [tier for tier in root.iter("tier") if tier.get("type") != "t"]
    talk = [tier for tier in root.iter("tier") if tier.get("type") == "t"]
    spoken = [(said, _speaker(tier, speakers)) for tier in talk for said in _stretches(source, tier, places)]
    spoken.sort(key=lambda pair: (pair[0].start, pair[0].end))
    rows = [
        Row(number, speaker, _REMARK.sub(r"[\1]", said.text), points[said.start][1], points[said.end][1])
        for number, (said, speaker) in enumerate(spoken, start=1)
    ]
    names = ", ".join(repr(tier.get("display-name") or tier.get("id", "")) for tier in others)
    notes = [f"left out, for they are not of type t (speech): {names}"] if others else []
    return [session(markup.decoded(source), "EXMARaLDA", rows, notes, unit="utterance")]


def _label(who: Element) -> str:
    return " ".join((who.findtext("abbreviation") or "").split()) or who.get("id", "")


def _speaker(tier: Element, speakers: Mapping[str, str]) -> str:
    key = tier.get("speaker", "")
    return speakers.get(key) or key or tier.get("display-name", "").strip() or UNNAMED


def _stretches(source: Source, tier: Element, places: Mapping[str, int]) -> Iterator[_Stretch]:
    open_stretch: _Stretch | None = None
    for start, end, text in sorted(_events(source, tier, places)):
        if open_stretch and open_stretch.end == start and not _SENTENCE_ENDS.search(open_stretch.text):
            open_stretch.end, open_stretch.text = end, open_stretch.text + text
            continue
        if open_stretch:
            yield open_stretch
        open_stretch = _Stretch(start, end, text)
    if open_stretch:
        yield open_stretch


def _events(source: Source, tier: Element, places: Mapping[str, int]) -> Iterator[tuple[int, int, str]]:
    for event in tier.iter("event"):
        names = event.get("start", ""), event.get("end", "")
        missing = next((name for name in names if name not in places), None)
        if missing is not None:
            seen = f"an event hangs on {missing!r}, which the timeline does not have"
            raise source.error(seen, "events between points of the timeline", "save it from EXMARaLDA again")
        words = (event.text or "") + "".join(inner.tail or "" for inner in event)
        yield places[names[0]], places[names[1]], words
