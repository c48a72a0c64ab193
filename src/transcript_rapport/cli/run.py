"""Many files, on one core or on several: a bad one is told in one line and the others go on."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from transcript_rapport import questionnaires
from transcript_rapport.batch import pool
from transcript_rapport.batch.work import FOR_ALL, Job, Outcome, Problem, do, nameless, problem
from transcript_rapport.cli.door import say
from transcript_rapport.cli.output import Output, Stream
from transcript_rapport.cli.progress import Steps, steps
from transcript_rapport.renderers.wording import count
from transcript_rapport.report import Report
from transcript_rapport.settings import Settings


def transcripts(given: str, consented: bool = False) -> list[str]:
    """A path as it was given; of a folder, what is in it to analyse, without what runs wrote there.

    Recordings count where somebody confirmed consent, unless the transcript lies beside them; else
    that they were left alone is said.
    """
    from transcript_rapport.across import gather, stored
    from transcript_rapport.recordings.sound import SUFFIXES, is_recording

    if not Path(given).is_dir():
        return [given]
    found = [path for path in gather.inside(given, SUFFIXES) if not stored.is_report(path)]
    told = {path.stem for path in found if not is_recording(path)}
    heard = [path for path in found if is_recording(path) and path.stem not in told]
    if heard and not consented:
        say(
            f"{given}: {count(len(heard), 'recording')} left alone, since nobody has confirmed that everyone heard "
            "agreed; add --consent NAME to hear them"
        )
    return [str(path) for path in found if not is_recording(path) or (consented and path in heard)]


@dataclass
class Run:
    """One call of ``rapport analyse``: how to analyse, where reports go, and how it went.

    ``workers``: how many processes share the files; None for as many as there are cores.
    """

    settings: Settings
    output: Output
    debug: bool = False
    workers: int | None = None
    done: int = 0
    problems: list[Problem] = field(default_factory=list)
    sessions: list[tuple[str, str]] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many files or sessions could not be used."""
        return len(self.problems)

    def files(self, paths: Sequence[str], together: bool = False) -> None:
        """Analyse every file and put the reports in the order given; ``together`` makes them one session."""
        from transcript_rapport import recordings

        groups = [tuple(paths)] if together else [(path,) for path in paths]
        self.output.accept(len(groups))
        recordings.check(paths, self.settings, together)
        jobs = [Job(group, self.settings, together, self.output.formats, self.output.tables) for group in groups]
        there = self.output.begin(jobs)
        left = [job for number, job in enumerate(jobs) if number not in there]
        try:
            with (
                steps(len(left), isinstance(self.output, Stream) and sys.stdout.isatty()) as shown,
                closing(self._worked(left, shown)) as worked,
            ):
                for number, job in enumerate(jobs):
                    if number in there:
                        self._done(job, self.output.again(number))
                    else:
                        self._take(job, number, next(worked))
        finally:
            self._tell()
        self.output.finish(nameless(self.problems) if self.settings.deidentify else self.problems)

    def _worked(self, jobs: Sequence[Job], shown: Steps) -> Generator[Iterable[Outcome], None, None]:
        """The outcomes of each job, in order: from worker processes, or from this one."""
        workers = min(self.workers or pool.cores(), len(jobs))
        if workers < 2 or any("-" in job.paths for job in jobs):  # only this process has the standard input
            for job in jobs:
                yield do(job, shown.tell, self.output.accept)
                shown.step()
            return

        def ready(job: Job) -> None:
            shown.tell(f"Done with {job.where}")
            shown.step()

        shown.tell(f"Listening to {len(jobs)} files in {workers} processes")
        with closing(pool.each(jobs, workers, ready)) as found:
            for _, outcomes in found:
                yield outcomes

    def _take(self, job: Job, number: int, outcomes: Iterable[Outcome]) -> None:
        failed = self.failed
        for outcome in outcomes:
            if outcome.problem:
                self.problems.append(outcome.problem)
            else:
                self._put(job, outcome)
        self.output.note(number, self.failed == failed)

    def _put(self, job: Job, outcome: Outcome) -> None:
        from transcript_rapport import recordings

        try:
            self.output.put(outcome)
            self._done(job, [outcome.report] if outcome.report else [])
            if self.settings.delete_recording and recordings.is_recording(job.paths[0]):
                for path in job.paths:
                    recordings.delete(path)
        except (*FOR_ALL, BrokenPipeError):
            raise
        except Exception as error:
            self.problems.append(problem(job.where, error))

    def _done(self, job: Job, reports: Iterable[Report]) -> None:
        """Count reports, and keep the names their sessions may be called by in other tables."""
        for report in reports:
            self.done += 1
            self.sessions.append((report.session.name, job.paths[0]))

    def _tell(self) -> None:
        """What failed and why, a line each, and which questionnaires belong to no session."""
        for found in self.problems:
            say(found.sentence)
            if self.debug and found.trace:
                print(found.trace, end="", file=sys.stderr)  # noqa: T201
        if self.settings.questionnaires:
            others = questionnaires.told_of_others(self.settings.questionnaires, self.sessions)
            if others:
                say(others)
