"""Partnership: choice, collaboration and openness; and advice that nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from transcript_rapport.detectors.context import WORDED, finding, floors, heard, words
from transcript_rapport.report import Coded, Finding, Statement

HELPFUL = ("partnership.autonomy", "partnership.collaborate", "partnership.transparency")
ADVICE = "advice.directive"
KINDS: tuple[str, ...] = (*HELPFUL, ADVICE)

SHOWN = 0.7
"""Least probability at which advice is remarked on: quiet rather than loud, as with judgment."""
LEAVES_ROOM = re.compile(
    r"\b(?:or none|or neither|whichever|whatever suits|if you (?:like|want|wish|prefer|feel like)|up to you|no pressure"
    r"|only if|as far as (?:is|it's|feels) comfortable)\b",
    re.IGNORECASE,
)
"""Words that leave the choice: such advice is an offer."""
JUST_BEFORE = 2
"""Statements: a permission asked this close to the end of one turn holds for the whole next turn."""


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each way of sharing the lead, and for each piece of advice without leave.

    Advice is left out where the practitioner asked first (in the same turn or at the end of the one
    before), where the client asked for it, where the coder finds it more likely that it left room, or
    where it is not sure enough.
    """
    before: Sequence[Statement] = ()
    for floor in floors(coded):
        for place, statement in enumerate(floor):
            for kind in HELPFUL:
                if kind in statement.codes:
                    yield finding(coded, statement, kind)
            if _directs(statement):
                asked = any("partnership.collaborate" in s.codes for s in (*before, *floor[: place + 1]))
                free = "partnership.autonomy" in statement.codes or LEAVES_ROOM.search(coded.text(statement))
                if not (asked or free or _client_asked(coded, statement)):
                    yield finding(coded, statement, ADVICE)
        before = floor[-JUST_BEFORE:]


def _directs(statement: Statement) -> bool:
    likely = statement.codes.get(ADVICE, 0)
    return likely >= SHOWN and likely > statement.codes.get("advice.permitted", 0)


def _client_asked(coded: Coded, statement: Statement) -> bool:
    """Whether the client's last utterance, or the last with more than a back-channel, asks for something."""
    spoken = list(heard(coded, statement.utterance))
    worded = islice((u for u in spoken if len(words(u.text)) >= WORDED), 1)
    return any("client.request" in s.codes for u in (*spoken[:1], *worded) for s in coded.statements_of(u.index))
