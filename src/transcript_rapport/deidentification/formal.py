"""Identifiers with a form of their own: e-mails, web addresses, phones, numbers, codes, streets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.deidentification.numerals import DIGIT_WORDS, NUMBER
from transcript_rapport.deidentification.spans import Found, Kind
from transcript_rapport.deidentification.vocabulary import is_listed, vocabulary

_EMAIL = re.compile(r"[\w.+'-]*\w@\w[\w-]*(?:\.\w[\w-]*)+")
_ENDING = r"(?:com|org|net|edu|gov|info|io|me|app|co\.uk|org\.uk|ac\.uk|gov\.uk|nhs\.uk|nhs\.net|sch\.uk|uk|ie|eu|co|blog|online|site|health|ly|tv)"
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
    r"\b(?:user ?name|handle|gamertag|screen name)(?:'s| is| was|:)\s+(?!not\b|my\b|the\b|just\b)(?P<it>[\w.]*\w)"
    r"|\b(?P<on>(?=\w*[\d_])\w{4,})(?= on (?:insta|snap|twitter|tik|reddit|discord|facebook))",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_STATES = (
    *"alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas".split(),
    *"kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada jersey".split(),
    *"mexico york carolina dakota ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming".split(),
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
_CODE = re.compile(r"(?<![\w-])(?=[A-Z0-9/-]*[A-Z])(?=(?:[A-Z/-]*\d){3})[A-Z0-9]+(?:[-/][A-Z0-9]+)*(?![\w-])")
_INSURANCE = re.compile(r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b", re.IGNORECASE)
_PLATE = re.compile(r"\b(?:[A-Z]{2}\d\d ?[A-Z]{3}|[a-z]{2}\d\d[a-z]{3})\b")
_NUMBERED = re.compile(
    r"\b(?:numbers?|no\.|ref(?:erence)?|id|pin|account|licen[cs]e|policy|case|file|record|badge|member(?:ship)?|plate"
    r"|registration|reg|passport|mrn|nhs|extension|ext|code|postcode|digits|chart|claim|invoice|booking|ticket)\b"
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

_LONG_PLACES = sorted(
    (r"\.?[\s-]+".join(p.split("+")) for p in vocabulary().lists["long_places"]), key=len, reverse=True
)
_STREETS = "|".join(sorted(vocabulary().lists["streets"], key=len, reverse=True))
_FLAT = (
    r"(?:(?:flat|apartment|apt\.?|unit|room|suite|number|no\.)\s+(?:\d+ ?\w?\b|[A-Z]\b|"
    + NUMBER
    + r"(?: [a-z]\b)?),?\s+)?"
)
_SAID_NUMBER = rf"(?:{NUMBER}|{DIGIT_WORDS})(?:[\s-](?:{NUMBER}|{DIGIT_WORDS})){{0,3}}"
_STREET = re.compile(
    rf"\b{_FLAT}(?:(?P<no>\d{{1,5}} ?(?:[a-z]\b)?(?:-\d+)?|{_SAID_NUMBER}(?: [a-z]\b)?),?\s+)?(?P<name>(?:[^\W\d_][\w'’.-]*\s+){{1,4}}?)"
    rf"(?P<type>{_STREETS})\b\.?(?:,?\s+(?:flat|apartment|apt\.?|unit|suite)\s+\w+)?",
    re.IGNORECASE,
)
_PLACES = re.compile(rf"\b(?:{'|'.join(_LONG_PLACES)})\b", re.IGNORECASE)
_BOX = re.compile(r"\bp\.?\s?o\.? box \d+\b", re.IGNORECASE)
_LEADS = re.compile(r"\b(?:on|at|in|off|of|down|from|is|to|up|live|lives|lived|near|along|address)\s+$", re.IGNORECASE)
_SURE_STREETS = frozenset("street road avenue lane crescent boulevard terrace mews".split())


def formal(text: str) -> Iterator[Found]:
    """Identifiers of ``text`` that their form gives away; they may overlap, and the first then counts."""
    yield from _all(_EMAIL, text, "email")
    yield from _all(_URL, text, "url")
    yield from _all(_HANDLE, text, "url")
    for match in _USER.finditer(text):
        yield Found(*match.span("it" if match["it"] else "on"), "url")
    yield from streets(text)
    yield from _all(_BOX, text, "address")
    for pattern in (_POSTCODE, _ZIP, _IP, _HASH, _INSURANCE, _PLATE):
        yield from _all(pattern, text, "number")
    yield from _all(_PLACES, text, "place")
    yield from _digits(text)
    yield from _all(_NUMBERED, text, "number")
    for match in _CODE.finditer(text):
        if not re.fullmatch(r"COVID-?\d+", match.group()):
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
        if re.fullmatch(r"(?:19|20)\d\d(?: ?[-.] ?| )(?:19|20)\d\d", said) or (len(digits) < 6 and not said[0] == "+"):
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


def streets(text: str) -> Iterator[Found]:
    """Streets, with house numbers where they are said: "14 Maple Street", "on elm road"."""
    at = 0
    while match := _STREET.search(text, at):
        at = match.start() + 1
        if found := _street(text, match):
            yield found
            at = found.end


def _street(text: str, match: re.Match[str]) -> Found | None:
    words = match["name"].split()
    kept = list(words)
    while kept and (is_listed(kept[0].lower(), "generic", "pronouns") or not kept[0][0].isalpha()):
        kept.pop(0)
    kind, plain = match["type"], [word.lower() for word in kept]
    if not kept or any(is_listed(word, "pronouns") or word in _NO_STREET for word in plain):
        return None
    numbered = bool(match["no"]) and len(kept) == len(words)
    capitals = kind[0].isupper() and all(word[0].isupper() for word in kept)
    start = match.start() if numbered else match.start("name") + match["name"].index(kept[0])
    led = bool(_LEADS.search(text[max(0, start - 30) : start])) and kind.lower() in _SURE_STREETS and kind[0].islower()
    if capitals and not numbered and _named_after(text, match.end()):
        return None
    if numbered and not capitals and kind.lower() not in _SURE_STREETS | _NUMBERED_STREETS:
        return None
    return Found(start, match.end(), "address") if numbered or capitals or led else None


def _named_after(text: str, end: int) -> bool:
    """Whether "Meadow View" goes on as an organisation: "Meadow View Surgery"."""
    after = re.match(r"\s+([^\W\d_]+)", text[end:])
    return after is not None and after[1][0].isupper() and is_listed(after[1].lower(), "organisations")


_NUMBERED_STREETS = frozenset("st rd ave close drive court grove gardens square".split())
_NO_STREET = frozenset(
    "hard long right wrong rocky bumpy quiet side back front dead open cross high same way straight fast slow memory "
    "and or of is was by easy safe dirty crossing across into middle single double dark whole busy ring slip country "
    "years year days minutes hours months weeks people steps things times more less per percent day week".split()
)
