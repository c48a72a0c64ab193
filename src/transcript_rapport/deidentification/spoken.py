"""Identifiers spelled out: "oh seven seven double four …", "o k a f o r", "lee at gmail dot com"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from transcript_rapport.deidentification.formal import is_called
from transcript_rapport.deidentification.numerals import DIGITS, TEENS, TENS
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.vocabulary import is_listed, standing

_DIGIT = rf"(?:{'|'.join((*DIGITS, 'o'))}|\d+)"
_TENS = rf"(?:{'|'.join((*TENS, *TEENS))})"
_TIMES = r"(?:(?:double|triple|treble)\s+)"
_GAP = r"(?:[\s,.…-]+(?:(?:um|uh|er|erm|and then|then|and|yeah|dash|hyphen|space|slash)[\s,]+)?)"
_RUN = re.compile(
    rf"(?:\bplus\s+)?\b{_TIMES}?(?:{_DIGIT}|{_TENS})\b(?:{_GAP}{_TIMES}?(?:{_DIGIT}|{_TENS})\b)+", re.IGNORECASE
)
_MIXED = re.compile(
    rf"(?<![\w'’])(?:[a-z]|{_TIMES}?{_DIGIT})(?:[\s,-]+(?:[a-z]|{_TIMES}?{_DIGIT})(?![\w'’])){{4,}}", re.IGNORECASE
)
_SPELLED = re.compile(r"(?<![\w'’])[a-z](?:(?:[\s,-]{1,3}|[\s,]+double\s)[a-z](?![\w'’])){2,}", re.IGNORECASE)
_LAST = re.compile(
    r"(?:last (?:three|four) (?:digits|numbers)|pin|code|extension|ends|ending)(?:\W+\w+){0,3}\W*$", re.I
)
_CUES = re.compile(
    r"\b(?:number|account|reference|ref|nhs|policy|case|record|member|insurance|passport|licen[cs]e|code|zip|plate|badge)\b",
    re.I,
)
_ZONE = r"(?:com|co dot uk|org(?: dot uk)?|net|ac dot uk|nhs dot (?:uk|net)|gov dot uk|edu|info|io|uk|ie|me|co|live|app|blog|online|sch dot uk|health)"
_AT = re.compile(
    rf"(?P<host>\bat(?:\s+\w+){{1,3}}?(?:\s+dot\s+\w+)*?\s+dot\s+{_ZONE}\b|\bat\s+\w[\w-]*(?:\.\w+)+)", re.IGNORECASE
)
_SITE = re.compile(
    rf"\b(?:(?:www|w w w|double u double u double u)\s+dot\s+)?\w+(?:\s+(?:dot|dash|hyphen)\s+\w+)*?\s+dot\s+{_ZONE}\b(?:\s+(?:forward )?slash\s+\w+)*",
    re.IGNORECASE,
)
_UNDERSCORE = re.compile(
    r"\b\w+(?:\s+(?:underscore|dot)\s+\w+)*\s+underscore\s+\w+(?:\s+(?:underscore|dot)\s+\w+)*", re.I
)
_WORD = re.compile(r"[\w'.-]+")
_JOINS = frozenset(["dot", "underscore", "dash", "hyphen"])
_COUNTING = frozenset((*DIGITS, *TENS, *TEENS, "double", "triple"))
_CUED = re.compile(r"\b(?:e-?mail|address|it'?s|that'?s|is|write to|contact)\b", re.IGNORECASE)
_STOPS = frozenset(
    "is it's its to me email address e-mail at so and that's thats its um uh er yeah the my mail on".split()
)


def spoken(text: str) -> Iterator[Found]:
    """E-mails, sites, numbers and names that are spelled out."""
    for match in _AT.finditer(text) if " dot " in text or "." in text else ():
        start = _local_part(text, match.start())
        if start is not None:
            yield Found(start, match.end(), "email")
    if re.search(r"\b(?:dot|underscore)\b", text, re.IGNORECASE):
        yield from (Found(*match.span(), "url") for match in _SITE.finditer(text))
        yield from (Found(*match.span(), "url") for match in _UNDERSCORE.finditer(text))
    yield from _mixed(text)
    yield from _runs(text)
    for match in _SPELLED.finditer(text):
        if spelled(match.group()):
            yield Found(*match.span(), "name")


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


def _mixed(text: str) -> Iterator[Found]:
    """Letters and digits in turn, as in an insurance number or a post code."""
    for match in _MIXED.finditer(text):
        parts = re.findall(r"[^\s,-]+", match.group().lower())
        figures = sum(part.isdigit() or part in DIGITS for part in parts)
        letters = sum(len(part) == 1 and part.isalpha() and part not in "oia" for part in parts)
        if figures >= 2 and letters >= 2:
            yield Found(*match.span(), "number")


def _runs(text: str) -> Iterator[Found]:
    for match in _RUN.finditer(text):
        said = re.findall(r"[a-z]+|\d+", match.group().lower())
        digits = _figures(said)
        short = len(digits) >= 3 and bool(_LAST.search(text[max(0, match.start() - 60) : match.start()]))
        cued = len(digits) >= 4 and bool(_CUES.search(text, max(0, match.start() - 45), match.start()))
        short = short or (cued and sum(map(_is_single, said)) >= 3 and not _counts(digits))
        if (len(digits) >= 6 and sum(map(_is_single, said)) >= 4 and not _counts(digits)) or short:
            yield Found(*match.span(), "phone" if is_called(text[: match.start()], digits) and not short else "number")


def _is_single(said: str) -> bool:
    return said in DIGITS or said == "o" or said.isdigit()


def _figures(said: Sequence[str]) -> str:
    """The digits that were said: "double four" is 44."""
    values = {w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine".split())}
    values |= dict.fromkeys(("oh", "o", "nought", "naught", "nil"), "0")
    values |= {w: str(n) for n, w in enumerate(TEENS, 10)} | {w: str(n * 10) for n, w in enumerate(TENS, 2)}
    found, times = "", 1
    for word in said:
        if word in {"double", "triple", "treble"}:
            times = 2 if word == "double" else 3
            continue
        found += (values.get(word) or (word if word.isdigit() else "")) * times
        times = 1
    return found


def _counts(digits: str) -> bool:
    """Whether somebody only counts up or down, or says a service's number."""
    steps = {int(b) - int(a) for a, b in pairwise(digits)}
    return steps <= {1} or steps <= {-1} or steps <= {0} or digits in {"116123", "741741"} or digits.startswith("12345")


def spelled(text: str) -> str:
    """The word that single letters spell; empty where it is a known abbreviation or no word."""
    word = "".join(re.findall(r"(?<![a-z])[a-z](?![a-z])", text.lower()))
    known = is_listed(word, "safe") or len(set(word)) < 3 or not set(word) & set("aeiouy") or "a i" in text.lower()
    return "" if known or len(word) < 3 else word
