"""What is worth holding up as an example: words that carry meaning and meet what the client has just shown.

A reflection may repeat a number or tick a symptom off a list; that is good history-taking, and no reason for praise.
The weights below are our own choice, made by reading the quotes chosen for real sessions of nine kinds; they order
what is shown and change no mark and no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.renderers.kinds import within
from transcript_rapport.renderers.tact import BODY, is_formality, is_opener
from transcript_rapport.report import Finding, Report, Statement

BASE = {
    "rupture.repaired": 1.1,
    "reflection.complex": 1.0,
    "validation.affirm": 0.9,
    "validation.normalise": 0.9,
    "partnership.autonomy": 0.85,
    "partnership.teach_back": 0.85,
    "partnership.feedback": 0.8,
    "validation.support": 0.75,
    "partnership.preference": 0.75,
    "partnership.collaborate": 0.75,
    "partnership.transparency": 0.75,
    "transparency.limits": 0.7,
    "transparency.uncertainty": 0.7,
    "listening.summary": 0.7,
    "partnership.options": 0.6,
    "partnership.last_time": 0.5,
    "partnership.homework_set": 0.45,
    "question.open": 0.35,
    "reflection.simple": 0.35,
}
"""Kinds that may be praised, and how readily."""
FAINT = 0.2
"""What is worth less is shown only where nothing else is."""
LEAST = 5
"""Different words that carry a statement: fewer are an acknowledgement."""
SPECIFIC = 7
"""Different words below which an affirmation can hardly say what for."""
BEFORE = 6
"""Utterances: how far back the client's turn before may begin."""
BACK_CHANNEL = 3
"""Words: a practitioner's utterance below this does not end the client's turn."""
SHOWN = {"client.emotion": 0.4, "client.ambivalence": 0.3, "client.insight": 0.3, "client.disclosure": 0.2}
"""What the client may have shown in the turn before, and how much more meeting it is worth."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_EMPTY = frozenset("ok okay so and um uh er hm mm mhm alright right well yeah yes now but oh".split())
_BROKEN = re.compile(r"\[[^\]]*$|unintelligible|inaudible|crosstalk|[-–—]\W*$", re.IGNORECASE)
_FEELING = re.compile(
    r"\b(?:afraid|scared|frighten\w*|fear\w*|anxi\w+|worr\w+|sad(?:ness)?|angry|anger|furious|frustrat\w+|ashamed|shame|"
    r"guilt\w*|lonel\w+|alone|hurts?|hopeless|proud|relie[fv]\w*|overwhelm\w*|exhaust\w+|stuck|torn|griev?\w*|"
    r"lov(?:e[sd]?|ing)|happy|joy\w*|upset\w*|disappoint\w+|helpless|trapped|loss|difficult|hard|painful|heavy|matters?|"
    r"important)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:on (?:the )?one hand|on the other|part of you|at the same time|and yet|although|even though)\b"
    r"|, (?:but|and yet)\b",
    re.IGNORECASE,
)
_STOCK = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|few|couple of|last|past)\W+(?:or \w+\W+)?"
    r"(?:days?|weeks?|months?|years?|hours?|times?)\b"
    rf"|\b(?:left|right|upper|lower)\W+{BODY}\b"
    r"|\byou(?:['’]ve| have)?(?: also| just)? (?:mention(?:ed)?|said|say|told (?:me|us))\b|\b(?:ok|okay|great)\W*$"
    r"|\b(?:cough\w*|phlegm|fever\w*|temperature|rash\w*|itch\w*|skin|urine|bowels?|blood|tablets?|medications?|allerg\w+|"
    r"symptoms?|sweats?|pins and needles|appetite|cholesterol)\b",
    re.IGNORECASE,
)
_TO_THE_CLIENT = re.compile(r"\byou(?:r|rs|['’]\w+)?\b", re.IGNORECASE)
_WHAT_THEY_DID = re.compile(r"(?<!\bfor )\byou(?:['’]\w+)?\s+\w+|\byour\s+\w+", re.IGNORECASE)
_SHARES_THE_LEAD = re.compile(
    r"\b(?:ok|okay|all ?right) (?:if|with you|to)\b|\bis (?:that|it|this) (?:ok|okay|all ?right)\b|\bdo you mind\b"
    r"|\b(?:may|can|could|shall|should) (?:i|we)\b|\bwould (?:you|it)\b|\bdo you want\b"
    r"|\bif you (?:want|like|wish)\w*\b|\btogether\b|\bhave a (?:minute|moment)\b|\bhow does that (?:sound|sit|fit)\b"
    r"|\bwhat would you\b",
    re.IGNORECASE,
)
_ASKS_LEAVE = re.compile(
    r"\b(?:ok|okay|all ?right) (?:if|with you|to)\b|\bdo you mind\b|\bwould it be\b", re.IGNORECASE
)
_THEIR_VIEW = re.compile(
    r"\byou (?:really )?(?:think|feel|want|like|hope|see|make|need|know|notice)\b|\bwould you\b|\bfor you\b|"
    r"\bmatters?\b|\bimportant\b|\bmore about\b",
    re.IGNORECASE,
)
_DEMANDS = re.compile(r"\bi need you to\b|\bwhat the (?:hell|heck)\b|\bdo you mean\b", re.IGNORECASE)


def worth(report: Report, finding: Finding) -> float:
    """How much a finding deserves to be held up, from 0 (not at all) to about 2."""
    text = finding.quote
    if finding.kind not in BASE or _BROKEN.search(text) or carrying(text) < LEAST or is_formality(text):
        return 0.0
    met = _met(report, finding)
    if not _fits(finding.kind, text, met):
        return 0.0
    if finding.kind == "question.open" and is_opener(text):
        return FAINT / 2
    return BASE[finding.kind] + _more(finding.kind, text, met)


def carrying(text: str) -> int:
    """How many different words a text has, fillers and acknowledgements apart."""
    return len({word.lower() for word in _WORD.findall(text)} - _EMPTY)


def _fits(kind: str, text: str, met: float) -> bool:
    """Whether the words bear out what the coder heard in them, well enough to be praised for it."""
    if kind == "reflection.simple":
        felt = bool(_FEELING.search(text))
        return (felt or (met > 0 and not _STOCK.search(text))) and "?" not in text
    if kind == "validation.affirm":
        return bool(_WHAT_THEY_DID.search(text)) and carrying(text) >= SPECIFIC
    if kind == "partnership.autonomy":
        return bool(_TO_THE_CLIENT.search(text))
    if kind == "partnership.collaborate":
        return bool(_SHARES_THE_LEAD.search(text))
    return kind != "question.open" or not _DEMANDS.search(text)


def _more(kind: str, text: str, met: float) -> float:
    """What makes it worth more: it meets what was shown, names a feeling, holds both sides, asks for their view."""
    if within(kind, "question"):
        return 0.75 * met + 0.15 * bool(_THEIR_VIEW.search(text))
    if within(kind, "reflection", "validation", "rupture"):
        vague = not (_TO_THE_CLIENT.search(text) or _FEELING.search(text))
        asks = within(kind, "reflection") and "?" in text
        if within(kind, "validation.affirm"):
            met = met / 2
        return met + 0.2 * bool(_FEELING.search(text)) + 0.15 * bool(_BOTH.search(text)) - 0.3 * (vague + asks)
    return 0.15 * bool(_ASKS_LEAVE.search(text))


def _met(report: Report, finding: Finding) -> float:
    """How much the client had shown in the turn before."""
    return max((SHOWN.get(code, 0.0) for s in _turn_before(report, finding.utterance) for code in s.codes), default=0.0)


def _turn_before(report: Report, utterance: int) -> Iterator[Statement]:
    """The client's statements since the practitioner last said more than a back-channel."""
    for spoken in reversed(report.session[max(0, utterance - BEFORE) : utterance]):
        role = report.session.role_of(spoken)
        if role == "practitioner" and len(_WORD.findall(spoken.text)) >= BACK_CHANNEL:
            return
        if role == "client":
            yield from report.coded.statements_of(spoken.index)
