"""Steps on how the practitioner asks, reflects and tells, each at words where what was counted can be heard."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from transcript_rapport.codebook import codes
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.renderers.dimensions import nothing_found, too_little
from transcript_rapport.renderers.highlights import Highlight
from transcript_rapport.renderers.places import STRETCH, question_after_feeling, said_before, told_at_length
from transcript_rapport.renderers.replies import closed_question, simple_reflection
from transcript_rapport.renderers.wording import count, listed, number
from transcript_rapport.report import Measure, Report, Span

HALF = 0.5
MUCH_TALK = 0.6
INFORMING = 0.15
"""Share of statements that inform, from which it is worth checking what came across."""
QUESTION_SOURCE = "MITI 4.2.1 (Moyers, Manuel & Ernst, 2014): at least one reflection for every question"
RATIO = "listening.reflection_to_question_ratio"
OPEN = "listening.open_question_share"
COMPLEX = "listening.complex_reflection_share"
SILENCE = "talk.noted_silence_s"
LONG = 90
"""Words of information or advice in one utterance that are worth a step, however the talk is shared."""
BEFORE = 12
"""Utterances before a stretch of telling in which it may have been asked what they know."""
_SAYS = beside(__file__)
ASK = "Say first what you heard, as a statement: “So for you it is …” Then wait a moment."
"""How a question can wait for a reflection."""

Measures = Mapping[str, Measure]


def reflect(report: Report, known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    """At a question before which something could have been reflected, where questions surely outnumber reflections."""
    ratio = known.get(RATIO)
    if not ratio or ratio.value is None or at_most(ratio, ratio.high is not None) >= 1:
        return
    place = question_after_feeling(report, besides)
    reflections = round(ratio.base * ratio.value / (1 + ratio.value))
    told = count(reflections, "reflection") if reflections else "No reflection"
    asked = count(ratio.base - reflections, "question")
    why = f"{told} and {asked} were counted. An answer that is reflected first tends to grow."
    heard = said_before(report, place) if place else ""
    yield from step_at(report, place, RATIO, "Reflect before the next question", why, QUESTION_SOURCE, ASK, heard)


def open_one(report: Report, known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    """At a closed question, where fewer were open than is called good."""
    share, place = _below(known, OPEN), closed_question(report, besides)
    if share and share.threshold and place:
        part = part_of(share)
        there = f"{part or 'None'} of {count(share.base, 'question')} {'was' if part in (0, 1) else 'were'} open"
        why = f"{there}: opening one more leaves room for what the client would choose to tell."
        ask = "Begin it with what, how, or tell me about, where there is time for the answer."
        source, heard = share.threshold.source, said_before(report, place)
        yield from step_at(report, place, OPEN, "Open one closed question", why, source, ask, heard)


def reach_further(report: Report, known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    """At a simple reflection, where surely fewer add something than is called good."""
    share, place = _below(known, COMPLEX, surely=True), simple_reflection(report, besides)
    if share and share.threshold and place:
        why = (
            f"{count(share.base, 'reflection')} hand back what was said, {part_of(share)} of them with something "
            "added. Adding a feeling or a meaning lets the client hear more than they put into words. (Experts often "
            "disagree on which do.)"
        )
        title, ask = "Go one step further in a reflection", codes()["reflection.simple"].suggestion
        yield from step_at(report, place, COMPLEX, title, why, share.threshold.source, ask, said_before(report, place))


def teach_back(report: Report, known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    """At the longest stretch of telling, where much was told and no check of what came across was found."""
    told, none = known.get("partnership.information_share"), known.get("collaboration.teach_back_per_ten_turns")
    place, _ = told_at_length(report, besides) or (None, 0)
    if told and (told.value or 0) >= INFORMING and none and nothing_found(none):
        move = moves()["partnership.teach_back"]
        why = f"These words inform, and no check of what came across was found. {move.why}"
        ask = f"Ask: “How would you put this in your own words?” {move.suggestion}"
        yield from step_at(report, place, none.name, "Check what came across", why, move.source, ask)


def in_pieces(report: Report, known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    """The step at one long stretch of telling: sooner where most of the talk is surely theirs and no silence noted."""
    share, (place, words) = share_of_talk(known), told_at_length(report, besides) or (None, 0)
    silent = SILENCE in known and known[SILENCE].value
    much = share if share and not (silent or too_little(share)) and (share.low or 0) > HALF else None
    theirs = much if ((much and much.value) or 0) >= MUCH_TALK else None
    if place and words >= (STRETCH if theirs else LONG):
        part = (
            f", and {number(theirs.value or 0, 'share')} of the {unit_of(theirs)} went to this side" if theirs else ""
        )
        why = f"The stretch quoted here tells or advises for {count(words, 'word')}{part}; few people can keep so much."
        kind, title = "talk.longest_practitioner_run_words", "Offer it in pieces, and hand over in between"
        source = "AHRQ Health Literacy Universal Precautions Toolkit, tool 4"
        asked, handed = _asked_first(report, place), _handed_over(report, place.utterance)
        done = ["what they know was asked first"] * asked + ["it is handed over at the end"] * handed
        why += f" {listed(done).capitalize()}." if done else ""
        first = "" if asked else "Ask first what they know already. "
        then = "Stop once in the middle, too: “What do you make of that so far?”"
        ask = first + (then if handed else "Say one thing, then: “What do you make of that?”")
        yield from step_at(report, place, kind, title, why, source, ask)


def at_most(measure: Measure, surely: bool) -> float:
    """The value, or where it has to be sure the high end of its interval."""
    return (1.0 if measure.high is None else measure.high) if surely else measure.value or 0


def share_of_talk(measures: Measures) -> Measure | None:
    """The practitioner's share of time, else of words."""
    for name in ("talk.practitioner_time_share", "talk.practitioner_word_share"):
        if name in measures and measures[name].value is not None:
            return measures[name]
    return None


def unit_of(share: Measure) -> str:
    """What a share of talk counts."""
    return "words" if "word" in share.name else "talk time"


def part_of(share: Measure) -> int:
    """How many of what a share is counted on it stands for."""
    return round((share.value or 0) * share.base)


def step_at(
    report: Report, place: Span | None, kind: str, title: str, why: str, source: str, suggestion: str, heard: str = ""
) -> Iterator[Highlight]:
    """The step at the words it stands on; none without a place."""
    if place:
        yield Highlight(kind, title, why, source, report.coded.text(place), place, suggestion=suggestion, heard=heard)


def _below(known: Measures, name: str, *, surely: bool = False) -> Measure | None:
    """A measure that has a threshold and lies below what it calls good; ``surely``: with its whole interval."""
    measure = known.get(name)
    band = measure.threshold if measure else None
    return measure if measure and band and at_most(measure, surely) < (band.good or 1) else None


def _asked_first(report: Report, place: Span) -> bool:
    """Whether an open question shortly before asks what they know or think already."""
    near = range(max(0, place.utterance - BEFORE), place.utterance)
    said = (s for index in near for s in report.coded.statements_of(index) if s.has("question.open"))
    return any(_SAYS["what_they_know"].search(plain(report.coded.text(s))) for s in said)


def _handed_over(report: Report, utterance: int) -> bool:
    """Whether an utterance ends in words that give the floor to the client."""
    last = report.coded.statements_of(utterance)[-1]
    return last.has("question.open") or last.has("partnership")
