"""A folder of reports: a file a session and, over several sessions, the caseload page, two tables and the data."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from transcript_rapport.across import stored
from transcript_rapport.across.frames import free_name
from transcript_rapport.batch import work
from transcript_rapport.batch.journal import DATA, Journal, key
from transcript_rapport.batch.work import Job, Outcome, Problem
from transcript_rapport.cli.door import say
from transcript_rapport.cli.output import Output, make, renderer, save, tally
from transcript_rapport.errors import ReadError
from transcript_rapport.renderers.wording import count
from transcript_rapport.report import Report

PAGE = "caseload.html"
TABLES = ("measures", "findings")
NOT_A_FILE_NAME = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


class Folder(Output):
    """One file a session (a format of several tables: one a table); a file is there whole or not at all.

    Over ``several`` sessions it also holds ``data/NAME.json``, ``measures.csv``, ``findings.csv``,
    ``caseload.html`` and a journal of what was made from what.
    """

    tables = True

    def __init__(self, form: str, path: Path, resuming: bool = False) -> None:
        self.form, self.suffix = form, renderer(form).SUFFIX
        self.formats: tuple[str, ...] = (form,)
        self.path, self.resuming, self.several = path, resuming, resuming
        self.journal = Journal(path)
        self.taken = {Path(PAGE).stem, *TABLES}
        self.names: set[str] = set()
        self.given: set[Path] = set()
        self.keys: dict[int, str] = {}
        self.there: dict[int, tuple[str, ...]] = {}
        self.now: list[str] = []
        self.kept: list[tuple[Report, str]] = []
        make(path)

    def accept(self, sessions: int) -> None:
        """A folder holds any number; from two on it holds what is over all of them too."""
        self.several |= sessions > 1
        if self.several:
            self.formats = (self.form, "json")

    def begin(self, jobs: Sequence[Job]) -> Collection[int]:
        """The jobs whose reports are there, whole and made from the same files in the same way."""
        self.given = {Path(path).resolve() for job in jobs for path in job.paths}
        if not self.several:
            return ()
        made_with = _made_with(jobs[0])
        sums = {number: key(job, made_with) for number, job in enumerate(jobs)}
        self.keys = {number: total for number, total in sums.items() if total}
        if self.resuming:
            found = {number: self.journal.files(total) for number, total in self.keys.items()}
            self.there = {number: files for number, files in found.items() if files}
            told = count(len(jobs), "file")
            say(f"{len(self.there)} of {told} skipped: made before from the same content and settings")
        # A name that a report has keeps it: new reports must not take its place.
        self.taken |= {_stem(name) for files in self.there.values() for name in files}
        return self.there

    def again(self, number: int) -> Sequence[Report]:
        """Take the reports of a job from where they were written as data."""
        files = self.there[number]
        data = [name for name in files if name.endswith(".json")]
        reports = [stored.load(self.path / name)[0] for name in data]
        for name, report in zip(data, reports, strict=True):
            own = [file for file in files if _stem(file) == _stem(name) and file.endswith(self.suffix)]
            self._keep(report, own[0])
        return reports

    def put(self, outcome: Outcome) -> None:
        """Write the files of one report, all of them or none."""
        if (report := outcome.report) is None:
            return
        name = free_name(NOT_A_FILE_NAME.sub("_", report.session.name).strip(" .")[:100] or "session", self.taken)
        files = {name.removesuffix(ending) + ending: text for ending, text in outcome.texts[self.form].items()}
        page = next(iter(files))
        if self.several and self.form != "json":
            make(self.path / DATA)
            files |= {
                f"{DATA}/{name}.json": text
                for text in (outcome.texts.get("json") or work.texts(report, "json")).values()
            }
        for file in files:
            if (self.path / file).resolve() in self.given:
                seen = f"its report would replace {self.path / file}, which was to be read"
                raise ReadError(report.session.source, seen, "reports in another folder", "change --out")
        save({self.path / file: text for file, text in files.items()})
        self.now += files
        self._keep(report, page)

    def note(self, number: int, whole: bool) -> None:
        """Add a job to the journal, so that a later run need not do it again."""
        if whole and number in self.keys:
            self.journal.note(self.keys[number], self.now)
        self.now = []

    def finish(self, problems: Sequence[Problem]) -> None:
        """Write what is over all sessions, and say where it is."""
        from transcript_rapport.across import caseload, page
        from transcript_rapport.across.gather import Gathered
        from transcript_rapport.across.tables import as_csv
        from transcript_rapport.renderers.tables import columns, rows

        if not (self.several and self.kept):
            return
        reports = tuple(report for report, _ in self.kept)
        pages = {report.session.name: file for report, file in self.kept} if self.suffix == ".html" else {}
        held = {f"{t}.csv": as_csv((row for r in reports for row in rows(r, t)), columns(t)) for t in TABLES}
        held[PAGE] = page.caseload(caseload.caseload(Gathered(reports, tuple(problems))), pages)
        save({self.path / name: text for name, text in held.items()})
        self.journal.note("all sessions", held)
        say(tally(self.path / PAGE, len(reports), len(problems)))

    def _keep(self, report: Report, file: str) -> None:
        """Keep what the caseload and the tables are made of, under a name of its own."""
        name = free_name(report.session.name, self.names)
        light = tuple(replace(statement, probabilities={}) for statement in report.statements)
        coded = replace(report.coded, session=replace(report.session, name=name), statements=light)
        self.kept.append((replace(report, coded=coded), file))


def _stem(name: str) -> str:
    """The name of a session's files without what tells them apart, in small letters."""
    plain = Path(name).name
    ending = next(
        (f".{table}.csv" for table in (*TABLES, "statements", "utterances") if plain.endswith(f".{table}.csv")), ""
    )
    return (plain.removesuffix(ending) if ending else Path(plain).stem).casefold()


def _made_with(job: Job) -> dict[str, object]:
    """What the reports of a run are made with; a missing model is told here, before any file is read."""
    from transcript_rapport.analysis import made_with
    from transcript_rapport.coder import load

    return made_with(job.settings, load(job.settings.model, job.settings.engine).identity)
