"""Many sessions at once: transcripts are analysed, written reports are read back, and a bad file stops nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from transcript_rapport import plugins
from transcript_rapport.across import stored
from transcript_rapport.errors import ModelError, RapportError, SettingsError
from transcript_rapport.report import Report
from transcript_rapport.settings import DEFAULTS, Settings


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or session that could not be used, and the one sentence that says why."""

    where: str
    sentence: str


@dataclass(frozen=True)
class Gathered:
    """What was found: the reports in order, what could not be used, and what was left alone."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...] = ()


def inside(folder: str | Path) -> list[Path]:
    """The transcripts and written reports in a folder, numbers in names read as numbers (2 before 10).

    Hidden files, READMEs and files of a kind no reader names are left alone. A SettingsError where
    there is no such folder or nothing in it to read.
    """
    path = Path(folder)
    if not path.is_dir():
        raise SettingsError(
            str(folder), "there is no such folder", "a folder of transcripts or reports", "check the path"
        )
    known = {s for name in plugins.available("readers") for s in plugins.load("readers", name).SUFFIXES}
    known |= set(stored.SUFFIXES)
    found = [p for p in path.iterdir() if p.is_file() and p.suffix.lower() in known and _visible(p)]
    if not found:
        raise SettingsError(
            str(folder), "no transcript or report in it", f"files that end in {', '.join(sorted(known))}"
        )
    return sorted(found, key=lambda p: in_order(p.name))


def _visible(path: Path) -> bool:
    return not path.name.startswith(".") and path.stem.lower() != "readme"


def in_order(name: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts names as people do: ``session 2`` before ``session 10``."""
    return tuple((int(part), "") if part.isdigit() else (-1, part.casefold()) for part in re.split(r"(\d+)", name))


def gather(
    paths: Iterable[str | Path],
    settings: Settings = DEFAULTS,
    begins: Callable[[str], object] = lambda _: None,
) -> Gathered:
    """The reports of all ``paths``, in order; ``begins`` is told each file's name before work on it starts.

    A transcript whose written report is among the paths is not analysed again. Errors that hold for
    every file (settings, weights) pass; every other becomes a Problem.
    """
    listed = list(dict.fromkeys(Path(path) for path in paths))
    written = {path for path in listed if stored.is_report(path)}
    found: dict[Path, list[Report]] = {}
    problems: list[Problem] = []
    for path in sorted(listed, key=lambda p: p not in written):
        if path not in written and path.name in _sources(found.values()):
            continue
        begins(path.name)
        found[path], wrong = _from_file(path, settings, path in written)
        problems += wrong
    return Gathered(tuple(report for path in listed for report in found.get(path, ())), tuple(problems))


def _sources(found: Iterable[Sequence[Report]]) -> set[str]:
    return {Path(report.session.source).name for reports in found for report in reports}


def _from_file(path: Path, settings: Settings, written: bool) -> tuple[list[Report], list[Problem]]:
    from transcript_rapport.analysis import analyse
    from transcript_rapport.readers import read

    reports: list[Report] = []
    problems: list[Problem] = []
    try:
        if written:
            return stored.load(path), []
        sessions = read(path)
    except Exception as error:
        return [], [problem(str(path), error)]
    for session in sessions:
        try:
            reports.append(analyse(session, settings))
        except Exception as error:
            problems.append(problem(str(path) if len(sessions) == 1 else f"{path}: {session.name}", error))
    return reports, problems


def problem(where: str, error: Exception) -> Problem:
    """The one sentence for what stopped a file; errors that hold for every file alike are raised again."""
    if isinstance(error, SettingsError | ModelError):
        raise error
    if isinstance(error, RapportError):
        return Problem(where, " ".join(str(error).split()))
    if isinstance(error, OSError) and error.strerror:
        return Problem(where, f"{error.filename or where}: {error.strerror}")
    told = " ".join(f"{type(error).__name__}: {error}".rstrip(": ").split())
    return Problem(where, f"{where}: something unexpected happened ({told})")
