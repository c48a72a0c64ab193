"""Where reports go: standard output, or a folder with one file a session."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from transcript_rapport import plugins
from transcript_rapport.cli.door import write
from transcript_rapport.errors import SettingsError
from transcript_rapport.report import Report

STREAMS = ("text", "jsonl", "csv")
"""Formats of which several reports can follow each other on standard output."""


class Output(Protocol):
    """A place for reports: says whether it holds ``sessions`` of them, and takes them one by one."""

    def accept(self, sessions: int) -> None:
        """A SettingsError where this place cannot hold so many sessions."""

    def put(self, report: Report) -> None:
        """Write one report."""


def renderer(name: str) -> Any:
    """The renderer module for ``--format NAME``; an unknown name is a SettingsError."""
    if name not in plugins.available("renderers"):
        known = ", ".join(sorted(plugins.available("renderers")))
        raise SettingsError("--format", f"there is no format {name!r}", f"one of {known}")
    return plugins.load("renderers", name)


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
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError("--out", f"{path}: {error.strerror}", "a folder that can be written to") from None

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

    def _free_name(self, session: str) -> str:
        """A file name of the session's name, not yet used in this run (some systems ignore case)."""
        plain = re.sub(r'[\x00-\x1f/\\:*?"<>|]+', "_", session).strip(" .")[:100] or "session"
        name, number = plain, 1
        while name.casefold() in self.taken:
            number += 1
            name = f"{plain}-{number}"
        self.taken.add(name.casefold())
        return name


def save(texts: Mapping[Path, str]) -> None:
    """Write each text to its path as UTF-8: first all beside their places, then all moved in."""
    drafts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in texts}
    try:
        for path, draft in drafts.items():
            draft.write_bytes(texts[path].encode("utf-8"))
        for path, draft in drafts.items():
            draft.replace(path)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
