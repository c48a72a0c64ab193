from dataclasses import replace

from tests import invented
from tests.renderers import reports
from transcript_rapport.renderers.highlights import strengths
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.report import Measure, Report

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


def test_words_that_are_flagged_are_not_praised_at_the_same_time() -> None:
    flagged = {f.utterance for f in reports.full().of_kind("judgment", "advice", "jargon")}
    assert not flagged & {h.place.utterance for h in strengths(reports.full()) if h.place}


def test_a_clients_own_words_are_neither_praised_nor_corrected() -> None:
    coded = invented.coded([("T", "Hm.", []), ("C", "I am just a junkie, you should know.", [])])
    report = Report(coded, (reports.finding(coded, "judgment.label", 1),), (), {})
    assert strengths(report) == ()
    assert suggestions(report) == ()


def test_suggestions_are_at_most_three_judgment_first_each_with_another_way() -> None:
    found = suggestions(replace(reports.full(), measures=()))
    assert [h.kind for h in found] == ["judgment.dismiss", "advice.directive", "jargon.unexplained"]
    assert all(h.quote and h.why and h.source and h.suggestion for h in found)
    assert found[2].around == reports.LINES[6][1]


def test_what_shaped_the_whole_session_comes_before_a_single_term() -> None:
    ratio = Measure(RATIO, "R:Q", 0.2, "ratio", 12, "reflections and questions", 0.1, 0.5)
    found = suggestions(replace(reports.full(), measures=(ratio,)))
    assert [h.kind for h in found] == ["judgment.dismiss", "advice.directive", RATIO]


def test_without_findings_measures_may_suggest_something() -> None:
    ratio = Measure(RATIO, "R:Q", 0.2, "ratio", 12, "reflections and questions", 0.1, 0.5)
    found = suggestions(replace(reports.full(), findings=(), measures=(ratio,)))
    assert [h.kind for h in found] == [ratio.name]
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
