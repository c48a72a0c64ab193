"""Streets with house numbers, post boxes, and places of several words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from transcript_rapport.deidentification.numerals import DIGIT_WORDS, NUMBER
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.vocabulary import is_listed, is_ordinary, vocabulary

POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_TYPES = "|".join(sorted(vocabulary().lists["streets"], key=len, reverse=True))
_ROOM = r"(?:flat|apartment|apt\.?|unit|room|suite|number|no\.|block|plot|house|studio)"
_FLAT = rf"(?:{_ROOM}\s+(?:\d+[\w/-]*(?: [a-z]\b)?|[A-Z]\b|{NUMBER}(?: [a-z]\b)?),?\s+)?"
_SAID = rf"(?:{NUMBER}|{DIGIT_WORDS})(?:[\s-](?:{NUMBER}|{DIGIT_WORDS})){{0,3}}"
_STREET = re.compile(
    rf"\b{_FLAT}(?:(?P<no>\d{{1,5}} ?(?:[a-z]\b)?(?:[-/]\w+)?|{_SAID}(?: [a-z]\b)?),?\s+)?"
    rf"(?P<name>(?:(?:[^\W\d_][\w'’.-]*|\d+(?:st|nd|rd"
    rf"|th))\s+){{1,4}}?)(?P<type>{_TYPES})\b\.?(?:\s+(?P<more>{_TYPES})\b)?"
    rf"(?:,?\s+(?:flat|apartment|apt\.?|unit|suite|number|room|trailer|lot|space)\s+(?:#?\d+\w?|[a-z]\b|{NUMBER}))?",
    re.IGNORECASE,
)
_BOX = re.compile(r"\bp\.?\s?o\.? box (?:\d[\w-]*|[A-Z]{1,2}\d+|" + NUMBER + r")\b", re.IGNORECASE)
_HOME = re.compile(
    rf"\b(?:address(?:\W+(?:is|it's|was|at|on|the|my|of|says))*|(?:we're|i'm|lives?|lived|living|moved|home"
    rf"|house|come) (?:at|to|in))"
    rf"\W+(?P<it>{_FLAT}(?:\d{{1,5}}[a-z]?|{_SAID}),?\s+(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){{0,2}}))",
)
_THES = (
    r"(?:ridgeway|paddocks?|close|green|crescent|avenue|drive|mews|maltings|glebe|orchards?|firs|beeches|limes"
    r"|oaks|elms"
    r"|laurels|hollies|willows|spinney|meadows|fairway|croft|causeway|parade|broadway|leas|poplars|chase|dell|glade"
    r"|hawthorns|cedars|pines|birches|larches|rowans|brambles|grove|walk|square|terrace|granary|stables|quays?|moorings"
    r"|gables|copse|hollow|pastures|fields|heath|warren|covert|vale|links|common|hill|street|lane|park|sycamores"
    r"|chestnuts|acres|downs|moorlands|shrubbery|wharf|strand|mall|mount|nook|rise|drove|leys|lawns|bank|knoll)"
)
_THE = re.compile(
    rf"\b(?P<it>{_FLAT}(?:\d{{1,4}} ?[a-z]?|{_SAID})\s+(?-i:The [A-Z][\w'’-]+|the {_THES}\b|The {_THES}\b))",
    re.IGNORECASE,
)
_ROOMED = re.compile(
    r"\b(?P<it>(?:[Ff]lat|[Aa]partment|[Aa]pt\.?|[Uu]nit|[Bb]lock|[Pp]lot|[Ss]tudio) (?:\d{1,4}[A-Za-z]?|[A-Z]\d?),? "
    r"(?:The )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})"
)
_NO_NAME = (
    r"(?!(?:the|a|an|my|our|his|her|their|your|this|that|it|it's|in|at|on|and|of|to|is|was|we|i|you|they|old|new|big|"
    r"little|whole|other|same|one|no|some|any|safe|open|care|full|empty|nice|council|holiday)\b)"
)
_HOUSE = re.compile(
    rf"\b(?:it's|its|is|at|in|to|address)\s+(?P<it>(?:{_NO_NAME}\w+\s+){{0,2}}?{_NO_NAME}\w*"
    r"(?:cottage|farm|barn|lodge|house|villa|grange|bungalow|hall|mill|croft)\s+(?:(?!the\b|a\b|and\b|in\b|on\b)\w+\s+)"
    r"{1,2}(?:road|lane|street|avenue|close|drive|end|hill|row|way|place|green)\b)",
    re.IGNORECASE,
)
_CAPITALS = r"[A-Z][\w'’-]+"
_NAMED_HOUSE = re.compile(
    rf"\b(?P<it>(?:(?:The )?(?:{_CAPITALS} ){{1,2}}(?:Cottage|House|Lodge|Farm|Barn|Villa|Grange|Bungalow|Hall"
    rf"|Mill|Croft|Court)"
    rf"|The (?:Old )?{_CAPITALS}),? (?:{_CAPITALS} ){{1,2}}(?:Lane|Road|Street|Avenue|Close|Drive|Hill|Row|Way"
    rf"|Green|End|Terrace))\b"
)
_FOREIGN = re.compile(
    r"\b(?P<it>\d{1,4}[a-z]?,? (?:Heol|Ffordd|Stryd|Lôn|Maes|Clos|Cae|Rhodfa|Rue|Calle|Via|Avenida|Rua|Bóthar"
    r"|Sráid|Ulica|Jalan)"
    rf"(?: (?:[a-z]{{1,3}} )?{_CAPITALS}){{1,3}}"
    rf"|(?:House|Door|Plot|Lot|Site|Flat|Block) (?:[Nn]o\.? ?)?\d+\w?,? (?:(?:\d+(?:st|nd|rd|th)"
    rf"|{_CAPITALS}) ?){{1,3}})(?!\w)"
)
_ENDED = (
    r"(?=\s*(?:[.,;!?]|$)|\s+(?:and|the post ?code|post ?code|zip|it's|um|uh|that's|in|with|flat|just|near|opposite)\b)"
)
_AT_THE = re.compile(
    rf"\b(?:we're|i'm|he's|she's|they're|it's|live|lives|lived"
    rf"|staying) (?:at )?(?P<it>{_SAID}\s+the\s+{_THES}){_ENDED}",
    re.IGNORECASE,
)
_LINE = re.compile(
    rf"^(?:(?:um|uh|er|it's|its|at|that's|yeah|so|number|the address is|address is)[\s,]+)*"
    rf"(?P<it>{_FLAT}(?:{_SAID}(?: [a-d]\b)?)\s+(?P<name>{_NO_NAME}\w+\s+(?:{_NO_NAME}\w+\s+)?)(?P<type>{_TYPES}))\b"
    rf"(?P<end>{_ENDED}|\s+(?P<town>\w+))",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"^(?:(?:um|uh|er|it's|its|on|that's|yeah|so|off)[\s,]+)*(?P<it>(?P<name>\w+(?: \w+)?) (?:street|road|avenue"
    r"|lane|close|crescent|terrace"
    r"|drive|gardens|grove))(?: (?:yeah|yes|please))?[.?]?$",
    re.IGNORECASE,
)
_CUT = re.compile(rf"(?:^|[.?!…]\s+)(?P<it>(?i:{_SAID}|\d{{1,4}}[a-z]?)\s+[A-Z][a-z'’]+)(?=\.\.\.|…|\s?-+$)")
_LEADS = re.compile(r"\b(?:on|at|in|off|of|down|from|is|to|up|live|lives|lived|near|along|address)\s+$", re.IGNORECASE)
_AT_HOME = re.compile(
    r"\b(?:live|lives|lived|living|address|moved|move|house|home|flat|come|post|send|write|deliver|staying"
    r"|stay)\b[^.?!]{0,30}$",
    re.IGNORECASE,
)
_SURE = frozenset("street road avenue lane crescent boulevard terrace mews".split())
_NUMBERED = frozenset(
    "st rd ave close drive court grove gardens square parade buildings villas cottages mansions wynd brae croft".split()
)
_NONE = frozenset(
    "hard long right wrong rocky bumpy quiet side back front dead open cross high same way straight fast slow memory "
    "and or of is was by easy safe dirty crossing across into middle single double dark whole busy ring slip country "
    "years year days minutes hours months weeks people steps things times more less per percent day week main "
    "i you he she we they it my your his her our their this that the a an to in on at from with for".split()
)
_COURTS = frozenset("crown magistrates supreme county high family youth district juvenile drug appeal federal".split())
_CIVIC = frozenset("station church chapel school park mill market bridge castle college victoria".split())
_ALSO = frozenset("high long cross ring front back main side country middle".split())
"""Words that begin a street's name where a number stands before it: "22 High Street"."""


