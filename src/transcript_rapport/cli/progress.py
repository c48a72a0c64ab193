"""How far the work has come: shown on a terminal and cleared afterwards, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

Tell = Callable[[str], None]


@contextmanager
def busy(words: str) -> Iterator[Callable[[str], None]]:
    """Show that work goes on; what is yielded takes a few words on how far it has come."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status(escape(words)) as status:
        yield lambda far: status.update(escape(f"{words}: {far}"))


@dataclass(frozen=True)
class Steps:
    """What to call when there is something to tell, and when one of many is done."""

    tell: Tell
    step: Callable[[], object]


@contextmanager
def steps(many: int, hidden: bool = False) -> Iterator[Steps]:
    """Show how many of ``many`` are done and about how long the rest takes; for one, only what is being done."""
    if hidden or not many or not sys.stderr.isatty():
        yield Steps(lambda _: None, lambda: None)
        return
    from rich import progress as rich
    from rich.console import Console
    from rich.markup import escape

    left = (rich.BarColumn(), rich.MofNCompleteColumn(), rich.TimeRemainingColumn()) if many > 1 else ()
    columns = (rich.SpinnerColumn(), rich.TextColumn("{task.description}"), *left)
    # Standard output may be a file or a pipe for the reports: it must not pass through the display.
    with rich.Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as shown:
        task = shown.add_task("Beginning", total=many)
        yield Steps(lambda words: shown.update(task, description=escape(words)), lambda: shown.advance(task))
