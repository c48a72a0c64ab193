"""Partnership: sharing the direction, leaving the choice, being open, and how advice is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.codebook import codes
from transcript_rapport.detectors.partnership import ADVICE, WITH_ROOM, advice
from transcript_rapport.measures import counting, definitions
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure, Span
from transcript_rapport.settings import Settings

_COUNTED = (
    ("partnership.collaborate", "collaborate", "Collaborating statements", "collaborating statements"),
    ("partnership.autonomy", "autonomy", "Statements that leave the choice", "autonomy statements"),
    ("partnership.transparency", "transparency", "Statements of openness", "transparent statements"),
    (WITH_ROOM, "advice_with_room", "Advice with room", "statements of advice with room"),
    (
        ADVICE,
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
    part="turns whose advice all left room",
    whole="turns with advice",
    missing=("no advice was found",),
    source="MITI 4.2.1 (Moyers, Manuel & Ernst, 2014), Persuade with Permission and Persuade",
    remark="Counted as a report marks it: advice has room where it was asked for, where leave was asked just before, "
    "or where it leaves the choice. Not counted is what the coder is not sure of, what leads through an exercise, and "
    "what says when to get help. One offer is often told in several statements, so turns are counted.",
    codes=(WITH_ROOM,),
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


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:
    """Each code per ten practitioner turns, advice as it is marked; then the shares of advice and of information."""
    said, given = coded.by_role("practitioner"), _given(coded, findings, settings)
    found = {code: [span for span, room in given if room == (code == WITH_ROOM)] for code in (WITH_ROOM, ADVICE)}
    for code, definition in COUNTED.items():
        yield counting.per_ten_turns(definition, coded, found[code] if code in found else counting.having(said, code))
    told = [[(span, room) for span, room in given if span.utterance in turn] for turn in _turns(coded)]
    turns = [pieces for pieces in told if pieces]
    roomy = [pieces[0][0] for pieces in turns if all(room for _, room in pieces)]
    yield counting.share(PERMITTED_SHARE, coded, roomy, len(turns))
    yield counting.share(INFORMATION_SHARE, coded, counting.having(said, "information"), len(said))


def _given(coded: Coded, findings: Sequence[Finding], settings: Settings) -> list[tuple[Span, bool]]:
    """Where advice stands, and whether it left room: none that is marked did, by whatever way it came to be marked."""
    given = [(statement.span, room) for statement, room in advice(coded)]
    if "partnership" not in settings.detectors:
        return given
    marked = {finding.span for finding in findings if finding.kind == ADVICE}
    return sorted(
        [*((span, True) for span, room in given if room and span not in marked), *((s, False) for s in marked)]
    )


def _turns(coded: Coded) -> list[frozenset[int]]:
    """The utterances of each turn."""
    return [frozenset(utterance.index for utterance in turn.utterances) for turn in coded.session.turns]
