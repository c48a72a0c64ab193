"""What is held up as an example: words that carry meaning and meet the client, not a fact ticked off a list."""

from dataclasses import replace

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.detectors import safety
from transcript_rapport.renderers.highlights import strengths
from transcript_rapport.renderers.praise import FAINT, worth
from transcript_rapport.report import Finding, Report, Statement

PLAIN = "It began when we moved house."
FELT = "I lie awake, and I am so frightened of the letter."


def held(kind: str, text: str, before: str = PLAIN, shown: str = "") -> float:
    coded = invented.coded([("C", before, [shown] if shown else []), ("T", text, [kind])])
    report = Report(coded, (), (), {})
    return worth(report, reports.finding(coded, kind, 1))


@pytest.mark.parametrize(
    "text",
    [
        "So the left arm, yeah.",
        "This one's pretty small, OK.",
        "So it started about four weeks ago then.",
        "You mentioned that your skin is quite sore as well.",
        "And you have had no fever or night sweats at all.",
        "So you live in a house with both your parents?",
        "Grandma, OK.",
    ],
)
@pytest.mark.parametrize("shown", ["", "client.disclosure"])
def test_a_fact_ticked_off_a_list_is_no_reason_for_praise(text: str, shown: str) -> None:
    assert held("reflection.simple", text, shown=shown) == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The letter keeps you awake through the whole night.", "client.emotion"),
        ("So you are frightened of what it may say.", ""),
        ("You told nobody about it until you came here.", "client.ambivalence"),
    ],
)
def test_a_reflection_of_what_was_felt_or_told_is(text: str, shown: str) -> None:
    assert held("reflection.simple", text, FELT, shown) > FAINT


def test_meeting_a_feeling_is_worth_more_than_adding_to_a_fact() -> None:
    said = "Part of you wants to know, and part of you would rather leave it closed."
    assert held("reflection.complex", said, FELT, "client.emotion") > held("reflection.complex", said) > FAINT


@pytest.mark.parametrize(
    ("kind", "empty", "full"),
    [
        (
            "validation.affirm",
            "That sounds like a perfect place for you.",
            "You rang them yourself although you were so afraid to.",
        ),
        ("partnership.autonomy", "Before we make the decision on that one.", "It is your choice whether you call."),
        ("partnership.collaborate", "I will make sure of it before Tuesday.", "Is it okay if we look at the form now?"),
        ("question.open", "So, so, why is that?", "What would a good night look like for you?"),
        ("partnership.autonomy", "It might be your decision if you say so.", "You don't have to answer that today."),
        (
            "partnership.collaborate",
            "Would you mind taking a seat over here?",
            "Shall we go through the list together?",
        ),
        ("partnership.collaborate", "Would you ever want to get together sometime?", "Can we talk about what helps?"),
        ("question.open", "Why do you think you smoke that many?", "What do you make of that now?"),
        ("question.open", "So why, why did you get that done?", "How did the rest of the week go?"),
        (
            "validation.affirm",
            "We offer you patches with four times greater chances.",
            "You told her, and it cost you a lot.",
        ),
        (
            "validation.normalise",
            "That is a common misconception among people.",
            "Anyone would be tired after such a week.",
        ),
        (
            "reflection.complex",
            "It sounds like you might be better off without them.",
            "So the house became too quiet for you.",
        ),
        ("partnership.transparency", "We will take it from there.", "I ask because the two can be linked in some."),
        ("partnership.transparency", "I don't, you tell me then.", "I don't know yet whether it will come back."),
        ("question.open", "And how have your bowel movements been?", "How have the evenings been for you?"),
    ],
)
def test_words_must_bear_out_what_the_coder_heard(kind: str, empty: str, full: str) -> None:
    assert held(kind, empty) == 0
    assert held(kind, full) > FAINT


