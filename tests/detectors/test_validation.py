"""Validating statements are found in each of their ways, with what they answer."""

from __future__ import annotations

from tests.invented import coded
from transcript_rapport.detectors import validation


def test_each_way_of_validating_is_a_finding_that_answers_the_client() -> None:
    session = coded(
        [
            ("C", "I cried at work again.", ["client.emotion"]),
            ("T", "Anyone would cry, and you still went in.", ["validation.normalise", "validation.affirm"]),
        ]
    )
    found = list(validation.detect(session))
    assert [f.kind for f in found] == ["validation.normalise", "validation.affirm"]
    assert all(f.answers and f.answers.utterance == 0 for f in found)
    assert all(f.why and f.source for f in found)


def test_a_statement_that_does_not_validate_stays_quiet() -> None:
    assert list(validation.detect(coded([("T", "When did you cry?", ["question.closed"])]))) == []
