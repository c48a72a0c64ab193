"""Addresses by their build: rooms, a house's number, a street, a town and a code, in the orders of many countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from transcript_rapport.deidentification.numerals import NUMBER, TEENS, TENS
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.vocabulary import is_listed, standing, vocabulary

_ENDS = (*vocabulary().lists["streets"], *vocabulary().lists["street_ends"])
KINDS = rf"(?:{'|'.join(sorted(_ENDS, key=len, reverse=True))})"
"""What streets end with, behind a house's number."""
_CAP = (
    r"(?!(?:apt|unit|flat|suite|floor|lot|apartment)\b\.?\s*#?\d|(?:it|i|we|that|he|she|they|there|here)['’])"
    r"(?-i:[A-ZÀ-ÞŁŚŠŻŽ])[^\W\d_]*(?:['’.-][^\W\d_]+)*(?!\w)"
)
_PART = (
    rf"{_CAP}(?:\s+(?:(?:of|the|y|yr|de|la|le|des|du|da|do|das|dos|di|zur|am|al|na|an|am|and)\s+){{0,2}}{_CAP}){{0,3}}"
)
_CODE = (
    r"(?-i:(?:[A-Z]{2,3}\s+)?(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|[A-Z]\d[\dW]\s?[A-Z\d]{4}"
    r"|\d{3}\s\d{2,3}|\d{2}-\d{3}|\d{4}\s?[A-Z]{2}|\d{4,6}(?:-\d{3,4})?))\b"
)
_ROOM = (
    r"(?:flat|apartment|apt\.?|unit|room|suite|block|blk|plot|house|door|floor|level|studio|lot|villa|site|stand|erf"
    r"|sector|phase|section|street|number)"
)
_ROOMED = (
    rf"(?:{_ROOM}\s+(?:no\.?\s*)?(?:\d+(?:/\d+|f\d)|#?(?-i:[A-Z]-?)?\d{{0,4}}(?:[a-z]\b|(?<=\d)|(?<=[A-Z])\b))"
    r"|\b\d{1,2}(?:/\d{1,2}|f\d)\b)"
)
_NUM = r"(?:#?\d{1,5}(?:[/-]\d{1,4})?[a-z]?|(?-i:[A-Z]-?)\d{1,4})"
_TAIL = (
    rf"(?:(?:,|\.\.\.|…)\s*(?:{_ROOMED}|#\d[\d-]*|\d{{4,5}}\s+{_PART}|{_CODE}"
    rf"|{_PART}(?:\s+\d{{1,3}}\b(?!\s*(?:am|pm|o'clock)))?)"
    rf"|\s+(?:in\s+)?{_CODE}|(?<=\w)\s+{_ROOMED})"
)
_AFTER = re.compile(rf"{_TAIL}+", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"(?<![\w£$€./#])(?:(?:c/o|number|no\.)\s+)?(?P<rooms>(?:{_ROOMED},?\s+)*(?:{_PART},\s+)?)(?P<no>{_NUM}),?\s+"
    rf"(?P<name>{_PART})\b(?:\s\d{{1,3}}(?=,))?(?:\.(?!\.))?(?P<tail>{_TAIL}*)",
    re.IGNORECASE,
)
_ROOMS = re.compile(rf"(?<!\w)(?-i:(?=[A-Z])){_ROOMED}(?:,\s+(?:{_ROOMED}|{_PART}(?:\s+\d+)?|#\d[\d-]*)){{1,5}}", re.I)
_ABROAD = re.compile(
    rf"\b(?:(?-i:[A-Z])\w+(?:straße|strasse|gasse|weg|laan|straat|gatan?|vägen|vej|platz|allee)"
    rf"|(?:Calle|Via|Viale|Rua|Avenida|Ulica|ul\.|Jalan|Corso|Piazza)\s+{_PART}),?\s+\d{{1,4}}[a-z]?\b{_TAIL}*"
    rf"|{_PART}\s+\d{{1,4}}[a-z]?,\s+\d{{4,5}}\s+{_CAP}",
    re.IGNORECASE,
)
_HOUSED = re.compile(
    rf"(?:^|[.?!:]\s+|\b(?:it's|is|at|in|to|of)\s+)(?P<it>(?:(?:The"
    rf"|Old)\s+)?{_PART},\s+(?:(?-i:[A-Z])[\w'’-]+\s+){{1,3}}"
    rf"(?-i:Road|Street|Lane|Avenue|Close|Drive|Hill|Row|Way|Green|End|Terrace|Brae|Crescent|Walk)\b{_TAIL}*)",
    re.IGNORECASE,
)
_BLOCK = re.compile(rf"\b\d{{1,5}} block of {_PART}", re.IGNORECASE)
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec".split()
)
_HOME = re.compile(
    r"\b(?:live|lives|lived|living|address|moved|house|home|flat|post|send|write|deliver|staying|stay)\b[^.?!]{0,40}$",
    re.IGNORECASE,
)
_KIND = re.compile(rf"\b{KINDS}$", re.IGNORECASE)
_HAS_CODE = re.compile(_CODE)
_FEW = (
    r"(?!(?:and|or|of|is|was|by|into|in|on|at|to|from|with|for|than|the|a|an|my|your|his|her|our|their|this|that|it"
    r"|i|you|he|she|we|they|minutes?|hours?|days?|weeks?|months?|years?|pounds?|quid|dollars|people|miles?|metres?|feet"
    r"|times?|per|percent|more|less|other|different|big|little|long|quiet|busy|main|blocks?|steps?|kids|mile|minute"
    r"|hour|pound|dollar|o'clock|point|hundred|thousand|way|ways|rooms?|bedrooms?|one|nice|new|dead|hard)\b)"
)
_COUNT = rf"(?:(?:a\s+)?hundred(?:\s+and)?\s+{NUMBER}|{NUMBER}(?:\s+{NUMBER}|\s+oh\s+\w+)?)(?:\s+[a-d]\b)?"
_SAID = re.compile(
    rf"\b(?:(?:flat|apartment|unit|number|room|house)\s+)?(?P<no>{_COUNT})\s+(?P<name>(?:{_FEW}[\w'’-]+\s+){{1,3}}?)"
    rf"(?P<kind>{KINDS})\b(?:\s+(?:on|off)\s+(?:{_FEW}\w+\s+){{1,2}}(?:street|road|lane|avenue)\b)?",
    re.IGNORECASE,
)
_BEFORE_CODE = re.compile(
    rf"\b(?:it's|its|is|at|on|address)\s+(?P<it>{_COUNT}\s+(?:{_FEW}[\w'’-]+\s+){{1,5}}?)(?=(?:um|uh|er|and"
    rf"|it's|the|then|oh)\s+"
    r"(?:(?:um|uh|and|it's|the|then)\s+){0,4}(?:post ?code|zip|eircode))",
    re.IGNORECASE,
)
_THE = re.compile(rf"\bnumber\s+{_COUNT}\s+the\s+{KINDS}\b", re.IGNORECASE)
_ENDED = re.compile(r"\b(?:it's|its|at|we're|i'm|is)\s+(?:number\s+)?$", re.IGNORECASE)
_LED = re.compile(r"\b(?:live|lives|lived|at|we're|i'm|he's|she's|they're|it's|its|address|number|to|is|now)\s+$", re.I)
_LONG = re.compile(rf"\b(?:{'|'.join((*TEENS, *TENS, 'hundred'))})\b", re.IGNORECASE)
_SURE = frozenset("street road avenue lane crescent terrace mews boulevard quay drove rigg".split())


