"""What the review priority gives as reasons, what it holds for too little, and what keeps a session from waiting."""

from __future__ import annotations

from dataclasses import replace

from tests.across import sessions
from transcript_rapport.renderers import priority
from transcript_rapport.report import Finding, Report, Span

OPEN, REFLECTIONS = "listening.open_question_share", "listening.reflections_per_ten_turns"
WEIGHTS = priority.Weights(
    (priority.Term(OPEN, 0.4, 0.2, -1.0), priority.Term(REFLECTIONS, 5.0, 2.0, -1.0)), 0.0, "for a test"
)


def marked(of: Report, *kinds: str) -> Report:
    """The report with one finding of each kind over its first practitioner's words."""
    spoken = of.session[0]
    return replace(of, findings=tuple(Finding(kind, spoken, 0, len(spoken.text), "why", "source") for kind in kinds))


def test_only_what_is_surely_apart_from_the_reference_is_a_reason() -> None:
    unsure = sessions.with_measures("s", sessions.share(5, 8), sessions.rate(60, 40))
    order = priority.review_priority(unsure, WEIGHTS)
    assert [reason.measure.name for reason in order.reasons] == [REFLECTIONS]
    assert order.unsure == ("Open questions",) and order.without == ()
    only = priority.review_priority(sessions.with_measures("s", sessions.rate(60, 40)), WEIGHTS)
    assert order.value < only.value, "what is unsure moves the number all the same"


def test_few_measures_are_too_short_to_order_unless_something_weighty_stands() -> None:
    nothing = sessions.with_measures("s", sessions.share(2, 3), sessions.rate(1, 3))
    order = priority.review_priority(nothing, WEIGHTS)
    assert order.too_short and (order.counted, order.of) == (0, 2)
    assert not priority.review_priority(sessions.with_measures("s", sessions.share(20, 60)), WEIGHTS).too_short
    weighty = marked(nothing, "judgment.warn", "judgment.warn", "opening.missed")
    assert not priority.review_priority(weighty, WEIGHTS).too_short


def test_weighty_findings_are_told_and_few_are_not() -> None:
    of = sessions.with_measures("s", sessions.share(20, 60))
    assert priority.weighty(marked(of, "judgment.warn", "opening.missed", "jargon.unexplained")) == ""
    told = priority.weighty(marked(of, "judgment.warn", "judgment.criticise", "rupture.passed", "opening.missed"))
    assert told == "2 remarks that may sound judging, 1 sign of strain passed over and 1 opening passed over"


def test_no_number_is_a_reason_to_wait_and_what_waits_has_none() -> None:
    poor = sessions.with_measures("s", sessions.share(2, 60), sessions.rate(20, 40))
    ((heading, reasons),) = priority.review_priority(poor, WEIGHTS).sides
    assert heading == priority.SOONER and all(reason.sooner for reason in reasons)
    late = priority.review_priority(sessions.with_measures("s", sessions.share(55, 60), sessions.rate(60, 40)), WEIGHTS)
    assert late.told == priority.LATE and late.reasons and late.sides == []


def test_where_dying_was_spoken_of_no_number_is_made() -> None:
    calm = sessions.with_measures("s", sessions.share(55, 60), sessions.rate(60, 40))
    order = priority.review_priority(marked(calm, "safety.spoken"), WEIGHTS)
    assert order.spoken and not order.too_short and not order.sides and not order.unsure and not order.without
    assert not priority.review_priority(calm, WEIGHTS).spoken


def test_the_number_says_what_it_was_made_from() -> None:
    assert "counselling demonstrations only" in priority.MEANING and "fitted on counselling" in priority.IN_SHORT


def test_ones_own_life_told_again_and_again_weighs_like_one_finding() -> None:
    own = sessions.rate(15, 16, priority.OWN_LIFE)
    of = sessions.with_measures("s", sessions.share(20, 60))
    place = (Span(0, 0, 4),)
    often = replace(of, measures=(*of.measures, replace(own, evidence=place)))
    assert priority.own_life(often) == place and not priority.own_life(of)
    told = priority.weighty(marked(often, "judgment.warn", "opening.missed"))
    assert told.endswith("and 1 statement that tells of one's own life")
    assert priority.weighty(marked(often, "judgment.warn")) == ""
