import json

import pytest

from tests.readers.asking import complaint, one, said, times

SEGMENTS = [
    {
        "start": 0.5,
        "end": 3.0,
        "text": " How was it? Long.",
        "speaker": "SPEAKER_00",
        "words": [
            {"word": "How", "start": 0.5, "end": 0.8, "score": 0.9, "speaker": "SPEAKER_00"},
            {"word": "was", "start": 0.8, "end": 1.0, "score": 0.9, "speaker": "SPEAKER_00"},
            {"word": "it?", "start": 1.0, "end": 1.2, "score": 0.9},
            {"word": "Long.", "start": 2.4, "end": 3.0, "score": 0.9, "speaker": "SPEAKER_01"},
        ],
    },
    {
        "start": 3.5,
        "end": 9.0,
        "text": " In 2014, yes.",
        "words": [
            {"word": "In", "start": 3.5, "end": 3.6, "score": 0.9, "speaker": "SPEAKER_01"},
            {"word": "2014,"},
            {"word": "yes.", "start": 8.0, "end": 8.4, "score": 0.9, "speaker": "SPEAKER_00"},
        ],
    },
]
WHISPERX = json.dumps({"segments": SEGMENTS, "word_segments": [], "language": "en"})


def test_whisperx_words_find_their_speaker() -> None:
    session = one("a.json", WHISPERX)
    assert session.format == "WhisperX JSON"
    assert [(u.speaker, u.text, u.start_ms) for u in session] == [
        ("SPEAKER_00", "How was it?", 500),
        ("SPEAKER_01", "Long.", 2_400),
        ("SPEAKER_01", "In 2014,", 3_500),
        ("SPEAKER_00", "yes.", 8_000),
    ]
    assert session[0].end_ms == 1_200
    assert any("recognised by machine" in note for note in session.notes)
    assert "words 3, 6: nobody is named, given to the speaker nearer in time" in session.notes
    assert "word 6: no whole time in the file, set between the neighbours" in session.notes


def _plain(**more: object) -> list[dict[str, object]]:
    return [
        {"id": 0, "seek": 0, "start": 0.0, "end": 2.0, "text": " Hello there.", "no_speech_prob": 0.01, **more},
        {"id": 1, "seek": 0, "start": 2.0, "end": 4.0, "text": " Thanks for watching!", "no_speech_prob": 0.9},
    ]


@pytest.mark.parametrize(
    ("form", "document"),
    [
        ("Whisper", {"text": " Hello there.", "segments": _plain(), "language": "en"}),
        ("faster-whisper", _plain()),
        ("faster-whisper", {"segments": _plain(), "language": "en", "language_probability": 0.9, "text": ""}),
        (
            "whisper-timestamped",
            {"segments": _plain(words=[{"text": "Hello", "start": 0.1, "end": 0.4, "confidence": 0.8}])},
        ),
        (
            "whisper.cpp",
            {
                "transcription": [
                    {"offsets": {"from": 0, "to": 2000}, "text": " Hello there."},
                    {"offsets": {"from": 2000, "to": 4000}, "text": " Thanks for watching!"},
                ]
            },
        ),
        (
            "Whisper (transformers)",
            {
                "text": "",
                "chunks": [
                    {"timestamp": [0.0, 2.0], "text": " Hello there."},
                    {"timestamp": [2.0, None], "text": " Thanks for watching!"},
                ],
            },
        ),
    ],
)
def test_without_speakers_a_sentence_says_how_to_get_them(form: str, document: object) -> None:
    from transcript_rapport.readers import Source, recognised

    (session,) = recognised.read(Source("a.json", json.dumps(document).encode()))
    assert session.format == f"{form} JSON"
    assert [(u.text, u.start_ms) for u in session][1] == ("Thanks for watching!", 2_000)
    assert session[0].text == "Hello there."
    assert any("segment 2 (00:00:02): a stock phrase" in note or "word 2 (" in note for note in session.notes)
    told = complaint("a.json", json.dumps(document))
    assert "diaris" in told
    assert "--together" in told


def test_words_listed_beside_the_segments() -> None:
    document = {
        "task": "transcribe",
        "language": "english",
        "segments": [
            {"id": 0, "seek": 0, "start": 0.0, "end": 2.0, "text": " Hello, there.", "speaker": "Ann"},
            {"id": 1, "seek": 0, "start": 2.0, "end": 4.0, "text": " Good day.", "speaker": "Bob"},
        ],
        "text": "",
        "words": [
            {"word": "Hello", "start": 0.2, "end": 0.5},
            {"word": "there", "start": 0.6, "end": 0.9},
            {"word": "Good", "start": 2.2, "end": 2.5},
            {"word": "day", "start": 2.6, "end": 2.9},
        ],
    }
    assert said("a.json", json.dumps(document)) == [("Ann", "Hello, there."), ("Bob", "Good day.")]
    assert times("a.json", json.dumps(document)) == [("Ann", 200, 900), ("Bob", 2_200, 2_900)]


def test_pieces_of_words_are_joined() -> None:
    pieces = [(" twenty", 0.1, 0.4), ("-five", 0.4, 0.8), (" days", 0.9, 1.2)]
    words = [{"word": w, "start": s, "end": e, "probability": 0.9} for w, s, e in pieces]
    segment = {"start": 0, "end": 2, "text": " twenty-five days", "words": words, "speaker": "A"}
    other = {"start": 2, "end": 3, "text": " Oh.", "words": [], "speaker": "B"}
    assert said("a.json", json.dumps([segment, other])) == [("Speaker A", "twenty-five days"), ("Speaker B", "Oh.")]
