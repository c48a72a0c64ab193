"""Everyday words of a client are pointed at where several of them meet; a practitioner's limits in mid-session only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.detectors.test_safety import said
from tests.invented import coded
from transcript_rapport.detectors import faint, safety
from transcript_rapport.detectors.faint import DISCLOSED, FAINT, FRAME, LIMITS, TOGETHER
from transcript_rapport.detectors.safety import detect


@pytest.mark.parametrize(
    "lines",
    [
        ("I gave Piet my violin.", "It is all sorted, I made my will.", "I won't need it much longer."),
        ("I handed my sister my camera.", "They would all cope better without me."),
        ("It just feels hopeless.", "I can't see myself here next winter."),
        ("I'm a burden to the lot of them.", "I wrote cards to all of my family."),
        ("I am always in their way.", "There is no next summer for me."),
        ("I gave away my records.", "I've said my goodbyes.", "Thanks for everything, you were kind."),
    ],
)
def test_several_kinds_of_faint_signs_add_up(lines: tuple[str, ...]) -> None:
    found = said(*lines)
    assert {f.kind for f in found} == {FAINT} and len(found) >= 2
    assert "nobody but the client knows" in found[0].why


@pytest.mark.parametrize(
    "lines",
    [
        ("I gave Piet my violin.",),
        ("I won't need it much longer.", "I won't need them much longer either."),
        ("I gave my brother my piano, we are moving.", "I sorted the insurance out as well."),
        ("It all felt hopeless.", "Thanks for everything, you've been kind."),
        ("I don't want to be a burden.", "I made my will at fifty, as one does."),
        ("It isn't hopeless.", "I gave away my old coat."),
    ],
)
def test_one_kind_alone_what_is_only_done_and_denials_do_not(lines: tuple[str, ...]) -> None:
    assert said(*lines) == []


def test_signs_of_two_clients_do_not_add_up() -> None:
    lines = [("C", "I gave away my records.", []), ("D", "It feels hopeless.", [])]
    both = coded([("T", "Hello.", []), *lines[:1]])
    of_two = coded([("T", "Hello.", []), lines[0], ("C", lines[1][1], [])])
    session = of_two.session
    utterances = (*session[:2], replace(session[2], speaker="D"))
    apart = replace(session, utterances=utterances, roles={**session.roles, "D": "client"})
    assert not list(detect(both)) and list(detect(of_two)) and not list(detect(replace(of_two, session=apart)))


@pytest.mark.parametrize(
    "lines",
    [
        ("It was my stepfather.", "I was eight. I never told anyone."),
        ("Something happened to me when I was eleven.", "Nobody knows."),
        ("He used to come in at night.", "I was only seven.", "It was our secret, he said."),
    ],
)
def test_what_was_done_to_a_child_may_be_told_in_pieces(lines: tuple[str, ...]) -> None:
    found = said(*lines)
    assert {f.kind for f in found} == {DISCLOSED} and "something done to the client" in found[0].why
    assert not said(*lines[:1]), "one piece says nothing"
    assert not said(lines[0], *["And so on."] * TOGETHER, *lines[1:]), "pieces far apart are none"


def test_a_father_who_left_is_no_such_piece() -> None:
    assert not said("My dad left when I was nine.", "I never told him that I minded.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("If the children may be at risk, I can't keep that only between us.", True),
        ("I need to talk to our safeguarding lead about this.", True),
        ("I'd have to tell social services about the baby.", True),
        ("It all stays in here, unless somebody is at risk.", False),
        ("Is anybody at risk at home?", False),
        ("People your age are at risk of falls.", False),
    ],
)
def test_what_cannot_stay_private_is_a_place_in_mid_session_only(text: str, found: bool) -> None:
    late = [("C", "We had tea.", [])] * FRAME[0]
    assert [f.kind for f in detect(coded([*late, ("T", text, [])]))] == [LIMITS] * found
    assert not list(detect(coded([("T", text, []), *late])))


def test_children_named_before_the_limits_may_belong_to_a_disclosure() -> None:
    told = [("C", "[quietly] It was my stepfather.", []), ("C", "I was eight. I never told anyone.", [])]
    now = [("T", "I see.", []), ("C", "He has two boys now.", []), *[("C", "We had tea.", [])] * FRAME[0]]
    limits = [("T", "If children are at risk, I can't keep that between us.", [])]
    found = list(detect(coded([*told, *now, *limits])))
    assert [f.quote for f in found if f.kind == safety.NEAR] == ["He has two boys now."]
    assert found[0].quote == "It was my stepfather.", "without what the transcriber noted"
    assert not any(f.kind == safety.NEAR for f in detect(coded([*told, *now])))


def test_pieces_of_the_same_name_are_the_same_in_both_tables() -> None:
    theirs, ours = safety._SAYS.table["pieces"], faint._SAYS.table["pieces"]
    assert {name: ours[name] for name in ours.keys() & theirs} == {name: theirs[name] for name in ours.keys() & theirs}
