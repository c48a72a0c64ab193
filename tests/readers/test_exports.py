"""Shapes of services' and research tools' exports, with invented talk: speakers and times are kept."""

from __future__ import annotations

import json

import pytest

from tests.readers.asking import Timed, complaint, one, times

TEXTS: dict[str, tuple[str, Timed]] = {
    "f4, times at the end": (
        "I: How was it?\nI mean this week. #00:00:04-2#\n\nB: Long. #00:00:09-0#\n\nI: Mm. #00:00:10-5#\nB: So. #00:00:11-0#\n",  # noqa: E501
        [("I", 0, 4200), ("B", 4200, 9000), ("I", 9000, 10_500), ("B", 10_500, 11_000)],
    ),
    "f4, times at the head": (
        "#00:00:01-0# I: How was it?\n#00:00:04-5# B: Long.\n",
        [("I", 1000, None), ("B", 4500, None)],
    ),
    "InqScribe": (
        "[00:00:10.05] Ann: How was it?\n\n[00:00:14.20] Bo: Long.\n",
        [("Ann", 10_050, None), ("Bo", 14_200, None)],
    ),
    "NVivo": (
        "Timespan\tContent\tSpeaker\n0:00.0 - 0:04.2\tHow was it?\tAnn\n0:04.2 - 0:09.0\tLong.\tBo\n",
        [("Ann", 0, 4200), ("Bo", 4200, 9000)],
    ),
    "Transana": ("Ann:\t(0:00:01.2)How was it?\nBo:\t(0:00:04.0)Long.\n", [("Ann", 1200, None), ("Bo", 4000, None)]),
    "Teams, copied": (
        "Hart, Ann 0 minutes 3 seconds 0:03\nHow?\nLin, Bo 1 minute 9 seconds 1:09\nLong.\nHart, Ann 1 minute 12 seconds 1:12\nMm.\n",  # noqa: E501
        [("Hart, Ann", 3000, None), ("Lin, Bo", 69_000, None), ("Hart, Ann", 72_000, None)],
    ),
    "Happy Scribe": (
        "00:00:01 - Ann\nHow was it?\n\n00:00:04 - Bo\nLong.\n\n00:00:08 - Ann\nMm.\n",
        [("Ann", 1000, None), ("Bo", 4000, None), ("Ann", 8000, None)],
    ),
    "Sally": (
        "Speaker 1 - 00:01\nHow?\n\nSpeaker 2 - 00:04\nLong.\n",
        [("Speaker 1", 1000, None), ("Speaker 2", 4000, None)],
    ),
    "Webex": (
        'WEBVTT\n\n1 "Ann Hart" (2541)\n00:00:01.000 --> 00:00:03.000\nHow?\n\n2 "Bo" (25)\n00:00:04.000 --> 00:00:05.000\nLong.\n',  # noqa: E501
        [("Ann Hart", 1000, 3000), ("Bo", 4000, 5000)],
    ),
    "Premiere, with frames": (
        "00:00:01:15 - 00:00:04:00\nAnn\nHow was it?\n\n00:00:04:00 - 00:00:09:00\nBo\nLong.\n\n"
        "00:00:09:00 - 00:00:10:00\nAnn\nMm.\n\n00:00:11:00 - 00:00:12:00\nBo\nSo.\n",
        [("Ann", 1500, 4000), ("Bo", 4000, 9000), ("Ann", 9000, 10_000), ("Bo", 11_000, 12_000)],
    ),
    "seconds of a script": (
        "[3.40s -> 5.10s] Ann: How?\nBo [5.4 - 7.1]: Long.\nAnn (8.0-9.25): Mm.\n[10.00s - 11.50s] Bo: So.\n",
        [("Ann", 3400, 5100), ("Bo", 5400, 7100), ("Ann", 8000, 9250), ("Bo", 10_000, 11_500)],
    ),
    "a time in brackets before a name of its own": (
        "(0:03) Ann\nHow?\n\n(0:09) Bo\nLong.\n\n(0:12) Ann\nMm.\n\n(0:14) Bo\nSo.\n",
        [("Ann", 3000, None), ("Bo", 9000, None), ("Ann", 12_000, None), ("Bo", 14_000, None)],
    ),
    "names in brackets": (
        "WEBVTT\n\n00:01.000 --> 00:03.000\n[Ann] How?\n\n00:04.000 --> 00:05.000\n[Bo] Long.\n\n00:06.000 --> 00:07.000\n[Ann] Mm.\n",  # noqa: E501
        [("Ann", 1000, 3000), ("Bo", 4000, 5000), ("Ann", 6000, 7000)],
    ),
}


@pytest.mark.parametrize("shape", TEXTS)
def test_speakers_and_times_of_text(shape: str) -> None:
    content, expected = TEXTS[shape]
    assert times("a.vtt" if content.startswith("WEBVTT") else "a.txt", content) == expected


