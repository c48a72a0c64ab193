"""A line of talk as words, each with what stands before it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from transcript_rapport.deidentification.spans import Found, found_by, overlaps
from transcript_rapport.placeholders import PLACEHOLDER

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+|-[^\W\d_]+)*['’]?")
_OWNED = re.compile(r"['’]s?$|['’](?:m|re|ve|ll|d)$|n['’]t$")
_SENTENCE = re.compile(r"[.?!…:\"“‘\[*\n—–]|--|\s-\s|]")
_TITLED = re.compile(r"\b(?:dr|mr|mrs|ms|mx|prof|st|rev|[a-z])$", re.IGNORECASE)

TITLES = frozenset("dr doctor mr mister mrs ms miss mx prof professor rev reverend sir".split())

CALLINGS = frozenset(
    "pastor father brother sister sergeant professor captain officer nurse matron judge deacon elder bishop imam "
    "sheikh "
    "reverend minister constable inspector sarge major colonel general corporal private chief doctor doc boss "
    "coach guv "
    "teacher chef dame lord lady duchess duke earl madam ma'am sir miss mister mate pal".split()
)
"""What people are called by their place; alone it names nobody."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word at ``start`` to ``end``, without an owner's 's; ``word`` in small letters; ``first`` in its sentence.

    ``gap`` is what stands between it and the word before; ``owns`` whether 's or another ending followed.
    A barrier (``word`` empty) is something that is no word: a placeholder, or what was found already.
    """

    start: int
    end: int
    text: str
    word: str
    gap: str
    first: bool
    owns: bool = False

    @property
    def is_capital(self) -> bool:
        """Whether it is written as a name is: a capital first, and not only capitals."""
        return self.text[:1].isupper() and not re.fullmatch(r"[A-Z]{2,}s?|[A-Z]s", self.text)


def token_at(words: Sequence[Token], at: int) -> Token | None:
    """The word at a place; None outside the line."""
    return words[at] if 0 <= at < len(words) else None


def word_at(words: Sequence[Token], at: int) -> str:
    """The word at a place, in small letters; empty outside the line."""
    return words[at].word if 0 <= at < len(words) else ""


def protected(text: str) -> list[Found]:
    """Where placeholders stand."""
    return list(found_by(PLACEHOLDER, text, "name"))


def tokens(text: str, taken: Sequence[Found] = ()) -> list[Token]:
    """The words of ``text`` in order, with a barrier for every span in ``taken`` and every placeholder."""
    stops = [*protected(text), *taken]
    places = [match.span() for match in _WORD.finditer(text)]
    places = [place for place in places if not overlaps(Found(*place, "name"), stops)]
    barriers = {(stop.start, stop.end) for stop in stops}
    found: list[Token] = []
    for start, end in sorted({*places, *barriers}):
        gap = text[found[-1].end : start] if found else text[:start]
        if (start, end) in barriers:
            found.append(Token(start, end, "", "", gap, False))
            continue
        found.append(_token(text, start, end, gap, found))
    return found


def _token(text: str, start: int, end: int, gap: str, before: Sequence[Token]) -> Token:
    whole = text[start:end]
    bare = _OWNED.sub("", whole) or whole
    first = not before or (bool(_SENTENCE.search(gap)) and not (gap == ". " and _TITLED.search(before[-1].text)))
    word = bare.lower().replace("’", "'")
    return Token(start, start + len(bare), bare, word, gap, first, bare != whole)


def is_cased(texts: Collection[str]) -> bool:
    """Whether lines are written with capitals: most that have a few words begin with one, or use one inside."""
    long = [PLACEHOLDER.sub("", text) for text in texts if len(text.split()) > 3]
    mixed = sum(text != text.lower() and text != text.upper() for text in (_without_i(t) for t in long))
    return mixed * 2 >= len(long)


def _without_i(text: str) -> str:
    return re.sub(r"\bI\b", "i", text)
