"""What the coder expects to be remarked on is added up over turns, with the likeliest places to look at."""

from __future__ import annotations

import pytest

from tests.invented import coded, remarked
from transcript_rapport.measures import remarks
from transcript_rapport.report import Coded, Measure
from transcript_rapport.settings import DEFAULTS

LINES = [
    ("T", "How has the week been for you?", []),
    ("C", "Hard. I hardly slept.", []),
    ("T", "You should go to bed sooner.", []),
    ("T", "And what do you eat in the evening?", []),
    ("C", "Bread, mostly.", []),
    ("T", "Mm-hmm.", ["facilitation"]),
]


def told(session: Coded) -> tuple[Measure, Measure]:
    back, up = remarks.measure(session, (), DEFAULTS)
    return back, up


def test_a_turn_counts_by_its_likeliest_utterance_and_back_channels_not_at_all() -> None:
    likely = {0: {"well": 0.6}, 2: {"advice": 0.5, "opening": 0.5}, 3: {"questions": 0.25}, 5: {"opening": 0.1}}
    back, up = told(remarked(coded(LINES), likely))
    assert (back.base, up.base) == (2, 2)
    assert back.value == pytest.approx(10 * 0.75 / 2)
    assert up.value == pytest.approx(10 * 0.6 / 2)
    assert [span.utterance for span in back.evidence] == [2]
    assert [span.utterance for span in up.evidence] == [0]
    assert "no grade" in back.note


def test_where_people_coded_nothing_is_expected() -> None:
    assert all(measure.value is None and measure.note == remarks.NOT_TOLD for measure in told(coded(LINES)))


def test_all_that_can_be_remarked_on_lies_between_none_and_every_turn() -> None:
    sure = {n: {**dict.fromkeys(remarks.LAPSES, 1.0), "well": 1.0} for n, line in enumerate(LINES) if line[0] == "T"}
    for measure in told(remarked(coded(LINES), sure)):
        assert measure.value == measure.high == 10
        assert 0 < (measure.low or 0) < 10
