"""Acceptance: how often the practitioner's words could be heard as judgment, and in which way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.codebook import codes
from transcript_rapport.measures import counting, definitions, intervals
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure
from transcript_rapport.settings import Settings

_NOT_RUN = "the judgment detector was not run"
_EXAMPLE = intervals.poisson(3, 1.5)

JUDGMENTS = Definition(
    "acceptance.judgments_per_hundred_statements",
    "Words that could be heard as judgment",
    unit="per 100 practitioner statements",
    formula="judgment findings ÷ practitioner statements × 100",
    base="practitioner statements",
    not_measurable=(_NOT_RUN, definitions.NO_STATEMENTS),
    source="MITI 4.2.1 (2014), Confront; NIDA, Words Matter (2021)",
    example=f"3 findings in 150 statements: 3 ÷ 150 × 100 = 2.0 "
    f"(90 % interval {_EXAMPLE.low:.1f} to {_EXAMPLE.high:.1f})",
    interval=definitions.POISSON,
    enough=30,
    remark="Neighbouring statements of one kind in one utterance are one finding; a statement may hold several. "
    "A client's own words, and the practitioner quoting them, hold none.",
    codes=("judgment",),
)
KINDS = {
    code.name: Definition(
        f"acceptance.{code.name.removeprefix('judgment.')}_findings",
        code.title,
        unit="findings",
        formula=f"findings of kind {code.name}",
        base="practitioner statements",
        not_measurable=(_NOT_RUN, definitions.NO_STATEMENTS),
        source=code.source,
        example=f"2 findings of kind {code.name} in a session: 2",
    )
    for code in codes().values()
    if code.family == "judgment"
}

DEFINITIONS: tuple[Definition, ...] = (JUDGMENTS, *KINDS.values())


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:
    """Judgment findings per hundred practitioner statements, then a count of each kind."""
    base = len(coded.by_role("practitioner"))
    missing = _NOT_RUN if "judgment" not in settings.detectors else "" if base else definitions.NO_STATEMENTS
    if missing:
        yield from (definition.missing(missing, base) for definition in DEFINITIONS)
        return
    found = [finding for finding in findings if finding.kind in KINDS]
    low, high = intervals.poisson(len(found), base / 100, counting.scatter(JUDGMENTS, coded))
    interval = intervals.Interval(low, max(min(high, 100.0), 100 * len(found) / base))
    yield JUDGMENTS.measured(100 * len(found) / base, base, interval, counting.places(found))
    for kind, definition in KINDS.items():
        of_kind = [finding for finding in found if finding.kind == kind]
        yield definition.measured(float(len(of_kind)), base, evidence=counting.places(of_kind))
