"""Names that are spelled letter by letter: "o k a f o r", "K for kilo, O for oscar"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.deidentification.spans import Found, found_by
from transcript_rapport.deidentification.vocabulary import is_listed

_SPELLED = re.compile(r"(?<![\w'’])[a-z](?:(?:[\s,-]{1,3}|[\s,-]+double[\s-])[a-z](?![\w'’])){2,}", re.IGNORECASE)
_CUT_SPELLING = re.compile(r"(?<![\w-])[A-Z]-[A-Z](?=,? (?:and )?(?:then|double)\b)")
_TOLD = re.compile(
    r"(?<![\w'’])([a-z])\s+(?:for|as in|like in)\s+\1[\w'’]*"
    r"(?:[\s,.…-]+(?:(?:and|then|um|uh|er)[\s,]+)*([a-z])\s+(?:for|as in|like in)\s+\2[\w'’]*)+",
    re.IGNORECASE,
)
"""Two letters or more, each with a word that begins with it."""


def spelled_names(text: str) -> Iterator[Found]:
    """Names that are spelled letter by letter."""
    for match in _SPELLED.finditer(text):
        if spelled(match.group()):
            yield Found(*match.span(), "name")
    yield from found_by(_TOLD, text, "name")
    yield from found_by(_CUT_SPELLING, text, "name")


def spelled(text: str) -> str:
    """The word that single letters spell; empty where it is a known abbreviation or no word."""
    word = "".join(re.findall(r"(?<![a-z])[a-z](?![a-z])", text.lower()))
    doubled = "double" in text.lower()
    known = (
        is_listed(word, "safe")
        or (len(set(word)) < 3 and not doubled)
        or not set(word) & set("aeiouy")
        or "a i" in text.lower()
    )
    return "" if known or len(word) < 3 else word
