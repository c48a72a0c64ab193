"""One file's work, wherever it is done: read or hear it, analyse its sessions, write their texts."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from transcript_rapport import plugins
from transcript_rapport.errors import ModelError, RapportError, SettingsError
from transcript_rapport.report import Report
from transcript_rapport.session import Session
from transcript_rapport.settings import Settings

FOR_ALL = (SettingsError, ModelError)
"""Errors that hold for every file alike: trying the next one would only say the same again."""

Tell = Callable[[str], None]
Texts = Mapping[str, str]
"""A report's texts by the ending of their file's name, such as ``.html`` or ``.measures.csv``."""


LONG, A_MINUTE = 100_000, 25_000
"""Words from which a session is announced, and about how many are read in a minute on two cores."""


@dataclass(frozen=True, slots=True)
class Job:
    """The files of one session (or a file of several), how to analyse them, and the formats to write.

    ``tables``: a format of several tables a session is wanted as files, not as one text.
    """

    paths: tuple[str, ...]
    settings: Settings
    together: bool = False
    formats: tuple[str, ...] = ()
    tables: bool = False

    @property
    def where(self) -> str:
        """The files, as they were given."""
        return ", ".join(self.paths)


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or session that could not be used, what was seen, and for those who look, where.

    ``option``: what to do about it on the command line; pages are not made there, and leave it out.
    """

    where: str
    seen: str
    trace: str = ""
    option: str = ""

    @property
    def sentence(self) -> str:
        """The one sentence that says why, and what to do about it."""
        return "; ".join(filter(None, (self.seen, self.option)))


def nameless(problems: Sequence[Problem]) -> list[Problem]:
    """The problems without files' names and words, which may hold somebody's name; they were told on screen."""
    withheld = "could not be used; why is said on standard error when it runs"
    return [Problem(f"file {number}", withheld) for number, _ in enumerate(problems, 1)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one session: its report with its texts by format, or a problem."""

    report: Report | None = None
    texts: Mapping[str, Texts] = field(default_factory=dict)
    problem: Problem | None = None


def do(job: Job, tell: Tell = lambda _: None, accept: Callable[[int], object] = lambda _: None) -> Iterator[Outcome]:
    """The outcome of each session in a job's files, one by one; an error that holds for all files is raised.

    ``tell`` hears in a few words what is being done; ``accept`` hears how many sessions there are
    before the first is analysed, and may refuse them.
    """
    from transcript_rapport import recordings
    from transcript_rapport.readers import read

    first = job.paths[0]
    try:
        tell(f"Reading {first}")
        if recordings.is_recording(first):
            sessions = [recordings.hear_all(job.paths, job.settings, lambda far: tell(f"Reading {first}: {far}"))]
        else:
            sessions = read(*job.paths, together=job.together)
    except Exception as error:
        yield Outcome(problem=problem(job.where, error))
        return
    accept(len(sessions))
    for session in sessions:
        where = first if len(sessions) == 1 else f"{first}: {session.name}"
        tell(f"Listening to {session.name}{_at_length(session)}")
        try:
            from transcript_rapport.analysis import analyse

            report = analyse(session, job.settings)
            outcome = Outcome(report, {name: texts(report, name, job.tables) for name in job.formats})
        except Exception as error:
            outcome = Outcome(problem=problem(where, error))
        yield outcome


def _at_length(session: Session) -> str:
    """For a session far longer than a day's talk, how long it will take, so that nobody takes it for stuck."""
    words = sum(len(utterance.text.split()) for utterance in session)
    return f" ({words:,} words, some {words // A_MINUTE} minutes)" if words >= LONG else ""


def texts(report: Report, form: str, tables: bool = False) -> Texts:
    """The report in one format: a text, or with ``tables`` all tables of a format that has several."""
    renderer = plugins.load("renderers", form)
    if tables and hasattr(renderer, "files"):
        return {f".{table}{renderer.SUFFIX}": text for table, text in renderer.files(report).items()}
    return {renderer.SUFFIX: renderer.render(report)}


def problem(where: str, error: Exception) -> Problem:
    """The one sentence for what stopped a file; errors that hold for every file alike are raised again."""
    if isinstance(error, FOR_ALL):
        raise error
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, RapportError):
        return Problem(where, _plain(error.without_option), trace, _plain(error.option))
    if isinstance(error, OSError) and error.strerror:
        return Problem(where, f"{error.filename or where}: {error.strerror}", trace)
    told = _plain(f"{type(error).__name__}: {error}".rstrip(": "))
    seen = f"{where}: something unexpected happened ({told})"
    return Problem(where, seen, trace, "run it again with --debug to see where")


def _plain(told: str) -> str:
    """In one line."""
    return " ".join(told.split())
