"""A session in which nothing is marked still gives one step, from what was counted, or says that too little was."""

from dataclasses import replace

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.analysis import report_on
from transcript_rapport.detectors import safety
from transcript_rapport.renderers import html, text
from transcript_rapport.renderers.measured import too_little_to_try, went_well
from transcript_rapport.renderers.next_steps import READ, TAKE, suggestions
from transcript_rapport.report import Measure, Report
from transcript_rapport.settings import DEFAULTS

ASKED: invented.Line = ("T", "Did you get any sleep after that?", ["question.closed", "behaviour=question"])
TOLD: invented.Line = ("C", "I keep the lamp on, I am so frightened of the dark again.", ["client.emotion"])
STORY: invented.Line = ("C", "I keep a lamp on in every single room of the house through the whole night.", [])
STAYED: invented.Line = ("C", "I suppose it does that, with the lamp and all.", [])
OPENED: invented.Line = ("T", "What goes through your mind then?", ["question.open", "behaviour=question"])
ECHOED: invented.Line = ("T", "So the dark frightens you again.", ["reflection.simple", "behaviour=reflection"])
DEEPER: invented.Line = ("T", "You had hoped that was over.", ["reflection.complex", "behaviour=reflection"])


def made(lines: list[invented.Line], times: int = 12, reader: str = "trainee") -> Report:
    """The lines over and over, as a report with every measure and none of the detectors' marks."""
    report = report_on(invented.coded(lines * times), DEFAULTS.with_changes({"reader": reader}))
    return replace(report, findings=())


@pytest.mark.parametrize(
    ("lines", "name", "told"),
    [
        (
            [ASKED, STORY, ECHOED, STORY, ASKED, STORY],
            "listening.reflection_to_question_ratio",
            "12 reflections and 24",
        ),
        ([ECHOED, TOLD, DEEPER, STORY, ASKED, STORY], "listening.open_question_share", "None of 12 questions was open"),
        (
            [ECHOED, STAYED, OPENED, TOLD, ECHOED, STAYED],
            "listening.complex_reflection_share",
            "24 reflections hand back",
        ),
        (
            [*[DEEPER, TOLD, DEEPER, TOLD, OPENED, TOLD] * 12, ("T", "Goodbye, then, until Tuesday.", ["structure"])],
            "collaboration.feedback_per_ten_turns",
            "was not found before these words",
        ),
    ],
)
def test_the_step_follows_from_what_was_counted(lines: list[invented.Line], name: str, told: str) -> None:
    report = made(lines, 12 if len(lines) < 12 else 1)
    (step,) = suggestions(report)
    assert step.kind == name and step.place and step.quote
    assert told in step.why
    assert step.suggestion and step.source
    shown = " ".join(text.render(report).split())
    assert step.title in shown and "Source: " in shown
    assert step.title in html.render(report)


def test_a_feeling_before_a_question_is_stayed_with_where_openings_were_passed_over() -> None:
    coded = invented.coded([TOLD, ASKED])
    for value, stays in ((0.5, True), (1.0, False)):
        share = Measure("responsiveness.openings_answered_share", "Openings", value, "share", 20, "openings", 0.2, 1.0)
        kinds = [(step.kind, step.heard) for step in suggestions(Report(coded, (), (share,), {}))]
        assert kinds == ([(share.name, TOLD[1])] if stays else [])


def test_a_session_that_breaks_off_is_given_a_question_to_think_about_and_no_step() -> None:
    report = made([DEEPER, TOLD, DEEPER, TOLD, OPENED, TOLD])
    assert suggestions(report) == ()
    told = too_little_to_try(report)
    assert "A question to think about" in told and TOLD[1][:20] in told and "(utterance 1)" in told
    assert "A question to think about" in " ".join(text.render(report).split())


@pytest.mark.parametrize(
    "asked",
    ["Is he your uncle or your cousin?", "Has the boiler been mended by now?", "Do you live near the harbour then?"],
)
def test_a_closed_question_about_a_fact_needs_no_opening(asked: str) -> None:
    fact: invented.Line = ("T", asked, ["question.closed", "behaviour=question"])
    kinds = {step.kind for step in suggestions(made([ECHOED, TOLD, DEEPER, STORY, fact, STORY]))}
    assert "listening.open_question_share" not in kinds


