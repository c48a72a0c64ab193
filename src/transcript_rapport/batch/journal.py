"""What a run wrote and what from, so that a later run can go on: sums of files, and no word of a session."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from transcript_rapport.batch.work import Job
from transcript_rapport.settings import Settings

NAME = ".rapport-journal.jsonl"
DATA = "data"
"""The folder in it that holds every report as JSON: what the commands across sessions read, and ``--resume``."""


class Journal:
    """The journal in a folder of reports: a line a job, each with the sum of what went in and of each file written."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / NAME
        self.entries: dict[str, dict[str, str]] = {}
        for line in self._lines():
            try:
                held = json.loads(line)
                self.entries[str(held["from"])] = {str(name): str(total) for name, total in held["files"].items()}
            except (ValueError, KeyError, TypeError, AttributeError):
                continue  # a line cut short when the run was ended: its job is simply done again

    def _lines(self) -> list[str]:
        try:
            return self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []

    @property
    def written(self) -> set[str]:
        """The names of all files that runs wrote into the folder."""
        return {name for files in self.entries.values() for name in files}

    def files(self, key: str) -> tuple[str, ...]:
        """The files a job of this sum left, in order; none where one is missing or was changed since."""
        held = self.entries.get(key, {})
        whole = all(_sum_of_file(self.folder / name) == total for name, total in held.items())
        return tuple(held) if whole else ()

    def note(self, key: str, names: Iterable[str]) -> None:
        """Add what was written for a job."""
        files = {name: _sum_of_file(self.folder / name) for name in names}
        self.entries[key] = files
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"from": key, "files": files}, ensure_ascii=False) + "\n")


def key(job: Job, made_with: Mapping[str, object]) -> str | None:
    """The sum of all that shapes a job's reports: its files, what they are called, and how reports are made.

    None where a file cannot be read, which the job itself will say.
    """
    sums = [_sum_of_file(Path(path)) for path in job.paths]
    if not all(sums):
        return None
    held = [job.paths, sums, list(_beside(job.settings)), job.together, job.formats, job.tables, made_with]
    return sha256(json.dumps(held, sort_keys=True, default=str).encode()).hexdigest()


def _beside(settings: Settings) -> Iterator[str]:
    """The sums of the files and folders that settings name; those of weights are too large to read each time."""
    for name, value in asdict(settings).items():
        for path in map(Path, [value] if isinstance(value, str) else value if isinstance(value, tuple) else ()):
            if name in ("model", "asr", "diarisation", "stages") or not path.exists():
                continue
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                yield f"{name} {file} {_sum_of_file(file)}"


def _sum_of_file(path: Path) -> str:
    """The SHA-256 of a file; empty where it cannot be read."""
    total = sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                total.update(block)
    except OSError:
        return ""
    return total.hexdigest()
