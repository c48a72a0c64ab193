"""Where a supervisor's time is best spent first, and why: a plain sum of a few measures, never a grade of a person."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from transcript_rapport.errors import SettingsError
from transcript_rapport.medical import is_medical
from transcript_rapport.renderers.counts import titled, told
from transcript_rapport.renderers.dimensions import too_little
from transcript_rapport.renderers.kinds import DISCLOSED, FAINT, LIMITS, SPOKEN
from transcript_rapport.renderers.measured import OWN_LIFE as OFTEN
from transcript_rapport.renderers.wording import count, listed, value
from transcript_rapport.report import Measure, Report, Span

FURTHEST = 2.5
"""A measure counts for at most so many standard deviations: no single number decides the order."""
WORTH_NAMING = 0.2
LEAST_WEIGHTY = 3
"""From so many weighty findings on, a session does not wait in the last third of an order, whatever its number …"""
LONG = 25
"""… in a long one from one in so many of the practitioner's utterances on: three among hundreds are soon said."""
WEIGHTY = (
    ("judgment", "remark that may sound judging", "remarks that may sound judging"),
    ("rupture.passed", "sign of strain passed over", "signs of strain passed over"),
    ("opening.missed", "opening passed over", "openings passed over"),
    ("opening.named", "opening named and then left", "openings named and then left"),
)
OWN_LIFE = "frame.self_disclosures_per_ten_turns"
OWN = ("statement that tells of one's own life", "statements that tell of one's own life")
"""Where the practitioner surely tells of themselves again and again, that weighs like one finding, however often."""
SHIPPED = Path(__file__).with_name("priority.json")


MEANING = (
    "A suggestion where a supervisor's time may be best spent first. It puts sessions in an order; it says nothing "
    "about how good a person or a session is. It was fitted on counselling demonstrations only, not on visits or "
    "chats: visits that mainly inform (physiotherapy, a GP's) may come out too high, and harsh questioning too low."
)
IN_SHORT = "an order, fitted on counselling and not on visits or chats; not a grade of a person"
UNFIT = "The order was fitted on counselling, and this reads as a medical visit: its place says little."
SOON, MIDDLE, LATE = "soon", "in the middle", "can wait"
ALONE = {
    SOON: "among several sessions this one would come early",
    MIDDLE: "among several sessions this one would come in the middle",
    LATE: "among several sessions this one could wait",
}
"""The same for a session by itself, beside which no others stand."""
READ_FIRST = "Read this session before others: {}. No number orders such a session."
BEFORE_OTHERS = {
    SPOKEN: "a client spoke of dying or of somebody being harmed, or left it open when asked",
    FAINT: "a client said what may stand for giving up",
    DISCLOSED: "a client said what may tell of harm done to them as a child",
    LIMITS: "a practitioner said what cannot stay private",
}
"""Why a session is read first, by the kind of words."""
SOONER = "To be heard sooner for"
IN_WORDS = {
    "listening.input_utterance_share": "much informing or advising",
    "listening.reflections_per_ten_turns": "few reflections",
    "listening.open_question_share": "few open questions",
    "validation.validations_per_ten_turns": "few validating statements",
    "acceptance.judgments_per_hundred_statements": "many judging remarks",
    "partnership.advice_without_permission_per_ten_turns": "advice without asking",
    "language.unexplained_jargon_per_ten_turns": "many terms left unexplained",
    "remarks.come_back_per_ten_turns": "much that one might come back to",
    "remarks.hold_up_per_ten_turns": "little that one might hold up",
}
"""What moves a session up in the order, in few words."""


@dataclass(frozen=True, slots=True)
class Term:
    """How one measure enters: standardised by ``mean`` and ``sd``, times ``weight`` (positive: look sooner)."""

    measure: str
    mean: float
    sd: float
    weight: float

    def moved(self, value: float) -> float:
        """By how much a value of the measure moves the priority (logit scale)."""
        return self.weight * max(-FURTHEST, min(FURTHEST, (value - self.mean) / self.sd))


@dataclass(frozen=True, slots=True)
class Weights:
    """The terms, the intercept, and in one sentence where they come from."""

    terms: tuple[Term, ...]
    intercept: float
    made: str

    def probability(self, values: Mapping[str, float]) -> float:
        """Between 0 and 1, by the measures' values; one that is missing stands at its mean."""
        moved = sum(term.moved(values[term.measure]) for term in self.terms if term.measure in values)
        return 0.5 * (1 + math.tanh((self.intercept + moved) / 2))


@dataclass(frozen=True, slots=True)
class Reason:
    """What moved the priority: a measure, by how much (logit scale), whether it lies high, and a sentence on it."""

    measure: Measure
    moved: float
    high: bool
    sentence: str

    @property
    def sooner(self) -> bool:
        """Whether it moves the session up, to be heard sooner."""
        return self.moved > 0

    @property
    def briefly(self) -> str:
        """The same in few words: ``few open questions (9 of 33 questions)``, ``no reflections``."""
        side = "high" if self.high else "low"
        name = IN_WORDS.get(self.measure.name, f"{self.measure.title.lower()}, {side}")
        if self.measure.value == 0 and name.startswith("few "):
            return name.replace("few ", "no ")
        return f"{name} ({told(self.measure).first})"


