"""Identifiers with a form of their own: phones, numbers, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.deidentification.spans import Found, found_by

_POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_STATES = (
    *"alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii".split(),
    *"idaho illinois indiana iowa kansas".split(),
    *"kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana".split(),
    *"nebraska nevada jersey".split(),
    *"mexico york carolina dakota ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia".split(),
    *"washington wisconsin wyoming".split(),
)
_ZIP = re.compile(
    r"(?:\bzip(?: code)?(?:\W+(?:is|was|of|it's))*\W+|\b(?-i:[A-Z]{2}),? |\b(?:"
    + "|".join(_STATES)
    + r"),? )(?P<it>\d{5}(?:-\d{4})?)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?<![\w.£$€])(?:\+\s?\d{1,3}[\s.-]?(?:\d[\s.-])?|1[.-](?=\d{3}[.-]))?(?:\(\d{1,5}\)[\s.-]?)?"
    r"\d{2,}(?:[ .-]{1,2}\d{2,}){0,5}(?![\w%]|[.,]\d)"
    r"(?:,? (?:ext\.?|extension|x) ?\d{1,5}\b)?"
)
_CODE = re.compile(
    r"(?<![\w-])(?=(?:[A-Z/ -]{0,5}\d){3})(?:[A-Z]{1,6}[-/ ]?\d[\dA-Z]*|\d+[A-Z]+[\dA-Z]*)"
    r"(?:[-/ ](?:[\dA-Z]*\d[\dA-Z]*|[A-Z]\b))*(?![\w-])"
)
_SMALL_CODE = re.compile(r"(?<![\w@./#-])[a-z]{1,4}-?\d{5,}[a-z]{0,3}(?![\w@])")
_BOOKED = re.compile(
    r"\b(?:ref|reference|booking|code|confirmation|reservation|pin|id|ticket|tracking|order|locator|policy|case|claim"
    r"|licen[cs]e|number|badge|voucher|serial)\b(?:'s)?(?:\W+(?:ref|code|number|no|is|it's|was)\b){0,3}[\s:#,]+"
    r"(?P<it>(?=[A-Z\d-]*\d)(?=[A-Z\d-]*[A-Z])[A-Z\d](?:-?[A-Z\d]){4,})(?![\w-])"
)
_ENDING_IN = re.compile(
    r"\b(?:last|first|final|other) (?:two|three|four|five|six|few|bit)(?: digits| numbers| figures| characters)?"
    r"(?:\W+(?:is|are|it's|being|on|of|the|my|card|would be|um|uh))*[\s:,]+(?P<it>\d{3,6})\b(?!\s*(?:years"
    r"|months|weeks|days|hours))"
    r"|\b(?:ending|ends)(?: in| with)?\s+(?P<end>(?!(?:19|20)\d\d\b)\d{3,6})\b",
    re.IGNORECASE,
)
_NO_CODES = frozenset(
    "I PHQ GAD AUDIT BDI MI GP COVID ISO CORE WSAS BMI AD BC BBC ITV CE GBP USD EUR SSRI MDMA LSD".split()
)
_PHONE_BEGUN = re.compile(r"(?<![\w.£$€/-])0\d{4,}(?![\w%])")
_INSURANCE = re.compile(r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b", re.IGNORECASE)
_PLATE = re.compile(r"\b(?:[A-Z]{2}\d\d ?[A-Z]{3}|[a-z]{2}\d\d[a-z]{3})\b")
_NUMBERED = re.compile(
    r"\b(?:numbers?|no\.|ref(?:erence)?|id|pin|account|licen[cs]e|policy|case|file|record|badge|member(?:ship)?|plate"
    r"|registration|reg|group|subscriber|employee|staff|payroll|student|prescription|crime|incident|docket|meter|roll"
    r"|reservation|confirmation|tracking|candidate|prison|inmate|warrant|tenancy|order|social|plates|passport"
    r"|mrn|nhs|extension|ext|code|postcode|digits|chart|claim|invoice|booking|ticket)\b"
    r"(?:\W+(?:number|no|is|it's|its|was|ending|ends|in|the|my|with|code|last|four|three|digits|are|plate|ref)\b)*"
    r"[\s:#,-]+(?P<it>(?=(?:[A-Za-z/ -]{0,4}\d){3})[A-Za-z]{0,4}[ /-]?\d[\dA-Za-z]*(?:[ /-][\dA-Z]*\d[\dA-Z]*)*)",
    re.IGNORECASE,
)
_GROUPED = re.compile(
    r"(?<![\w£$€./-])#?(?=(?:[A-Z/.-]{0,6}\d){3})(?=[\d/.-]*[A-Z])[A-Z\d]{1,8}(?:[-/][A-Z\d]{1,8})+(?![\w-])"
)
"""Letters and figures in groups with dashes between them: "24-TRC-01877"."""
_ANNOUNCES = (
    r"(?:numbers?|no\.|ref(?:erence)?|id|pin|account|licen[cs]e|policy|case|file|record|badge|member(?:ship)?|plate"
    r"|registration|reg|student|staff|employee|prison|passport|card|claim|invoice|booking|ticket|order|tracking|docket"
    r"|medicare|medicaid|ssn|nino|nhs|sin|tfn|pps|ppsn|emirates id|aadhaar|nric|curp|bsn|cad|code|service"
    r"|voucher|serial"
    r"|extension|meter|permit|visa|locker|roll|unit|chart|hospital|patient|warrant|incident|crime|warranty|fine"
    r"|penalty)"
)
_ANNOUNCED = re.compile(
    rf"\b(?i:{_ANNOUNCES})(?i:['’]s)?(?i:\W+(?:number|no|is|it|it's|its|was|says|said|reads|as|the|my|with|code"
    rf"|card|of|for|um|uh|er"
    r"|erm|on|there|that's|here|last|four)\b){0,6}[\s:#,.-]+"
    r"(?P<it>#?(?=(?:[A-Z/ -]{0,7}\d){4})[A-Z\d]{1,10}(?:[ /-]{1,3}(?!I\b|A\b)(?=[A-Z]*\d"
    r"|[A-Z]{1,2}\b)[A-Z\d]{1,10})*)(?![\w%]|[.,:]\d)"
    r"(?!\s*(?:mg|ml|people|years|pounds|quid|dollars|weeks|months|days|hours|minutes))"
)
"""What a word announces that says what kind of number it is, in groups of any size."""
_IP = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
_HASH = re.compile(r"#\d{3,}\b")
PUBLIC = frozenset(["116123", "741741", "111", "999", "911", "988", "101", "18002738255", "08001111"])
"""Numbers of public services, which point at nobody."""
_AMOUNT = re.compile(
    r"\s*(?:mg|mcg|ml|g|kg|pounds?|quid|dollars?|euros?|percent|%|calories|steps|miles|people|hours?|years?|k\b|words)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}\.\d\d(?:\s?-\s?\d{1,2}\.\d\d)?|\d{2,3}\s?-\s?\d{2,3}")
_CALL = re.compile(r"phone|mobile|cell|call|ring|text|reach|landline|whatsapp|tel\b|fax", re.IGNORECASE)
_COUNTED = re.compile(
    r"nhs|account|record|ref|member|policy|case|patient|hospital|licen[cs]e|passport|insurance|ssn|social security"
    r"|registration|sort code|card|\bid\b|mrn|plate",
    re.IGNORECASE,
)


def formal(text: str) -> Iterator[Found]:
    """Identifiers of ``text`` that their form gives away; they may overlap: longer ones come first, and count."""
    found = [
        *_coded(text),
        *_digits(text),
        *found_by(_NUMBERED, text, "number"),
        *found_by(_PHONE_BEGUN, text, "phone"),
    ]
    yield from sorted(found, key=lambda span: span.start - span.end)


def _coded(text: str) -> Iterator[Found]:
    for pattern in (_POSTCODE, _ZIP, _IP, _HASH, _INSURANCE, _PLATE, _GROUPED, _ANNOUNCED, _SMALL_CODE, _BOOKED):
        yield from found_by(pattern, text, "number")
    yield from _codes(text)
    for match in _ENDING_IN.finditer(text):
        yield Found(*match.span("it" if match["it"] else "end"), "number")


def _codes(text: str) -> Iterator[Found]:
    """Codes of capital letters and three digits or more: "WR-000812", "XQH 884 02 9173"."""
    for match in _CODE.finditer(text):
        letters = re.match(r"[A-Z]*", match.group())
        road = re.fullmatch(r"[ABM] ?\d{1,4}", match.group())
        if letters and letters[0] not in _NO_CODES and not road and not _AMOUNT.match(text, match.end()):
            yield Found(*match.span(), "number")


def _digits(text: str) -> Iterator[Found]:
    """Runs of six digits or more, and shorter ones that have the shape of a phone's end."""
    for match in _DIGITS.finditer(text):
        said = match.group()
        digits = re.sub(r"\D", "", said)
        seven = re.fullmatch(r"\d{3}[-. ]\d{4}", said)
        if digits in PUBLIC or _CLOCK.fullmatch(said) or _AMOUNT.match(text, match.end()):
            continue
        if re.fullmatch(r"(?:19|20)\d\d(?: ?[-.] ?| )(?:19|20)\d\d", said) or (len(digits) < 6 and said[0] != "+"):
            continue
        phone = seven or is_called(text[: match.start()], said)
        yield Found(*match.span(), "phone" if phone else "number")


def is_called(before: str, said: str) -> bool:
    """Whether the digits ``said`` are a phone's, by the words before them or else by their form."""
    near = before[-50:]
    call, count = (max((m.end() for m in p.finditer(near)), default=-1) for p in (_CALL, _COUNTED))
    if call != count:
        return call > count
    return said[0] in "+(0" or bool(re.fullmatch(r"1?[\s.-]?\d{3}[.-]\d{3}[.-]\d{4}", said))
