"""Transcriber transcripts (.trs): turns with points in time, several voices in one where speech overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from transcript_rapport.readers import markup
from transcript_rapport.readers.rows import UNNAMED, Row, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "transcriber"
SUFFIXES = (".trs",)

_HEARD = {"noise", "noises", ""}
"""Types of events that were heard; the others (language, pronounce, lexical …) comment on words."""


def recognises(source: Source) -> bool:
    """Whether the file is XML with Transcriber's root."""
    return markup.has_root(source, "Trans>", "Trans ")


def read(source: Source) -> list[Session]:
    """The session of the file: an utterance for every stretch between two points in time and every voice in it.

    Noises become remarks in brackets; comments and topics are left out. Rows count utterances.
    """
    root = markup.parse(source, "a Transcriber file")
    names = {who.get("id", ""): " ".join(who.get("name", "").split()) for who in root.iter("Speaker")}
    found = [row for turn in root.iter("Turn") for row in _rows(turn, names)]
    rows = [replace(row, line=number) for number, row in enumerate(found, start=1)]
    return [session(markup.decoded(source), "Transcriber", rows, unit="utterance")]


@dataclass(slots=True)
class _Stretch:
    """What is said between two points in time, by voice (the first is 1)."""

    start_ms: int | None
    words: dict[int, list[str]] = field(default_factory=dict)


def _rows(turn: Element, names: Mapping[str, str]) -> Iterator[Row]:
    speakers = [names.get(key) or key for key in (turn.get("speaker") or "").split()] or [UNNAMED]
    stretches = [stretch for stretch in _stretches(turn) if any(map("".join, stretch.words.values()))]
    ends = [stretch.start_ms for stretch in stretches[1:]] + [markup.milliseconds(turn.get("endTime"))]
    for stretch, end in zip(stretches, ends, strict=False):
        for voice, words in sorted(stretch.words.items()):
            text = " ".join(" ".join(words).split())
            if text:
                yield Row(0, speakers[min(voice, len(speakers)) - 1], text, stretch.start_ms, end)


def _stretches(turn: Element) -> list[_Stretch]:
    voice = 1
    found = [_Stretch(markup.milliseconds(turn.get("startTime")), {1: [(turn.text or "").strip()]})]
    for mark in turn:
        if mark.tag == "Sync":
            found.append(_Stretch(markup.milliseconds(mark.get("time"))))
            voice = 1
        elif mark.tag == "Who":
            voice = int(markup.number(mark.get("nb")) or 1) or 1
        said = found[-1].words.setdefault(voice, [])
        said += filter(None, (_heard(mark), (mark.tail or "").strip()))
    return found


def _heard(mark: Element) -> str:
    """A noise as a remark in brackets; nothing for marks that say something about words."""
    lasting = mark.get("extent") in {"end", "previous", "next"}
    if mark.tag != "Event" or lasting or mark.get("type", "") not in _HEARD:
        return ""
    return f"[{mark.get('desc', '').strip()}]" if mark.get("desc", "").strip() else ""
