"""How a number is told: what was counted first (“9 of 42 statements”), then the rate and its 90 % range."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from transcript_rapport.norms import TOO_LITTLE
from transcript_rapport.renderers import dimensions
from transcript_rapport.renderers.wording import SHARE_UNITS, counted_on, interval, number, per
from transcript_rapport.report import Measure

ROUNDED = 5e-5
"""Half a step of the last decimal that a written report keeps."""
RANGES = "A range tells where another session like this one could lie by chance, the coder's slips counted in."
IN_FULL = "All of it was counted; another session of this length, between the same people, could lie at {}."
_TALK = re.compile(r"\b(?:words|seconds)\b")
_WHOSE = re.compile(
    r"\bpractitioner |\s*\(.*| (?:with|that|a lay adult) .*|(?:(?<=questions)|(?<=mations)) and .*|(?<=mation) or .*"
)


@dataclass(frozen=True, slots=True)
class Told:
    """``count``: ``9 of 42``, or the value where nothing was counted one by one; ``of``: ``statements``.

    ``then``: what that is as a rate with its 90 % range, ``21.4 per 100 (6.87 to 51.0)``, or that the base is too small
    for one; it may be empty.
    """

    count: str
    of: str
    then: str

    @property
    def first(self) -> str:
        """The count with what was counted."""
        return f"{self.count} {self.of}".rstrip()

    def __str__(self) -> str:
        """All of it in a line: ``9 of 42 statements: 21.4 per 100 (6.87 to 51.0)``."""
        between = " " if self.then.startswith("(") else ": "
        return f"{self.first}{between}{self.then}" if self.then else self.first


def told(measure: Measure) -> Told:
    """A measure as a reader meets it."""
    part = counted(measure)
    if dimensions.too_little(measure) and measure.value is not None:
        return replace(_told(measure, part), then=TOO_LITTLE)
    return _told(measure, part)


def _told(measure: Measure, part: int | None) -> Told:
    if part is None:
        ends = "" if measure.value is None or in_full(measure) else interval(measure)
        return Told(dimensions.figure(measure), "", f"({ends})" if ends else "")
    if measure.unit == "ratio":
        return Told(f"{part} to {measure.base - part}", "", _rate(measure, ": 1"))
    share = measure.unit in SHARE_UNITS
    base = re.match(r"([\d\s]+)(.*)", counted_on(measure))
    whole, of = (base[1].strip(), base[2]) if base else (str(measure.base), measure.base_of)
    within = "of" if share or measure.base_of.endswith("statements") else "in"
    return Told(f"{part} {within} {whole}", _WHOSE.sub("", of), _rate(measure, "" if share else per(measure.unit)))


def titled(measure: Measure) -> str:
    """The measure's title, with what its value has no room for; what a rate is counted per stands in its count."""
    return dimensions.titled(measure) if counted(measure) is None else measure.title


def counted(measure: Measure) -> int | None:
    """How many it found, of a ratio those above the line; None where it is no count, or was corrected since."""
    if measure.value is None or in_full(measure) or not measure.base:
        return None
    part = events(measure, measure.value)
    if part is None or abs(part - round(part)) > ROUNDED * measure.base + 1e-6:
        return None
    return round(part)


def events(measure: Measure, at: float) -> float | None:
    """How many a value of ``at`` stands for on this measure's base; of a ratio, those above the line."""
    if measure.unit == "ratio":
        return measure.base * at / (1 + at)
    if measure.unit in SHARE_UNITS:
        return measure.base * at
    exposure = per(measure.unit).removeprefix("per ")
    return measure.base * at / int(exposure) if exposure.isdigit() else None


def in_sight(measure: Measure) -> Measure:
    """The measure as it is drawn: without a range where all of it was counted."""
    return replace(measure, low=None, high=None) if in_full(measure) else measure


def in_full(measure: Measure) -> bool:
    """Whether it is a share of all time or words, so that no chance was in the counting."""
    return measure.unit in SHARE_UNITS and bool(_TALK.search(measure.base_of))


def _rate(measure: Measure, unit: str) -> str:
    """The rate and its range; where none was found, only how many could still be there."""
    ends = interval(measure)
    if measure.value == 0:
        return f"{ends} {unit}".strip() if ends else ""
    if ends and unit == f"per {measure.base}":
        return f"({ends})"  # “1 in 10 turns” is the rate already.
    value = number(measure.value or 0, measure.unit if measure.unit in SHARE_UNITS else "")
    return f"{value} {unit}".strip() + (f" ({ends})" if ends else "")
