"""Identifiers with a form of their own: e-mails, web addresses, phones, numbers, codes, streets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.streets import POSTCODE
from transcript_rapport.placeholders import Kind

_EMAIL = re.compile(r"[\w.+'-]*\w@\w[\w-]*(?:\.\w[\w-]*)+")
_ENDING = (
    r"(?:com|org|net|edu|gov|info|io|me|app|co\.uk|org\.uk|ac\.uk|gov\.uk|nhs\.uk|nhs\.net|sch\.uk|uk|ie|eu|co|blog"
    r"|online|site|health|ly|tv)"
)
_URL = re.compile(
    rf"(?:https?://|www\.)[^\s<>\[\]]*[^\s<>\[\].,;:!?)'\"]"
    rf"|(?<![\w@.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.{_ENDING}(?:/[^\s<>\[\]]*[^\s<>\[\].,;:!?)'\"])?(?![\w])"
    rf"|(?<![\w@.])@\w[\w.]*\w|\b[^\W_]+(?:_[^\W_]+)+\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|twitter|tik ?tok|handle|user ?name|gamertag|discord|reddit|skype|screen name)\b"
    r"(?:\W+(?:name|handle|is|it's|its|as|at|under|called|account|my|on|there)\b){0,4}\W+"
    r"(?P<it>(?=[\w.]*[\d._])[\w.]*\w)",
    re.IGNORECASE,
)
_USER = re.compile(
    r"\b(?:user ?name|handle|gamertag|screen name)(?:'s| is| was|:)\s+(?!not\b|my\b|the\b|just\b)"
    r"(?:(?P<said>\w+(?:\s+\w+){1,4})\s*$|(?P<it>[\w.]*\w))"
    r"|\b(?P<on>(?=\w*[\d_])\w{4,})(?= on (?:insta|snap|twitter|tik|reddit|discord|facebook))",
    re.IGNORECASE,
)
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
    r"(?<![\w.£$€])(?:\+\s?\d{1,3}[\s.-]?)?(?:\(\d{1,5}\)[\s.-]?)?\d{2,}(?:[ .-]{1,2}\d{2,}){0,5}(?![\w%]|[.,]\d)"
)
_CODE = re.compile(
    r"(?<![\w-])(?=(?:[A-Z/ -]{0,5}\d){3})(?:[A-Z]{1,6}[-/ ]?\d[\dA-Z]*|\d+[A-Z]+[\dA-Z]*)"
    r"(?:[-/ ](?:[\dA-Z]*\d[\dA-Z]*|[A-Z]\b))*(?![\w-])"
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
_IP = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
_HASH = re.compile(r"#\d{3,}\b")
_PUBLIC = frozenset(["116123", "741741", "111", "999", "911", "988", "101", "18002738255", "08001111"])
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
    """Identifiers of ``text`` that their form gives away; they may overlap, and the first then counts."""
    for pattern in (POSTCODE, _ZIP, _IP, _HASH, _INSURANCE, _PLATE):
        yield from _all(pattern, text, "number")
    yield from _codes(text)
    yield from _digits(text)
    yield from _all(_NUMBERED, text, "number")
    yield from _all(_PHONE_BEGUN, text, "phone")


def web(text: str) -> Iterator[Found]:
    """E-mails, web addresses and the names people have on sites."""
    yield from _all(_EMAIL, text, "email")
    yield from _all(_URL, text, "url")
    yield from _all(_HANDLE, text, "url")
    for match in _USER.finditer(text):
        yield Found(*match.span(next(name for name in ("said", "it", "on") if match[name])), "url")


def _codes(text: str) -> Iterator[Found]:
    """Codes of capital letters and three digits or more: "WR-000812", "XQH 884 02 9173"."""
    for match in _CODE.finditer(text):
        letters = re.match(r"[A-Z]*", match.group())
        road = re.fullmatch(r"[ABM] ?\d{1,4}", match.group())
        if letters and letters[0] not in _NO_CODES and not road and not _AMOUNT.match(text, match.end()):
            yield Found(*match.span(), "number")


def _all(pattern: re.Pattern[str], text: str, kind: Kind) -> Iterator[Found]:
    group = "it" if "it" in pattern.groupindex else 0
    for match in pattern.finditer(text):
        yield Found(match.start(group), match.end(group), kind)


def _digits(text: str) -> Iterator[Found]:
    """Runs of six digits or more, and shorter ones that have the shape of a phone's end."""
    for match in _DIGITS.finditer(text):
        said = match.group()
        digits = re.sub(r"\D", "", said)
        seven = re.fullmatch(r"\d{3}[-. ]\d{4}", said)
        if digits in _PUBLIC or _CLOCK.fullmatch(said) or _AMOUNT.match(text, match.end()):
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
