import json

from tests.readers.asking import one, said, times


def _word(text: str, start: int, end: int, **more: object) -> dict[str, object]:
    return {"text": text, "start": start, "end": end, "confidence": 0.9, **more}


WORDS = [
    _word("How", 100, 300, speaker="A"),
    _word("so?", 300, 600, speaker="A"),
    _word("Long.", 900, 1300, speaker="C"),
    _word("Very.", 3200, 3600, speaker="C"),
]
EXPECTED = [("Speaker A", 100, 600), ("Speaker C", 900, 1_300), ("Speaker C", 3_200, 3_600)]


def test_utterances_and_bare_words_say_the_same() -> None:
    uttered = [
        {**_word("How so?", 100, 600, speaker="A"), "words": WORDS[:2]},
        {**_word("Long. Very.", 900, 3600, speaker="C"), "words": WORDS[2:]},
    ]
    own = {"acoustic_model": "x", "audio_url": "x", "words": WORDS}
    for document in ({**own, "utterances": uttered}, {**own, "utterances": None}, {"utterances": uttered}):
        assert times("a.json", json.dumps(document)) == EXPECTED
    assert one("a.json", json.dumps({"utterances": uttered})).format == "AssemblyAI JSON"


def test_channels() -> None:
    words = [_word("Hi.", 0, 200, channel="1"), _word("Ho.", 300, 500, channel="2")]
    document = {"audio_url": "x", "audio_duration": 1, "words": words}
    assert said("a.json", json.dumps(document)) == [("Channel 1", "Hi."), ("Channel 2", "Ho.")]
