"""Where reports go: standard output, a folder with one file a session, or tables over all sessions."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from transcript_rapport import plugins
from transcript_rapport.across.frames import Tables
from transcript_rapport.batch.work import Job, Outcome, Problem
from transcript_rapport.cli.door import say, write
from transcript_rapport.errors import SettingsError
from transcript_rapport.renderers.wording import count
from transcript_rapport.report import Report

STREAMS = ("text", "jsonl", "csv")
"""Formats of which several reports can follow each other on standard output, or in one file."""
_NO_REPORTS = {".md", ".docx", ".doc", ".odt", ".rtf", ".pdf", ".xlsx", ".tsv", ".xml"}
"""Endings of files that people would like, and not of folders."""
PARQUET = "parquet"
"""The format that is no renderer: its files hold all sessions together."""


class Output:
    """A place for reports: takes the outcomes one by one, in the order of the jobs; this one keeps nothing.

    ``formats`` are what each report is to be written in, and ``tables`` whether with all tables of
    a format that has several.
    """

    formats: tuple[str, ...] = ()
    tables = False

    def accept(self, sessions: int) -> None:
        """A SettingsError where this place cannot hold so many sessions."""

    def begin(self, jobs: Sequence[Job]) -> Collection[int]:  # noqa: ARG002
        """The numbers of the jobs whose reports are there already."""
        return ()

    def again(self, number: int) -> Sequence[Report]:  # noqa: ARG002
        """Take the reports of a job that are there already."""
        return ()

    def put(self, outcome: Outcome) -> None:
        """Write one report, or keep it until the end."""

    def note(self, number: int, whole: bool) -> None:
        """The reports of a job were put; ``whole``: none of its sessions failed."""

    def finish(self, problems: Sequence[Problem]) -> None:
        """Write what was kept until the end."""


def renderer(name: str) -> Any:
    """The renderer module for ``--format NAME``; an unknown name is a SettingsError."""
    if name not in plugins.available("renderers"):
        known = ", ".join(sorted({*plugins.available("renderers"), PARQUET}))
        raise SettingsError("--format", f"there is no format {name!r}", f"one of {known}")
    return plugins.load("renderers", name)


def place(form: str | None, out: Path | None, deleting: bool = False, resuming: bool = False) -> Output:
    """Where reports of the format ``form`` go: standard output, the folder ``out``, or the one file it is the name of.

    A name with the ending of a format is a file of that format. ``deleting``: each recording goes once its report
    is written; ``resuming``: reports that are there already are not made again.
    """
    from transcript_rapport.cli.folder import Folder

    said = _said(out, form) if out and not out.is_dir() else None
    form, folder = form or said or "text", None if said else out
    if resuming and (folder is None or form == PARQUET):
        seen = "its tables are only written at the end" if form == PARQUET else "no folder was named"
        raise SettingsError("--resume", seen, "a folder of reports to go on with", "add --out DIR, with another format")
    if out and said:
        return File(form, out)
    if form != PARQUET:
        return Folder(form, folder, resuming) if folder else Stream(form)
    if folder is None:
        raise SettingsError("--format parquet", "no folder was named", "a folder for its four tables", "add --out DIR")
    if deleting:
        seen = "recordings are to be removed, but its tables are only written after the last session"
        raise SettingsError("--format parquet", seen, "one of the two", "leave --delete-recording out, or use csv")
    return Parquet(folder)


def _said(out: Path, form: str | None) -> str | None:
    """The format that a file's name says, None for a folder's; a SettingsError where it is not ``form``, or none."""
    endings = {renderer(name).SUFFIX: name for name in plugins.available("renderers")} | {".htm": "html"}
    ending = out.suffix.lower()
    said = endings.get(ending)
    if ending in _NO_REPORTS and not said:
        seen = f"{out} is the name of a file, and no report is written as {ending}"
        raise SettingsError("--out", seen, f"a folder, or a name that ends in {', '.join(sorted(endings))}")
    if said and form not in {None, said}:
        seen = f"{out} is the name of a file as {said}, and --format is {form}"
        raise SettingsError("--out", seen, "one of the two", "change the name, or leave --format out")
    return said


class Stream(Output):
    """Standard output, in the order the reports come."""

    what, instead = "standard output", "add --out DIR"

    def __init__(self, form: str) -> None:
        renderer(form)
        self.form = form
        self.formats = (form,)
        self.header = ""
        self.begun = False

    def accept(self, sessions: int) -> None:
        """Whole documents (html, json) cannot follow each other in one stream."""
        if sessions > 1 and self.form not in STREAMS:
            instead = f"{self.instead}, or use --format jsonl" if self.form == "json" else self.instead
            seen = f"{sessions} sessions, and {self.what} holds one {self.form} document"
            raise SettingsError("--format " + self.form, seen, "a folder for several", instead)

    def put(self, outcome: Outcome) -> None:
        """Print one report: a line of jsonl, further rows of one table, or a text of its own."""
        text = "".join(outcome.texts[self.form].values()).strip("\n") + "\n"
        if self.form == "csv":
            text = self._without_repeated_header(text)
        elif self.form == "text" and self.begun:
            text = "\n" + text
        self.write(text)
        self.begun = True

    def write(self, text: str) -> None:
        """Print ``text``."""
        write(text)

    def _without_repeated_header(self, text: str) -> str:
        header, _, rows = text.partition("\n")
        if header == self.header:
            return rows
        self.header = header
        return text


class File(Stream):
    """One file, written with the first report and longer by each that follows; none where no session could be used."""

    instead = "give --out a folder's name"

    def __init__(self, form: str, path: Path) -> None:
        super().__init__(form)
        self.path, self.what = path, str(path)
        make(path.parent)

    def begin(self, jobs: Sequence[Job]) -> Collection[int]:
        """Nothing is there already; a SettingsError where the report would replace what is to be read."""
        if self.path.resolve() in {Path(path).resolve() for job in jobs for path in job.paths}:
            raise SettingsError("--out", f"{self.path} is what is to be read", "another file", "change the name")
        return ()

    def write(self, text: str) -> None:
        """Write ``text``, or add it to what this run wrote."""
        if not self.begun:
            save({self.path: text})
            return
        with self.path.open("ab") as file:
            file.write(text.encode("utf-8"))


class Parquet(Output):
    """A folder with one Parquet file a table over all sessions, written when the last one is in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.held = Tables()
        make(path)

    def put(self, outcome: Outcome) -> None:
        """Take one report in; a name that another session has is numbered, and that is said."""
        if outcome.report is None:
            return
        session = outcome.report.session
        if (name := self.held.add(outcome.report)) != session.name:
            say(f"{session.source}: another session is called {session.name!r} too; in the tables this one is {name!r}")

    def finish(self, problems: Sequence[Problem]) -> None:  # noqa: ARG002
        """Write the tables, all of them or none; none where no session could be used."""
        if self.held.taken:
            save({self.path / name: data for name, data in self.held.files().items()})


def tally(where: Path, sessions: int, failed: int) -> str:
    """How many sessions stand in what was written, and how many files could not be used."""
    others = f"{count(failed, 'file')} could not be used" if failed else "every file could be used"
    return f"{where}: {count(sessions, 'session')}; {others}"


def make(folder: Path) -> None:
    """Make a folder where there is none; a SettingsError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError("--out", f"{folder}: {error.strerror}", "a folder that can be written to") from None


def save(texts: Mapping[Path, str | bytes]) -> None:
    """Write each text to its path (as UTF-8; bytes as they are): first all beside their places, then all moved in."""
    drafts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in texts}
    try:
        for path, draft in drafts.items():
            held = texts[path]
            draft.write_bytes(held.encode("utf-8") if isinstance(held, str) else held)
        for path, draft in drafts.items():
            draft.replace(path)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
