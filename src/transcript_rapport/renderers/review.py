"""What a supervisor may want to listen to, and which numbers give a reason to: pointers, not conclusions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from transcript_rapport.renderers.counts import titled, told
from transcript_rapport.renderers.dimensions import too_little
from transcript_rapport.renderers.fits import worded
from transcript_rapport.renderers.kinds import FIRST, TO_TRY, kind_title, within
from transcript_rapport.renderers.wording import clock, shortened, value
from transcript_rapport.report import SURE, Finding, Measure, Report, Span

MOST = 10
MOST_OF_A_KIND = 2
MOST_SPOKEN = 3
"""Places where a client spoke of dying or harm, which come before all others."""
ENDS = (".", "!", "?", "…")
"""What ends a sentence, so that no full stop follows a quote of it."""
MOST_HEARD = 120
"""Characters of the client's words before."""
WORTH_HEARING = ("rupture", *TO_TRY)
FEW = 3
"""Words below which an utterance of the longest run is no place to begin: “[inaudible]”, “Okay so”."""
LONG = 90
"""Words from which the longest run is worth hearing for its length alone."""
BELOW, ABOVE = "Below the first value of a threshold", "Above the last value of a threshold"
_LONGEST = ("talk.longest_practitioner_run_s", "talk.longest_practitioner_run_words")


@dataclass(frozen=True, slots=True)
class Stop:
    """One place to listen to: where and when, what is marked there, why, and the words."""

    place: Span
    time: str
    kind: str
    title: str
    why: str
    quote: str


def stops(report: Report, most: int = MOST) -> list[Stop]:
    """At most ``most`` places: where dying or harm was spoken of, then strain and what asks for another wording.

    The latter are chosen in this order and told in the order of the session.
    """
    first = {finding.utterance: finding for finding in reversed(list(report.of_kind(*FIRST)))}
    spoken = [_stop(report, first[utterance]) for utterance in sorted(first)[:MOST_SPOKEN]]
    ranked = sorted(_worth_hearing(report), key=lambda f: (_rank(f.kind), -f.score, f.span))
    chosen: list[Finding] = []
    for finding in ranked:
        if sum(f.kind == finding.kind for f in chosen) < MOST_OF_A_KIND:
            chosen.append(finding)
    found = [_stop(report, finding) for finding in chosen[: max(0, most - 1 - len(spoken))]]
    return [*spoken, *sorted((*found, *_longest(report)), key=lambda stop: stop.place)]


def _worth_hearing(report: Report) -> Iterator[Finding]:
    return (f for f in report.of_kind(*WORTH_HEARING) if report.session.role_of(f.utterance) == "practitioner")


def _rank(kind: str) -> int:
    return next(i for i, prefix in enumerate(WORTH_HEARING) if within(kind, prefix))


def _stop(report: Report, finding: Finding) -> Stop:
    heard = shortened(report.coded.text(finding.answers), MOST_HEARD) if finding.answers else ""
    who = "The client" if finding.answers and report.session.role_of(finding.answers.utterance) == "client" else "They"
    told = f" {who} had said: “{heard}”{'' if heard.endswith(ENDS) else '.'}" if heard else ""
    unsure = " The coder is unsure here: what do you hear?" if finding.score < SURE else ""
    return Stop(
        finding.span,
        clock(finding.of.start_ms),
        finding.kind,
        kind_title(finding.kind),
        finding.why + told + unsure,
        finding.quote,
    )


def _longest(report: Report) -> Iterator[Stop]:
    """The practitioner's longest run, whose words no number can judge."""
    named = {m.name: m for m in report.measures if m.value and m.evidence}
    if (in_words := named.get(_LONGEST[1])) and (in_words.value or 0) < LONG:
        return
    for name in _LONGEST:
        if name in named:
            measure = named[name]
            begin = (place for place in measure.evidence if worded(report.coded.text(place)) >= FEW)
            place = next(begin, measure.evidence[0])
            why = f"{measure.title}: {value(measure)}. Whether it held the client or lost them can only be heard."
            words = report.coded.text(place)
            yield Stop(place, clock(report.session[place.utterance].start_ms), name, "The longest run", why, words)
            return


def reasons(report: Report) -> list[tuple[str, list[str]]]:
    """Numbers whose whole interval lies beyond a named threshold, each in a sentence: those below, those above."""
    told = [(direction, sentence) for m in report.measures for direction, sentence in _beyond(m)]
    sides = ((side, [sentence for direction, sentence in told if direction == side]) for side in (BELOW, ABOVE))
    return [(side, sentences) for side, sentences in sides if sentences]


def _beyond(measure: Measure) -> Iterator[tuple[str, str]]:
    threshold = measure.threshold
    if threshold is None or measure.value is None or measure.low is None or measure.high is None or too_little(measure):
        return
    best = threshold.basic if threshold.good is None else threshold.good
    side = BELOW if measure.high < threshold.basic else ABOVE if measure.low > best else ""
    if side:
        yield side, f"{titled(measure)}: {told(measure)} ({shortened(threshold.name, 90)})."
