"""The commands of ``rapport``; each reads its options, calls the package, and returns an exit code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from transcript_rapport.cli.commands import codes, many, page, reports, transcripts
from transcript_rapport.cli.door import guarded

COMMANDS: tuple[Callable[..., int | None], ...] = (
    reports.analyse,
    transcripts.deidentify,
    transcripts.convert,
    reports.demo,
    codes.codebook,
    codes.train,
    codes.evaluate,
    many.compare,
    many.trend,
    many.caseload,
    many.norms,
    many.agree,
    page.serve,
)
"""Every command, in the order of ``rapport --help``."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Measures rapport in transcripts of helping sessions and writes a report. Nothing leaves this machine.",
    epilog="Exit codes: 0 all done, 1 some failed, 2 wrong use (nothing was done).",
)


def _version(wanted: bool) -> None:
    if wanted:
        from transcript_rapport import __version__

        typer.echo(f"rapport {__version__}")
        raise typer.Exit


@app.callback()
def rapport(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


for _command in COMMANDS:
    app.command()(guarded(_command))
