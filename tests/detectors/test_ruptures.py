"""Signs of strain that are passed over are found, and those that the next turn repairs are credited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.invented import Line, coded
from transcript_rapport.detectors import openings, ruptures

ON: Line = ("T", "Which pharmacy do you use?", ["question.closed"])
PUSH: Line = ("C", "I do not think these sheets help me one bit.", ["client.confrontation"])


def _found(*lines: Line):
    return list(openings.detect(coded(lines)))


def test_a_doubt_that_is_passed_over_and_one_that_is_met():
    (passed,) = _found(PUSH, ("T", "Let us do the next sheet.", ["advice.directive"]))
    assert passed.kind == "rupture.passed"
    (met,) = _found(PUSH, ("T", "I'm sorry if I pushed them on you.", []))
    assert (met.kind, met.utterance) == ("rupture.repaired", 1)


def test_arguing_back_is_no_repair():
    argued = ("T", "You never tried these sheets, did you?", ["judgment.confront", "question.closed"])
    assert [f.kind for f in _found(PUSH, argued)] == ["rupture.passed"]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("I don't think I was giving you a lecture.", ["reflection.simple"]),
        ("Would you like to meet up for a coffee?", ["partnership.collaborate"]),
    ],
)
def test_what_does_not_turn_towards_the_client_in_words_is_no_repair(said, codes):
    assert _found(PUSH, ("T", said, codes)) == []
    (met,) = _found(PUSH, ("T", "You felt that I was not listening to you.", ["reflection.complex"]))
    assert met.kind == "rupture.repaired"


def test_a_courtesy_in_the_first_person_is_no_repair_unless_it_takes_up_the_complaint():
    for courtesy in (
        "And I really want to be helpful here.",
        "Well, thanks for listening.",
        "I'm here to help, all right?",
    ):
        (found,) = _found(PUSH, ("T", courtesy, ["validation.support"]))
        assert found.kind == "rupture.passed"
    own = ("T", "I really want to be helpful, and you feel these sheets are no help.", ["validation.support"])
    assert [f.kind for f in _found(PUSH, own)] == ["rupture.repaired"]


def test_of_two_signs_of_strain_in_a_turn_the_plain_one_is_answered() -> None:
    leave, vague = ("C", "Can I go now?", []), ("C", "The whole plan is a bit much today.", ["client.confrontation"])
    (found,) = _found(leave, vague, ON)
    assert found.answers is not None
    assert found.answers.utterance == 0


def test_plain_words_are_a_sign_of_strain_the_coder_may_not_hear() -> None:
    harsh, leave = ("T", "That is plain laziness.", ["judgment.label"]), ("C", "Go on, get out.", [])
    owned = ("T", "That was the wrong word, and I take it back.", ["judgment.confront"])
    (found,) = openings.detect(coded([harsh, leave, owned]))
    assert (found.kind, found.utterance) == (ruptures.REPAIRED, 2) and "tell of a doubt" in found.why
    (found,) = openings.detect(coded([leave, ("T", "The form has two more pages.", ["information"])]))
    assert (found.kind, found.utterance) == (ruptures.PASSED, 1)
    reported = ("C", "I shouted at him to get out of the house.", [])
    assert not list(ruptures.ruptures(coded([reported, ("T", "Two more pages.", ["information"])])))


@pytest.mark.parametrize(
    ("asked", "mends"),
    [
        ("What would you like to have for supper?", False),
        ("What did I miss when you said that?", True),
        ("What would you want the plan to hold?", True),
    ],
)
def test_a_question_mends_only_where_it_asks_on_from_the_complaint(asked: str, mends: bool) -> None:
    complaint = ("C", "This plan of yours does nothing for me.", ["client.confrontation"])
    (rupture,) = ruptures.ruptures(coded([complaint, ("T", asked, ["question.open"])]))
    assert rupture.answered is mends


def test_a_repair_is_credited_neither_right_after_judgment_nor_where_the_strain_goes_on():
    harsh: Line = ("T", "You make a fuss about nothing.", ["judgment.dismiss"])
    towards: Line = ("T", "You felt that I was not listening to you.", ["reflection.complex"])
    sorry: Line = ("T", "I'm sorry, I went too fast there.", [])
    assert _found(harsh, PUSH, towards) == []
    assert [f.kind for f in _found(harsh, PUSH, sorry)] == ["rupture.repaired"]
    assert _found(PUSH, towards, ("C", "I would rather stop here for today.", ["client.withdrawal"])) == []


def test_plain_words_to_the_practitioner_are_strain_and_owning_the_mistake_mends_it() -> None:
    side, owned = ("C", "You're taking his side.", []), ("T", "That's fair. I interrupted you there.", ["other"])
    assert [f.kind for f in _found(side, owned)] == ["rupture.repaired"]
    assert [f.kind for f in _found(("C", "Let me finish.", []), ON)] == ["rupture.passed"]


def test_a_bare_okay_is_no_strain_nor_is_what_clients_say_to_each_other() -> None:
    bare = coded([("C", "Okay.", ["client.withdrawal"]), ON])
    assert not any(ruptures.strained(bare, s) for s in bare.statements)
    never = ("C", "You never listen.", [])
    two = coded([("T", "How was it?", []), never, ("O", "You keep interrupting me.", []), ON, never, ON])
    both = replace(two, session=replace(two.session, roles={**two.session.roles, "O": "client"}))
    assert [s.utterance for s in both.statements if ruptures.strained(both, s)] == [4]


@pytest.mark.parametrize(
    "owned",
    ["that came across too blunt and i was hurrying you.", "Sorry, it was clumsy of me.", "I should have waited."],
)
def test_owning_what_one_did_is_a_repair_where_no_strain_was_told(owned: str) -> None:
    lines: list[Line] = [("C", "We buried the dog on Sunday, as it happens.", []), ("T", owned, [])]
    (found,) = _found(*lines)
    assert (found.kind, found.utterance) == ("rupture.repaired", 1)
    assert not list(ruptures.ruptures(coded(lines)))


@pytest.mark.parametrize(
    "slip", ["I got that wrong, so four of them.", "My mistake, the blue form.", "You felt I was rushing you."]
)
def test_a_slip_of_ones_own_repairs_nothing(slip: str) -> None:
    assert _found(("C", "We buried the dog on Sunday, as it happens.", []), ("T", slip, [])) == []


@pytest.mark.parametrize(
    ("before", "said", "strain"),
    [
        ("Let us stay with your sister for now.", "We always stay with my sister.", True),
        ("He is only worried, putting up with that.", "Putting up with what? / I pay the rent.", True),
        ("Is he worried, putting up with that?", "Putting up with what? / I pay the rent.", False),
        ("Shall we begin?", "Fine. / Whatever you two want.", True),
        ("Shall we begin?", "Nobody in here has asked me once.", True),
        ("Shall we begin?", "Whatever you think is best.", False),
    ],
)
def test_irony_and_giving_up_are_strain_in_plain_words(before: str, said: str, strain: bool) -> None:
    asks = ["question.closed"] if before.endswith("?") else []
    praise = ("T", "It is good that you came.", ["validation.affirm"])
    found = _found(("T", before, asks), ("C", said, ["/"] if " / " in said else []), praise)
    assert [f.kind for f in found] == ["rupture.passed"] * strain


def test_a_feeling_granted_and_set_aside_repairs_nothing() -> None:
    aside = ("T", "I understand you feel cross, but let's go on with the sheet.", ["validation.support"])
    assert [f.kind for f in _found(("C", "Stop lecturing me.", []), aside)] == ["rupture.passed"]
