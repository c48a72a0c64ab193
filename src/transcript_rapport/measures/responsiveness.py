"""Responsiveness: whether what the client opens is taken up, ruptures are repaired, and reflections confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from transcript_rapport.detectors.context import exchanges
from transcript_rapport.detectors.openings import FACTS, MET, MISSED, NAMED, openings
from transcript_rapport.detectors.ruptures import RUPTURES, ruptures, strained
from transcript_rapport.measures import counting, definitions, intervals, moves
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure, Span
from transcript_rapport.settings import Settings

_3RS = "3RS (Eubanks et al., 2019)"
UNANSWERED = "signs of strain were found, but with no answer after them"
_OTHERWISE = {FACTS: "explored for the facts", NAMED: "named, then left", MISSED: "passed over"}
_MARKERS = intervals.wilson(3, 60).times(100)

ANSWERED = definitions.share(
    "responsiveness.openings_answered_share",
    "Openings that were met",
    part="openings that the next turn makes room for: it reflects or validates them, or asks what they are like",
    whole="openings (a feeling, something personal, or being of two minds)",
    missing=("no opening was found that the practitioner could answer",),
    source="VR-CoDES (Zimmermann et al., 2011; Del Piccolo et al., 2011), response to cues and concerns",
    caution="the coder hears openings as well as it can: look at the places rather than the number",
    remark="At most one opening a client turn, the last one. A turn of back-channels lets the client go on and is "
    "passed over. It is met by a reflection or validation, by a question about the feeling, the thought or what it "
    "means, or by words that receive it. The others are told beside the number: explored, by a question or a word on "
    "the facts; named, and left again in the same breath; or left. Gladness and symptoms of the body are no openings. "
    "A loss, fear, shame or pain in plain words is one in any case, but for the death of a distant relative that a "
    "family history asked for; where the client went on after a loss, only a reflection or words about it count.",
    codes=("client.emotion", "client.disclosure", "client.ambivalence"),
)
MARKERS = Definition(
    "responsiveness.rupture_markers_per_hundred_statements",
    "Signs of strain",
    unit="per 100 client statements",
    formula="client statements with a sign of strain ÷ client statements × 100",
    base="client statements",
    not_measurable=(definitions.NO_CLIENT,),
    source=_3RS,
    example=f"3 of 60 client statements: 3 ÷ 60 × 100 = 5.0 (90 % interval {_MARKERS.low:.1f} to {_MARKERS.high:.1f})",
    range=(0.0, 100.0),
    interval=definitions.WILSON,
    enough=30,
    caution="a proxy: short answers and disagreement have many reasons, and strain never put into words is not seen",
    remark="A statement of five words or more coded client.confrontation or client.withdrawal, or a few "
    "plain words to the practitioner (“Let me finish”, “You're taking her side”). A bare “okay” is none, nor is what "
    "one client says to another.",
    codes=RUPTURES,
)
REPAIRED = definitions.share(
    "responsiveness.ruptures_repaired_share",
    "Signs of strain that the next turn turned towards",
    part="client turns with a sign of strain that the next turn takes up",
    whole="client turns with a sign of strain that the practitioner answers",
    missing=("no sign of strain was found", UNANSWERED),
    source=f"{_3RS}; facilitative interpersonal skills (Anderson et al., 2009), rupture repair",
    caution="a proxy: it shows that the next turn turned towards it, not that it was repaired",
    remark="Owning one's part (“I'm sorry if …”, “I got that wrong”) counts, a reflection or validation whose words "
    "turn towards the client, and an open question that asks on from the complaint; nothing does where judgment was "
    "heard in that turn, and only owning one's part where it was heard in the turn before or the client then "
    "withdraws.",
    codes=RUPTURES,
)
CONFIRMED = definitions.share(
    "responsiveness.reflections_confirmed_share",
    "Reflecting turns that the client confirms",
    part="reflecting turns after which the client confirms that they were understood",
    whole="reflecting turns that the client answers",
    missing=("no reflection was found that the client answers",),
    source="Transcript Rapport codebook, client.understood; feeling understood itself: WAI-SR, CARE measure",
    caution="a weak proxy: people agree out of politeness too; only the client can say whether they felt understood",
    codes=("client.understood",),
)
MOVES = moves.rates_of("responsiveness")

DEFINITIONS: tuple[Definition, ...] = (ANSWERED, MARKERS, REPAIRED, CONFIRMED, *MOVES.values())


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Openings answered, signs of strain and what followed, reflections confirmed, then moves by their words."""
    yield _met(coded, findings)
    said = coded.by_role("client")
    signs = counting.places(s for s in said if strained(coded, s))
    yield counting.share(MARKERS, coded, signs, len(said), per=100)
    yield _repaired(coded, bool(signs))
    yield _confirmed(coded)
    yield from moves.rates(coded, MOVES)


def _met(coded: Coded, findings: Sequence[Finding]) -> Measure:
    """The openings that were met, and in its note how many were asked about, named and left, or passed over.

    One that is found passed over counts as left, also where its words alone do not tell of an opening.
    """
    left = {f.answers.utterance for f in findings if f.kind == MISSED and f.answers}
    found = list(openings(coded))
    grades = Counter(MISSED if o.cue.said.utterance in left else o.grade for o in found)
    grades[MISSED] += len(left.difference(o.cue.said.utterance for o in found))
    met = tuple(o.cue.said.span for o in found if o.grade == MET and o.cue.said.utterance not in left)
    others = {how: grades[grade] for grade, how in _OTHERWISE.items() if grades[grade]}
    told = ", ".join(f"{n} {'was' if n == 1 else 'were'} {how}" for how, n in others.items())
    return counting.share(ANSWERED, coded, met, grades.total(), note=told and f"of these, {told}")


def _repaired(coded: Coded, signs: bool) -> Measure:
    """The signs of strain that the next turn turned towards; ``signs``: whether any statement carries one."""
    found = list(ruptures(coded))
    if signs and not found:
        return REPAIRED.missing(UNANSWERED)
    return counting.share(REPAIRED, coded, tuple(r.cue.said.span for r in found if r.answered), len(found))


def _confirmed(coded: Coded) -> Measure:
    """The reflecting turns whose next client turn carries client.understood."""
    turns = list(exchanges(coded))
    reflecting: list[tuple[Span, bool]] = []
    for (_, answer), (told, _) in pairwise(turns):
        last = next((s for s in reversed(answer) if s.has("reflection")), None)
        if last and told:
            reflecting.append((last.span, any(s.has("client.understood") for s in told)))
    return counting.share(CONFIRMED, coded, tuple(span for span, confirmed in reflecting if confirmed), len(reflecting))
