from dataclasses import replace

from tests import invented
from tests.renderers import reports
from transcript_rapport.renderers import measured
from transcript_rapport.renderers.highlights import strengths
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.report import Measure, Report, Span

RATIO = "listening.reflection_to_question_ratio"


def test_strengths_are_quoted_with_the_clients_words_around_them() -> None:
    found = strengths(reports.full())
    assert [h.kind for h in found] == [
        "question.open",
        "reflection.complex",
        "validation.affirm",
        "partnership.autonomy",
    ]
    reflection = found[1]
    assert reflection.quote == reports.LINES[2][1]
    assert reflection.heard == reports.LINES[1][1][:23]
    assert reflection.reply == "Yes, that is exactly it."
    assert all(h.why and h.source and h.place for h in found)


def test_strengths_spread_over_kinds_and_prefer_specific_words() -> None:
    simple = [("T", "You are tired.", ["reflection.simple"]), ("C", "I am.", [])] * 6
    long = ("T", "You have carried this for both of them, and nobody asked what it costs you.", ["reflection.complex"])
    found = strengths(
        Report(
            invented.coded(
                [*simple, long, ("T", "That makes sense after the week you had.", ["validation.normalise"])]
            ),
            (),
            (),
            {},
        )
    )
    assert {"reflection.complex", "validation.normalise"} <= {h.kind for h in found}
    assert len(found) <= 4
    assert len({h.quote for h in found}) == len(found)


def test_what_the_client_confirms_is_shown_first_and_beside_others_of_its_kind() -> None:
    told = ("C", "My brother sold the boat and the shed while I was away at sea.", ["client.emotion"])
    yes = ("C", "That's it exactly.", ["client.understood"])
    longer = "As if your whole summer had been given away without a single word."
    lines = [told, ("T", longer, ["reflection.complex"]), ("C", "Some rope was left.", [])] * 2
    lines[4] = ("T", "It sounds as though nobody thought you would ever come home again.", ["reflection.complex"])
    short = [told, ("T", "The sea took that too.", ["reflection.complex"]), yes]
    found = strengths(Report(invented.coded([*lines, *short]), (), (), {}), 3)
    assert [h.place.utterance for h in found if h.place] == [1, 4, 7]
    assert found[-1].why == "The client's next words say that it fits." != found[0].why
    assert strengths(Report(invented.coded([*lines, *short]), (), (), {}), 1)[0].quote == "The sea took that too."


def test_a_reflection_too_faint_to_count_is_held_up_where_the_client_confirms_it() -> None:
    told = ("C", "My brother sold the boat and the shed while I was away at sea.", ["client.emotion"])
    for reply, shown in ((("C", "Just so.", ["client.understood"]), 1), (("C", "It was blue.", []), 0)):
        coded = invented.coded([told, ("T", "Your harbour went with that boat.", []), reply])
        faint = [
            replace(s, probabilities={"reflection.complex": 0.2, "information": 0.1}) if s.utterance == 1 else s
            for s in coded.statements
        ]
        assert len(strengths(Report(replace(coded, statements=tuple(faint)), (), (), {}))) == shown


def test_words_that_are_flagged_are_not_praised_at_the_same_time() -> None:
    flagged = {f.utterance for f in reports.full().of_kind("judgment", "advice", "jargon")}
    assert not flagged & {h.place.utterance for h in strengths(reports.full()) if h.place}


def test_a_clients_own_words_are_neither_praised_nor_corrected() -> None:
    coded = invented.coded([("T", "Hm.", []), ("C", "I am just a junkie, you should know.", [])])
    report = Report(coded, (reports.finding(coded, "judgment.label", 1),), (), {})
    assert strengths(report) == ()
    assert suggestions(report) == ()


def test_one_utterance_is_one_card_and_what_else_is_marked_there_is_named_in_it() -> None:
    (only,) = suggestions(replace(reports.full(), measures=()))
    assert only.kind == "judgment.dismiss" and only.quote and only.source and only.suggestion
    assert "Also marked in this utterance: “Advice without asking first” and “Technical term, unexplained”." in only.why


def test_a_number_comes_after_what_may_have_hurt_and_before_a_single_term() -> None:
    ratio = Measure(RATIO, "R:Q", 0.2, "ratio", 12, "reflections and questions", 0.1, 0.5)
    asked: invented.Line = ("T", "Which tablets do you take for it?", ["question.closed"])
    coded = invented.coded([*reports.LINES, reports.LINES[1], asked])
    term = reports.finding(coded, "jargon.unexplained", 2, 3, 6)
    found = suggestions(Report(coded, (*reports.full().findings, term), (ratio,), {}))
    assert [h.kind for h in found] == ["judgment.dismiss", RATIO, "jargon.unexplained"]
    assert found[1].quote == asked[1] and found[2].around == reports.LINES[2][1]


def flagged(*said: tuple[str, str, float]) -> Report:
    """Practitioner's lines that are marked, with a kind and a score each."""
    coded = invented.coded([("T", text, []) for text, _, _ in said])
    marks = [reports.finding(coded, kind, i, score=score) for i, (_, kind, score) in enumerate(said)]
    return Report(coded, tuple(marks), (), {})


def test_the_gravest_comes_first_and_few_cards_are_judgments() -> None:
    duty = ("People should water their plants each day.", "judgment.moralise", 0.95)
    threat = ("It will all end with no plants at all.", "judgment.warn", 0.95)
    verdict = ("You are a lazy gardener and always were.", "judgment.criticise", 0.9)
    advice = ("Buy a new hose before the summer comes.", "advice.directive", 0.9)
    found = suggestions(flagged(duty, threat, verdict, advice))
    assert [h.kind for h in found] == ["judgment.criticise", "judgment.warn", "advice.directive"]
    assert found[0].title == "Say what happened, without a verdict"


