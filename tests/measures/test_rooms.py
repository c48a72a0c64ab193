"""What every room owes, whatever the session: ours and any other package's alike."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from tests.invented import coded
from transcript_rapport import plugins
from transcript_rapport.report import Coded, Finding
from transcript_rapport.session import Session
from transcript_rapport.settings import DEFAULTS, MEASURES

ROOMS = {name: import_module(f"transcript_rapport.measures.{name}") for name in MEASURES}
ROOMS |= {name: plugins.load("measures", name) for name in plugins.available("measures")}

PAIR = [
    ("T", "How has the week been for you?", ["question.open", "behaviour=question"]),
    ("C", "Hard, and I want it to change.", ["client.emotion", "talk=change"]),
]
LONG = [
    ("T", "You are tired of it and still hopeful.", ["reflection.complex", "behaviour=reflection"]),
    ("C", "Yes, that is it, I keep trying.", ["client.understood", "talk=change"]),
    ("T", "It makes sense, and the choice is yours.", ["validation.normalise", "partnership.autonomy"]),
    ("C", "Perhaps I could go on as before.", ["talk=sustain"]),
    ("T", "Mm-hmm.", ["facilitation"]),
] * 6

SESSIONS = {
    "nothing": coded([]),
    "one turn each": coded(PAIR),
    "one turn each, with times": coded(PAIR, [(0, 2000), (2100, 6000)]),
    "one turn each, all at once": coded(PAIR, [(500, 500), (500, 500)]),
    "starts only": coded(PAIR * 3, [(i * 3000, None) for i in range(6)]),
    "some times missing": coded(PAIR, [(0, 2000), (None, None)]),
    "practitioner only": coded(PAIR[:1], [(0, 900)]),
    "client only": coded(PAIR[1:], [(0, 900)]),
    "no words from the client": coded([PAIR[0], ("C", "[sighs]", [])]),
    "no words from the practitioner": coded([("T", "<UNIN/>", []), PAIR[1]]),
    "no words at all": coded([("T", "[laughs]", []), ("C", "", [])], [(0, 100), (200, 300)]),
    "back-channels only": coded([("T", "Okay.", ["facilitation"]), ("C", "Mm-hmm.", [])]),
    "three speakers": coded([*PAIR, ("O", "She says hello.", [])] * 4, [(i * 900, i * 900 + 1000) for i in range(12)]),
    "nobody has a role": replace(coded(PAIR), session=Session("invented", coded(PAIR).session.utterances)),
    "long": coded(LONG, [(i * 2000, i * 2000 + 2300) for i in range(len(LONG))]),
}
SETTINGS = {"default": DEFAULTS, "no detectors": DEFAULTS.with_changes({"detectors": []})}


def findings(of: Coded):
    kinds = ("judgment.label", "jargon.unexplained", "jargon.explained")
    spoken = [u for u in of.session if of.session.role_of(u) == "practitioner" and u.text]
    return [Finding(kind, u, 0, len(u.text), "why", "source") for u in spoken[:1] for kind in kinds]


def test_the_rooms_declared_are_the_rooms_the_settings_know():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    declared = project["project"]["entry-points"]["transcript_rapport.measures"]
    assert declared == {name: f"transcript_rapport.measures.{name}" for name in MEASURES}


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("of", SESSIONS.values(), ids=SESSIONS)
def test_a_room_yields_what_it_defines_and_never_nonsense(room, settings, of):
    measured = list(room.measure(of, findings(of), settings))
    assert [m.name for m in measured] == [d.name for d in room.DEFINITIONS]
    for m, definition in zip(measured, room.DEFINITIONS, strict=True):
        assert (m.title, m.unit, m.base_of) == (definition.title, definition.unit, definition.base)
        assert m.threshold == definition.threshold
        least, most = definition.range
        if m.value is None:
            assert m.note in definition.not_measurable
            assert (m.low, m.high, m.evidence) == (None, None, ())
            continue
        assert math.isfinite(m.value)
        assert least <= m.value <= (math.inf if most is None else most)
        if m.low is None:
            assert not definition.interval or "no interval" in m.note
        else:
            assert definition.interval
            assert least <= m.low <= m.value <= m.high <= (math.inf if most is None else most)
        assert all(0 <= s.start <= s.end <= len(of.session[s.utterance].text) for s in m.evidence)
        assert list(m.evidence) == sorted(set(m.evidence))


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS)
def test_every_definition_is_complete(room):
    for d in room.DEFINITIONS:
        assert all((d.name, d.title, d.unit, d.formula, d.base, d.source, d.example, d.not_measurable)), d.name
        assert all(d.not_measurable)


def test_names_are_unique_and_begin_with_their_room():
    names = [(room, d.name) for room in MEASURES for d in ROOMS[room].DEFINITIONS]
    assert len({name for _, name in names}) == len(names)
    assert all(name.startswith(f"{room}.") for room, name in names)


def test_only_published_bands_are_thresholds():
    with_threshold = {d.name: d.threshold for room in MEASURES for d in ROOMS[room].DEFINITIONS if d.threshold}
    assert {name: (t.basic, t.good) for name, t in with_threshold.items()} == {
        "listening.complex_reflection_share": (0.4, 0.5),
        "listening.reflection_to_question_ratio": (1.0, 2.0),
        "listening.open_question_share": (0.5, 0.7),
    }
    assert all("not a validated cut-off" in t.source for t in with_threshold.values())
    assert "3.1.1" in with_threshold["listening.open_question_share"].name
