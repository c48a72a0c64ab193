import json

import pytest

from tests.readers.asking import complaint, one, said, sessions, times

ROWS = [
    {"speaker": "T", "text": "Hi.", "start": 0.5, "end": 1.0},
    {"speaker": "C", "text": "Ho.", "start": 61.25, "end": 62.0},
]
IN_MS = [
    {"ParticipantRole": "T", "Content": "Hi.", "BeginOffsetMillis": 500, "EndOffsetMillis": 1000},
    {"ParticipantRole": "C", "Content": "Ho.", "BeginOffsetMillis": 61250, "EndOffsetMillis": 62000},
]
BARE_MS = [
    {"speaker": "T", "text": "Hi.", "start": 500, "end": 1000},
    {"speaker": "C", "text": "Ho.", "start": 61250, "end": 62000},
]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROWS),
        json.dumps({"utterances": ROWS, "language": "en"}, indent=2),
        json.dumps({"results": {"words": [{"speaker": "T", "text": "Hi."}], "segments": ROWS}}),
        json.dumps({"Transcript": IN_MS}),
        json.dumps(BARE_MS),
        "\n".join(map(json.dumps, ROWS)),
    ],
)
def test_rows_wherever_they_are(content: str) -> None:
    assert said("a.json", content) == [("T", "Hi."), ("C", "Ho.")]
    assert times("a.json", content) == [("T", 500, 1_000), ("C", 61_250, 62_000)]


def _report(name: str) -> str:
    utterances = [
        {
            "index": 0,
            "speaker": "T",
            "role": "practitioner",
            "text": "Hi.",
            "start_ms": 5,
            "end_ms": None,
            "statements": [],
        },
        {"index": 1, "speaker": "C", "role": "client", "text": "Ho.", "start_ms": 9, "end_ms": None, "statements": []},
    ]
    finding = {"kind": "jargon.unexplained", "utterance": 0, "start": 0, "end": 2, "quote": "Hi", "source": "x"}
    session = {"name": name, "source": "a.txt"}
    return json.dumps({"session": session, "findings": [finding] * 5, "utterances": utterances, "measures": []})


def test_our_own_reports_are_read_back() -> None:
    assert times("r.jsonl", _report("one")) == [("T", 5, None), ("C", 9, None)]
    both = sessions("r.jsonl", _report("one") + "\n" + _report("two"))
    assert [session.name for session in both] == ["r-one", "r-two"]


def test_several_sessions_in_one_document() -> None:
    listed = [{"id": "x", "turns": ROWS}, {"id": "y", "turns": ROWS}]
    for content in (json.dumps(listed), json.dumps({"sessions": listed})):
        assert [session.name for session in sessions("a.json", content)] == ["a-x", "a-y"]


def test_json_under_another_name() -> None:
    session = one("a.vtt", json.dumps(ROWS))
    assert session.notes == ("named .vtt but holds JSON; read as that",)


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        ('[\n{"speaker": "T", "text": "x"},\n{"speaker": "C" "text": "y"}]', "a.json:3: this is not valid JSON"),
        ('{"speaker": "T", "text": "x"}\n{"speaker": "C"', "a.json:2: this is not valid JSON"),
        ('{"mood": "fine"}', "no rows with text were found; the keys are mood"),
        ("[]", "no rows with text"),
        ('[{"text": "x"}, {"text": "y"}]', "no key holds the speaker; the keys are text"),
        (
            '[{"speaker": "T", "text": "x", "start": 5, "end": 2}, {"speaker": "C", "text": "y"}]',
            "a.json, row 1: the words end",
        ),
        ('[{"speaker": "T", "text": "x"}]', "only 'T' speaks"),
        ("Nothing of the kind.", "not JSON"),
    ],
)
def test_bad_json(content: str, seen: str) -> None:
    assert seen in complaint("a.json", content)


def test_chats_as_services_export_them() -> None:
    slack = {"type": "message", "user": "U1", "text": "How?", "user_profile": {"real_name": "Ann", "display_name": "a"}}
    other = {"type": "message", "user": "U2", "text": "Long.", "user_profile": {"real_name": "Bo"}}
    assert said("a.json", json.dumps([slack, other])) == [("Ann", "How?"), ("Bo", "Long.")]
    telegram = [
        {"from": "Ann", "text": ["How ", {"type": "bold", "text": "was"}, " it?"]},
        {"from": "Bo", "text": "Long."},
    ]
    assert said("a.json", json.dumps({"messages": telegram})) == [("Ann", "How was it?"), ("Bo", "Long.")]


def test_messages_with_the_newest_first_and_letters_taken_for_others() -> None:
    words = ["How was it?", "It’s café talk.", "Mm."]
    rows = [
        {"sender_name": "AB"[at % 2], "timestamp_ms": 1_710_252_000_000 + 1000 * at, "content": said}
        for at, said in enumerate(words)
    ]
    broken = [{**row, "content": str(row["content"]).encode().decode("latin-1")} for row in rows]
    session = one("a.json", json.dumps({"messages": broken[::-1]}))
    assert [u.text for u in session] == words
    assert [u.start_ms for u in session] == [0, 1000, 2000]
    assert "the newest came first: put in the order of time" in session.notes