@pytest.mark.parametrize(
    "shape",
    ["{}: {}", "{}\t{}", "{} - {}", "[{}] {}", "{} {}", "{}> {}"],
    ids=lambda shape: shape.replace("\t", " tab "),
)
@pytest.mark.parametrize("people", [("NB", "PS"), ("KB", "CR"), ("Q", "A")])
def test_initials(shape: str, people: tuple[str, str]) -> None:
    lines = ["How was it?", "Long. A week of it.", "And work?", "Work: too much.", "Mm.", "So it goes."]
    text = "\n".join(shape.format(people[at % 2], line) for at, line in enumerate(lines))
    assert [(u.speaker, u.text) for u in one("a.txt", text)] == [(people[n % 2], line) for n, line in enumerate(lines)]


def test_what_heads_a_remark_is_no_speaker() -> None:
    assert one("a.txt", "T: How?\nC: Long.\nNB: she cried.\nT: Mm.\nC: So.\nT: I see.\n").speakers == ("T", "C")


def test_a_courts_record() -> None:
    lines = [
        "BY MS. BECK:",
        "Q.   How are you?",
        "A.   Fine, a little",
        "tired.",
        "THE COURT:  Speak up.",
        "Q.   Since when?",
    ]
    lines += ["A.   Last week.", "MR. LOW:  Objection.", "THE COURT:  Go on.", "MR. LOW:  Thank you."]
    lines += ["Q.   And before?", "A.   No.", "Q.   Never?", "A.   Never at all.", "Q.   I see.", "A.   Yes."]
    for head in ("{1}", "{0:2}     {1}"):
        text = "\n".join(head.format(n, line) for n, line in enumerate(lines, start=1))
        session = one("a.txt", text)
        assert session.speakers == ("Q", "A", "THE COURT", "MR. LOW")
        assert session[1].text == "Fine, a little tired."


def test_a_services_notice_is_no_talk() -> None:
    session = one("a.txt", "Ann  0:03\nHow?\n\nBo  0:09\nLong.\n\nTranscribed by https://otter.ai\n")
    assert session[-1].text == "Long."
    assert session.notes == ("line 7: a service's own notice, left out",)


SCRIBE = [
    ("How", 0.1, 0.3, "word", 0),
    (" ", 0.3, 0.4, "spacing", 0),
    ("was", 0.4, 0.6, "word", 0),
    ("?", 0.6, 0.6, "word", 0),
    (" ", 0.6, 1.4, "spacing", 0),
    ("Long.", 1.4, 1.6, "word", 1),
    ("(laughs)", 1.7, 2.0, "audio_event", 1),
]
JSONS: dict[str, tuple[object, Timed, str]] = {
    "ElevenLabs": (
        {
            "words": [
                {"text": w, "start": a, "end": b, "type": k, "speaker_id": f"speaker_{s}"} for w, a, b, k, s in SCRIBE
            ]
        },
        [("speaker_0", 100, 600), ("speaker_1", 1400, 2000)],
        "How was? Long. (laughs)",
    ),
    "Teams": (
        {
            "entries": [
                {
                    "text": "How?",
                    "speakerDisplayName": "Ann",
                    "speakerId": "x",
                    "startOffset": "00:00:01.1000000",
                    "endOffset": "00:00:02",
                },
                {
                    "text": "Long.",
                    "speakerDisplayName": "Bo",
                    "speakerId": "y",
                    "startOffset": "00:00:04.1000000",
                    "endOffset": "00:00:05",
                },
            ]
        },
        [("Ann", 1100, 2000), ("Bo", 4100, 5000)],
        "How? Long.",
    ),
    "Symbl": (
        {
            "messages": [
                {"text": "How?", "from": {"name": "Ann", "email": "-"}, "start": 1.0, "duration": 2.0},
                {"text": "Long.", "from": {"name": "Bo"}, "start": 4.0, "duration": 1.0},
            ]
        },
        [("Ann", 1000, 3000), ("Bo", 4000, 5000)],
        "How? Long.",
    ),
}


@pytest.mark.parametrize("shape", JSONS)
def test_speakers_and_times_of_json(shape: str) -> None:
    document, expected, words = JSONS[shape]
    content = json.dumps(document)
    assert times("a.json", content) == expected
    assert " ".join(u.text for u in one("a.json", content)) == words


def test_what_holds_no_words_is_named() -> None:
    assert "LENA" in complaint("a.its", '<?xml version="1.0"?><ITS fileName="a"><Recording/></ITS>')


def test_more_words_than_anybody_says_at_a_stretch_are_told() -> None:
    session = one("a.txt", "T: Hello.\nC: " + "word " * 3001 + "\nT: So.\n")
    assert len(session[1].text.split()) == 3001
    assert any(note.startswith("line 2: more than 3,000 words") for note in session.notes)
    assert not one("a.txt", "T: Hello.\nC: " + "word " * 3000 + "\nT: So.\n").notes
