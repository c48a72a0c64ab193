"""The commands over many sessions; each reads its options, calls ``sessions``, and returns an exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from transcript_rapport.cli.door import guarded
from transcript_rapport.cli.options import Deidentified, Model, OutFile, Practitioner, Questionnaires

if TYPE_CHECKING:
    from transcript_rapport.settings import Settings


@guarded
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A transcript or a report written as JSON.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    *,
    form: Annotated[Literal["text", "csv"], typer.Option("--format", metavar="NAME", help="text or csv.")] = "text",
    out: OutFile = None,
    practitioner: Practitioner = None,
    model: Model = None,
    deidentify: Deidentified = False,
) -> int:
    """Show two sessions side by side.

    Each measure of both with its interval, and whether they differ by more than their uncertainty.
    """
    from transcript_rapport.cli import sessions

    return sessions.compare(a, b, _chosen(practitioner, model, deidentify=deidentify), form, out)


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
    questionnaires: Questionnaires = None,
    model: Model = None,
    deidentify: Deidentified = False,
) -> int:
    """Follow one person's sessions over time.

    Each measure over the sessions, ordered by the date in their names or else by name, and whether it moved
    more than its uncertainty.
    """
    from transcript_rapport.cli import sessions

    settings = _chosen(practitioner, model, questionnaires, deidentify=deidentify)
    return sessions.trend(folder, person, settings, form, out)


@guarded
def caseload(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder of transcripts or reports as JSON.")],
    *,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Where to write the page; a table where it ends in .csv.")
    ] = Path("caseload.html"),
    practitioner: Practitioner = None,
    questionnaires: Questionnaires = None,
    model: Model = None,
    deidentify: Deidentified = False,
) -> int:
    """Write a page over a folder of sessions.

    A sortable table with whom to look at first and why, what stands out, and how each measure spreads. A file that
    cannot be used is listed with the reason, and the others go on.
    """
    from transcript_rapport.cli import sessions

    return sessions.caseload(folder, _chosen(practitioner, model, questionnaires, deidentify=deidentify), out)


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
    deidentify: Deidentified = False,
) -> int:
    """Work out percentiles of own sessions.

    With norms = "norms.json" in the settings file, every report then says where its measures lie among them.
    """
    from transcript_rapport.cli import sessions

    return sessions.norms(folder, name, limits, _chosen(practitioner, model, deidentify=deidentify), out)


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


def _chosen(
    practitioner: str | None, model: str | None, questionnaires: str | None = None, *, deidentify: bool = False
) -> Settings:
    from transcript_rapport.settings import DEFAULTS

    named = {
        "practitioner": practitioner,
        "model": model,
        "questionnaires": questionnaires,
        "deidentify": deidentify or None,
    }
    return DEFAULTS.with_changes({name: value for name, value in named.items() if value is not None})
