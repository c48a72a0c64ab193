"""Strengths and steps that follow from numbers rather than from a single mark.

A number alone is no step: each stands on words of the session, where what was counted can be heard.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from transcript_rapport.codebook import codes
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.medical import is_medical
from transcript_rapport.renderers.dimensions import nothing_found, too_little
from transcript_rapport.renderers.fits import around_feeling, opening_clause
from transcript_rapport.renderers.guarded import Guard
from transcript_rapport.renderers.highlights import Highlight, strengths
from transcript_rapport.renderers.making import NOT_CODED, SHORT
from transcript_rapport.renderers.places import (
    STRETCH,
    after_strain,
    brief_turns,
    closed_question,
    ending,
    most_told,
    own_story,
    question_after_feeling,
    said_before,
    simple_reflection,
    told_at_length,
)
from transcript_rapport.renderers.wording import count, counted_on, ended, listed, number
from transcript_rapport.report import Measure, Report, Span

HALF = 0.5
MUCH_TALK = 0.6
INFORMING = 0.15
"""Share of statements that inform, from which it is worth checking what came across."""
TALK_SOURCE = (
    "Our own count on AnnoMI (Wu et al., 2022): practitioners spoke 54 % of the words in counselling sessions "
    "experts rated high, 64 % in those rated low (medians)"
)
QUESTION_SOURCE = "MITI 4.2.1 (Moyers, Manuel & Ernst, 2014): at least one reflection for every question"
OPENINGS = "responsiveness.openings_answered_share"
RATIO = "listening.reflection_to_question_ratio"
OPEN = "listening.open_question_share"
COMPLEX = "listening.complex_reflection_share"
SILENCE = "talk.noted_silence_s"
NOT_MARKED = "Nothing was marked that asks for another wording"
NO_CHANGE = "Nothing was found here that asks for a change. A question to think about: what made room {}?"
OWN_LIFE = 1.0
"""Statements of self-disclosure in ten turns, surely more than which are worth a step."""
LONG = 90
"""Words of information or advice in one utterance that are worth a step, however the talk is shared."""
BEFORE = 12
"""Utterances before a stretch of telling in which it may have been asked what they know."""
_ROOM = "Who has room tends to tell more, and hears themselves doing so."
_CHOICE = "They leave room for the client to choose what matters."
_VR_CODES = "VR-CoDES (Zimmermann et al., 2011)"
_SAYS = beside(__file__)
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

    In a session with several judgment findings the whole interval has to show it; none where dying or harm is spoken,
    nor where an opening was not met: a number says nothing of what was made of the room.
    """
    known, guard = _counted(report), Guard(report)
    if guard.spoken or any(report.of_kind("opening.missed", "opening.named", "opening.facts")):
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
        yield Highlight(OPEN, title, _CHOICE, open_share.threshold.source)