@pytest.mark.parametrize(
    ("kind", "said", "reply", "codes"),
    [
        ("reflection.complex", "So the house became too quiet for you.", "No, I like it quiet.", []),
        ("reflection.complex", "So the house became too quiet for you.", "Gee, I don't feel I said that.", []),
        ("reflection.complex", "So the house became too quiet for you.", "Yeah, but there is the garden.", []),
        ("reflection.complex", "So the house became too quiet for you?", "I just need a new radio.", []),
        ("question.open", "What would make the evenings better for you?", "Ask me no more.", ["client.withdrawal"]),
    ],
)
def test_what_the_client_corrects_or_sidesteps_is_not_praised(
    kind: str, said: str, reply: str, codes: list[str]
) -> None:
    for answer, given, praised in ((reply, codes, False), ("Yes, all of it.", [], True)):
        coded = invented.coded([("C", FELT, ["client.emotion"]), ("T", said, [kind]), ("C", answer, given)])
        assert (worth(Report(coded, (), (), {}), reports.finding(coded, kind, 1)) > 0) is praised


def _in_one_turn(before: invented.Line, said: list[tuple[str, str]], reply: str = "Well.") -> Report:
    """A report on one turn of several statements, each with its code, that answers ``before``."""
    whole = " ".join(text for text, _ in said)
    coded = invented.coded([before, ("T", whole, []), ("C", reply, [])])
    spoken = [
        Statement(1, at := whole.index(text), at + len(text), {code: 0.9} if code else {}, {}) for text, code in said
    ]
    return Report(replace(coded, statements=(coded.statements[0], *spoken, coded.statements[2])), (), (), {})


def _worth_first(report: Report) -> float:
    first = report.statements[1]
    (kind,) = first.codes
    return worth(report, Finding(kind, report.session[1], first.start, first.end, "", "", "", 0.9))


def test_a_no_to_the_check_after_a_reflection_is_a_no_to_the_reflection() -> None:
    said = [("So the house became too quiet for you.", "reflection.complex")]
    asked = [("Is that it?", "question.closed"), ("Did it rain?", "question.closed")]
    worths = [_worth_first(_in_one_turn(TOLD, [*said, question], "No, I like it quiet.")) for question in asked]
    assert worths[0] == 0 < worths[1]


def test_a_complex_reflection_of_the_clients_own_words_alone_says_no_more_than_they_did() -> None:
    before = "The stairs creak and the kettle whistles and the cellar floods."
    for said, praised in (
        ("The stairs creak, the kettle whistles, the cellar floods.", False),
        ("It mocks you.", False),
    ):
        assert (held("reflection.complex", said, before) > 0) is praised
    assert held("reflection.complex", "The creaking stairs have become your alarm clock.", before) > FAINT


@pytest.mark.parametrize(
    ("also", "code", "praised"),
    [
        ("Is it the noise, or the cold?", "question.closed", False),
        ("What would change then?", "question.open", True),
        ("Anyone would be tired.", "validation.normalise", True),
    ],
)
def test_an_open_question_is_praised_where_no_closed_one_follows(also: str, code: str, praised: bool) -> None:
    report = _in_one_turn(TOLD, [("How have the evenings been for you?", "question.open"), (also, code)])
    assert (_worth_first(report) > 0) is praised


def test_an_open_question_that_passes_over_a_feeling_is_not_praised() -> None:
    asked = "Which papers would the office want on Monday morning?"
    assert held("question.open", asked, FELT, "client.emotion") == 0
    assert held("question.open", asked, FELT) > 0
    for about in ("What would the letter change on Monday?", "What is that like on a Monday morning?"):
        assert held("question.open", about, FELT, "client.emotion") > FAINT


def test_a_tease_names_no_strength() -> None:
    assert held("validation.affirm", "You sang that hymn so loud, it was scary to be honest.") == 0


def test_what_the_client_confirms_is_sure_enough() -> None:
    yes: invented.Line = ("C", "Yes, exactly that.", ["client.understood"])
    judged = [TOLD, HARSH, TOLD, HARSH, TOLD, ECHO]
    assert _praised([*judged, ("C", "Well.", [])], {5: 0.15}, (1, 3)) == []
    assert _praised([*judged, yes], {5: 0.15}, (1, 3)) == [ECHO[1]]


