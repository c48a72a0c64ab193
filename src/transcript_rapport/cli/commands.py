"""The commands of ``rapport``; each reads its options, calls the package, and returns an exit code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from transcript_rapport.cli.door import SOME_FAILED, guarded, keep_quiet

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Measures rapport in transcripts of helping sessions and writes a report. Nothing leaves this machine.",
    epilog="Exit codes: 0 all done, 1 some failed, 2 wrong use (nothing was done).",
)

Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")]
Model = Annotated[
    str | None, typer.Option(metavar="DIR", help="A folder of weights, instead of those that came with the package.")
]
Corpora = Annotated[str, typer.Option(metavar="DIR", help="The folder that holds the corpora.")]


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


@app.command()
@guarded
def analyse(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Transcripts; - reads standard input.")],
    *,
    practitioner: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Which speaker label is the practitioner.")
    ] = None,
    together: Annotated[bool, typer.Option("--together", help="The files are one session, a file a speaker.")] = False,
    form: Annotated[str, typer.Option("--format", metavar="NAME", help="text, html, json, jsonl or csv.")] = "text",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write one file a session there, instead of standard output.")
    ] = None,
    settings: Annotated[str | None, typer.Option(metavar="FILE", help="Settings as a TOML file.")] = None,
    model: Model = None,
    debug: Debug = False,
) -> int:
    """Write the rapport report of every transcript given.

    Reads plain text with speaker labels, CSV, TSV, XLSX, Parquet, WebVTT, SRT, Praat TextGrid and JSON.
    A file that cannot be used is told in one line on standard error, and the others go on. With --out,
    files of the same name are replaced.
    """
    from transcript_rapport.cli.output import Folder, Stream
    from transcript_rapport.cli.run import Run
    from transcript_rapport.settings import DEFAULTS, load

    keep_quiet()
    chosen = load(settings) if settings else DEFAULTS
    named = {"practitioner": practitioner, "model": model}
    chosen = chosen.with_changes({name: value for name, value in named.items() if value is not None})
    run = Run(chosen, Folder(form, out) if out else Stream(form), debug)
    run.files(files, together)
    return SOME_FAILED if run.failed else 0


@app.command()
@guarded
def demo(
    session: Annotated[
        str | None, typer.Argument(metavar="SESSION", help="Name of a practice session; see --list.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the report.")] = Path("rapport-demo.html"),
    listed: Annotated[bool, typer.Option("--list", help="List the practice sessions and end.")] = False,
    model: Model = None,
) -> None:
    """Report on an invented practice session.

    Writes the HTML report and prints its short form.
    """
    from transcript_rapport.analysis import analyse
    from transcript_rapport.cli import output, practice
    from transcript_rapport.cli.run import busy
    from transcript_rapport.readers import read
    from transcript_rapport.settings import DEFAULTS

    keep_quiet()
    if listed:
        typer.echo("\n".join(practice.sessions()))
        return
    path = practice.find(session or practice.FIRST)
    page, summary = output.renderer("html"), output.renderer("text")
    with busy(f"Listening to {path.stem}"):
        report = analyse(read(str(path))[0], DEFAULTS.with_changes({"model": model}))
    output.save({out: page.render(report)})
    typer.echo(summary.render(report).strip("\n"))
    typer.echo(f"\nThe whole report: {out} (open it in a browser)")


@app.command()
@guarded
def codebook(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="A code or family, such as reflection.")] = None,
    form: Annotated[
        Literal["text", "markdown"], typer.Option("--format", metavar="NAME", help="text or markdown.")
    ] = "text",
) -> None:
    """Show the codes and what they mean.

    Given a code or a family, also why it matters, what to try and where it comes from.
    """
    from transcript_rapport.cli import manual

    typer.echo(manual.codebook(code, markdown=form == "markdown"), nl=False)


@app.command()
@guarded
def train(
    corpora: Corpora,
    out: Annotated[str, typer.Option(metavar="DIR", help="Where the trained model goes.")],
    config: Annotated[str | None, typer.Option(metavar="FILE", help="Training settings as a TOML file.")] = None,
    encoder: Annotated[
        str | None, typer.Option(metavar="NAME_OR_PATH", help="The sentence encoder to start from.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted training stopped.")] = False,
) -> None:
    """Train the coder from the corpora."""
    from transcript_rapport.training.train import run

    keep_quiet(offline=False)
    run(corpora=corpora, out=out, config=config, encoder=encoder, resume=resume)


@app.command()
@guarded
def evaluate(
    corpora: Corpora,
    model: Model = None,
    out: Annotated[str | None, typer.Option(metavar="FILE", help="Write the figures there as JSON too.")] = None,
) -> None:
    """Measure the coder on sessions new to it."""
    from transcript_rapport.training.evaluate import run

    keep_quiet()
    typer.echo(run(corpora, model, out))
