"""Typescripts as printed: interjections in brackets, page heads and page numbers."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.asking import one, said, times
from transcript_rapport.readers.typescripts import page_heads
from transcript_rapport.timestamps import shared_out


def test_words_put_in_become_the_other_speakers_own() -> None:
    text = "T1 Hello. [C: Hi.]\nC1 It was long (T: Mm-hm) and grey. (T: Grey.)\nT2 So it was (sighs) a grey one.\n"
    session = one("a.txt", text)
    assert [(u.speaker, u.text) for u in session] == [
        ("T", "Hello."),
        ("C", "Hi."),
        ("C", "It was long"),
        ("T", "Mm-hm"),
        ("C", "and grey."),
        ("T", "Grey."),
        ("T", "So it was (sighs) a grey one."),
    ]
    assert "lines 1, 2: words in brackets with a label, given to that speaker" in session.notes


def test_brackets_without_somebody_elses_label_stay_words() -> None:
    text = "T: Hello (note: again). (T: me)\nC: Hi [inaudible] (crying).\nT: So (1:30) it is."
    assert [words for _, words in said("a.txt", text)] == [
        "Hello (note: again). (T: me)",
        "Hi [inaudible] (crying).",
        "So (1:30) it is.",
    ]


def test_the_time_of_a_turn_is_shared_out() -> None:
    text = "[0:00 - 0:10] T: abcd (C: mmm) efg\n[0:10 - 0:12] C: Yes."
    assert times("a.txt", text) == [("T", 0, 4_000), ("C", 4_000, 7_000), ("T", 7_000, 10_000), ("C", 10_000, 12_000)]


PAGES = """Session with M. 1

T: How was the week?
C: Long, and then it
went on and on.
12
Rapport Study, Volume 3
T: On and on.
C: I could not say when
Session with M. 2
it would end.
T: When it would end.
13
Rapport Study, Volume 3
C: Yes. I counted
14
Rapport Study, Volume 3
seven days.
Session with M. 3
"""


def test_page_heads_and_page_numbers_are_left_out_and_told() -> None:
    session = one("a.txt", PAGES)
    text = " ".join(u.text for u in session)
    assert "Volume" not in text
    assert "Session with" not in text
    assert "say when it would end." in text
    assert "I counted seven days." in text
    assert "page heads or page numbers, left out" in session.notes[0]


def test_numbers_that_are_said_stay() -> None:
    text = "T: How many?\nC: Let me see.\n9\nT: Nine?\nC: I count:\n1\n2\n3\nT: And page?\nC: Page one.\n"
    assert [u.text for u in one("a.txt", text)][1:4] == ["Let me see. 9", "Nine?", "I count: 1 2 3"]


@settings(deadline=None)
@given(st.lists(st.text("ab 12\f", max_size=6), max_size=20), st.sets(st.integers(0, 20)))
def test_page_heads_are_never_talk(lines: list[str], talk: set[int]) -> None:
    found = page_heads(lines, talk)
    assert found.isdisjoint(talk)
    assert all(0 <= index < len(lines) for index in found)


@settings(deadline=None)
@given(st.integers(0, 10**7), st.integers(0, 10**7), st.lists(st.integers(0, 500), min_size=1, max_size=20))
def test_shared_time_has_no_gap_and_no_rest(start: int, length: int, lengths: list[int]) -> None:
    parts = shared_out(start, start + length, lengths)
    assert len(parts) == len(lengths)
    assert parts[0][0] == start
    assert all(a[1] == b[0] for a, b in pairwise(parts))
    assert sum(lengths) == 0 or parts[-1][1] == start + length
