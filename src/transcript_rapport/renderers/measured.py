"""Strengths and steps that follow from numbers rather than from a single mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from transcript_rapport.codebook import codes
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.renderers.audience import audience
from transcript_rapport.renderers.dimensions import nothing_found, too_little
from transcript_rapport.renderers.guarded import Guard
from transcript_rapport.renderers.highlights import Highlight, strengths
from transcript_rapport.renderers.making import NOT_CODED
from transcript_rapport.renderers.places import (
    closed_question,
    question_after_feeling,
    said_before,
    simple_reflection,
    told_at_length,
)
from transcript_rapport.renderers.wording import count, counted_on, number
from transcript_rapport.report import Measure, Report

HALF = 0.5
MUCH_TALK = 0.6
USUAL_TALK = 0.54
"""The practitioner's median share of words in AnnoMI sessions rated high."""
INFORMING = 0.15
"""Share of statements that inform, from which it is worth checking what came across."""
TALK_SOURCE = (
    "Our own count on AnnoMI (Wu et al., 2022): practitioners spoke 54 % of the words in counselling sessions "
    "experts rated high, 64 % in those rated low (medians)"
)
QUESTION_SOURCE = "MITI 4.2.1 (Moyers et al., 2014): at least one reflection for every question"
RATIO = "listening.reflection_to_question_ratio"
OPEN = "listening.open_question_share"
COMPLEX = "listening.complex_reflection_share"
NOT_MARKED = "Nothing was marked that asks for another wording"
AFTER_DISCLOSURE = "What answers words like these is for {} to look at together; nothing is picked out here."
SHORT = 20
"""Turns below which a session is said to hold too little."""
_ASK = "Say first what you heard, as a statement: “So for you it is …” Then wait a moment."


Measures = Mapping[str, Measure]


def went_well(report: Report, most: int) -> tuple[Highlight, ...]:
    """Up to ``most`` strengths: words to quote first, and numbers where there is at most one quote."""
    found = strengths(report, most)
    return found if len(found) > 1 else (*found, *held(report))[:most]


def held(report: Report) -> Iterator[Highlight]:
    """Strengths that numbers show, for a session with few words to quote; the number stands in the title.

    In a session with several judgment findings the whole interval has to show it.
    """
    known, strict = _counted(report), Guard(report).strict
    share = _share(known)
    if share and _most(share, strict) <= HALF:
        theirs = number(1 - (share.value or 0), "share")
        yield Highlight(
            share.name, f"Room for the client: {theirs} of the {_talk(share)} went to their side", _ROOM, TALK_SOURCE
        )
    open_share = known.get(OPEN)
    if open_share and open_share.threshold and _least(open_share, strict) >= open_share.threshold.basic:
        title = f"Questions that leave room: {_part(open_share)} of {count(open_share.base, 'question')} were open"
        yield Highlight(OPEN, title, codes()["question.open"].why, open_share.threshold.source)


def _most(measure: Measure, surely: bool) -> float:
    """The value, or where it has to be sure the high end of its interval."""
    return (1.0 if measure.high is None else measure.high) if surely else measure.value or 0


def _least(measure: Measure, surely: bool) -> float:
    return (measure.low or 0) if surely else measure.value or 0


_ROOM = "Who has room tends to tell more, and hears themselves doing so."


def clear(report: Report) -> Iterator[Highlight]:
    """What shaped the whole session and is surely so."""
    measures = {measure.name: measure for measure in report.measures}
    ratio = measures.get(RATIO)
    if ratio and ratio.value is not None and (ratio.value if ratio.high is None else ratio.high) < 1:
        yield _more_reflections(report, ratio)
    share = _share(measures)
    if share and (share.value or 0) >= MUCH_TALK:
        yield from _more_room(report, share)


def gentle(report: Report) -> tuple[Highlight, ...]:
    """One step for a session in which nothing is marked: the first for which enough was counted; else none."""
    known = _counted(report)
    steps: tuple[Callable[[Report, Measures], Highlight | None], ...]
    steps = (_reflect_once_more, _open_one, _reach_further, _pause, _teach_back, _feedback)
    found = (step(report, known) for step in steps)
    return tuple(step for step in found if step)[:1]


def too_little_to_try(report: Report) -> str:
    """Why no step is offered, and what kind of session would show more."""
    if not report.statements:
        return NOT_CODED
    if any(report.of_kind("safety")):
        return AFTER_DISCLOSURE.format("supervision" if audience(report).review else "you and your supervisor")
    turns = len(report.session.turns)
    little = f"there is too little here to choose from ({count(turns, 'turn')})"
    why = little if turns < SHORT else "no number gives a sure reason for a step"
    return (
        f"{NOT_MARKED}, and {why}. A longer stretch of conversation, in which the practitioner asks and "
        "the client tells what matters to them, would show more."
    )


def _counted(report: Report) -> Measures:
    return {m.name: m for m in report.measures if m.value is not None and not too_little(m)}


def _share(measures: Measures) -> Measure | None:
    """The practitioner's share of time, else of words."""
    for name in ("talk.practitioner_time_share", "talk.practitioner_word_share"):
        if name in measures and measures[name].value is not None:
            return measures[name]
    return None


def _talk(share: Measure) -> str:
    return "words" if "word" in share.name else "talk time"


