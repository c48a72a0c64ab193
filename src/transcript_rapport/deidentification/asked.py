"""Names and places that answer a question: an ordinary word is a name where somebody has just asked for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcript_rapport.deidentification.around import MODALS
from transcript_rapport.deidentification.spans import Found, overlaps
from transcript_rapport.deidentification.tokens import tokens
from transcript_rapport.deidentification.vocabulary import is_listed

_WHO = re.compile(
    r"(?:\bnames?\b|\bcalled\b|\bwho(?:'s| is| was| are|'d| would| do| did| else)?\b)[^.?!]{0,45}[?.]?\s*$",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:where(?:'s|abouts)?|what (?:town|city|area|part)|which (?:town|city|area|part))\b[^.?!]{0,45}[?.]?\s*$", re.I
)
_OPENING = frozenset(
    "um uh er erm it it's that that's she he she's he's they oh well yeah yes so just is was called my name in near by "
    "like we i'm me and".split()
)


def answered(before: str, text: str, taken: Sequence[Found], cased: bool) -> Iterator[Found]:
    """The name or place with which ``text`` answers the line ``before`` it."""
    who, where = _WHO.search(before), _WHERE.search(before)
    if not (who or where):
        return
    words = tokens(text)
    first = next((at for at, token in enumerate(words[:6]) if token.word not in _OPENING), None)
    if first is None or (cased and not words[first].is_capital):
        return
    token = words[first]
    found = Found(token.start, token.end, "name" if who else "place")
    alone = first + 1 == len(words) or words[first + 1].first or words[first + 1].gap.startswith(",")
    led = first > 0 and words[first - 1].word in {"it", "is", "that", "called", "she", "he", "in"}
    listed = (
        is_listed(token.word, "given_words", "given", "surname_words") if who else is_listed(token.word, "place_words")
    )
    if listed and token.word not in MODALS and (alone or led or where) and not overlaps(found, taken):
        yield found
