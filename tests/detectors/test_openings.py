"""Openings that are passed over are found with the client's words; those that are taken up stay quiet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.invented import Line, coded
from transcript_rapport.detectors import openings

CUE: Line = ("C", "Since the move I feel so lost and scared at night.", ["client.emotion"])
ON: Line = ("T", "Which pharmacy do you use?", ["question.closed"])


def _found(*lines: Line):
    return list(openings.detect(coded(lines)))


def test_a_feeling_passed_over_is_found_with_the_words_and_a_pattern():
    (found,) = _found(CUE, ON)
    assert (found.kind, found.utterance) == ("opening.missed", 1)
    assert found.answers is not None
    assert found.answers.utterance == 0
    assert found.quote not in found.why
    assert "You feel …, because …" in found.suggestion


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("It has been frightening, alone in a new place.", ["reflection.complex"]),
        ("What is the worst moment?", ["question.open"]),
        ("Are you afraid somebody could come in?", ["question.closed"]),
        ("Anyone would feel that after a move.", ["validation.normalise"]),
        ("That sounds hard.", ["validation.support"]),
        ("How often do you feel like that?", ["question.closed"]),
        ("So the nights, and being lost since the move.", []),
    ],
)
def test_what_takes_it_up_stays_quiet(text, codes):
    session = coded([CUE, ("T", text, codes)])
    assert list(openings.detect(session)) == []
    assert [o.grade for o in openings.openings(session)] == [openings.MET]


@pytest.mark.parametrize(
    ("text", "codes", "grade"),
    [
        ("Can you give me an example of it?", ["question.open"], openings.FACTS),
        ("How late at night?", ["question.closed"], openings.FACTS),
        ("So which street was that?", ["reflection.simple", "question.closed"], openings.MET),
        ("What is in the letter from the bank?", ["question.open"], openings.MISSED),
        ("Shall we begin with the diary?", ["partnership.collaborate"], openings.MISSED),
        ("Sorry, your age again?", ["validation.support"], openings.MISSED),
        ("Sixty one.", ["reflection.simple"], openings.MISSED),
        ("So you cough, no phlegm.", ["reflection.simple"], openings.MISSED),
    ],
)
def test_a_question_for_facts_explores_and_what_has_other_aims_leaves(text, codes, grade):
    (opening,) = openings.openings(coded([CUE, ("T", text, codes)]))
    assert opening.grade == grade


@pytest.mark.parametrize(
    ("then", "codes", "kinds"),
    [
        ("And on a scale to ten, how keen are you to exercise?", ["question.closed"], ["opening.named"]),
        ("The recommended limit is two cups of coffee.", ["information"], ["opening.named"]),
        ("How long has it been so?", ["question.closed"], []),
        ("What do the nights bring up?", ["question.open"], []),
        ("You are carrying a lot.", ["reflection.complex"], []),
    ],
)
def test_a_feeling_named_and_left_in_the_same_breath_is_told(then, codes, kinds):
    turn = ("T", f"That must be so hard. / {then}", ["validation.support", "/", *codes])
    found = list(openings.detect(coded([CUE, turn])))
    assert [f.kind for f in found] == kinds
    assert [f.quote for f in found] == ["That must be so hard."][: len(kinds)]


@pytest.mark.parametrize(
    ("said", "opens"),
    [
        ("I think my grandma died of something with the heart.", False),
        ("My grandma died of it a few weeks ago.", True),
        ("My mother died of it.", True),
        ("I was so scared when my aunt died of it.", True),
    ],
)
def test_a_death_that_a_family_history_asked_for_is_a_fact(said, opens):
    asked: Line = ("T", "Is there any family history of heart trouble?", ["question.closed"])
    assert bool(list(openings.openings(coded([asked, ("C", said, []), ON])))) is opens


def test_symptoms_are_no_feeling_and_the_fear_of_dying_is_one_however_it_is_said():
    assert _found(("C", "Then I threw up and it got worse.", ["client.emotion"]), ON) == []
    for said in ("You lie there and you think you're gonna die.", "But we don't think I'm dying of it."):
        assert [f.kind for f in _found(("C", said, []), ON)] == ["opening.missed"]


def test_a_statement_about_the_body_before_a_feeling_does_not_make_it_bodily():
    feeling: Line = ("C", "Nobody comes by any more, not one of them.", ["client.emotion"])
    assert not _found(("T", "Where is the pain?", ["question.open"]), feeling, ON)
    assert _found(("T", "That is why you have the pain.", ["information"]), feeling, ON)


def test_a_pronoun_tells_of_a_loss_where_somebody_close_was_named():
    wife: Line = ("C", "My wife is on the ward.", [])
    told: list[Line] = [("C", "She's dying, you see.", []), ON]
    assert [found.kind for found in _found(wife, ON, *told)] == ["opening.missed"]
    assert not _found(*told)


def test_a_back_channel_lets_the_client_go_on():
    lines = [CUE, ("T", "Mm-hmm.", ["facilitation"]), ("C", "And then I get up and wait.", []), ON]
    (found,) = _found(*lines)
    assert found.utterance == 3


def test_gladness_is_no_opening_and_nothing_said_after_is_no_missing():
    assert _found(("C", "I am so happy about the new flat.", ["client.emotion"]), ON) == []
    assert _found(CUE) == []


@pytest.mark.parametrize(
    ("said", "opens"),
    [
        ("I don't complain about the school I went to, I had a great time there.", False),
        ("I don't think it is going to be okay.", True),
        ("It is just, like, everything falls on me at once.", True),
        ("I did like the walk by the lake.", False),
    ],
)
def test_gladness_is_undone_only_by_a_denial_of_it(said: str, opens: bool) -> None:
    assert bool(list(openings.openings(coded([("C", said, ["client.emotion"]), ON])))) is opens


def test_what_a_question_about_use_asked_for_is_no_disclosure_unless_it_names_a_feeling() -> None:
    asked: Line = ("T", "How often do you smoke, would you say?", ["question.closed"])
    for said, opens in (("Oh, nearly every evening on the balcony.", False), ("I'm embarrassed how often.", True)):
        session = coded([asked, ("C", said, ["client.disclosure"]), ON])
        assert bool(list(openings.openings(session))) is opens


def test_a_question_that_hands_over_the_choice_does_not_ask_for_facts() -> None:
    asked = "Of all that, where at night would you want to start?"
    assert [f.kind for f in _found(CUE, ("T", asked, ["question.open"]))] == ["opening.facts"]
    assert _found(CUE, ("T", asked, ["question.open", "partnership.collaborate"])) == []
    after = (
        "T",
        "How late at night? / Maybe we can focus on that.",
        ["question.closed", "/", "partnership.collaborate"],
    )
    assert [f.kind for f in _found(CUE, after)] == ["opening.facts"]


def test_where_the_coder_thinks_it_may_be_an_answer_nothing_is_shown():
    session = coded([CUE, ON])
    doubtful = replace(session.statements[1], probabilities={"question.closed": 0.9, "reflection.simple": 0.3})
    assert list(openings.detect(replace(session, statements=(session.statements[0], doubtful)))) == []


LOST: Line = ("C", "No, but my mother died of it in the spring.", [])


@pytest.mark.parametrize(
    "said",
    [
        LOST[1],
        "I'm so scared of the scan on Monday.",
        "I was too ashamed to tell anyone at work.",
        "I've been crying every night since then.",
        "Well, I don't really know what's going on.",
        "I don't see much point these days.",
    ],
)
def test_loss_fear_shame_and_pain_in_plain_words_are_openings_the_coder_may_not_hear(said):
    (found,) = _found(("C", said, []), ON)
    assert (found.kind, found.utterance) == ("opening.missed", 1)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("I'm sorry to hear that.", []),
        ("When did she die?", ["question.closed"]),
        ("That leaves a gap in the house.", ["reflection.complex"]),
    ],
)
def test_a_loss_that_is_received_stays_quiet(said, codes):
    asked = ["opening.facts"] if "question.closed" in codes else []
    assert [f.kind for f in _found(LOST, ("T", said, codes))] == asked


def test_a_loss_that_was_told_first_is_missed_where_only_the_rest_is_taken_up():
    rest: Line = ("C", "And now the neighbours play their music all day.", [])
    met: Line = ("T", "That noise would vex anyone.", ["validation.normalise"])
    assert [f.kind for f in _found(LOST, rest, met)] == ["opening.missed"]
    assert _found(LOST, rest, ("T", "You lost your mother, and now the noise.", ["reflection.complex"])) == []


def test_few_are_shown_and_all_are_counted():
    session = coded([CUE, ON] * 9)
    assert len(list(openings.detect(session))) == 4
    assert len(list(openings.openings(session))) == 9


@pytest.mark.parametrize(
    "answer",
    [
        ("Great, and no more falls?", ["question.closed", "reflection.simple"]),
        ("I hear you, but the list is long.", ["reflection.simple"]),
        ("Thank you for coming in today.", ["validation.support"]),
        ("So it began two weeks ago.", ["reflection.simple"]),
    ],
)
@pytest.mark.parametrize("told", ["Flat, mostly.", "I can't even look at myself.", "It's a bit embarrassing to say."])
def test_what_only_passes_on_leaves_an_opening_open(told: str, answer: tuple[str, list[str]]) -> None:
    (found,) = _found(("C", told, []), ("T", *answer))
    assert found.kind == "opening.missed"


def test_ones_own_story_meets_no_feeling_unless_it_turns_to_the_client() -> None:
    story = "My brother saw me like that. / It was dreadful."
    codes = ["self_disclosure", "/", "validation.support"]
    assert [f.kind for f in _found(CUE, ("T", story, codes))] == ["opening.missed"]
    assert _found(CUE, ("T", f"{story[:-1]}, and it must be for you.", codes)) == []


@pytest.mark.parametrize(
    "told", ["They locked me in the shed. I never told a soul.", "nobody knows i sleep in the car"]
)
def test_what_was_never_told_before_is_an_opening_that_the_first_words_after_it_have_to_meet(told: str) -> None:
    told_first: Line = ("C", told.replace(". ", ". / "), [] if ". " not in told else ["/"])
    ack, later = ("C", "Right, okay.", []), ("T", "That must have been lonely to keep.", ["validation.support"])
    (found,) = _found(told_first, ("T", "The next sheet is about meals.", ["information"]), ack, later)
    assert (found.kind, found.utterance) == (openings.MISSED, 1)
    assert found.answers is not None and found.answers.start == 0
    assert _found(told_first, ("T", "Thank you for trusting me with it.", [])) == []


@pytest.mark.parametrize(
    "told", ["So I'm just alone now.", "I have nobody to talk to.", "I know it's stupid, but it hurts."]
)
def test_being_alone_and_calling_it_stupid_are_told_in_plain_words(told: str) -> None:
    assert [f.kind for f in _found(("C", told, []), ON)] == [openings.MISSED]


def test_what_is_said_to_another_client_by_name_meets_nothing_of_the_one_who_just_spoke() -> None:
    lines: list[Line] = [
        CUE,
        ("O", "Go on.", []),
        CUE,
        ("T", "{} what is it like for you to hear that?", ["question.open"]),
    ]
    for name, kinds in (("O,", [openings.MISSED]), ("And", []), ("C,", []), ("Well, O,", [openings.MISSED])):
        asked = (lines[3][0], lines[3][1].format(name), lines[3][2])
        found = coded([*lines[:3], asked])
        both = replace(found, session=replace(found.session, roles={**found.session.roles, "O": "client"}))
        assert [f.kind for f in openings.detect(both)] == kinds, name


def test_what_has_been_going_on_makes_room() -> None:
    (opening,) = openings.openings(coded([CUE, ("T", "So what's been going on?", ["question.open"])]))
    assert opening.grade == openings.MET
