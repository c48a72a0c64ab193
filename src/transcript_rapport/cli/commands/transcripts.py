"""``rapport deidentify`` and ``rapport convert``: transcripts to other files."""

from __future__ import annotations

from typing import Annotated

import typer

from transcript_rapport.cli.door import SOME_FAILED, keep_quiet
from transcript_rapport.cli.options import Force, InventTimes, OneSession, Out, Practitioner, Together, Written


def deidentify(
    given: Annotated[
        str, typer.Argument(metavar="IN", help="A transcript, a JSON report or a folder; - reads standard input.")
    ],
    out: Out,
    *,
    practitioner: Practitioner = None,
    to: Written = None,
    session: OneSession = None,
    invent_times: InventTimes = False,
    force: Force = False,
) -> int:
    """Write a transcript, or a folder of them, without direct identifiers.

    Names, places, dates, phones, e-mails, addresses, web addresses, numbers, organisations and ages over 89 give way to
    placeholders such as [Name 1], the same for the same person. Some will be missed, and what is told can point to
    somebody without any: read what was written before it leaves your hands.
    """
    from transcript_rapport.cli import convert
    from transcript_rapport.cli.deidentify import Deidentify

    keep_quiet()
    how = Deidentify(session, invent_times, force, practitioner)
    return SOME_FAILED if convert.run([given], out, to, how) else 0


def convert(
    given: Annotated[
        list[str],
        typer.Argument(metavar="IN", help="A transcript, a JSON report or a folder of them; - reads standard input."),
    ],
    out: Out,
    *,
    to: Written = None,
    session: OneSession = None,
    invent_times: InventTimes = False,
    together: Together = False,
    force: Force = False,
) -> int:
    """Write a transcript, or a folder of them, in another format.

    OUT's ending says which, or --to. From a JSON report, codes and findings become tiers in ELAN, Praat and CHAT.
    What is written is read back, and what differs is said on standard error.
    """
    from transcript_rapport.cli import convert

    keep_quiet()
    how = convert.Convert(session, invent_times=invent_times, force=force)
    return SOME_FAILED if convert.run(given, out, to, how, together=together) else 0
