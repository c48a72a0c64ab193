"""Whether a term is understood: plain words stand near it, or the listener takes it, treats people, or asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transcript_rapport.lexicons import content_words, plain
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
        or any(map(_SAYS["looks_for"].search, around.following))
        or (not content_words(instead) and _SAYS["purpose"].search(around.after))
    )
    return bool(told) or _paraphrases(around, term, instead)


def asks(text: str) -> bool:
    """Whether the listener asks what was meant: “which is that?”, “what does biliary mean?”."""
    return bool(_SAYS["asks"].search(plain(text)))


def word_asked(text: str) -> str:
    """The word whose meaning is asked for by name, in lower case; empty where none is."""
    found = _SAYS["asks_word"].search(plain(text))
    return found[1] if found else ""


def answers(text: str, term: str) -> bool:
    """Whether ``text`` says something about a term that was asked about, rather than brush the question off."""
    said = plain(text)
    return bool(content_words(said) - content_words(term)) and not _SAYS["brushes_off"].search(said)


def takes(before: str, since: str, after: str) -> bool:
    """Whether a name is that of what the listener takes, or has worked with, already.

    ``before`` and ``after``: the words around it; ``since``: those since such a name, empty where there is none.
    """
    also = since and _SAYS["and_takes"].search(since)
    return bool(also or _SAYS["takes"].search(before) or _SAYS["done"].search(after))


def treats(text: str) -> bool:
    """Whether somebody says that they treat people themselves."""
    return bool(_SAYS["works"].search(plain(text)))


def _paraphrases(around: Surroundings, term: str, instead: str) -> bool:
    """Whether at least half of the plain words, or of one of two wordings, are said.

    In the statement, or two of them nearby.
    """
    beside = content_words(f"{around.before} {around.after}")
    nearby = beside | content_words(" ".join((around.previous, *around.following)))
    for wording in _EITHER.split(instead):
        words = content_words(wording) - content_words(term)
        near = len(words & nearby)
        if words and (2 * len(words & beside) >= len(words) or (near > 1 and 2 * near >= len(words))):
            return True
    return False
