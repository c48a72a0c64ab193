"""Validation: how often the practitioner says it makes sense, names a strength, or expresses care."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.codebook import codes
from transcript_rapport.measures import counting, definitions
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure
from transcript_rapport.settings import Settings

VALIDATIONS = definitions.per_ten_turns(
    "validation.validations_per_ten_turns",
    "Validating statements",
    counted="validating statements",
    source="Linehan (1997), levels of validation; MITI 4.2.1 (2014), Affirm; MISC 2.5 (2010), Support",
    remark="Levels 1 and 6 (attention, genuineness) are mainly non-verbal: a transcript cannot show them.",
    codes=("validation",),
)
KINDS = {
    code.name: definitions.per_hundred(
        f"{code.name}_per_hundred_statements",
        code.title,
        code=code.name,
        whose="practitioner",
        source=code.source,
        missing=definitions.NO_STATEMENTS,
    )
    for code in codes().values()
    if code.family == "validating"
}

DEFINITIONS: tuple[Definition, ...] = (VALIDATIONS, *KINDS.values())


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Validating statements per ten turns, then each kind per hundred statements."""
    said = coded.by_role("practitioner")
    yield counting.per_ten_turns(VALIDATIONS, coded, counting.having(said, "validation"))
    for code, definition in KINDS.items():
        yield counting.share(definition, coded, counting.having(said, code), len(said), per=100)
