"""Addresses by their build: rooms, a house's number, a street, a town and a code, in the orders of many countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

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
_ENDED = re.compile(r"\b(?:it's|its|at|we're|i'm|is)\s+(?:number\s+)?$", re.IGNORECASE)
_ITEM = (
    r"(?:#?(?-i:[A-Z]{0,2})-?\d[\w/-]*|(?-i:(?!(?:It|I|We|That|He|She|They|There|Here)['’])[A-ZÀ-ÞŁŚŠŻŽ][\w'’ŷŵ-]*)"
    r"|\b(?:Co|St|Apt|Blk|No|Rd|Ave|Mt|Ste)\.|(?:of|the|y|yr|de|del|la|le|las|los|na|an|am|upon|on|do|da|dos|das|des|du"
    r"|by|in|near)(?=\s(?-i:[A-Z])))"
)
_PARTS = rf"(?:off\s+|c/o\s+)?{_ITEM}(?:\s+{_ITEM})*+"
_CHAIN = re.compile(rf"(?<![\w£$€./#@-]){_PARTS}(?:,\s+{_PARTS})+", re.IGNORECASE)
_LETTERED = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|[A-Z]\d[\dW]\s?[A-Z\d]{4}|[A-Z]{2}\s\d{5})\b"
)
_BUILDING = re.compile(
    rf"(?:{KINDS}|cottages?|farmhouse|manse|steading|bungalow|estate|buildings?|apartments|mansions|forge|smithy|smiddy|rectory"
    r"|vicarage|demesne|junction|extension|township|villas?|loke|gardens?|barns?|stables|wharf|heights|compound)$|^(?:the|heol"
    r"|ffordd|calle|rua|via|rue|jalan|co\.|county|plot|stand|block|blk|flat|unit|off)\s",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    r"\b(?:live|lives|lived|living|address|move[ds]?|house|home|stay(?:s|ed|ing)?|send|post|write|deliver"
    r"|you down|renting"
    r"|clinic is|based|bill to|it to)\b[^.?!]{0,40}$|\b(?:we're|i'm|he's|she's|they're|it's|still|down"
    r"|you) (?:at|in)\s*$"
    r"|\b(?:it's|it is|still|at)\s*$|(?:^|[.?!]\s)$",
    re.IGNORECASE,
)


def _chains(text: str) -> Iterator[Found]:
    """Capitals and figures between commas that a room, a code or two kinds of buildings and streets make an address."""
    for match in _CHAIN.finditer(text):
        start = match.start() + len(_EMPTY.match(match.group()).group())  # type: ignore[union-attr]
        parts = [part.strip() for part in text[start : match.end()].split(",")]
        words = {word.lower() for part in parts for word in part.split()}
        if (
            len(parts) < 2
            or words & (_MONTHS | _DAYS)
            or re.match(r"(?:people|times|years)\b", text[match.end() :].strip())
        ):
            continue
        roomed = sum(bool(re.match(rf"(?:{_ROOMED}|#\d)", part, re.IGNORECASE)) for part in parts)
        housed = any(re.match(r"\d{1,5}[A-Za-z]?\s[A-Z]", part) for part in parts)
        built = sum(bool(_BUILDING.search(part)) for part in parts)
        named = any(re.search(r"[A-Z][a-z]", part) and not re.match(_ROOMED, part, re.IGNORECASE) for part in parts)
        home = bool(_AT_HOME.search(text[:start]))
        signs = 2 * bool(_LETTERED.search(match.group())) + bool(roomed) + (roomed > 1) + housed + built + home
        if named and signs > 2 - (len(parts) > 2 and home) and (signs - home or len(parts) > 3):
            yield Found(start, match.end(), "address")


_EMPTY = re.compile(
    r"(?:(?:it's|its|it|is|yes|no|yeah|yep|well|now|and|from|at|in|on|so|my|our|the address|that's|okay|ok"
    r"|address|still|just|um"
    r"|um,|right|i|we|then|oh),?\s+)*",
    re.IGNORECASE,
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday christmas easter".split())
_SERVES = re.compile(
    r"\s+(?:surgery|practice|school|clinic|church|medical (?:centre|practice)|health centre|nursery|mosque)\b", re.I
)
"""What is called by the street it stands in: "station road surgery"."""


def houses(text: str) -> Iterator[Found]:
    """Addresses whose parts follow each other as parts of an address do; they may overlap, the first then counts."""
    if re.search(r"\d|block|, \S*[A-Z]", text):
        for match in _NUMBERED.finditer(text):
            if _is_address(text, match):
                yield Found(match.start(), match.end(), "address")
        yield from _chains(text)
        for pattern in (_ROOMS, _ABROAD, _BLOCK):
            yield from (Found(*match.span(), "address") for match in pattern.finditer(text))
        yield from (Found(*match.span("it"), "address") for match in _HOUSED.finditer(text))


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


def whole(text: str, span: Found) -> Found:
    """An address with the towns and codes behind it that stand as parts of one."""
    after = _AFTER.match(text, span.end) or _SERVES.match(text, span.end)
    return replace(span, end=after.end()) if after else span
