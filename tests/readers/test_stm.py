"""NIST's segment time marks and words with times: what in them is talk, and who is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.asking import complaint, one, said, sessions, times
from transcript_rapport.readers import read

STM = """;; CATEGORY "0" "" ""
;; LABEL "O" "Overall" "Overall"
visit A inter_segment_gap 0.00 0.50 <o,f0,unknown>
visit A lee 0.50 2.25 <o,f0,female> how was the week
visit B hart 2.30 4.00 <o,f0,male> (%hesitation) {long / longish / @} <unk>

visit A lee 3.75 5 <NA> you got here
visit A lee 5.00 6.00 <o,f0,female> ignore_time_segment_in_scoring
visit A excluded_region 6.00 9.00
visit B hart 9.00 9.50 mhm
"""


def test_segments_are_utterances() -> None:
    assert said("a.stm", STM) == [
        ("lee", "how was the week"),
        ("hart", "[hesitation] long [unintelligible]"),
        ("lee", "you got here"),
        ("hart", "mhm"),
    ]
    assert times("a.stm", STM)[2] == ("lee", 3750, 5000)
    session = one("a.stm", STM)
    assert session.format == "STM"
    assert session.notes == ("lines 3, 8, 9: a gap or what scoring leaves out, no talk, left out",)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("it 's {um} fine {BREATH}", "it 's um fine [BREATH]"),
        ("read(2) %uh (well) <laugh>", "read uh well [laugh]"),
        ("<unk> so <sil> yes", "[unintelligible] so yes"),
        ("that is 9 / 10 (I think so)", "that is 9 / 10 (I think so)"),
    ],
)
def test_marks_of_scoring_are_taken_out(written: str, plain: str) -> None:
    assert said("a.stm", f"v 1 a 0 1 {written}\nv 1 b 1 2 yes\n")[0][1] == plain


def test_channels_below_each_other_that_name_nobody() -> None:
    text = "v A unknown 0 1 how was it\nv A unknown 3 4 you came\nv B unknown 1.5 2 long\n"
    session = one("a.stm", text)
    assert [(u.speaker, u.text) for u in session] == [
        ("Channel A", "how was it"),
        ("Channel B", "long"),
        ("Channel A", "you came"),
    ]
    assert session.notes == ("the channels stand one below the other; their lines were put in order of their start",)


def test_several_recordings_are_several_sessions() -> None:
    text = "".join(f"v{n} 1 {who} {at} {at + 1} hello there\n" for n in (1, 2) for at, who in enumerate("ab"))
    assert [(s.name, s.speakers) for s in sessions("a.stm", text)] == [("a-v1", ("a", "b")), ("a-v2", ("a", "b"))]


def test_content_decides_and_not_the_name() -> None:
    assert one("a.txt", STM).notes[0] == "named .txt but holds STM; read as that"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        (
            "visit A lee four 5.0 what",
            "this is no segment of an STM file (visit A lee four 5.0 what); expected a file,",
        ),
        ("visit A lee 15.0 14.0 what", "the words end before they start"),
    ],
)
def test_bad_segments(line: str, seen: str) -> None:
    assert complaint("a.stm", f"{STM}{line}\n").startswith(f"a.stm:11: {seen}")


def test_a_file_that_is_none() -> None:
    assert complaint("a.stm", "Just some words\nand some more.").startswith(
        "a.stm:1: this is no segment of an STM file"
    )


CTM = """;; aligned
v A 0.50 0.20 how 0.98
v A 0.70 0.20 was 0.99
v A 0.90 0.10 <eps> 1.00
v B 1.10 0.40 long
v A 1.60 0.30 mhm -1
v A 9.60 0.30 well 0.50
"""


def test_words_of_two_channels() -> None:
    assert times("a.ctm", CTM) == [
        ("Channel A", 500, 1900),
        ("Channel B", 1100, 1500),
        ("Channel A", 9600, 9900),
    ]
    assert said("a.ctm", CTM)[0] == ("Channel A", "how was mhm")
    assert one("a.txt", CTM).format == "CTM"


def test_words_of_several_recordings() -> None:
    text = CTM + CTM.replace("v ", "w ").replace(";;", ";; ")
    assert [s.name for s in sessions("a.ctm", text)] == ["a-v", "a-w"]


def test_words_that_name_nobody_are_refused() -> None:
    told = complaint("a.ctm", CTM.replace(" B ", " A "))
    assert "no speaker is named; expected at least two speakers; name who speaks" in told
    assert complaint("a.ctm", CTM + "v A * * <ALT_BEGIN>\n").startswith("a.ctm:8: this is no word of a CTM file")


def test_times_of_speakers_without_words_are_named() -> None:
    rttm = "".join(f"SPEAKER v 1 {at}.00 2.00 <NA> <NA> {who} <NA> <NA>\n" for at, who in ((1, "lee"), (4, "hart")))
    for name in ("a.rttm", "a.stm", "a.txt"):
        assert complaint(name, rttm).startswith(name)
    assert "RTTM (it says who spoke when, and holds no words)" in complaint("a.rttm", rttm)


def test_a_file_a_speaker(tmp_path: Path) -> None:
    word = "v 1 {:.2f} 0.40 hello 0.9\n"
    for name, start in (("visit_doctor.ctm", 0.5), ("visit_patient.ctm", 3.5)):
        (tmp_path / name).write_text(word.format(start) + word.format(start + 10))
    (session,) = read(tmp_path / "visit_doctor.ctm", tmp_path / "visit_patient.ctm", together=True)
    assert [u.speaker for u in session] == ["doctor", "patient", "doctor", "patient"]


def test_a_table_that_says_the_same_stays_a_table() -> None:
    rows = [f"v\tA\t{'TC'[at % 2]}\t{at}.0\t{at}.5\thow was the week then\n" for at in range(6)]
    assert one("a.tsv", "".join(rows)).format != "STM"
    assert one("a.stm", "".join(rows)).format == "STM"
