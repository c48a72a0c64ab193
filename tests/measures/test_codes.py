"""The rooms that count codes and findings, against values worked out by hand."""

from __future__ import annotations

import pytest

from tests.invented import coded
from transcript_rapport.measures import acceptance, client, language, listening, partnership, validation
from transcript_rapport.report import Finding, Span
from transcript_rapport.settings import DEFAULTS

LINES = [
    ("T", "What brings you here?", ["question.open", "behaviour=question"]),
    ("C", "I want to drink less.", ["client.disclosure", "talk=change"]),
    ("T", "You want less of it?", ["reflection.simple", "question.closed", "behaviour=reflection"]),
    ("C", "But it helps me sleep.", ["talk=sustain"]),
    ("T", "Mm-hmm.", ["facilitation"]),
    ("C", "I am ashamed of it.", ["client.emotion", "client.disclosure"]),
    ("T", "Part of you is proud you came.", ["reflection.complex", "validation.affirm", "behaviour=reflection"]),
    ("C", "I could try.", ["talk=change"]),
    ("T", "Is it every day?", ["question.closed", "behaviour=question"]),
    ("C", "Most days.", []),
    ("T", "You must stop.", ["advice.directive", "behaviour=input"]),
    ("C", "Hm.", []),
    ("T", "Some people keep a diary, if you like.", ["advice.permitted", "partnership.autonomy", "behaviour=input"]),
]
CODED = coded(LINES)  # 7 practitioner statements, 6 practitioner turns, 6 client statements


def measured(room, findings=(), settings=DEFAULTS, of=CODED):
    return {m.name: m for m in room.measure(of, findings, settings)}


def finding(kind, index):
    utterance = CODED.session[index]
    return Finding(kind, utterance, 0, len(utterance.text), "why", "source")


def test_listening():
    got = measured(listening)
    values = {name.removeprefix("listening."): m.value for name, m in got.items()}
    assert values == pytest.approx(
        {
            "reflections_per_ten_turns": 2 / 6 * 10,
            "open_questions_per_ten_turns": 1 / 6 * 10,
            "closed_questions_per_ten_turns": 1 / 6 * 10,
            "facilitation_per_ten_turns": 1 / 6 * 10,
            "complex_reflection_share": 1 / 2,
            "reflection_to_question_ratio": 2 / 2,
            "open_question_share": 1 / 2,
            "question_utterance_share": 2 / 7,
            "reflection_utterance_share": 2 / 7,
            "input_utterance_share": 2 / 7,
            "other_utterance_share": 1 / 7,
        }
    )
    ratio = got["listening.reflection_to_question_ratio"]
    assert (ratio.base, ratio.base_of) == (4, "reflections and questions")
    assert [span.utterance for span in ratio.evidence] == [0, 2, 6, 8]
    assert "too little to say" in ratio.note
    assert "kappa 0.11" in got["listening.complex_reflection_share"].note


def test_enough_counted_says_nothing_about_too_little():
    got = measured(listening, of=coded(LINES * 3))
    assert got["listening.reflection_to_question_ratio"].note == ""
    assert got["listening.reflection_to_question_ratio"].base == 12


def test_validation():
    got = measured(validation)
    assert got["validation.validations_per_ten_turns"].value == pytest.approx(10 / 6)
    assert got["validation.affirm_per_hundred_statements"].value == pytest.approx(100 / 7)
    assert got["validation.normalise_per_hundred_statements"].value == 0
    assert got["validation.affirm_per_hundred_statements"].evidence == (Span(6, 0, len(LINES[6][1])),)


def test_acceptance():
    found = [finding("judgment.moralise", 10), finding("judgment.confront", 10), finding("jargon.explained", 12)]
    got = measured(acceptance, found)
    assert got["acceptance.judgments_per_hundred_statements"].value == pytest.approx(200 / 7)
    assert got["acceptance.moralise_findings"].value == 1
    assert got["acceptance.label_findings"].value == 0
    assert got["acceptance.moralise_findings"].base == 7
    off = measured(acceptance, (), DEFAULTS.with_changes({"detectors": ["jargon"]}))
    assert {m.value for m in off.values()} == {None}
    assert {m.note for m in off.values()} == {"the judgment detector was not run"}


def test_language():
    found = [finding("jargon.unexplained", 6), finding("jargon.unexplained", 8), finding("jargon.explained", 12)]
    got = measured(language, found)
    assert got["language.unexplained_jargon_per_ten_turns"].value == pytest.approx(20 / 6)
    assert got["language.explained_jargon_share"].value == pytest.approx(1 / 3)
    assert got["language.mean_statement_words"].value == pytest.approx((4 + 5 + 7 + 4 + 3 + 8) / 6)
    assert "proxy" in got["language.mean_statement_words"].note
    assert measured(language)["language.explained_jargon_share"].value is None
    off = measured(language, found, DEFAULTS.with_changes({"detectors": ["judgment"]}))
    assert off["language.unexplained_jargon_per_ten_turns"].note == "the jargon detector was not run"


def test_partnership():
    got = measured(partnership, [finding("advice.directive", 10)])
    values = {name.removeprefix("partnership."): m.value for name, m in got.items()}
    assert values == pytest.approx(
        {
            "collaborate_per_ten_turns": 0,
            "autonomy_per_ten_turns": 10 / 6,
            "transparency_per_ten_turns": 0,
            "advice_with_room_per_ten_turns": 10 / 6,
            "advice_without_permission_per_ten_turns": 10 / 6,
            "advice_with_permission_share": 1 / 2,
            "information_share": 0,
        }
    )


def test_advice_is_counted_as_it_is_marked_by_whatever_way_it_came_to_be() -> None:
    by_a_remark, rate = [finding("advice.directive", 12)], "partnership.{}_per_ten_turns"
    got = measured(partnership, by_a_remark)
    assert got[rate.format("advice_without_permission")].evidence == (by_a_remark[0].span,)
    assert got[rate.format("advice_with_room")].evidence == ()
    assert got["partnership.advice_with_permission_share"].value == 0
    unlooked = measured(partnership, settings=DEFAULTS.with_changes({"detectors": ["judgment"]}))
    assert [span.utterance for span in unlooked[rate.format("advice_without_permission")].evidence] == [10]


def test_client():
    got = measured(client)
    assert got["client.change_talk_utterances"].value == 2
    assert got["client.sustain_talk_utterances"].value == 1
    assert got["client.change_talk_share"].value == pytest.approx(2 / 3)
    assert got["client.change_talk_share"].base == 3
    assert got["client.emotion_per_hundred_statements"].value == pytest.approx(100 / 6)
    assert got["client.disclosure_per_hundred_statements"].value == pytest.approx(200 / 6)


def test_what_is_not_there_is_not_measurable_rather_than_nought():
    of = coded([("T", "Good morning.", ["structure"]), ("C", "Morning.", [])])
    missing = {
        "listening.complex_reflection_share": "no reflection was found",
        "listening.reflection_to_question_ratio": "no question was found",
        "listening.open_question_share": "no question was found",
        "partnership.advice_with_permission_share": "no advice was found",
        "client.change_talk_share": "neither change nor sustain talk was found",
    }
    got = measured(listening, of=of) | measured(partnership, of=of) | measured(client, of=of)
    assert {name: (got[name].value, got[name].note) for name in missing} == {n: (None, w) for n, w in missing.items()}
