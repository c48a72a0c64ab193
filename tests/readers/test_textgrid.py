import pytest

from tests.readers.asking import complaint, one, said, times

HEAD = (
    'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 9\ntiers? <exists>\nsize = 2\nitem []:\n'
)


def tier(name: str, *intervals: tuple[float, float, str]) -> str:
    count = len(intervals)
    lines = [f'item [1]:\n class = "IntervalTier"\n name = "{name}"\n xmin = 0\n xmax = 9\n intervals: size = {count}']
    for number, (start, end, text) in enumerate(intervals, 1):
        lines.append(f'  intervals [{number}]:\n  xmin = {start}\n  xmax = {end}\n  text = "{text}"')
    return "\n".join(lines) + "\n"


POINTS = """item [3]:
 class = "TextTier"
 name = "bell"
 xmin = 0
 xmax = 9
 points: size = 1
 points [1]:
  number = 2.5
  mark = "ding"
"""
LONG = (
    HEAD
    + tier("worker", (0, 1, ""), (1, 2.5, 'She said ""go"".'), (3, 4, "Two\nlines."))
    + tier("parent", (2, 3.25, "Yes."))
)
SHORT = """File type = "ooTextFile"
"TextGrid"

0
9
<exists>
2
"IntervalTier"
"worker"
0
9
3
0
1
""
1
2.5
"She said ""go""."
3
4
"Two
lines."
"IntervalTier"
"parent"
0
9
1
2
3.25
"Yes."
"""


@pytest.mark.parametrize("content", [LONG, SHORT, LONG.replace("\n", "\r\n"), LONG + POINTS])
def test_long_and_short_form(content: str) -> None:
    expected = [("worker", 'She said "go".'), ("parent", "Yes."), ("worker", "Two lines.")]
    assert said("a.TextGrid", content) == expected
    assert said("a.TextGrid", content.encode("utf-16")) == expected
    assert times("a.TextGrid", content) == [
        ("worker", 1_000, 2_500),
        ("parent", 2_000, 3_250),
        ("worker", 3_000, 4_000),
    ]


def test_point_tiers_and_word_tiers_are_left_out_and_told() -> None:
    words = tier("parent - words", (2, 3, "Yes"))
    session = one("a.TextGrid", LONG + words + POINTS)
    assert session.speakers == ("worker", "parent")
    assert any("'bell'" in note and "points" in note for note in session.notes)
    assert any("'parent - words'" in note for note in session.notes)


def test_transcribers_marks_are_spelt_out_and_told() -> None:
    text = (
        HEAD
        + tier("d", (0, 1, "Is it <UNSURE>sore</UNSURE>?"))
        + tier("p", (1, 2, "<UNIN/>"), (2, 3, "<INAUDIBLE_SPEECH/> yes"))
    )
    session = one("a.TextGrid", text)
    assert [u.text for u in session] == ["Is it sore?", "[unintelligible]", "[inaudible] yes"]
    assert len(session.notes) == 3


def test_a_file_cut_short_is_told() -> None:
    whole = HEAD + tier("p", (0, 1, "Hi.")) + tier("d", (1, 2, "One."), (2, 3, "Two."))
    session = one("a.TextGrid", whole[: whole.index("  intervals [2]")])
    assert len(session) == 2
    assert "tier 'd': 2 intervals announced, 1 found" in session.notes[0]


def test_bad_textgrids() -> None:
    assert "give the files of one session" in complaint("a.TextGrid", HEAD + tier("d", (0, 1, "Hi.")))
    assert "never closed" in complaint("a.TextGrid", LONG + '"')
    assert "a.TextGrid:16: an interval breaks off" in complaint(
        "a.TextGrid", HEAD + tier("d", (0, 1, "x")).split("  text")[0]
    )
    assert "a.TextGrid:16: the words end before they start" in complaint("a.TextGrid", HEAD + tier("d", (4, 1, "x")))
    assert "no text" in complaint("a.TextGrid", HEAD)
    assert "not a TextGrid" in complaint("a.TextGrid", "Nothing of the kind.")
