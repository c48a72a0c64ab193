"""Where a number lies among other sessions: percentiles of a named group, with how many and with what limits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from transcript_rapport.errors import SettingsError
from transcript_rapport.report import Measure

SCHEMA = "transcript-rapport/norms/1"
TOO_LITTLE = "too little to say"
"""How the note of a measure says that its base is too small to lean on."""
SHIPPED = Path(__file__).with_name("reference")
"""The folder of the norms that came with the package; each can be named instead of a path."""
SPANS = "its range spans the whole group"
PERCENTILES = {5: 20, 10: 10, 25: 4, 50: 2, 75: 4, 90: 10, 95: 20}
"""Percentile → the least number of sessions from which it is given: an end needs sessions beyond it."""


@dataclass(frozen=True, slots=True)
class Norm:
    """One measure's percentiles (as text keys, ``"50"``) among ``n`` sessions that have enough to count."""

    n: int
    unit: str
    percentiles: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Norms:
    """A reference group: its name, how many sessions, what limits it, and a norm a measure."""

    name: str
    sessions: int
    limits: str
    measures: Mapping[str, Norm]


def compute(sessions: Sequence[Iterable[Measure]], name: str, limits: str) -> Norms:
    """The norms of a group from the measures of each session; those with too little to count stay out."""
    import numpy as np

    held: dict[str, list[Measure]] = {}
    for measure in (m for measures in sessions for m in measures):
        if measure.value is not None and TOO_LITTLE not in measure.note:
            held.setdefault(measure.name, []).append(measure)
    norms = {}
    for measured, members in held.items():
        values = [m.value for m in members if m.value is not None]
        given = [p for p, least in PERCENTILES.items() if len(values) >= least]
        cut = {str(p): round(float(v), 4) for p, v in zip(given, np.percentile(values, given), strict=True)}
        norms[measured] = Norm(len(values), members[0].unit, cut)
    return Norms(name, len(sessions), limits, norms)


def written(norms: Norms) -> str:
    """The norms as JSON text."""
    return json.dumps({"schema": SCHEMA, **asdict(norms)}, ensure_ascii=False, indent=2) + "\n"


def load(path: str | Path) -> Norms:
    """The norms in a file, or those of that name that came with the package; a SettingsError where there are none."""
    shipped = SHIPPED / f"{path}.json"
    try:
        held: dict[str, Any] = json.loads((shipped if shipped.is_file() else Path(path)).read_text(encoding="utf-8"))
        if held["schema"] != SCHEMA:
            raise ValueError(held["schema"])
        norms = {name: Norm(n["n"], n["unit"], dict(n["percentiles"])) for name, n in held["measures"].items()}
        return Norms(held["name"], held["sessions"], held["limits"], norms)
    except OSError as error:
        raise SettingsError(
            str(path), error.strerror or "it cannot be opened", "a file of norms", "check the path"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        made = "make one with `rapport norms FOLDER --name NAME --out norms.json`"
        raise SettingsError(str(path), f"not a file of norms ({error!r})", f"one of the kind {SCHEMA}", made) from None


def described(path: str | Path) -> dict[str, object]:
    """What a report says once of the group its numbers lie in: its name, how many sessions, and what limits it."""
    held = load(path)
    return {"name": held.name, "sessions": held.sessions, "limits": held.limits}


def placed(measures: Iterable[Measure], norms: Norms) -> tuple[Measure, ...]:
    """The measures, each with a note on where it lies in the group where that can be said."""
    return tuple(replace(m, note="; ".join(part for part in (m.note, place(m, norms)) if part)) for m in measures)


def place(measure: Measure, norms: Norms) -> str:
    """Where a measure lies: above how many of the group's sessions, in per cent; empty where unknown."""
    norm = norms.measures.get(measure.name)
    if norm is None or measure.value is None or not norm.percentiles or norm.unit != measure.unit:
        return ""
    if TOO_LITTLE in measure.note:
        return ""
    group = f"{norm.n} sessions of {norms.name}"
    low, high = _among(measure.value, norm)
    lies = f"{_told(low, high)} {group}"
    if measure.low is None or measure.high is None:
        return lies
    least, most = _among(measure.low, norm)[0], _among(measure.high, norm)[1]
    if (least, most) == (low, high):
        return lies
    return f"{lies}; {_ranging(least, most)}"


def place_in_short(measure: Measure, group: str) -> str:
    """What ``placed`` noted of a measure, for a line under the name of its group; empty where it noted nothing."""
    noted = re.search(rf"(?:^|; )([^;]+ \d+) sessions of {re.escape(group)}(; {SPANS})?", measure.note)
    return f"{noted[1]}{' (its range spans them all)' if noted[2] else ''}" if noted else ""


def _among(value: float, norm: Norm) -> tuple[int, int]:
    """Between which percentiles a value lies; 0 and 100 stand for the ends of the group."""
    below = [int(p) for p, cut in norm.percentiles.items() if cut < value]
    above = [int(p) for p, cut in norm.percentiles.items() if cut > value]
    return max(below, default=0), min(above, default=100)


def _ranging(least: int, most: int) -> str:
    """Between which percentiles the 90 % range lies, told from the nearer end of the group."""
    if (least, most) == (0, 100):
        return SPANS
    if least == 0:
        return f"its range lies within their lowest {most} %"
    highest = f"their highest {100 - (least if most == 100 else most)} %"
    return f"its range lies {f'within {highest}' if most == 100 else f'between their lowest {least} % and {highest}'}"


def _told(low: int, high: int) -> str:
    if low < 50 < high:
        return "a usual value among"
    if low == 0:
        return f"lower than in at least {100 - high} % of"
    return f"higher than in at least {low} % of" if high == 100 else f"higher than in {low} to {high} % of"
