"""Ages over 89, in figures and in words; younger ones stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.deidentification.numerals import DAY
from transcript_rapport.deidentification.spans import Found

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|christmas|easter"
    r"|spring|summer|autumn|winter)"
)
_WHEN = (
    rf"(?:(?:last|next|this|the other)\s+(?:week|month|year|day|birthday|time|spring|summer|autumn|winter"
    rf"|\w+day|{_MONTH})"
    rf"|in (?:{_MONTH}|a (?:few )?\w+)|come {_MONTH}|on (?:\w+day|the {DAY})|tomorrow|today|yesterday)\b"
)
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
OLD = (
    rf"(?:9\d|1[01]\d|ninety(?:[\s-]{_ONES})?"
    rf"|(?:a|one)[\s-]hundred(?:[\s-](?:and[\s-])?(?:{_ONES}|ten|eleven|twelve))?"
    rf"|hundred[\s-]and[\s-](?:{_ONES}|ten|eleven|twelve))"
)
"""Ninety to a hundred and nineteen."""
_NOT_AN_AGE = (
    r"(?!\s*(?:-?odd\s+)?(?:%|per\s?cent|percent|mg|mcg|ml|kcal|cal|k\b|grams|g\b|kg|kilos?|stone|pounds|quid|dollars"
    r"|bucks|euros|steps|people|miles|minutes?|mins?|hours?|days?|weeks?|months?|years\b(?! (?:old|young|of age))"
    r"|times|words|calories"
    r"|metres|meters|feet|vision|milligrams|micrograms|degrees|out of|over|or so|and (?!(?:a|i|s?he|they|we"
    r"|still|so)\b)\w+ty|of them|seconds|thousand|hundred"
    r"|students|kids|patients|o'clock|am\b|pm\b|and a half|mph|an hour|pence|p\b|cents|units|bpm|beats|pages|beds"
    r"|tablets|sessions|meetings|lbs?\b|inch|points?|cigarettes|a day|a week|a month|on the (?:motorway|scale))"
    r"|[.,:]\d|\w|/\d|-\d|['’]s?\b)"
)
_ABOUT = (
    r"(?:(?:now|never|nearly|almost|about|already|only|going to be|gonna be|going on|turning|just|just shy of|over|well"
    r"|past|like|um|uh|er|maybe|perhaps|probably|really|actually|around|roughly|closer to|more like|something like"
    r"|all of|nigh on|close to|getting on for|coming up(?: to| for)?|pushing|nearing|approaching|touching|hitting"
    r"|knocking on|what|a good|still|at least|the age of|age|aged)[\s,]+){0,3}"
)
_NO_PERSON = (
    r"(?!(?:it|this|that|there|score|weight|temperature|temp|rate|which|what|result|reading|pressure|total|pulse|heart"
    r"|sats|saturation|oxygen|sugars?|glucose|speed|limit|price|cost|bill|rent|fare|mark|percentage|dose|size|bmi"
    r"|bottom|top|iq|number|average|max|maximum|minimum|room|page|bus|level|one|waist|ward|diastolic|systolic|answer"
    r"|figure|odds|chance|count|minus|plus)(?:['’]s|\s))"
)
_KIN = (
    r"(?:(?:mother|father|sister|brother)-in-law|granda|mammy|daddy|papa|mummy|papaji|nanny|nain|taid|oma|opa"
    r"|nonna|nonno"
    r"|abuela|abuelo|babcia|faither|mither|patient|resident|widow|grandparents?|parents?|nan|nana|gran|granny"
    r"|grandma|grandad|granddad|grandpa|mum|mam|mom|mother|father|dad|aunt|auntie|uncle"
    r"|grandmother|grandfather|neighbou?r|husband|wife|lady|man|woman|gentleman|sister|brother|friend|bloke|great-gran)"
)
_SOMEBODY = (
    rf"(?:i'?m|i am|i was|i'll be|(?:s?he|they|who|{_KIN})(?:['’]s|['’]ll be| is| was| will be|['’]d be|s)"
    r"|they['’]re|you['’]re|you are|(?:s?he|they|you|i|mum|dad|nan)(?: would|['’]d| must| could| might| may| should"
    r"|['’]ll| will|['’]s got to)(?: have)? (?:be|been))"
)
_BIRTHDAY = (
    r"(?:(?:90|9\d|1[01]\d)(?:th|st|nd|rd)|ninet(?:ieth|y[\s-]\w+(?:th|st|nd|rd))"
    r"|(?:one[\s-])?hundred(?:th| and (?:\w+th|first|second|third)))"
)
_AFTER = (
    r"(?=\s*(?:[.,!?…]|$|now|when|and\b|but\b|with\b|so\b|love\b|bless\b|if\b|or\b|because\b|cos\b|who\b|you know"
    rf"|would you|years young|[-–—]|{_WHEN}))"
)
_ODD = rf"(?:(?P<it>{OLD}[\s-](?:odd|ish|something))\b(?! (?:people|quid|pounds|times|days|miles|years (?!old)|of)))"
_PRAISED = (
    r"(?=,?\s+(?:s?he|they|i|you|it|my|me|and (?:still|s?he|i|sharp|fit)|nearly|still|bless|isn't|aren't|is (?:a"
    r"|no|some)"
    r"|do(?:es)?n?'?t?\b (?:you|s?he|they|i))\b|['’]s\b)"
)
_AGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:{_SOMEBODY}|(?:s?he|they|{_KIN})['’]s?|be|about|over)\s+{_ABOUT}{_ODD}",
        rf"\b{OLD}(?:[\s-]+(?:years?[\s-]+(?:old|of age|young)|year[\s-]olds?|yrs? old|y/?o\b))",
        rf"\b(?P<it>{_BIRTHDAY})(?= (?:birthday|party))|\b(?:his|her|my|our|their|\w+['’]s) (?P<it2>{_BIRTHDAY})\b"
        r"(?!\s*(?:percentile|session|meeting|day|week|time|attempt))",
        r"\bin(?:to)? (?:his|her|their|my|your) (?:late |early |mid[\s-])?(?P<it>nineties|90s|hundreds)",
        rf"\b(?:hits?|reach(?:es|ed|ing)?|made it to|makes? it to|(?:got|gets?|getting) to(?: be)?|lived to(?: be)?"
        rf"|lives? to(?: be)?|see|saw|died at|passed(?: away)? at|went at|to be|pushing|nearing|approaching|going on"
        rf"|knocking on|touching|just shy of|getting on for)\s+{_ABOUT}(?P<it>{OLD})\b{_NOT_AN_AGE}",
        rf"\b(?:lasted|lived|lives?|living|going|worked|drove|alive|on|danced|smoked|cooked|independent|home)\s+"
        rf"(?:till|until|til|to|past|beyond)\s+{_ABOUT}(?P<it>{OLD})\b{_NOT_AN_AGE}",
        rf"\b(?:man|woman|lady|gentleman|bloke|gent|chap|fella|person|patient|resident|widow|widower|someone|somebody"
        rf"|people|friend|neighbou?r|mother|father|age)\s+of\s+{_ABOUT}(?P<it>{OLD})\b{_NOT_AN_AGE}",
        rf"\b(?:{_KIN}|s?he) at\s+(?P<it>{OLD})\b{_NOT_AN_AGE}",
        rf"\bat\s+(?P<it>{OLD})\b{_NOT_AN_AGE}(?=,?\s+(?:i|we|you|he|she|they|it's|your|my|her|his|and (?:still"
        rf"|s?he|they)|what)\b)",
        rf"\b(?:aged?|turn(?:s|ed|ing)?|age of|(?:the|my|her|his|your) age is|put"
        rf"|big)\s+{_ABOUT}(?P<it>{OLD})\b{_NOT_AN_AGE}",
        r"\bthe big (?P<it>nine[\s-]?(?:oh|o|zero)|9[\s-]?0|one[\s-]oh[\s-]oh)\b",
        rf"\b{_NO_PERSON}\w{{2,}}(?:['’]s| is| was)\s+{_ABOUT}(?P<it>{OLD})\b{_NOT_AN_AGE}{_AFTER}",
        rf"\b{_SOMEBODY}\s+{_ABOUT}(?P<it>{OLD})\b{_NOT_AN_AGE}",
        rf"(?:^|[.?!…]\s+)(?P<it>{OLD}),\s+(?:s?he|they)\b",
        rf"^(?:\[\w+\]\s*)?(?P<it>{OLD})[!.?]\s+[^.?!]*\b(?:s?he|her|him|his)\b",
        rf"\b(?:s?he|him|her|them|me|{_KIN}) being\s+{_ABOUT}(?P<it>{OLD})\b{_NOT_AN_AGE}",
        rf"\b(?:not bad for|for(?: a| someone)?|even at|when you(?:['’]re| get to| reach| hit)|when i was"
        rf"|expect (?:it|that|this)? ?at"
        rf"|spring chicken at|good for|old,?)\s+{_ABOUT}(?P<it>{OLD})\b{_NOT_AN_AGE}{_PRAISED}",
        rf"\b(?:not (?:bad|too bad|so bad)|(?:pretty|very|doing|quite|so|that['’]s) (?:good|well|great|fit|spry|sharp)"
        rf"|spring chicken|expect (?:it|that|this|much)) (?:for|at) {_ABOUT}(?P<it>{OLD})\b{_NOT_AN_AGE}",
        rf"\b(?:{_KIN}|s?he)\b[^.?!]{{0,60}}[.?!]\s+{_ABOUT}(?P<it>{OLD})(?=[.!?,])",
        rf"\b(?:{_KIN}|s?he)\b[^.?!]{{0,50}}\b(?:lived|lasted|got|went on|made it|carried on)\s+(?:tae|till|til"
        rf"|up to|until|past)\s+{_ABOUT}(?P<it>{OLD})\b{_NOT_AN_AGE}",
        rf"\b(?P<it>{OLD}),? if (?:s?he|i)(?:['’]s|['’]m| was| were)? a day",
        rf"\bnow (?:that )?(?:s?he|they|{_KIN})(?:['’]s|['’]ve| has| have)? (?:hit|turned|got to|reached"
        rf"|passed) (?P<it>{OLD})\b{_NOT_AN_AGE}",
        rf"\b(?:s?he|{_KIN})\b[^.?!]{{0,40}},\s+(?P<it>{OLD}),\s+(?:on|living|lives|and|with|still|poor|bless|all)\b",
        rf"\b{_KIN},\s+{_ABOUT}(?P<it>{OLD})(?=,|$)",
        rf"(?:^|[.,?!…]\s+|\b(?:yeah|yes|well|oh|no|um|er|uh|and|just)\s+)(?P<it>{OLD})\b{_NOT_AN_AGE}"
        rf"(?=,?\s+(?:{_WHEN}|(?:s?he|they|i)(?:['’]s| is| was|['’]ll be|['’]m| am| are)\s*(?:[.,!?…]|now\b|$)"
        rf"|years? young))",
    )
)
_ANY = re.compile(rf"(?<![\w£$€.,/-])(?P<it>{OLD})\b{_NOT_AN_AGE}", re.IGNORECASE)


_MAY_HOLD = re.compile(r"9[\s-]?\d|1[01]\d|ninet|hundred|nine[\s-]?(?:o|z)|one[\s-]oh", re.IGNORECASE)
"""What every age over 89 holds; most lines do not, and need no closer look."""


def ages(text: str) -> Iterator[Found]:
    """Ages over 89; a bare number beside another age in the same line is one too ("92, no, 93")."""
    if not _MAY_HOLD.search(text):
        return
    found = [_span(match) for pattern in _AGES for match in pattern.finditer(text)]
    yield from found
    if found:
        yield from (
            _span(match) for match in re.finditer(rf"\b(?:maybe|or|no|not|put|say)\s*,?\s+{_ANY.pattern}", text)
        )


def _span(match: re.Match[str]) -> Found:
    group = next((name for name in ("it", "it2") if match.groupdict().get(name)), 0)
    return Found(*match.span(group), "age")
