"""Safety: a client's words that speak plainly of wanting to die, of harming oneself or somebody, or of being harmed.

A neutral pointer for the reader and never a remark on the practitioner. It is found by words, so it is no search for
danger: most of what matters is said in other words, and nothing found says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.detectors.context import words
from transcript_rapport.lexicons import plain
from transcript_rapport.report import Coded, Finding, Statement

SPOKEN = "safety.spoken"
KINDS: tuple[str, ...] = (SPOKEN,)
WHY = (
    "The client spoke of dying or of somebody being harmed here. This page does not look for danger and cannot judge "
    "it; read the transcript and follow your service's procedure."
)
SOURCE = "NICE NG225 (2022), Self-harm: assessment, management and preventing recurrence"
BY_WORDS = 0.8
"""Score of a finding made by words alone: a convention, not a measured precision."""
LONGEST = 40
"""Words of the quote at most: where a statement is longer, those around what was found."""
ECHO = 3
"""Words: a question as short as this hands back the practitioner's word, and says nothing yet."""

_ONE = r"(?:he|she|they|somebody|someone|somebody else|(?:my|the|our|his|her) (?:\w+[ -])?(?:{}))".format(
    "dad|daddy|mum|mom|mother|father|parents|step ?dad|step ?mum|step ?father|step ?mother|husband|wife|partner|"
    "boyfriend|girlfriend|ex|uncle|aunt|cousin|brother|sister|son|daughter|boss|coach|teacher|carer|neighbour|neighbor"
)
_WHOM = (
    r"(?:him|her|them|somebody|someone|anybody|anyone|people|everyone|everybody|us|that (?:man|woman|guy|boy|girl)|"
    r"(?:my|the|our|his|her) (?:\w+ )?(?:dad|mum|mom|mother|father|parents|step\w+|husband|wife|partner|boyfriend|"
    r"girlfriend|ex|uncle|brother|sister|son|daughter|boss|baby|kids?|child|children|bastard|neighbou?r))\b"
    r"(?! (?:feelings?|chances|back|knee|with kindness)\b)"
)
_WANTS = (
    r"(?:want(?:s|ed|ing)?|wanna|going|gonna|go|try|tried|trying|think|thinks|thinking|thought|thoughts|like|"
    r"urge|urges|"
    r"plan|planned|planning|used|keep|keeps|kept|start|started|starting|might|scared|afraid|ready|about)"
)
_LIGHT = r"(?:(?:to|of|about|just|really|actually|sometimes|even|i (?:might|could|will)|i'll) ){0,3}"
_DYING = (
    r"\bsuicid(?:e|al)\b(?! (?:squad|bomb\w*|mission|hotline|help ?line|prevention|watch)\b)",
    r"\bkill(?:ed|ing|s)? my ?self\b(?! (?:laughing|work\w*|play\w*|train\w*|over|at|with|just to|for (?:saying|"
    r"forgetting|not))\b)",
    r"\b(?:end|ending|take|taking|took) my (?:own )?life\b(?! (?:back|in|into|seriously|for granted|to|forward|"
    r"here|there)\b)",
    r"\bend(?:ing)? it all\b",
    r"\b(?:want(?:s|ed|ing)? to|wanna|feel like|felt like) (?:just )?(?:die|dying|be dead|not exist)\b"
    r"(?! (?:of|with|for|laughing|at home|in my own|in hospital)\b)",
    r"\bwish(?:ed|ing)? (?:that )?i (?:was|were|had been) dead\b"
    r"|\b(?:wish|hope|pray)(?:ed)? (?:that )?i(?:'d| had| could| would)? (?:just )?"
    r"(?:die|died|(?:not|never) wake up|never (?:been born|woken up)|don't wake up|didn't wake up|"
    r"wouldn't wake up)\b",
    r"\b(?:don't|do not|didn't|did not|never|no longer|not) (?:really |even |just |always )?want(?:ing|ed)? to "
    r"(?:live|keep living|go on living|be alive|exist)\b(?! (?:in|with|there|here|near|next|together|alone|"
    r"apart|abroad|by|"
    r"off|at|under|from|my life|a |the |as|so|too|that way|this way|on \w+|like (?!this any ?(?:more|longer)))\b)",
    r"\b(?:don't|do not|didn't|did not) want to (?:be here|wake up) (?:any ?more|any longer|again|ever)\b",
    r"\b(?:better off dead|rather be dead|would be better dead)\b|(?:would|'d) (?:\w+ )?be better off without me\b",
    r"(?:\bno|n't (?:see|have) (?:any|the|a|much)) (?:\w+ )?(?:reason|point) (?:to|in|of) (?:(?:go|going|carry|"
    r"carrying) on )?"
    r"(?:live|living|being alive)\b(?! (?:in|with|there|here|near|together)\b)|\bnothing (?:left )?to live for\b",
    r"\b(?:not|(?:is|was)n't) worth living\b",
    r"\b(?:tired|sick) of (?:living|being alive)\b(?! (?:in|with|there|here|near|out|like|on|off|under|at)\b)",
    r"\b(?:hang|hanging|hanged|drown|drowning|shoot|shooting) myself\b(?! (?:in (?:the|my)|up|with)\b)",
    r"\b(?:throw|throwing|threw) myself (?:under|off|in front|out of)\b"
    r"|\bjump(?:ing|ed)? (?:off (?:a|the) (?:bridge|roof|building|cliff)|in front of (?:a|the) (?:train|bus|car|"
    r"lorry|truck))",
)
_SELF_HARM = (
    r"\bself[- ]?harm(?:s|ed|ing)?\b",
    r"\b(?:cut|cuts|cutting) myself\b(?! (?:shav\w+|cook\w*|chop\w*|peel\w*|slic\w*|garden\w*|some|a|on|off|out|"
    r"short|loose|"
    r"from|in the kitchen|while|when i (?:was )?(?:shav|chop|peel|cook)\w*|by (?:accident|mistake)|opening)\b)",
    r"\b(?:cut|cutting|slit|slitting) my (?:wrists|arms|thighs)\b(?! on)|\bslit(?:ting)? my wrist\b",
    rf"\b{_WANTS} {_LIGHT}(?:hurt|hurting|harm|harming|burn|burning) my ?self\b"
    r"(?! (?:in the long run|out|on|lift\w*|play\w*|run\w*|at|doing|again (?:at|play|lift)\w*|more)\b)",
    r"\b(?:take|took|taking|taken) an? (?:big |massive |deliberate )?overdose\b|\boverdos\w+ (?:on purpose|"
    r"deliberately)\b"
    r"|\bi (?:\w+ )?overdosed\b",
    r"\b(?:take|took|taking|swallow|swallowed|swallowing) (?:all (?:of )?(?:my|the|his|her)|"
    r"a (?:whole )?(?:bottle|handful|"
    r"packet) of) (?:\w+ )?(?:pills|tablets|meds|medication|paracetamol|tylenol)\b",
)
_HARMED = (
    rf"\b{_ONE}(?: \w+| \w+'\w+|'\w+){{0,3}} (?:hits?|hitting|beats?|beating|slap(?:s|ped|ping)?|punch(?:es|ed|ing)?|"
    r"kick(?:s|ed|ing)?|chok(?:es|ed|ing)|strangl(?:es|ed|ing)|molest(?:s|ed|ing)?|abus(?:es|ed|ing)|"
    r"assault(?:s|ed|ing)?)"
    r" (?:me|us)\b(?! (?:out|off|at|to (?:it|the)|in the (?:final|race|game|election)|that|for (?:saying|a)|"
    r"on the back|by|"
    r"up (?:for|about|over)|with (?:the|a) (?:news|bill|question|idea|fine)|again at|hands down)\b)",
    r"\b(?:i|i've|i'd|we|me|am|i'm)\b[^.?!,]{0,25}\b(?:was|were|been|being|get|got|getting|am) (?:\w+ly )?"
    r"(?:abused|molested|assaulted|strangled|choked|beaten up|beaten by|beaten every)\b",
    r"\brape[ds]?\b(?! (?:seed|oil)\b)|\bsexual(?:ly)? abuse[ds]?\b|\btouched me (?:inappropriately|down there|"
    r"where)\b",
    r"\b(?:my|in an?|with an?|left an?|had an?) (?:\w+ )?(?:abusive|violent) (?:relationship|marriage|home|"
    r"household|husband|"
    r"wife|partner|boyfriend|girlfriend|ex|father|mother|dad|mum|mom|step\w+|family|childhood)\b",
    r"\bthreaten(?:s|ed|ing)? to (?:kill|hurt|hit|beat|stab|shoot|burn)\b",
    rf"\b(?:afraid|scared|frightened|terrified|said|says|told me) (?:that )?{_ONE}(?:'d|'ll| would| will| might|"
    rf"'s going to|"
    r" is going to|'s gonna) (?:\w+ )?(?:kill|hurt|hit|beat|stab|shoot) (?:me|us|the (?:kids|children)|her|him|"
    r"them)\b",
)
_HARMS = (
    rf"\b{_WANTS} {_LIGHT}(?:kill|killing|stab|stabbing|shoot|shooting|strangle|strangling|murder|murdering|hurt|"
    rf"hurting|harm|harming) {_WHOM}",
    rf"\b(?:afraid|scared|frightened|worried) (?:that )?i(?:'ll| will| might|'m going to| could) (?:\w+ )?"
    rf"(?:hurt|kill|harm|hit|stab) {_WHOM}",
)
_SPOKEN = re.compile("|".join(f"(?:{pattern})" for pattern in (*_DYING, *_SELF_HARM, *_HARMED, *_HARMS)))
_DENIED = re.compile(
    r"(?:\b(?:never|not|no|nor|neither|without|wouldn't|don't|didn't|haven't|hadn't|isn't|wasn't|aren't|am not|"
    r"doesn't|"
    r"won't|nothing)\b(?! (?:stop|help|know|sure|just|only|remember|think of anything)\b)"
    r"(?:(?!\b(?:but|because|until|unless|except|so|and|when|if)\b"
    # In speech without full stops a new "I" begins a new sentence, but for "I don't think I …".
    r"|(?<!think )(?<!believe )(?<!say )(?<!that )(?<!like )\bi\b)[^.?!;,:]){0,40}$)"
)
_FIGURE = re.compile(r"\b(?:career|social|political|commercial|professional) suicide\b")
_ASKED = re.compile(
    r"\b(?:suicid\w+|kill(?:ing)? yourself|(?:end|ending|take|taking) your (?:own )?life|(?:want|wanting|wanted|"
    r"wish\w*) to die|"
    r"(?:harm|harming) yourself|self[- ]?harm\w*|wish(?:ed|ing)? you (?:were|was) dead)\b[^.!]*\?\s*$"
)
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|i have|i do|i did|sometimes|often|once|a few times|i think so|maybe)\b(?!,? (?:no|not))"
)


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each statement of a client that speaks of it, over the words up to ``LONGEST`` around."""
    for statement in coded.by_role("client"):
        found = spoken(coded.text(statement)) or _says_yes(coded, statement)
        if found:
            start, end = _shown(coded.text(statement), *found)
            place = (statement.start + start, statement.start + end)
            yield Finding(SPOKEN, coded.session[statement.utterance], *place, WHY, SOURCE, score=BY_WORDS)


def spoken(text: str) -> tuple[int, int] | None:
    """Characters (start, end) of the first words that speak of it, denials and figures of speech apart; else None."""
    said = plain(text)
    if said.rstrip().endswith("?") and len(words(text)) <= ECHO:
        return None
    for match in _SPOKEN.finditer(said):
        figure = any(f.start() < match.end() and match.start() < f.end() for f in _FIGURE.finditer(said))
        if not figure and not _DENIED.search(said[: match.start()]):
            return match.span()
    return None


def _says_yes(coded: Coded, statement: Statement) -> tuple[int, int] | None:
    """The whole statement, where it begins a turn with a yes to a practitioner's plain question about it."""
    before = statement.utterance - 1
    first = coded.statements_of(statement.utterance)[0] == statement
    if not first or before < 0 or coded.session.role_of(before) != "practitioner":
        return None
    asked, said = plain(coded.session[before].text), plain(coded.text(statement))
    return (0, len(said)) if _ASKED.search(asked) and _YES.match(said) else None


def _shown(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole text where it is short enough, else at most ``LONGEST`` whole words around the place."""
    there = [match.span() for match in re.finditer(r"\S+", text)]
    if len(there) <= LONGEST:
        return 0, len(text)
    first = next(i for i, (_, stop) in enumerate(there) if stop > start)
    last = next(i for i, (_, stop) in enumerate(there) if stop >= end)
    begin = max(0, min(first - (LONGEST - (last - first + 1)) // 2, len(there) - LONGEST))
    return there[begin][0], there[min(begin + LONGEST, len(there)) - 1][1]
