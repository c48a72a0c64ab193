"""Names of one person merged; labels that seem exchanged noticed, and repaired on request."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_roles import HELPING, talk
from transcript_rapport.errors import SettingsError
from transcript_rapport.roles import assign, exchanged
from transcript_rapport.roles.names import merged
from transcript_rapport.session import Session
from transcript_rapport.settings import DEFAULTS, Settings

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
LONG = HELPING * 4
ONE_BY_ONE = ("Dr. Lee", "Maya", "Lee, Susan", "Maya", "Susan Lee (host)", "Maya")


def of(*labels: str) -> Session:
    return talk([(label, "The bus was late again.") for label in labels])


def test_spellings_of_one_person_are_merged_with_a_note() -> None:
    session, kept = merged(of(*ONE_BY_ONE))
    assert session.speakers == ("Dr. Lee", "Maya")
    assert kept["Lee, Susan"] == "Dr. Lee"
    assert session.notes == ("Lee, Susan and Susan Lee (host) and Dr. Lee: read as one person, Dr. Lee",)


@pytest.mark.parametrize(
    "labels",
    [
        ("Mr Hart", "T", "Mrs Hart", "T"),
        ("Lee", "Susan Lee", "T", "Lee", "Susan Lee", "Lee", "Susan Lee"),
        ("Dr. Lee", "T", "Lee (client)", "T"),
        ("Lee", "T", "Susan Lee", "T", "Tom Lee", "T"),
        ("Mother", "T", "Child's mother", "T"),
        ("Speaker 1", "T", "Speaker 2", "T", "Speaker (3)", "T"),
        ("T", "C1", "T", "C2"),
        ("Susan", "Susan Lee"),
        ("A", "T", "Ann A", "T"),
    ],
)
def test_two_people_stay_two(labels: tuple[str, ...]) -> None:
    session = of(*labels)
    assert merged(session)[0] is session


@pytest.mark.parametrize("pair", [("P", "p"), ("S. Lee", "Susan Lee"), ("Susan", "Susan Lee"), ("Lee, Ann", "Ann Lee")])
def test_more_spellings(pair: tuple[str, str]) -> None:
    assert len(merged(of(pair[0], "T", pair[1], "T"))[0].speakers) == 2


def test_the_user_may_name_any_spelling() -> None:
    decided = assign(of(*ONE_BY_ONE), Settings(practitioner="Lee, Susan"))
    assert decided.labels("practitioner") == ("Dr. Lee",)


def exchange(session: Session, first: int, last: int) -> Session:
    other = {"T": "C", "C": "T"}
    said = (replace(u, speaker=other[u.speaker]) if first <= u.index <= last else u for u in session)
    return replace(session, utterances=tuple(said))


RIGHT = talk(LONG, a="T", b="C")
WRONG = exchange(RIGHT, 12, 25)


def test_an_exchanged_stretch_is_said_with_its_place() -> None:
    decided = assign(WRONG)
    assert decided.utterances == WRONG.utterances
    assert decided.notes == ("utterances 12 to 25: by how each talks, the labels T and C seem exchanged; look at them",)


def test_an_exchanged_stretch_is_repaired_on_request() -> None:
    decided = assign(WRONG, DEFAULTS.with_changes({"repair_roles": True}))
    assert decided.utterances == RIGHT.utterances
    assert "were exchanged back" in decided.notes[0]
    with pytest.raises(SettingsError, match="true or false"):
        DEFAULTS.with_changes({"repair_roles": "yes"})


def test_nothing_is_said_where_nothing_is_exchanged() -> None:
    assert assign(RIGHT).notes == ()
    both = {"a": "T", "b": "C"}
    assert assign(talk([("d", "Hello all."), *LONG], d="Observer", **both)).notes == ()


def test_an_answer_inside_the_question_is_given_to_whom_it_belongs() -> None:
    mixed = "Would it be all right if I asked how you have been feeling? I don't know, I just feel so awful and scared."
    session = talk([*HELPING, ("a", mixed), ("b", "I was.")], a="T", b="C")
    session = replace(session, utterances=tuple(replace(u, start_ms=1000 * u.index) for u in session))
    told = assign(session)
    assert len(told) == 10
    assert told.notes[0].startswith("utterance 8 (from 00:00:08): the words after T's question seem to be the answer")
    repaired = assign(session, Settings(repair_roles=True))
    assert [(u.speaker, u.text[:7], u.start_ms) for u in repaired[8:10]] == [
        ("T", "Would i", 8000),
        ("C", "I don't", 8000),
    ]
    assert [u.index for u in repaired] == list(range(11))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 31), st.integers(0, 31))
def test_repair_never_loses_words_or_order(one: int, two: int) -> None:
    repaired = assign(exchange(RIGHT, min(one, two), max(one, two)), Settings(repair_roles=True))
    assert [u.text for u in repaired] == [u.text for u in RIGHT]
    assert set(repaired.roles) == {"T", "C"}


@pytest.mark.skipif(not CORPORA.is_dir(), reason=f"the corpora are not at {CORPORA}")
def test_a_recognised_session_with_exchanged_labels_is_noticed() -> None:
    from transcript_rapport.training.exchanged import decided
    from transcript_rapport.training.known import hlqc

    found = {known.session.name: decided(known) for known in hlqc(CORPORA / "hlqc")}
    assert exchanged.stretches(found["hlqc-high_050"])[0].last == 36
    assert exchanged.stretches(found["hlqc-high_063"])
    assert not exchanged.stretches(found["hlqc-high_003"])


def test_a_practitioners_words_in_a_clients_turns_are_told_where_there_are_no_marks() -> None:
    usual = [("a", "so how was the week"), ("b", "it was long and wet and i was at home most of it")]
    joined = (
        "i sleep badly since the move yeah how do you feel in the morning i feel worn out",
        "it was my sister okay tell me a bit more about your sister she is older than me",
    )

    def notes(*said: str) -> tuple[str, ...]:
        lines = [line for words in said for line in (*usual, ("a", "right"), ("b", words))]
        return exchanged.checked(talk(lines).with_roles({"a": "practitioner", "b": "client"}, 1.0, "")).notes

    (note,) = notes(*joined)
    assert note == "b's utterances 3, 7 seem to hold words of a; others may, too"
    assert not notes(joined[0]), "one such turn may be the client's own question"
    assert not notes(*(f"{words}?" for words in joined)), "whoever sets marks seldom joins two speakers"
