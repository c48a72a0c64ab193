"""Counts of a session against people's, and how much wider that makes an interval."""

from __future__ import annotations

import numpy as np
import pytest

from transcript_rapport.coder.calibration import Calibration, Choice, Platt
from transcript_rapport.training import strays
from transcript_rapport.training.answers import Answer
from transcript_rapport.training.strays import Counted

OUTPUTS = ("question.open", "question.closed", "facilitation")
CALIBRATION = Calibration(dict.fromkeys(OUTPUTS, Platt()), {"talk_type": Choice(1.0, (0.0, 0.0))})


def answer(said, there, head="codes", outputs=OUTPUTS):
    logits = np.where(np.array(said) > 0, 4.0, -4.0)
    labels = np.array(there, dtype=np.float64)
    return Answer("invented", "invented", head, logits, labels, np.ones(len(logits)), outputs)


def test_a_family_counts_each_statement_once():
    said = [[1, 0, 0]] * 6 + [[0, 1, 0]] * 2 + [[0, 0, 1]] * 4
    there = [[1, 0, 0]] * 5 + [[0, 1, 0]] * 5 + [[0, 0, 1]] * 2
    found = strays.counts([answer(said, there)], CALIBRATION)
    assert found["question"] == [Counted(8, 10, 12)]
    assert found["question.open"] == [Counted(6, 5, 12)]
    assert found["facilitation"] == [Counted(4, 2, 12)]


def test_talk_types_are_counted_by_utterance():
    said, there = [[1, 0]] * 7 + [[0, 1]] * 5, [[1, 0]] * 9 + [[0, 1]] * 3
    found = strays.counts([answer(said, there, "talk_type", ("change", "neutral"))], CALIBRATION)
    assert found["change"] == [Counted(7, 9, 12)]


def test_short_sessions_and_second_hand_labels_say_nothing():
    short = answer([[1, 0, 0]] * 3, [[1, 0, 0]] * 3)
    assert strays.counts([short], CALIBRATION) == {}


def test_a_coder_that_never_miscounts_does_not_stray_and_a_worse_one_strays_more():
    right = [Counted(n, n, 50) for n in range(20)]
    off = [Counted(n, n + 3, 50) for n in range(20)]
    far = [Counted(n, n + 6, 50) for n in range(20)]
    assert strays.of(right) == 1.0
    assert 1.0 < strays.of(off) < strays.of(far)


@pytest.mark.parametrize("count", [0, 3, 20])
def test_nine_sessions_in_ten_lie_inside_what_their_stray_spans(count):
    sessions = [Counted(count, count + n % 10, 100) for n in range(100)]
    allowed = strays.Z * np.sqrt((strays.of(sessions) - 1) * (count + 1))
    assert sum(abs(said - there) <= allowed + 0.1 for said, there, _ in sessions) >= 90
