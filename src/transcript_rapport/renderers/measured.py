"""Strengths and steps that follow from numbers rather than from a single mark.

A number alone is no step: each stands on words of the session, where what was counted can be heard.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from transcript_rapport.codebook import codes
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.medical import is_medical
from transcript_rapport.renderers.asking_and_telling import (
    ASK,
    HALF,
    OPEN,
    Measures,
    at_most,
    in_pieces,
    open_one,
    part_of,
    reach_further,
    reflect,
    share_of_talk,
    step_at,
    teach_back,
    unit_of,
)
from transcript_rapport.renderers.dimensions import nothing_found, too_little
from transcript_rapport.renderers.fits import around_feeling, opening_clause
from transcript_rapport.renderers.guarded import Guard
from transcript_rapport.renderers.highlights import Highlight, strengths
from transcript_rapport.renderers.making import NOT_CODED, SHORT
from transcript_rapport.renderers.places import brief_turns, ending, most_told, question_after_feeling, said_before
from transcript_rapport.renderers.replies import after_strain, own_story
from transcript_rapport.renderers.wording import count, counted_on, ended, number
from transcript_rapport.report import Measure, Report

TALK_SOURCE = (
    "Our own count on AnnoMI (Wu et al., 2022): practitioners spoke 54 % of the words in counselling sessions "
    "experts rated high, 64 % in those rated low (medians)"
)
OPENINGS = "responsiveness.openings_answered_share"
NOT_MARKED = "Nothing was marked that asks for another wording"
NO_CHANGE = "Nothing was found here that asks for a change. A question to think about: what made room {}?"
OWN_LIFE = 1.0
"""Statements of self-disclosure in ten turns, surely more than which are worth a step."""
_ROOM = "Who has room tends to tell more, and hears themselves doing so."
_CHOICE = "They leave room for the client to choose what matters."
_VR_CODES = "VR-CoDES (Zimmermann et al., 2011)"


def went_well(report: Report, most: int) -> tuple[Highlight, ...]:
    """Up to ``most`` strengths: words to quote first, and numbers where there is at most one quote."""
    found = strengths(report, most)
    return found if len(found) > 1 else (*found, *held(report))[:most]


def praised(report: Report) -> frozenset[int]:
    """The utterances that may be held up as done well: no step corrects them at the same time."""
    return frozenset(told.place.utterance for told in strengths(report) if told.place)


def held(report: Report) -> Iterator[Highlight]:
    """Strengths that numbers show, for a session with few words to quote; the number stands in the title.

    In a session with several judgment findings the whole interval has to show it; none where dying or harm is spoken,
    nor where an opening was not met: a number says nothing of what was made of the room.
    """
    known, guard = _counted(report), Guard(report)
    if guard.spoken or any(report.of_kind("opening.missed", "opening.named", "opening.facts")):
        return
    strict = guard.strict
    share = None if is_medical(report) else share_of_talk(known)
    if share and at_most(share, strict) <= HALF:
        theirs = number(1 - (share.value or 0), "share")
        yield Highlight(
            share.name, f"Room for the client: {theirs} of the {unit_of(share)} went to their side", _ROOM, TALK_SOURCE
        )
    open_share = known.get(OPEN)
    if open_share and open_share.threshold and _least(open_share, strict) >= open_share.threshold.basic:
        title = f"Questions that leave room: {part_of(open_share)} of {count(open_share.base, 'question')} were open"
        yield Highlight(OPEN, title, _CHOICE, open_share.threshold.source)


def clear(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    """What shaped the whole session and is surely so, where there are words to show it."""
    known = {measure.name: measure for measure in report.measures}
    yield from reflect(report, known, besides)
    yield from in_pieces(report, known, besides)


def their_own(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    """Where the practitioner surely tells of themselves again and again: a stretch that the client hardly answers."""
    told = _counted(report).get("frame.self_disclosures_per_ten_turns")
    if told and (told.low or 0) >= OWN_LIFE:
        code, times = codes()["self_disclosure"], count(len(told.evidence), "statement")
        why = (
            f"{times} in {counted_on(told)} tell of the practitioner's own life. One may comfort; many turn the client "
            "into the listener."
        )
        source = f"{code.source}; Henretty & Levitt (2010)"
        place = own_story(report, told.evidence, besides)
        yield from step_at(report, place, told.name, "Bring it back to them", why, source, code.suggestion)


def gentle(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    """One step for a session in which nothing weighty is marked: the first for which enough was counted, else none."""
    known = _counted(report)
    steps: tuple[Callable[[Report, Measures, Collection[int]], Iterator[Highlight]], ...]
    steps = (_stay, _how_it_lands, open_one, *(() if brief_turns(report) else (reach_further,)), teach_back)
    yield from [told for step in steps for told in step(report, known, besides)][:1]


def every(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    """All steps that numbers give a reason for, each at words of the session."""
    yield from clear(report, besides)
    known = _counted(report)
    for step in (_stay, _how_it_lands, open_one, reach_further, teach_back):
        yield from step(report, known, besides)
    yield from lasting(report)


def lasting(report: Report) -> Iterator[Highlight]:
    """What is worth trying where nothing else is, and the session comes to its end: to ask how it was."""
    none, move = _counted(report).get("collaboration.feedback_per_ten_turns"), moves()["partnership.feedback"]
    if none and nothing_found(none):
        why = f"{NOT_MARKED}. A question how it was for them was not found before these words. {move.why}"
        ask = f"Just before: “How was today for you?” {move.suggestion}"
        yield from step_at(report, ending(report), none.name, "Ask how the session was for them", why, move.source, ask)


def too_little_to_try(report: Report) -> str:
    """Why no step is offered, and in a session of some length a question to think about."""
    if not report.statements:
        return NOT_CODED
    turns, told = len(report.session.turns), most_told(report)
    if turns < SHORT or told is None:
        return f"{NOT_MARKED}, and there is too little here to choose from ({count(turns, 'turn')})."
    said = opening_clause(report.coded.text(told)) or opening_clause(report.session[told.utterance].text)
    place = f"for “{said}” (utterance {told.utterance})" if said else f"at utterance {told.utterance}"
    return NO_CHANGE.format(f"{place}, where the client told most")


def _counted(report: Report) -> Measures:
    return {m.name: m for m in report.measures if m.value is not None and not too_little(m)}


def _least(measure: Measure, surely: bool) -> float:
    return (measure.low or 0) if surely else measure.value or 0


def _stay(report: Report, known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    """Where feelings were asked about for facts, at the surest; else where one the client named was passed over."""
    share, title, source = known.get(OPENINGS), "Stay with the feeling before the next question", _VR_CODES
    if not share or (share.value or 0) >= 1:
        return
    facts = (f for f in report.of_kind("opening.facts") if f.utterance not in besides and f.answers)
    surest = max(facts, key=lambda f: f.score, default=None)
    met = f"{part_of(share)} of {count(share.base, 'opening')} were met with room for the feeling."
    if surest and surest.answers:
        there = f"{met} Here the question asks for facts; it can wait for one sentence."
        heard = ended(around_feeling(report.coded.text(surest.answers)))
        yield from step_at(report, surest.span, OPENINGS, title, there, source, surest.suggestion, heard)
    elif place := question_after_feeling(report, besides, felt=True):
        there = f"{met} This one may be worth more."
        yield from step_at(report, place, OPENINGS, title, there, source, ASK, said_before(report, place))


def _how_it_lands(report: Report, _known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    """Where something could be a sign of strain that nothing turned towards."""
    repaired = "responsiveness.ruptures_repaired_share"
    places = {measure.name: set(measure.evidence) for measure in report.measures}
    signs = places.get("responsiveness.rupture_markers_per_hundred_statements", set()) - places.get(repaired, set())
    place = after_strain(report, signs, besides)
    why = (
        "The words before could be a sign of strain, and a short or distant answer has many other reasons: only asking "
        "tells."
    )
    ask = "“I wonder how this sounds to you so far. What fits, and what does not?”"
    heard = said_before(report, place) if place else ""
    yield from step_at(
        report, place, repaired, "Ask how this lands with them", why, "3RS (Eubanks et al., 2019)", ask, heard
    )
