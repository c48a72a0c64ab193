"""What ``rapport train`` does: own codes from a folder of examples, or the coder from the corpora."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from transcript_rapport.cli.door import keep_quiet, say
from transcript_rapport.cli.output import save
from transcript_rapport.cli.progress import busy
from transcript_rapport.errors import SettingsError

Options = tuple[object, ...]
"""Options that belong to the other use of the command; None or False where they were not given."""


def check(tasks: Sequence[str], lexicons: Sequence[str]) -> None:
    """What is wrong with own codes and own lexicons is told before any session is coded."""
    from transcript_rapport.coder.tasks import load
    from transcript_rapport.lexicons.own import texts

    load(tasks)
    texts(lexicons)


def own_codes(folder: str, out: str, model: str | None, strange: Options) -> None:
    """Train a head for each code of the folder, write them to one file and print how well they do."""
    from transcript_rapport.coder import load
    from transcript_rapport.coder.tasks import written
    from transcript_rapport.training import labelled, own

    if any(strange):
        seen = "--task stands with options that train the coder itself"
        raise SettingsError("rapport train", seen, "--task, --out and --model only", "run the two one after the other")
    path = Path(out)
    if path.is_dir() or not path.parent.is_dir():
        seen = f"{out} is a folder" if path.is_dir() else f"there is no folder {path.parent}"
        raise SettingsError("--out", seen, "a file in a folder that exists, such as metaphor.json")
    keep_quiet()
    examples = labelled.read(folder)
    with busy(f"Learning from {folder}") as show:
        task, warnings = own.train(examples, load(model), show)
    for warning in warnings:
        say(warning)
    save({path: written(task)})
    typer.echo(own.told(task) + f"Written to {out}: use it with rapport analyse … --task {out}")


def coder(
    corpora: str | None, out: str, model: str | None, options: tuple[str | None, str | None, bool, str | None]
) -> None:
    """Train the coder from the corpora."""
    if corpora is None:
        expected = "--task FOLDER (your own codes) or --corpora DIR (the coder itself)"
        raise SettingsError("rapport train", "it is not said what to learn from", expected)
    if model is not None:
        raise SettingsError("rapport train", "--model stands with --corpora", "it with --task only", "see --encoder")
    from transcript_rapport.training.train import run

    keep_quiet(offline=False)
    run(corpora, out, *options)
