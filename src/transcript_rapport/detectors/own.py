"""Codes of the user's own: what ``rapport train --task`` was taught to find."""

from __future__ import annotations

from collections.abc import Iterator

from transcript_rapport.detectors.context import finding
from transcript_rapport.report import Coded, Finding

KINDS: tuple[str, ...] = ("own",)
"""The family: its members are the user's."""


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each own code of each statement, told in the user's own words."""
    for statement in coded.statements:
        yield from (finding(coded, statement, kind) for kind in statement.counted if kind in coded.own)
