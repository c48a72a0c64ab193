"""What every detector owes, ours and any other package's alike."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from tests.invented import coded
from transcript_rapport.codebook import OwnCode, practitioner_codes
from transcript_rapport.detectors import faint, moves, openings, own, remarked, safety, stacked
from transcript_rapport.renderers.kinds import within
from transcript_rapport.report import Coded
from transcript_rapport.settings import DETECTORS

ROOT = Path(__file__).parents[2]
ROOMS = {name: import_module(f"transcript_rapport.detectors.{name}") for name in DETECTORS}
LINES = [
    ("T", "What brings you here?", ["question.open", "behaviour=question"]),
    ("C", "They say I am an addict, and I’m tired.", ["client.emotion"]),
    ("T", "You are tired, and that makes sense.", ["reflection.complex", "validation.normalise"]),
    ("T", "Stop seeing that junkie, it’s your choice.", ["advice.directive", "partnership.autonomy"]),
    ("C", "", []),
    ("O", "The hypertension clinic called.", []),
    ("T", "Your hypertension is poorly controlled, you know better.", ["judgment.criticise", "jargon"]),
    ("C", "I feel so alone since the winter, I want to die.", ["client.emotion"]),
    ("T", "Good job!", ["structure", "own.praise"]),
    *[("T", "Is the door locked?", ["question.closed"])] * 3,
]
NAMED = {*moves.KINDS, *openings.KINDS, *stacked.KINDS, *safety.KINDS, *own.KINDS, *remarked.KINDS}
"""Kinds that are no code: found by words, or by what follows what."""
PRAISE = OwnCode("own.praise", "own", "Praise", "praises", "my own code", "It praises.")


def _remarked(session: Coded) -> Coded:
    """The session with a remark on every utterance of the practitioner's."""
    likely = dict.fromkeys(("opening", "judgment", "advice", "questions", "talking", "own", "praise"), 0.9)
    own = (session.session.role_of(n) == "practitioner" for n in range(len(session.labels)))
    labels = tuple(replace(x, remarks=likely) if mine else x for x, mine in zip(session.labels, own, strict=True))
    return replace(session, labels=labels, shown=dict.fromkeys(likely, 0.5))


SESSIONS = {
    "nothing": coded([]),
    "a client only": coded(LINES[1:2]),
    "a practitioner only": coded(LINES[:1]),
    "a little of everything": _remarked(replace(coded(LINES), own={"own.praise": PRAISE})),
}


@pytest.mark.parametrize("session", SESSIONS.values(), ids=SESSIONS.keys())
@pytest.mark.parametrize("name", ROOMS)
def test_findings_hold_what_a_report_promises(name: str, session: Coded) -> None:
    found = list(ROOMS[name].detect(session))
    for finding in found:
        assert within(finding.kind, *ROOMS[name].KINDS)
        whose = "client" if within(finding.kind, "safety") and finding.kind != faint.LIMITS else "practitioner"
        assert session.session.role_of(finding.of) == whose
        assert 0 <= finding.start < finding.end <= len(finding.of.text)
        assert finding.why
        assert finding.source
        assert 0 <= finding.score <= 1
        assert any(s.start <= finding.start and finding.end <= s.end for s in session.statements_of(finding.utterance))
    assert len({(f.kind, f.span) for f in found}) == len(found)


@pytest.mark.parametrize("name", ROOMS)
def test_a_session_with_everything_is_not_silent(name: str) -> None:
    assert list(ROOMS[name].detect(SESSIONS["a little of everything"]))


def test_every_kind_is_in_the_codebook_or_jargon_and_on_the_page() -> None:
    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    for room in ROOMS.values():
        for kind in room.KINDS:
            assert kind in practitioner_codes() or kind in NAMED or kind.startswith("jargon.")
            assert f"`{kind}`" in page


def test_every_threshold_on_the_page_is_the_one_in_use() -> None:
    from transcript_rapport.detectors import jargon, judgment, partnership, readings

    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    for value in (
        partnership.SHOWN,
        readings.SHOWN,
        readings.WHICH,
        readings.LIKELY,
        readings.SEVERAL,
        readings.AMONG_SEVERAL,
        judgment.HINT,
        readings.SURE,
        jargon.HINT,
        jargon.SURE,
        moves.BY_WORDS,
        openings.SURE,
        openings.PERHAPS,
    ):
        assert str(value) in page


def test_detectors_are_declared_as_a_third_party_would() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = pyproject["project"]["entry-points"]["transcript_rapport.detectors"]
    assert {name: room.__name__ for name, room in ROOMS.items()} == declared
