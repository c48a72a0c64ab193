"""``rapport serve``: the page to bring sessions to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from transcript_rapport.cli.door import keep_quiet
from transcript_rapport.cli.options import Asr, Kind, Model, chosen


def serve(
    *,
    port: Annotated[int, typer.Option(metavar="N", help="The port to listen on; 0 takes a free one.")] = 8765,
    keep: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep reports in this folder; else in memory, for an hour.")
    ] = None,
    opened: Annotated[bool, typer.Option("--open/--no-open", help="Show the page in the browser.")] = True,
    model: Model = None,
    asr: Asr = None,
    setting: Kind = None,
) -> None:
    """Show a page to bring sessions to, in a browser on this machine.

    Drop a transcript or recording on it, or paste text, and read the trainee's report. Only this machine can open
    the page, nothing leaves it, and nothing is logged. Ctrl-C ends it. Needs the extra web.
    """
    from transcript_rapport import web

    keep_quiet()
    web.serve(chosen(reader="trainee", model=model, asr=asr, setting=setting), port, keep, opened)
