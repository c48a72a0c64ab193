"""Codes of the user's own, counted: per ten turns of those in whose words they are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from transcript_rapport.codebook import OwnCode
from transcript_rapport.measures import counting, definitions, intervals
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure, Span
from transcript_rapport.session import Role
from transcript_rapport.settings import Settings

DEFINITIONS: tuple[Definition, ...] = ()
"""None of ours: they are made from the user's codes."""


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Each own code per ten turns of each role in whose words it is looked for; a statement counts once."""
    for code in coded.own.values():
        for role in code.roles:
            definition = definition_of(code, role)
            yield _rate(definition, coded, role, counting.having(coded.by_role(role), code.name))


def definition_of(code: OwnCode, role: Role) -> Definition:
    """What the rate of an own code in the words of ``role`` means."""
    if role == "practitioner":
        return definitions.per_ten_turns(
            f"{code.name}_per_ten_turns", code.title, counted=_counted(code), source=code.source, codes=(code.name,)
        )
    whose = definitions.per_ten_turns(
        f"{code.name}_per_ten_client_turns", code.title, counted=_counted(code), source=code.source, codes=(code.name,)
    )
    return replace(
        whose,
        unit="per 10 client turns",
        formula=whose.formula.replace("practitioner", "client"),
        base="client turns",
        not_measurable=(definitions.NO_CLIENT,),
        example=whose.example.replace("practitioner", "client"),
        remark="",
    )


def _counted(code: OwnCode) -> str:
    return f"statements coded {code.name}"


def _rate(definition: Definition, coded: Coded, role: Role, counted: Sequence[Span]) -> Measure:
    base = len(counting.turns(coded, role))
    if not base:
        return definition.missing(definition.not_measurable[0])
    interval = intervals.poisson(len(counted), base / 10, counting.scatter(definition, coded))
    return definition.measured(10 * len(counted) / base, base, interval, tuple(counted))
