import json

from tests.readers.asking import one, times


def test_batch_phrases_in_ticks_and_iso() -> None:
    words = [
        {"word": "hello", "offset": "PT0.1S", "duration": "PT0.3S", "offsetInTicks": 1e6, "durationInTicks": 3e6},
        {"word": "there", "offset": "PT0.5S", "duration": "PT0.4S", "offsetInTicks": 5e6, "durationInTicks": 4e6},
    ]
    phrases = [
        {
            "recognitionStatus": "Success",
            "channel": 0,
            "speaker": 1,
            "offset": "PT0.1S",
            "duration": "PT1S",
            "nBest": [{"lexical": "hello there", "display": "Hello, there.", "words": words}],
        },
        {"channel": 0, "speaker": 2, "offset": "PT1M2S", "duration": "PT0.5S", "nBest": [{"display": "Hm."}]},
    ]
    content = json.dumps({"source": "x", "recognizedPhrases": phrases})
    assert [(u.speaker, u.text, u.start_ms, u.end_ms) for u in one("a.json", content)] == [
        ("Speaker 1", "Hello, there.", 100, 900),
        ("Speaker 2", "Hm.", 62_000, 62_500),
    ]
    assert one("a.json", content).format == "Azure Speech JSON"


def test_fast_transcription_and_detailed_results() -> None:
    fast = [
        {"speaker": n, "offsetMilliseconds": at, "durationMilliseconds": 500, "text": "Hi."}
        for n, at in ((1, 40), (2, 700))
    ]
    detailed = [
        {"SpeakerId": f"Guest-{n}", "Offset": at * 10_000, "Duration": 5_000_000, "NBest": [{"Display": "Hi."}]}
        for n, at in ((1, 40), (2, 700))
    ]
    assert times("a.json", json.dumps({"phrases": fast})) == [("Speaker 1", 40, 540), ("Speaker 2", 700, 1_200)]
    assert times("a.json", json.dumps(detailed)) == [("Guest-1", 40, 540), ("Guest-2", 700, 1_200)]


def test_stereo() -> None:
    phrases = [
        {"channel": c, "offsetInTicks": 1e7 * c, "durationInTicks": 5e6, "nBest": [{"display": "Hi."}]} for c in (0, 1)
    ]
    assert [s for s, *_ in times("a.json", json.dumps({"recognizedPhrases": phrases}))] == ["Channel 0", "Channel 1"]
