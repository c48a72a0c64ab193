"""Options that several commands share, and the settings that follow from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from transcript_rapport import writers
from transcript_rapport.errors import SettingsError
from transcript_rapport.renderers.wording import listed
from transcript_rapport.settings import DEFAULTS, Settings


def _format(name: str) -> str:
    """A format as --to names it, with the ending of its files where that is another word."""
    ending = writers.for_name(name).SUFFIX
    return name if ending.lower() == f".{name}" else f"{name} ({ending})"


Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")]
Model = Annotated[
    str | None, typer.Option(metavar="DIR", help="A folder of weights, instead of those that came with the package.")
]
Asr = Annotated[
    str | None, typer.Option(metavar="DIR", help="A folder of Whisper weights, to hear the words of recordings.")
]
Kind = Annotated[
    str | None,
    typer.Option(metavar="KIND", help="counselling or medical: what kind of talk it is; else what the talk shows."),
]
Folder = Annotated[str, typer.Argument(metavar="FOLDER", help="A folder of transcripts or reports as JSON.")]
Practitioner = Annotated[str | None, typer.Option(metavar="LABEL", help="Which speaker label is the practitioner.")]
Questionnaires = Annotated[
    str | None, typer.Option(metavar="FILE", help="A table of questionnaire scores by session, shown beside measures.")
]
Deidentified = Annotated[
    bool, typer.Option("--deidentify", help="Replace names, dates, numbers … of transcripts before anything is shown.")
]
OutFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write there, instead of standard output.")]
English = Annotated[str | None, typer.Option(metavar="SPELLING", help="british or american, for the page's own words.")]
Corpora = Annotated[str, typer.Option(metavar="DIR", help="The folder that holds the corpora.")]
Together = Annotated[bool, typer.Option("--together", help="The files are one session, a file a speaker.")]
Out = Annotated[str, typer.Argument(metavar="OUT", help="The file to write, or a folder; - is standard output.")]
Written = Annotated[
    str | None,
    typer.Option(metavar="NAME", help=f"{listed(map(_format, writers.names()), 'or')}; else what OUT's ending says."),
]
OneSession = Annotated[str | None, typer.Option(metavar="NAME", help="Which session, where IN holds several.")]
InventTimes = Annotated[bool, typer.Option("--invent-times", help="Give lines without times plain invented ones.")]
Force = Annotated[bool, typer.Option("--force", help="Replace OUT if it is there.")]


_SPELT = {"reader": "for", "tasks": "task", "lexicons": "lexicon"}
"""Settings whose options have another name."""


def chosen(given: Settings = DEFAULTS, **options: object) -> Settings:
    """The settings with the options that were given; those left out (None, False or no values) change nothing.

    A value that cannot be is a SettingsError that names the option as it was typed.
    """
    for name, value in options.items():
        if value is not None and value is not False and value != []:
            try:
                given = given.with_changes({name: value})
            except SettingsError as error:
                option = _SPELT.get(name, name).replace("_", "-")
                raise SettingsError(f"--{option} {value}", "", error.expected, error.remedy) from None
    return given
