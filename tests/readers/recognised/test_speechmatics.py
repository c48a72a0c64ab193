import json

from tests.readers.asking import one, said


def _result(kind: str, content: str, at: float, speaker: str = "S1", **more: object) -> dict[str, object]:
    return {
        "type": kind,
        "start_time": at,
        "end_time": at + 0.3,
        "alternatives": [{"content": content, "speaker": speaker}],
        **more,
    }


def test_words_marks_entities_and_unknown_speakers() -> None:
    results = [
        _result("word", "Hello", 0.1),
        _result("punctuation", ".", 0.4, attaches_to="previous", is_eos=True),
        _result("word", "Um", 0.6, "UU"),
        _result("entity", "5 May", 2.0, "S2", entity_class="date"),
        _result("audio_event", "laughter", 2.5),
        _result("punctuation", "?", 2.3, "S2", attaches_to="previous"),
    ]
    content = json.dumps({"format": "2.9", "metadata": {}, "results": results})
    assert said("a.json", content) == [("S1", "Hello. Um"), ("S2", "5 May?")]
    assert one("a.json", content).format == "Speechmatics JSON"


def test_channels() -> None:
    results = [_result("word", w, at, "UU", channel=c) for w, at, c in (("Hi", 0, "agent"), ("Ho", 1, "caller"))]
    assert said("a.json", json.dumps({"results": results})) == [("agent", "Hi"), ("caller", "Ho")]
