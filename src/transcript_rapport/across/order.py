"""The order of a caseload: what is to be read whatever its number, what waits, and what is too short to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

from transcript_rapport.across import trend as moving
from transcript_rapport.renderers.foremost import weighing
from transcript_rapport.renderers.making import in_doubt
from transcript_rapport.renderers.priority import Priority
from transcript_rapport.renderers.wording import listed, ordinal
from transcript_rapport.report import Finding, Report
from transcript_rapport.roles.labels import names_nobody

Group = Literal["read", "doubted", "ordered", "short"]
GROUPS: dict[Group, str] = {
    "read": "In these sessions a client spoke of dying or of somebody being harmed, left it open when asked or said "
    "what can stand for it, or a practitioner said what cannot stay private. No number orders them, and the page does "
    "not look for danger; read the transcripts.",
    "doubted": "By how each talks, the labels may be exchanged: look first. No number orders these sessions before "
    "that is settled.",
    "ordered": "In the order in which time may be best spent on them.",
    "short": "Too short to order: under half of the measures that make the order had enough to count.",
}
"""The groups of the table from the top, each with the sentence above it."""
NO_WATCH = "This page does not look for danger to anyone; that nothing is shown says nothing."
SAFETY = "safety"
"""The family of findings in which a client speaks of dying or of being harmed."""


@dataclass(frozen=True, slots=True)
class Case:
    """One session: its priority, on what it stands out (measure → sentence), and a few places to open first.

    ``line``: why to open it and where to begin. ``course``: the priorities of the same practitioner's sessions in their
    order, this one's place among them.
    ``place`` counts from 1; 0: too short for one, or who is who is in doubt. ``raised``: why it does not wait in the
    last third.
    """

    report: Report
    priority: Priority
    outlying: Mapping[str, str]
    places: tuple[Finding, ...]
    line: str = ""
    course: str = ""
    place: int = 0
    raised: str = ""

    @property
    def weighs(self) -> bool:
        """Whether something marked is its first reason, so that the number's word would speak against it."""
        return bool(weighing(self.report))

    @property
    def group(self) -> Group:
        """Where in the table it stands."""
        if any(self.report.of_kind(SAFETY)):
            return "read"
        if in_doubt(self.report):
            return "doubted"
        return "short" if self.priority.too_short else "ordered"


def in_order(cases: Sequence[Case]) -> Iterator[Case]:
    """The cases by group and priority, each with its place."""
    held = sorted(cases, key=lambda case: (case.priority.too_short, *_rank(case)))
    groups = {group: [case for case in held if case.group == group] for group in GROUPS}
    groups["ordered"] = _raised(groups["ordered"])
    numbers = count(1)
    for group, members in groups.items():
        placed = group in ("read", "ordered")
        yield from (replace(case, place=next(numbers) if placed else 0) for case in members)


def _rank(case: Case) -> tuple[bool, float]:
    """By the number; a visit in which nothing weighs comes after all that, for the number says little about visits."""
    return case.priority.unfit and not case.weighs, -case.priority.value


def _raised(held: Sequence[Case]) -> list[Case]:
    """The cases with no weighty findings in the last third, unless there are too few others to fill it."""
    last = len(held) // 3
    waits = sorted(held, key=lambda case: (not case.priority.weighty, *_rank(case)))[len(held) - last :]
    waiting = {id(case) for case in waits}
    would = {id(case) for case in held[len(held) - last :]} - waiting
    told = [replace(case, raised=_why_raised(case)) if id(case) in would else case for case in held]
    return [
        *(new for case, new in zip(held, told, strict=True) if id(case) not in waiting),
        *(case for case in held if id(case) in waiting),
    ]


def _why_raised(case: Case) -> str:
    return (
        f"Raised because of what was marked, whatever the number says: {case.priority.weighty}. A session with so much "
        "does not wait in the last third."
    )


def with_courses(cases: Sequence[Case]) -> list[Case]:
    """The cases, each told how the priority went over its practitioner's sessions, where a name says whose they are."""
    of: dict[tuple[str, ...], list[Case]] = {}
    for case in cases:
        who = case.report.session.labels("practitioner")
        if who and not any(map(names_nobody, who)) and case.group == "ordered":
            of.setdefault(who, []).append(case)
    courses: dict[int, str] = {}
    for own in of.values():
        order = {id(r): n for n, r in enumerate(moving.ordered([case.report for case in own]))}
        own.sort(key=lambda case: order[id(case.report)])
        courses |= {id(case): _course(case, own) for case in own}
    return [replace(case, course=courses.get(id(case), "")) for case in cases]


def _course(case: Case, own: Sequence[Case]) -> str:
    if len(own) < 2:
        return ""
    values = ", ".join(other.priority.told for other in own)
    who, place = listed(case.report.session.labels("practitioner")), own.index(case) + 1
    by = moving.ordered_by([other.report for other in own])
    return (
        f"Over the {len(own)} sessions labelled {who}: {values}; this is the {ordinal(place)}. Their order is that of "
        f"{by}. A page of trends says which measures moved more than their uncertainty."
    )