_SERVES = re.compile(
    r"\s+(?:surgery|practice|school|clinic|church|medical (?:centre|practice)|health centre|nursery|mosque)\b", re.I
)
"""What is called by the street it stands in: "station road surgery"."""


def houses(text: str) -> Iterator[Found]:
    """Addresses whose parts follow each other as parts of an address do; they may overlap, the first then counts."""
    if re.search(r"\d|block|, [A-Z]", text):
        for match in _NUMBERED.finditer(text):
            if _is_address(text, match):
                yield Found(match.start(), match.end(), "address")
        for pattern in (_ROOMS, _ABROAD, _BLOCK):
            yield from (Found(*match.span(), "address") for match in pattern.finditer(text))
        yield from (Found(*match.span("it"), "address") for match in _HOUSED.finditer(text))
    if not re.search(r"\d", text):
        yield from (Found(*match.span(), "address") for match in _SAID.finditer(text) if _is_said(text, match))
        yield from (
            Found(m.start("it"), m.start("it") + len(m["it"].rstrip()), "address") for m in _BEFORE_CODE.finditer(text)
        )
        yield from (Found(*match.span(), "address") for match in _THE.finditer(text))


def _is_address(text: str, match: re.Match[str]) -> bool:
    """Whether a number and capitals are a house in a street: by the street's kind, a room, a code or talk of a home."""
    words = match["name"].lower().split()
    if words[0] in _MONTHS or is_listed(words[0], "safe", "pronouns"):
        return False
    roomed = bool(re.match(_ROOMED, match["rooms"], re.IGNORECASE))
    if _KIND.search(match["name"]) or roomed:
        return len(words) > 1 or roomed
    if _ENDED.search(text[: match.start()]) and len(words) > 1 and standing(words[-1]) == "unknown":
        return True
    coded = bool(_HAS_CODE.search(match["tail"]))
    return coded or bool(_HOME.search(text[: match.start()]) and match["tail"])


def _is_said(text: str, match: re.Match[str]) -> bool:
    """Whether a number, words and a street's kind that are said are an address: led by talk of one, or plainly so."""
    if any(is_listed(word, "pronouns", "kin") for word in match["name"].lower().split()):
        return False
    sure = match["kind"].lower() in _SURE
    return bool(_LED.search(text[: match.start()])) or (sure and bool(_LONG.search(match["no"])))


def whole(text: str, span: Found) -> Found:
    """An address with the towns and codes behind it that stand as parts of one."""
    after = _AFTER.match(text, span.end) or _SERVES.match(text, span.end)
    return replace(span, end=after.end()) if after else span
