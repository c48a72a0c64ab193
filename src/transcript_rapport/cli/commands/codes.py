"""``rapport codebook``, ``train`` and ``evaluate``: what the codes mean, and how they are learned."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from transcript_rapport.cli.door import keep_quiet
from transcript_rapport.cli.options import Corpora, Model


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


def evaluate(
    corpora: Corpora,
    model: Model = None,
    out: Annotated[str | None, typer.Option(metavar="FILE", help="Write the figures there as JSON too.")] = None,
) -> None:
    """Measure the coder on sessions new to it."""
    from transcript_rapport.training.evaluate import run

    keep_quiet()
    typer.echo(run(corpora, model, out))
