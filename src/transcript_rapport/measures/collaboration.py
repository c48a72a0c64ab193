"""Collaboration: shared decisions, agreement on goals and tasks, work between sessions, and feedback invited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.detectors.context import word_list
from transcript_rapport.detectors.moves import made
from transcript_rapport.measures import counting, definitions, moves
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure
from transcript_rapport.settings import Settings

_AGREEMENT = ("partnership.goal", "partnership.task")
_TOGETHER = frozenset(["we", "we're", "we've", "we'll", "we'd", "us", "our", "ours", "ourselves", "let's", "together"])

MOVES = moves.rates_of("collaboration")
WE_SHARE = definitions.share(
    "collaboration.we_in_goal_talk_share",
    "“We” in talk of goals and tasks",
    part="statements about goals or tasks that say we, us, our or together",
    whole="statements about goals or tasks",
    missing=("no talk of goals or tasks was found",),
    source="Bordin (1979), agreement on goals and tasks; first person plural as in LIWC (Pennebaker et al., 2015)",
    caution="a proxy: “we” can share a goal, and it can also take it over",
    remark=moves.FOUND,
    codes=_AGREEMENT,
)

DEFINITIONS: tuple[Definition, ...] = (*MOVES.values(), WE_SHARE)


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Each way of deciding together, per ten practitioner turns, then “we” in talk of goals and tasks."""
    yield from moves.rates(coded, MOVES)
    about = dict.fromkeys(statement.span for _, statement in made(coded, _AGREEMENT))
    shared = [span for span in about if _TOGETHER.intersection(_straight(coded.text(span)))]
    yield counting.share(WE_SHARE, coded, shared, len(about))


def _straight(text: str) -> list[str]:
    return word_list(text.replace("’", "'"))
