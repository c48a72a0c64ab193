"""Subtitles as services and hand editing leave them."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.asking import complaint, one, said, times

TEAMS = """\ufeffWEBVTT

7c1-a/12-0
0:0:1.0 --> 0:0:2.250
<v.loud Ann Lee>I was thinking we</v>

7c1-a/12-1
0:0:2.500 --> 0:0:4.90
<v Ann Lee>could start.</v>

7c1-a/13-0
0:0:5.120 --> 0:0:6.0
<v Bob>Yes</v>

7c1-a/14-0
0:0:9.0 --> 0:0:9.500
<v Bob>Fine</v>
"""


def test_cues_that_go_on_with_a_sentence_are_one_utterance() -> None:
    session = one("a.vtt", TEAMS)
    assert [(u.text, u.start_ms, u.end_ms) for u in session] == [
        ("I was thinking we could start.", 1_000, 4_090),
        ("Yes", 5_120, 6_000),
        ("Fine", 9_000, 9_500),
    ]
    assert "line 8: goes on with the sentence above, joined to it" in session.notes


def test_what_says_where_utterances_begin_is_left_alone() -> None:
    ours = TEAMS.replace("WEBVTT", "WEBVTT - transcript-rapport")
    assert len(one("a.vtt", ours)) == 4
    srt = "1\n00:00:01,000 --> 00:00:02,000\nT: So\n\n2\n00:00:02,000 --> 00:00:03,000\nT: well\n\n"
    assert len(one("a.srt", srt + "3\n00:00:04,000 --> 00:00:05,000\nC: Hm\n")) == 3


def test_rolling_captions_are_taken_once() -> None:
    lines = ["T: so how", "was the week", "C: it was", "long I think", "T: very long"]
    shown = [f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{a}\n{b}\n" for n, (a, b) in enumerate(pairwise(lines))]
    session = one("a.vtt", "WEBVTT\n\n" + "\n".join(shown))
    assert " ".join(u.text for u in session) == "so how was the week it was long I think very long"
    assert any("rolling captions: 3 lines" in note for note in session.notes)


def test_words_said_twice_are_kept() -> None:
    cues = [f"0{n}:00.000 --> 0{n}:01.000\n<v {w}>Yeah.</v>\n" for n, w in enumerate("ABAB")]
    assert len(one("a.vtt", "WEBVTT\n\n" + "\n".join(cues))) == 4


def test_sbv() -> None:
    text = "0:00:01.000,0:00:02.500\nT: Hi.\n\n0:00:03.000,0:00:04.000\nC: Ho.\n"
    assert times("a.sbv", text) == [("T", 1_000, 2_500), ("C", 3_000, 4_000)]
    assert one("a.txt", text).format == "SBV"


def test_dashes_mark_two_speakers() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nT: Well.\n\n2\n00:00:03,000 --> 00:00:04,000\nC: Yes.\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\n- Good.\n- Is it?\n\n4\n00:00:07,000 --> 00:00:08,000\n- C: No.\n- T: Oh.\n"
    )
    assert said("a.srt", text)[2:] == [("C", "Good."), ("T", "Is it?"), ("C", "No."), ("T", "Oh.")]
    assert any(note.startswith("line 10: dashes mark two speakers") for note in one("a.srt", text).notes)


def _srt(*timings: str) -> str:
    return "\n".join(f"{n}\n{timing}\n{'TC'[n % 2]}: Word {n}.\n" for n, timing in enumerate(timings, 1))


def test_damaged_cues_are_mended_and_told_by_line() -> None:
    text = _srt(
        "00:00:01,000 --> 00:00:02,000",
        "00:00:03:500 -> 00;00;04,000",
        "00:00:06,000 --> 00:00:05,000",
        "00:00:0x,000 --> 00:00:09,000",
        "00:00:10,000 --> 00:00:11,000",
    )
    session = one("a.srt", text)
    assert [u.text for u in session] == [f"Word {n}." for n in range(1, 6)]
    assert [u.start_ms for u in session] == [1_000, 3_500, 6_000, session[2].end_ms, 10_000]
    assert all((u.end_ms or 0) >= (u.start_ms or 0) for u in session)
    assert "lines 10, 14: the cue's times are damaged, set between its neighbours'" in session.notes


def test_blank_lines_inside_a_cue_and_notes_below_it() -> None:
    text = (
        "WEBVTT\n\nNOTE nothing\nof note\n\n00:01.000 --> 00:02.000\n<v T>One.\n\nTwo.\n\nSTYLE\n::cue {}\n\n"
        "id\n00:03.000 --> 00:04.000\n<v C>Three.\n\nNOTE the end"
    )
    assert said("a.vtt", text) == [("T", "One. Two."), ("C", "Three.")]
    assert "line 9: words below a blank line, taken into the cue above" in one("a.vtt", text).notes


def test_cues_out_of_place_are_sorted_but_another_recording_is_refused() -> None:
    cues = ["00:00:01,000 --> 00:00:02,000", "00:00:05,000 --> 00:00:06,000", "00:00:03,000 --> 00:00:04,000"]
    session = one("a.srt", _srt(*cues))
    assert [u.text for u in session] == ["Word 1.", "Word 3.", "Word 2."]
    assert "line 10: earlier than the cue above, put in its place by time" in session.notes
    far = ["01:00:00,000 --> 01:00:02,000", "01:00:05,000 --> 01:00:06,000", "00:00:03,000 --> 00:00:04,000"]
    assert "run backwards" in complaint("a.srt", _srt(*far))


CUES = st.lists(
    st.tuples(
        st.sampled_from("TC"),
        st.sampled_from(["So.", "well", "I see\nthat", "oh &amp; <i>no</i>"]),
        st.integers(0, 4_000),
    ),
    min_size=2,
    max_size=12,
).filter(lambda cues: len({speaker for speaker, *_ in cues}) == 2)


@settings(max_examples=40, deadline=None)
@given(CUES)
def test_no_word_is_lost_and_time_never_decreases(cues: list[tuple[str, str, int]]) -> None:
    text, at = "WEBVTT\n", 0
    for speaker, words, gap in cues:
        at += gap
        text += (
            f"\n00:{at // 1000:02}.{at % 1000:03} --> 00:{at // 1000 + 1:02}.{at % 1000:03}\n<v {speaker}>{words}</v>\n"
        )
    session = one("a.vtt", text)
    plain = [words.replace("&amp;", "&").replace("<i>", "").replace("</i>", "") for _, words, _ in cues]
    assert Counter(" ".join(plain).split()) == Counter(" ".join(u.text for u in session).split())
    starts = [u.start_ms or 0 for u in session]
    assert starts == sorted(starts)
    assert all((u.end_ms or 0) >= (u.start_ms or 0) for u in session)
