"""Worker processes that share many files: each loads the model once, and results come in the order of the jobs."""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import cast

from transcript_rapport.batch.work import FOR_ALL, Job, Outcome, Problem, do, problem

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Where the libraries that multiply matrices look for how many threads to use."""
SPAWN = get_context("spawn")
"""Workers begin afresh on every system: a fork of a process with threads may hang."""


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def each(
    jobs: Sequence[Job], workers: int, ready: Callable[[Job], object] = lambda _: None
) -> Generator[tuple[Job, list[Outcome]], None, None]:
    """Every job with the outcomes of its sessions, in the order of ``jobs``, worked on by so many processes.

    ``ready`` hears of each job when it is done, which may be before its turn. A worker that dies loses
    only the job it was at. An error that holds for all files is raised; whatever ends the iteration
    ends the workers too.
    """
    crew = [_Worker(max(1, cores() // workers)) for _ in range(min(workers, len(jobs)))]
    left, held = deque(enumerate(jobs)), dict[int, list[Outcome]]()
    try:
        for turn, job in enumerate(jobs):
            while turn not in held:
                for worker in crew:
                    if worker.job is None and left:
                        worker.give(*left.popleft())
                busy = {worker.pipe: worker for worker in crew if worker.job is not None}
                for pipe in wait(list(busy)):
                    number, done, outcomes = busy[cast(Connection, pipe)].take()
                    held[number] = outcomes
                    ready(done)
            yield job, held.pop(turn)
    finally:
        for worker in crew:
            worker.end()


class _Worker:
    """A process of its own and the pipe to it; ``job`` is what it is at."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.number, self.job = -1, cast(Job | None, None)
        self.start()

    def start(self) -> None:
        self.pipe, theirs = SPAWN.Pipe()
        self.process = SPAWN.Process(target=_serve, args=(theirs,), daemon=True)
        with _as_a_worker_starts(self.threads):
            self.process.start()
        theirs.close()

    def give(self, number: int, job: Job) -> None:
        """Begin a job; if it died since the last one, a new process begins it."""
        self.number, self.job = number, job
        try:
            self.pipe.send(job)
        except OSError:
            self.end()
            self.start()
            self.pipe.send(job)

    def take(self) -> tuple[int, Job, list[Outcome]]:
        """The job that is done, and its outcomes; of a process that died, the one sentence on it."""
        job, self.job = cast(Job, self.job), None
        try:
            found = self.pipe.recv()
        except (EOFError, OSError):
            found = [Outcome(problem=self._died(job))]
            self.end()
            self.start()
        if isinstance(found, Exception):
            raise found
        return self.number, job, found

    def _died(self, job: Job) -> Problem:
        self.process.join(1)
        code = self.process.exitcode or 0
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        seen = f"{job.where}: the process at work on it ended before it was done ({how})"
        return Problem(job.where, seen, option="if memory was short, try it alone with --jobs 1")

    def end(self) -> None:
        """End the process at once, whatever it is at."""
        self.process.terminate()
        self.process.join(1)
        if self.process.is_alive():
            self.process.kill()
        self.pipe.close()


@contextmanager
def _as_a_worker_starts(threads: int) -> Iterator[None]:
    """What a new process takes over: its share of the cores, and to leave the interrupt key to its parent."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update({name: held or str(threads) for name, held in before.items()})
    main = threading.current_thread() is threading.main_thread()
    interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
    try:
        yield
    finally:
        for name, held in before.items():
            if held is None:
                del os.environ[name]
        if main:
            signal.signal(signal.SIGINT, interrupt)


def _serve(pipe: Connection) -> None:
    """A worker's life: take a job, do it, hand back what became of it, until nobody asks any more."""
    warnings.simplefilter("ignore")
    while True:
        try:
            job: Job = pipe.recv()
        except EOFError:
            return
        _hand_back(pipe, job, _done(job))


def _done(job: Job) -> list[Outcome] | Exception:
    try:
        return list(do(job))
    except FOR_ALL as error:
        return error


def _hand_back(pipe: Connection, job: Job, found: list[Outcome] | Exception) -> None:
    try:
        pipe.send(found)
    except BrokenPipeError:
        return
    except Exception as error:  # a third party's part put something into the report that cannot travel
        pipe.send([Outcome(problem=problem(job.where, error))])