def clear(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    """What shaped the whole session and is surely so, where there are words to show it."""
    known = {measure.name: measure for measure in report.measures}
    ratio = known.get(RATIO)
    if ratio and ratio.value is not None and _most(ratio, ratio.high is not None) < 1:
        yield from _reflect(report, ratio, besides)
    yield from _in_pieces(report, known, besides)


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
        yield from _at(report, place, told.name, "Bring it back to them", why, source, code.suggestion)


def gentle(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    """One step for a session in which nothing weighty is marked: the first for which enough was counted, else none."""
    known = _counted(report)
    steps: tuple[Callable[[Report, Measures, Collection[int]], Iterator[Highlight]], ...]
    steps = (_stay, _how_it_lands, _open_one, *(() if brief_turns(report) else (_reach_further,)), _teach_back)
    yield from [told for step in steps for told in step(report, known, besides)][:1]


def lasting(report: Report) -> Iterator[Highlight]:
    """What is worth trying where nothing else is, and the session comes to its end: to ask how it was."""
    none, move = _counted(report).get("collaboration.feedback_per_ten_turns"), moves()["partnership.feedback"]
    if none and nothing_found(none):
        why = f"{NOT_MARKED}. A question how it was for them was not found before these words. {move.why}"
        ask = f"Just before: “How was today for you?” {move.suggestion}"
        yield from _at(report, ending(report), none.name, "Ask how the session was for them", why, move.source, ask)


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


def _most(measure: Measure, surely: bool) -> float:
    """The value, or where it has to be sure the high end of its interval."""
    return (1.0 if measure.high is None else measure.high) if surely else measure.value or 0


def _least(measure: Measure, surely: bool) -> float:
    return (measure.low or 0) if surely else measure.value or 0


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


def _below(known: Measures, name: str, *, surely: bool = False) -> Measure | None:
    """A measure that has a threshold and lies below what it calls good; ``surely``: with its whole interval."""
    measure = known.get(name)
    band = measure.threshold if measure else None
    return measure if measure and band and _most(measure, surely) < (band.good or 1) else None


def _at(
    report: Report, place: Span | None, kind: str, title: str, why: str, source: str, suggestion: str, heard: str = ""
) -> Iterator[Highlight]:
    """The step at the words it stands on; none without a place."""
    if place:
        yield Highlight(kind, title, why, source, report.coded.text(place), place, suggestion=suggestion, heard=heard)


def _stay(report: Report, known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    """Where feelings were asked about for facts, at the surest; else where one the client named was passed over."""
    share, title, source = known.get(OPENINGS), "Stay with the feeling before the next question", _VR_CODES
    if not share or (share.value or 0) >= 1:
        return
    facts = (f for f in report.of_kind("opening.facts") if f.utterance not in besides and f.answers)
    surest = max(facts, key=lambda f: f.score, default=None)
    met = f"{_part(share)} of {count(share.base, 'opening')} were met with room for the feeling."
    if surest and surest.answers:
        there = f"{met} Here the question asks for facts; it can wait for one sentence."
        heard = ended(around_feeling(report.coded.text(surest.answers)))
        yield from _at(report, surest.span, OPENINGS, title, there, source, surest.suggestion, heard)
    elif place := question_after_feeling(report, besides, felt=True):
        there = f"{met} This one may be worth more."
        yield from _at(report, place, OPENINGS, title, there, source, _ASK, said_before(report, place))


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
    yield from _at(
        report, place, repaired, "Ask how this lands with them", why, "3RS (Eubanks et al., 2019)", ask, heard
    )


def _reflect(report: Report, ratio: Measure, besides: Collection[int]) -> Iterator[Highlight]:
    """At a question before which something could have been reflected."""
    place = question_after_feeling(report, besides)
    reflections = round(ratio.base * (ratio.value or 0) / (1 + (ratio.value or 0)))
    told = count(reflections, "reflection") if reflections else "No reflection"
    asked = count(ratio.base - reflections, "question")
    why = f"{told} and {asked} were counted. An answer that is reflected first tends to grow."
    heard = said_before(report, place) if place else ""
    yield from _at(report, place, RATIO, "Reflect before the next question", why, QUESTION_SOURCE, _ASK, heard)


def _open_one(report: Report, known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    share, place = _below(known, OPEN), closed_question(report, besides)
    if share and share.threshold and place:
        part = _part(share)
        there = f"{part or 'None'} of {count(share.base, 'question')} {'was' if part in (0, 1) else 'were'} open"
        why = f"{there}: opening one more leaves room for what the client would choose to tell."
        ask = "Begin it with what, how, or tell me about, where there is time for the answer."
        source, heard = share.threshold.source, said_before(report, place)
        yield from _at(report, place, OPEN, "Open one closed question", why, source, ask, heard)


def _reach_further(report: Report, known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    share, place = _below(known, COMPLEX, surely=True), simple_reflection(report, besides)
    if share and share.threshold and place:
        why = (
            f"{count(share.base, 'reflection')} hand back what was said, {_part(share)} of them with something added. "
            "Adding a feeling or a meaning lets the client hear more than they put into words. (Experts often disagree "
            "on which do.)"
        )
        title, ask = "Go one step further in a reflection", codes()["reflection.simple"].suggestion
        yield from _at(report, place, COMPLEX, title, why, share.threshold.source, ask, said_before(report, place))


def _teach_back(report: Report, known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    told, none = known.get("partnership.information_share"), known.get("collaboration.teach_back_per_ten_turns")
    place, _ = told_at_length(report, besides) or (None, 0)
    if told and (told.value or 0) >= INFORMING and none and nothing_found(none):
        move = moves()["partnership.teach_back"]
        why = f"These words inform, and no check of what came across was found. {move.why}"
        ask = f"Ask: “How would you put this in your own words?” {move.suggestion}"
        yield from _at(report, place, none.name, "Check what came across", why, move.source, ask)


def _in_pieces(report: Report, known: Measures, besides: Collection[int]) -> Iterator[Highlight]:
    """The step at one long stretch of telling: sooner where most of the talk is surely theirs and no silence noted."""
    share, (place, words) = _share(known), told_at_length(report, besides) or (None, 0)
    silent = SILENCE in known and known[SILENCE].value
    much = share if share and not (silent or too_little(share)) and (share.low or 0) > HALF else None
    theirs = much if ((much and much.value) or 0) >= MUCH_TALK else None
    if place and words >= (STRETCH if theirs else LONG):
        part = f", and {number(theirs.value or 0, 'share')} of the {_talk(theirs)} went to this side" if theirs else ""
        why = f"The stretch quoted here tells or advises for {count(words, 'word')}{part}; few people can keep so much."
        kind, title = "talk.longest_practitioner_run_words", "Offer it in pieces, and hand over in between"
        source = "AHRQ Health Literacy Universal Precautions Toolkit, tool 4"
        asked, handed = _asked_first(report, place), _handed_over(report, place.utterance)
        done = ["what they know was asked first"] * asked + ["it is handed over at the end"] * handed
        why += f" {listed(done).capitalize()}." if done else ""
        first = "" if asked else "Ask first what they know already. "
        then = "Stop once in the middle, too: “What do you make of that so far?”"
        ask = first + (then if handed else "Say one thing, then: “What do you make of that?”")
        yield from _at(report, place, kind, title, why, source, ask)


def _asked_first(report: Report, place: Span) -> bool:
    """Whether an open question shortly before asks what they know or think already."""
    near = range(max(0, place.utterance - BEFORE), place.utterance)
    said = (s for index in near for s in report.coded.statements_of(index) if s.has("question.open"))
    return any(_SAYS["what_they_know"].search(plain(report.coded.text(s))) for s in said)


def _handed_over(report: Report, utterance: int) -> bool:
    """Whether an utterance ends in words that give the floor to the client."""
    last = report.coded.statements_of(utterance)[-1]
    return last.has("question.open") or last.has("partnership")
