"""ELAN annotations (.eaf): a tier is a speaker, an annotation an utterance; dependent tiers are not speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from transcript_rapport.readers import markup, tiers
from transcript_rapport.readers.rows import Row, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "elan"
SUFFIXES = (".eaf",)

_DIGITS = re.compile(r"\d{1,15}$")

_Place = tuple[int, int]
"""What puts an annotation in order: its start in milliseconds, then the number ELAN gave it when it was made."""


def recognises(source: Source) -> bool:
    """Whether the file is XML with ELAN's root."""
    return markup.has_root(source, "ANNOTATION_DOCUMENT")


def read(source: Source) -> list[Session]:
    """The session of the file: annotations of its independent tiers in order of their start, then as made.

    A speaker is the tier's participant, or the tier's name where none is given. Dependent tiers,
    tiers of a controlled vocabulary, and tiers named as remarks are left out and noted. Rows count
    annotations in this order.
    """
    root = markup.parse(source, "an ELAN file")
    found = root.findall("TIER")
    if not found:
        raise source.error("there are no tiers", "a tier for every speaker", "check that this is the transcript")
    free = [tier for tier in found if not tier.get("PARENT_REF")]
    choosing = _choosing_types(root)
    spoken = [tier for tier in free if tier.get("LINGUISTIC_TYPE_REF") not in choosing] or free
    kept, notes = tiers.talk(spoken, _named)
    notes += [f"tier {_named(t)!r}: left out, its words come from a fixed list" for t in free if t not in spoken]
    dependent = [_named(tier) for tier in found if tier.get("PARENT_REF")]
    if dependent:
        notes.append(f"left out, for they depend on other tiers: {', '.join(map(repr, dependent))}")
    slots = _slots(root)
    rows = sorted((found for tier in kept for found in _rows(tier, slots)), key=itemgetter(0))
    placed = [replace(row, line=at) for at, (_, row) in enumerate(rows, start=1)]
    return [session(markup.decoded(source), "ELAN", placed, notes, unit="annotation")]


def _named(tier: Element) -> str:
    return tier.get("TIER_ID", "").strip()


def _choosing_types(root: Element) -> set[str | None]:
    """Linguistic types whose annotations are chosen from a list, as gestures are and speech is not."""
    types = root.findall("LINGUISTIC_TYPE")
    return {found.get("LINGUISTIC_TYPE_ID") for found in types if found.get("CONTROLLED_VOCABULARY_REF")}


def _slots(root: Element) -> dict[str, int | None]:
    """Time slots in milliseconds; a slot may have no time yet."""
    scale = 1
    header = root.find("HEADER")
    if header is not None and header.get("TIME_UNITS") not in {None, "milliseconds"}:
        scale = {"NTSC-frames": 1001 / 30, "PAL-frames": 40}.get(header.get("TIME_UNITS", ""), 1)  # type: ignore[assignment]
    found = {slot.get("TIME_SLOT_ID", ""): markup.number(slot.get("TIME_VALUE")) for slot in root.iter("TIME_SLOT")}
    return {name: None if value is None else round(value * scale) for name, value in found.items()}


def _rows(tier: Element, slots: Mapping[str, int | None]) -> Iterator[tuple[_Place, Row]]:
    """The annotations of a tier and their places; one without a time has its place by the one before it."""
    speaker = (tier.get("PARTICIPANT") or "").strip() or _named(tier)
    last = -1
    for spoken in tier.iter("ALIGNABLE_ANNOTATION"):
        start, end = (slots.get(spoken.get(ref, "")) for ref in ("TIME_SLOT_REF1", "TIME_SLOT_REF2"))
        last = last if start is None else start
        number = _DIGITS.search(spoken.get("ANNOTATION_ID", ""))
        text = spoken.findtext("ANNOTATION_VALUE") or ""
        yield (last, int(number[0]) if number else 0), Row(0, speaker, text, start, end)
