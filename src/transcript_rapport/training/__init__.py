"""From corpora to a trained coder, and how good it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from transcript_rapport.errors import CorpusError


def as_command(main: Callable[[Sequence[str]], int]) -> NoReturn:
    """Runs a module's ``main`` and ends with its exit code; a CorpusError is told in one sentence."""
    try:
        sys.exit(main(sys.argv[1:]))
    except CorpusError as error:
        sys.exit(str(error))
