"""Identifiers spelled out: "oh seven seven double four …", "o k a f o r", "lee at gmail dot com"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.deidentification.numerals import DIGITS, TEENS, TENS
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.vocabulary import is_listed, standing

_SPELLED = re.compile(r"(?<![\w'’])[a-z](?:(?:[\s,-]{1,3}|[\s,]+double\s)[a-z](?![\w'’])){2,}", re.IGNORECASE)
_NO = r"(?!(?:and|the|to|i|is|so|but|we|it|you|dot|of|in|on)\b)"
_ENDS = r"\s+dot\s+(?!(?:to|and|on|in|the|of|is|was|i|a)\b)\w+(?:\s+dot\s+\w{2,4}\b)*"
_AT = re.compile(
    rf"(?P<host>\bat(?:\s+{_NO}\w+){{1,5}}?(?:\s+(?:dash|hyphen|underscore)(?:\s+{_NO}\w+){{1,3}}?)*{_ENDS}"
    r"|\bat\s+\w[\w-]*(?:\.\w+)+)",
    re.IGNORECASE,
)
_PATH = r"(?:\s+(?:forward\s+)?slash\s+\w+(?:\s+(?:dash|hyphen|underscore)\s+\w+)*)*"
_SITE = re.compile(
    rf"\b(?:(?:www|w w w|double u double u double u)(?:\s+dot)?(?:\s+{_NO}\w+){{1,5}}?|(?!(?:the|a|polka|red|one"
    rf"|to)\b)\w+"
    rf"(?:\s+(?:dash|hyphen)\s+\w+)*){_ENDS}{_PATH}",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"\bat(?:\s+[a-z]\w*){1,4}(?=\s+(?:all )?one word)"
    r"|(?<=\bhandle is )(?:at\s+)?\w+(?:\s+\w+){0,2}(?=\s+(?:all )?one word|$)",
    re.IGNORECASE,
)
_UNDERSCORE = re.compile(
    r"\b\w+(?:\s+(?:underscore|dot)\s+\w+)*\s+underscore\s+\w+(?:\s+(?:underscore|dot)\s+\w+)*", re.IGNORECASE
)
_WORD = re.compile(r"[\w'.-]+")
_JOINS = frozenset(["dot", "underscore", "dash", "hyphen"])
_BEFORE_SITES = frozenset(
    "of in to go goes look looked called a website site page and or up just all visit via from by like through see "
    "has have had do does says said find check try use".split()
)
_COUNTING = frozenset((*DIGITS, *TENS, *TEENS, "double", "triple"))
_CUED = re.compile(r"\b(?:e-?mail|address|it'?s|that'?s|is|write to|contact)\b", re.IGNORECASE)
_STOPS = frozenset(
    "is it's its to me email address e-mail at so and that's thats its um uh er yeah the my mail on".split()
)


def spoken(text: str) -> Iterator[Found]:
    """E-mails, sites and names on sites that are said aloud."""
    if re.search(r"\b(?:dot|underscore)\b", text, re.IGNORECASE) or " at " in text:
        for match in _AT.finditer(text):
            start = _local_part(text, match.start())
            if start is not None:
                yield Found(start, match.end(), "email")
        yield from (Found(_site_start(text, match), match.end(), "url") for match in _SITE.finditer(text))
        yield from (Found(*match.span(), "url") for match in _UNDERSCORE.finditer(text))
        yield from (Found(*match.span(), "url") for match in _HANDLE.finditer(text))


def spelled_names(text: str) -> Iterator[Found]:
    """Names that are spelled letter by letter."""
    for match in _SPELLED.finditer(text):
        if spelled(match.group()):
            yield Found(*match.span(), "name")


def _site_start(text: str, match: re.Match[str]) -> int:
    """Where a site of several words begins: "humber infusion clinic dot example"."""
    start = match.start()
    for word in reversed(list(_WORD.finditer(text, max(0, start - 60), start))[-3:]):
        said = word.group().lower()
        if said in _STOPS | _BEFORE_SITES or is_listed(said, "pronouns") or not text[word.end() : start].isspace():
            break
        start = word.start()
    return start


def _local_part(text: str, end: int) -> int | None:
    """Where the words begin that stand before "at …" in an e-mail address."""
    words = list(_WORD.finditer(text, max(0, end - 120), end))
    start: int | None = None
    told = bool(_CUED.search(text, max(0, end - 80), end))
    for place in range(len(words) - 1, max(-1, len(words) - 12), -1):
        said, after = words[place].group().lower(), words[place + 1].group().lower() if place + 1 < len(words) else ""
        linked = (
            start is None or said in _JOINS or after in _JOINS or said in _COUNTING or said.isdigit() or len(said) == 1
        )
        if (said in _STOPS and said not in _JOINS) or said.endswith("."):
            return words[place + 1].start() if place + 1 < len(words) and len(words) - place < 9 else start
        if not told and not (linked or standing(said) not in {"common", "safe"}):
            break
        start = words[place].start()
    return start


def spelled(text: str) -> str:
    """The word that single letters spell; empty where it is a known abbreviation or no word."""
    word = "".join(re.findall(r"(?<![a-z])[a-z](?![a-z])", text.lower()))
    known = is_listed(word, "safe") or len(set(word)) < 3 or not set(word) & set("aeiouy") or "a i" in text.lower()
    return "" if known or len(word) < 3 else word
