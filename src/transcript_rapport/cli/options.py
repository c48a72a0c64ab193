"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")]
Model = Annotated[
    str | None, typer.Option(metavar="DIR", help="A folder of weights, instead of those that came with the package.")
]
Practitioner = Annotated[str | None, typer.Option(metavar="LABEL", help="Which speaker label is the practitioner.")]
Questionnaires = Annotated[
    str | None, typer.Option(metavar="FILE", help="A table of questionnaire scores by session, shown beside measures.")
]
Deidentified = Annotated[
    bool, typer.Option("--deidentify", help="Replace names, dates, numbers … of transcripts before anything is shown.")
]
OutFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write there, instead of standard output.")]
Corpora = Annotated[str, typer.Option(metavar="DIR", help="The folder that holds the corpora.")]
