"""E-mails, web addresses and the names people go by on sites, as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcript_rapport.deidentification.numerals import DIGIT_WORDS, NUMBER
from transcript_rapport.deidentification.spans import Found, found_by
from transcript_rapport.deidentification.vocabulary import is_listed, is_ordinary

_EMAIL = re.compile(r"[\w.+'-]*\w@\w[\w-]*(?:\.\w[\w-]*)+")
_ENDING = (
    r"(?:com|org|net|edu|gov|info|io|me|app|uk|ie|eu|co|blog|online|site|health|ly|tv|gg|fm|xyz|dev|page|link|biz|shop"
    r"|store|club|news|media|care|help|support|community|clinic|charity|foundation|church|cymru|wales|scot|irish"
    r"|london|au|nz|ca|us|de|fr|pl|nl|es|za|example|test|invalid)"
)
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_PATH = r"/[^\s<>\[\]]*[^\s<>\[\].,;:!?)'\"]"
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\[\]]*[^\s<>\[\].,;:!?)'\"]"
    rf"|(?<![\w@.-]){_LABEL}(?:\.{_LABEL})*\.(?:{_ENDING}(?:{_PATH})?(?![\w])|[a-z]{{2,}}{_PATH})"
    rf"|(?<![\w@.-])(?:[a-z0-9-]{{2,}}\.){{2,}}[a-z]{{2,}}\b(?:{_PATH})?"
    r"|(?<![\w@.])@\w[\w.-]*\w|\b[^\W_]+(?:_[^\W_]+)+\b|(?<![\w/])/?[ur]/\w{3,}|\b[^\W\d]\w+#\d{4}\b",
    re.IGNORECASE,
)
SITES = (
    r"(?:insta(?:gram)?|snap(?:chat)?|twitter|tik ?tok|discord|reddit|skype|facebook|messenger|youtube|twitch|tumblr"
    r"|threads|blue ?sky|mastodon|steam|xbox|playstation|psn|roblox|minecraft|fortnite|strava|telegram|signal|kik"
    r"|wattpad|pinterest|linkedin|vinted|etsy|depop|soundcloud|spotify|patreon|substack|hinge|tinder|grindr|bumble)"
)
_OWN = r"(?:handle|user ?name|user ?id|log ?in|gamer ?tag|screen ?name|tag|nickname online)"
_LINK = r"(?:['’]s| is| was|:|,)?(?:\s+(?:name|handle|user ?name|account|page|profile|tag|id)\b(?:['’]s| is| was|:)?)?"
_BETWEEN = r"(?:\W+(?:name|handle|is|it's|its|as|at|under|called|account|my|on|there|i'm|i am|he's|she's|just)\b){0,5}"
_WITH_FIGURES = re.compile(
    rf"\b(?:{SITES}|{_OWN})\b{_BETWEEN}(?:['’]s)?\W+(?P<it>(?=[\w.]*(?:[\d_]|\.\w))(?=[\w.]*[a-z])[\w.]*\w)",
    re.IGNORECASE,
)
_CUED = re.compile(
    rf"\b(?:{SITES}|{_OWN})\b{_LINK}(?:\s+(?:i'm|i am|as|under|called|he's|she's|it's))?\s+(?P<it>[\w.-]*\w)"
    rf"(?=\s*(?:[.,;!?]|$|\s(?:if|and|but|so|on|with)\b))",
    re.IGNORECASE,
)
_ON = re.compile(rf"\b(?P<it>[\w.-]*\w)(?=,? on (?:my |the )?{SITES}\b)", re.IGNORECASE)
_STOP = (
    r"(?!(?:and|but|so|on|with|if|because|cos|or|all|one|then|is|not|private|really|just|my|the|her|his|still|you"
    r"|i|in|to|for|that|which|it|what|where|when|they)\b)"
)
_COUNT = rf"(?:{DIGIT_WORDS}|{NUMBER})"
_WORDS = rf"{_STOP}\w+(?:\s+{_STOP}\w+|\s+one(?!\s+word)){{0,5}}"
_END = r"(?=\s*(?:[.,;!?]|$|\s(?:all (?:one|lower)|one word|on|and|if|but|so|with|because|cos|no spaces)\b))"
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # my username is silver fox sixty two (all one word)
        rf"\b{_OWN}(?:['’]s|s| is| was|:)\s+(?P<it>(?:at\s+)?{_WORDS}){_END}",
        # i'm at the real jodie k on insta; tiktok at at salty mermaid
        rf"\b(?:i'm|im|it's|its|he's|she's|they're|is|me|him|her|as"
        rf"|follow)\s+(?P<it>at\s+(?:the\s+)?{_WORDS})\s+on {SITES}\b",
        rf"\b{SITES}\b(?:\W+(?:it's|its|is|as|i'm|under|she's|he's|at))\s+(?P<it>at\s+(?:the\s+)?{_WORDS}){_END}",
        # my reddit name's throwaway nine two one
        rf"\b{SITES}\b(?:\s+(?:name|handle|account|page|tag))?(?:['’]s| is|s| as"
        rf"| under)\s+(?P<it>(?:{_STOP}\w+\s+){{1,4}}"
        rf"(?:{_COUNT}\b\s*)*{_COUNT}){_END}",
        rf"\b(?P<it>at(?:\s+{_STOP}[a-z]\w*){{1,5}})(?=,?\s+(?:all )?one word)",
        rf"\b{SITES}\b(?:['’]s| is| name's| name is| as| under)\s+(?P<it>{_WORDS})(?=,?\s+(?:all )?one word)",
    )
)


def web(text: str) -> Iterator[Found]:
    """E-mails, web addresses and the names people have on sites, written or said after a word such as "handle"."""
    yield from found_by(_EMAIL, text, "email")
    yield from found_by(_URL, text, "url")
    yield from found_by(_WITH_FIGURES, text, "url")
    for pattern in (_CUED, _ON):
        yield from (one for one in found_by(pattern, text, "url") if _is_made_up(text[one.start : one.end]))
    if "@" not in text and not re.search(r"\bat\b.*\bdot\b", text):
        yield from (found for pattern in _SAID for found in found_by(pattern, text, "url"))


def _is_made_up(word: str) -> bool:
    """Whether a word beside a site's name is a name there, and no ordinary word or person."""
    plain = word.lower()
    known = is_ordinary(plain) or is_listed(plain, "safe", "brands", "given", "kin", "generic", "pronouns")
    shaped = bool(re.search(r"[a-z].*[\d._]|[\d._].*[a-z]", plain))
    return len(plain) > 3 and (shaped or (plain.isalpha() and not known))
