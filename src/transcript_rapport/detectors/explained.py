"""Whether plain words for a term stand near it: beside it, or in the statements before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transcript_rapport.lexicons import content_words
from transcript_rapport.lexicons.patterns import beside

_SAYS = beside(__file__)
_EITHER = re.compile("; |, or ")
"""Parts two wordings: "holes in the teeth, or cavities"."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is said around a term, in lower case with straight apostrophes.

    ``before`` and ``after`` are the rest of its statement, ``previous`` is the practitioner's
    statement before it and ``following`` those after it.
    """

    before: str
    after: str
    previous: str = ""
    following: tuple[str, ...] = ()


def explains(around: Surroundings, term: str, instead: str) -> bool:
    """Whether the surroundings of ``term`` explain it, by a turn of phrase or by words of ``instead``."""
    following = around.following[0] if around.following else ""
    told = (
        _SAYS["introduces"].search(around.before)
        or _SAYS["goes_on"].search(around.after)
        or _SAYS["says_it"].search(following)
    )
    return bool(told) or _paraphrases(around, term, instead)


def _paraphrases(around: Surroundings, term: str, instead: str) -> bool:
    """Whether at least half of the plain words, or of one of two wordings, are said.

    In the statement, or two of them nearby.
    """
    beside = content_words(f"{around.before} {around.after}")
    nearby = beside | content_words(" ".join((around.previous, *around.following)))
    for wording in _EITHER.split(instead):
        plain = content_words(wording) - content_words(term)
        near = len(plain & nearby)
        if plain and (2 * len(plain & beside) >= len(plain) or (near > 1 and 2 * near >= len(plain))):
            return True
    return False
