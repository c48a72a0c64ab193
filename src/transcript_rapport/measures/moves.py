"""Rates of moves: how often the practitioner offers options, makes a promise, sums up, a room at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transcript_rapport.detectors.moves import made
from transcript_rapport.lexicons.moves import Move, in_room
from transcript_rapport.measures import counting, definitions
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Measure

FOUND = (
    "Found by turns of phrase and, in other words, by a model that learned moves from marked talk; how much of it is "
    "right, and how much is missed, stands in docs/training.md for each move."
)


def rates_of(room: str) -> dict[str, Definition]:
    """The definitions of the moves that ``room`` counts, by their kinds."""
    return {kind: _definition(move) for kind, move in in_room(room).items()}


def rates(coded: Coded, wanted: Mapping[str, Definition]) -> Iterator[Measure]:
    """Each move per ten practitioner turns, in the order of ``wanted``; a statement counts once a move."""
    found = list(made(coded, wanted))
    for kind, definition in wanted.items():
        yield counting.per_ten_turns(definition, coded, counting.places(s for move, s in found if move.kind == kind))


def _definition(move: Move) -> Definition:
    name = move.kind.partition(".")[2]
    return definitions.per_ten_turns(
        f"{move.room}.{name}_per_ten_turns",
        move.title,
        counted=move.counted,
        source=move.source,
        remark=FOUND,
        codes=(move.kind,),
    )
