"""The commands of ``rapport``; each reads its options, calls the package, and returns an exit code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from transcript_rapport.cli import many
from transcript_rapport.cli.door import SOME_FAILED, guarded, keep_quiet, say
from transcript_rapport.cli.options import (
    Corpora,
    Debug,
    Force,
    InventTimes,
    Model,
    OneSession,
    Out,
    Practitioner,
    Questionnaires,
    Together,
    Written,
)

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


@app.command()
@guarded
def analyse(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Transcripts, or folders of them; - reads standard input.")
    ],
    *,
    practitioner: Practitioner = None,
    repair_roles: Annotated[
        bool, typer.Option("--repair-roles", help="Where speakers seem exchanged for a stretch, exchange them back.")
    ] = False,
    together: Together = False,
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
    task: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Find your own codes too, made by rapport train --task; may be repeated."),
    ] = None,
    lexicon: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Watch for your own words too, as TOML; may be repeated."),
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
    diarisation: Annotated[
        str | None, typer.Option(metavar="DIR", help="A pyannote.audio pipeline that tells voices apart; or pyannote.")
    ] = None,
    stages: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Keep there what each stage of hearing found, to go on if interrupted."),
    ] = None,
    delete_recording: Annotated[
        bool, typer.Option("--delete-recording", help="Remove each recording once its report is written.")
    ] = False,
    reader: Annotated[
        str | None,
        typer.Option("--for", metavar="READER", help="Write for a trainee, a supervisor or a researcher; else anyone."),
    ] = None,
    deidentify: Annotated[
        bool, typer.Option("--deidentify", help="Replace names, dates, numbers … before anything is written.")
    ] = False,
    english: Annotated[
        str | None, typer.Option(metavar="SPELLING", help="british or american, for the report's own words.")
    ] = None,
    questionnaires: Questionnaires = None,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="How many files are worked on at once; else one a core.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Skip files whose reports are in --out, made in the same way.")
    ] = False,
    debug: Debug = False,
) -> int:
    """Write the rapport report of every transcript given.

    Reads plain text with speaker labels, CSV, TSV, XLSX, Parquet, WebVTT, SRT, Praat TextGrid and JSON,
    and recordings (WAV, MP3, M4A, FLAC, OGG, WebM, MP4) where --consent names who confirms consent.
    A file that cannot be used is told in one line on standard error, and the others go on. With --out,
    files of the same name are replaced, and several sessions also get tables over all of them and the page
    caseload.html. --format parquet writes one file a table over all sessions.
    """
    from transcript_rapport import norms as percentiles
    from transcript_rapport import questionnaires as reported
    from transcript_rapport.cli import training
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
        "diarisation": diarisation,
        "stages": stages,
        "delete_recording": delete_recording or None,
        "norms": norms,
        "repair_roles": repair_roles or None,
        "reader": reader,
        "questionnaires": questionnaires,
        "english": english,
        "tasks": task or None,
        "lexicons": lexicon or None,
        "deidentify": deidentify or None,
    }
    chosen = chosen.with_changes({name: value for name, value in named.items() if value is not None})
    if chosen.norms:
        percentiles.load(chosen.norms)  # what is wrong with them is told before any session is coded
    if chosen.questionnaires:
        reported.read(chosen.questionnaires)
    if chosen.tasks or chosen.lexicons:
        training.check(chosen.tasks, chosen.lexicons)
    run = Run(chosen, place(form, out, chosen.delete_recording, resume), debug, jobs)
    run.files([path for given in files for path in transcripts(given, bool(chosen.consent))], together)
    if chosen.deidentify:
        from transcript_rapport.deidentification import RESIDUAL

        say(RESIDUAL)
    return SOME_FAILED if run.failed else 0


@app.command()
@guarded
def deidentify(
    given: Annotated[
        str, typer.Argument(metavar="IN", help="A transcript, a JSON report or a folder; - reads standard input.")
    ],
    out: Out,
    *,
    practitioner: Practitioner = None,
    to: Written = None,
    session: OneSession = None,
    invent_times: InventTimes = False,
    force: Force = False,
) -> int:
    """Write a transcript, or a folder of them, without direct identifiers.

    Names, places, dates, phones, e-mails, addresses, web addresses, numbers, organisations and ages over 89 give way to
    placeholders such as [Name 1], the same for the same person. Some will be missed, and what is told can point to
    somebody without any: read what was written before it leaves your hands.
    """
    from transcript_rapport.cli import convert
    from transcript_rapport.cli.deidentify import Deidentify

    keep_quiet()
    how = Deidentify(session, invent_times, force, practitioner)
    return SOME_FAILED if convert.run([given], out, to, how) else 0


@app.command()
@guarded
def convert(
    given: Annotated[
        list[str],
        typer.Argument(metavar="IN", help="A transcript, a JSON report or a folder of them; - reads standard input."),
    ],
    out: Out,
    *,
    to: Written = None,
    session: OneSession = None,
    invent_times: InventTimes = False,
    together: Together = False,
    force: Force = False,
) -> int:
    """Write a transcript, or a folder of them, in another format.

    OUT's ending says which: .cha, .csv, .eaf, .json, .srt, .TextGrid or .vtt. From a JSON report, codes and findings
    become tiers in ELAN, Praat and CHAT. What is written is read back, and what differs is said on standard error.
    """
    from transcript_rapport.cli import convert

    keep_quiet()
    how = convert.Convert(session, invent_times=invent_times, force=force)
    return SOME_FAILED if convert.run(given, out, to, how, together=together) else 0


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
    from transcript_rapport.cli.progress import busy
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
    *,
    corpora: Annotated[
        str | None, typer.Option(metavar="DIR", help="The folder that holds the corpora, to train the coder itself.")
    ] = None,
    task: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="A folder of CSVs with your own codes, to train those.")
    ] = None,
    out: Annotated[
        str, typer.Option(metavar="PATH", help="Where it goes: a folder for the coder, a file for own codes.")
    ],
    model: Model = None,
    config: Annotated[str | None, typer.Option(metavar="FILE", help="Training settings as a TOML file.")] = None,
    encoder: Annotated[
        str | None, typer.Option(metavar="NAME_OR_PATH", help="The sentence encoder to start from.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted training stopped.")] = False,
    only: Annotated[
        str | None, typer.Option("--only", metavar="PART", help="One part of the training: 0, 1, 2 … or whole.")
    ] = None,
) -> None:
    """Train codes of your own, or the coder itself.

    With --task: learns your codes from labelled examples, on the coder as it is, writes them to one file for
    rapport analyse --task, and prints how well they are found in examples left out; see docs/own-codes.md.

    With --corpora: trains a network for each fold of the sessions, which answers for the sessions it did not see, then
    the network that is kept, on all of them. The parts can be run side by side with --only.
    """
    from transcript_rapport.cli import training

    if task is not None:
        training.own_codes(task, out, model, (corpora, config, encoder, resume or None, only))
    else:
        training.coder(corpora, out, model, (config, encoder, resume, only))


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


for _command in (many.compare, many.trend, many.caseload, many.norms, many.agree):
    app.command()(_command)


@app.command()
@guarded
def serve(
    *,
    port: Annotated[int, typer.Option(metavar="N", help="The port to listen on; 0 takes a free one.")] = 8765,
    keep: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep reports in this folder; else in memory, for an hour.")
    ] = None,
    opened: Annotated[bool, typer.Option("--open/--no-open", help="Show the page in the browser.")] = True,
    model: Model = None,
    asr: Annotated[
        str | None, typer.Option(metavar="DIR", help="A folder of Whisper weights, to hear the words of recordings.")
    ] = None,
) -> None:
    """Show a page to bring sessions to, in a browser on this machine.

    Drop a transcript or recording on it, or paste text, and read the trainee's report. Only this machine can open
    the page, nothing leaves it, and nothing is logged. Ctrl-C ends it. Needs the extra web.
    """
    from transcript_rapport import web
    from transcript_rapport.settings import DEFAULTS

    keep_quiet()
    named = {"model": model, "asr": asr}
    changes = {name: value for name, value in named.items() if value is not None}
    web.serve(DEFAULTS.with_changes({"reader": "trainee", **changes}), port, keep, opened)
