"""Numbers that are said digit by digit, with letters and hesitation between them, and over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from transcript_rapport.deidentification.numerals import DIGITS, TEENS, TENS
from transcript_rapport.deidentification.patterns.formal import is_called
from transcript_rapport.deidentification.spans import Found, found_by, overlaps

_DIGIT = rf"(?:{'|'.join((*DIGITS, 'o'))}|\d+)"
_TENS = rf"(?:{'|'.join((*TENS, *TEENS, 'hundred'))})"
_TIMES = r"(?:(?:double|triple|treble)\s+)"
_FILLERS = "um uh er erm and then dash hyphen slash space dot yeah ah mm wait sorry so extension ext".split()
_GAP = rf"(?:[\s,.…-]+(?:(?:{'|'.join(_FILLERS)})[\s,.…-]+){{0,3}})"
_RUN = re.compile(
    rf"(?:\bplus\s+)?\b{_TIMES}?(?:{_DIGIT}|{_TENS})\b(?:{_GAP}{_TIMES}?(?:{_DIGIT}|{_TENS})\b)+", re.IGNORECASE
)
_SPELT = r"[a-z](?![\w'’])(?:\s+(?:for|as in|like in)\s+[a-z]+)?"
_BETWEEN_ATOMS = (
    r"(?:[\s,./…-]+(?:(?:um|uh|er|erm|then|dash|hyphen|slash|space|dot|stroke|hang on|hold on|oh no|no|wait"
    r"|sorry|capital"
    r"|letter)[\s,.…-]+){0,4})"
)
_MIXED = re.compile(
    rf"(?<![\w'’])(?:{_SPELT}|{_TIMES}?{_DIGIT}|{_TENS})"
    rf"(?:{_BETWEEN_ATOMS}(?:{_SPELT}|{_TIMES}?(?:{_DIGIT}|{_TENS}))(?![\w'’])){{3,}}",
    re.IGNORECASE,
)
"""Letters, some of them with a word that begins so ("z for zebra"), and figures in turn."""
_LAST = re.compile(
    r"(?:last (?:three|four|few|bit)(?: digits| numbers)?|pin|code|passcode|extension|ends|ending)(?:\W+\w+){0,4}\W*$",
    re.I,
)
_EXTENSION = re.compile(
    rf"\b(?:extension|ext\.?)\s+(?P<it>\d{{2,6}}|{_DIGIT}(?:\s+{_DIGIT}){{1,5}})\b"
    r"(?! ?(?:weeks?|days?|months?|years?|feet|foot|metres?|meters?|m\b|on\b|of\b))",
    re.IGNORECASE,
)
_CUES = re.compile(
    r"\b(?:number|account|reference|ref|nhs|policy|case|record|member|insurance|passport|licen[cs]e|code|zip"
    r"|plate|badge"
    r"|registration|reg|social|group|student|staff|employee|claim|booking|phone|mobile|cell)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:numbers?|digits|phone|mobile|postcode|zip|code|reference|account|rest of it|the rest|go on|again|call you"
    r"|reach you|ring you|plate|registration)\b",
    re.IGNORECASE,
)
_STREET_BEFORE = re.compile(
    r"\b(?:street|road|avenue|drive|lane|court|boulevard|place|apartment|floor|suite|terrace|way)\b[^.?!\d]{0,40}$",
    re.I,
)
_LAST_FIGURE = re.compile(r"(?<=\d)[ -](?P<it>\d[A-Z]?|[A-Z])(?=[.,;!?]?(?:\s+[A-Z]|\s*$))")
"""A figure or letter alone, that ends a number of groups: "2999 51604 4"."""
_STATED = re.compile(r"(?:\b(?:it's|its|is|number|number's|that's|are)[\s,]+|^\s*)$", re.IGNORECASE)
_TOKEN = re.compile(r"(?<!['’])[^\W_]+")
_SINGLE = frozenset((*DIGITS, "o"))
_NUMERAL = _SINGLE | frozenset((*TENS, *TEENS, "hundred", "double", "triple", "treble"))
_TWICE = frozenset((*TENS, *TEENS))
_BETWEEN = frozenset((*_FILLERS, *"plus hang hold on no stroke capital".split()))


_VALUES = {
    **dict.fromkeys((*DIGITS[:5], "o"), "0"),
    **{word: str(number) for number, word in enumerate((*DIGITS[5:], *TEENS), 1)},
    **{word: f"{number}0" for number, word in enumerate(TENS, 2)},
    "hundred": "00",
}


def said_digits(text: str) -> Iterator[Found]:
    """Letters and digits in turn, as in an insurance number, and runs of digits."""
    for match in _MIXED.finditer(text):
        spelt = len(re.findall(r"\b[a-z]\s+(?:for|as in|like in)\s", match.group(), re.IGNORECASE))
        parts = re.findall(r"[^\s,./…-]+", re.sub(r"\s(?:for|as in|like in)\s\w+", "", match.group().lower()))
        figures = sum(2 if part in _TWICE else part.isdigit() or part in DIGITS for part in parts)
        letters = sum(len(part) == 1 and part.isalpha() and part not in "oia" for part in parts) + spelt
        announced = letters and figures >= 3 and bool(_CUES.search(text, max(0, match.start() - 45), match.start()))
        if len(parts) > 4 and ((figures >= 2 and letters >= 2) or (figures >= 5 and letters) or announced):
            yield Found(*match.span(), "number")
    yield from found_by(_EXTENSION, text, "phone")
    yield from _runs(text)


def _runs(text: str) -> Iterator[Found]:
    for match in _RUN.finditer(text):
        said = _said(match)
        digits, singles = _figures(said), sum(map(_is_single, said))
        if len(digits) < 3 or _counts(digits) or _counts_down(said):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        short = bool(_LAST.search(before)) or (
            len(digits) >= 4 and singles >= 3 and bool(_CUES.search(before[-45:])) and "scale" not in before
        )
        short |= len(digits) == 5 and singles >= 4 and bool(_STREET_BEFORE.search(before))  # a zip code
        phone = len(digits) >= 5 and digits[0] == "0" and singles >= 2
        if short or phone or (len(digits) >= 6 and singles >= 4):
            called = phone or (is_called(text[: match.start()], digits) and not short)
            yield Found(*match.span(), "phone" if called else "number")


def _said(run: re.Match[str]) -> list[str]:
    return re.findall(r"[a-z]+|\d+", run.group().lower())


def _is_single(said: str) -> bool:
    return said in _SINGLE or said.isdigit()


def _figures(said: Sequence[str]) -> str:
    """The digits that were said: "double four" is 44."""
    found, times = "", 1
    for word in said:
        if word in {"double", "triple", "treble"}:
            times = 2 if word == "double" else 3
            continue
        found += (_VALUES.get(word) or (word if word.isdigit() else "")) * times
        times = 1
    return found


def _counts(digits: str) -> bool:
    """Whether somebody only counts up or down, or says a service's number."""
    steps = {int(b) - int(a) for a, b in pairwise(digits)}
    return steps <= {1} or steps <= {-1} or steps <= {0} or digits in {"116123", "741741"} or digits.startswith("12345")


