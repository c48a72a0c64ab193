"""Invented sessions for work across several: reports with real measures, and measures with chosen numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests import invented
from tests.renderers.reports import MADE_WITH
from transcript_rapport import plugins
from transcript_rapport.measures.intervals import poisson, wilson
from transcript_rapport.report import Coded, Measure, Report
from transcript_rapport.settings import DEFAULTS

ROOMS = ("talk", "listening", "validation", "acceptance", "language", "partnership", "client", "remarks")

GOOD: list[invented.Line] = [
    ("T", "What brings you in this week?", ["question.open", "behaviour=question"]),
    ("C", "I stopped sleeping after the move.", ["client.emotion", "talk=neutral"]),
    ("T", "The new place keeps you awake at night.", ["reflection.simple", "behaviour=reflection"]),
    ("C", "Yes, I lie there and count the cars.", ["client.understood", "talk=neutral"]),
    ("T", "You miss the quiet you had made for yourself.", ["reflection.complex", "behaviour=reflection"]),
    ("C", "Exactly. I want it back.", ["talk=change"]),
]
POOR: list[invented.Line] = [
    ("T", "Did you do the exercises?", ["question.closed", "behaviour=question"]),
    ("C", "Not this week, no.", ["talk=sustain"]),
    ("T", "Do them every evening from now on.", ["advice.directive", "behaviour=input"]),
    ("C", "Hm.", ["client.withdrawal"]),
    ("T", "You really should try harder than that.", ["judgment.moralise", "behaviour=input"]),
    ("C", "I suppose so.", ["talk=neutral"]),
]


def coded(lines: list[invented.Line], times: int = 8, name: str = "invented") -> Coded:
    """The lines several times over, under a name, a little longer each time so that no two utterances are alike."""
    told = [(s, f"{text} ({n})", codes) for n in range(times) for s, text, codes in lines]
    held = invented.coded(told)
    return replace(held, session=replace(held.session, name=name, source=f"{name}.txt"))


def report(lines: list[invented.Line], name: str, times: int = 8) -> Report:
    """A report with the package's own measures, without findings."""
    of = coded(lines, times, name)
    rooms = [plugins.load("measures", room) for room in ROOMS]
    measures = tuple(m for room in rooms for m in room.measure(of, (), DEFAULTS))
    return Report(of, (), measures, MADE_WITH)


def share(part: int, whole: int, name: str = "listening.open_question_share") -> Measure:
    ends = wilson(part, whole)
    return Measure(name, "Open questions", part / whole, "share", whole, "questions", *ends, note=_note(whole, 5))


def rate(count: int, turns: int, name: str = "listening.reflections_per_ten_turns") -> Measure:
    ends = poisson(count, turns / 10)
    value, unit = 10 * count / turns, "per 10 practitioner turns"
    return Measure(name, "Reflections", value, unit, turns, "practitioner turns", *ends, note=_note(turns, 10))


def _note(base: int, enough: int) -> str:
    return f"counted on only {base}: too little to say" if base < enough else ""


def with_measures(name: str, *measures: Measure, lines: list[invented.Line] = GOOD) -> Report:
    return Report(coded(lines, 1, name), (), measures, MADE_WITH)


def statements(of: Report, changes: Mapping[int, str] | None = None) -> list[dict[str, object]]:
    """The report's own statements table as a person would hand it in; ``changes``: row → other codes."""
    rows = [dict(row) for row in of.to_frame("statements").to_dict("records")]
    for n, codes in (changes or {}).items():
        rows[n]["codes"] = codes
    return [{str(key): value for key, value in row.items()} for row in rows]
