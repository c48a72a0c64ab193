"""Where reports go: standard output, a folder with one file a session, or tables over all sessions."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from transcript_rapport import plugins
from transcript_rapport.across.frames import Tables, free_name
from transcript_rapport.cli.door import say, write
from transcript_rapport.errors import SettingsError
from transcript_rapport.report import Report

STREAMS = ("text", "jsonl", "csv")
"""Formats of which several reports can follow each other on standard output."""
PARQUET = "parquet"
"""The format that is no renderer: its files hold all sessions together."""


class Output(Protocol):
    """A place for reports: says whether it holds ``sessions`` of them, and takes them one by one."""

    def accept(self, sessions: int) -> None:
        """A SettingsError where this place cannot hold so many sessions."""

    def put(self, report: Report) -> None:
        """Write one report, or keep it until the end."""

    def finish(self) -> None:
        """Write what was kept until the end."""


def renderer(name: str) -> Any:
    """The renderer module for ``--format NAME``; an unknown name is a SettingsError."""
    if name not in plugins.available("renderers"):
        known = ", ".join(sorted({*plugins.available("renderers"), PARQUET}))
        raise SettingsError("--format", f"there is no format {name!r}", f"one of {known}")
    return plugins.load("renderers", name)


def place(form: str, folder: Path | None, deleting: bool = False) -> Output:
    """Where reports of the format ``form`` go; ``deleting``: each recording goes once its report is written."""
    if form != PARQUET:
        return Folder(form, folder) if folder else Stream(form)
    if folder is None:
        raise SettingsError("--format parquet", "no folder was named", "a folder for its four tables", "add --out DIR")
    if deleting:
        seen = "recordings are to be removed, but its tables are only written after the last session"
        raise SettingsError("--format parquet", seen, "one of the two", "leave --delete-recording out, or use csv")
    return Parquet(folder)


class Stream:
    """Standard output, in the order the reports come."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.renderer = renderer(form)
        self.header = ""
        self.begun = False

    def accept(self, sessions: int) -> None:
        """Whole documents (html, json) cannot follow each other in one stream."""
        if sessions > 1 and self.form not in STREAMS:
            instead = "add --out DIR, or use --format jsonl" if self.form == "json" else "add --out DIR"
            seen = f"{sessions} sessions, and standard output holds one {self.form} document"
            raise SettingsError("--format " + self.form, seen, "a folder for several", instead)

    def put(self, report: Report) -> None:
        """Print one report: a line of jsonl, further rows of one table, or a text of its own."""
        text = self.renderer.render(report).strip("\n") + "\n"
        if self.form == "csv":
            text = self._without_repeated_header(text)
        elif self.form == "text" and self.begun:
            text = "\n" + text
        self.begun = True
        write(text)

    def finish(self) -> None:
        """Nothing was kept."""

    def _without_repeated_header(self, text: str) -> str:
        header, _, rows = text.partition("\n")
        if header == self.header:
            return rows
        self.header = header
        return text


class Folder:
    """A folder with one file a session; a file is there whole or not at all."""

    def __init__(self, form: str, path: Path) -> None:
        self.renderer = renderer(form)
        self.path = path
        self.taken: set[str] = set()
        _make(path)

    def accept(self, sessions: int) -> None:
        """A folder holds any number."""

    def put(self, report: Report) -> None:
        """Write the files of one report, all of them or none."""
        name = self._free_name(report.session.name)
        if hasattr(self.renderer, "files"):
            texts = {f"{name}.{table}": text for table, text in self.renderer.files(report).items()}
        else:
            texts = {name: self.renderer.render(report)}
        suffix = self.renderer.SUFFIX
        save({self.path / (n if n.endswith(suffix) else n + suffix): text for n, text in texts.items()})

    def finish(self) -> None:
        """Nothing was kept."""

    def _free_name(self, session: str) -> str:
        """A file name of the session's name, not yet used in this run (some systems ignore case)."""
        plain = re.sub(r'[\x00-\x1f/\\:*?"<>|]+', "_", session).strip(" .")[:100] or "session"
        return free_name(plain, self.taken)


class Parquet:
    """A folder with one Parquet file a table over all sessions, written when the last one is in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables = Tables()
        _make(path)

    def accept(self, sessions: int) -> None:
        """The tables hold any number."""

    def put(self, report: Report) -> None:
        """Take one report in; a name that another session has is numbered, and that is said."""
        session = report.session
        if (name := self.tables.add(report)) != session.name:
            say(f"{session.source}: another session is called {session.name!r} too; in the tables this one is {name!r}")

    def finish(self) -> None:
        """Write the tables, all of them or none; none where no session could be used."""
        if self.tables.taken:
            save({self.path / name: data for name, data in self.tables.files().items()})


def _make(folder: Path) -> None:
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
