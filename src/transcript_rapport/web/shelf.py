"""Where reports stay for a while: in memory for this run, or in a folder that the user named."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Generic, Protocol, TypeVar

from transcript_rapport.across import stored
from transcript_rapport.across.frames import free_name
from transcript_rapport.errors import SettingsError
from transcript_rapport.renderers import json
from transcript_rapport.report import Report

MOST, LASTS_S = 20, 3600.0
_DATED = re.compile(r"^\d{4}-\d\d-\d\d \d\d\.\d\d ")

T = TypeVar("T")


def new_id() -> str:
    """A name nobody can guess."""
    return secrets.token_urlsafe(12)


class Fading(Generic[T]):
    """Holds things for ``LASTS_S`` seconds at most, and only the latest ``MOST``; safe between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: dict[str, tuple[float, T]] = {}
        self._lock = Lock()

    def put(self, key: str, thing: T) -> None:
        """Take ``thing`` in; what is too old or one too many goes."""
        with self._lock:
            self._held[key] = (self._clock(), thing)
        self.sweep()

    def get(self, key: str) -> T | None:
        """What was put under ``key``, if it is still there."""
        self.sweep()
        held = self._held.get(key)
        return held[1] if held else None

    def drop(self, key: str) -> None:
        """Forget ``key`` now."""
        with self._lock:
            self._held.pop(key, None)

    def all(self) -> list[T]:
        """Everything held, the latest first."""
        self.sweep()
        return [thing for _, thing in reversed(self._held.values())]

    def sweep(self) -> None:
        """Forget what is too old or one too many."""
        with self._lock:
            young = [(key, held) for key, held in self._held.items() if self._clock() - held[0] < LASTS_S]
            self._held = dict(young[-MOST:])


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that can be opened again: its address, its session's name and when it was made."""

    id: str
    name: str
    made: datetime


class Shelf(Protocol):
    """A place for reports; ``told`` says in a sentence how long they stay."""

    told: str

    def put(self, report: Report) -> str:
        """Keep a report; its id."""

    def get(self, key: str) -> Report | None:
        """The report, or None where it is no longer there."""

    def remove(self, key: str) -> None:
        """Remove it for good."""

    def all(self) -> list[Kept]:
        """What there is, the latest first."""

    def sweep(self) -> None:
        """Forget what is too old."""


class Memory:
    """Reports held in memory only."""

    told = (
        f"Reports are held in memory only: each goes after an hour, when {MOST} newer ones have come, "
        "or when rapport serve is ended, whichever is first."
    )

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._reports: Fading[tuple[Kept, Report]] = Fading(clock)

    def put(self, report: Report) -> str:
        """Hold a report; its id."""
        kept = Kept(new_id(), report.session.name, datetime.now().astimezone())
        self._reports.put(kept.id, (kept, report))
        return kept.id

    def get(self, key: str) -> Report | None:
        """The report, or None where it has gone."""
        held = self._reports.get(key)
        return held[1] if held else None

    def remove(self, key: str) -> None:
        """Forget it now."""
        self._reports.drop(key)

    def all(self) -> list[Kept]:
        """What is held, the latest first."""
        return [kept for kept, _ in self._reports.all()]

    def sweep(self) -> None:
        """Forget what is too old."""
        self._reports.sweep()


class Folder:
    """Reports as JSON files in a folder, until somebody removes them; ``rapport trend`` and others read them too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told = f"Reports are kept in the folder {path} until you remove them."
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError("--keep", f"{path}: {error.strerror}", "a folder that can be written to") from None

    def put(self, report: Report) -> str:
        """Write a report, readable by the user alone and whole or not at all; its id."""
        now = datetime.now().astimezone()
        plain = re.sub(r'[\x00-\x1f/\\:*?"<>|]+', "_", report.session.name).strip(" .")[:80] or "session"
        taken = {path.stem.casefold() for path in self.path.iterdir()}
        place = self.path / f"{free_name(f'{now:%Y-%m-%d %H.%M} {plain}', taken)}{json.SUFFIX}"
        draft = place.with_name(f".{place.name}.part")
        try:
            draft.touch(mode=0o600)
            draft.write_text(json.render(report), encoding="utf-8")
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
        return _id(place)

    def get(self, key: str) -> Report | None:
        """The report read back, or None where its file is gone; a ReadError where the file was damaged."""
        place = self._files().get(key)
        return stored.load(place)[0] if place else None

    def remove(self, key: str) -> None:
        """Delete its file."""
        if place := self._files().get(key):
            place.unlink(missing_ok=True)

    def all(self) -> list[Kept]:
        """The reports in the folder, the latest first."""
        found = [
            Kept(key, _DATED.sub("", place.stem) or place.stem, _made(place)) for key, place in self._files().items()
        ]
        return sorted(found, key=lambda kept: kept.made, reverse=True)

    def sweep(self) -> None:
        """Nothing grows too old here."""

    def _files(self) -> dict[str, Path]:
        """The written reports by id: whatever is asked for is looked up here, so that no path comes from outside."""
        return {_id(place): place for place in self.path.glob(f"*{json.SUFFIX}") if stored.is_report(place)}


def _id(place: Path) -> str:
    return sha256(place.name.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _made(place: Path) -> datetime:
    return datetime.fromtimestamp(place.stat().st_mtime).astimezone()