def streets(text: str) -> Iterator[Found]:
    """Streets, with house numbers where they are said ("14 Maple Street", "on elm road"), and post boxes."""
    at = 0
    while match := _STREET.search(text, at):
        at = match.start() + 1
        if found := _street(text, match):
            yield found
            at = found.end
    yield from (Found(*match.span(), "address") for match in _BOX.finditer(text))
    for match in _THE.finditer(text):
        if match["it"][match["it"].lower().rindex(" the ") + 1] == "T" or _AT_HOME.search(text[: match.start()]):
            yield Found(*match.span("it"), "address")
    yield from (
        Found(*match.span("it"), "address") for match in _HOUSE.finditer(text) if text[match.end("it") - 1].islower()
    )
    for pattern in (_NAMED_HOUSE, _FOREIGN):
        yield from (
            Found(match.start("it"), match.start("it") + len(match["it"].rstrip()), "address")
            for match in pattern.finditer(text)
        )
    yield from (Found(*match.span("it"), "address") for match in _AT_THE.finditer(text))
    for pattern in (_LINE, _ONLY):
        if (match := pattern.search(text)) and _may_be_street(match):
            yield Found(*match.span("it"), "address")
    for pattern in (_HOME, _CUT, _ROOMED):
        yield from (Found(*match.span("it"), "address") for match in pattern.finditer(text) if _is_name(match))


