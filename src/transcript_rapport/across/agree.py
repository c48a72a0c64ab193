"""A person's codes against a report's: per code, per label, with intervals, and where the two differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from transcript_rapport.across import agreement
from transcript_rapport.across.agreement import Matrix
from transcript_rapport.across.alignment import Aligned, Unit
from transcript_rapport.codebook import codes
from transcript_rapport.renderers.wording import count

LEAST_SESSIONS = 5
LEAST_MARKED = 10
FIGURES: dict[str, Callable[[Matrix], Matrix]] = {
    "kappa": agreement.kappa,
    "alpha": agreement.alpha,
    "precision": agreement.precision,
    "recall": agreement.recall,
    "f1": agreement.f1,
}
NOTHING = "(no code)"
OWN = "own"
"""The family of the user's own codes, which no codebook lists."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its 90 % interval; None where it is not defined."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """Agreement on one code, family or label: how often each side gave it among ``units``, and the figures.

    ``family``: whether it is a family beside its own members.
    """

    name: str
    units: int
    human: int
    report: int
    both: int
    figures: Mapping[str, Figure]
    note: str = ""
    family: bool = False


@dataclass(frozen=True)
class Coding:
    """Agreement on one coding (``codes``, ``behaviour``, ``talk_type``).

    ``overall`` holds kappa, alpha and the share of units alike: for labels over all of them, for codes
    over whole sets. ``confusion``: (the person's, the report's) → units.
    """

    name: str
    units: int
    overall: Mapping[str, Figure]
    codes: tuple[Code, ...]
    confusion: Mapping[tuple[str, str], int]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """All codings, what the intervals are made over, and what could not be matched."""

    aligned: Aligned
    codings: tuple[Coding, ...]
    over: str


def agree(aligned: Aligned) -> Agreement:
    """Every figure of agreement, with 90 % intervals.

    Whole sessions are left out in turn where there are at least five, else exchanges.
    """
    sessions = {unit.session for unit in aligned.units}
    over = "sessions" if len(sessions) >= LEAST_SESSIONS else "exchanges"
    codings = (
        _coding(name, [unit for unit in aligned.units if unit.coding == name], over)
        for name in dict.fromkeys(unit.coding for unit in aligned.units)
    )
    return Agreement(aligned, tuple(codings), over)


def _coding(name: str, units: Sequence[Unit], over: str) -> Coding:
    used, rolled, left_out = _named(name, units)
    alone = (_code(code, name, units, over) for code in used)
    together = (replace(_code(code, name, units, over), family=True) for code in rolled)
    rows = (*alone, *together)
    confusion = _confusion(name, units, used)
    return Coding(name, len(units), _overall(name, units, used, over), rows, confusion, left_out)


def _named(coding: str, units: Sequence[Unit]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What is compared, families of which several members are, and what only one side knows."""
    human = {code for unit in units for code in unit.human}
    report = {code for unit in units for code in unit.report}
    if coding != "codes":
        return tuple(sorted(human | report)), (), ()
    book = [*codes(), *sorted(code for code in human | report if _covered(code, (OWN,)))]
    families = {code.split(".")[0] for code in book} - {"client", OWN}
    known = [code for code in (*book, *sorted(families - set(book))) if code in human]
    rolled = [f for f in sorted(families) if f not in known and sum(c.startswith(f + ".") for c in known) > 1]
    strange = tuple(f"{code} (not in the codebook)" for code in sorted(human - set(book) - families))
    ours = tuple(f"{code} (the table never uses it)" for code in sorted(report) if not _covered(code, known))
    return tuple(known), tuple(rolled), strange + ours


def _covered(code: str, known: Sequence[str]) -> bool:
    return any(code == name or code.startswith(name + ".") for name in known)


def _has(given: frozenset[str], name: str) -> bool:
    return any(_covered(code, (name,)) for code in given)


def _fits(name: str, coding: str, unit: Unit) -> bool:
    """Codes of clients are only compared where a client speaks, all others where a practitioner does.

    The user's own codes are compared wherever they may stand: see ``_told_of``.
    """
    if _covered(name, (OWN,)):
        return True
    return coding != "codes" or unit.role == ("client" if _covered(name, ("client",)) else "practitioner")


