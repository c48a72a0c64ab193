"""Whether plain words for a term stand near it: beside it, or in the statements before and after."""

from __future__ import annotations

from dataclasses import dataclass

from transcript_rapport.detectors.context import content_words
from transcript_rapport.lexicons.patterns import beside

_SAYS = beside(__file__)


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
    """Whether at least half of the plain words are said: in the statement, or two of them nearby."""
    plain = content_words(instead) - content_words(term)
    beside = plain & content_words(f"{around.before} {around.after}")
    nearby = plain & content_words(" ".join((around.before, around.after, around.previous, *around.following)))
    return bool(plain) and (2 * len(beside) >= len(plain) or (len(nearby) > 1 and 2 * len(nearby) >= len(plain)))
