"""Partnership: choice, collaboration and openness; and advice that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from transcript_rapport.detectors.context import WORDED, finding, floors, heard, judged, without_doubted, words
from transcript_rapport.detectors.listening import REFLECTIONS
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

COLLABORATES, AUTONOMY = "partnership.collaborate", "partnership.autonomy"
HELPFUL = (AUTONOMY, COLLABORATES, "partnership.transparency")
ADVICE, WITH_ROOM = "advice.directive", "advice.permitted"
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
    """
    without_leave = {statement.span for statement, room in advice(coded) if not room}
    for before, statement in _in_turn(coded):
        for kind in HELPFUL:
            if kind in statement.counted and _shares(coded, kind, statement, before):
                yield finding(coded, statement, kind)
        if statement.span in without_leave:
            yield finding(coded, statement, ADVICE)


def advice(coded: Coded) -> Iterator[tuple[Statement, bool]]:
    """Each piece of advice, and whether it left room (``_left_room``), or the coder or people say that it did.

    Left out is what is not sure enough, and what is no advice (``_is_none``).
    """
    for before, statement in _in_turn(coded):
        if _directs(statement) and not _is_none(coded, statement):
            yield statement, _left_room(coded, before, statement)
        elif statement.counted.get(WITH_ROOM, 0) >= statement.counted.get(ADVICE, 0) and WITH_ROOM in statement.counted:
            yield statement, True


def settled(coded: Coded) -> Coded:
    """The session without collaboration where words only check what was heard or understood, without choice or advice
    where there is none, and without room in advice where nothing shows it, so that every part of a report says the
    same. Probabilities stay, and so do codes that people gave.
    """
    said = {s.span for s in coded.by_role("practitioner")}

    def doubted(statement: Statement) -> list[str]:
        checks = COLLABORATES in statement.counted and _SAYS["only_checks"].search(plain(coded.text(statement)))
        forced = AUTONOMY in statement.counted and _SAYS["no_choice"].search(plain(coded.text(statement)))
        none = ADVICE in statement.counted and _is_none(coded, statement)
        doubts = ((COLLABORATES, checks), (AUTONOMY, forced), (ADVICE, none))
        return [kind for kind, out in doubts if out and statement.span in said]

    coded = without_doubted(coded, doubted)
    roomless = {s.span for before, s in _in_turn(coded) if s.has("advice") and not _left_room(coded, before, s)}
    told = (_pressing(coded, s) if s.span in roomless else s for s in coded.statements)
    pressing = replace(coded, statements=tuple(told)) if coded.strays else coded
    return without_doubted(pressing, lambda s: [WITH_ROOM] if s.span in roomless else [])


def _pressing(coded: Coded, statement: Statement) -> Statement:
    """Advice whose words press, as surely without room as it is advice of either kind; any other as it is."""
    if _is_none(coded, statement) or not _SAYS["presses"].search(plain(coded.text(statement))):
        return statement
    likely = sum(statement.probabilities.get(kind, 0.0) for kind in (ADVICE, WITH_ROOM))
    return replace(statement, left={**statement.counted, ADVICE: min(1.0, likely)})


def _left_room(coded: Coded, before: Sequence[Statement], statement: Statement) -> bool:
    """Whether leave was asked first, in the same turn or at the end of the one before, the client asked for advice,
    or the statement leaves the choice."""
    asked = any(COLLABORATES in s.counted for s in (*before, statement))
    free = AUTONOMY in statement.counted or _SAYS["leaves_room"].search(plain(coded.text(statement)))
    return bool(asked or free or _client_asked(coded, statement))


def _in_turn(coded: Coded) -> Iterator[tuple[Sequence[Statement], Statement]]:
    """Each practitioner's statement, after those before it in its turn and at the end of the turn before."""
    last: Sequence[Statement] = ()
    for floor in floors(coded):
        yield from (((*last, *floor[:place]), statement) for place, statement in enumerate(floor))
        last = floor[-JUST_BEFORE:]


def _shares(coded: Coded, kind: str, statement: Statement, before: Sequence[Statement]) -> bool:
    """Whether a statement bears out that it shares the lead; ``before`` stands before it in this turn or the last."""
    if statement.has("judgment") or _SAYS["no_partner"].search(plain(coded.text(statement))):
        return False
    return kind != COLLABORATES or not judged(before)


def _directs(statement: Statement) -> bool:
    likely = statement.counted.get(ADVICE, 0)
    return likely >= SHOWN and likely > statement.counted.get(WITH_ROOM, 0)


def _is_none(coded: Coded, statement: Statement) -> bool:
    """Whether it leads through an exercise or an examination, names a need, says when to get help (safety-netting
    protects), or asks for nothing."""
    return _guides(coded, statement) or _names_a_need(coded, statement) or _asks_nothing(coded, statement)


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
    """Whether it says when to get help or to meet again, wishes well, affirms that somebody is there for the client,
    invites to talk, or only says how it is."""
    said = plain(coded.text(statement))
    affirms = _SAYS["affirms"].search(plain(coded.session[statement.utterance].text[: statement.end]))
    only_states = _SAYS["states"].search(said) and not _SAYS["asks"].search(said)
    for_later = moves()["frame.afterwards"].in_words(said)
    wishes = _SAYS["wishes"].search(said) or _SAYS["heartens"].search(said)
    return for_later or bool(only_states or wishes or affirms or _SAYS["invites"].search(said))


def _client_asked(coded: Coded, statement: Statement) -> bool:
    """Whether the client's last utterance, or the last with more than a back-channel, asks for something."""
    spoken = list(heard(coded, statement.utterance))
    worded = islice((u for u in spoken if len(words(u.text)) >= WORDED), 1)
    return any("client.request" in s.counted for u in (*spoken[:1], *worded) for s in coded.statements_of(u.index))
