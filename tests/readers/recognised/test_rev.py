import json

from tests.readers.asking import one, said, times


def _text(value: str, at: float) -> dict[str, object]:
    return {"type": "text", "value": value, "ts": at, "end_ts": at + 0.3, "confidence": 0.9}


def _punct(value: str) -> dict[str, object]:
    return {"type": "punct", "value": value}


MONOLOGUES = [
    {"speaker": 0, "elements": [_text("So", 0.1), _punct(","), _punct(" "), _text("well", 0.5), _punct("?")]},
    {
        "speaker": 1,
        "elements": [_text("Twenty", 1), _punct("-"), _text("five", 1.4), _punct(" "), _text("days", 1.8), _punct(".")],
    },
]


def test_words_marks_and_spaces() -> None:
    content = json.dumps({"monologues": MONOLOGUES})
    assert said("a.json", content) == [("Speaker 0", "So, well?"), ("Speaker 1", "Twenty-five days.")]
    assert times("a.json", content) == [("Speaker 0", 100, 800), ("Speaker 1", 1_000, 2_100)]
    assert one("a.json", content).format == "Rev.ai JSON"


def test_names() -> None:
    content = json.dumps({"speakers": [{"id": 0, "name": "Dr Lee"}], "monologues": MONOLOGUES})
    assert [speaker for speaker, _ in said("a.json", content)] == ["Dr Lee", "Speaker 1"]
