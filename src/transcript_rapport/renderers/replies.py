"""Where a step could begin, seen by what was said next: a closed question answered in brief, strain passed over.

``besides`` are utterances that are held up already: what went well is not corrected at the same time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import groupby, islice

from transcript_rapport.renderers.fits import asks_a_fact, is_stock, worded
from transcript_rapport.renderers.kinds import within
from transcript_rapport.renderers.places import CUT_OFF, TURNS_TO, after_most, remarks, tells_own
from transcript_rapport.renderers.praise import understood
from transcript_rapport.renderers.tact import is_formality, is_handover, is_safety_question
from transcript_rapport.report import SURE, Report, Span, Statement
from transcript_rapport.session import Utterance

AT_LENGTH = 30
"""Words from which an answer shows that a closed question opened enough."""
TALKS_ON = 4
"""Words that do not take the floor: over so many of the client's the practitioner may talk on."""
DOUBT = 8
"""Words: a doubt said in fewer is too little to go by."""
PERHAPS = 0.25
"""Probability of a code of ``TURNS_TO`` from which it is too doubtful that the words were passed over."""
_CLOSED = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|but|um|uh|well)\b\W*)*"
    r"(?!\w+ you (?:just |please )?(?:say|tell|try|show|describe|explain|repeat|imagine|talk|give|let)\b)"  # a request
    r"(?:do|did|does|is|are|was|were|have|has|had|can|could|would|will)\b",
    re.IGNORECASE,
)


def closed_question(report: Report, besides: Collection[int] = ()) -> Span | None:
    """A closed question, answered in brief, that could have been open: after a feeling, else after the most told.

    None about safety or a fact, nor one that opened a lot.
    """
    said = (s for s in remarks(report, besides) if _closed(s) and _could_open(report.coded.text(s)))
    return after_most(report, (s for s in said if not _opened(report, s.utterance)))


def simple_reflection(report: Report, besides: Collection[int] = ()) -> Span | None:
    """A reflection that adds nothing yet to a feeling, else to the most told; none that the client went on from."""
    said = (s for s in remarks(report, besides) if s.counted.get("reflection.simple", 0) >= SURE and _plain(report, s))
    return after_most(report, (s for s in said if not _went_on(report, s.utterance)))


def own_story(report: Report, told: Collection[Span], besides: Collection[int] = ()) -> Span | None:
    """What the practitioner told of themselves: hardly answered first, then after the surest feeling, then longest."""
    stretches: list[Span] = []
    for index in sorted({place.utterance for place in told}.difference(besides)):
        for own, members in groupby(report.coded.statements_of(index), key=lambda s: s.span in told):
            said = list(members)
            stretches += [Span(index, said[0].start, said[-1].end)] if own else []

    def weight(at: Span) -> tuple[bool, float, int, int]:
        brief = 0 < _words_after(report, at.utterance) <= TALKS_ON
        return brief, _felt_before(report, at.utterance), worded(report.coded.text(at)), -at.utterance

    return max(stretches, key=weight, default=None)


def after_strain(report: Report, signs: Collection[Span], besides: Collection[int] = ()) -> Span | None:
    """The practitioner's longest statement after the plainest sign of strain that nothing they say turns towards."""
    for sign in sorted(signs, key=lambda at: (-worded(report.coded.text(at)), at)):
        said = list(_answer(report, sign.utterance))
        answered = any(p >= PERHAPS for s in said for code, p in s.probabilities.items() if within(code, *TURNS_TO))
        if said and not answered and said[0].utterance not in besides and _doubts(report, sign):
            longest = max(said, key=lambda s: worded(report.coded.text(s)))
            if worded(report.coded.text(longest)) > TALKS_ON:
                return longest.span
    return None


def _closed(statement: Statement) -> bool:
    return statement.has("question.closed") and not any(
        map(statement.has, ("question.open", "reflection", "partnership"))
    )


def _could_open(text: str) -> bool:
    tests = (is_safety_question, is_handover, is_formality, asks_a_fact, CUT_OFF.search)
    return bool(_CLOSED.match(text)) and not any(test(text) for test in tests)


def _plain(report: Report, statement: Statement) -> bool:
    """Whether a simple reflection could go further: no fact ticked off, nothing about the frame, no question beside."""
    text, whole = report.coded.text(statement), report.session[statement.utterance].text
    coded = statement.has("reflection.complex") or statement.has("structure")
    return not (coded or is_stock(text) or is_handover(text) or "?" in whole)


def _felt_before(report: Report, utterance: int) -> float:
    """How surely the utterance before holds a client's feeling, where it surely does."""
    before = report.coded.statements_of(utterance - 1) if utterance else ()
    return max((p for s in before if (p := s.counted.get("client.emotion", 0.0)) >= SURE), default=0.0)


def _answer(report: Report, utterance: int) -> Iterator[Statement]:
    """What the practitioner says next, until the client has the floor again."""
    for after in report.session[utterance + 1 :]:
        if report.session.role_of(after) == "practitioner":
            yield from report.coded.statements_of(after.index)
        elif len(set(after.text.lower().split())) > TALKS_ON:
            return


def _doubts(report: Report, sign: Span) -> bool:
    """Whether the client's words are a doubt put in a sentence: a short or distant answer has too many reasons."""
    text = report.coded.text(sign)
    told = (s for s in report.coded.statements_of(sign.utterance) if s.span == sign)
    return worded(text) >= DOUBT and "?" not in text and any(s.has("client.confrontation") for s in told)


def _opened(report: Report, utterance: int) -> bool:
    """Whether the client told something next, or felt understood."""
    return _words_after(report, utterance) >= AT_LENGTH or bool(understood(report, utterance))


def _went_on(report: Report, utterance: int) -> bool:
    """Whether the client next felt or told something, said more than before, or felt understood."""
    said = [s for u in islice(_client_after(report, utterance), 1) for s in report.coded.statements_of(u.index)]
    more = _words_after(report, utterance) > worded(report.session[max(0, utterance - 1)].text)
    return more or any(map(tells_own, said)) or _opened(report, utterance)


def _words_after(report: Report, utterance: int) -> int:
    """How many words the client says next."""
    return worded(next((u.text for u in _client_after(report, utterance)), ""))


def _client_after(report: Report, utterance: int) -> Iterator[Utterance]:
    return (u for u in report.session[utterance + 1 :] if report.session.role_of(u) == "client")
