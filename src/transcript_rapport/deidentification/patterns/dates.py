"""Dates that name a day or a year, in figures and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.deidentification.numerals import DAY, DAY_COUNT, DIGITS, LONG_TENS, NUMBER, TEENS, TWO, YEAR
from transcript_rapport.deidentification.spans import Found, found_by

_SHORT = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_LONG = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_MONTH = rf"(?:{_LONG}|{_SHORT})\b"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)"
_FIGURE_YEAR = r"(?:(?:18|19|20)\d\d\b)"
_ANY_YEAR = rf"(?:{_FIGURE_YEAR}|['’]\d\d\b|{YEAR}\b)"
_ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)\b|{DAY}\b)"
_THE_DAY = rf"(?:\d{{1,2}}\b|{_ORDINAL})"
_AFTER = rf"(?:,?\s+(?:of\s+|in\s+)?(?:{_ANY_YEAR}|\d\d\b(?!\s?%)|{LONG_TENS}\b))?"
_SEASON = (
    r"(?:(?:spring|summer|autumn|fall|winter|christmas(?: day| eve)?|easter|new year(?:'?s)?(?: eve| day)?"
    r"|halloween|thanksgiving|diwali|eid|ramadan),?\s+(?:of\s+|in\s+)?)"
)
_BEFORE_YEAR = (
    r"(?:in|since|of|until|till|from|by|before|after|around|during|year|back in|early|late|mid|class of|to|between|or)"
)
_NOT_COUNTED = (
    r"(?!\s*(?:%|per\s?cent|percent|mg|mcg|ml|kcal|cal|k\b|grams|g\b|kg|kilos?|stone|pounds|quid|dollars|bucks"
    r"|euros|steps|people"
    r"|miles|minutes|hours|days|weeks|months|years|times|words|calories|metres|meters|feet|vision"
    r"|milligrams|degrees"
    r"|out of|over|or so|of them|seconds|thousand|hundred|students|kids|patients|o'clock|am\b|pm\b|and a half)"
    r"|[.,]\d|\w|/\d|-\d)"
)

_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # june 1985, may of ninety four: before days, for "june nineteen ninety" is no nineteenth
        rf"\b{_MONTH},?\s+(?:of\s+|in\s+)?(?:{_FIGURE_YEAR}|{YEAR}\b)",
        # 12/03/1985, 1985-03-12
        r"(?<![\d/.-])(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d\d)|\d{4}-\d\d-\d\d)(?![\d/]|\.\d)",
        # the 3rd of June 1985, twenty third of May, Monday 12 March
        rf"\b{_WEEKDAY}?(?:the\s+)?(?:{_THE_DAY}\s+(?:of\s+)?|{DAY_COUNT}\s+(?:of\s+)?(?=(?!may\b"
        rf"|march\b){_LONG})){_MONTH}{_AFTER}",
        # March 12th, June the third, May 5 2019
        rf"\b{_WEEKDAY}?{_MONTH}\s+(?:the\s+)?(?:{_ORDINAL}|\d{{1,2}}\b(?![:%]|\.\d|\s?(?:am|pm|times|people"
        rf"|days|weeks|years)\b)){_AFTER}",
        rf"\b(?!may\b|march\b){_LONG}\s+(?:the\s+)?{DAY_COUNT}\b{_NOT_COUNTED}(?:,?\s+{_ANY_YEAR})?",
        rf"\b{_MONTH},?\s+(?:of\s+|in\s+)?{_ANY_YEAR}",
        rf"\b{_SEASON}{_ANY_YEAR}{_NOT_COUNTED}",
        # the third of the fourth nineteen ninety
        rf"\b(?:the\s+)?{_THE_DAY}\s+of\s+the\s+{_ORDINAL}{_AFTER}",
        # Tuesday the 14th
        rf"\b{_WEEKDAY}(?:the\s+)?{_ORDINAL}",
    )
)
_YEARS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d£$€#.,/-])(?<!at )(?<!\d\d )(?P<it>(?:19[0-9]\d|20[0-4]\d))(?! \d{{3}}|-[a-z]+-\d){_NOT_COUNTED}",
        rf"\b(?<!at )(?<!\s[b-hj-z]\s)(?P<it>nineteen\s(?:oh[\s-]\w+|{TWO})|twenty\s(?:oh[\s-]\w+|{'|'.join(TEENS[1:])}"
        rf"|twenty(?:[\s-](?:{'|'.join(DIGITS[5:])}))?))\b{_NOT_COUNTED}",
        rf"\b{_BEFORE_YEAR}\s+(?P<it>{YEAR})\b{_NOT_COUNTED}",
        rf"\b(?:born in|back in|class of|since|in|(?<!out )of|summer|christmas)\s+(?P<it>['’]\d\d\b(?!s)|(?:fifty|sixty"
        rf"|seventy|eighty|ninety)[\s-](?:{'|'.join(DIGITS[5:])})\b){_NOT_COUNTED}",
        rf"\b(?:born in|class of)\s+(?P<it>\d\d\b){_NOT_COUNTED}",
    )
)
_FUNCTION = (
    r"(?=\s*(?:$|[.,;:!?]|and\b|but\b|so\b|because\b|at\b|of\b(?!\s+the\b)|to\b|for\b|if\b|when\b|which\b|i\b|we\b"
    r"|it\b|she\b|he\b|that\b|is\b|or\b|with\b))"
)
_DAY_ALONE = re.compile(
    rf"\b(?:on|until|till|by|since|before|after|around)\s+(?P<it>the\s+(?:\d{{1,2}}(?:st|nd|rd|th)|(?:eleven"
    rf"|twelf|thirteen|fourteen|fifteen|sixteen|seventeen"
    rf"|eighteen|nineteen|twentie|thirtie)th|(?:twenty|thirty)[\s-]\w+(?:st|nd|rd|th))){_FUNCTION}",
    re.IGNORECASE,
)
_PART = rf"(?:\d{{1,4}}|{_ORDINAL}|{YEAR}|{NUMBER}|oh\s\w+)"
_BIRTH = re.compile(
    rf"\b(?:date of birth|d\.?\s?o\.?\s?b\b\.?|birth ?date|birthday|born)(?:['’]s)?"
    rf"(?:\W+(?:is|was|it's|its|on|the|that's"
    rf"|um|uh|er|my|yeah|of|yours?)\b)*\W+"
    rf"(?P<it>(?:the\s+)?(?:{_PART}(?:\s*[/.,\s-]\s*(?:of\s+|the\s+)?(?:{_PART}|{_MONTH}))+|(?:the\s+)?{_ORDINAL}))",
    re.IGNORECASE,
)


def dates(text: str) -> Iterator[Found]:
    """Dates with a day or a year; days of the week, months alone and "last summer" stay."""
    whole = [Found(*match.span(), "date") for pattern in _DATES for match in pattern.finditer(text)]
    yield from found_by(_BIRTH, text, "date")
    yield from sorted(whole, key=lambda span: (span.start, -span.end))
    for pattern in (*_YEARS, _DAY_ALONE):
        yield from found_by(pattern, text, "date")
