"""Agenda: whether the client is asked what brings them, and how far they get before the practitioner takes over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.detectors.context import is_backchannel
from transcript_rapport.detectors.moves import made
from transcript_rapport.measures import counting, floor, moves
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.measures.times import talk_times
from transcript_rapport.report import Coded, Finding, Measure
from transcript_rapport.settings import Settings

EARLY = 20
"""Utterances from the beginning within which the opening statement is looked for."""
INVITED = "agenda.invited"

_SOURCE = "Singh Ospina et al. (2018), J Gen Intern Med 34:36-40; Beckman & Frankel (1984)"
NO_OPENING = (
    "no opening statement was found: nobody asked early on what brings the client, or the client did not answer"
)
NO_TIMES = "the transcript lacks start times, or the practitioner never takes over from the opening statement"
_STATEMENT = (
    "The opening statement is what the client says after the first invitation (such as “what brings you in?”, or else "
    "the first open question) among the first 20 utterances, until the practitioner says more than a back-channel."
)

MOVES = moves.rates_of("agenda")
WORDS = Definition(
    "agenda.opening_statement_words",
    "Opening statement, in words",
    unit="words",
    formula="words of the client after the first invitation until the practitioner says more than a back-channel",
    base="utterances of the opening statement",
    not_measurable=(NO_OPENING,),
    source=_SOURCE,
    example="the client says 12 and 30 words, with one “mm-hmm” between: 42",
    remark=_STATEMENT,
)
SECONDS = Definition(
    "agenda.opening_statement_s",
    "Opening statement, in seconds",
    unit="s",
    formula="time from the start of the opening statement to the practitioner's next utterance that is no back-channel",
    base="utterances of the opening statement",
    not_measurable=(NO_OPENING, NO_TIMES),
    source=_SOURCE,
    example="the client starts at 0:12, the practitioner takes over at 0:41: 29",
    remark=f"{_STATEMENT} In the study the median was 11 s where it was interrupted, and 6 s where it was not: short "
    "is not cut off.",
)
CUT_OFF = Definition(
    "agenda.opening_statements_cut_off",
    "Opening statement cut off",
    unit="cut-offs",
    formula="1 where the practitioner takes the floor while the client is still telling, or the statement breaks off "
    "at a dash; 0 where it is completed",
    base="opening statements",
    not_measurable=(NO_OPENING,),
    source=_SOURCE,
    example="“It started in spring, and then my –” followed by a question: 1",
    range=(0.0, 1.0),
    caution="without exact times it is seen only where the transcript marks the break",
    remark=_STATEMENT,
)

DEFINITIONS: tuple[Definition, ...] = (*MOVES.values(), WORDS, SECONDS, CUT_OFF)


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Invitations per ten practitioner turns, then the opening statement: its words, its time, and whether cut off."""
    yield from moves.rates(coded, MOVES)
    told, after = opening_statement(coded)
    if not told:
        yield from (definition.missing(NO_OPENING) for definition in (WORDS, SECONDS, CUT_OFF))
        return
    places = tuple(counting.whole(coded, index) for index in told)
    said = sum(counting.words(coded.session[index].text) for index in told)
    yield WORDS.measured(float(said), len(told), evidence=places)
    begun = coded.session[told[0]].start_ms
    taken = coded.session[after].start_ms if after is not None else None
    if begun is None or taken is None:
        yield SECONDS.missing(NO_TIMES)
    else:
        yield SECONDS.measured(max(0, taken - begun) / 1000, len(told), evidence=places)
    yield CUT_OFF.measured(float(_cut_off(coded, told[-1], after)), 1, evidence=places[-1:])


def opening_statement(coded: Coded) -> tuple[tuple[int, ...], int | None]:
    """Indices of the client's utterances of the opening statement, and of the practitioner's that ends it."""
    early = [s for s in coded.by_role("practitioner") if s.utterance < EARLY]
    invited = {s.utterance for _, s in made(coded, [INVITED]) if s.utterance < EARLY}
    asked = invited or {s.utterance for s in early if s.has("question.open")}
    told: list[int] = []
    for utterance in coded.session[min(asked) + 1 :] if asked else ():
        role = coded.session.role_of(utterance)
        if role == "client":
            told.append(utterance.index)
        elif role == "practitioner" and told and not is_backchannel(coded, utterance.index):
            return tuple(told), utterance.index
    return tuple(told), None


def _cut_off(coded: Coded, last: int, after: int | None) -> bool:
    if after is None:
        return False
    times = talk_times(coded.session)
    if times is not None and not times.estimated:
        return after in floor.floor_takings(coded, times)
    return coded.session[last].text.rstrip().endswith(("-", "–", "—"))
