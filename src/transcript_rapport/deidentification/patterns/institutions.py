"""Institutions that a form gives away: saints' schools, prisons, clubs, firms of two names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.deidentification.spans import Found, found_by
from transcript_rapport.deidentification.vocabulary import vocabulary

_KINDS = "|".join(sorted(vocabulary().lists["organisations"], key=len, reverse=True))
_MORE = rf"(?:\s+(?:of england|catholic|roman catholic|c of e|rc|r c|road|hall|parish|cemetery|annexe|{_KINDS})\b)*"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:St\.?|Saint|st|saint)\s+[\w-]+['’]s?(?:\s+and\s+(?:[Ss]t\.?\s+)?[\w-]+['’]s?)?(?!\w)"
        rf"(?:(?:\s+[A-Z]\w+){{1,2}}?\s+(?i:{_KINDS})\b(?i:{_MORE})|(?i:{_MORE}))",
        rf"\b(?i:our lady(?:['’]s)?(?: (?:of|queen of|star of)(?: the)? (?:\w+(?: [A-Z]\w+){{0,2}})?)?"
        rf"|sacred heart|holy (?:trinity|cross|family"
        rf"|name|rosary|ghost|child|redeemer|innocents)|christ the king|christ church|immaculate (?:heart|conception)"
        rf"|all (?:saints|souls|hallows)|corpus christi|good shepherd|notre dame|blessed sacrament){_MORE}\b",
        r"\b(?:(?:HMP|HMYOI|YOI|RAF|HMS|USS|AFC|FC|RFC)\s+(?:[Tt]he\s+)?[A-Z]\w+|(?:hmp|raf"
        r"|h m p)\s+(?:the\s+)?\w+)(?:\s+[A-Z]\w+)?",
        r"\b[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?\s+(?:HMP|YOI|IRC|FC|AFC|RFC|CC|Ltd|LLC|Inc|LLP|PLC|plc|CIC|NHS Trust)\b",
        r"(?<=\bat )(?<!look at )(?<!looking at )[A-Z][\w'’-]+(?:, [A-Z][\w'’-]+)? and [A-Z][\w'’-]+",
        r"\b(?:work|works|worked|drive|drives|drove|cleaned|cook|cooked) (?:for|at) (?P<it>[A-Z][\w'’-]+"
        r"(?: [A-Z][\w'’-]+)? and [A-Z][\w'’-]+)",
        r"\b[A-Z][\w'’-]+ & [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?",
        r"(?<=\b[Tt]he )[A-Z][\w'’-]+ (?:and|&) [A-Z][\w'’-]+",
        r"\bRoyal (?!Family|Mail|Navy|Marines|Air|College)[A-Z][\w'’]+(?: [A-Z]\w+)*",
        r"\broyal (?:free|infirmary|london|marsden|brompton|stoke|derby|victoria|liverpool|sussex|devon|surrey"
        r"|united|bolton)\b",
        r"\b(?:masjid|jamia|gurdwara|ysgol|coleg|capel|eglwys|scoil|gaelscoil|coláiste|colaiste|escuela|colegio|iglesia|clinica"
        r"|universidad|beth|te kura|temple)(?: (?:an|al|el|ul|de|la|del|of|na|an|y|yr|o))* (?!(?:and|or|in|on|at"
        r"|to|is|was|i|we"
        r"|they|he|she|it|the|but|so|because|with|for|every|that|where|there|near)\b)[a-z]\w{2,}(?! of\b)",
        r"\bUniversity of (?:the )?[A-Z]\w+(?: [A-Z]\w+)*",
    )
)


def institutions(text: str) -> Iterator[Found]:
    """Organisations that saints, letters or a pair of names give away."""
    for pattern in _PATTERNS:
        yield from found_by(pattern, text, "organisation")
