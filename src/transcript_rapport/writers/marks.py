"""Marks: what a report says about places in the talk, ready to become tiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal

from transcript_rapport.report import Report
from transcript_rapport.session import Utterance

Kind = Literal["codes", "findings"]
KINDS: tuple[Kind, ...] = ("codes", "findings")


@dataclass(frozen=True, slots=True)
class Mark:
    """Codes or a finding at characters ``start`` to ``end`` of the utterance with index ``utterance``."""

    kind: Kind
    utterance: int
    start: int
    end: int
    text: str


def marks(report: Report) -> tuple[Mark, ...]:
    """A mark for every statement with codes and every finding, in order of the transcript."""
    coded = (
        Mark("codes", s.utterance, s.start, s.end, code_names(list(s.codes))) for s in report.statements if s.codes
    )
    found = (Mark("findings", f.utterance, f.start, f.end, finding_words(f.kind, f.why)) for f in report.findings)
    return tuple(sorted((*coded, *found), key=attrgetter("utterance", "start")))


def code_names(codes: Sequence[str]) -> str:
    """The codes of one statement as a tier shows them."""
    return "; ".join(codes)


def finding_words(kind: str, why: str) -> str:
    """A finding as a tier shows it: its kind, and why in a sentence."""
    return " ".join((f"{kind}: {why}" if why else kind).split())


def when(spoken: Utterance, mark: Mark) -> tuple[int, int]:
    """Start and end of a mark in milliseconds: its share of the characters taken as its share of the time.

    At least 1 ms, and within the utterance, which must have a start and a later end.
    """
    begun, ended = spoken.start_ms or 0, spoken.end_ms or 0
    length = max(1, len(spoken.text))
    start, end = (begun + round((ended - begun) * min(place, length) / length) for place in (mark.start, mark.end))
    start = min(start, ended - 1)
    return start, max(start + 1, min(end, ended))


def by_utterance(found: Sequence[Mark], kind: Kind) -> Iterator[tuple[int, list[Mark]]]:
    """The marks of one kind, utterance by utterance."""
    chosen = sorted((mark for mark in found if mark.kind == kind), key=attrgetter("utterance", "start"))
    for index, members in groupby(chosen, key=attrgetter("utterance")):
        yield index, list(members)
