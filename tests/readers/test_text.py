import pytest

from tests.readers.asking import complaint, one, said, times


def test_turns_over_lines_with_blank_lines_between() -> None:
    text = "Therapist: How was\n  the week?\n\nClient: Long.\n\nVery long.\nTherapist: Long."
    assert said("a.txt", text) == [
        ("Therapist", "How was the week?"),
        ("Client", "Long. Very long."),
        ("Therapist", "Long."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "T: Hello.\nC: Hi.\nT: So.",
        "T1: Hello.\nC1: Hi.\nT2: So.",
        "T1 Hello.\nC1 Hi.\nT2 So.",
        "T1. Hello.\nC2. Hi.\nT3. So.",
        "1. T: Hello.\n2. C: Hi.\n3. T: So.",
        "12 T: Hello.\n13 C: Hi.\n14 T: So.",
        "**T:** Hello.\n\n**C:** Hi.\n\n**T:** So.",
        "T\tHello.\nC\tHi.\nT\tSo.",
        "T:\nHello.\nC:\nHi.\nT:\nSo.",
        ">> T: Hello.\n>> C: Hi.\n>> T: So.",
        "t: Hello.\nC: Hi.\nT: So.\nT:",
        "\ufeffT: Hello.\r\nC: Hi.\r\nT: So.\r\n",
    ],
)
def test_one_talk_typed_in_many_ways(text: str) -> None:
    spoken = [(who.upper(), words) for who, words in said("a.txt", text)]
    assert spoken == [("T", "Hello."), ("C", "Hi."), ("T", "So.")]


def test_digits_that_number_turns_are_taken_off_and_told() -> None:
    session = one("a.txt", "T1 Hello.\nC1 Hi.\nT2 How are you?\nC2 B12 is low.\nB12 and iron.\nT3 Low.")
    assert session.speakers == ("T", "C")
    assert session[3].text == "B12 is low. B12 and iron."
    assert any("numbers" in note for note in session.notes)


@pytest.mark.parametrize("therapist", ["T", "T1"])
def test_digits_that_tell_people_apart_stay(therapist: str) -> None:
    text = f"{therapist}: Hello both.\nC1: Hi.\nC2: Hi.\n{therapist}: So?\nC2: He sulks.\nC1: I don't.\nC2: See?"
    assert one("a.txt", text).speakers == (therapist, "C1", "C2")


def test_numbered_speakers_never_become_one() -> None:
    assert one("a.txt", "Speaker 1: Hi.\nSpeaker 2: Hello.").speakers == ("Speaker 1", "Speaker 2")


def test_a_colon_in_speech_is_no_speaker() -> None:
    text = (
        "Dr. Lee: Two things matter here: sleep and food.\nMrs Hart: I told him: no.\n"
        "So here's the thing: I can't.\nI said: never.\nI said: never.\nHomework: I forgot it.\n"
        "Dr. Lee: At 12:30 you said yes.\nSee http://example.org\nMrs Hart: Did I?\n"
    )
    session = one("a.txt", text)
    assert session.speakers == ("Dr. Lee", "Mrs Hart")
    assert len(session) == 4
    assert session[1].text.endswith("Homework: I forgot it.")


def test_names_that_speak_once_where_every_line_has_a_label() -> None:
    text = "Ruth: He's late.\nDaniel: Am I?\nCounsellor: Let's begin.\nRuth: Fine."
    assert one("a.txt", text).speakers == ("Ruth", "Daniel", "Counsellor")


@pytest.mark.parametrize(
    "text",
    [
        "[00:01:02] T: Hello.\n[00:01:05] C: Hi.",
        "00:01:02 T: Hello.\n00:01:05 C: Hi.",
        "(1:02) T: Hello.\n(1:05) C: Hi.",
        "T [00:01:02]: Hello.\nC [00:01:05]: Hi.",
        "T: [1:02] Hello.\nC: (1:05) Hi.",
        "[00:01:02]\nT: Hello.\n[00:01:05]\nC: Hi.",
        "T  1:02\nHello.\n\nC  1:05\nHi.",
        "[00:01:02.000] T: Hello.\n[00:01:05,000] C: Hi.",
        "T @ 1:02\nHello.\n\nC @ 1:05\nHi.",
        "@1:02 - **T**\nHello.\n\n@1:05 - **C**\nHi.",
        "**T** *[1:02]*: Hello.\n\n**C** *[1:05]*: Hi.",
        "[T|1:02] Hello.\n[C|1:05] Hi.",
    ],
)
def test_times_stand_in_many_places(text: str) -> None:
    assert said("a.txt", text) == [("T", "Hello."), ("C", "Hi.")]
    assert times("a.txt", text) == [("T", 62_000, None), ("C", 65_000, None)]


