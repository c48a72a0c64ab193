"""Strengths and steps that follow from numbers rather than from a single mark."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from transcript_rapport.codebook import codes
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.medical import is_medical
from transcript_rapport.renderers.dimensions import nothing_found, too_little
from transcript_rapport.renderers.guarded import Guard
from transcript_rapport.renderers.highlights import Highlight, strengths
from transcript_rapport.renderers.kinds import TO_TRY
from transcript_rapport.renderers.making import NOT_CODED
from transcript_rapport.renderers.places import (
    after_strain,
    closed_question,
    own_story,
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
OPENINGS = "responsiveness.openings_answered_share"
RATIO = "listening.reflection_to_question_ratio"
OPEN = "listening.open_question_share"
COMPLEX = "listening.complex_reflection_share"
NOT_MARKED = "Nothing was marked that asks for another wording"
OWN_LIFE = 1.0
"""Statements of self-disclosure in ten turns, surely more than which are worth a step."""
LONG = 90
"""Words of information or advice in one utterance that are worth a step, however the talk is shared."""
SHORT = 20
"""Turns below which a session is said to hold too little."""
_FEEDBACK = "Ask how the session was for them"
_ASK = "Say first what you heard, as a statement: “So for you it is …” Then wait a moment."


Measures = Mapping[str, Measure]


def went_well(report: Report, most: int) -> tuple[Highlight, ...]:
    """Up to ``most`` strengths: words to quote first, and numbers where there is at most one quote."""
    found = strengths(report, most)
    return found if len(found) > 1 else (*found, *held(report))[:most]


def praised(report: Report) -> frozenset[int]:
    """The utterances that may be held up as done well: no step corrects them at the same time."""
    return frozenset(told.place.utterance for told in strengths(report) if told.place)


def held(report: Report) -> Iterator[Highlight]:
    """Strengths that numbers show, for a session with few words to quote; the number stands in the title.

    In a session with several judgment findings the whole interval has to show it; none where dying or harm is spoken.
    """
    known, guard = _counted(report), Guard(report)
    if guard.spoken:
        return
    strict = guard.strict
    share = None if is_medical(report) else _share(known)
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


def clear(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    """What shaped the whole session and is surely so."""
    measures = {measure.name: measure for measure in report.measures}
    ratio = measures.get(RATIO)
    if ratio and ratio.value is not None and (ratio.value if ratio.high is None else ratio.high) < 1:
        yield _more_reflections(report, ratio, besides)
    share = _share(measures)
    room = list(_more_room(report, share, besides)) if share and (share.value or 0) >= MUCH_TALK else []
    yield from room or _in_pieces(report, besides)


def their_own(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    """Where the practitioner surely tells of themselves again and again: a stretch that the client hardly answers."""
    told = _counted(report).get("frame.self_disclosures_per_ten_turns")
    place = own_story(report, told.evidence, besides) if told and (told.low or 0) >= OWN_LIFE else None
    if told and place:
        code, times = codes()["self_disclosure"], len(told.evidence)
        yield Highlight(
            told.name,
            "Bring it back to them",
            f"{count(times, 'statement')} in {counted_on(told)} tell of the practitioner's own life. One may comfort; "
            "many turn the client into the listener.",
            f"{code.source}; Henretty & Levitt (2010)",
            quote=report.coded.text(place),
            place=place,
            suggestion=code.suggestion,
        )


def gentle(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    """One step for a session in which nothing weighty is marked, with words to show where any has; else none.

    The first for which enough was counted.
    """
    known = _counted(report)
    steps: tuple[Callable[[Report, Measures, Collection[int]], Highlight | None], ...]
    steps = (_stay, _how_it_lands, _reflect_once_more, _open_one, _reach_further, _pause, _teach_back)
    found = [told for step in steps if (told := step(report, known, besides))]
    yield from sorted(found, key=lambda step: step.place is None)[:1]


def lasting(report: Report) -> Iterator[Highlight]:
    """What is worth trying where nothing else is: to ask how the session was."""
    known = _counted(report)
    none = known.get("collaboration.feedback_per_ten_turns")
    if none and nothing_found(none):
        marked = any(report.of_kind(*TO_TRY))
        found = f"{'' if marked else f'{NOT_MARKED}. '}A question how it was for them was not found here"
        yield _move("partnership.feedback", none, _FEEDBACK, found, "In the last minutes: “How was today for you?”")


def too_little_to_try(report: Report) -> str:
    """Why no step is offered."""
    if not report.statements:
        return NOT_CODED
    turns = len(report.session.turns)
    little = f"there is too little here to choose from ({count(turns, 'turn')})"
    why = little if turns < SHORT else "no number gives a sure reason for a step"
    return f"{NOT_MARKED}, and {why}."


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


def _stay(report: Report, known: Measures, besides: Collection[int]) -> Highlight | None:
    """Where openings were passed over that are not sure enough to be marked, at a feeling the client named."""
    share = known.get(OPENINGS)
    if not share or (share.value or 0) >= 1:
        return None
    place = question_after_feeling(report, besides, felt=True)
    if not place:
        return None
    there = (
        f"{_part(share)} of {count(share.base, 'opening')} were taken up at once. This one may be worth a moment more."
    )
    return Highlight(
        OPENINGS,
        "Stay with the feeling before the next question",
        there,
        "VR-CoDES (Zimmermann et al., 2011)",
        quote=report.coded.text(place),
        place=place,
        heard=said_before(report, place),
        suggestion=_ASK,
    )


def _how_it_lands(report: Report, _known: Measures, besides: Collection[int]) -> Highlight | None:
    """Where something could be a sign of strain that nothing turned towards."""
    places = {measure.name: set(measure.evidence) for measure in report.measures}
    signs = places.get("responsiveness.rupture_markers_per_hundred_statements", set())
    left = signs - places.get("responsiveness.ruptures_repaired_share", set())
    place = after_strain(report, left, besides)
    if not place:
        return None
    return Highlight(
        "responsiveness.ruptures_repaired_share",
        "Ask how this lands with them",
        "The words before could be a sign of strain, and a short or distant answer has many other reasons: only asking "
        "tells.",
        "3RS (Eubanks et al., 2019)",
        quote=report.coded.text(place),
        place=place,
        heard=said_before(report, place),
        suggestion="“I wonder how this sounds to you so far. What fits, and what does not?”",
    )


def _reflect_once_more(report: Report, known: Measures, besides: Collection[int]) -> Highlight | None:
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
    why = f"{there} An answer that is reflected first tends to grow."
    enough = value >= ratio.threshold.basic
    title, source = "Reflect once more before asking", ratio.threshold.source
    step = _before_a_question(report, besides, title, why, source, felt=enough)
    return step if step.place or not enough else None


def _open_one(report: Report, known: Measures, besides: Collection[int]) -> Highlight | None:
    share = known.get(OPEN)
    if not share or not share.threshold or (share.value or 0) >= (share.threshold.good or 1):
        return None
    place = closed_question(report, besides)
    if not place:
        return None
    part = _part(share)
    there = f"{part or 'None'} of {count(share.base, 'question')} {'was' if part in (0, 1) else 'were'} open"
    return Highlight(
        OPEN,
        "Open one closed question",
        f"{there}: opening one more leaves room for what the client would choose to tell.",
        share.threshold.source,
        quote=report.coded.text(place),
        place=place,
        suggestion="Begin it with what, how, or tell me about, where there is time for the answer.",
    )


def _reach_further(report: Report, known: Measures, besides: Collection[int]) -> Highlight | None:
    share = known.get(COMPLEX)
    if not share or not share.threshold or (share.value or 0) >= (share.threshold.good or 1):
        return None
    place = simple_reflection(report, besides)
    return Highlight(
        COMPLEX,
        "Go one step further in a reflection",
        f"{count(share.base, 'reflection')} hand back what was said, {_part(share)} of them with something added. "
        "Adding a feeling or a meaning lets the client hear more than they put into words. (Experts often disagree on "
        "which do.)",
        share.threshold.source,
        quote=report.coded.text(place) if place else "",
        place=place,
        heard=said_before(report, place) if place else "",
        suggestion=codes()["reflection.simple"].suggestion,
    )


def _pause(report: Report, known: Measures, besides: Collection[int]) -> Highlight | None:
    share = _share(known)
    return next(_more_room(report, share, besides), None) if share and (share.value or 0) > USUAL_TALK else None


def _teach_back(_report: Report, known: Measures, _besides: Collection[int]) -> Highlight | None:
    told, none = known.get("partnership.information_share"), known.get("collaboration.teach_back_per_ten_turns")
    if not told or (told.value or 0) < INFORMING or not none or not nothing_found(none):
        return None
    much = f"{number(told.value or 0, 'share')} of the statements informed, and no check of what came across was found"
    ask = "Ask: “How would you put this in your own words?”"
    return _move("partnership.teach_back", none, "Check what came across", much, ask)


def _move(kind: str, measure: Measure, title: str, found: str, ask: str) -> Highlight:
    move = moves()[kind]
    why = f"{found}, in {counted_on(measure)}. {move.why}"
    return Highlight(measure.name, title, why, move.source, suggestion=f"{ask} {move.suggestion}")


def _more_reflections(report: Report, ratio: Measure, besides: Collection[int]) -> Highlight:
    why = (
        f"{_how_many(ratio.value or 0)}. An answer that is reflected first tends to grow, and the next question is "
        "often no longer needed."
    )
    return _before_a_question(report, besides, "Reflect before the next question", why, QUESTION_SOURCE)


def _before_a_question(
    report: Report, besides: Collection[int], title: str, why: str, source: str, *, felt: bool = False
) -> Highlight:
    """A step at a question before which something could have been reflected; ``felt``: a feeling the client named."""
    place = question_after_feeling(report, besides, felt=felt)
    return Highlight(
        RATIO,
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


def _more_room(report: Report, share: Measure, besides: Collection[int]) -> Iterator[Highlight]:
    """The step, where more than half of the talk is surely theirs; with a long stretch of telling, if there is one."""
    if too_little(share) or share.low is None or share.low <= HALF:
        return
    place, words = told_at_length(report, besides) or (None, 0)
    stretch = f"; the stretch quoted here tells or advises for {count(words, 'word')}" if place else ""
    yield Highlight(
        share.name,
        "Leave more room for the client's words",
        f"{number(share.value or 0, 'share')} of the {_talk(share)} went to the practitioner's side{stretch}.",
        TALK_SOURCE,
        quote=report.coded.text(place) if place else "",
        place=place,
        suggestion="Offer one idea at a time, then hand over: “What do you make of that?”",
    )


def _in_pieces(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    """The step at one long stretch of telling."""
    place, words = told_at_length(report, besides) or (None, 0)
    if place and words >= LONG:
        yield Highlight(
            "talk.longest_practitioner_run_words",
            "Offer it in pieces, and hand over in between",
            f"The stretch quoted here tells or advises for {count(words, 'word')}; few people can keep so much, and "
            "none can answer it.",
            "AHRQ Health Literacy Universal Precautions Toolkit, tool 4",
            quote=report.coded.text(place),
            place=place,
            suggestion="Ask first what they know already, say one thing, then: “What do you make of that?”",
        )
