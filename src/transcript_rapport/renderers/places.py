"""Where in a session a step could begin: a question before which something could have been reflected, and others.

``besides`` are utterances that are held up already: what went well is not corrected at the same time. Places that are
chosen by what was said next are in ``replies``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from statistics import median

from transcript_rapport.codebook import FOREMOST
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.moves import SHOWN, moves
from transcript_rapport.renderers.fits import (
    around_feeling,
    asks_for,
    asks_more,
    carrying,
    closes,
    is_stock,
    names_a_feeling,
    worded,
)
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
from transcript_rapport.report import Report, Span, Statement

TOLD = 12
"""Words: a client who said so much told something that could be reflected."""
FELT = 6
"""Words, fillers apart: a feeling or something of one's own said in fewer can hardly be handed back."""
STRONG = 0.75
"""Of the likeliest feeling in a turn: what comes near it counts as much, so that the last of them is quoted."""
BRIEF = 4
"""Words: where the middle of a client's turns is shorter, there is little to go further from."""
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
CUT_OFF = re.compile(r"[-–—]\W*$|\.\.\.\W*$|…\W*$|\[[^\]]*$|\b(?:inaudible|unintelligible)\b", re.IGNORECASE)
"""Words that break off, or were not heard to their end."""
_DENIED = re.compile(r"\b(?:no|not|nothing|never|none)\b|n['’]t\b", re.IGNORECASE)


def ending(report: Report) -> Span | None:
    """Where the practitioner begins to bring the session to its close; None where it breaks off."""
    said = (s for s in report.coded.by_role("practitioner") if s.utterance >= len(report.session) - CLOSING)
    ends = [moves()[kind] for kind in ("frame.ending", "frame.afterwards")]
    told = ((s, report.coded.text(s)) for s in said)
    return next(
        (s.span for s, text in told if closes(text) or any(move.made_in(s, text, SHOWN) for move in ends)), None
    )


def most_told(report: Report) -> Span | None:
    """Where the client told most of what they feel or of their own, in words: there the statement that is surest so."""
    theirs = (u.index for u in report.session if report.session.role_of(u) == "client" and worded(u.text) >= TOLD)
    said = [statements for index in theirs if (statements := report.coded.statements_of(index))]
    most = max(said, key=lambda statements: _own_words(report, statements), default=())
    surest = max(most, key=lambda s: (_shows(s), worded(report.coded.text(s))), default=None)
    return surest.span if surest else None


def brief_turns(report: Report) -> int:
    """The median of the words in a client's turns where that is short, else 0."""
    turns = [turn for turn in report.session.turns if report.session.role_of(turn.utterances[0]) == "client"]
    middle = int(median(worded(turn.text) for turn in turns)) if turns else 0
    return middle if middle < BRIEF else 0


def explanation(report: Report, besides: Collection[int], begins: re.Pattern[str]) -> Span | None:
    """Where the practitioner begins to explain or advise, two statements on end, once most of the history is taken.

    At the first such place whose words ``begins`` knows, else at the first.
    """
    late = [s for s in remarks(report, besides) if s.utterance >= LATE * len(report.session)]
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


def question_after_feeling(report: Report, besides: Collection[int] = (), *, felt: bool = False) -> Span | None:
    """A question that came straight after a client's feeling, else the one after the most they said at once.

    None that asks how they see it, nor where their turn before was reflected. ``felt``: only after a feeling
    that the client's own words name, and no open question, which takes it up.
    """
    asked = (s for s in remarks(report, besides) if _asks_on(report, s) and not _follows(report, s))
    return after_most(report, (s for s in asked if not felt or _passes_a_feeling(report, s)))


def told_at_length(report: Report, besides: Collection[int] = ()) -> tuple[Span, int] | None:
    """The utterance that informs or advises longest, from where it begins to do so, and its words; None if it is short.

    What explains confidentiality, the frame of the session or the practitioner's own steps is left out, and so is
    what says how to get help in an emergency.
    """
    spoken = sorted({statement.utterance for statement in remarks(report, besides)})
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
    told = list(filter(tells_own, before))
    if not told:
        return ended(around_feeling(max(map(report.coded.text, before), key=worded, default="")))
    strong = [s for s in told if _shows(s) >= STRONG * max(map(_shows, told))]
    text, last = report.session[place.utterance - 1].text, strong[-1]
    around = around_feeling(text[last.start :])
    around = around if around != text[last.start :] else until(around, last.end - last.start)
    return ended(text[strong[0].start : last.start] + around)


def remarks(report: Report, besides: Collection[int]) -> Iterator[Statement]:
    """What the practitioner said, apart from utterances that are held up already."""
    return (s for s in report.coded.by_role("practitioner") if s.utterance not in besides)


def tells_own(statement: Statement) -> bool:
    """Whether a client's statement tells a feeling or something of their own."""
    return statement.has("client.emotion") or statement.has("client.disclosure")


def after_most(report: Report, among: Iterable[Statement]) -> Span | None:
    """The one after a client's feeling, else after the most they said at once; None where they told nothing.

    Before that, where the coder's remarks say so, the one at which a supervisor would likeliest begin.
    """
    told = ((*before, s.span) for s in among if (before := _told_before(report, s)))
    best = max(told, key=lambda t: (_foremost(report, t[2]), t[0], t[1], -t[2].utterance), default=None)
    return best[2] if best else None


def _foremost(report: Report, place: Span) -> float:
    return report.coded.labels[place.utterance].remarks.get(FOREMOST, 0.0)


def _shows(statement: Statement) -> float:
    """How likely a client's statement tells a feeling or something of their own."""
    return max(statement.probabilities.get(f"client.{what}", 0.0) for what in ("emotion", "disclosure"))


def _own_words(report: Report, statements: Iterable[Statement]) -> tuple[float, int]:
    """How many words likely tell a feeling or something of one's own, and how many there are."""
    counted = [(worded(report.coded.text(s)), _shows(s)) for s in statements]
    return sum(words * shows for words, shows in counted), sum(words for words, _ in counted)


def _passes_a_feeling(report: Report, statement: Statement) -> bool:
    told, before = _told_before(report, statement), said_before(report, statement.span)
    passed = told and told[0] and names_a_feeling(before) and not _DENIED.search(before)
    return bool(passed) and not statement.has("question.open")


def _explains(statement: Statement, text: str) -> bool:
    told = statement.has("information") or statement.has("advice")
    return told and worded(text) >= TELLS and not CUT_OFF.search(text)


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
    return (felt, words) if words >= TOLD or (enough and any(map(tells_own, said))) else None


def _asks_on(report: Report, statement: Statement) -> bool:
    """Whether a statement is a question that nothing answers the client before; no opener, formula or cut-off."""
    text = report.coded.text(statement)
    if not statement.has("question") or statement.has("partnership") or CUT_OFF.search(text):
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


def _unframed(report: Report, statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """The stretches between statements about the frame, the practitioner's own steps or their own life."""
    for framed, members in groupby(statements, key=lambda s: _frames(report, s)):
        if not framed:
            yield list(members)


def _frames(report: Report, statement: Statement) -> bool:
    coded = any(map(statement.has, ("structure", "transparency", "partnership.transparency", "self_disclosure")))
    return coded or is_frame(report.coded.text(statement))
