"""Whether words bear out what the coder heard in them, well enough to be praised for it.

Rules of form, made by reading praise that did not fit in real sessions, poor ones above all: praise that is wrong is
worse than none. They change no mark and no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from transcript_rapport.renderers.kinds import within
from transcript_rapport.renderers.tact import BODY

SPECIFIC = 7
"""Different words below which an affirmation can hardly say what for."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_EMPTY = frozenset("ok okay so and um uh er hm mm mhm alright right well yeah yes now but oh".split())
FEELING = re.compile(
    r"\b(?:afraid|scared|frighten\w*|fear\w*|anxi\w+|worr\w+|sad(?:ness)?|angry|anger|furious|frustrat\w+|"
    r"ashamed|shame|"
    r"guilt\w*|lonel\w+|alone|hurts?|hopeless|proud|relie[fv]\w*|overwhelm\w*|exhaust\w+|stuck|torn|griev?\w*|"
    r"lov(?:e[sd]?|ing)|happy|joy\w*|upset\w*|disappoint\w+|helpless|trapped|loss|difficult|hard|painful|heavy|"
    r"matters?|"
    r"important)\b",
    re.IGNORECASE,
)
TO_THE_CLIENT = re.compile(r"\byou(?:r|rs|['’]\w+)?\b", re.IGNORECASE)
_STOCK = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|few|couple of|last|past)\W+(?:or \w+\W+)?"
    r"(?:days?|weeks?|months?|years?|hours?|times?)\b"
    rf"|\b(?:left|right|upper|lower)\W+{BODY}\b"
    r"|\byou(?:['’]ve| have)?(?: also| just)? (?:mention(?:ed)?|said|say|told (?:me|us))\b|\b(?:ok|okay|great)\W*$"
    r"|\b(?:cough\w*|phlegm|fever\w*|temperature|rash\w*|itch\w*|skin|urine|bowels?|blood|tablets?|medications?|"
    r"allerg\w+|"
    r"symptoms?|sweats?|pins and needles|appetite|cholesterol)\b",
    re.IGNORECASE,
)
_WHAT_THEY_DID = re.compile(
    r"(?<!\bfor )\byou(?:['’]\w+)?\s+(?!(?:know|see|mean)\b)\w+"
    r"|\byour\s+(?:\w+\s+)?(?:efforts?|strengths?|courage|patience|focus|work|honesty|openness|kindness|care|commitment|"
    r"willingness|determination|energy|progress|love|skills?|bravery)\b",
    re.IGNORECASE,
)
_SELLS = re.compile(
    r"\b(?:we|i) (?:offer|provide|sell|recommend)\b|\bchances? of success\b|\btimes (?:greater|more|as likely)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:better off|should(?:n['’]t)?|ought|in my (?:opinion|view)|if you ask me|be best for you|be better for you|"
    r"good idea|you['’]?re wrong|misconception|myths?|surpris\w+|ridiculous|silly|bad for you)\b",
    re.IGNORECASE,
)
_OWN_WORRY = re.compile(
    r"\bi(?:['’]m| am)(?: \w+){0,2} (?:concerned|worried|disappointed|surprised|shocked)\b"
    r"|\bi(?: really)? hope (?:that )?you(?:['’]ll| will|['’]re going to)?(?: \w+)? (?:think|consider|listen|"
    r"take|quit|stop|try)\b"
    r"|\b(?:can['’]t|don['’]t|won['’]t|couldn['’]t) you\b",
    re.IGNORECASE,
)
_KEPT_WAITING = re.compile(
    r"\b(?:ran over|over-?ran|(?:be|being|am|i['’]m|running|bit|so) late|running behind|kept you waiting|"
    r"keep(?:ing)? you waiting|"
    r"the (?:wait|delay)|(?:should|could)(?:['’]ve| have) (?:rung|rang|called|phoned)|traffic)\b",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"\b(?:that|it|this|what i said)(?: (?:just|really|probably|may have|might have))? "
    r"(?:came|come|sounded|landed|was) (?:out|across|like|as|wrong|harsh|clumsy|unfair|blunt|rude|insensitive|badly)\b"
    r"|\b(?:what|how|the way|when) i (?:just )?(?:said|put|asked|phrased|worded)\b"
    r"|\bi (?:just |\w+ly )?(?:said|put (?:that|it)|phrased|worded|interrupted|cut you|snapped|judged|assumed|"
    r"jumped|rushed|brushed|missed|misunderstood|misheard|spoke|lectured|pushed|rattled)\b"
    r"|\bi (?:should(?:n['’]t)?(?:['’]ve| have)|did(?:n['’]t| not) "
    r"mean)\b|\bmy (?:words?|wording|question|remark|tone|mistake|fault)\b",
    re.IGNORECASE,
)
_SORRY = re.compile(r"\b(?:sorry|apolog\w+)\b", re.IGNORECASE)
_TURNS_TOWARDS = re.compile(
    r"\b(?:sorry (?:that|if|for|about|i|you|this|it)\b|apologi[sz]e|my (?:fault|mistake|doing)|you(?:['’]re|"
    r" are) right|"
    r"thank(?:s| you) for (?:telling|saying|being)|fair (?:enough|point)|(?:hear|understand|see|get) (?:that|"
    r"you|how|why|what)|"
    r"(?:sounds?|seems?|feels?) (?:like|as)|what i said|i (?:missed|misunderstood|got that|went|pushed|jumped|"
    r"wasn['’]t)|"
    r"tell me|for you|what (?:would|do|did|was|is|have|are) (?:you|that|it|i)|how (?:would|do|did|was|"
    r"is) (?:you|that|it|this)|"
    r"you(?:['’]re|['’]ve|['’]d| are| were| have|r)? (?:\w+ )?(?:feel\w*|felt|frustrat\w+|annoyed|angry|upset|"
    r"worried|tired|"
    r"doubt\w*|unsure|not sure|wondering|want\w*|wish\w*|need\w*|thought|saying|think\w*))",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\bi (?:am|was|have|do|did)(?:n['’]t| not)?\W*$|\bi don['’]t think i\b|^\W*i am\b|\bnot what i meant\b", re.I
)
_CHOICE = re.compile(
    r"\b(?:up to you|your (?:own )?(?:choice|decision|call|pace|terms|body|life|say)|you(?:['’]re|"
    r" are) (?:the one|in charge|free)|"
    r"you(?:['’]ll| will| can| could| may| might| get to| are welcome to)? (?:decide|choose|pick|stop|say no|"
    r"change your mind|"
    r"know (?:best|better)|tell me|leave|skip)|you don['’]t have to|(?:what|which|how|who|when)ever you|"
    r"whether (?:or not )?you|"
    r"if you(?:['’]d| would)? (?:want|like|choose|prefer|decide|wish|rather)|only you|you(?:['’]d| would) rather|"
    r"nobody (?:can|will|else)|no one (?:can|will|else))\b",
    re.IGNORECASE,
)
_GRUDGED = re.compile(
    r"\bmight be your\b|\bbefore (?:we|i) make\b|\bas long as\b|\byour (?:choice|decision|call),? but\b", re.I
)
_SHARES_THE_LEAD = re.compile(
    r"\b(?:ok|okay|all ?right) (?:if|with you|to)\b|\bis (?:that|it|this) (?:ok|okay|all ?right)\b|\bdo you mind\b"
    r"|\b(?:may|can|could|shall|should) (?:i|we)\b|\bwould (?:you|it)\b|\bdo you want\b"
    r"|\bif you (?:want|like|wish)\w*\b|\btogether\b|\bhave a (?:minute|moment)\b|\bhow does that (?:sound|sit|fit)\b"
    r"|\bwhat would you\b|\bdoes (?:that|it|this) (?:sound|fit)\b",
    re.IGNORECASE,
)
_THE_WORK = re.compile(
    r"\b(?:talk\w*|look(?:ed|ing)?|go (?:back )?(?:through|over)|work(?:ing)?|plan|try|try it|think|figure|"
    r"decide|start|begin|"
    r"discuss|share|hear|say|said|explain|ask|goals?|ideas?|options?|agree|write|focus|see (?:if|how|what|"
    r"where)|sound|fit|"
    r"feel|useful|helpful|information|suggest\w*|thoughts?|notes?|topic|question|tell me|describe|exercise|steps?)\b",
    re.IGNORECASE,
)
_NOT_THE_WORK = re.compile(
    r"\b(?:(?:take|taking|have|having|grab) a seat|sit(?:ting)? down|come (?:in|through)|get together|hang out|"
    r"meet up|"
    r"(?:a|for) (?:drink|coffee|date|dinner)|your (?:number|phone|coat))\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"(?:^|[,.;:–—-]\s*|\b(?:so|and|but|um|uh|know|then|ok|okay|well|me|wonder\w*|just|why)\s+)(?:why|how come)\b",
    re.IGNORECASE,
)
_DEMANDS = re.compile(
    r"\bi need you to\b|\bwhat the (?:hell|heck)\b|\bdo you mean\b|\btell me (?:exactly )?what you did\b|"
    r"\bwithout your\b"
    r"|\bwhat (?:were|was) you thinking\b|\b(?:gonna|going to) (?:stop|quit|manage)\b.*\bwithout\b",
    re.IGNORECASE,
)


def carrying(text: str) -> int:
    """How many different words a text has, fillers and acknowledgements apart."""
    return len({word.lower() for word in _WORD.findall(text)} - _EMPTY)


def worded(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def is_stock(text: str) -> bool:
    """Whether a text hands back a fact, a number or a place in a check list."""
    return bool(_STOCK.search(text))


def fits(kind: str, text: str, met: float) -> bool:
    """Whether ``text`` bears out its ``kind``; ``met`` is how much the client had shown just before, 0 for nothing."""
    opinion = within(kind, "reflection", "validation") and _OPINION.search(text)
    return not opinion and (kind not in _RULES or _RULES[kind](text, met))


def _echo(text: str, met: float) -> bool:
    felt = bool(FEELING.search(text))
    return (felt or (met > 0 and not _STOCK.search(text))) and "?" not in text


def _affirmation(text: str, _met: float) -> bool:
    return bool(_WHAT_THEY_DID.search(text)) and carrying(text) >= SPECIFIC and not _SELLS.search(text)


def _care(text: str, met: float) -> bool:
    apology = _SORRY.search(text) and _OWN_WORDS.search(text)
    return met > 0 and not (apology or _OWN_WORRY.search(text) or _KEPT_WAITING.search(text))


def _repair(text: str, _met: float) -> bool:
    return bool(_TURNS_TOWARDS.search(text)) and not _DENIES.search(text)


def _autonomy(text: str, _met: float) -> bool:
    return bool(_CHOICE.search(text)) and not _GRUDGED.search(text)


def _collaboration(text: str, _met: float) -> bool:
    return bool(_SHARES_THE_LEAD.search(text) and _THE_WORK.search(text)) and not _NOT_THE_WORK.search(text)


def _question(text: str, _met: float) -> bool:
    return not (_DEMANDS.search(text) or _WHY.search(text))


_RULES: Mapping[str, Callable[[str, float], bool]] = {
    "reflection.simple": _echo,
    "validation.affirm": _affirmation,
    "validation.support": _care,
    "rupture.repaired": _repair,
    "partnership.autonomy": _autonomy,
    "partnership.collaborate": _collaboration,
    "question.open": _question,
}