@dataclass(frozen=True, slots=True)
class Priority:
    """``value`` between 0 and 1 (1: look first), and the reasons for it, the strongest first.

    ``unsure``: titles of measures that moved it too, but whose 90 % interval holds the reference value: too little to
    name them as reasons. ``without``: titles of those that are missing or have too little to say, ``of`` so many.
    ``weighty``: the findings that keep a session out of the last third of an order, in words; empty where too few.
    ``spoken``: a client spoke of dying or harm, so that the session is read first and no number is told. ``unfit``: it
    reads as a medical visit, on which the weights were not fitted.
    """

    value: float
    reasons: tuple[Reason, ...]
    without: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    of: int = 0
    weighty: str = ""
    spoken: bool = False
    unfit: bool = False

    @property
    def told(self) -> str:
        """The value in a word, since it has no interval; what weighs keeps a session from waiting."""
        return SOON if self.value >= 2 / 3 else MIDDLE if self.weighty or self.value >= 1 / 3 else LATE

    @property
    def counted(self) -> int:
        """How many measures had enough to count."""
        return self.of - len(self.without)

    @property
    def too_short(self) -> bool:
        """Whether the number says nothing: under half of its measures had enough to count, and nothing is weighty."""
        return 2 * self.counted < self.of and not self.weighty

    @property
    def sides(self) -> list[tuple[str, tuple[Reason, ...]]]:
        """What moved it up, with its heading; nothing of a session that can wait, for no number is a reason to."""
        up = tuple(reason for reason in self.reasons if reason.sooner and self.told != LATE)
        return [(SOONER, up)] if up else []


def load(path: Path = SHIPPED) -> Weights:
    """The weights in a JSON file; a SettingsError where it is not one of ours."""
    try:
        return _weights(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(str(path), error.strerror or "it cannot be opened", "a file of weights") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(str(path), f"not a file of weights ({error!r})", "intercept, made and terms") from None


def _weights(held: Mapping[str, Any]) -> Weights:
    terms = (Term(name, float(t["mean"]), float(t["sd"]), float(t["weight"])) for name, t in held["terms"].items())
    return Weights(tuple(terms), float(held["intercept"]), str(held["made"]))


_shipped = cache(load)


def review_priority(report: Report, weights: Weights | None = None) -> Priority:
    """How soon a supervisor may want to look at this session: a logistic sum of standardised measures.

    A measure that is missing stands at its mean; it is named in ``without``, as is one with too little to say, which
    counts all the same: together such measures tell short sessions apart. Only measures whose 90 % interval leaves the
    reference value out are reasons; the number takes in the others too.
    Where a client spoke of dying or harm nothing is summed.
    """
    if any(report.of_kind("safety")):
        return Priority(1.0, (), spoken=True)
    weights = weights or _shipped()
    measures = {measure.name: measure for measure in report.measures}
    counted: dict[str, float] = {}
    reasons, unsure, without = [], [], []
    for term in weights.terms:
        measure = measures.get(term.measure)
        if measure and measure.value is not None:
            counted[term.measure] = measure.value
        if measure is None or measure.value is None or too_little(measure):
            without.append(measure.title if measure else term.measure)
            continue
        moved = term.moved(measure.value)
        if abs(moved) >= WORTH_NAMING and _surely_apart(measure, term):
            reasons.append(Reason(measure, moved, measure.value > term.mean, _sentence(measure, term)))
        elif abs(moved) >= WORTH_NAMING:
            unsure.append(measure.title)
    reasons.sort(key=lambda reason: -abs(reason.moved))
    number, of = weights.probability(counted), len(weights.terms)
    told_of = (tuple(reasons), tuple(without), tuple(unsure), of, weighty(report))
    return Priority(number, *told_of, unfit=is_medical(report))


def read_first(report: Report) -> str:
    """Why a session in which dying or harm may be meant comes before others: the words it has, and no others."""
    return READ_FIRST.format(listed(why for kind, why in BEFORE_OTHERS.items() if any(report.of_kind(kind))))


def enough(report: Report) -> int:
    """From how many weighty findings on they weigh in this session."""
    said = sum(report.session.role_of(utterance) == "practitioner" for utterance in report.session)
    return max(LEAST_WEIGHTY, said // LONG)


def weighty(report: Report) -> str:
    """The findings that weigh more than any number, such as "2 openings passed over"; empty where they are too few."""
    found = [(sum(1 for _ in report.of_kind(kind)), one, many) for kind, one, many in WEIGHTY]
    own = len(own_life(report))
    if sum(times for times, _, _ in found) + bool(own) < enough(report):
        return ""
    return listed(count(times, one, many) for times, one, many in (*found, (own, *OWN)) if times)


def own_life(report: Report) -> tuple[Span, ...]:
    """Where the practitioner tells of themselves, if they surely do so again and again; else nothing."""
    told = next((m for m in report.measures if m.name == OWN_LIFE), None)
    return told.evidence if told and (told.low or 0) >= OFTEN and not too_little(told) else ()


def _surely_apart(measure: Measure, term: Term) -> bool:
    """Whether the measure's 90 % interval leaves the reference value out."""
    return measure.low is not None and measure.high is not None and not measure.low <= term.mean <= measure.high


def _sentence(measure: Measure, term: Term) -> str:
    side, reference = "higher" if (measure.value or 0.0) > term.mean else "lower", replace(measure, value=term.mean)
    return f"{titled(measure)}, {side} than the reference of {value(reference)}, at {told(measure)}."