def test_a_question_is_shown_with_what_could_have_been_reflected() -> None:
    (step,) = suggestions(made([ASKED, TOLD, OPENED, TOLD, ECHOED, TOLD, DEEPER, TOLD]))
    assert step.heard == TOLD[1]
    assert step.quote in (ASKED[1], OPENED[1])


def test_a_question_about_safety_is_never_one_to_reword() -> None:
    safety: invented.Line = (
        "T",
        "Have you had thoughts of ending your life?",
        ["question.closed", "behaviour=question"],
    )
    assert all("ending" not in step.quote for step in suggestions(made([safety, TOLD, ECHOED, TOLD, DEEPER, TOLD])))


def test_where_too_little_was_counted_that_is_said_and_what_would_show_more() -> None:
    report = made([ASKED, TOLD], times=1)
    assert suggestions(report) == ()
    told = too_little_to_try(report)
    assert "too little here to choose from (2 turns)" in told
    assert told.split(" (")[0] in html.render(report)
    quiet = made([("T", "Mm, go on.", ["facilitation"]), TOLD])
    assert "too little" not in too_little_to_try(quiet)


def test_numbers_are_strengths_only_where_there_is_little_to_quote() -> None:
    quiet: list[invented.Line] = [("T", "Mm, go on.", ["facilitation"]), TOLD]
    (room,) = went_well(made(quiet, times=20), 3)
    assert room.title.startswith("Room for the client: ") and room.source and not room.quote
    assert all(h.quote for h in went_well(reports.full(), 3))


LONG = (
    "The tablets lower what your liver makes, so take one each night with water, and walk for half an hour a day. " * 4
)
FRAME = "What you tell me stays between us, it is confidential and goes to nobody, unless somebody is in danger. " * 4


def roomy(told: str, codes: list[str], low: float | None = 0.55) -> Report:
    """A session in which the practitioner talks much, and one utterance of theirs is long."""
    lines: list[invented.Line] = [("T", told, codes), ("C", "I see.", [])]
    share = Measure("talk.practitioner_word_share", "Words", 0.8, "share", 400, "words", low, 0.9)
    return Report(invented.coded(lines), (), (share,), {})


PIECES = "Offer it in pieces, and hand over in between"


def test_a_long_stretch_of_information_is_offered_pieces() -> None:
    (step,) = suggestions(roomy(LONG, ["information"]))
    assert (step.title, step.quote) == (PIECES, LONG)
    assert "for 88 words, and 80 % of the words went to this side" in step.why


@pytest.mark.parametrize(
    ("before", "last", "told"),
    [
        ("What do you know about the tablets?", "Your thoughts?", "was asked first and it is handed over"),
        ("Did you get the bus?", "And that was that.", "so much."),
    ],
)
def test_a_long_stretch_says_what_was_done_already(before: str, last: str, told: str) -> None:
    codes = ["information", "/", "question.open" if "?" in last else "other"]
    lines: list[invented.Line] = [
        ("T", before, ["question.open"]),
        ("C", "Hm.", []),
        ("T", f"{LONG * 2}/ {last}", codes),
    ]
    (step,) = suggestions(Report(invented.coded([*lines, ("C", "I see.", [])]), (), (), {}))
    assert told in step.why and ("Ask first" in step.suggestion) == ("bus" in before)


@pytest.mark.parametrize(
    ("echoed", "then"),
    [
        (ECHOED, TOLD),
        (ECHOED, ("C", "Yes, that is just how it is for me.", ["client.understood"])),
        (ECHOED, ("C", "It was my uncle who used to take the bulb out of the lamp at night, every single week.", [])),
        (("T", "So the dark frightens you again./ Since when?", ["reflection.simple"]), STAYED),
    ],
)
def test_nothing_is_added_to_a_reflection_that_the_client_went_on_from(
    echoed: invented.Line, then: invented.Line
) -> None:
    assert suggestions(made([OPENED, TOLD, ECHOED, STAYED]))
    assert suggestions(made([OPENED, TOLD, echoed, then])) == ()


def test_a_share_of_complex_reflections_that_may_be_enough_is_no_step() -> None:
    of = made([OPENED, TOLD, ECHOED, STAYED])
    unsure = [replace(m, high=0.7) if m.name == "listening.complex_reflection_share" else m for m in of.measures]
    assert suggestions(of) and suggestions(replace(of, measures=tuple(unsure))) == ()