def _code(name: str, coding: str, units: Sequence[Unit], over: str) -> Code:
    fitting = _told_of(name, [unit for unit in units if _fits(name, coding, unit)])
    marks = [(unit, int(_has(unit.human, name)), int(_has(unit.report, name))) for unit in fitting]
    parts = _parts(marks, 2, over)
    total = parts.sum(0)
    human, report = int(total[1].sum()), int(total[:, 1].sum())
    figures = _figures(parts, FIGURES)
    note = f"too little to say: the person gave it only {count(human, 'time')}" if human < LEAST_MARKED else ""
    return Code(name, len(fitting), human, report, int(total[1, 1]), figures, note)


def _told_of(name: str, units: Sequence[Unit]) -> list[Unit]:
    """Of an own code, the units of those in whose words it stands at all: its table says no role."""
    roles = {unit.role for unit in units if _has(unit.human | unit.report, name)}
    return [unit for unit in units if unit.role in roles or not _covered(name, (OWN,))]


def _parts(marks: Sequence[tuple[Unit, int, int]], size: int, over: str) -> Matrix:
    """Confusion matrices of each session or exchange, shape (n, size, size)."""
    keys = [unit.session if over == "sessions" else (unit.session, unit.exchange) for unit, _, _ in marks]
    place = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    parts = np.zeros((len(place), size, size))
    for key, (_, a, b) in zip(keys, marks, strict=True):
        parts[place[key], a, b] += 1
    return parts


def _figures(parts: Matrix, wanted: Mapping[str, Callable[[Matrix], Matrix]]) -> dict[str, Figure]:
    if not len(parts):
        return {name: Figure(None) for name in wanted}
    return {
        name: Figure(agreement.figure(of(parts.sum(0))), *(agreement.interval(of, parts) or (None, None)))
        for name, of in wanted.items()
    }


def _overall(name: str, units: Sequence[Unit], used: Sequence[str], over: str) -> dict[str, Figure]:
    """Agreement on the label, or on the whole set of the codes that are compared."""
    sides = [(_set(unit, unit.human, used, name), _set(unit, unit.report, used, name)) for unit in units]
    values = {value: i for i, value in enumerate(sorted({v for pair in sides for v in pair}))}
    marks = [(unit, values[a], values[b]) for unit, (a, b) in zip(units, sides, strict=True)]
    wanted = {"kappa": agreement.kappa, "alpha": agreement.alpha, "same": agreement.same}
    return _figures(_parts(marks, len(values), over), wanted)


def _set(unit: Unit, given: frozenset[str], used: Sequence[str], coding: str) -> str:
    kept = [name for name in used if _has(given, name) and _fits(name, coding, unit)]
    return "; ".join(kept) or NOTHING


def _confusion(coding: str, units: Sequence[Unit], used: Sequence[str]) -> dict[tuple[str, str], int]:
    """What each code met: itself where both gave it, else each code that only the other side gave there."""
    met: Counter[tuple[str, str]] = Counter()
    for unit in units:
        fitting = [name for name in used if _fits(name, coding, unit)]
        human, report = ({name for name in fitting if _has(given, name)} for given in (unit.human, unit.report))
        met.update((code, code) for code in human & report)
        only_a, only_b = sorted(human - report), sorted(report - human)
        if only_a or only_b:
            met.update((a, b) for a in only_a or [NOTHING] for b in only_b or [NOTHING])
    return dict(met)


def rows(of: Agreement) -> Iterator[dict[str, object]]:
    """One tidy row a code, and one a coding as a whole: what the CSV holds."""
    for coding in of.codings:
        yield {"coding": coding.name, "code": "(all)", "units": coding.units} | _flat(coding.overall)
        for code in coding.codes:
            counts = {"units": code.units, "human": code.human, "report": code.report, "both": code.both}
            yield {"coding": coding.name, "code": code.name} | counts | _flat(code.figures) | {"note": code.note}


def _flat(figures: Mapping[str, Figure]) -> dict[str, object]:
    named: dict[str, object] = {}
    for name, held in figures.items():
        named |= {name: held.value, f"{name}_low": held.low, f"{name}_high": held.high}
    return named


COLUMNS = (
    *("coding", "code", "units", "human", "report", "both"),
    *(f"{name}{end}" for name in (*FIGURES, "same") for end in ("", "_low", "_high")),
    "note",
)
