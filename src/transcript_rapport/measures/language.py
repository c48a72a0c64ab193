"""Language: jargon left unexplained or explained, and how long the practitioner's statements are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.measures import counting, definitions
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure
from transcript_rapport.settings import Settings

_NOT_RUN = "the jargon detector was not run"
_SOURCE = "Castro et al. (2007), Am J Health Behav 31 Suppl 1:S85-95; AHRQ Universal Precautions Toolkit, tool 4"

UNEXPLAINED = definitions.per_ten_turns(
    "language.unexplained_jargon_per_ten_turns",
    "Terms left unexplained",
    counted="unexplained terms",
    source=_SOURCE,
    missing=(definitions.NO_TURNS, _NOT_RUN),
)
EXPLAINED_SHARE = definitions.share(
    "language.explained_jargon_share",
    "Terms explained, among all terms",
    part="explained terms",
    whole="terms a lay adult may not know",
    missing=("no term was found that would need explaining", _NOT_RUN),
    source=_SOURCE,
)
STATEMENT_WORDS = Definition(
    "language.mean_statement_words",
    "Words in a practitioner statement",
    unit="words",
    formula="words in practitioner statements ÷ practitioner statements with a word",
    base="practitioner statements with a word",
    not_measurable=(definitions.NO_STATEMENTS,),
    source="Plain-language practice (CDC Clear Communication Index; AHRQ), short sentences",
    example="statements of 4, 9 and 14 words: 27 ÷ 3 = 9.0",
    enough=10,
    caution="a proxy: short statements are easier to follow, but length is not difficulty",
    remark="Reading-grade formulas are made for prose and are not shown for speech.",
)

DEFINITIONS: tuple[Definition, ...] = (UNEXPLAINED, EXPLAINED_SHARE, STATEMENT_WORDS)


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:
    """Jargon by findings, then the mean length of what the practitioner says."""
    if "jargon" in settings.detectors:
        unexplained = counting.places(f for f in findings if f.kind == "jargon.unexplained")
        explained = counting.places(f for f in findings if f.kind == "jargon.explained")
        yield counting.per_ten_turns(UNEXPLAINED, coded, unexplained)
        yield counting.share(EXPLAINED_SHARE, coded, explained, len(explained) + len(unexplained))
    else:
        yield UNEXPLAINED.missing(_NOT_RUN)
        yield EXPLAINED_SHARE.missing(_NOT_RUN)
    yield _statement_words(coded)


def _statement_words(coded: Coded) -> Measure:
    counted = [(s, counting.words(coded.text(s))) for s in coded.by_role("practitioner")]
    worded = [(statement, count) for statement, count in counted if count]
    if not worded:
        return STATEMENT_WORDS.missing(definitions.NO_STATEMENTS)
    mean = sum(count for _, count in worded) / len(worded)
    return STATEMENT_WORDS.measured(mean, len(worded), evidence=counting.places(s for s, _ in worded))