def test_a_no_to_a_reflection_in_the_negative_agrees_with_it() -> None:
    said = "So there was never a quiet hour for you in that house."
    coded = invented.coded([("C", FELT, []), ("T", said, ["reflection.complex"]), ("C", "No, there wasn't.", [])])
    assert worth(Report(coded, (), (), {}), reports.finding(coded, "reflection.complex", 1)) > FAINT


def test_care_is_praised_only_where_something_was_felt_or_told() -> None:
    said = "I am sorry that this fell on you alone."
    assert held("validation.support", said) == 0
    assert held("validation.support", said, FELT, "client.emotion") > FAINT
    for other in (
        "I'm sorry, my last visit ran over.",
        "I am really worried about the smoking.",
        "I hope you'll think hard.",
    ):
        assert held("validation.support", other, FELT, "client.emotion") == 0


def test_nothing_answers_a_client_who_has_not_spoken() -> None:
    said = ("T", "In summary, the letter says that you were late for all of it.", ["listening.summary"])
    for kind in ("listening.summary", "reflection.complex", "validation.normalise"):
        coded = invented.coded([said])
        assert worth(Report(coded, (), (), {}), reports.finding(coded, kind, 0)) == 0


def _praised(lines: list[invented.Line], likely: dict[int, float], marked: tuple[int, ...] = ()) -> list[str]:
    """What is praised, where the coder finds judgment as likely as ``likely`` says, and marks it in ``marked``."""
    coded = invented.coded(lines)
    leaning = [
        replace(s, probabilities={**s.probabilities, "judgment.dismiss": likely.get(s.utterance, 0.0)})
        for s in coded.statements
    ]
    coded = replace(coded, statements=tuple(leaning))
    found = tuple(reports.finding(coded, "judgment.dismiss", index) for index in marked)
    return [h.quote for h in strengths(Report(coded, found, (), {}))]


ECHO: invented.Line = ("T", "The letter keeps you awake through the whole night.", ["reflection.complex"])
TOLD: invented.Line = ("C", FELT, ["client.emotion"])
HARSH: invented.Line = ("T", "That is no reason to make a fuss.", [])


def test_words_that_may_judge_are_not_praised_nor_what_stands_beside_them() -> None:
    assert _praised([TOLD, ECHO], {}) == [ECHO[1]]
    assert _praised([TOLD, ECHO], {1: 0.4}) == []
    assert _praised([TOLD, ECHO, HARSH], {2: 0.9}) == []
    assert _praised([TOLD, ECHO, TOLD, HARSH], {3: 0.9}) == [ECHO[1]]


def test_a_session_with_several_judgments_asks_for_surer_praise() -> None:
    judged = [TOLD, HARSH, TOLD, HARSH, TOLD, ECHO]
    assert _praised(judged, {5: 0.15}, (1,)) == [ECHO[1]]
    assert _praised(judged, {5: 0.15}, (1, 3)) == []
    assert _praised(judged, {5: 0.05}, (1, 3)) == [ECHO[1]]


def test_nothing_is_praised_over_words_about_dying() -> None:
    lines = [("C", "I don't want to live.", ["client.emotion"]), ECHO]
    coded = invented.coded(lines)
    found = tuple(safety.detect(coded))
    assert found and strengths(Report(coded, found, (), {})) == ()
    assert strengths(Report(coded, (), (), {}))


@pytest.mark.parametrize("text", ["Does that make [unintelligible]", "You wanted to tell her that you -"])
def test_what_was_not_heard_to_the_end_is_not_praised(text: str) -> None:
    assert held("reflection.complex", text, FELT, "client.emotion") == 0


@pytest.mark.parametrize("said", ["So what brings you in here today?", "What prompted you to call the clinic today?"])
def test_what_most_visits_open_with_is_no_praise(said: str) -> None:
    fuller: invented.Line = ("T", "What would you like to keep from this?", ["question.open"])
    (only,) = strengths(Report(invented.coded([("T", said, ["question.open"]), fuller]), (), (), {}))
    assert only.quote == fuller[1]


