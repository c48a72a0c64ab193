"""``rapport compare``, ``trend``, ``caseload``, ``norms`` and ``agree``: many sessions together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from transcript_rapport.cli.options import (
    Deidentified,
    English,
    Folder,
    Model,
    OutFile,
    Practitioner,
    Questionnaires,
    chosen,
)

TextTableOrPage = Annotated[
    Literal["text", "csv", "html"] | None,
    typer.Option("--format", metavar="NAME", help="text, csv or html; without it, what the name of --out says."),
]
Whole = Annotated[bool, typer.Option("--all", help="Show every measure, not only what is clear.")]


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A transcript or a report written as JSON.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    *,
    form: TextTableOrPage = None,
    out: OutFile = None,
    whole: Whole = False,
    practitioner: Practitioner = None,
    model: Model = None,
    deidentify: Deidentified = False,
    english: English = None,
) -> int:
    """Show two sessions side by side.

    What differs by more than the uncertainty comes first; --all shows every measure of both below it.
    """
    from transcript_rapport.cli import sessions

    return sessions.compare(
        a, b, chosen(practitioner=practitioner, model=model, deidentify=deidentify, english=english), form, out, whole
    )


def trend(
    folder: Folder,
    *,
    person: Annotated[
        str | None,
        typer.Option(
            metavar="LABEL",
            help="Whose sessions; may be left out where there is one practitioner. A label such as Therapist joins all "
            "who are called so.",
        ),
    ] = None,
    form: TextTableOrPage = None,
    out: OutFile = None,
    whole: Whole = False,
    practitioner: Practitioner = None,
    questionnaires: Questionnaires = None,
    model: Model = None,
    deidentify: Deidentified = False,
    english: English = None,
) -> int:
    """Follow one person's sessions over time.

    What moved along a straight line by more than the uncertainty comes first; --all shows every measure below it.
    The sessions stand in the order of the dates in their names, where all have one, or else of
    their names; the text says which.
    """
    from transcript_rapport.cli import sessions

    settings = chosen(
        practitioner=practitioner, model=model, questionnaires=questionnaires, deidentify=deidentify, english=english
    )
    return sessions.trend(folder, person, settings, form, out, whole)


def caseload(
    folder: Folder,
    *,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Where to write the page; a table where it ends in .csv.")
    ] = Path("caseload.html"),
    practitioner: Practitioner = None,
    questionnaires: Questionnaires = None,
    model: Model = None,
    deidentify: Deidentified = False,
    english: English = None,
) -> int:
    """Write a page over a folder of sessions.

    A sortable table with where to spend time first and why, what stands out, and how each measure spreads. Sessions in
    which a client spoke of dying or of being harmed stand at the top; the page does not look for danger. A file that
    cannot be used is listed with the reason, and the others go on.
    """
    from transcript_rapport.cli import sessions

    settings = chosen(
        practitioner=practitioner, model=model, questionnaires=questionnaires, deidentify=deidentify, english=english
    )
    return sessions.caseload(folder, settings, out)


def norms(
    folder: Folder,
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

    return sessions.norms(
        folder, name, limits, chosen(practitioner=practitioner, model=model, deidentify=deidentify), out
    )


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
    sheet: Annotated[
        bool, typer.Option("--sheet", help="Write HUMAN.csv as an empty table to fill in, and compare nothing.")
    ] = False,
    practitioner: Practitioner = None,
    model: Model = None,
) -> int:
    """Compare a person's codes with a report's.

    Cohen's kappa and Krippendorff's alpha with 90 % intervals, precision, recall and F1 (their intervals are in csv and
    json), and where the two differ. Rows that find no place in the report are counted and told.
    """
    from transcript_rapport.cli import sessions

    settings = chosen(practitioner=practitioner, model=model)
    return sessions.sheet(human, reports, settings) if sheet else sessions.agree(human, reports, settings, form, out)
