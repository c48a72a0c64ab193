"""Where in a session a step could begin: a question before which something could have been reflected, and others.

``besides`` are utterances that are held up already: what went well is not corrected at the same time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from statistics import median

from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.renderers.fits import (
    around_feeling,
    asks_a_fact,
    asks_for,
    asks_more,
    carrying,
    closes,
    is_stock,
    names_a_feeling,
    worded,
)
from transcript_rapport.renderers.kinds import within
from transcript_rapport.renderers.praise import understood
from transcript_rapport.renderers.tact import (
    asks_again,
    is_emergency,
    is_formality,
    is_frame,
    is_handover,
    is_opener,
    is_safety_question,
)
from transcript_rapport.renderers.wording import ended, until
from transcript_rapport.report import SURE, Report, Span, Statement
from transcript_rapport.session import Utterance

TOLD = 12
"""Words: a client who said so much told something that could be reflected."""
AT_LENGTH = 30
"""Words from which an answer shows that a closed question opened enough."""
FELT = 6
"""Words, fillers apart: a feeling or something of one's own said in fewer can hardly be handed back."""
STRONG = 0.75
"""Of the likeliest feeling in a turn: what comes near it counts as much, so that the last of them is quoted."""
DOUBT = 8
"""Words: a doubt said in fewer is too little to go by."""
BRIEF = 4
"""Words: where the middle of a client's turns is shorter, there is little to go further from."""
TALKS_ON = 4
"""Words that do not take the floor: over so many of the client's the practitioner may talk on."""
STRETCH = 60
"""Words of information or advice in one utterance from which it is a long stretch."""
TURNS_TO = ("reflection", "question.open", "validation", "partnership")
"""Codes that take up what the client just said."""
IN_A_ROW = 6
"""The practitioner's utterances with a question, one after the other, that are a long row."""
LATE = 0.6
"""Share of a visit after which what is told explains, and no longer answers or comments on a finding."""
TELLS = 8
"""Words of information or advice from which a statement explains rather than answers."""
CLOSING = 12
"""Utterances at the end among which a session is brought to its close."""
PERHAPS = 0.25
"""Probability of such a code from which it is too doubtful that the words were passed over."""
_CLOSED = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|but|um|uh|well)\b\W*)*"
    r"(?!\w+ you (?:just |please )?(?:say|tell|try|show|describe|explain|repeat|imagine|talk|give|let)\b)"  # a request
    r"(?:do|did|does|is|are|was|were|have|has|had|can|could|would|will)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:no|not|nothing|never|none)\b|n['’]t\b", re.IGNORECASE)
_CUT_OFF = re.compile(r"[-–—]\W*$|\.\.\.\W*$|…\W*$|\[[^\]]*$|\b(?:inaudible|unintelligible)\b", re.IGNORECASE)


def closed_question(report: Report, besides: Collection[int] = ()) -> Span | None:
    """A closed question, answered in brief, that could have been open: after a feeling, else after the most told.

    None about safety or a fact, nor one that opened a lot.
    """
    said = (s for s in _said(report, besides) if _closed(s) and _could_open(report.coded.text(s)))
    return _after_most(report, (s for s in said if not _opened(report, s.utterance)))


def ending(report: Report) -> Span | None:
    """Where the practitioner begins to bring the session to its close, by their words; None where it breaks off."""
    said = (s for s in report.coded.by_role("practitioner") if s.utterance >= len(report.session) - CLOSING)
    ends = (closes, moves()["frame.ending"].in_words, moves()["frame.afterwards"].in_words)
    return next((s.span for s in said if any(test(report.coded.text(s)) for test in ends)), None)


def most_told(report: Report) -> Span | None:
    """What the client told that was surest a feeling or of their own, where any utterance tells something."""
    theirs = (u.index for u in report.session if report.session.role_of(u) == "client" and worded(u.text) >= TOLD)
    said = [s for index in theirs for s in report.coded.statements_of(index)]
    told = max(said, key=lambda s: (_shows(s), worded(report.coded.text(s)), -s.utterance), default=None)
    return told.span if told else None


def brief_turns(report: Report) -> int:
    """The median of the words in a client's turns where that is short, else 0."""
    turns = [turn for turn in report.session.turns if report.session.role_of(turn.utterances[0]) == "client"]
    middle = int(median(worded(turn.text) for turn in turns)) if turns else 0
    return middle if middle < BRIEF else 0


