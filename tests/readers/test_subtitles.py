from tests.readers.asking import complaint, one, said, times

VTT = """WEBVTT - invented

STYLE
::cue(v) { color: red }

NOTE this --> is a comment

1
00:01.000 --> 00:03.500 align:start position:0%
<v Dr. Lee>Rock &amp; <i>roll</i>?</v>
<v.loud Ann>Yes,
always.</v>

00:00:04.000 --> 00:00:05.000
And more.

00:06.000 --> 00:07.000

00:08.000 --> 00:09.000
<v Dr. Lee>More.</v>
"""


def test_voices_tags_entities_and_cues_that_go_on() -> None:
    session = one("a.vtt", VTT)
    assert [(u.speaker, u.text) for u in session] == [
        ("Dr. Lee", "Rock & roll?"),
        ("Ann", "Yes, always."),
        ("Ann", "And more."),
        ("Dr. Lee", "More."),
    ]
    assert session.format == "WebVTT"
    assert times("a.vtt", VTT)[:2] == [("Dr. Lee", 1_000, 3_500), ("Ann", 1_000, 3_500)]
    assert any("line 14" in note and "above" in note for note in session.notes)
    assert "line 17: no text, left out" in session.notes


SRT = """1
00:00:01,000 --> 00:00:02,000
Physio: Lift it.

2
00:00:03,000 --> 00:00:04,000
Patient: He said: no.
It hurts.

3
00:00:05,000 --> 00:00:06,500
Here's one: <b>ow</b>.
Physio: Sorry.
"""


def test_srt_names_before_colons() -> None:
    assert said("a.srt", SRT) == [
        ("Physio", "Lift it."),
        ("Patient", "He said: no. It hurts."),
        ("Patient", "Here's one: ow."),
        ("Physio", "Sorry."),
    ]
    assert one("a.srt", SRT).format == "SRT"


def test_subtitles_are_recognised_under_another_name() -> None:
    session = one("a.txt", SRT)
    assert session.format == "SRT"
    assert session.notes[0] == "named .txt but holds SRT; read as that"
    assert one("-", VTT).format == "WebVTT"


def test_names_on_a_line_of_their_own_and_unpadded_milliseconds() -> None:
    text = "0:0:0.0 --> 0:0:1.250\nAnn\nHi.\n0:0:2.90 --> 0:0:4.480\nBob\nHello.\n0:0:5.0 --> 0:0:6.10\nAnn\nSo."
    assert said("a.txt", text) == [("Ann", "Hi."), ("Bob", "Hello."), ("Ann", "So.")]
    assert times("a.txt", text)[1] == ("Bob", 2_090, 4_480)


def test_cues_without_blank_lines_do_not_swallow_numbers() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nT: Hi.\n2\n00:00:03,000 --> 00:00:04,000\nC: Ho.\n"
    assert said("a.srt", text) == [("T", "Hi."), ("C", "Ho.")]


def test_overlapping_voices_are_fine() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:09.000\n<v T>One.\n\n00:02.000 --> 00:03.000\n<v C>Mm.\n"
    assert len(one("a.vtt", text)) == 2


def test_bad_subtitles() -> None:
    backwards = "1\n00:02:10,000 --> 00:02:04,000\nT: Hi.\n\n2\n00:02:11,000 --> 00:02:12,000\nC: Ho."
    assert complaint("a.srt", backwards).startswith("a.srt:2: the words end before they start (00:02:10 → 00:02:04)")
    assert "a.srt:1: the times cannot be read" in complaint("a.srt", "00:00:0x,000 --> 00:00:02,000\nT: Hi.")
    assert "no speaker is named" in complaint("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHi.")
    assert "no text" in complaint("a.vtt", "WEBVTT\n")
    assert "not subtitles" in complaint("a.vtt", "Nothing of the kind.")
