"""Files of one speaker beside which the other speaker's file lies."""

from pathlib import Path

import pytest

from transcript_rapport.errors import ReadError
from transcript_rapport.readers import read

TIMED = "[00:01 - 00:02] Speaker: Hello.\n[00:03 - 00:04] Speaker: So.\n"


def _complaint(folder: Path, names: list[str], text: str = TIMED) -> str:
    for name in names:
        (folder / name).write_text(text)
    with pytest.raises(ReadError) as caught:
        read(folder / names[0])
    return str(caught.value)


@pytest.mark.parametrize(
    ("given", "other"),
    [
        ("x_doctor.txt", "x_patient.txt"),
        ("x_Therapist.txt", "x_Client.txt"),
        ("x interviewer 2.txt", "x interviewee 2.txt"),
        ("client-x.txt", "counsellor-x.txt"),
        ("x_speaker1.txt", "x_speaker2.txt"),
        ("x_Speaker_2.txt", "x_Speaker_1.txt"),
        ("x.D.txt", "x.P.txt"),
        ("doctor.txt", "patient.txt"),
    ],
)
def test_twins_are_named_with_the_command_that_reads_them(tmp_path: Path, given: str, other: str) -> None:
    told = _complaint(tmp_path, [given, other, "y_patient.txt"])
    command = told[told.index("rapport analyse") :]
    assert given in command
    assert other in command
    assert "y_patient" not in command
    assert command.endswith("--together")
    assert len(read(*sorted([tmp_path / given, tmp_path / other]), together=True)[0].speakers) == 2


@pytest.mark.parametrize(
    "names",
    [
        ["x_doctor.txt", "y_patient.txt"],
        ["x_doctor.txt", "x_patient.vtt"],
        ["x_1.txt", "x_2.txt"],
        ["session1.txt", "session2.txt"],
        ["d.txt", "p.txt"],
    ],
)
def test_files_that_only_lie_beside_each_other(tmp_path: Path, names: list[str]) -> None:
    assert "diarisation" in _complaint(tmp_path, names)


def test_without_times_they_could_not_be_put_together(tmp_path: Path) -> None:
    assert "diarisation" in _complaint(tmp_path, ["x_doctor.txt", "x_patient.txt"], "D: Hello.\nD: So.\n")