def _part(share: Measure) -> int:
    return round((share.value or 0) * share.base)


def _reflect_once_more(report: Report, known: Measures) -> Highlight | None:
    ratio = known.get(RATIO)
    if not ratio or not ratio.threshold or (ratio.value or 0) >= (ratio.threshold.good or 1):
        return None
    value = ratio.value or 0
    reflections = round(ratio.base * value / (1 + value))
    there = (
        f"{count(reflections, 'reflection')} and {count(ratio.base - reflections, 'question')} were counted: one more "
        "reflection, in place of a question, builds on what is there."
        if reflections
        else f"{count(ratio.base, 'question')} and no reflection were counted."
    )
    why = f"{there} An answer that is reflected first tends to grow. So few are counted that it is a direction to try."
    return _before_a_question(report, RATIO, "One more reflection", why, ratio.threshold.source)


def _open_one(report: Report, known: Measures) -> Highlight | None:
    share = known.get(OPEN)
    if not share or not share.threshold or (share.value or 0) >= (share.threshold.good or 1):
        return None
    place = closed_question(report)
    part = _part(share)
    there = f"{part or 'None'} of {count(share.base, 'question')} {'was' if part in (0, 1) else 'were'} open"
    return Highlight(
        OPEN,
        "One closed question, opened",
        f"{there}: opening one more leaves room for what the client would choose to tell.",
        share.threshold.source,
        quote=report.coded.text(place) if place else "",
        place=place,
        suggestion="Begin it with what, how, or tell me about, where there is time for the answer.",
    )


def _reach_further(report: Report, known: Measures) -> Highlight | None:
    share = known.get(COMPLEX)
    if not share or not share.threshold or (share.value or 0) >= (share.threshold.good or 1):
        return None
    place = simple_reflection(report)
    return Highlight(
        COMPLEX,
        "One step further in a reflection",
        f"{count(share.base, 'reflection')} hand back what was said, {_part(share)} of them with something added. "
        "Adding a feeling or a meaning lets the client hear more than they put into words. (Experts often disagree on "
        "which do.)",
        share.threshold.source,
        quote=report.coded.text(place) if place else "",
        place=place,
        heard=said_before(report, place) if place else "",
        suggestion=codes()["reflection.simple"].suggestion,
    )


def _pause(report: Report, known: Measures) -> Highlight | None:
    share = _share(known)
    return next(_more_room(report, share), None) if share and (share.value or 0) > USUAL_TALK else None


def _teach_back(_report: Report, known: Measures) -> Highlight | None:
    told, none = known.get("partnership.information_share"), known.get("collaboration.teach_back_per_ten_turns")
    if not told or (told.value or 0) < INFORMING or not none or not nothing_found(none):
        return None
    much = f"{number(told.value or 0, 'share')} of the statements informed, and no check of what came across was found"
    return _move("partnership.teach_back", none, much, "Ask: “How would you put this in your own words?”")


def _feedback(_report: Report, known: Measures) -> Highlight | None:
    none = known.get("collaboration.feedback_per_ten_turns")
    if not none or not nothing_found(none):
        return None
    return _move("partnership.feedback", none, "It was not found here", "Ask at the end: “How was today for you?”")


def _move(kind: str, measure: Measure, found: str, ask: str) -> Highlight:
    move = moves()[kind]
    why = f"{found}, in {counted_on(measure)}. {move.why}"
    return Highlight(measure.name, move.title, why, move.source, suggestion=f"{ask} {move.suggestion}")


def _more_reflections(report: Report, ratio: Measure) -> Highlight:
    why = (
        f"{_how_many(ratio.value or 0)}. An answer that is reflected first tends to grow, and the next question is "
        "often no longer needed."
    )
    return _before_a_question(report, RATIO, "A reflection before the next question", why, QUESTION_SOURCE)


def _before_a_question(report: Report, name: str, title: str, why: str, source: str) -> Highlight:
    """A step at a question before which something could have been reflected."""
    place = question_after_feeling(report)
    return Highlight(
        name,
        title,
        why,
        source,
        quote=report.coded.text(place) if place else "",
        place=place,
        heard=said_before(report, place) if place else "",
        suggestion=_ASK,
    )


def _how_many(ratio: float) -> str:
    """A ratio of reflections to questions in words: ``about one reflection for every 16 questions``."""
    if ratio == 0:
        return "No reflection was marked beside the questions"
    each = round(1 / ratio)
    return f"There was about one reflection for every {count(each, 'question') if each > 1 else 'question'}"


def _more_room(report: Report, share: Measure) -> Iterator[Highlight]:
    """The step, where more than half of the talk is surely theirs; with a long stretch of telling, if there is one."""
    if too_little(share) or share.low is None or share.low <= HALF:
        return
    place, words = told_at_length(report) or (None, 0)
    stretch = f"; the stretch quoted here tells or advises for {count(words, 'word')}" if place else ""
    yield Highlight(
        share.name,
        "More room for the client's words",
        f"{number(share.value or 0, 'share')} of the {_talk(share)} went to the practitioner's side{stretch}.",
        TALK_SOURCE,
        quote=report.coded.text(place) if place else "",
        place=place,
        suggestion="Offer one idea at a time, then hand over: “What do you make of that?”",
    )
