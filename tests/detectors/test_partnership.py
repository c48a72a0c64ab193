"""Sharing the lead is found; advice is found only where nobody asked for it."""

from __future__ import annotations

from dataclasses import replace

from tests.invented import Line, coded
from transcript_rapport.detectors import partnership

ADVICE: Line = ("T", "Go for a walk every morning.", ["advice.directive"])
LEAVE: Line = ("T", "Would it help if I shared an idea?", ["question.closed", "partnership.collaborate"])
TALK: Line = ("C", "The mornings are hard for me.", [])


def _kinds(*lines: Line) -> list[str]:
    return [f.kind for f in partnership.detect(coded(lines))]


def test_advice_that_nobody_asked_for_is_found() -> None:
    assert _kinds(TALK, ADVICE) == ["advice.directive"]


def test_advice_after_leave_was_asked_stays_quiet() -> None:
    assert _kinds(TALK, LEAVE, ("C", "Sure.", []), ADVICE) == ["partnership.collaborate"]
    assert _kinds(TALK, LEAVE, ("C", "Yes, I would like that.", []), ADVICE) == ["partnership.collaborate"]


def test_leave_holds_for_one_turn_only() -> None:
    later = (LEAVE, TALK, ADVICE, TALK, ADVICE)
    assert _kinds(*later) == ["partnership.collaborate", "advice.directive"]


def test_advice_the_client_asked_for_stays_quiet() -> None:
    assert _kinds(("C", "What would you do?", ["client.request"]), ADVICE) == []
    assert _kinds(("C", "So?", ["client.request"]), ADVICE) == []


def test_advice_that_leaves_room_stays_quiet() -> None:
    line: Line = ("T", "Some people go for a walk.", ["advice.directive", "advice.permitted"])
    assert _kinds(TALK, line) == []


def test_advice_whose_words_leave_the_choice_stays_quiet() -> None:
    assert _kinds(TALK, ("T", "Pick whichever you like, or none of them.", ["advice.directive"])) == []
    free: Line = ("T", "Take the morning bus, it is your call.", ["advice.directive", "partnership.autonomy"])
    assert _kinds(TALK, free) == ["partnership.autonomy"]


def test_autonomy_and_transparency_are_found() -> None:
    codes = ["partnership.autonomy", "partnership.transparency"]
    assert _kinds(("T", "I do not know yet, and you decide.", codes)) == codes


def test_advice_the_coder_doubts_stays_quiet() -> None:
    session = coded([("T", "And then you can rest as well.", ["advice.directive"])])
    doubtful = replace(session.statements[0], codes={"advice.directive": partnership.SHOWN - 0.01})
    assert list(partnership.detect(session)) != []
    assert list(partnership.detect(replace(session, statements=(doubtful,)))) == []
