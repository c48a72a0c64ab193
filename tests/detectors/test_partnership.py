"""Sharing the lead is found; advice is found only where nobody asked for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.invented import Line, coded
from transcript_rapport.detectors import partnership
from transcript_rapport.measures import partnership as measures
from transcript_rapport.settings import DEFAULTS

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


@pytest.mark.parametrize(
    "said", ["Maybe you could just ask your aunt.", "I would look into the evening class.", "I think you should rest."]
)
def test_soft_advice_that_presses_is_advice_without_room(said: str) -> None:
    session = _heard(TALK, ("T", said, ["advice.permitted"]))
    assert [f.kind for f in partnership.detect(session)] == [partnership.ADVICE]
    assert not session.statements[-1].has(partnership.WITH_ROOM)
    assert _kinds(TALK, ("T", said, ["advice.permitted"])) == []  # people's codes stay


@pytest.mark.parametrize("said", ["Have you tried a herbal tea?", "A warm bath can help with that."])
def test_advice_with_room_needs_leave_a_request_or_a_choice(said: str) -> None:
    offer: Line = ("T", said, ["advice.permitted"])
    leave: tuple[Line, ...] = (LEAVE, ("C", "Sure.", []))
    request: Line = ("C", "What would you do?", ["client.request"])
    menu: Line = ("T", "You could take a bath, or you could ring her first.", ["advice.permitted"])
    for lines, counted in (((TALK, offer), 0), ((*leave, offer), 1), ((request, offer), 1), ((TALK, menu), 1)):
        assert [room for _, room in partnership.advice(_heard(*lines))] == [True] * counted


def test_autonomy_and_transparency_are_found() -> None:
    codes = ["partnership.autonomy", "partnership.transparency"]
    assert _kinds(("T", "I do not know yet, and you decide.", codes)) == codes


def test_what_refuses_judges_or_asks_the_client_out_shares_nothing() -> None:
    assert _kinds(("T", "I'm not prepared to sign that for you.", ["partnership.autonomy"])) == []
    assert _kinds(("T", "Shall we meet up for a coffee?", ["partnership.collaborate"])) == []
    assert _kinds(("T", "Well, it is your own doing.", ["partnership.autonomy", "judgment.confront"])) == []


def test_asking_leave_right_after_judgment_is_no_collaboration() -> None:
    harsh: Line = ("T", "You make a fuss about nothing.", ["judgment.dismiss"])
    assert _kinds(harsh, TALK, LEAVE) == []
    assert _kinds(harsh, TALK, ("T", "The lift is out of order again.", []), TALK, LEAVE) == [LEAVE[2][1]]


def test_advice_the_coder_doubts_stays_quiet() -> None:
    session = coded([("T", "And then you can rest as well.", ["advice.directive"])])
    doubtful = replace(session.statements[0], codes={"advice.directive": partnership.SHOWN - 0.01})
    assert list(partnership.detect(session)) != []
    assert list(partnership.detect(replace(session, statements=(doubtful,)))) == []


def _advises(text: str, **leaning: float) -> bool:
    """Whether a statement coded as advice is told as advice, where the coder leans that way too."""
    session = coded([("C", "It hurts on the left.", []), ("T", text, ["advice.directive"])])
    said = session.statements[-1]
    leant = {**said.probabilities, **{name.replace("_", "."): score for name, score in leaning.items()}}
    told = replace(session, statements=(*session.statements[:-1], replace(said, probabilities=leant)))
    return bool(list(partnership.detect(told)))


@pytest.mark.parametrize(
    "text",
    [
        "And stop.",
        "Hold.",
        "Up, up, keep going.",
        "Okay, and lift.",
        "Now breathe in slowly.",
        "Don't let your heel come off.",
        "Good, turn your head to the left.",
    ],
)
def test_leading_through_an_exercise_is_no_advice(text: str) -> None:
    assert not _advises(text, structure=partnership.GUIDED)


@pytest.mark.parametrize("text", ["Bend your knee for me.", "Open your mouth wide.", "Please follow my finger."])
def test_what_is_told_to_somebody_examined_is_no_advice_whatever_the_coder_leans_to(text: str) -> None:
    assert not _advises(text)


@pytest.mark.parametrize(
    "text",
    [
        "Just stop.",
        "Rest your knee for a week.",
        "Look after your back.",
        "Hold your ground with him.",
        "Stretch your legs every morning.",
        "You need to stop.",
    ],
)
def test_a_short_imperative_about_how_to_live_is_advice(text: str) -> None:
    assert _advises(text)


def test_a_stop_for_good_is_advice_even_where_the_coder_leans_to_structure() -> None:
    assert _advises("Stop drinking every evening.", structure=0.4)


@pytest.mark.parametrize("text", ["You need some warmth, you need a reply.", "So you need to be seen by them."])
def test_naming_a_need_is_a_reflection_where_the_coder_leans_that_way(text: str) -> None:
    said = text.replace("a reply", "a response")
    assert not _advises(said, reflection_complex=partnership.REFLECTED)
    assert _advises(said)


def test_a_need_to_do_something_stays_advice() -> None:
    assert _advises("You need to call them tomorrow.", reflection_complex=0.3)


@pytest.mark.parametrize(
    "said",
    [
        "Please come back to me by Friday if the swelling isn't down.",
        "If you notice any of these, you should call your doctor.",
        "If the pain comes on at rest, go straight to A&E.",
        "If you think you might act on it, ring us.",
        "You ring for an ambulance.",
    ],
)
def test_safety_netting_is_never_remarked_on(said: str) -> None:
    assert _kinds(TALK, ("T", said, ["advice.directive"])) == []


@pytest.mark.parametrize(
    "said",
    ["This is so important.", "It's important, you know.", "Hang in there.", "Be yourself.", "Remember your worth."],
)
def test_what_asks_for_nothing_is_no_advice(said: str) -> None:
    assert _kinds(TALK, ("T", said, ["advice.directive"])) == []


@pytest.mark.parametrize(
    "said",
    [
        "It's important to walk every day.",
        "That's what you should do.",
        "This is something to try, so let's start.",
        "If your sister rings, tell her no.",
        "You need to see the dentist.",
    ],
)
def test_what_asks_for_something_still_is(said: str) -> None:
    assert _kinds(TALK, ("T", said, ["advice.directive"])) == ["advice.directive"]


def _heard(*lines: Line):
    """The lines as the coder, not people, would have coded them."""
    return partnership.settled(replace(coded(lines), strays={"partnership": 1.2}))


def test_being_glad_that_somebody_is_there_is_no_advice() -> None:
    glad = "That's great! / It's important to have a friend who comes round."
    codes = ["validation.affirm", "/", "advice.directive"]
    assert _kinds(TALK, ("T", glad, codes)) == []
    assert _kinds(TALK, ("T", glad.replace("great", "hard"), codes)) == ["advice.directive"]


@pytest.mark.parametrize("said", ["Does that make sense?", "Okay, is that right?", "Any questions so far?"])
def test_a_check_that_words_came_across_is_neither_collaboration_nor_leave(said: str) -> None:
    check: Line = ("T", said, ["question.closed", "partnership.collaborate"])
    session = _heard(TALK, check, ("C", "Yes.", []), ADVICE)
    assert not any(s.has("partnership") for s in session.statements)
    assert [f.kind for f in partnership.detect(session)] == ["advice.directive"]
    assert partnership.settled(coded([check])) == coded([check])  # people's codes stay


def test_asking_how_a_plan_sounds_stays_collaboration() -> None:
    asked: Line = ("T", "How does that sound to you?", ["question.open", "partnership.collaborate"])
    assert _heard(asked).statements[0].has("partnership")


def test_advice_is_counted_as_it_is_marked() -> None:
    invited: Line = ("T", "Start wherever you like.", ["advice.directive"])
    lines = (TALK, ADVICE, TALK, LEAVE, ("C", "Sure.", []), ADVICE, TALK, invited)
    assert [room for _, room in partnership.advice(_heard(*lines))] == [False, True]
    assert not _heard(*lines).statements[-1].has("advice")
    found = list(partnership.detect(_heard(*lines)))
    got = {m.name: m for m in measures.measure(_heard(*lines), found, DEFAULTS)}
    marked = [f.span for f in found if f.kind == partnership.ADVICE]
    assert list(got["partnership.advice_without_permission_per_ten_turns"].evidence) == marked
    assert got["partnership.advice_with_permission_share"].value == 0.5


def test_nothing_to_choose_leaves_no_choice() -> None:
    for said, left in (("You can't choose your brothers.", False), ("You can choose whom you ask.", True)):
        assert _heard(("T", said, ["partnership.autonomy"])).statements[0].has("partnership") is left
