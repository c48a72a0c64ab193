"""Many files, one after the other: a bad one is told in one line and the others go on."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from transcript_rapport.cli.door import NOTHING_CAN_BE_DONE, say
from transcript_rapport.cli.output import Output
from transcript_rapport.errors import RapportError
from transcript_rapport.settings import Settings


def transcripts(given: str) -> list[str]:
    """A path as it was given; of a folder, the transcripts in it, without reports that were written there."""
    from transcript_rapport.across import gather, stored

    if not Path(given).is_dir():
        return [given]
    return [str(path) for path in gather.inside(given) if not stored.is_report(path)]


@dataclass
class Run:
    """One call of ``rapport analyse``: how to analyse, where reports go, and how it went."""

    settings: Settings
    output: Output
    debug: bool = False
    done: int = 0
    failed: int = 0

    def files(self, paths: Sequence[str], together: bool = False) -> None:
        """Analyse every file in the order given; ``together`` makes them one session."""
        from transcript_rapport import recordings

        groups = [tuple(paths)] if together else [(path,) for path in paths]
        self.output.accept(len(groups))
        recordings.check(paths, self.settings, together)
        for number, group in enumerate(groups, 1):
            place = f" ({number} of {len(groups)})" if len(groups) > 1 else ""
            with self._one_line_for(", ".join(group)):
                self._file(group, together, place)
        self.output.finish()

    def _file(self, paths: Sequence[str], together: bool, place: str) -> None:
        from transcript_rapport import recordings
        from transcript_rapport.analysis import analyse
        from transcript_rapport.readers import read

        recorded = recordings.is_recording(paths[0])
        with busy(f"Reading {paths[0]}{place}") as show:
            heard = [recordings.hear(paths[0], self.settings, show)] if recorded else None
            sessions = heard or read(*paths, together=together)
        self.output.accept(len(sessions))
        for session in sessions:
            where = paths[0] if len(sessions) == 1 else f"{paths[0]}: {session.name}"
            with self._one_line_for(where):
                with busy(f"Listening to {session.name}{place}"):
                    report = analyse(session, self.settings)
                self.output.put(report)
                self.done += 1
                if recorded and self.settings.delete_recording:
                    recordings.delete(paths[0])

    @contextmanager
    def _one_line_for(self, where: str) -> Iterator[None]:
        """Count what fails inside and tell it in one line; errors that hold for all files pass."""
        try:
            yield
        except (*NOTHING_CAN_BE_DONE, BrokenPipeError):
            raise
        except Exception as error:
            self.failed += 1
            say(_sentence(where, error))
            if self.debug:
                traceback.print_exc()


@contextmanager
def busy(words: str) -> Iterator[Callable[[str], None]]:
    """Show on a terminal that work goes on, and clear it afterwards; elsewhere say nothing.

    What is yielded takes a few words on how far the work has come.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status(escape(words)) as status:
        yield lambda far: status.update(escape(f"{words}: {far}"))


def _sentence(where: str, error: Exception) -> str:
    if isinstance(error, RapportError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or where}: {error.strerror}"
    told = f"{type(error).__name__}: {error}".rstrip(": ")
    return f"{where}: something unexpected happened ({told}); run it again with --debug to see where"
