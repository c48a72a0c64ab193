"""``rapport analyse`` and ``rapport demo``: sessions to reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from transcript_rapport.cli.door import SOME_FAILED, keep_quiet, say
from transcript_rapport.cli.options import Asr, Debug, Kind, Model, Practitioner, Questionnaires, Together, chosen


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
        str | None,
        typer.Option(
            "--format", metavar="NAME", help="text, html, json, jsonl, csv or parquet; else what --out says, or text."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="A folder for one file a session, or a file such as report.html."),
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
    asr: Asr = None,
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
    setting: Kind = None,
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

    Reads plain text with speaker labels, Word, OpenDocument, RTF, PDF, web pages, CSV, TSV, XLSX, Parquet, JSON,
    WebVTT, SRT, TTML, ELAN, Praat TextGrid, CHAT, EXMARaLDA, Transcriber, TEI, CTM and STM, exported chats, zips of
    these, and recordings (WAV, MP3, M4A, FLAC, OGG, WebM, MP4) where --consent names who confirms consent.
    A file that cannot be used is told in one line on standard error, and the others go on. --out names a folder, or
    one file by its ending (.html, .txt, .json, .jsonl, .csv); files of the same name are replaced. In a folder,
    several sessions also get tables over all of them and the page caseload.html; --format parquet writes one
    file a table over all sessions.
    """
    from transcript_rapport import norms as percentiles
    from transcript_rapport import questionnaires as reported
    from transcript_rapport.cli import training
    from transcript_rapport.cli.output import place
    from transcript_rapport.cli.run import Run, transcripts
    from transcript_rapport.settings import DEFAULTS, load

    keep_quiet()
    how = chosen(
        load(settings) if settings else DEFAULTS,
        practitioner=practitioner,
        model=model,
        engine=engine,
        consent=consent,
        asr=asr,
        speakers=speakers,
        diarisation=diarisation,
        stages=stages,
        delete_recording=delete_recording,
        norms=norms,
        repair_roles=repair_roles,
        reader=reader,
        setting=setting,
        questionnaires=questionnaires,
        english=english,
        tasks=task,
        lexicons=lexicon,
        deidentify=deidentify,
    )
    if how.norms:
        percentiles.load(how.norms)  # what is wrong with them is told before any session is coded
    if how.questionnaires:
        reported.read(how.questionnaires)
    if how.tasks or how.lexicons:
        training.check(how.tasks, how.lexicons)
    run = Run(how, place(form, out, how.delete_recording, resume), debug, jobs)
    run.files([path for given in files for path in transcripts(given, bool(how.consent))], together)
    if how.deidentify:
        from transcript_rapport.deidentification import RESIDUAL

        say(RESIDUAL)
    return SOME_FAILED if run.failed else 0


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

    keep_quiet()
    if listed:
        typer.echo("\n".join(practice.sessions()))
        return
    path = practice.find(session or practice.FIRST)
    page, summary = output.renderer("html"), output.renderer("text")
    with busy(f"Listening to {path.stem}"):
        report = analyse(read(str(path))[0], chosen(model=model))
    output.save({out: page.render(report)})
    typer.echo(summary.render(report).strip("\n"))
    typer.echo(f"\nThe whole report: {out} (open it in a browser)")
