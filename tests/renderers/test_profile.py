from dataclasses import replace

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.analysis import report_on
from transcript_rapport.errors import SettingsError
from transcript_rapport.renderers import dimensions, kinds, review
from transcript_rapport.renderers.highlights import strengths
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.report import Measure, Span, Threshold
from transcript_rapport.settings import DEFAULTS

FIRM = Threshold("MITI 4.2.1: fair 1, good 2", 1, 2, "MITI 4.2.1")


def test_each_measure_has_one_place_in_the_profile() -> None:
    report = report_on(reports.full(times=True).coded)
    shown = [*dimensions.six(report), *dimensions.beside(report)]
    parts = [m.name for d in shown for group in (d.counted, d.not_found, d.little, d.missing) for m in group]
    assert sorted(parts) == sorted(m.name for m in report.measures)


def test_six_dimensions_stand_there_even_where_nothing_was_measured() -> None:
    assert [d.key for d in dimensions.six(reports.bare())] == [
        *("balance", "listening", "validation", "acceptance", "language", "partnership")
    ]
    assert dimensions.beside(reports.bare()) == []


def test_a_room_of_a_third_party_is_shown_beside_the_six() -> None:
    strange = Measure("weather.sun", "Sun", 1.0, "hours", 1, "days")
    (shown,) = dimensions.beside(replace(reports.bare(), measures=(strange,)))
    assert (shown.title, shown.counted) == ("Weather", (strange,))


def test_what_has_enough_to_count_leads() -> None:
    little = Measure("talk.practitioner_time_share", "T", 0.5, "share", 9, "s", note="too little to say")
    firm = Measure("talk.mean_practitioner_turn_words", "W", 12.0, "words", 40, "turns")
    (balance, *_) = dimensions.six(replace(reports.bare(), measures=(little, firm)))
    assert balance.leads == (firm,)
    (balance, *_) = dimensions.six(replace(reports.bare(), measures=(little,)))
    assert balance.leads == (little,)


def test_new_kinds_have_titles_families_and_sides() -> None:
    told = {
        kind: (kinds.kind_title(kind), kinds.family(kind).key, kinds.side(kind))
        for kind in (
            "opening.missed",
            "rupture.repaired",
            "partnership.options",
            "question.stacked",
            "frame.referral",
            "x.y",
        )
    }
    assert told == {
        "opening.missed": ("An opening passed over", "opening", "look"),
        "rupture.repaired": ("A sign of strain, turned towards", "rupture", "helpful"),
        "partnership.options": ("Options offered", "partnership", "helpful"),
        "question.stacked": ("Several questions at once", "question", "look"),
        "frame.referral": ("Referral talked about", "frame", "neutral"),
        "x.y": ("X: y", "other", "neutral"),
    }


def test_a_missed_opening_is_something_to_try_and_a_repair_a_strength() -> None:
    lines = [
        ("C", "I am so afraid of it.", ["client.emotion"]),
        ("T", "Next, the form. You feel it goes too fast?", []),
    ] * 2
    report = replace(reports.bare(), coded=invented.coded(lines))
    missed = reports.finding(report.coded, "opening.missed", 1, answers=Span(0, 0, 21))
    repaired = reports.finding(report.coded, "rupture.repaired", 3)
    report = replace(report, findings=(missed, repaired))
    assert [(h.kind, h.heard) for h in suggestions(report)] == [("opening.missed", "I am so afraid of it.")]
    assert [h.kind for h in strengths(report)] == ["rupture.repaired"]


@pytest.mark.parametrize(("said", "told"), [("I am afraid of it.", "of it.”"), ("I am afraid of it", "of it”.")])
def test_a_quote_that_ends_a_sentence_gets_no_second_full_stop(said: str, told: str) -> None:
    coded = invented.coded([("C", said, ["client.emotion"]), ("T", "Next, the form.", [])])
    missed = reports.finding(coded, "opening.missed", 1, answers=Span(0, 0, len(said)))
    (stop,) = review.stops(replace(reports.bare(), coded=coded, findings=(missed,)))
    assert f"The client had said: “I am afraid {told}" in stop.why


def test_the_review_list_is_in_order_of_the_session_and_short() -> None:
    report = reports.full(times=True)
    found = review.stops(report)
    assert [stop.place for stop in found] == sorted(stop.place for stop in found)
    assert {stop.kind for stop in found} == {"advice.directive", "judgment.dismiss", "jargon.unexplained"}
    assert found[0].time == "0:30"
    assert len(review.stops(report, most=2)) == 1


@pytest.mark.parametrize(("low", "high", "told"), [(0.2, 0.8, review.BELOW), (2.1, 5.0, review.ABOVE), (0.5, 1.5, "")])
def test_only_a_whole_interval_beyond_a_threshold_is_a_reason(low: float, high: float, told: str) -> None:
    measure = Measure("a.b", "R:Q", (low + high) / 2, "ratio", 40, "both", low, high, FIRM)
    found = review.reasons(replace(reports.bare(), measures=(measure,)))
    assert [(side, len(sentences)) for side, sentences in found] == ([(told, 1)] if told else [])
    assert review.reasons(replace(reports.bare(), measures=(replace(measure, note="too little to say"),))) == []


def test_numbers_below_and_above_a_threshold_are_told_apart() -> None:
    pairs = ((0.2, 0.8), (2.1, 5.0), (0.3, 0.7))
    told = [Measure(f"a.b{low}", "R:Q", (low + high) / 2, "ratio", 40, "both", low, high, FIRM) for low, high in pairs]
    found = dict(review.reasons(replace(reports.bare(), measures=tuple(told))))
    assert {side: len(sentences) for side, sentences in found.items()} == {review.BELOW: 2, review.ABOVE: 1}


def test_an_unknown_reader_is_told_which_there_are() -> None:
    with pytest.raises(SettingsError, match="trainee"):
        DEFAULTS.with_changes({"reader": "boss"})
