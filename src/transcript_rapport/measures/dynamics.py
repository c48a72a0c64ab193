"""Dynamics: how the client's talk moves over the session: towards change, towards insight, and through time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcript_rapport.codebook import codes
from transcript_rapport.lexicons import plain
from transcript_rapport.measures import contrasts, counting, definitions
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure, Span
from transcript_rapport.settings import Settings

NO_HALVES = "one half of the session holds neither change nor sustain talk"
_EXAMPLE = contrasts.difference(12, 16, 4, 12)
_PAST = re.compile(
    r"\b(?:was|were|wasn't|weren't|had|did|didn't|used to|ago|yesterday|last (?:week|month|year|night))\b"
)
_AHEAD = re.compile(r"\b(?:will|won't|\w+'ll|going to|gonna|tomorrow|next (?:week|month|year|time)|from now on)\b")

SHIFT = Definition(
    "dynamics.change_talk_shift",
    "Change talk, second half against first",
    unit="difference of shares",
    formula="share of change talk among change and sustain talk in the second half of the utterances − "
    "the same in the first",
    base="change and sustain talk utterances",
    not_measurable=(NO_HALVES,),
    source="Amrhein et al. (2003), commitment over the session; MISC 2.5 (Houck et al., 2010)",
    example=f"12 of 16 in the second half, 4 of 12 in the first: 0.75 − 0.33 = 0.42 (90 % interval {_EXAMPLE.low:.2f} "
    f"to {_EXAMPLE.high:.2f})",
    range=(-1.0, 1.0),
    interval=definitions.DIFFERENCE,
    enough=20,
    caution="experts among themselves agree only moderately on talk type (kappa 0.47)",
    codes=("change", "sustain"),
)
INSIGHT = definitions.per_hundred(
    "dynamics.insight_per_hundred_statements",
    "Insight told",
    code="client.insight",
    whose="client",
    source=codes()["client.insight"].source,
    missing=definitions.NO_CLIENT,
)


def _tense(name: str, title: str, what: str) -> Definition:
    return definitions.share(
        f"dynamics.{name}_statement_share",
        title,
        part=f"client statements with words of {what}",
        whole="client statements",
        missing=(definitions.NO_CLIENT,),
        source="LIWC time orientation (Pennebaker et al., 2015), in spirit; own word list",
        caution="a proxy by a few words such as “was”, “will” and “last week”",
    )


PAST = _tense("past", "Talk of the past", "the past")
AHEAD = _tense("ahead", "Talk of what lies ahead", "the future")
DEFINITIONS: tuple[Definition, ...] = (SHIFT, INSIGHT, PAST, AHEAD)


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """The shift of change talk, insight, then talk of the past and of what lies ahead."""
    yield _shift(coded)
    said = coded.by_role("client")
    yield counting.share(INSIGHT, coded, counting.having(said, "client.insight"), len(said), per=100)
    for definition, words in ((PAST, _PAST), (AHEAD, _AHEAD)):
        found = counting.places(s for s in said if words.search(plain(coded.text(s))))
        yield counting.share(definition, coded, found, len(said))


def _shift(coded: Coded) -> Measure:
    middle = len(coded.session) / 2
    labelled = [(p, x.talk_type == "change") for p, x in counting.labelled(coded, "client") if x.talk_type != "neutral"]
    first, second = ([(p, c) for p, c in labelled if (p.utterance >= middle) == late] for late in (False, True))
    if not first or not second:
        return SHIFT.missing(NO_HALVES)
    before, after = sum(c for _, c in first), sum(c for _, c in second)
    evidence: tuple[Span, ...] = tuple(place for place, change in labelled if change)
    interval = contrasts.difference(after, len(second), before, len(first), counting.scatter(SHIFT, coded))
    return SHIFT.measured(after / len(second) - before / len(first), len(labelled), interval, evidence)
