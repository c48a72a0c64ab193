import json

from tests.readers.asking import one, said, times


def test_the_last_result_repeats_all_with_speakers() -> None:
    def word(text: str, start: str, end: str, tag: int = 0) -> dict[str, object]:
        return {"word": text, "startTime": start, "endTime": end, **({"speakerTag": tag} if tag else {})}

    first, second = [("How", "0s", "0.300s"), ("so?", "0.300s", "0.600s")], [("Long.", "1s", "1.400s")]
    results = [
        {"alternatives": [{"transcript": "How so?", "words": [word(*w) for w in first]}]},
        {"alternatives": [{"transcript": " Long.", "words": [word(*w) for w in second]}]},
        {"alternatives": [{"words": [*(word(*w, 2) for w in first), *(word(*w, 1) for w in second)]}]},
    ]
    for document in ({"results": results}, {"name": "7", "done": True, "response": {"results": results}}):
        content = json.dumps(document)
        assert said("a.json", content) == [("Speaker 2", "How so?"), ("Speaker 1", "Long.")]
        assert times("a.json", content) == [("Speaker 2", 0, 600), ("Speaker 1", 1_000, 1_400)]
    assert one("a.json", content).format == "Google Speech-to-Text JSON"


def test_version_two_and_seconds_with_nanos() -> None:
    words = [
        {"endOffset": "0.400s", "word": "Hi.", "speakerLabel": "1"},
        {"startOffset": "0.500s", "endOffset": "0.900s", "word": "Ho.", "speakerLabel": "2"},
    ]
    content = json.dumps(
        {"results": [{"alternatives": [{"transcript": "Hi. Ho.", "words": words}], "languageCode": "en-us"}]}
    )
    assert times("a.json", content) == [("Speaker 1", 0, 400), ("Speaker 2", 500, 900)]
    nanos = [
        {
            "word": "Hi.",
            "start_time": {"seconds": "1", "nanos": 500000000},
            "end_time": {"seconds": 2},
            "speaker_tag": 1,
        }
    ]
    both = [*nanos, {"word": "Ho.", "start_time": {"seconds": 3}, "end_time": {"seconds": 4}, "speaker_tag": 2}]
    content = json.dumps({"results": [{"alternatives": [{"transcript": "Hi. Ho.", "words": both}]}]})
    assert times("a.json", content) == [("Speaker 1", 1_500, 2_000), ("Speaker 2", 3_000, 4_000)]


def test_channels() -> None:
    results = [
        {"channelTag": n, "resultEndTime": f"{n}s", "alternatives": [{"transcript": t}]}
        for n, t in ((1, "Hi."), (2, "Ho."))
    ]
    assert said("a.json", json.dumps({"results": results})) == [("Channel 1", "Hi."), ("Channel 2", "Ho.")]


def test_a_damaged_speaker_is_nobody() -> None:
    words = [{"word": word, "speakerTag": tag} for word, tag in (("Hi.", 1), ("Ho.", {}), ("Yes.", 2))]
    document = {"results": [{"alternatives": [{"transcript": "Hi. Ho. Yes.", "words": words}]}]}
    assert said("a.json", json.dumps(document)) == [("Speaker 1", "Hi. Ho."), ("Speaker 2", "Yes.")]
