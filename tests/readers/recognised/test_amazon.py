import json
from collections import Counter
from pathlib import Path

import pytest

from tests.readers.asking import one, said, times
from transcript_rapport.readers import read

CALL = Path(__file__).parents[4] / "shared" / "corpora" / "formats" / "aws-transcribe" / "example-call.json"


def _item(content: str, start: str = "", end: str = "", **more: object) -> dict[str, object]:
    timed = {"start_time": start, "end_time": end} if start else {}
    return {
        **timed,
        "type": "pronunciation" if start else "punctuation",
        "alternatives": [{"content": content}],
        **more,
    }


ITEMS = [
    _item("So", "0.1", "0.4"),
    _item("?"),
    _item("Long", "1.0", "1.4"),
    _item("."),
    _item("Very", "4.0", "4.3"),
    _item("."),
]


def test_speaker_labels() -> None:
    segments = [
        {"start_time": "0.0", "end_time": "0.5", "speaker_label": "spk_0"},
        {"start_time": "1.0", "end_time": "4.3", "speaker_label": "spk_1"},
    ]
    for segment, starts in zip(segments, (["0.1"], ["1.0", "4.0"]), strict=True):
        label = segment["speaker_label"]
        segment["items"] = [{"start_time": s, "end_time": s, "speaker_label": label} for s in starts]  # type: ignore[assignment]
    content = json.dumps({"results": {"items": ITEMS, "speaker_labels": {"speakers": 2, "segments": segments}}})
    assert said("a.json", content) == [("spk_0", "So?"), ("spk_1", "Long."), ("spk_1", "Very.")]
    assert times("a.json", content) == [("spk_0", 100, 400), ("spk_1", 1_000, 1_400), ("spk_1", 4_000, 4_300)]
    assert one("a.json", content).format == "Amazon Transcribe JSON"


def test_channel_labels() -> None:
    channels = [
        {"channel_label": "ch_0", "items": ITEMS[:2] + ITEMS[4:]},
        {"channel_label": "ch_1", "items": ITEMS[2:4]},
    ]
    content = json.dumps({"results": {"items": ITEMS, "channel_labels": {"channels": channels}}})
    assert said("a.json", content) == [("Channel 0", "So?"), ("Channel 1", "Long."), ("Channel 0", "Very.")]


def test_call_analytics() -> None:
    items = [
        {"Type": "pronunciation", "Content": "Hi", "BeginOffsetMillis": 50, "EndOffsetMillis": 300},
        {"Type": "punctuation", "Content": "."},
    ]
    turns = [
        {"Content": "Hi.", "Items": items, "BeginOffsetMillis": 0, "EndOffsetMillis": 400, "ParticipantRole": "AGENT"},
        {"Content": "Ho.", "BeginOffsetMillis": 600, "EndOffsetMillis": 900, "ParticipantRole": "CUSTOMER"},
    ]
    assert times("a.json", json.dumps({"Transcript": turns})) == [("AGENT", 50, 300), ("CUSTOMER", 600, 900)]


@pytest.mark.skipif(
    not CALL.is_file(), reason="needs the public corpora in ../shared/corpora, not part of this repository"
)
def test_talk_time_agrees_with_amazons_own_figures() -> None:
    (session,) = read(CALL)
    own = json.loads(CALL.read_text(encoding="utf-8"))["ConversationCharacteristics"]["TalkTime"][
        "DetailsByParticipant"
    ]
    talk = Counter[str]()
    for u in session:
        talk[u.speaker] += (u.end_ms or 0) - (u.start_ms or 0)
    share = own["AGENT"]["TotalTimeMillis"] / sum(side["TotalTimeMillis"] for side in own.values())
    assert talk["AGENT"] / talk.total() == pytest.approx(share, abs=0.02)
