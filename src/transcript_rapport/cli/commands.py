"""The commands of ``rapport``; each reads its options, calls the package, and returns an exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from transcript_rapport.cli.door import SOME_FAILED, guarded, keep_quiet

if TYPE_CHECKING:
    from transcript_rapport.settings import Settings

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
Practitioner = Annotated[str | None, typer.Option(metavar="LABEL", help="Which speaker label is the practitioner.")]
OutFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write there, instead of standard output.")]
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
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Transcripts, or folders of them; - reads standard input.")
    ],
    *,
    practitioner: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Which speaker label is the practitioner.")
    ] = None,
    repair_roles: Annotated[
        bool, typer.Option("--repair-roles", help="Where speakers seem exchanged for a stretch, exchange them back.")
    ] = False,
    together: Annotated[bool, typer.Option("--together", help="The files are one session, a file a speaker.")] = False,
    form: Annotated[
        str, typer.Option("--format", metavar="NAME", help="text, html, json, jsonl, csv or parquet.")
    ] = "text",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write one file a session there, instead of standard output.")
    ] = None,
    settings: Annotated[str | None, typer.Option(metavar="FILE", help="Settings as a TOML file.")] = None,
    norms: Annotated[
        str | None, typer.Option(metavar="FILE", help="Say where each measure lies among these, made by rapport norms.")
    ] = None,
    model: Model = None,
    engine: Annotated[
        str | None, typer.Option(metavar="NAME", help="What runs the model: numpy (default) or torch; same codes.")
    ] = None,
    consent: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who confirms that everyone in the recordings agreed to this.")
    ] = None,
    asr: Annotated[
        str | None, typer.Option(metavar="DIR", help="A folder of Whisper weights, to hear the words of recordings.")
    ] = None,
    speakers: Annotated[
        int | None, typer.Option(metavar="N", help="How many people speak in the recordings; else it is found.")
    ] = None,
    delete_recording: Annotated[
        bool, typer.Option("--delete-recording", help="Remove each recording once its report is written.")
    ] = False,
    reader: Annotated[
        str | None,
        typer.Option("--for", metavar="READER", help="Write for a trainee, a supervisor or a researcher; else anyone."),
    ] = None,
    debug: Debug = False,
) -> int:
    """Write the rapport report of every transcript given.

    Reads plain text with speaker labels, CSV, TSV, XLSX, Parquet, WebVTT, SRT, Praat TextGrid and JSON,
    and recordings (WAV, MP3, M4A, FLAC, OGG, WebM, MP4) where --consent names who confirms consent.
    A file that cannot be used is told in one line on standard error, and the others go on. With --out,
    files of the same name are replaced. --format parquet writes one file a table over all sessions.
    """
    from transcript_rapport import norms as percentiles
    from transcript_rapport.cli.output import place
    from transcript_rapport.cli.run import Run, transcripts
    from transcript_rapport.settings import DEFAULTS, load

    keep_quiet()
    chosen = load(settings) if settings else DEFAULTS
    named = {
        "practitioner": practitioner,
        "model": model,
        "engine": engine,
        "consent": consent,
        "asr": asr,
        "speakers": speakers,
        "delete_recording": delete_recording or None,
        "norms": norms,
        "repair_roles": repair_roles or None,
        "reader": reader,
    }
    chosen = chosen.with_changes({name: value for name, value in named.items() if value is not None})
    if chosen.norms:
        percentiles.load(chosen.norms)  # what is wrong with them is told before any session is coded
    run = Run(chosen, place(form, out, chosen.delete_recording), debug)
    run.files([path for given in files for path in transcripts(given)], together)
    return SOME_FAILED if run.failed else 0


@app.command()
@guarded
def convert(
    given: Annotated[str, typer.Argument(metavar="IN", help="A transcript or JSON report; - reads standard input.")],
    out: Annotated[str, typer.Argument(metavar="OUT", help="The file to write; - is standard output.")],
    *,
    to: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="chat, csv, elan, json, srt, textgrid or vtt, whatever OUT is called."),
    ] = None,
    session: Annotated[str | None, typer.Option(metavar="NAME", help="Which session, where IN holds several.")] = None,
    invent_times: Annotated[
        bool, typer.Option("--invent-times", help="Give lines without times plain invented ones.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace OUT if it is there.")] = False,
) -> None:
    """Write a transcript in another format.

    OUT's ending says which: .cha, .csv, .eaf, .json, .srt, .TextGrid or .vtt. From a JSON report, codes and findings
    become tiers in ELAN, Praat and CHAT. What is written is read back, and what differs is said on standard error.
    """
    from transcript_rapport.cli import convert

    keep_quiet()
    convert.run(given, out, to, session, invent_times=invent_times, force=force)


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
    only: Annotated[
        str | None, typer.Option("--only", metavar="PART", help="One part of the training: 0, 1, 2 … or whole.")
    ] = None,
) -> None:
    """Train the coder from the corpora.

    Trains a network for each fold of the sessions, which answers for the sessions it did not see, then the network
    that is kept, on all of them. The parts can be run side by side with --only.
    """
    from transcript_rapport.training.train import run

    keep_quiet(offline=False)
    run(corpora, out, config, encoder, resume, only)


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


@app.command()
@guarded
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A transcript or a report written as JSON.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    *,
    form: Annotated[Literal["text", "csv"], typer.Option("--format", metavar="NAME", help="text or csv.")] = "text",
    out: OutFile = None,
    practitioner: Practitioner = None,
    model: Model = None,
) -> int:
    """Show two sessions side by side.

    Each measure of both with its interval, and whether they differ by more than their uncertainty.
    """
    from transcript_rapport.cli import sessions

    return sessions.compare(a, b, _chosen(practitioner, model), form, out)


@app.command()
@guarded
def trend(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder of transcripts or reports as JSON.")],
    *,
    person: Annotated[
        str | None,
        typer.Option(metavar="LABEL", help="Whose sessions; may be left out where there is one practitioner."),
    ] = None,
    form: Annotated[
        Literal["text", "csv", "html"], typer.Option("--format", metavar="NAME", help="text, csv or html.")
    ] = "text",
    out: OutFile = None,
    practitioner: Practitioner = None,
    model: Model = None,
) -> int:
    """Follow one person's sessions over time.

    Each measure over the sessions, ordered by the date in their names or else by name, and whether it moved
    more than its uncertainty.
    """
    from transcript_rapport.cli import sessions

    return sessions.trend(folder, person, _chosen(practitioner, model), form, out)


@app.command()
@guarded
def caseload(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder of transcripts or reports as JSON.")],
    *,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Where to write the page; a table where it ends in .csv.")
    ] = Path("caseload.html"),
    practitioner: Practitioner = None,
    model: Model = None,
) -> int:
    """Write a page over a folder of sessions.

    A sortable table with whom to look at first and why, what stands out, and how each measure spreads. A file that
    cannot be used is listed with the reason, and the others go on.
    """
    from transcript_rapport.cli import sessions

    return sessions.caseload(folder, _chosen(practitioner, model), out)


@app.command()
@guarded
def norms(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder of transcripts or reports as JSON.")],
    *,
    name: Annotated[str, typer.Option(metavar="NAME", help="What to call these sessions.")],
    limits: Annotated[
        str, typer.Option(metavar="WORDS", help="What limits them as a yardstick, shown beside every number.")
    ] = "a user's own sessions",
    out: OutFile = None,
    practitioner: Practitioner = None,
    model: Model = None,
) -> int:
    """Work out percentiles of own sessions.

    With norms = "norms.json" in the settings file, every report then says where its measures lie among them.
    """
    from transcript_rapport.cli import sessions

    return sessions.norms(folder, name, limits, _chosen(practitioner, model), out)


@app.command()
@guarded
def agree(
    human: Annotated[
        str, typer.Argument(metavar="HUMAN.csv", help="A person's codes, one row a statement or utterance.")
    ],
    reports: Annotated[list[str], typer.Argument(metavar="REPORT", help="Reports as JSON, transcripts, or a folder.")],
    *,
    form: Annotated[
        Literal["text", "csv", "json"], typer.Option("--format", metavar="NAME", help="text, csv or json.")
    ] = "text",
    out: OutFile = None,
    practitioner: Practitioner = None,
    model: Model = None,
) -> int:
    """Compare a person's codes with a report's.

    Cohen's kappa, Krippendorff's alpha, precision, recall and F1 with 90 % intervals, and where the two differ. Rows
    that find no place in the report are counted and told.
    """
    from transcript_rapport.cli import sessions

    return sessions.agree(human, reports, _chosen(practitioner, model), form, out)


def _chosen(practitioner: str | None, model: str | None) -> Settings:
    from transcript_rapport.settings import DEFAULTS

    named = {"practitioner": practitioner, "model": model}
    return DEFAULTS.with_changes({name: value for name, value in named.items() if value is not None})
