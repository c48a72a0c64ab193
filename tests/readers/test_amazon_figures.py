"""What we measure on Amazon's own Call Analytics file beside the figures Amazon wrote into it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from transcript_rapport.readers import read

CALL = Path(__file__).parents[2].parent / "shared" / "corpora" / "formats" / "aws-transcribe" / "example-call.json"
pytestmark = pytest.mark.skipif(not CALL.is_file(), reason=f"Amazon's example is not at {CALL}")
SHARE_POINTS, TALK, LATE_MS = 0.02, 0.12, 1000
"""Tolerances: of a speaker's share; of talk time, for we leave pauses over 1.5 s inside a turn out; and of how long
after the other's last word Amazon still counts an interruption."""


def figures() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads(CALL.read_text(encoding="utf-8"))["ConversationCharacteristics"]
    return found


def talk_ms(label: str) -> int:
    """The union of a speaker's intervals, as talk time is defined here."""
    (session,) = read(CALL)
    spans = sorted((u.start_ms or 0, u.end_ms or 0) for u in session if u.speaker == label)
    total = until = 0
    for start, end in spans:
        total += max(0, end - max(start, until))
        until = max(until, end)
    return total


def test_talk_time() -> None:
    theirs = {who: held["TotalTimeMillis"] for who, held in figures()["TalkTime"]["DetailsByParticipant"].items()}  # type: ignore[attr-defined]
    ours = {who: talk_ms(who) for who in theirs}
    for who, ms in theirs.items():
        assert ours[who] == pytest.approx(ms, rel=TALK)
        assert ours[who] / sum(ours.values()) == pytest.approx(ms / sum(theirs.values()), abs=SHARE_POINTS)


def test_interruptions_begin_inside_the_others_talk() -> None:
    (session,) = read(CALL)
    by_whom = figures()["Interruptions"]["InterruptionsByInterrupter"]
    for who, listed in by_whom.items():  # type: ignore[attr-defined]
        for one in listed:
            begun = one["BeginOffsetMillis"]
            assert begun in [u.start_ms for u in session if u.speaker == who]
            others = [u for u in session if u.speaker != who]
            assert any((u.start_ms or 0) < begun <= (u.end_ms or 0) + LATE_MS for u in others)
