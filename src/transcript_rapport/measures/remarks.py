"""Remarks: of how many turns a supervisor would likely say more, and how many they might hold up, by the coder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod

from transcript_rapport.codebook import LAPSES, READ, WELL
from transcript_rapport.measures import counting, definitions, intervals
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure
from transcript_rapport.settings import Settings

NOT_TOLD = "the session was not read by a coder that tells remarks"
CAUTION = "learned from a language model's readings: a guide where to look, no grade"
LIKELY = 0.5
"""From this probability on a turn is shown among the places of a measure."""
_EXAMPLE = intervals.wilson(6, 20).times(10)


def _definition(name: str, title: str, remark: str) -> Definition:
    return Definition(
        name,
        title,
        unit="per 10 practitioner turns",
        formula=f"the probabilities that {remark}, added up ÷ practitioner turns × 10; of a turn, that of its "
        "likeliest utterance",
        base="practitioner turns",
        not_measurable=(NOT_TOLD, definitions.NO_TURNS),
        source=READ,
        example="probabilities that add up to 6 in 20 practitioner turns: 6 ÷ 20 × 10 = 3.0 "
        f"(90 % interval {_EXAMPLE.low:.1f} to {_EXAMPLE.high:.1f})",
        range=(0.0, 10.0),
        interval=definitions.WILSON,
        enough=10,
        caution=CAUTION,
        remark=definitions.TURNS,
    )


BACK = _definition(
    "remarks.come_back_per_ten_turns",
    "Turns one might come back to",
    "a supervisor would say what could be tried otherwise",
)
UP = _definition(
    "remarks.hold_up_per_ten_turns", "Turns one might hold up", "a supervisor would hold it up as done well"
)
DEFINITIONS: tuple[Definition, ...] = (BACK, UP)


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Both, per ten practitioner turns."""
    yield _expected(BACK, coded, lambda told: 1 - prod(1 - told.get(name, 0.0) for name in LAPSES))
    yield _expected(UP, coded, lambda told: told.get(WELL, 0.0))


def _expected(definition: Definition, coded: Coded, likely: Callable[[Mapping[str, float]], float]) -> Measure:
    turns = counting.turns(coded, "practitioner")
    if not turns or not any(label.remarks for label in coded.labels):
        return definition.missing(NOT_TOLD if turns else definitions.NO_TURNS)
    each = [max((likely(coded.labels[u.index].remarks), u.index) for u in turn.utterances) for turn in turns]
    expected, base = sum(probability for probability, _ in each), len(turns)
    places = tuple(counting.whole(coded, utterance) for probability, utterance in each if probability >= LIKELY)
    return definition.measured(10 * expected / base, base, intervals.wilson(expected, base).times(10), places)