MEDICAL = {"settings": {"setting": "medical"}}


def _in_a_visit(*lines: invented.Line) -> list[tuple[str, str]]:
    coded = invented.coded(list(lines))
    nets = [reports.finding(coded, "frame.afterwards", u.index) for u in coded.session if "come back" in u.text]
    return [(h.kind, h.quote) for h in strengths(Report(coded, tuple(nets), (), MEDICAL))]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("So what have you put on it so far?", "question.open"),
        ("How long did the swelling last that time?", "question.open"),
        ("Can I have a look at your left ear?", "partnership.collaborate"),
        ("I'm sure you feel a bit shy about creams.", "reflection.complex"),
    ],
)
def test_what_every_visit_holds_is_no_praise(said: str, code: str) -> None:
    assert _in_a_visit(("C", PLAIN, []), ("T", said, [code])) == []


@pytest.mark.parametrize(
    "said",
    [
        "Are you worried about the scan at all?",
        "What did you think had brought it on?",
        "How has that affected your work?",
    ],
)
def test_asking_for_the_patients_own_view_is_praise_in_a_visit_whatever_the_form(said: str) -> None:
    assert _in_a_visit(("C", PLAIN, []), ("T", said, ["question.closed"])) == [("visit.view", said)]
    coded = invented.coded([("C", PLAIN, []), ("T", said, ["question.closed"])])
    assert strengths(Report(coded, (), (), {})) == ()


def test_safety_netting_is_praise_and_the_next_date_alone_is_none() -> None:
    net: invented.Line = ("T", "If the swelling has not gone by Monday, come back here.", [])
    assert _in_a_visit(("C", PLAIN, []), net) == [("frame.afterwards", net[1])]
    assert _in_a_visit(("C", PLAIN, []), ("T", "Then come back in three weeks for the stitches.", [])) == []


@pytest.mark.parametrize(
    ("reply", "then", "praised"),
    [
        ("Thank you.", "That is true, yes.", True),
        ("That's true.", "Well, I hear what you're saying, but I can't.", False),
        ("Right.", "Yeah, but that was long ago.", False),
        ("If you say so.", "Yes.", False),
    ],
)
def test_a_validation_that_argues_is_no_praise(reply: str, then: str, praised: bool) -> None:
    said = "You kept the shop open alone through two bad winters."
    lines: list[invented.Line] = [TOLD, ("T", said, ["validation.affirm"]), ("C", reply, [])]
    coded = invented.coded([*lines, ("T", "You stayed there all the same.", []), ("C", then, [])])
    assert (worth(Report(coded, (), (), {}), reports.finding(coded, "validation.affirm", 1)) > 0) is praised


@pytest.mark.parametrize(
    ("also", "code", "praised"),
    [
        ("But is it the first time?", "question.closed", False),
        ("At the same time, the rent is due.", "information", False),
        ("Which day suits the office best?", "question.closed", False),
        ("What does the letter do to your nights?", "question.open", True),
        ("Let's just finish the form.", "structure", False),
    ],
)
def test_a_validation_on_the_way_to_something_else_is_no_praise(also: str, code: str, praised: bool) -> None:
    report = _in_one_turn(TOLD, [("You have been up with this alone for so long.", "validation.support"), (also, code)])
    assert (_worth_first(report) > 0) is praised


def test_two_sides_are_not_told_to_somebody_who_gives_in() -> None:
    said = "And part of you would rather know what the letter says."
    assert held("reflection.complex", said, FELT, "client.emotion") > FAINT
    assert held("reflection.complex", said, "Because you want me to, I suppose.", "client.emotion") == 0


def test_a_quote_begins_at_its_question_and_behind_a_note() -> None:
    asked = "let's take the bus then um what else would make the mornings better for you?"
    for said, quote in (
        (asked, asked[asked.index("what") :]),
        ("[coughs] How are the nights for you now?", "How are the nights for you now?"),
    ):
        (shown,) = strengths(Report(invented.coded([("C", PLAIN, []), ("T", said, ["question.open"])]), (), (), {}))
        assert shown.quote == quote


