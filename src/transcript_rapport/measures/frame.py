"""Frame: small talk and where it stands, self-disclosure and the way back, referral, ending, limits of the role."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from transcript_rapport.codebook import codes
from transcript_rapport.detectors.context import floors
from transcript_rapport.detectors.moves import made
from transcript_rapport.lexicons.moves import moves as lexicon
from transcript_rapport.measures import counting, definitions, moves
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure, Span, Statement
from transcript_rapport.settings import Settings

_RETURNS = ("question", "reflection", "validation", "partnership")
_AT_THE_EDGES = 0.2
"""Share of the utterances at the beginning, and at the end, that counts as opening and closing."""

MOVES = moves.rates_of("frame")
SMALL_TALK_EDGES = definitions.share(
    "frame.small_talk_at_the_edges_share",
    "Small talk at the beginning or end",
    part="statements of small talk in the first or last fifth of the session",
    whole="statements of small talk",
    missing=("no small talk was found",),
    source="RIAS (Roter & Larson, 2002), social talk",
    caution="shown neutrally: the sources disagree on whether small talk helps",
    remark=moves.FOUND,
    codes=("frame.small_talk",),
)
DISCLOSED = definitions.per_ten_turns(
    "frame.self_disclosures_per_ten_turns",
    "Self-disclosure",
    counted="statements of self-disclosure",
    source=codes()["self_disclosure"].source,
    remark="Neither good nor bad by itself: what matters is whether it serves the client, and the way back. Owning "
    "one's part in the conversation, or asking how it was, is none.",
    codes=("self_disclosure",),
)
RETURNED = definitions.share(
    "frame.self_disclosure_returned_share",
    "Self-disclosure that returns to the client",
    part="turns with self-disclosure that go on to a question, a reflection, validation or a partnership statement",
    whole="practitioner turns with self-disclosure",
    missing=("no self-disclosure was found",),
    source=f"{codes()['self_disclosure'].source}; Henretty & Levitt (2010)",
    codes=("self_disclosure",),
)

DEFINITIONS: tuple[Definition, ...] = (*MOVES.values(), SMALL_TALK_EDGES, DISCLOSED, RETURNED)


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Each move of the frame per ten practitioner turns, where small talk stands, and self-disclosure."""
    yield from moves.rates(coded, MOVES)
    talked = [s for _, s in made(coded, ["frame.small_talk"])]
    edge = len(coded.session) * _AT_THE_EDGES
    outside = [s for s in talked if s.utterance < edge or s.utterance >= len(coded.session) - edge]
    yield counting.share(SMALL_TALK_EDGES, coded, counting.places(outside), len(talked))
    disclosed = counting.places(s for s in coded.by_role("practitioner") if _discloses(coded, s))
    yield counting.per_ten_turns(DISCLOSED, coded, disclosed)
    disclosing = [floor for floor in floors(coded) if any(s.span in disclosed for s in floor)]
    returned = [floor[0] for floor in disclosing if _returns(floor, disclosed)]
    yield counting.share(RETURNED, coded, counting.places(returned), len(disclosing))


def _discloses(coded: Coded, statement: Statement) -> bool:
    """Whether a statement tells of its speaker, other than of their part in this conversation."""
    text = coded.text(statement)
    about_this = any(lexicon()[kind].in_words(text) for kind in ("repair.apology", "partnership.feedback"))
    return statement.has("self_disclosure") and not about_this


def _returns(floor: Sequence[Statement], disclosed: Collection[Span]) -> bool:
    """Whether a turn comes back to the client after the last thing it tells of its speaker."""
    last = max(place for place, statement in enumerate(floor) if statement.span in disclosed)
    return any(statement.has(code) for statement in floor[last:] for code in _RETURNS)
