"""Validation by level, as far as words can show it, and affirmation of something specific against general praise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.detectors.moves import made
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.measures import counting, definitions, intervals, moves
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure, Statement
from transcript_rapport.settings import Settings

_LINEHAN = "Linehan (1997), levels of validation; DBT-VLCS (Carson-Wong & Rizvi, 2016)"
_SAYS = beside(__file__)
_EXAMPLE = intervals.wilson(6, 80).times(100)


def _level(number: int, title: str, counted: str, caution: str, code: str) -> Definition:
    return Definition(
        f"validation_levels.level_{number}_per_hundred_statements",
        f"Validation, level {number}: {title}",
        unit="per 100 practitioner statements",
        formula=f"{counted} ÷ practitioner statements × 100",
        base="practitioner statements",
        not_measurable=(definitions.NO_STATEMENTS,),
        source=_LINEHAN,
        example=f"6 of 80 practitioner statements: 7.5 (90 % interval {_EXAMPLE.low:.1f} to {_EXAMPLE.high:.1f})",
        range=(0.0, 100.0),
        interval=definitions.WILSON,
        enough=30,
        caution=caution,
        remark="A statement counts at its highest level. Levels 1 and 6 (attention, genuineness) are mainly "
        "non-verbal: a transcript cannot show them.",
        codes=(code,),
    )


LEVELS = {
    2: _level(
        2,
        "says back what was said",
        "simple reflections",
        "whether it was accurate only the client can say",
        "reflection.simple",
    ),
    3: _level(
        3,
        "says what was not yet put into words",
        "complex reflections",
        "a proxy: experts hardly agree on simple against complex (kappa 0.11)",
        "reflection.complex",
    ),
    4: _level(
        4,
        "makes sense, given what happened",
        "statements coded validation.normalise that name something past",
        "told from level 5 by words alone",
        "validation.normalise",
    ),
    5: _level(
        5,
        "makes sense, as anyone would feel here",
        "other statements coded validation.normalise",
        "told from level 4 by words alone",
        "validation.normalise",
    ),
}
PRAISE = moves.rates_of("validation_levels")
SPECIFIC = definitions.share(
    "validation_levels.specific_affirmation_share",
    "Affirmations that name something specific",
    part="statements coded validation.affirm that say what the client does or what they are good at",
    whole="affirmations and statements of general praise",
    missing=("neither affirmation nor praise was found",),
    source="MITI 4.2.1 (Moyers et al., 2014), Affirm: “good job” alone is not an affirmation",
    remark="What the client does is found by words (“you kept …”, “your patience”); general praise by words too, such "
    "as a statement that says “good job” and nothing else, or as the coder hears it. An affirmation that is neither "
    "counts in the base only.",
    codes=("validation.affirm", "praise.generic"),
)

DEFINITIONS: tuple[Definition, ...] = (*LEVELS.values(), *PRAISE.values(), SPECIFIC)


def level(coded: Coded, statement: Statement) -> int | None:
    """The highest level of validation that a statement's codes and words show: 2 to 5, or None."""
    if statement.has("validation.normalise"):
        return 4 if _SAYS["history"].search(plain(coded.text(statement))) else 5
    if statement.has("reflection.complex"):
        return 3
    return 2 if statement.has("reflection.simple") else None


def says_what_they_did(text: str) -> bool:
    """Whether words say what the client does, or name a strength of theirs, as an affirmation has to."""
    return bool(_SAYS["what_they_did"].search(plain(text)))


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Each level per hundred practitioner statements, general praise, then the share that is specific."""
    said = coded.by_role("practitioner")
    levels = [(s, level(coded, s)) for s in said]
    for number, definition in LEVELS.items():
        at = counting.places(s for s, reached in levels if reached == number)
        yield counting.share(definition, coded, at, len(said), per=100)
    yield from moves.rates(coded, PRAISE)
    praised = {s.span for _, s in made(coded, PRAISE)}
    affirmed = {s.span for s in said if s.has("validation.affirm")}
    specific = [span for span in sorted(affirmed - praised) if says_what_they_did(coded.text(span))]
    yield counting.share(SPECIFIC, coded, tuple(specific), len(affirmed | praised))
