"""The desk: one piece of work at a time, in a thread beside the page; what cannot go on asks or says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import Empty, Queue
from threading import Thread
from typing import Literal

from transcript_rapport.analysis import analyse
from transcript_rapport.errors import RapportError, RoleError
from transcript_rapport.session import Session
from transcript_rapport.settings import Settings
from transcript_rapport.web.brought import Brought
from transcript_rapport.web.shelf import Fading, Shelf, new_id

Stage = Literal["waiting", "reading", "coding", "writing", "several", "unsure", "failed", "done"]
BUSY: tuple[Stage, ...] = ("waiting", "reading", "coding", "writing")
SWEEP_S = 60.0


@dataclass
class Work:
    """One thing brought, on its way to a report.

    ``told`` is how far it has come, or what to decide, or why it failed; ``sessions`` are there to choose from
    (several) or the one that waits for its practitioner (unsure); ``report`` is the shelf's id when done.
    """

    id: str
    name: str
    settings: Settings
    stage: Stage = "waiting"
    told: str = ""
    sessions: tuple[Session, ...] = ()
    report: str = ""
    pasted: str = ""

    @property
    def busy(self) -> bool:
        """Whether it goes on by itself."""
        return self.stage in BUSY


class Desk:
    """Takes work in and does it in turn; finished reports go to ``shelf``."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self.shelf = shelf
        self.settings = settings
        self.works: Fading[Work] = Fading()
        self._queue: Queue[tuple[Work, Callable[[Work], None]]] = Queue()
        Thread(target=self._run, name="desk", daemon=True).start()

    def take(self, brought: Brought, settings: Settings, text: str = "") -> Work:
        """Something new, to be read and reported on; ``text`` is what was pasted, given back if it cannot be used."""
        work = self._new(brought.name, settings)
        work.pasted = text
        self._queue.put((work, lambda work: self._read(work, brought)))
        return work

    def one_of(self, several: Work, number: int) -> Work:
        """One of several sessions, as work of its own, so that the list stays to come back to."""
        session = several.sessions[number]
        work = self._new(session.name, several.settings)
        self._queue.put((work, lambda work: self._report(work, session)))
        return work

    def with_practitioner(self, work: Work, number: int) -> None:
        """Go on with the speaker of that number as the practitioner."""
        session = work.sessions[0]
        work.settings = replace(work.settings, practitioner=session.speakers[number])
        work.stage, work.told = "waiting", ""
        self._queue.put((work, lambda work: self._report(work, session)))

    def _new(self, name: str, settings: Settings) -> Work:
        work = Work(new_id(), name, settings)
        self.works.put(work.id, work)
        return work

    def _run(self) -> None:
        while True:
            try:
                work, step = self._queue.get(timeout=SWEEP_S)
            except Empty:  # what has had its hour goes even when nobody comes
                self.works.sweep()
                self.shelf.sweep()
                continue
            try:
                step(work)
            except RapportError as error:
                work.told, work.stage = str(error), "failed"
            except Exception as error:
                seen = f"something unexpected happened ({type(error).__name__}: {error})"
                work.told, work.stage = f"{work.name}: {seen}", "failed"

    def _read(self, work: Work, brought: Brought) -> None:
        def progress(far: str) -> None:
            work.told = far

        work.stage = "reading"
        sessions = brought.sessions(work.settings, progress)
        work.told = ""
        if len(sessions) == 1:
            self._report(work, sessions[0])
        else:
            work.sessions = tuple(sessions)
            work.stage = "several"

    def _report(self, work: Work, session: Session) -> None:
        work.stage = "coding"
        try:
            report = analyse(session, work.settings)
        except RoleError as error:
            if work.settings.practitioner is not None or len(session.speakers) < 2:
                raise
            work.sessions, work.told, work.stage = (session,), error.seen, "unsure"
            return
        work.stage = "writing"
        work.report = self.shelf.put(report)
        work.sessions, work.pasted, work.stage = (), "", "done"