@pytest.mark.parametrize(
    "text",
    ["[00:01 - 00:03] T: Hello.\n[00:02 - 00:05] C: Hi.", "0:01 --> 0:03 [T]: Hello.\n0:02 --> 0:05 [C]: Hi."],
)
def test_ranges_give_ends(text: str) -> None:
    assert times("a.txt", text) == [("T", 1_000, 3_000), ("C", 2_000, 5_000)]


def test_a_time_without_a_speaker_goes_on_with_the_one_above() -> None:
    text = "[00:01] T: Hello.\n[00:04] C: Well.\n[00:09] It was hard.\n[00:15] T: Hard."
    assert times("a.txt", text)[2] == ("C", 9_000, None)


def test_slips_of_the_pen_are_repaired_and_told() -> None:
    text = 'D: Any pain?\nP: No.\nD; Fever?\nP No.\nD" Cough?\nP:: Some.\np: At night.\nD: OK.'
    session = one("a.txt", text)
    assert [u.speaker for u in session] == list("DPDPDPPD")
    assert "lines 3, 4, 5" in session.notes[0]


@pytest.mark.parametrize("wrapped", ["C Diff was what they", "P. Lind had said so", "D'Arcy Road again"])
def test_a_turn_may_go_on_with_a_letter_that_is_a_label(wrapped: str) -> None:
    text = f"D: Any pain?\nC: No.\nP: I told you about the\n{wrapped}\nP No.\nC: No."
    session = one("a.txt", text)
    assert [u.speaker for u in session] == list("DCPC")
    assert session[2].text == f"I told you about the {wrapped} P No."
    assert one("a.txt", text.replace("\nP No.", ".\n\nP No.")).speakers == ("D", "C", "P")


def test_what_stands_above_the_talk_is_left_out_and_told() -> None:
    text = "Session 3\nDate: 12 March\nTherapist: Dr Lee\nClient: M.\n\nT: Hello.\nC: Hi.\nT: So."
    session = one("a.txt", text)
    assert session.speakers == ("T", "C")
    assert "lines 1, 2, 3, 4" in session.notes[0]


def test_a_label_without_words_is_left_out_and_told() -> None:
    session = one("a.txt", "T: Hello.\nC:\nT: Are you there?\nC: Yes.")
    assert [u.text for u in session] == ["Hello.", "Are you there?", "Yes."]
    assert session.notes == ("line 2: no text, left out",)


def test_times_that_run_backwards() -> None:
    told = complaint("a.txt", "[00:10] T: Hello.\n[00:05] C: Hi.\n[00:01] T: So.")
    assert told.startswith("a.txt:2: the times run backwards (00:00:10, then 00:00:05)")


def test_a_small_step_back_in_a_long_file_is_told_not_refused() -> None:
    lines = [f"[00:{i:02}] {'TC'[i % 2]}: Well." for i in range(40)]
    lines[30] = "[00:28] T: Well."
    assert "line 31: the time steps back" in one("a.txt", "\n".join(lines)).notes[0]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("T: Hello.\nT: Anybody?", "only 'T' speaks"),
        ("Just some words\nand some more.", "no speaker labels"),
        ("T:\nC:\n", "nobody says anything"),
        ("@UTF8\n@Begin\n*PAR:\tHello .", "only 'PAR' speaks"),
        ('<?xml version="1.0"?>\n<ANNOTATION_DOCUMENT a="b">', "ELAN"),
    ],
)
def test_text_that_is_no_transcript(text: str, seen: str) -> None:
    assert seen in complaint("a.txt", text)
