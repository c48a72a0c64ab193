"""Options that several commands share, and the settings that follow from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from transcript_rapport.settings import DEFAULTS, Settings

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
    typer.Option(metavar="NAME", help="chat, csv, elan, json, srt, textgrid or vtt, whatever OUT is called."),
]
OneSession = Annotated[str | None, typer.Option(metavar="NAME", help="Which session, where IN holds several.")]
InventTimes = Annotated[bool, typer.Option("--invent-times", help="Give lines without times plain invented ones.")]
Force = Annotated[bool, typer.Option("--force", help="Replace OUT if it is there.")]


def chosen(given: Settings = DEFAULTS, **options: object) -> Settings:
    """The settings with the options that were given; those left out (None, False or no values) change nothing."""
    return given.with_changes({k: v for k, v in options.items() if v is not None and v is not False and v != []})