def _counts_down(said: Sequence[str]) -> bool:
    """Whether numbers of two figures fall one after the other, as in the serial sevens of a memory test."""
    pairs = [int(word) for word in said if re.fullmatch(r"\d\d", word)]
    return len(pairs) > 2 and all(a > b for a, b in pairwise(pairs))


def grown(text: str, span: Found) -> Found:
    """A number with the digits and letters beside it that hesitation cut off: "07700, um, 900 417"."""
    words = list(_TOKEN.finditer(text))
    before = [word for word in words if word.end() <= span.start]
    after = [word for word in words if word.start() >= span.end]
    start, end = span.start, span.end
    for word in _beside(text, [*reversed(before)], span.start, -1):
        start = word.start()
    for word in _beside(text, after, span.end, 1):
        end = word.end()
    if last := _LAST_FIGURE.match(text, end):
        end = last.end("it")
    led = re.search(r"\b[ai][\s-]+$", text[:start], re.IGNORECASE)  # "it's a nine four …": a letter, where it is stated
    if led and len(re.findall(r"\w+", text[start:end])) > 4 and _STATED.search(text[: led.start()]):
        start = led.start()
    return replace(span, start=start, end=end)


def _beside(text: str, words: Sequence[re.Match[str]], at: int, way: int) -> Iterator[re.Match[str]]:
    """The words that go on with a number, from it to the left (-1) or right (1), ending in one that is part of it."""
    held: list[re.Match[str]] = []
    for word in words:
        between = text[at : word.start()] if way > 0 else text[word.end() : at]
        if not re.fullmatch(r"[\s,/….-]*", between) or (way < 0 and re.search(r"[.…]\s", between)):
            return
        at = word.end() if way > 0 else word.start()
        said = word.group().lower()
        if _is_part(said, way):
            yield from (*held, word)
            held = []
        elif said in _BETWEEN and len(held) < 4:
            held.append(word)
        else:
            return


def _is_part(said: str, way: int) -> bool:
    if len(said) == 1 and said.isalpha():
        return said not in ("ai" if way < 0 else "aio")
    return said in _NUMERAL - {"one"} or (said == "one" and way > 0) or (said.isdigit() and len(said) > 1)


def continued(texts: Sequence[str], spans: Sequence[Sequence[Found]], at: int) -> Iterator[Found]:
    """Digits of a number that was begun, or asked for, in the lines before the one at ``at``."""
    near = [n for n in (at - 1, at - 2) if n >= 0]
    begun = any(span.kind in {"number", "phone"} and len(texts[n]) - span.end < 30 for n in near for span in spans[n])
    asked = bool(near) and bool(_ASKS.search(texts[at - 1]))
    if not (begun or asked):
        return
    for match in _RUN.finditer(texts[at]):
        said = _said(match)
        alone = begun and _is_only(match, texts[at])
        enough = len(_figures(said)) >= (3 if begun else 4) and sum(map(_is_single, said)) >= (1 if alone else 2)
        found = Found(*match.span(), "number")
        if enough and not _counts(_figures(said)) and not overlaps(found, spans[at]):
            yield found


def opened(texts: Sequence[str], spans: Sequence[Sequence[Found]], at: int) -> Iterator[Found]:
    """The digits with which a line, that says nothing else, begins a number that the lines after it go on with."""
    after = [n for n in (at + 1, at + 2) if n < len(texts)]
    if not any(span.kind in {"number", "phone"} and span.start < 12 for n in after for span in spans[n]):
        return
    for match in _RUN.finditer(texts[at]):
        said = _said(match)
        found = Found(*match.span(), "number")
        if _is_only(match, texts[at]) and len(_figures(said)) > 2 and not overlaps(found, spans[at]):
            yield found


def _is_only(match: re.Match[str], text: str) -> bool:
    """Whether a line says digits and, beside them, no more than a word or two such as "it's" or "yeah"."""
    return len(text) - len(match.group()) < 10
