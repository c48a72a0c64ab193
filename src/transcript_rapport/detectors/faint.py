"""What is not said outright: faint signs that add up, a disclosure told in pieces, a practitioner's limits.

The client's words here are everyday ones, which say something only together. ``safety.detect`` is the door to all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from transcript_rapport.detectors.context import shown
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

FAINT, DISCLOSED, LIMITS = "safety.faint", "safety.disclosed", "safety.limits"
KINDS: tuple[str, ...] = (FAINT, DISCLOSED, LIMITS)
NOTE = (
    "This page does not look for danger and cannot judge it; read the transcript and follow your service's procedure."
)
"""Said with every place but those that are only near one."""
SELF_HARM = "NICE NG225 (2022), Self-harm: assessment, management and preventing recurrence"
IN_PRIVATE = "APA Ethics Code (2017), 4.02 and 4.05, on what cannot stay private"
CHILDREN = "NICE NG76 (2017), Child abuse and neglect"
GIVING_UP = (
    "These words can stand for giving up. Each on its own is an everyday remark, and nobody but the client knows what "
    f"was meant: the way to know is to ask. {NOTE}"
)
IN_PIECES = (
    "Taken together, these statements may tell of something done to the client as a child; nobody but the client "
    f"knows. {NOTE}"
)
LIMITS_TOLD = (
    "The practitioner said here what cannot stay between the two of them, or that somebody may be at risk: read what "
    f"led to it, and talk it over. {NOTE}"
)
BY_WORDS, PERHAPS = 0.8, 0.5
"""Scores of a finding made by plain words, and of what only may belong: conventions, not measured precisions."""
SIGNS = {"no_future": 0.5, "better_without": 0.5, "hopeless": 0.45, "given_away": 0.4, "in_order": 0.4, "farewell": 0.3}
"""Kinds of words that can stand for giving up, and the scores they have where they add up: conventions."""
OF_ONESELF = {"no_future", "better_without", "hopeless"}
"""Those that somebody says of themselves, and does not only do."""
PIECES = {"told_young", "told_secret", "told_of_whom"}
"""What makes a disclosure together: how old they were, that nobody was to know, and who it was or that it happened."""
TOGETHER = 6
"""Utterances over which such pieces belong together."""
FRAME = (10, 5)
"""The limits of what stays private are the frame within the first so many utterances, or that part of a session."""

_SAYS = beside(__file__)
_NOTED = re.compile(r"(?:\s*\[[^\]]*\])+\s*(?=\S)")


def denied(before: str) -> bool:
    """Whether these plain words (``lexicons.plain``) deny what is said next."""
    return bool(_SAYS["denied"].search(before))


def sounds_like_giving_up(said: str) -> bool:
    """Whether plain words hold any of the signs, denied or not."""
    return bool(_SAYS["giving_up"].search(said))


def adding_up(coded: Coded) -> Iterator[Finding]:
    """The strongest sign of giving up in each utterance of a client, where several kinds of them meet."""
    signs: dict[str, list[tuple[str, Statement]]] = {}
    for statement in coded.by_role("client"):
        speaker = coded.session[statement.utterance].speaker
        signs.setdefault(speaker, []).extend((sign, statement) for sign in _signs(plain(coded.text(statement))))
    for theirs in signs.values():
        kinds = {sign for sign, _ in theirs}
        # A farewell is said at many an end, and what is only done may be a move or an illness.
        if len(kinds) > 2 or (len(kinds - {"farewell"}) > 1 and kinds & OF_ONESELF):
            strongest = {s.utterance: (sign, s) for sign, s in sorted(theirs, key=lambda t: SIGNS[t[0]])}
            for _, (sign, statement) in sorted(strongest.items()):
                yield _hint(FAINT, coded, statement, GIVING_UP, SELF_HARM, SIGNS[sign])


def in_pieces(coded: Coded) -> Iterator[Finding]:
    """Statements of a client near each other that tell together of something done to them when they were young."""
    told = [(s, held) for s in coded.by_role("client") if (held := _pieces(plain(coded.text(s))))]
    for first, _ in told:
        near = [(s, held) for s, held in told if _belongs(coded, s, first)]
        if set().union(*(held for _, held in near)) == PIECES:
            yield from (_hint(DISCLOSED, coded, s, IN_PIECES, CHILDREN, PERHAPS) for s, _ in near)
            return


def limits(coded: Coded) -> Iterator[Finding]:
    """Where a practitioner says after the frame of a session what cannot stay private, or that somebody is at risk."""
    for statement in coded.by_role("practitioner"):
        text = coded.text(statement)
        found = _SAYS["limits"].search(plain(text)) if statement.utterance >= _framed(coded) else None
        if found and not text.rstrip().endswith("?"):
            start, end = shown(text, *found.span())
            place = (statement.start + start, statement.start + end)
            yield Finding(LIMITS, coded.session[statement.utterance], *place, LIMITS_TOLD, IN_PRIVATE, score=BY_WORDS)


def children_now(coded: Coded, told: Sequence[Finding]) -> Iterator[Statement]:
    """A client's words on children, between what was told in pieces and the limits that a practitioner then names."""
    told_at = [finding.utterance for finding in told if finding.kind == DISCLOSED]
    limits_at = [finding.utterance for finding in told if finding.kind == LIMITS]
    for at in range(max(told_at) + 1, max(limits_at)) if told_at and limits_at else ():
        said = coded.statements_of(at) if coded.session.role_of(at) == "client" else ()
        yield from islice((s for s in said if _SAYS["children_now"].search(plain(coded.text(s)))), 1)


def _signs(said: str) -> Iterator[str]:
    """The kinds of signs in these words, denials apart."""
    if sounds_like_giving_up(said):
        for sign in SIGNS:
            found = _SAYS[sign].search(said)
            if found and not denied(said[: found.start()]):
                yield sign


def _pieces(said: str) -> set[str]:
    """The pieces of a disclosure in these words."""
    return {piece for piece in PIECES if _SAYS[piece].search(said)} if _SAYS["in_pieces"].search(said) else set()


def _belongs(coded: Coded, statement: Statement, first: Statement) -> bool:
    """Whether it follows the first soon enough, in the words of the same client."""
    soon = 0 <= statement.utterance - first.utterance <= TOGETHER
    return soon and coded.session[statement.utterance].speaker == coded.session[first.utterance].speaker


def _hint(kind: str, coded: Coded, statement: Statement, why: str, source: str, score: float) -> Finding:
    """The words of a statement, without what a transcriber noted before them (“[crying]”)."""
    noted = _NOTED.match(coded.text(statement))
    start = statement.start + (noted.end() if noted else 0)
    return Finding(kind, coded.session[statement.utterance], start, statement.end, why, source, score=score)


def _framed(coded: Coded) -> float:
    """Utterances at the beginning in which the limits of what stays private are the frame."""
    least, part = FRAME
    return max(least, len(coded.session) / part)
