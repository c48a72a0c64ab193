"""Partnership: sharing the direction, leaving the choice, being open, and how advice is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.codebook import codes
from transcript_rapport.measures import counting, definitions
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure
from transcript_rapport.settings import Settings

_COUNTED = (
    ("partnership.collaborate", "collaborate", "Collaborating statements", "collaborating statements"),
    ("partnership.autonomy", "autonomy", "Statements that leave the choice", "autonomy statements"),
    ("partnership.transparency", "transparency", "Statements of openness", "transparent statements"),
    ("advice.permitted", "advice_with_room", "Advice with room", "statements of advice with room"),
    (
        "advice.directive",
        "advice_without_permission",
        "Advice without asking first",
        "statements of advice without permission",
    ),
)
COUNTED = {
    code: definitions.per_ten_turns(
        f"partnership.{name}_per_ten_turns", title, counted=counted, source=codes()[code].source, codes=(code,)
    )
    for code, name, title, counted in _COUNTED
}
PERMITTED_SHARE = definitions.share(
    "partnership.advice_with_permission_share",
    "Advice with room, among all advice",
    part="statements of advice with room",
    whole="statements of advice",
    missing=("no advice was found",),
    source="MITI 4.2.1 (Moyers, Manuel & Ernst, 2014), Persuade with Permission and Persuade",
    remark="A statement that carries both advice codes counts as advice with room.",
    codes=("advice.permitted",),
)
INFORMATION_SHARE = definitions.share(
    "partnership.information_share",
    "Information among practitioner statements",
    part="statements of information",
    whole="practitioner statements",
    missing=(definitions.NO_STATEMENTS,),
    source=codes()["information"].source,
    codes=("information",),
)

DEFINITIONS: tuple[Definition, ...] = (*COUNTED.values(), PERMITTED_SHARE, INFORMATION_SHARE)


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Each code per ten practitioner turns, then the shares of permitted advice and of information."""
    said = coded.by_role("practitioner")
    for code, definition in COUNTED.items():
        yield counting.per_ten_turns(definition, coded, counting.having(said, code))
    advice = [s for s in said if s.has("advice")]
    yield counting.share(PERMITTED_SHARE, coded, counting.having(advice, "advice.permitted"), len(advice))
    yield counting.share(INFORMATION_SHARE, coded, counting.having(said, "information"), len(said))
