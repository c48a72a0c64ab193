"""Fitting the review priority: it finds what tells sessions apart, and says so only on groups it had not seen."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.across import sessions
from transcript_rapport.errors import CorpusError
from transcript_rapport.renderers import priority

pytest.importorskip("sklearn")
from transcript_rapport.training import quality

NAMES = ("listening.open_question_share", "talk.practitioner_word_share")


def _rated(n: int = 40, told: bool = True) -> list[quality.Rated]:
    chance = random.Random(2)
    held = []
    for i in range(n):
        low = i % 2 == 0
        part = chance.randint(2, 15) + (20 if told and not low else 0)
        noise = sessions.share(chance.randint(10, 50), 60, NAMES[1])
        held.append(quality.Rated(quality.counted((sessions.share(part, 60), noise)), low, f"series {i // 2}"))
    return held


def test_the_weights_point_the_right_way_and_can_be_read_back(tmp_path: Path) -> None:
    fit = quality.fit(_rated(), NAMES, said="invented ratings")
    assert fit.auc > 0.95 and (fit.sessions, fit.low) == (40, 20)
    assert [term.measure for term in fit.weights.terms if term.weight < 0] == [NAMES[0]]
    path = tmp_path / "weights.json"
    quality.write(fit.weights, path)
    assert priority.load(path) == fit.weights
    poor = priority.review_priority(sessions.with_measures("s", sessions.share(2, 60)), fit.weights)
    good = priority.review_priority(sessions.with_measures("s", sessions.share(33, 60)), fit.weights)
    assert poor.value > 0.5 > good.value


def test_no_weight_says_the_contrary_of_what_a_report_advises() -> None:
    turned = [replace(session, low=not session.low) for session in _rated()]
    assert NAMES[0] not in {term.measure for term in quality.fit(turned, NAMES).weights.terms}
    for term in priority.load().terms:
        assert term.weight * quality.ADVISED[term.measure] < 0, term.measure


def test_where_nothing_tells_them_apart_the_figure_says_so() -> None:
    assert quality.fit(_rated(told=False), NAMES).auc < 0.7


def test_too_few_sessions_are_refused() -> None:
    with pytest.raises(CorpusError, match="groups"):
        quality.fit(_rated(4), NAMES)