def test_the_same_thing_said_twice_is_praised_once() -> None:
    asked = [f"Just so I know, can you say back to me how you {will} take these drops?" for will in ("will", "would")]
    coded = invented.coded([("T", text, []) for text in asked])
    findings = tuple(reports.finding(coded, "partnership.teach_back", i) for i in range(2))
    assert len(strengths(Report(coded, findings, (), {}))) == 1


def test_an_apology_for_ones_own_words_is_not_held_up_as_care() -> None:
    for said in ("That came out as a reproach, and I'm sorry.", "I'm sorry about how I put that just now, really."):
        assert held("validation.support", said, FELT, "client.emotion") == 0
    assert held("validation.support", "I'm so sorry that you lie awake with it all night.", FELT, "client.emotion") > 0


@pytest.mark.parametrize("said", ["Welcome, it is good to see you here today.", "So what has brought you here to us?"])
def test_no_greeting_is_praised_in_a_session_where_dying_was_spoken_of(said: str) -> None:
    lines: list[invented.Line] = [("C", FELT, ["client.emotion"]), ("T", said, ["validation.support", "question.open"])]
    far: list[invented.Line] = [*[("T", "Mm.", []), ("C", PLAIN, [])] * 3, ("C", "Some nights I just want to die.", [])]
    coded = invented.coded([*lines, *far])
    assert strengths(Report(coded, tuple(safety.detect(coded)), (), {})) == ()


def test_doubt_and_asking_once_more_are_no_examples() -> None:
    assert held("reflection.complex", "So apparently you mean to leave the choir for good.") == 0
    assert held("question.open", "What would a good night look like for you, one more time?", FELT) == 0


def test_a_short_reflection_of_the_last_words_alone_says_nothing_more() -> None:
    assert held("reflection.complex", "Colder and windier, both at once, then.", "Colder. For a day. And windier.") == 0


def test_words_that_only_frame_a_reflection_add_nothing() -> None:
    said = "In fact, the way you tell it, it seems like that is what makes it so."
    assert not held("reflection.complex", said, "It was my brother.", "client.emotion")
    assert held("reflection.complex", "The way you tell it, your brother robbed you.", "It was Tom.", "client.emotion")


def test_a_reflection_that_the_client_confirms_is_worth_what_it_added() -> None:
    lines = [
        ("C", "I laid her coat out this morning.", []),
        ("T", "Your arms had not been told.", ["reflection.simple"]),
    ]
    for reply, worthy in (
        (("C", "That's it exactly.", ["client.understood"]), True),
        (("C", "It was blue.", []), False),
    ):
        coded = invented.coded([*lines, reply])
        leaning = [
            replace(s, probabilities={**s.probabilities, "reflection.complex": 0.3}) if s.utterance == 1 else s
            for s in coded.statements
        ]
        report = Report(replace(coded, statements=tuple(leaning)), (), (), {})
        assert (worth(report, reports.finding(coded, "reflection.simple", 1)) > FAINT) is worthy


@pytest.mark.parametrize(
    ("before", "reflected", "adds"),
    [
        ("I'm not sure about the forms.", "So you're a bit hazy on the details of the forms.", False),
        ("I'm not sure about the forms.", "So it frightens you to fill in the forms alone.", True),
        ("The arm. Dead weight.", "It feels like it isn't yours.", True),
    ],
)
def test_not_knowing_renamed_adds_nothing(before: str, reflected: str, *, adds: bool) -> None:
    assert (held("reflection.complex", reflected, before, "client.emotion") > 0) is adds


def test_an_answer_that_is_marked_as_going_past_the_client_is_no_reason_for_praise() -> None:
    asked = "What is it like for her to hear that?"
    coded = invented.coded([("C", FELT, ["client.emotion"]), ("T", asked, ["question.open"])])
    question, passed = (reports.finding(coded, kind, 1) for kind in ("question.open", "opening.missed"))
    worths = [worth(Report(coded, marked, (), {}), question) for marked in ((question,), (question, passed))]
    assert worths[0] > 0 == worths[1]