def explanation(report: Report, besides: Collection[int], begins: re.Pattern[str]) -> Span | None:
    """Where the practitioner begins to explain or advise, two statements on end, once most of the history is taken.

    At the first such place whose words ``begins`` knows, else at the first.
    """
    late = [s for s in _said(report, besides) if s.utterance >= LATE * len(report.session)]
    tells = [_explains(s, report.coded.text(s)) for s in late]
    told = [s.span for s, this, then in zip(late, tells, tells[1:], strict=False) if this and then]
    return next((at for at in told if begins.search(plain(report.coded.text(at)))), next(iter(told), None))


def questions_in_a_row(report: Report, besides: Collection[int] = ()) -> tuple[Span, int] | None:
    """Where the longest row of questions begins, utterance after utterance, and how many these are; None if short."""
    theirs = [u.index for u in report.session if report.session.role_of(u) == "practitioner"]
    asked = [next((s.span for s in report.coded.statements_of(u) if s.has("question")), None) for u in theirs]
    rows = [[span for span in row if span] for asks, row in groupby(asked, key=bool) if asks]
    row = max(rows, key=len, default=[])
    return (row[0], len(row)) if len(row) >= IN_A_ROW and row[0].utterance not in besides else None


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


def _felt_before(report: Report, utterance: int) -> float:
    """How surely the utterance before holds a client's feeling, where it surely does."""
    before = report.coded.statements_of(utterance - 1) if utterance else ()
    return max((p for s in before if (p := s.counted.get("client.emotion", 0.0)) >= SURE), default=0.0)


def simple_reflection(report: Report, besides: Collection[int] = ()) -> Span | None:
    """A reflection that adds nothing yet to a feeling, else to the most told; none that the client went on from."""
    said = (s for s in _said(report, besides) if s.counted.get("reflection.simple", 0) >= SURE and _plain(report, s))
    return _after_most(report, (s for s in said if not _went_on(report, s.utterance)))


def question_after_feeling(report: Report, besides: Collection[int] = (), *, felt: bool = False) -> Span | None:
    """A question that came straight after a client's feeling, else the one after the most they said at once.

    None that asks how they see it, nor where their turn before was reflected. ``felt``: only after a feeling
    that the client's own words name, and no open question, which takes it up.
    """
    asked = (s for s in _said(report, besides) if _asks_on(report, s) and not _follows(report, s))
    return _after_most(report, (s for s in asked if not felt or _passes_a_feeling(report, s)))


def told_at_length(report: Report, besides: Collection[int] = ()) -> tuple[Span, int] | None:
    """The utterance that informs or advises longest, from where it begins to do so, and its words; None if it is short.

    What explains confidentiality, the frame of the session or the practitioner's own steps is left out, and so is
    what says how to get help in an emergency.
    """
    spoken = sorted({statement.utterance for statement in _said(report, besides)})
    stretches = (stretch for index in spoken for stretch in _unframed(report, report.coded.statements_of(index)))
    safe = (stretch for stretch in stretches if not any(is_emergency(report.coded.text(s)) for s in stretch))
    told = [[s for s in stretch if s.has("information") or s.has("advice")] for stretch in safe]
    sized = [(sum(worded(report.coded.text(s)) for s in members), members) for members in told if members]
    words, best = max(sized, key=lambda pair: pair[0], default=(0, []))
    return (Span(best[0].utterance, best[0].start, best[-1].end), words) if words >= STRETCH else None


def said_before(report: Report, place: Span) -> str:
    """What the client had said just before, to the end of the feeling in it or of the longest of the story."""
    if not place.utterance or report.session.role_of(place.utterance - 1) != "client":
        return ""
    before = report.coded.statements_of(place.utterance - 1)
    told = list(filter(_told, before))
    if not told:
        return ended(around_feeling(max(map(report.coded.text, before), key=worded, default="")))
    strong = [s for s in told if _shows(s) >= STRONG * max(map(_shows, told))]
    text, last = report.session[place.utterance - 1].text, strong[-1]
    around = around_feeling(text[last.start :])
    around = around if around != text[last.start :] else until(around, last.end - last.start)
    return ended(text[strong[0].start : last.start] + around)


def _told(statement: Statement) -> bool:
    return statement.has("client.emotion") or statement.has("client.disclosure")


def _shows(statement: Statement) -> float:
    """How likely a client's statement tells a feeling or something of their own."""
    return max(statement.probabilities.get(f"client.{what}", 0.0) for what in ("emotion", "disclosure"))


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


def _said(report: Report, besides: Collection[int]) -> Iterator[Statement]:
    return (s for s in report.coded.by_role("practitioner") if s.utterance not in besides)


