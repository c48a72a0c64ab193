"""Partnership: choice, collaboration and openness; and advice that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from transcript_rapport.detectors.context import WORDED, finding, floors, heard, judged, words
from transcript_rapport.detectors.listening import REFLECTIONS
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

HELPFUL = ("partnership.autonomy", "partnership.collaborate", "partnership.transparency")
ADVICE = "advice.directive"
KINDS: tuple[str, ...] = (*HELPFUL, ADVICE)

SHOWN = 0.7
"""Least probability at which advice is remarked on: quiet rather than loud, as with judgment."""
GUIDED, BRIEF = 0.2, 9
"""Least probability of structure, and most words, at which an imperative may lead through an exercise."""
REFLECTED = 0.1
"""Least probability of a reflection at which naming what somebody needs from people is no advice."""
JUST_BEFORE = 2
"""Statements: a permission asked this close to the end of one turn holds for the whole next turn."""

_SAYS = beside(__file__)


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each way of sharing the lead, and for each piece of advice without leave.

    Nothing is shared by what judges, asks the client out or refuses, nor with them right after judgment.

    Advice is left out where the practitioner asked first (in the same turn or at the end of the one
    before), where the client asked for it, where the coder finds it more likely that it left room, where
    it leads through an exercise or an examination, where it names a need, where it says when to get help
    (safety-netting protects), where it asks for nothing, or where it is not sure enough.
    """
    before: Sequence[Statement] = ()
    for floor in floors(coded):
        for place, statement in enumerate(floor):
            for kind in HELPFUL:
                if kind in statement.codes and _shares(coded, kind, statement, (*before, *floor[:place])):
                    yield finding(coded, statement, kind)
            if _directs(statement):
                asked = any("partnership.collaborate" in s.codes for s in (*before, *floor[: place + 1]))
                free = "partnership.autonomy" in statement.codes or _SAYS["leaves_room"].search(
                    plain(coded.text(statement))
                )
                other = _guides(coded, statement) or _names_a_need(coded, statement) or _asks_nothing(coded, statement)
                if not (asked or free or other or _client_asked(coded, statement)):
                    yield finding(coded, statement, ADVICE)
        before = floor[-JUST_BEFORE:]


def _shares(coded: Coded, kind: str, statement: Statement, before: Sequence[Statement]) -> bool:
    """Whether a statement bears out that it shares the lead; ``before`` stands before it in this turn or the last."""
    if statement.has("judgment") or _SAYS["no_partner"].search(plain(coded.text(statement))):
        return False
    return kind != "partnership.collaborate" or not judged(before)


def _directs(statement: Statement) -> bool:
    likely = statement.codes.get(ADVICE, 0)
    return likely >= SHOWN and likely > statement.codes.get("advice.permitted", 0)


def _guides(coded: Coded, statement: Statement) -> bool:
    """Whether it tells a moving or examined person what to do right now, which is no advice on how to live."""
    said = plain(coded.text(statement))
    brief = len(words(said)) <= BRIEF and _SAYS["guides"].search(said) and not _SAYS["later"].search(said)
    return bool(brief and (statement.probabilities.get("structure", 0.0) >= GUIDED or _SAYS["body"].search(said)))


def _names_a_need(coded: Coded, statement: Statement) -> bool:
    """Whether it hands back what somebody needs from people: words and the coder have to lean that way."""
    leaning = max(statement.probabilities.get(kind, 0.0) for kind in REFLECTIONS)
    return leaning >= REFLECTED and bool(_SAYS["needs"].search(plain(coded.text(statement))))


def _asks_nothing(coded: Coded, statement: Statement) -> bool:
    """Whether it says when to get help or to meet again, wishes well, or only says how something is."""
    said = plain(coded.text(statement))
    only_states = _SAYS["states"].search(said) and not _SAYS["asks"].search(said)
    return moves()["frame.afterwards"].in_words(said) or bool(only_states or _SAYS["wishes"].search(said))


def _client_asked(coded: Coded, statement: Statement) -> bool:
    """Whether the client's last utterance, or the last with more than a back-channel, asks for something."""
    spoken = list(heard(coded, statement.utterance))
    worded = islice((u for u in spoken if len(words(u.text)) >= WORDED), 1)
    return any("client.request" in s.codes for u in (*spoken[:1], *worded) for s in coded.statements_of(u.index))