def test_nothing_is_offered_to_go_further_from_where_the_client_has_few_words() -> None:
    brief: invented.Line = ("C", "Not... the hand.", ["client.emotion"])
    report = made([ECHOED, brief, ECHOED, brief, OPENED, brief])
    assert suggestions(report) == ()
    assert "are short, a median of 3 words" in " ".join(text.render(report).split())


def test_no_reflection_is_asked_for_at_a_question_that_stays_or_after_one() -> None:
    ratio = Measure("listening.reflection_to_question_ratio", "R:Q", 0.1, "ratio", 12, "both", 0.0, 0.4)
    stays: invented.Line = ("T", "What do you think of in the dark?", ["question.open"])
    for lines in ([TOLD, stays], [ECHOED, TOLD, ASKED]):
        assert suggestions(Report(invented.coded(lines), (), (ratio,), {})) == ()
    assert suggestions(Report(invented.coded([TOLD, ASKED]), (), (replace(ratio, high=1.2),), {})) == ()


def test_the_client_is_quoted_with_the_feeling_that_stood_last_among_the_plainest() -> None:
    said = "I am sad. / My brother sold the boat without a word to any of us at home. / I feel so lost."
    codes = ["client.emotion", "/", "client.disclosure", "/", "client.emotion"]
    ratio = Measure("listening.reflection_to_question_ratio", "R:Q", 0.1, "ratio", 12, "both", 0.0, 0.4)
    (step,) = suggestions(Report(invented.coded([("C", said, codes), ASKED]), (), (ratio,), {}))
    assert step.heard.endswith("I feel so lost.")


EMERGENCY = f"{LONG}If it has not gone by then, you ring for an ambulance."


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (LONG[:100], ["information"]),
        (LONG, ["structure"]),
        (LONG, ["partnership.transparency", "information"]),
        (FRAME, ["information"]),
        (LONG, ["reflection.complex"]),
        (EMERGENCY, ["information"]),
    ],
    ids=["short", "structure", "openness", "confidentiality", "reflection", "emergency"],
)
def test_a_share_of_talk_alone_is_no_step(told: str, codes: list[str]) -> None:
    assert suggestions(roomy(told, codes)) == ()


@pytest.mark.parametrize("low", [0.45, None], ids=["not surely more", "no interval"])
def test_the_share_of_talk_counts_only_where_more_than_half_is_surely_theirs(low: float | None) -> None:
    assert suggestions(roomy(LONG, ["information"], low)) == ()


def test_the_share_of_talk_says_nothing_where_silences_are_noted() -> None:
    report = roomy(LONG, ["information"])
    silence = Measure("talk.noted_silence_s", "Silence", 90.0, "s", 2, "silences")
    assert suggestions(replace(report, measures=(*report.measures, silence))) == ()
    (longer,) = suggestions(replace(roomy(LONG + LONG, ["information"]), measures=(*report.measures, silence)))
    assert "this side" not in longer.why


def test_a_long_stretch_comes_before_a_single_technical_term() -> None:
    report = roomy(f"It is pancreatic, I am afraid. {LONG}", ["information"])
    term = reports.finding(report.coded, "jargon.unexplained", 0, 6, 16)
    steps = suggestions(replace(report, findings=(term,)))
    assert steps[0].title == PIECES


@pytest.mark.parametrize(("reader", "told"), [("trainee", TAKE), ("supervisor", READ)])
def test_after_a_disclosure_nothing_is_called_ordinary(reader: str, told: str) -> None:
    said: invented.Line = ("C", "Some nights I just want to die.", [])
    coded = invented.coded([("T", "Hello.", []), said])
    report = Report(coded, tuple(safety.detect(coded)), (), {"settings": {"reader": reader}})
    shown = " ".join(text.render(report).split())
    assert told in shown and "holds nothing up as praise" in shown and "Ask at the end" not in shown
    assert "ordinary conversation" not in html.render(report)


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        (TOLD, ("T", "Do you know what-", ["question.open"])),
        (TOLD, ("T", "So what's on your mind today?", ["question.open"])),
        (("C", "Yes.", ["client.emotion"]), ("T", "And which street is that in?", ["question.closed"])),
        (("C", "In the north of the town.", []), ("T", "And which street is that in?", ["question.closed"])),
        (
            ("C", f"{TOLD[1]} Is that normal?", ["client.emotion"]),
            ("T", "How long has it been so?", ["question.closed"]),
        ),
    ],
    ids=["cut off", "opener", "too short a feeling", "nothing told", "a question to answer"],
)
def test_no_question_is_quoted_before_which_there_was_nothing_to_reflect(
    before: invented.Line, asked: invented.Line
) -> None:
    ratio = Measure("listening.reflection_to_question_ratio", "R:Q", 0.1, "ratio", 12, "both", 0.0, 0.4)
    assert suggestions(Report(invented.coded([before, asked]), (), (ratio,), {})) == ()