def _is_name(match: re.Match[str]) -> bool:
    word = match["it"].split()[-1].lower()
    return not is_listed(word, "safe", "generic", "pronouns")


def _may_be_street(match: re.Match[str]) -> bool:
    """Whether words that a line says with a street's word, and little else, name one: "fifteen weavers row"."""
    said = match["name"].lower().split()
    town = (match.groupdict().get("town") or "").lower()
    placed = not town or is_listed(town, "places", "place_words") or not is_ordinary(town)
    barred = any(word in _NONE or is_listed(word, "pronouns", "generic", "kin") for word in said)
    return placed and not barred


def _street(text: str, match: re.Match[str]) -> Found | None:
    words, kind = match["name"].split(), match["more"] or match["type"]
    if kind.lower() == "court" and (
        words[-1].lower() in _COURTS or re.match(r"\s+(?:dates?|cases?|orders?)\b", text[match.end() :])
    ):
        return None
    if kind.lower() in {"st", "st."} and re.match(r"\s+[A-Z][\w'’]*['’]s?\b", text[match.end() :]):
        return None  # "past St Mary's"
    housed = bool(match["no"]) or match.start("name") > match.start()
    if housed and kind.lower() in _SURE | _NUMBERED and not {w.lower() for w in words} & (_NONE - _ALSO):
        return Found(match.start(), match.end(), "address")
    if words[-1].lower() in _CIVIC and kind.lower() in _SURE and _LEADS.search(text[: match.start("name")]):
        return Found(match.start("name"), match.end(), "address")
    kept = list(words)
    while kept and (is_listed(kept[0].lower(), "generic", "pronouns") or not kept[0][0].isalnum()):
        kept.pop(0)
    if not kept or any(is_listed(word.lower(), "pronouns") or word.lower() in _NONE for word in kept):
        return None
    numbered = housed and len(kept) == len(words)
    capitals = kind[0].isupper() and all(word[0].isupper() or word[0].isdigit() for word in kept)
    start = match.start() if numbered else match.start("name") + match["name"].index(kept[0])
    return Found(start, match.end(), "address") if _is_street(text, match, start, numbered, capitals) else None


def _is_street(text: str, match: re.Match[str], start: int, numbered: bool, capitals: bool) -> bool:
    kind = match["more"] or match["type"]
    if capitals and not numbered:
        return not _named_after(text, match.end())
    if numbered and not capitals:
        roomed = re.match(_ROOM, text[start:], re.IGNORECASE)
        return kind.lower() in _SURE | _NUMBERED or bool(roomed or _AT_HOME.search(text[:start]))
    led = bool(_LEADS.search(text[max(0, start - 30) : start])) and kind.lower() in _SURE and kind[0].islower()
    return numbered or led


def _named_after(text: str, end: int) -> bool:
    """Whether "Meadow View" goes on as an organisation: "Meadow View Surgery"."""
    after = re.match(r"\s+([^\W\d_]+)", text[end:])
    return after is not None and after[1][0].isupper() and is_listed(after[1].lower(), "organisations")


@cache
def _long_places() -> dict[str, re.Pattern[str]]:
    """The pattern for the places of several words that begin with each word."""
    by_first: dict[str, list[str]] = {}
    for place in sorted(vocabulary().lists["long_places"], key=len, reverse=True):
        parts = place.split("+")
        by_first.setdefault(parts[0], []).append(r"\.?[\s,-]+".join(re.escape(part) for part in parts))
    return {first: re.compile(rf"(?:{'|'.join(all_)})\b", re.IGNORECASE) for first, all_ in by_first.items()}


def towns(text: str) -> Iterator[Found]:
    """Places of several words: "Milton Keynes", "stoke on trent"."""
    places = _long_places()
    for word in re.finditer(r"[\w']+(?:-\w+)*", text):
        pattern = places.get(word.group().lower())
        if pattern and (match := pattern.match(text, word.start())):
            yield Found(*match.span(), "place")
