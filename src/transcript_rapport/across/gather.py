"""Many sessions at once: transcripts are analysed, written reports are read back, and a bad file stops nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from transcript_rapport import plugins, questionnaires
from transcript_rapport.across import stored
from transcript_rapport.batch import pool
from transcript_rapport.batch.journal import DATA, Journal
from transcript_rapport.batch.work import Job, Outcome, Problem, do, problem
from transcript_rapport.errors import SettingsError
from transcript_rapport.report import Report
from transcript_rapport.settings import DEFAULTS, Settings


@dataclass(frozen=True)
class Gathered:
    """What was found: the reports in order, what could not be used, and what was left alone."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...] = ()


def inside(folder: str | Path, more: Collection[str] = ()) -> list[Path]:
    """The transcripts and written reports in a folder, numbers in names read as numbers (2 before 10).

    Hidden files, READMEs, files of a kind no reader names (``more``: other endings to take), and pages
    and tables that a run wrote there are left alone; of a folder of reports, it is its data. A
    SettingsError where there is no such folder or nothing in it to read.
    """
    path = Path(folder)
    if not path.is_dir():
        raise SettingsError(
            str(folder), "there is no such folder", "a folder of transcripts or reports", "check the path"
        )
    known = {s for name in plugins.available("readers") for s in plugins.load("readers", name).SUFFIXES}
    known |= {*stored.SUFFIXES, *more}
    written = {path / name for name in Journal(path).written}
    found = [p for p in path.iterdir() if p.is_file() and p.suffix.lower() in known and _visible(p)]
    found = [p for p in found if p not in written or stored.is_report(p)]
    if not found and written and (path / DATA).is_dir():
        return inside(path / DATA)
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
    workers: int = 1,
) -> Gathered:
    """The reports of all ``paths``, in order; ``begins`` is told each file's name before work on it starts.

    A transcript whose written report is among the paths is not analysed again. With several
    ``workers``, so many processes share the transcripts, and ``begins`` is told when each is done.
    Errors that hold for every file (settings, weights) pass; every other becomes a Problem.
    """
    listed = list(dict.fromkeys(Path(path) for path in paths))
    found: dict[Path, list[Report]] = {}
    problems: list[Problem] = []
    for path in filter(stored.is_report, listed):
        begins(path.name)
        try:
            found[path] = [questionnaires.beside(report, settings.questionnaires) for report in stored.load(path)]
        except Exception as error:
            found[path] = []
            problems.append(problem(str(path), error))
    known = _sources(found.values())
    left = {str(path): path for path in listed if path not in found and path.name not in known}
    for job, outcomes in _worked([Job((name,), settings) for name in left], begins, workers):
        for outcome in outcomes:
            if outcome.report:
                found.setdefault(left[job.where], []).append(outcome.report)
            elif outcome.problem:
                problems.append(outcome.problem)
    return Gathered(tuple(report for path in listed for report in found.get(path, ())), tuple(problems))


def _worked(
    jobs: Sequence[Job], begins: Callable[[str], object], workers: int
) -> Iterator[tuple[Job, Iterable[Outcome]]]:
    if min(workers, len(jobs)) > 1:
        yield from pool.each(jobs, workers, lambda job: begins(Path(job.where).name))
        return
    for job in jobs:
        begins(Path(job.where).name)
        yield job, do(job)


def _sources(found: Iterable[Sequence[Report]]) -> set[str]:
    return {Path(report.session.source).name for reports in found for report in reports}
