import json

from tests.readers.asking import one, said, times


def _words(speaker: int | None, *spoken: tuple[str, float, float]) -> list[dict[str, object]]:
    who = {} if speaker is None else {"speaker": speaker}
    return [
        {"word": w.strip(".?").lower(), "punctuated_word": w, "start": s, "end": e, "confidence": 0.9, **who}
        for w, s, e in spoken
    ]


FIRST = _words(0, ("How", 0.1, 0.3), ("so?", 0.3, 0.6))
SECOND = _words(1, ("Long.", 1.0, 1.4), ("Very.", 4.0, 4.4))


def _document(*channels: dict[str, object], **results: object) -> str:
    listed = [{"alternatives": [channel]} for channel in channels]
    return json.dumps({"metadata": {"duration": 5}, "results": {"channels": listed, **results}})


EXPECTED = [("Speaker 0", "How so?"), ("Speaker 1", "Long."), ("Speaker 1", "Very.")]


def test_utterances() -> None:
    uttered = [
        {"start": 0.1, "end": 0.6, "channel": 0, "transcript": "How so?", "words": FIRST, "speaker": 0},
        {"start": 1.0, "end": 4.4, "channel": 0, "transcript": "Long. Very.", "words": SECOND, "speaker": 1},
    ]
    content = _document({"transcript": "", "words": FIRST + SECOND}, utterances=uttered)
    assert said("a.json", content) == EXPECTED
    assert times("a.json", content) == [
        ("Speaker 0", 100, 600),
        ("Speaker 1", 1_000, 1_400),
        ("Speaker 1", 4_000, 4_400),
    ]
    assert one("a.json", content).format == "Deepgram JSON"


def test_words_without_utterances_and_paragraphs() -> None:
    paragraphs = {
        "paragraphs": [{"speaker": 0, "start": 0.1, "sentences": [{"text": "How so?", "start": 0.1, "end": 0.6}]}]
    }
    assert said("a.json", _document({"words": FIRST + SECOND, "paragraphs": paragraphs})) == EXPECTED
    sentences = [
        {"speaker": n, "sentences": [{"text": t, "start": s, "end": s + 1}]}
        for n, t, s in ((0, "Hi.", 0.5), (1, "Ho.", 2))
    ]
    content = _document({"transcript": "Hi. Ho.", "words": [], "paragraphs": {"paragraphs": sentences}})
    assert times("a.json", content) == [("Speaker 0", 500, 1_500), ("Speaker 1", 2_000, 3_000)]


def test_channels_are_speakers_in_order_of_time() -> None:
    one_side = _words(None, ("How", 0.1, 0.3), ("so?", 0.3, 0.6), ("Ah.", 3.0, 3.2))
    other = _words(None, ("Long.", 1.0, 1.4))
    content = _document({"words": one_side}, {"words": other})
    assert said("a.json", content) == [("Channel 0", "How so?"), ("Channel 1", "Long."), ("Channel 0", "Ah.")]


def test_speakers_counted_anew_in_each_channel_stay_apart() -> None:
    content = _document({"words": FIRST + SECOND}, {"words": _words(0, ("Hm.", 2.0, 2.3))})
    assert {speaker for speaker, _ in said("a.json", content)} == {
        *("Channel 0, Speaker 0", "Channel 0, Speaker 1", "Channel 1, Speaker 0")
    }
