"""Judgment is found by the coder and by the words, and never in the client's words or a quotation of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.invented import Line, coded
from transcript_rapport.detectors import judgment
from transcript_rapport.report import Finding, Statement


def _found(*lines: Line, leaning: float = 0.0) -> list[Finding]:
    """Findings, where the coder leans towards criticism that strongly without asserting it."""
    session = coded(lines)
    leant = (
        replace(s, probabilities={"judgment.criticise": leaning, **s.probabilities}) if leaning else s
        for s in session.statements
    )
    return list(judgment.detect(replace(session, statements=tuple(leant))))


def test_what_the_coder_asserts_is_one_finding_over_the_statement() -> None:
    text = "You brought this on yourself, did you not?"
    (found,) = _found(("T", text, ["judgment.criticise", "question.closed"]))
    assert (found.kind, found.quote, found.score) == ("judgment.criticise", text, 0.9)
    assert found.why
    assert found.suggestion


def test_a_label_without_a_known_word_is_told_as_what_it_is() -> None:
    (found,) = _found(("T", "You will never be any different.", ["judgment.label"]))
    assert (found.why, found.suggestion) == (judgment.WORDLESS_WHY, judgment.WORDLESS_TRY)
    assert "people-first" not in found.why


def test_a_label_is_narrowed_to_its_words_and_told_by_the_lexicon() -> None:
    (found,) = _found(("T", "So your cousin is a junkie too.", ["judgment.label"]))
    assert found.quote == "junkie"
    assert found.suggestion == "A person who uses drugs."
    assert found.source.startswith("NIDA")


def test_sure_words_are_found_without_the_coder() -> None:
    (found,) = _found(("T", "So how long have you been an addict?", ["question.closed"]))
    assert (found.kind, found.quote, found.score) == ("judgment.label", "addict", judgment.SURE)


def test_words_that_are_not_sure_need_the_coder_to_lean_that_way() -> None:
    line: Line = ("T", "Well, you're lazy in the mornings.", ["information"])
    assert _found(line) == []
    (found,) = _found(line, leaning=judgment.HINT + 0.1)
    assert found.kind == "judgment.label"
    assert found.score == pytest.approx(judgment.HINT + 0.1)


def test_a_kind_statement_silences_hints() -> None:
    line: Line = ("T", "You worry that it means you're lazy.", ["reflection.complex"])
    assert _found(line, leaning=0.4) == []


def test_the_clients_own_words_are_never_judgment() -> None:
    assert _found(("C", "I am an addict and a junkie.", [])) == []


@pytest.mark.parametrize(
    "text",
    [
        "You said “I am an addict” a moment ago.",
        'They wrote "addict" on the form.',
        "Earlier you said you were an addict.",
        "You told me they call you a junkie.",
        "I wouldn't call you an addict.",
        "You're not an addict to me.",
        "That doesn’t make you a junkie.",
    ],
)
def test_quoting_and_denying_are_not_judgment(text: str) -> None:
    assert _found(("T", text, ["information"])) == []
    assert _found(("T", text, ["judgment.label"])) == []


def test_handing_back_the_clients_word_is_a_reflection() -> None:
    said: Line = ("C", "I guess I am just an addict.", [])
    assert _found(said, ("T", "An addict, and tired of it.", ["reflection.simple"])) == []
    assert len(_found(said, ("T", "When did you become an addict?", ["question.closed"]))) == 1


def test_but_ends_the_report() -> None:
    assert len(_found(("T", "You said you would come, but an addict never does.", ["information"]))) == 1


def test_a_quotation_may_run_over_several_statements() -> None:
    text = "He wrote “I tried. I am an addict. I know.” on the card."
    session = coded([("T", text, [])])
    cut = text.index("I am"), text.index(" I know")
    places = ((0, cut[0] - 1), cut, (cut[1] + 1, len(text)))
    statements = tuple(
        Statement(0, start, end, {"judgment.label": 0.9} if start == cut[0] else {}) for start, end in places
    )
    assert list(judgment.detect(replace(session, statements=statements))) == []


@pytest.mark.parametrize("codes", [[], ["judgment.criticise"], ["judgment.label", "judgment.confront"]])
def test_no_words_are_found_twice(codes: list[str]) -> None:
    found = _found(("T", "Stop making excuses, you junkie, you should be ashamed of yourself.", codes))
    places = sorted((f.start, f.end) for f in found)
    assert found
    assert all(left[1] <= right[0] for left, right in pairwise(places))
