"""The report as tidy flat tables: one row a thing, one column a property, the session's name first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from transcript_rapport.codebook import codes, is_learned
from transcript_rapport.errors import SettingsError
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.renderers.kinds import within
from transcript_rapport.report import Report

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, object]
DECIMALS = 4
BY_CONVENTION = ("jargon", "safety")
"""Families found by words, whose score is a rule of ours; moves are a third."""
BY_PROBABILITY = ("opening", "rupture", "question", "own", "telling", "self_disclosure")
"""Families beside the codebook whose score is made from the coder's probabilities."""


def rows(report: Report, table: str) -> list[Row]:
    """The rows of ``utterances``, ``statements``, ``findings`` or ``measures``; a SettingsError lists these names."""
    columns(table)
    return list(TABLES[table](report))


def columns(table: str) -> tuple[str, ...]:
    """The column names of a table, which hold even where it has no rows; a SettingsError lists the tables."""
    if table not in TABLES:
        raise SettingsError("tables", f"none is called {table!r}", f"one of {', '.join(TABLES)}")
    return COLUMNS[table]


def frame(rows: Sequence[Row], table: str) -> pd.DataFrame:
    """The rows in pandas, with the same type in a column whatever they hold: Int64, float64 or text."""
    import pandas as pd

    text = "str" if int(pd.__version__.split(".")[0]) >= 3 else "object"  # before, str wrote None for what is missing
    kinds = {name: "Int64" if name in WHOLE else "float64" if name in NUMBERS else text for name in columns(table)}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def score_kind(kind: str, source: str = "") -> str | None:
    """What a finding's score is: the coder's ``probability``, or a ``convention``; None for kinds that are not ours.

    ``source``: what the coder alone hears says so there, whatever rules find of the same kind.
    """
    if is_learned(source):
        return "probability"
    if kind in moves() or within(kind, *BY_CONVENTION):
        return "convention"
    return "probability" if kind in codes() or within(kind, *BY_PROBABILITY) else None


def rounded(value: float | None) -> float | None:
    """A number as it is written down: four decimals, whole numbers as they are, never NaN or infinite."""
    if value is None or isinstance(value, int):
        return value
    return round(float(value), DECIMALS) + 0.0 if isfinite(value) else None


def _utterances(report: Report) -> Iterator[Row]:
    session = report.session
    for u, label in zip(session, report.coded.labels, strict=True):
        cells = (u.index, u.speaker, session.role_of(u), u.start_ms, u.end_ms, label.behaviour, label.talk_type)
        yield _row(report, "utterances", *cells, rounded(label.probability), u.text)


def _statements(report: Report) -> Iterator[Row]:
    session = report.session
    for s in report.statements:
        label = report.coded.labels[s.utterance]
        places = (s.utterance, s.start, s.end, session[s.utterance].speaker, session.role_of(s.utterance))
        codes = "; ".join(s.codes)
        certain = "; ".join(f"{p:.{DECIMALS}g}" for p in s.codes.values())
        told = (codes, certain, "; ".join(s.counted), label.behaviour, label.talk_type)
        yield _row(report, "statements", *places, *told, report.coded.text(s))


def _findings(report: Report) -> Iterator[Row]:
    for f in report.findings:
        answers = f.answers or (None, None, None)
        told = (f.why, f.source, f.suggestion, rounded(f.score), score_kind(f.kind, f.source))
        yield _row(report, "findings", f.kind, f.utterance, f.start, f.end, f.of.speaker, f.quote, *told, *answers)


def _measures(report: Report) -> Iterator[Row]:
    for m in report.measures:
        t = m.threshold
        against = (t.name, t.basic, t.good, t.source) if t else (None, None, None, None)
        numbers = (rounded(m.value), rounded(m.low), rounded(m.high), m.unit, m.base, m.base_of)
        yield _row(report, "measures", m.name, m.title, *numbers, *against, m.note)


def _row(report: Report, table: str, *cells: object) -> Row:
    return dict(zip(COLUMNS[table], (report.session.name, *cells), strict=True))


TABLES: dict[str, Callable[[Report], Iterator[Row]]] = {
    "measures": _measures,
    "findings": _findings,
    "statements": _statements,
    "utterances": _utterances,
}
WHOLE = frozenset("utterance start end index start_ms end_ms base answers_utterance answers_start answers_end".split())
NUMBERS = frozenset("value low high basic good score probability".split())
"""Columns of whole numbers and of numbers; all others hold text."""
COLUMNS: dict[str, tuple[str, ...]] = {
    name: ("session", *named.split())
    for name, named in {
        "measures": "name title value low high unit base base_of threshold basic good threshold_source note",
        "findings": "kind utterance start end speaker quote why source suggestion score score_kind "
        "answers_utterance answers_start answers_end",
        "statements": "utterance start end speaker role codes probabilities counted behaviour talk_type text",
        "utterances": "index speaker role start_ms end_ms behaviour talk_type probability text",
    }.items()
}
