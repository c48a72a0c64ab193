"""Clarity: questions one at a time, short statements, short words, and people named before conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.detectors.context import floors, word_list
from transcript_rapport.detectors.stacked import stacks
from transcript_rapport.measures import counting, definitions, intervals, moves
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure
from transcript_rapport.settings import Settings

LONG_STATEMENT = 25
"""Words above which a sentence is hard to take in for many readers, as GOV.UK's writers hold."""
LONG_WORD = 6
"""Letters above which a word counts as long in Björnsson's LIX."""

STACKED = definitions.share(
    "clarity.stacked_question_share",
    "Asking turns with three or more questions in a row",
    part="turns with three or more questions in a row",
    whole="practitioner turns with a question",
    missing=("no question was found",),
    source="Silverman, Kurtz & Draper (2013), Skills for Communicating with Patients, avoiding multiple questions",
    remark="Questions of fewer than three words and restatements are left out. A client's back-channel ends no turn; "
    "an answer does, however short.",
)
LONG_STATEMENTS = definitions.share(
    "clarity.long_statement_share",
    "Statements of more than 25 words",
    part="practitioner statements of more than 25 words",
    whole="practitioner statements with a word",
    missing=(definitions.NO_STATEMENTS,),
    source="GOV.UK content design, sentence length (2014)",
    caution="a proxy made for writing: tone and pauses can carry a long statement",
)
LONG_WORDS = definitions.share(
    "clarity.long_word_share",
    "Words of more than six letters",
    part="practitioner words of more than six letters",
    whole="practitioner words",
    missing=(definitions.NO_STATEMENTS,),
    source="The word half of LIX (Björnsson, 1968)",
    caution="a proxy: length is not difficulty, and no reading grade follows from it",
    remark="Reading-grade formulas are made for prose and are not shown for speech.",
)
MOVES = moves.rates_of("clarity")

DEFINITIONS: tuple[Definition, ...] = (STACKED, LONG_STATEMENTS, LONG_WORDS, *MOVES.values())


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Stacked questions by turn, then lengths of statements and words, then person-first wording."""
    asking = [floor for floor in floors(coded) if any(s.has("question") for s in floor)]
    stacked = [found[0] for floor in asking if (found := stacks(coded, floor))]
    yield counting.share(STACKED, coded, counting.places(run[-1] for run in stacked), len(asking))
    sized = [(s, word_list(coded.text(s))) for s in coded.by_role("practitioner")]
    worded = [(s, said) for s, said in sized if said]
    long = counting.places(s for s, said in worded if len(said) > LONG_STATEMENT)
    yield counting.share(LONG_STATEMENTS, coded, long, len(worded))
    yield _long_words([word for _, said in worded for word in said])
    yield from moves.rates(coded, MOVES)


def _long_words(said: Sequence[str]) -> Measure:
    if not said:
        return LONG_WORDS.missing(definitions.NO_STATEMENTS)
    long = sum(len(word) > LONG_WORD for word in said)
    return LONG_WORDS.measured(long / len(said), len(said), intervals.wilson(long, len(said)))
