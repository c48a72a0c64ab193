"""Identifiers spelled out: "oh seven seven double four …", "o k a f o r", "lee at gmail dot com"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.deidentification.numerals import DIGITS, TEENS, TENS
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.vocabulary import is_listed, standing

_SPELLED = re.compile(r"(?<![\w'’])[a-z](?:(?:[\s,-]{1,3}|[\s,-]+double[\s-])[a-z](?![\w'’])){2,}", re.IGNORECASE)
_CUT_SPELLING = re.compile(r"(?<![\w-])[A-Z]-[A-Z](?=,? (?:and )?(?:then|double)\b)")
_NO = r"(?!(?:and|the|to|i|is|so|but|we|it|you|dot|of|in|on|at)\b)"
_PAIR = r"(?:u k|a u|n z|i e|i o|u s|t v)\b"
_ENDS = rf"\s+dot\s+(?:{_PAIR}|(?!(?:to|and|on|in|the|of|is|was|i|a)\b)\w+)(?:\s+dot\s+(?:{_PAIR}|\w{{2,4}}\b))*"
_AT = re.compile(
    rf"(?P<host>\bat(?:\s+{_NO}\w+){{1,5}}?(?:\s+(?:dash|hyphen|underscore)(?:\s+{_NO}\w+){{1,3}}?)*{_ENDS}"
    r"|\bat\s+(?=[\d.]*[a-z])\w[\w-]*(?:\.\w+)+)",
    re.IGNORECASE,
)
_PART = r"\w+(?:\s+(?:dash|hyphen|underscore|dot)\s+\w+)*"
_GOES_ON = (
    r"(?:\s+(?!(?:and|for|if|or|it|so|but|slash|forward|to|that|where|on|you|i|there|then|is|has|have|they|we|with"
    r"|when|in|at|just|um|uh|the|all|its|it's)\b)\w+){0,2}(?=\s*[.,?!]|\s*$|\s+(?:and|for|if|or|it|it's|so|but|slash"
    r"|forward|to|that|where|you|i|there|then|they|we|with|all|one)\b)"
)
_PATH = rf"(?:\s+(?:forward\s+)?slash\s+{_PART}(?:{_GOES_ON})?)*"
_FIGURES = rf"(?:\s+(?:{'|'.join((*DIGITS, *TEENS, *TENS))})\b)*"
_SITE = re.compile(
    rf"\b(?:(?:www|w w w|double u double u double u|dubdubdub)(?:\s+dot)?(?:\s+{_NO}\w+){{1,5}}?|(?!(?:the|a"
    rf"|polka|red|one"
    rf"|to)\b)\w+"
    rf"(?:\s+(?:dash|hyphen)\s+\w+)*){_ENDS}{_FIGURES}{_PATH}",
    re.IGNORECASE,
)
_UNDERSCORE = re.compile(
    rf"\b(?:at\s+)?\w+(?:\s+(?:underscore|dot)\s+\w+)*\s+underscore\s+\w+(?:\s+(?:underscore|dot)\s+\w+)*{_FIGURES}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w'.-]+")
_JOINS = frozenset(["dot", "underscore", "dash", "hyphen"])
_BEFORE_SITES = frozenset(
    "of in to go goes look looked called a website site page and or up just all visit via from by like through see "
    "has have had do does says said find check try use".split()
)
_PAGES = frozenset(
    "form page pages website site link information details look up online them more everything portal list classes "
    "map leaflet video videos forms resources stuff bits it all find".split()
)
"""What stands before "at" and a site: "there's a form at …"."""
_LED = re.compile(
    r"\b(?:it's|its|it is|is|called|visit|try|to|off|from|via|on|at|see|check|www)\s+"
    r"(?:(?:all|up|on|just|um|uh|er|the|a|my|your|their|called|at|out|in|website|site"
    r"|page)\s+)*(?=(?:[\w']+\s+){1,4}$)",
    re.IGNORECASE,
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
            if start is not None and not _is_page(text, match.start()):
                yield Found(start, match.end(), "email")
        yield from (Found(_site_start(text, match), match.end(), "url") for match in _SITE.finditer(text))
        yield from (Found(*match.span(), "url") for match in _UNDERSCORE.finditer(text))


def spelled_names(text: str) -> Iterator[Found]:
    """Names that are spelled letter by letter."""
    for match in _SPELLED.finditer(text):
        if spelled(match.group()):
            yield Found(*match.span(), "name")
    yield from (Found(*match.span(), "name") for match in _CUT_SPELLING.finditer(text))


def _is_page(text: str, at: int) -> bool:
    before = _WORD.findall(text, max(0, at - 30), at)
    return bool(before) and before[-1].lower() in _PAGES


def _site_start(text: str, match: re.Match[str]) -> int:
    """Where a site of several words begins: "humber infusion clinic dot example", "it's bumps and babies dot …"."""
    start = match.start()
    led = [cue.end() for cue in _LED.finditer(text[max(0, start - 60) : start])]
    if led and re.search(r"\w\s+$", text[:start]) and not re.match(r"(?:www|w w w)\b", match.group(), re.IGNORECASE):
        return max(0, start - 60) + max(led)
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
    doubled = "double" in text.lower()
    known = (
        is_listed(word, "safe")
        or (len(set(word)) < 3 and not doubled)
        or not set(word) & set("aeiouy")
        or "a i" in text.lower()
    )
    return "" if known or len(word) < 3 else word
