"""What happens at the door: errors become one sentence, outcomes become exit codes, libraries stay quiet."""

from __future__ import annotations

import io
import os
import sys
import warnings
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from transcript_rapport.errors import ModelError, RapportError, SettingsError

DONE, SOME_FAILED, WRONG_USE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141

NOTHING_CAN_BE_DONE = (SettingsError, ModelError)
"""Errors that hold for every file alike: trying the next one would only say the same again."""

P = ParamSpec("P")


def guarded(command: Callable[P, int | None]) -> Callable[P, None]:
    """A command that ends with an exit code: its own, or the one that fits what stopped it.

    A RapportError is printed as one sentence on standard error, without a traceback; the interrupt
    key and a reader that went away (``rapport … | head``) end it quietly. Other exceptions pass.
    """

    @wraps(command)
    def ending(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs) or DONE
            sys.stdout.flush()
        except RapportError as error:
            say(str(error))
            code = WRONG_USE if isinstance(error, NOTHING_CAN_BE_DONE) else SOME_FAILED
        except KeyboardInterrupt:
            code = INTERRUPTED
        except BrokenPipeError:
            _forget_stdout()
            code = PIPE_CLOSED
        raise typer.Exit(code)

    return ending


def say(sentence: str) -> None:
    """One line on standard error."""
    typer.echo(" ".join(sentence.splitlines()), err=True)


def keep_quiet(offline: bool = True) -> None:
    """Keep libraries from drawing bars or warning into the output, and from looking at the network.

    Analysis never fetches anything; ``offline`` makes that hold even if a library would like to.
    """
    wanted = {"TRANSFORMERS_VERBOSITY": "error", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "TOKENIZERS_PARALLELISM": "false"}
    if offline:
        wanted |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    os.environ.update(wanted)
    warnings.simplefilter("ignore")


def write(text: str) -> None:
    """``text`` on standard output as UTF-8, whole and at once, so that no half line can stay behind."""
    data = text.encode("utf-8")
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out.flush()
        out.buffer.write(data)
    else:  # a notebook's or a test's own stream
        out.write(text)
    out.flush()


def _forget_stdout() -> None:
    """Point standard output at nothing, or Python complains once more while it shuts down."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = io.StringIO()
