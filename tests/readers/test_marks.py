"""Speakers marked otherwise than by a colon at the head of a line, in invented talk."""

from __future__ import annotations

import pytest

from tests.readers.asking import complaint, one, said, times

WORDS = ["How was the walk?", "Cold, and I went.", "You went.", "I did."]
TALK = list(zip(["Therapist", "Client"] * 2, WORDS, strict=True))


@pytest.mark.parametrize(
    "form",
    [
        "{}\n{}\n\n",
        "### {}\n\n{}\n\n",
        "> **{}**\n> {}\n\n",
        "<{}> {}\n",
        "({}) {}\n",
        "{} - {}\n",
        "{} — {}\n\n",
        "{} | {}\n",
        "{} -> {}\n",
        "7. {} - {}\n",
        "{}    {}\n",
    ],
)
def test_one_talk_without_colons(form: str) -> None:
    text = "".join(form.format(who, words) for who, words in TALK)
    assert said("a.txt", text) == TALK
    assert any("no colons after the speakers" in note for note in one("a.txt", text).notes)


def test_letters_before_a_full_stop_and_line_numbers() -> None:
    lines = [f"{number:>4}   {'QA'[number % 2]}.  {words}" for number, words in enumerate(WORDS * 2, start=1)]
    lines.insert(3, "")
    session = one("a.txt", "\n".join(lines))
    assert [u.speaker for u in session] == ["A", "Q"] * 4
    assert [u.text for u in session] == WORDS * 2
    assert "line numbers, left out" in session.notes


def test_pauses_on_numbered_lines_keep_no_number() -> None:
    lines = ["T: So how", "   was it", "C: Well", "   (2.0)", "   it was long", "T: Long"]
    numbered = "\n".join(f"{number:02}  {line}" for number, line in enumerate(lines, start=1))
    assert said("a.txt", numbered) == [("T", "So how was it"), ("C", "Well (2.0) it was long"), ("T", "Long")]


@pytest.mark.parametrize("form", ["[00:0{2}] ({0}) {1}\n", "00:0{2} - 00:0{2}\n{0}\n{1}\n\n", "00:0{2} | {0} | {1}\n"])
def test_times_before_names_without_colons(form: str) -> None:
    text = "".join(form.format(who, words, at) for at, (who, words) in enumerate(TALK))
    assert [(who, start) for who, start, _ in times("a.txt", text)] == [
        (who, 1000 * at) for at, (who, _) in enumerate(TALK)
    ]


def test_everything_in_one_paragraph() -> None:
    text = " ".join(f"{who}: {words}" for who, words in TALK)
    assert said("a.txt", text) == TALK
    assert said("a.txt", f"Session 4\n\n{text}") == TALK


def test_colons_win_where_they_head_the_lines() -> None:
    text = "Ann: We tried - and failed.\nBo: Well - maybe.\nAnn: Sure. I see.\nBo: Sure. Fine.\n"
    assert [words for _, words in said("a.txt", text)] == [line.partition(": ")[2] for line in text.splitlines()]


@pytest.mark.parametrize("text", ["".join(f"{words}\n" for words in WORDS * 3), "".join(f"- {w}\n" for w in WORDS)])
def test_nobody_is_invented(text: str) -> None:
    assert "no speaker labels were found" in complaint("a.txt", text)


def test_marks_that_nobody_sees_do_not_hide_a_label() -> None:
    text = "".join(f"\u200f{who}\u200e\u00a0:\u202f{words}\u200e\n" for who, words in TALK)
    assert said("a.txt", text) == TALK


@pytest.mark.parametrize("label", ["D.W.", "Client (M.L.)", "Dr. O’Neil-Smith (she/her)"])
def test_labels_with_initials_and_titles(label: str) -> None:
    assert one("a.txt", f"{label}: How?\nB.: Long.\n{label}: Mm.\nB.: So.").speakers == (label, "B.")


@pytest.mark.parametrize("form", ["({}) {}: {}\n", "[{}] {}: {}\n", "{:03} {}: {}\n"])
def test_numbers_of_turns_in_brackets(form: str) -> None:
    assert said("a.txt", "".join(form.format(at, *turn) for at, turn in enumerate(TALK, start=1))) == TALK


@pytest.mark.parametrize(
    "end",
    [
        "END TRANSCRIPT\n",
        "[End of recording]\n",
        "\nEnd of session\n\nConfidential: for the team only.\n",
        "\nCONFIDENTIAL – not to be copied.\nPage two of it.\n",
    ],
)
def test_what_stands_after_the_talk_is_left_out_and_told(end: str) -> None:
    session = one("a.txt", "".join(f"{who}: {words}\n" for who, words in TALK) + end)
    assert session[-1].text == WORDS[-1]
    assert any("after the talk, left out" in note for note in session.notes)


def test_an_end_in_the_midst_ends_nothing() -> None:
    text = "T: How?\nC: Fine.\nEnd of tape\nT: And now?\nC: Fine."
    assert [u.speaker for u in one("a.txt", text)] == ["T", "C", "T", "C"]


def test_a_form_at_the_head_is_no_talk() -> None:
    form = "Date of session: 3/12\n\nClient: M.L.\n\nTherapist: Robin Vale\n\nLocation: Room 3\n\n"
    assert said("a.txt", form + "T: How?\n\nC: Long.\n\nT: Mm.\n\nC: So.") == [
        ("T", "How?"),
        ("C", "Long."),
        ("T", "Mm."),
        ("C", "So."),
    ]


def test_a_list_in_early_talk_is_talk() -> None:
    text = "T: What did we plan?\n\nC: Two things, I believe.\n\nHomework: the walk.\n\nT: Yes.\n\nC: I went."
    assert one("a.txt", text)[0].text == "What did we plan?"
