"""Whether plain words for a term stand near it: beside it, or in the statements before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transcript_rapport.detectors.context import content_words

_INTRODUCES = re.compile(
    r"\b(?:called|known as|what we call|we call|call(?:ed)? (?:it|that|this|those|them)|we'd call|so-called|the term"
    r"|referred to as|what we say|we define|what(?:'s| is))"
    r"\W+(?:(?:this|these|a|an|the|um|uh|kind of|sort of|as)\W+){0,2}$"
    r"|\w\W+(?:or|so)\W+(?:(?:a|an|the|any|no|these|some|um|uh|like)\W+)?$"
)
"""At the end of the words before the term: "what we call …", "high blood pressure or …", "a racing heart. So, …"."""

_GOES_ON = re.compile(
    r"\W*(?:(?:um|uh|you know|like|basically)\W+)?(?:which\b|meaning\b|means?\b|that means"
    r"|in other words|that is to say"
    r"|(?:where|when) (?:you|it|the|your|people)\b|such as\b"
    r"|(?:is|are) (?:a|an|the|when|where|defined|basically|something)\b"
    r"|(?:that|to|can) (?:just )?(?:helps?|reduces?|stops?)\b|so,? (?:that|it|this)(?:'s| is| means)\b|if you will)"
)
"""At the beginning of the words after it: "…, which means", "… is when", "… to help"."""

_SAYS_IT = re.compile(
    r"\W*(?:(?:so|okay|ok|um|uh|and|now|well|k|basically|which)\W+)*"
    r"(?:(?:that|it|this|those|these|they)(?:'s| is|'re| are)\s+(?:just |basically |like |kind of |sort of )*"
    r"(?:a|an|the|when|where|something|how|what)\b|(?:what )?(?:that|it|this) (?:\w+ )?(?:means|does)\b"
    r"|which\b|like (?:when|where|if)\b"
    r"|(?:when|where) you\b|meaning\b|in other words|(?:this|that|these) (?:drug|medicine|medication|tablet)s? )"
)
"""At the beginning of the next statement: "So that's a …", "It means …", "Where you …"."""


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
    told = _INTRODUCES.search(around.before) or _GOES_ON.match(around.after) or _SAYS_IT.match(following)
    return bool(told) or _paraphrases(around, term, instead)


def _paraphrases(around: Surroundings, term: str, instead: str) -> bool:
    """Whether at least half of the plain words are said: in the statement, or two of them nearby."""
    plain = content_words(instead) - content_words(term)
    beside = plain & content_words(f"{around.before} {around.after}")
    nearby = plain & content_words(" ".join((around.before, around.after, around.previous, *around.following)))
    return bool(plain) and (2 * len(beside) >= len(plain) or (len(nearby) > 1 and 2 * len(nearby) >= len(plain)))