def test_a_whole_sentence_said_to_the_client_is_quoted_and_no_fragment() -> None:
    kind = "judgment.confront"
    fragment, broken = ("but as your", kind, 0.99), ("Well, that is not what anybody here ever--", kind, 0.99)
    about, to_them = ("Nobody would call that an answer at all.", kind, 0.8), ("I think you're wrong.", kind, 0.8)
    (shown,) = suggestions(flagged(fragment, broken, about, to_them))
    assert shown.quote == to_them[0]
    assert suggestions(flagged(fragment, broken)) == ()


def test_a_long_judgment_is_shown_from_its_but_on() -> None:
    kind = "judgment.confront"
    said = "well at least you do water them now and then on a Sunday but you are still letting all of them die"
    (shown,) = suggestions(flagged((said, kind, 0.9)))
    assert shown.quote == "but you are still letting all of them die" and shown.place and shown.place.start > 0
    (short,) = suggestions(flagged(("You water them, but you let them die.", kind, 0.9)))
    assert short.quote.startswith("You water them")


def test_a_label_alone_or_of_somebody_else_is_no_goal_and_one_to_the_face_is() -> None:
    kind, advice = "judgment.label", ("Buy a new hose before the summer comes.", "advice.directive", 0.9)
    theirs = ("My own two neighbours are both hoarders.", kind, 0.9)
    assert suggestions(flagged(theirs)) == () == suggestions(flagged(theirs, theirs))
    assert suggestions(flagged(("Since when have you lived with a hoarder?", kind, 0.9))) == ()
    assert [step.kind for step in suggestions(flagged(theirs, advice))] == ["advice.directive", kind]
    assert [step.kind for step in suggestions(flagged(("I think you are a hoarder too.", kind, 0.9)))] == [kind]


def test_an_unsure_judgment_is_no_card() -> None:
    assert suggestions(flagged(("You never water them as one should.", "judgment.criticise", 0.4))) == ()


def test_a_protest_shows_which_words_went_wrong() -> None:
    said = "You are wrong about the garden."
    coded = invented.coded(
        [("T", said, []), ("C", "Fine.", []), ("T", said, []), ("C", "That is not fair.", ["client.confrontation"])]
    )
    marks = tuple(reports.finding(coded, "judgment.confront", i, score=0.7) for i in (0, 2))
    (shown,) = suggestions(Report(coded, marks, (), {}))
    assert shown.place and shown.place.utterance == 2


def test_without_findings_measures_suggest_nothing_that_no_words_show() -> None:
    ratio = Measure(RATIO, "R:Q", 0.2, "ratio", 12, "reflections and questions", 0.1, 0.5)
    assert suggestions(replace(reports.full(), findings=(), measures=(ratio,))) == ()
    unsure = replace(ratio, value=0.9, high=2.0)
    assert suggestions(replace(reports.full(), findings=(), measures=(unsure,))) == ()


def test_what_most_marks_are_about_comes_first_and_says_how_often() -> None:
    terms = [f"term{letter}" for letter in "abcdefgh"]
    coded = invented.coded([*[("T", f"You have a {term}.", []) for term in terms], ("T", "You know better.", [])])
    jargon = [reports.finding(coded, "jargon.unexplained", i, 11, 11 + len(t)) for i, t in enumerate(terms)]
    advice = reports.finding(coded, "advice.directive", 8)
    first, second = suggestions(Report(coded, (*jargon, advice), (), {}))
    assert first.kind == "jargon.unexplained" and "one of 8 such places" in first.why
    assert second.kind == "advice.directive"
    few, _ = suggestions(Report(coded, (*jargon[:7], advice), (), {}))
    assert few.kind == "advice.directive"


def test_terms_that_stand_together_go_before_single_ones_and_are_one_step() -> None:
    coded = invented.coded([("T", f"You have a {terms}.", []) for terms in ("first", "first", "other third")])
    places = [(0, 11, 16), (1, 11, 16), (2, 11, 16), (2, 17, 22)]
    terms = tuple(reports.finding(coded, "jargon.unexplained", *place) for place in places)
    (step,) = suggestions(Report(coded, terms, (), {}))
    assert (step.quote, [place.utterance for place in step.others]) == ("other", [0])
    assert "Also marked in this utterance: “third”." in step.why


def test_a_term_in_words_that_met_an_opening_is_no_step() -> None:
    told: invented.Line = ("C", "I miss her.", [])
    coded = invented.coded([("T", "My first.", []), told, ("T", "An other.", []), told, ("T", "An other.", [])])
    terms = tuple(reports.finding(coded, "jargon.unexplained", i, 3, 8) for i in (0, 2, 4))
    met = Measure(measured.OPENINGS, "Met", 1.0, "share", 1, "openings", evidence=(Span(1, 0, 11),))
    for known, quote in (((), "other"), ((met,), "first")):
        (step,) = suggestions(Report(coded, terms, known, {}))
        assert step.quote == quote


def test_the_term_said_most_often_is_shown_and_one_alone_is_no_step() -> None:
    coded = invented.coded([("T", f"You have a {term}.", []) for term in ("first", "other", "other", "third")])
    jargon = [reports.finding(coded, "jargon.unexplained", i, 11, 16) for i in range(4)]
    (step,) = suggestions(Report(coded, tuple(jargon), (), {}))
    assert (step.quote, [place.utterance for place in step.others]) == ("other", [0, 3])
    assert suggestions(Report(coded, tuple(jargon[1:3]), (), {})) == ()
