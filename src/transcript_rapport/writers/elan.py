"""ELAN annotations: an independent tier a speaker, and dependent tiers of codes and findings below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

from transcript_rapport.session import Session
from transcript_rapport.writers.marks import Mark
from transcript_rapport.writers.tiers import Interval, Tier, tiers

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "elan"
SUFFIX = ".eaf"
NEEDS_TIMES = True
KEEPS_MARKS = True

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
# The day is fixed: the same session gives the same file, to the byte.
_ATTRIBUTES = {
    "AUTHOR": "Transcript Rapport",
    "DATE": "2000-01-01T00:00:00+00:00",
    "FORMAT": "3.0",
    "VERSION": "3.0",
    "xmlns:xsi": _XSI,
    "xsi:noNamespaceSchemaLocation": "http://www.mpi.nl/tools/elan/EAFv3.0.xsd",
}
_INCLUDED = "Time alignable annotations within the parent annotation's time interval, gaps are allowed"


def write(session: Session, marks: Sequence[Mark] = ()) -> str:
    """The session as an ELAN document; every utterance must have a start and a later end.

    A tier's participant is the speaker; its name too, with a number where one speaker needs several.
    """
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    root = Element("ANNOTATION_DOCUMENT", _ATTRIBUTES)
    SubElement(root, "HEADER", MEDIA_FILE="", TIME_UNITS="milliseconds")
    found = list(tiers(session, marks))
    slots = _slots(SubElement(root, "TIME_ORDER"), found)
    # Utterances have the first numbers, in order: our reader goes by them where two start together.
    numbers = count(2 + max((spoken.index for spoken in session), default=0))
    names: dict[Tier, str] = {}
    for tier in found:
        names[tier] = _name(tier, names)
        _add(root, tier, names, slots, numbers)
    _types(root)
    indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _slots(order: Element, found: Sequence[Tier]) -> dict[tuple[int, int, bool], str]:
    """Two time slots for every interval, in order of time: each one's name by tier, place and whether it is the end."""
    from xml.etree.ElementTree import SubElement

    times = [
        (time, at, place, is_end)
        for at, tier in enumerate(found)
        for place, interval in enumerate(tier.intervals)
        for time, is_end in ((interval.start_ms, False), (interval.end_ms, True))
    ]
    names = {}
    for number, (time, at, place, is_end) in enumerate(sorted(times), start=1):
        SubElement(order, "TIME_SLOT", TIME_SLOT_ID=f"ts{number}", TIME_VALUE=str(time))
        names[id(found[at]), place, is_end] = f"ts{number}"
    return names


def _add(
    root: Element, tier: Tier, names: dict[Tier, str], slots: dict[tuple[int, int, bool], str], numbers: count[int]
) -> None:
    from xml.etree.ElementTree import SubElement

    attributes = {"LINGUISTIC_TYPE_REF": tier.kind, "PARTICIPANT": tier.speaker, "TIER_ID": names[tier]}
    if tier.parent:
        attributes["PARENT_REF"] = names[tier.parent]
    node = SubElement(root, "TIER", attributes)
    for place, interval in enumerate(tier.intervals):
        number = interval.utterance + 1 if tier.kind == "speech" else next(numbers)
        held = {"ANNOTATION_ID": f"a{number}"}
        held |= {f"TIME_SLOT_REF{1 + end}": slots[id(tier), place, bool(end)] for end in (0, 1)}
        _annotation(node, held, interval)


def _annotation(node: Element, held: dict[str, str], interval: Interval) -> None:
    from xml.etree.ElementTree import SubElement

    inner = SubElement(SubElement(node, "ANNOTATION"), "ALIGNABLE_ANNOTATION", held)
    SubElement(inner, "ANNOTATION_VALUE").text = interval.text


def _name(tier: Tier, taken: dict[Tier, str]) -> str:
    """A name that no other tier has."""
    plain = tier.speaker if tier.parent is None else f"{taken[tier.parent]} {tier.kind}"
    numbered = (f"{plain} ({number})" for number in count(2))
    return plain if plain not in taken.values() else next(name for name in numbered if name not in taken.values())


def _types(root: Element) -> None:
    from xml.etree.ElementTree import SubElement

    shared = {"GRAPHIC_REFERENCES": "false", "TIME_ALIGNABLE": "true"}
    SubElement(root, "LINGUISTIC_TYPE", shared | {"LINGUISTIC_TYPE_ID": "speech"})
    for kind in ("codes", "findings"):
        SubElement(root, "LINGUISTIC_TYPE", shared | {"LINGUISTIC_TYPE_ID": kind, "CONSTRAINTS": "Included_In"})
    SubElement(root, "CONSTRAINT", {"DESCRIPTION": _INCLUDED, "STEREOTYPE": "Included_In"})
