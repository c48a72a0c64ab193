"""Listening: reflections, questions, back-channels, and what each practitioner utterance mainly does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.codebook import BEHAVIOURS
from transcript_rapport.measures import counting, definitions
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.measures.intervals import ratio as ratio_interval
from transcript_rapport.report import Coded, Finding, Measure, Threshold
from transcript_rapport.settings import Settings

_MITI = "MITI 4.2.1 (Moyers, Manuel & Ernst, 2014)"
_OPINION = "expert opinion, not a validated cut-off; meant for a 20-minute segment heard by a trained coder"
_PER_STATEMENT = (
    "Counted per statement; MITI counts once a turn, so a band from MITI is a comparison, not a score. A restatement "
    "that ends in a question mark carries both codes and counts as a reflection, not as a question."
)
_R_TO_Q = ratio_interval(9, 12)

REFLECTIONS = definitions.per_ten_turns(
    "listening.reflections_per_ten_turns",
    "Reflections",
    counted="reflections",
    source=_MITI,
    remark=_PER_STATEMENT,
    codes=("reflection",),
)
OPEN = definitions.per_ten_turns(
    "listening.open_questions_per_ten_turns",
    "Open questions",
    counted="open questions",
    source=_MITI,
    remark=_PER_STATEMENT,
    codes=("question.open",),
)
CLOSED = definitions.per_ten_turns(
    "listening.closed_questions_per_ten_turns",
    "Closed questions",
    counted="closed questions",
    source=_MITI,
    remark=_PER_STATEMENT,
    codes=("question.closed",),
)
FACILITATION = definitions.per_ten_turns(
    "listening.facilitation_per_ten_turns",
    "Back-channels and acknowledgements",
    counted="facilitating statements",
    source="MISC 2.5 (Houck et al., 2010)",
    remark="Turns that are back-channels only are counted above the line, never below it.",
    codes=("facilitation",),
)
COMPLEX_SHARE = definitions.share(
    "listening.complex_reflection_share",
    "Complex reflections among reflections",
    part="complex reflections",
    whole="reflections",
    missing=("no reflection was found",),
    source=_MITI,
    caution="experts hardly agree on simple against complex (kappa 0.11), so read the interval rather than the number",
    remark=_PER_STATEMENT + " Where a statement carries both reflection codes, complex wins.",
    threshold=Threshold("MITI 4.2.1: fair 40 %, good 50 %", 0.4, 0.5, f"{_MITI}; {_OPINION}"),
    codes=("reflection.complex",),
)
R_TO_Q = Definition(
    "listening.reflection_to_question_ratio",
    "Reflections for each question",
    unit="ratio",
    formula="reflections ÷ questions",
    base="reflections and questions",
    not_measurable=("no question was found",),
    source=_MITI,
    example=f"9 reflections and 12 questions: 9 ÷ 12 = 0.75 (90 % interval {_R_TO_Q.low:.2f} to {_R_TO_Q.high:.2f})",
    interval=definitions.CONDITIONAL,
    enough=10,
    remark=_PER_STATEMENT,
    threshold=Threshold("MITI 4.2.1: fair 1, good 2", 1.0, 2.0, f"{_MITI}; {_OPINION}"),
    codes=("reflection", "question"),
)
OPEN_SHARE = definitions.share(
    "listening.open_question_share",
    "Open questions among questions",
    part="open questions",
    whole="questions",
    missing=("no question was found",),
    source="MITI 3.1.1 (Moyers et al., 2010); MITI 4.2.1 gives no band for it",
    remark=_PER_STATEMENT + " A statement with both an open and a closed question counts as open.",
    threshold=Threshold(
        "MITI 3.1.1, the older manual: beginning 50 %, competent 70 %",
        0.5,
        0.7,
        f"MITI 3.1.1 (Moyers et al., 2010), an older manual; 4.2.1 dropped it; {_OPINION}",
    ),
    codes=("question.open",),
)
BEHAVIOUR_SHARES = {
    behaviour: definitions.share(
        f"listening.{behaviour}_utterance_share",
        f"Practitioner utterances that are mainly {doing}",
        part=f"utterances that are mainly {behaviour}",
        whole="practitioner utterances",
        missing=("no practitioner utterance could be given a behaviour",),
        source="AnnoMI (Wu et al., 2022), main therapist behaviour",
        remark="One behaviour an utterance; back-channels are utterances too and mostly count as other. The share is "
        "not the count of labels given but what experts would have counted in this session, estimated from the coder's "
        "probabilities (Saerens et al., 2002); where people coded, it is their count.",
        interval=definitions.CODER,
    )
    for behaviour, doing in zip(
        BEHAVIOURS, ("asking", "reflecting", "informing or advising", "something else"), strict=True
    )
}

DEFINITIONS: tuple[Definition, ...] = (
    REFLECTIONS,
    OPEN,
    CLOSED,
    FACILITATION,
    COMPLEX_SHARE,
    R_TO_Q,
    OPEN_SHARE,
    *BEHAVIOUR_SHARES.values(),
)


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """How the practitioner listens: counts per ten turns, then how they stand to one another."""
    said = coded.by_role("practitioner")
    reflected = [s for s in said if s.has("reflection")]
    asked = [s for s in said if s.has("question") and not s.has("reflection")]
    reflections, questions = counting.places(reflected), counting.places(asked)
    opened = counting.having(asked, "question.open")
    closed = counting.places(s for s in asked if not s.has("question.open"))
    yield counting.per_ten_turns(REFLECTIONS, coded, reflections)
    yield counting.per_ten_turns(OPEN, coded, opened)
    yield counting.per_ten_turns(CLOSED, coded, closed)
    yield counting.per_ten_turns(FACILITATION, coded, counting.having(said, "facilitation"))
    yield counting.share(COMPLEX_SHARE, coded, counting.having(reflected, "reflection.complex"), len(reflected))
    yield counting.ratio(R_TO_Q, coded, reflections, questions)
    yield counting.share(OPEN_SHARE, coded, opened, len(asked))
    labelled = counting.labelled(coded, "practitioner")
    for behaviour, definition in BEHAVIOUR_SHARES.items():
        part = [place for place, label in labelled if label.behaviour == behaviour]
        yield counting.corrected(definition, coded, part, len(labelled), coded.shares.get(behaviour))