def _passes_a_feeling(report: Report, statement: Statement) -> bool:
    told, before = _told_before(report, statement), said_before(report, statement.span)
    passed = told and told[0] and names_a_feeling(before) and not _DENIED.search(before)
    return bool(passed) and not statement.has("question.open")


def _after_most(report: Report, among: Iterable[Statement]) -> Span | None:
    """The one after a client's feeling, else after the most they said at once; None where they told nothing."""
    told = ((*before, s.span) for s in among if (before := _told_before(report, s)))
    best = max(told, key=lambda told: (told[0], told[1], -told[2].utterance), default=None)
    return best[2] if best else None


def _explains(statement: Statement, text: str) -> bool:
    told = statement.has("information") or statement.has("advice")
    return told and worded(text) >= TELLS and not _CUT_OFF.search(text)


def _told_before(report: Report, statement: Statement) -> tuple[bool, int] | None:
    """Whether the client's utterance before held a feeling, and its words; None where it is too little to reflect."""
    before = statement.utterance - 1
    if before < 0 or report.session.role_of(before) != "client":
        return None
    if report.session[before].text.rstrip().endswith("?"):
        return None  # It asks for an answer first.
    words = worded(report.session[before].text)
    said, enough = report.coded.statements_of(before), carrying(report.session[before].text) >= FELT
    felt = enough and any(s.has("client.emotion") for s in said)
    return (felt, words) if words >= TOLD or (enough and any(map(_told, said))) else None


def _asks_on(report: Report, statement: Statement) -> bool:
    """Whether a statement is a question that nothing answers the client before; no opener, formula or cut-off."""
    text = report.coded.text(statement)
    if not statement.has("question") or statement.has("partnership") or _CUT_OFF.search(text):
        return False
    answered = any(s.has("reflection") or s.has("validation") for s in report.coded.statements_of(statement.utterance))
    if answered or is_safety_question(report.session[statement.utterance].text):  # Red flags are asked in a row.
        return False
    return not any(test(text) for test in (is_opener, is_formality, is_handover, asks_again))


def _follows(report: Report, statement: Statement) -> bool:
    """Whether an open question asks how the client sees or feels it, or their turn before was reflected already."""
    text, earlier = report.coded.text(statement), report.coded.statements_of(statement.utterance - 2)
    stays = statement.has("question.open") and (asks_for(text) or asks_more(text) or names_a_feeling(text))
    return bool(stays) or any(s.has("reflection") and not is_stock(report.coded.text(s)) for s in earlier)


def _plain(report: Report, statement: Statement) -> bool:
    """Whether a simple reflection could go further: no fact ticked off, nothing about the frame, no question beside."""
    text, whole = report.coded.text(statement), report.session[statement.utterance].text
    coded = statement.has("reflection.complex") or statement.has("structure")
    return not (coded or is_stock(text) or is_handover(text) or "?" in whole)


def _unframed(report: Report, statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """The stretches between statements about the frame, the practitioner's own steps or their own life."""
    for framed, members in groupby(statements, key=lambda s: _frames(report, s)):
        if not framed:
            yield list(members)


def _frames(report: Report, statement: Statement) -> bool:
    coded = any(map(statement.has, ("structure", "transparency", "partnership.transparency", "self_disclosure")))
    return coded or is_frame(report.coded.text(statement))


def _closed(statement: Statement) -> bool:
    return statement.has("question.closed") and not any(
        map(statement.has, ("question.open", "reflection", "partnership"))
    )


def _could_open(text: str) -> bool:
    tests = (is_safety_question, is_handover, is_formality, asks_a_fact, _CUT_OFF.search)
    return bool(_CLOSED.match(text)) and not any(test(text) for test in tests)


def _opened(report: Report, utterance: int) -> bool:
    """Whether the client told something next, or felt understood."""
    return _words_after(report, utterance) >= AT_LENGTH or bool(understood(report, utterance))


def _went_on(report: Report, utterance: int) -> bool:
    """Whether the client next felt or told something, said more than before, or felt understood."""
    said = [s for u in islice(_client_after(report, utterance), 1) for s in report.coded.statements_of(u.index)]
    more = _words_after(report, utterance) > worded(report.session[max(0, utterance - 1)].text)
    return more or any(map(_told, said)) or _opened(report, utterance)


def _words_after(report: Report, utterance: int) -> int:
    """How many words the client says next."""
    return worded(next((u.text for u in _client_after(report, utterance)), ""))


def _client_after(report: Report, utterance: int) -> Iterator[Utterance]:
    return (u for u in report.session[utterance + 1 :] if report.session.role_of(u) == "client")
