"""What a medical visit is offered to try: only what was looked for in words and not found."""

from dataclasses import replace

import pytest

from tests import invented
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.renderers.places import ending
from transcript_rapport.report import Report

MEDICAL = {"settings": {"setting": "medical"}}
QUIET: list[invented.Line] = [("T", "Is it there at night?", ["question.closed"]), ("C", "Yes, it aches.", [])]
FEELING: invented.Line = ("C", "It wakes me, and I am so frightened of what they will find.", ["client.emotion"])
STORY: invented.Line = ("C", "It began when I carried the boxes up to the attic, and I thought it was a sprain.", [])
EXPLAINED: invented.Line = (
    "T",
    "The tendon is sore because it was pulled. It will mend by itself within three or four weeks.",
    ["information"],
)
LONG = (
    "The tube that carries the bile has a stone in it, so it swells when you eat, and that is the ache you have. " * 5
)


def steps(*said: invented.Line, quiet: int = 25) -> list[str]:
    """The kinds of the steps for a visit with these lines among others."""
    report = Report(invented.coded([*QUIET * quiet, *said]), (), (), MEDICAL)
    return [step.kind for step in suggestions(report)]


def test_a_history_of_facts_alone_is_offered_the_patients_view_and_a_summary() -> None:
    assert steps() == ["visit.way"], "nothing was told, so that there are no words for the others"
    assert steps(STORY, QUIET[0], EXPLAINED, EXPLAINED) == ["visit.view", "visit.summary"]
    assert steps(STORY, QUIET[0], quiet=5) == []


def test_the_view_is_asked_for_right_after_words_that_hint_at_it() -> None:
    longer: invented.Line = (
        "C",
        "I take two of them in the morning and one in the evening, all with a bit of bread.",
        [],
    )
    report = Report(invented.coded([*QUIET * 25, STORY, QUIET[0], longer, QUIET[0]]), (), (), MEDICAL)
    (view, *_) = suggestions(report)
    assert view.place and view.place.utterance == 51 and view.heard == STORY[1]


@pytest.mark.parametrize("said", ["No, no cancer in the family that I know of.", "Yes, cancer, in both of my uncles."])
def test_what_is_denied_or_was_asked_for_in_these_words_hints_at_nothing(said: str) -> None:
    told: list[invented.Line] = [("T", "Any cancer in the family?", ["question.closed"]), ("C", said, [])]
    report = Report(invented.coded([*QUIET * 25, STORY, QUIET[0], *told, QUIET[0]]), (), (), MEDICAL)
    assert all(step.heard != said for step in suggestions(report))


def test_an_explanation_at_which_another_step_stands_too_goes_first() -> None:
    told: invented.Line = ("T", f"I think it is a stone. {LONG}", ["information"])
    assert steps(STORY, ("T", "I see.", []), ("C", "Mm.", []), told)[0] == "visit.explanation"


@pytest.mark.parametrize(("likely", "offered"), [(0.6, False), (0.4, True)])
def test_what_the_coder_surely_hears_is_not_offered(likely: float, offered: bool) -> None:
    coded = invented.coded(QUIET * 25)
    first = replace(coded.statements[0], moves={"transparency.rationale": likely})
    found = suggestions(Report(replace(coded, statements=(first, *coded.statements[1:])), (), (), MEDICAL))
    assert [step.kind for step in found] == ["visit.way"] * offered


@pytest.mark.parametrize(("likely", "ends"), [(0.6, True), (0.4, False)])
def test_a_session_ends_where_the_coder_surely_hears_it(likely: float, ends: bool) -> None:
    coded = invented.coded([*QUIET * 5, ("T", "Right, I can hear them stacking the chairs.", []), ("C", "Mm.", [])])
    said = tuple(replace(s, moves={"frame.ending": likely}) if s.utterance == 10 else s for s in coded.statements)
    assert bool(ending(Report(replace(coded, statements=said), (), (), MEDICAL))) is ends


def test_what_was_said_is_not_offered() -> None:
    views = (
        "What do you think it could be?",
        "What worries you most about it?",
        "What were you hoping we could do?",
        "How has it affected your work?",
    )
    asked: list[invented.Line] = [("T", view, ["question.open"]) for view in views]
    told = (STORY, QUIET[0], EXPLAINED, EXPLAINED)
    assert steps(*asked, *told) == ["visit.summary", "visit.way"]
    said: list[invented.Line] = [("T", "Just to recap what I heard.", []), ("T", "I'll ask a few more questions.", [])]
    assert steps(*asked, *said, *told) == []