def test_who_tells_much_of_themselves_is_shown_where_the_client_hardly_answers() -> None:
    own: invented.Line = ("T", "I kept bees for years and then they all flew off.", ["self_disclosure"])
    long: invented.Line = ("T", "My own hives stood behind the barn, beside the plum trees.", ["self_disclosure"])
    steps = suggestions(made([own, TOLD, long, ("C", "Right.", [])]))
    assert (steps[0].kind, steps[0].quote) == ("frame.self_disclosures_per_ten_turns", long[1])
    assert steps[0].kind not in {step.kind for step in suggestions(made([ASKED, TOLD] * 9 + [own, TOLD], 2))}


def test_advice_at_one_place_comes_after_what_shaped_the_session() -> None:
    coded = invented.coded([TOLD, ASKED, ("C", "No.", []), ("T", "Buy a lamp.", [])])
    advice = reports.finding(coded, "advice.directive", 3)
    ratio = Measure("listening.reflection_to_question_ratio", "R:Q", 0.1, "ratio", 12, "both", 0.0, 0.4)
    steps = suggestions(Report(coded, (advice,), (ratio,), {}))
    assert [step.kind for step in steps] == [ratio.name, "advice.directive"]


def test_a_closed_question_that_was_answered_at_length_needs_no_opening() -> None:
    long = ("C", "Hardly, for the wind was in the roof and " + "the slates were rattling and " * 6, ["client.emotion"])
    lines: list[invented.Line] = [ECHOED, TOLD, DEEPER, STORY, ASKED]
    kinds = [{step.kind for step in suggestions(made([*lines, answer]))} for answer in (STORY, long)]
    assert ["listening.open_question_share" in found for found in kinds] == [True, False]


def test_the_place_to_think_about_is_where_most_was_told_and_not_in_the_surest_statement() -> None:
    feeling = "client.emotion"
    brief: invented.Line = ("C", "I was a bit worried about that boat out there, to tell the truth of it.", [feeling])
    nets = "I sold the nets in March. / The harbour went quiet around me. / I could hardly bear to walk there."
    story: invented.Line = ("C", nets, [feeling, "/", feeling, "/", feeling])
    report = made([DEEPER, brief, DEEPER, story, OPENED, ("C", "Yes.", [])])
    assert "“I could hardly bear to walk there.” (utterance 3)" in too_little_to_try(report)


def test_numbers_are_strengths_of_a_judged_session_only_where_they_surely_are() -> None:
    share = Measure("talk.practitioner_word_share", "Words", 0.48, "share", 400, "words", 0.4, 0.56)
    coded = invented.coded([("T", "You know better.", []), ("T", "Grow up.", []), TOLD])
    judged = tuple(reports.finding(coded, "judgment.dismiss", i) for i in (0, 1))
    assert went_well(Report(coded, (), (share,), {}), 3)
    assert went_well(Report(coded, judged, (share,), {}), 3) == ()
    assert went_well(Report(coded, judged, (replace(share, high=0.49),), {}), 3)


def test_no_number_is_held_up_where_an_opening_was_not_met() -> None:
    quiet: list[invented.Line] = [("T", "Mm, go on.", ["facilitation"]), TOLD]
    report = made(quiet, times=20)
    named = reports.finding(report.coded, "opening.named", 2)
    assert went_well(report, 3) and went_well(replace(report, findings=(named,)), 3) == ()


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        (
            "Um, well, I know that the boat is sold for good. It rained.",
            "“I know that the boat is sold for good.” (utt",
        ),
        ("Well " + "boat and net and oar and " * 12, "made room at utterance 1, where"),
    ],
)
def test_the_place_to_think_about_is_quoted_in_a_whole_clause_or_not(said: str, quoted: str) -> None:
    report = made([DEEPER, ("C", said, []), OPENED, ("C", "Yes.", [])])
    assert quoted in too_little_to_try(report)
