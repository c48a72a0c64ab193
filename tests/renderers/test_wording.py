from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.renderers import reports
from transcript_rapport.renderers import introduction, making, wording
from transcript_rapport.report import Coded, Measure, Report, Statement
from transcript_rapport.session import Session, Utterance


def of(*labels: str) -> Report:
    """A report in which the first label is the practitioner's and the others are clients'."""
    spoken = tuple(Utterance(i, label, "Hello.") for i, label in enumerate(labels))
    roles = dict.fromkeys(labels, "client") | {labels[0]: "practitioner"}
    session = Session("invented", spoken).with_roles(roles, 1.0, "")  # type: ignore[arg-type]
    report = reports.bare()
    return replace(report, coded=replace(report.coded, session=session, statements=(), labels=()))


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (("Physio", "Patient"), "the physio talked with the patient"),
        (("Social worker", "Parent"), "the social worker talked with the parent"),
        (("Supporter", "Seeker"), "the supporter talked with the seeker"),
        (("GP", "Client 2"), "the GP talked with the client 2"),
        (("Therapist", "Amira", "Mother"), "the therapist talked with Amira and the mother"),
        (("Dr Lee", "Doctor Who"), "Dr Lee talked with Doctor Who"),
        (("T", "C"), "the practitioner (T) talked with the client (C)"),
    ],
)
def test_words_for_roles_take_an_article_and_names_do_not(labels: tuple[str, ...], told: str) -> None:
    assert told in introduction.opening(of(*labels))


@pytest.mark.parametrize(
    ("base", "of", "note", "told"),
    [
        (1, "turns with advice", wording.TOO_LITTLE, "Counted on 1 turn with advice: too little to say."),
        (1, "terms a lay adult may not know", "", "Counted on 1 term a lay adult may not know."),
        (1, "reflections and questions", "", "Counted on 1 reflection or question."),
        (1, "affirmations and statements of general praise", "", "Counted on 1 affirmation or statement of general"),
        (6, "openings", "of these, 1 was passed over", "Counted on 6 openings. Of these, 1 was passed over."),
    ],
)
def test_what_stands_behind_a_number_is_said_once(base: int, of: str, note: str, told: str) -> None:
    assert wording.behind(Measure("room.m", "M", 0.5, "share", base, of, note=note)).startswith(told)


def test_how_two_clients_share_the_talk_is_told() -> None:
    assert "; Anna said 1 word in 1 turn and the mother 1 in 1; " in introduction.opening(of("T", "Anna", "Mother"))
    assert "said 1 word" not in introduction.opening(of("T", "Anna"))


def test_after_whom_of_two_clients_it_was_received_is_told() -> None:
    lines = [
        ("Anna", "I miss the boat."),
        ("T", "You miss it."),
        ("Tom", "So do I."),
        ("T", "Anna?"),
        ("Anna", "Yes."),
        ("T", "You do."),
    ]
    reflects, validates = {"reflection.simple": 0.9}, {"validation.affirm": 0.9}
    opening = introduction.opening(couple(lines, {1: reflects, 5: validates}))
    assert "; of these, 2 came after Anna spoke and none after Tom." in opening
    opening = introduction.opening(couple(lines, {1: reflects, 3: reflects | validates, 5: validates}))
    assert (
        "2 statements are marked as reflecting what was said and 2 as validating it; of these 3 statements " in opening
    )
    assert "(1 does both), 2 came after Anna spoke and 1 after Tom." in opening
    assert "came after" not in introduction.opening(couple(lines[1:3] + lines[3:] * 2, {0: reflects | validates}))
    assert "came after" not in introduction.opening(of("T", "Anna", "Tom"))


def couple(lines: list[tuple[str, str]], codes: dict[int, dict[str, float]]) -> Report:
    """A report on T with Anna and Tom, with the codes of some utterances."""
    session = Session("s", tuple(Utterance(i, *line) for i, line in enumerate(lines)))
    session = session.with_roles({"T": "practitioner", "Anna": "client", "Tom": "client"}, 1.0, "said")
    said = (Statement(u.index, 0, len(u.text), codes.get(u.index, {}), codes.get(u.index, {})) for u in session)
    return replace(reports.bare(), coded=Coded(session, tuple(said), ()))


def test_several_clients_are_told_in_the_plural() -> None:
    assert making.certainty(of("T", "Anna", "Tom")) == "Practitioner: T; clients: Anna and Tom."
    assert making.certainty(of("T", "Anna")) == "Practitioner: T; client: Anna."


@given(st.text(alphabet="ab .", max_size=400), st.integers(20, 150))
def test_the_end_of_a_text_is_kept_in_whole_words(text: str, width: int) -> None:
    ended = wording.ended(text, width)
    plain = " ".join(text.split())
    assert len(ended) <= width
    assert plain.endswith(ended.removeprefix("… "))
    assert ended == plain or ended.startswith("… ")


def test_a_cut_never_parts_a_not_from_what_it_denies() -> None:
    told = "It began on Monday, and it is not like the pulling in the leg that came with the stairs."
    cut = [wording.ended(told, width) for width in range(30, len(told))]
    assert any("like the pulling" in words for words in cut)
    assert all("not like" in words for words in cut if "like the" in words)


def test_after_a_not_the_next_clause_is_kept_and_never_what_stood_last() -> None:
    told = "He sleeps, not as long as he did in the old flat, but it is the stairs that I worry about."
    assert wording.ended(told, 66) == "… but it is the stairs that I worry about."
    told = "And since the spring he has not slept as long as he used to sleep in the old flat by the harbour."
    assert wording.ended(told, 60) == "… he has not … used to sleep in the old flat by the harbour."


def test_what_is_cut_is_not_what_was_meant() -> None:
    told = f"I was so ashamed of the garden, {'and then we went and bought a new fence and painted it ' * 3}"
    assert wording.until(told, told.index("ashamed")) == "I was so ashamed of the garden…"
    assert wording.until("I was ashamed, so.", 5) == "I was ashamed, so."