@pytest.mark.parametrize("asked", ["Do you smoke at all?", "And where do you live?"])
def test_a_feeling_is_answered_before_the_next_question(asked: str) -> None:
    assert steps(FEELING, ("T", asked, ["question.closed"]))[0] == "visit.feeling"
    assert "visit.feeling" not in steps(FEELING, ("T", "How is that for you?", ["question.open"]))


def test_every_step_stands_on_words() -> None:
    report = Report(invented.coded([*QUIET * 25, FEELING, QUIET[0], EXPLAINED, EXPLAINED]), (), (), MEDICAL)
    found = suggestions(report)
    assert found and all(step.quote and step.place for step in found)
    assert len({step.place.utterance for step in found if step.place}) == len(found)


def test_a_long_explanation_is_offered_pieces_and_teach_back() -> None:
    told: invented.Line = ("T", LONG, ["information"])
    assert steps(told)[0] == "visit.explanation"
    assert "visit.explanation" not in steps(told, ("T", "Could you tell me that in your own words?", []))


def test_who_only_fetches_a_medicine_is_asked_for_no_view() -> None:
    counter: list[invented.Line] = [("T", "Do you have the card with you?", ["question.closed"]), ("C", "Here.", [])]
    fetched = ("C", "She wrote it down for me on Monday, and said that I only had to hand the paper in here.", [])
    told: list[invented.Line] = [*counter * 25, fetched, counter[0], EXPLAINED, EXPLAINED]
    assert suggestions(Report(invented.coded(told), (), (), MEDICAL)) == ()


def test_a_summary_is_missed_where_the_explaining_begins() -> None:
    aside: invented.Line = ("T", "You walk a little less than most people of your age would.", ["information"])
    begins: invented.Line = ("T", "From what you tell me, I think that you have strained it.", ["information"])
    heard = ("What do you think it could be?", "What worries you most about it?")
    asked: list[invented.Line] = [("T", words, ["question.open"]) for words in heard]
    lines = [*QUIET * 25, *asked, aside, EXPLAINED, ("C", "Right.", []), begins, EXPLAINED]
    places = [step.quote for step in suggestions(Report(invented.coded(lines), (), (), MEDICAL))]
    assert begins[1] in places and aside[1] not in places


WORRY: invented.Line = ("C", "You know, I was so scared it would burst.", [])


def test_a_fear_told_is_answered_and_not_asked_for_again() -> None:
    report = Report(invented.coded([*QUIET * 25, WORRY, QUIET[0], QUIET[1]]), (), (), MEDICAL)
    (step, *_) = suggestions(report)
    assert step.kind == "visit.feeling" and step.heard == WORRY[1] and "spoke of" in step.title
    taken: list[invented.Line] = [WORRY, ("T", "That must have been frightening. Is it there now?", ["validation"])]
    assert all("spoke of" not in s.title for s in suggestions(Report(invented.coded(taken * 12), (), (), MEDICAL)))


@pytest.mark.parametrize("no", ["No, ", "yeah no ", "It is not sore and "])
def test_a_no_that_answers_or_denies_another_thing_denies_no_fear(no: str) -> None:
    fear = ("C", f"{no}I was just really concerned about the lump.", ["client.emotion"])
    explains: invented.Line = ("T", "We will book a scan for the week after next.", ["information"])
    (step, *_) = suggestions(Report(invented.coded([*QUIET * 25, fear, explains]), (), (), MEDICAL))
    assert (step.kind, step.quote) == ("visit.feeling", explains[1])


@pytest.mark.parametrize(
    ("fear", "answer"),
    [
        ("I'm not so worried about the lump.", "We will book a scan for the week after next."),
        ("I'm not worried about the lump at all.", "We will book a scan for the week after next."),
        ("As far as I'm concerned the lump can stay.", "We will book a scan for the week after next."),
        ("I was so worried about the lump.", "It is nothing serious. / We will book a scan."),
        ("I was so worried about the lump.", "I can see why. / We will book a scan."),
    ],
)
def test_no_fear_is_answered_that_was_denied_or_was_answered(fear: str, answer: str) -> None:
    parted = ["information", *["/", "information"] * answer.count(" / ")]
    told: list[invented.Line] = [*QUIET * 25, ("C", fear, []), ("T", answer, parted)]
    assert "visit.feeling" not in [s.kind for s in suggestions(Report(invented.coded(told), (), (), MEDICAL))]


def test_one_page_never_praises_and_asks_for_the_same_view() -> None:
    asked: invented.Line = ("T", "What worries you most about it?", ["question.open"])
    report = Report(invented.coded([*QUIET * 25, asked, STORY, QUIET[0], QUIET[1]]), (), (), MEDICAL)
    titles = [step.title for step in suggestions(report) if step.kind == "visit.view"]
    assert titles == ["Ask also what they hope for"]
