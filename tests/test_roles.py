"""Who is the practitioner: by name, by label, by talk, or an honest "cannot tell"."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcript_rapport.errors import RoleError
from transcript_rapport.roles import assign
from transcript_rapport.roles.labels import said_by
from transcript_rapport.session import Session, Utterance
from transcript_rapport.settings import Settings

ROOT = Path(__file__).parents[1]
PRACTICE = ROOT / "corpora" / "practice"
CORPORA = ROOT.parent / "shared" / "corpora"

NEUTRAL = [
    ("a", "It rained on the hill."),
    ("b", "The bus was late again."),
    ("a", "The market opens on Friday."),
    ("b", "Bread costs more there."),
]
HELPING = [
    ("a", "Hello, come in. What brings you here today?"),
    ("b", "I've been feeling awful since my dad died. I can't sleep and I don't know what to do."),
    ("a", "So you've been carrying this on your own. How has that been for you?"),
    ("b", "Hard. I cry in my car before work and I feel stupid about it."),
    ("a", "It sounds like the car is the one place you can let go. Tell me a bit more about that?"),
    ("b", "I just sit there. My wife doesn't know, I never told her."),
    ("a", "Okay. Would it be all right if I asked what stops you telling her?"),
    ("b", "I guess I'm scared she'd worry. I was always the strong one."),
]


def talk(lines: list[tuple[str, str]], **labels: str) -> Session:
    said = [Utterance(n, labels.get(who, who), text) for n, (who, text) in enumerate(lines)]
    return Session("invented", tuple(said), source="invented.txt")


def with_labels(*labels: str) -> Session:
    return talk([(label, "The bus was late again.") for label in labels])


def text_session(path: Path) -> Session:
    found = re.findall(r"^(?:\[[\d:]+\] )?([\w .]+): (.+)$", path.read_text(encoding="utf-8"), flags=re.M)
    return talk(found)


@pytest.mark.parametrize(
    ("labels", "practitioner", "client", "other"),
    [
        (("Therapist", "Client"), ("Therapist",), ("Client",), ()),
        (("C", "T"), ("T",), ("C",), ()),
        (("T1", "C1", "T2", "C2"), ("T1", "T2"), ("C1", "C2"), ()),
        (("P", "D"), ("D",), ("P",), ()),
        (("Dr. Lee", "Maya"), ("Dr. Lee",), ("Maya",), ()),
        (("Dr Lee (client)", "Sam"), ("Sam",), ("Dr Lee (client)",), ()),
        (("Ruth", "Patient"), ("Ruth",), ("Patient",), ()),
        (("SOCIAL WORKER", "Mother", "Father"), ("SOCIAL WORKER",), ("Mother", "Father"), ()),
        (
            ("day1_consultation02_doctor", "day1_consultation02_patient"),
            *[(f"day1_consultation02_{w}",) for w in ("doctor", "patient")],
            (),
        ),
        (("Therapist", "Jonas", "Maya"), ("Therapist",), ("Jonas", "Maya"), ()),
        (("Therapist 1", "Therapist 2", "Client"), ("Therapist 1", "Therapist 2"), ("Client",), ()),
        (
            ("Doctor", "Interpreter for the patient", "Patient"),
            ("Doctor",),
            ("Patient",),
            ("Interpreter for the patient",),
        ),
        (("D", "P", "I"), ("D",), ("P",), ("I",)),
        (("Interviewer", "Speaker 2"), ("Interviewer",), ("Speaker 2",), ()),
        (("Counsellor", "Client", "Supervisor"), ("Counsellor",), ("Client",), ("Supervisor",)),
        (("Child psychologist", "Leo", "Leo's mother"), ("Child psychologist",), ("Leo", "Leo's mother"), ()),
        (("GP", "Student"), ("GP",), ("Student",), ()),
    ],
)
def test_labels_say_who_is_who(
    labels: tuple[str, ...], practitioner: tuple[str, ...], client: tuple[str, ...], other: tuple[str, ...]
) -> None:
    decided = assign(with_labels(*labels), Settings())
    assert decided.labels("practitioner") == practitioner
    assert decided.labels("client") == client
    assert decided.labels("other") == other
    assert decided.role_certainty == 1
    assert "labels" in decided.role_reason


@pytest.mark.parametrize(
    "labels",
    [
        ("Speaker 1", "Speaker 2"),
        ("Speaker I", "Speaker II"),
        ("C", "P"),
        ("T", "R"),
        ("Participant 1", "Pat"),
        ("M", "F"),
        ("D1", "D2"),
    ],
)
def test_labels_that_say_nothing(labels: tuple[str, ...]) -> None:
    assert said_by(labels) == {}


def test_user_decides_before_the_labels() -> None:
    decided = assign(with_labels("Therapist", "Client"), Settings(practitioner="client"))
    assert decided.roles == {"Therapist": "client", "Client": "practitioner"}
    assert decided.role_certainty == 1
    assert "you named Client" in decided.role_reason


def test_user_names_one_of_several() -> None:
    decided = assign(with_labels("Ruth", "Tom", "Interpreter"), Settings(practitioner="Tom"))
    assert decided.roles == {"Ruth": "client", "Tom": "practitioner", "Interpreter": "other"}


def test_unknown_name_lists_the_labels_seen() -> None:
    with pytest.raises(RoleError, match=r"invented\.txt: no speaker is called 'Rut'; expected one of Ruth and Tom"):
        assign(with_labels("Ruth", "Tom"), Settings(practitioner="Rut"))


def test_roles_the_file_gave_are_kept() -> None:
    given_roles = with_labels("x", "y").with_roles({"x": "client", "y": "practitioner"}, 1.0, "the file says so")
    assert assign(given_roles, Settings()) is given_roles


def test_inferred_from_talk() -> None:
    decided = assign(talk(HELPING, a="Ruth", b="Tom"), Settings())
    assert decided.roles == {"Ruth": "practitioner", "Tom": "client"}
    assert 0.9 <= (decided.role_certainty or 0) < 1
    assert decided.role_reason.startswith("inferred from how they talk")
    assert re.search(r"Ruth: \d", decided.role_reason) and "Tom: " in decided.role_reason


def test_inferred_without_punctuation_or_case() -> None:
    spoken = [(who, re.sub(r"[^\w' ]", "", text).lower()) for who, text in HELPING]
    assert assign(talk(spoken), Settings()).labels("practitioner") == ("a",)


def test_practice_session_with_names_only() -> None:
    decided = assign(text_session(PRACTICE / "unlabelled_names.txt"), Settings())
    assert decided.roles == {"Ruth": "client", "Daniel": "practitioner"}


def test_couple_without_telling_labels() -> None:
    couple = text_session(PRACTICE / "couple_session.txt")
    known = assign(couple, Settings())
    hidden = talk([(u.speaker, u.text) for u in couple], Therapist="Kim")
    decided = assign(hidden, Settings())
    assert decided.labels("practitioner") == ("Kim",)
    assert decided.labels("client") == known.labels("client")


def test_inference_keeps_to_those_the_labels_leave_open() -> None:
    lines = [("c", "I know. What do you think, and how did you feel?"), *HELPING]
    decided = assign(talk(lines, a="Ruth", b="Tom", c="Tom's mother"), Settings())
    assert decided.roles == {"Tom's mother": "client", "Ruth": "practitioner", "Tom": "client"}


def test_too_uncertain_names_labels_and_says_what_to_do() -> None:
    with pytest.raises(RoleError) as caught:
        assign(talk(NEUTRAL, a="Ruth", b="Tom"), Settings())
    told = str(caught.value)
    assert "Ruth (asks in 0 of 2 turns), Tom (asks in 0 of 2 turns)" in told
    assert "--practitioner LABEL" in told
    assert str(pickle.loads(pickle.dumps(caught.value))) == told


def test_another_language_is_left_open() -> None:
    german = [
        ("a", "Guten Tag, was führt Sie her?"),
        ("b", "Mir geht es nicht gut."),
        ("a", "Seit wann?"),
        ("b", "Seit Mai."),
    ]
    with pytest.raises(RoleError):
        assign(talk(german * 10), Settings())


@pytest.mark.parametrize(
    ("labels", "match"),
    [
        (("Ruth",), "only Ruth speaks"),
        (("Doctor", "Nurse"), "a client as well"),
        (("Client", "Mother"), "a practitioner and a client"),
    ],
)
def test_a_side_is_missing(labels: tuple[str, ...], match: str) -> None:
    with pytest.raises(RoleError, match=match):
        assign(with_labels(*labels), Settings())


def test_labels_that_may_be_exchanged_are_remarked_on() -> None:
    right = assign(talk(HELPING * 3, a="Therapist", b="Client"), Settings())
    swapped = assign(talk(HELPING * 3, a="Client", b="Therapist"), Settings())
    assert not right.doubts
    assert swapped.labels("practitioner") == ("Therapist",)
    assert "seem exchanged" in swapped.doubts[0]


def test_labels_of_several_clients_that_may_be_exchanged_are_remarked_on() -> None:
    lines = [*HELPING * 3, ("c", "Oh, I know.")]
    swapped = assign(talk(lines, a="Client", b="Therapist", c="Father"), Settings())
    assert swapped.doubts[0].endswith("seem exchanged; Client talks most like a practitioner")
    named = assign(talk(lines, a="Client", b="Therapist", c="Father"), Settings(practitioner="Therapist"))
    assert not named.doubts


def test_an_interpreter_alone_is_the_clients_voice() -> None:
    decided = assign(talk(HELPING, a="Dr Moor", b="Interpreter"), Settings())
    assert decided.labels("client") == ("Interpreter",) and "read as the client's words" in decided.notes[0]
    beside = assign(talk([*HELPING, ("c", "Yes.")], a="Dr Moor", b="Interpreter", c="Patient"), Settings())
    assert beside.labels("client") == ("Patient",) and not beside.notes


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("defghjklmopqruvwxyz", min_size=5, max_size=8), min_size=2, max_size=2, unique=True))
def test_names_do_not_change_who_is_chosen(names: list[str]) -> None:
    """Neutral names, whatever they are and however they sort."""
    one, two = (f"Q{name}" for name in names)
    decided = assign(talk(HELPING, a=one, b=two), Settings())
    plain = assign(talk(HELPING), Settings())
    assert decided.labels("practitioner") == (one,)
    assert decided.role_certainty == plain.role_certainty


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=30)), max_size=12))
def test_any_text_is_decided_or_refused(lines: list[tuple[str, str]]) -> None:
    try:
        decided = assign(talk(lines), Settings())
    except RoleError:
        return
    assert set(decided.roles) == set(decided.speakers)
    assert len(decided.labels("practitioner")) == 1


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs the public corpora in ../shared/corpora")
def test_never_wrong_on_a_few_medical_interviews() -> None:
    from itertools import islice

    from transcript_rapport.training.known import fareez

    for known in islice(fareez(CORPORA / "fareez-osce"), 5):
        assert assign(known.session, Settings()).labels("practitioner") == ("A",)
