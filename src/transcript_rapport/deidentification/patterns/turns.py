"""What is given because a line before asked for it: a name, a place, an address, or a number group by group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from transcript_rapport.deidentification.around import MODALS
from transcript_rapport.deidentification.numerals import DIGITS, NUMBER, TEENS, TENS
from transcript_rapport.deidentification.patterns.addresses.heard import heard
from transcript_rapport.deidentification.patterns.addresses.houses import KINDS
from transcript_rapport.deidentification.spans import Found, overlaps
from transcript_rapport.deidentification.tokens import tokens
from transcript_rapport.deidentification.vocabulary import is_listed

Asked = Literal["number", "address"]

_NUMBER = re.compile(
    r"\b(?:numbers?|reference|ref|code|digits|account|policy|card|badge|plate|registration|licen[cs]e|passport"
    r"|id|pin)\b"
    r"(?! (?:of|would|one|two)\b)[^.?!]{0,30}[.?]?\s*$",
    re.IGNORECASE,
)
_RATED = re.compile(r"\b(?:scale|rate|out of|score|how many|number would)\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:(?<!e-mail )(?<!email )(?<!web )\baddress\b|\b(?:house|door|flat) number\b|\bwhat(?:'s| is)? (?:the )?street"
    r"|\bthe street\b|\bwhich (?:road|street)\b|\bpost ?code\b|\bzip\b|\beircode\b|\bpin code\b"
    r"|\bwhere (?:are|do|is|does|'re|should|shall|can|would)\b[^.?!]{0,25}\b(?:liv(?:e|ing)|stay(?:ing)?|send"
    r"|post|deliver))"
    r"[^.?!]{0,40}[.?]?\s*$",
    re.IGNORECASE,
)
_FILLER = (
    r"(?:um|uh|er|erm|it's|its|it is|yes|yeah|yep|sure|okay|ok|so|that's|oh right|well|then|and|at|on|number"
    r"|no\.|i think"
    r"|please|hang on|right|the|in)"
)
_OPEN = rf"^(?:{_FILLER}[\s,.:]+)*"
_CLOSE = r"(?:[\s,]+(?:i think|yeah|yes|please|thanks|um|uh|there|now|that's it|it is))*[\s.,!?]*$"
_FIGURE = (
    rf"(?:double|triple|treble|{'|'.join((*DIGITS, *TEENS, *TENS))}|hundred|\d+|[a-z]\d*|[a-z]{{1,3}}\d+"
    r"|\d+[a-z]{1,2}|(?-i:[A-Z]{2,4}))"
)
_GROUPS = re.compile(
    rf"{_OPEN}(?P<it>{_FIGURE}(?:[\s,./-]+(?:(?:um|uh|er|then|and|dash|slash)[\s,]+)?{_FIGURE})*){_CLOSE}",
    re.IGNORECASE,
)
_CODED = re.compile(
    r"(?<![\w£$€-])(?=(?:[A-Z/ -]{0,7}(?:um |er |uh )?\d){2})(?!(?:I|A)\b)(?:[A-Z]{1,6}|[A-Z]*\d[A-Z\d]*)"
    r"(?:[ /-](?:(?:um|uh|er),? )?(?!(?:I|A|OK)\b)(?:[A-Z]{1,3}|[A-Z]*\d[A-Z\d]*)\b)+"
)
"""Capital letters and figures in groups, where a number was asked for: "ZZ 99 KL GP"."""
_HOUSE = rf"(?:\d{{1,5}}(?:[/-]\d+)?\s?(?:[a-z]\b)?|{NUMBER}(?:[\s-]{NUMBER})?(?:\s[a-d]\b)?)"
_WORD = (
    r"(?!(?:and|or|of|is|was|minutes?|hours?|years?|months?|weeks?|days?|miles?|with|my|her|his|i|we|you|they"
    r"|he|she|it|that|a"
    r"|an|in|on|at|to|from|for|but|because|not|people|kids|blocks?|pounds?|about|away|times?|percent|different"
    r"|places?)\b)"
    r"[^\W\d_][\w'’-]*"
)
_ROAD = re.compile(
    rf"{_OPEN}(?P<it>(?P<no>{_HOUSE}),?(?:[\s,]+{_WORD}){{0,5}}?)(?:(?=[\s,]+(?:and the|um|uh|in|near|that's"
    rf"|just|off)\b)|{_CLOSE})",
    re.IGNORECASE,
)
_STREET = re.compile(rf"{_OPEN}(?P<it>(?:{_WORD}\s+){{1,3}}{KINDS}){_CLOSE}", re.IGNORECASE)
_TURNS = 6


def dictated(texts: Sequence[str], spans: Sequence[Sequence[Found]]) -> Iterator[tuple[int, Found]]:
    """Parts of what was asked for, each with the line it stands in; what was found already is left out.

    An asking opens, answers and short words between them keep it open, and it closes after some turns.
    """
    asked: Asked | None = None
    left = 0
    for at, text in enumerate(texts):
        now = _asks(text)
        found = next(_given(asked, text), None) if asked and (now is None or any(map(str.isdigit, text))) else None
        if found and all(
            found.start <= span.start and span.end <= found.end for span in spans[at] if overlaps(found, [span])
        ):
            kinds = {span.kind for span in spans[at] if overlaps(found, [span])} & {"phone", "date", "email"}
            yield at, replace(found, kind=kinds.pop()) if kinds else found
        begun = any(span.kind == "address" and len(text) - span.end < 35 for span in spans[at])
        if now or begun:
            now = now or "address"
            asked, left = now, _TURNS
        elif found is None:
            left -= 1 if len(text.split()) < 5 else 3
        asked = asked if left > 0 else None


def _asks(text: str) -> Asked | None:
    if _ADDRESS.search(text):
        return "address"
    return "number" if _NUMBER.search(text) and not _RATED.search(text) else None


def _given(asked: Asked, text: str) -> Iterator[Found]:
    """What ``text`` gives of what was ``asked``: a line that says it and hardly anything else."""
    if asked == "address":
        yield from heard(text, asked=True)
        for pattern in (_ROAD, _STREET):
            if match := pattern.search(text):
                yield Found(*match.span("it"), "address")
    if asked == "number" and (match := _CODED.search(text)):
        yield Found(*match.span(), "number")
    if match := _GROUPS.search(text):
        said = re.findall(r"[a-z]+|\d+", match["it"].lower())
        signs = [1 if part in _NUMERALS else len(part) for part in said]
        figures = sum(n for n, part in zip(signs, said, strict=True) if part.isdigit() or part in _NUMERALS)
        coded = asked == "address" and 0 < figures < sum(signs)
        if figures and (sum(signs) > 2 or coded):
            yield Found(*match.span("it"), asked or "number")


_NUMERALS = frozenset((*DIGITS, *TEENS, *TENS, "hundred", "double", "triple", "treble"))


_WHO = re.compile(
    r"(?:\bnames?\b|\bcalled\b|\bwho(?:'s| is| was| are|'d| would| do| did| else)?\b)[^.?!]{0,45}[?.]?\s*$",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:where(?:'s|abouts)?|what (?:town|city|area|part)|which (?:town|city|area|part))\b[^.?!]{0,45}[?.]?\s*$", re.I
)
_SAYING = frozenset(
    "um uh er erm it it's that that's she he she's he's they oh well yeah yes so just is was called my name in near by "
    "like we i'm me and".split()
)


def answered(before: str, text: str, taken: Sequence[Found], cased: bool) -> Iterator[Found]:
    """The name or place with which ``text`` answers the line ``before`` it."""
    who, where = _WHO.search(before), _WHERE.search(before)
    if not (who or where):
        return
    words = tokens(text)
    first = next((at for at, token in enumerate(words[:6]) if token.word not in _SAYING), None)
    if first is None or (cased and not words[first].is_capital):
        return
    token = words[first]
    found = Found(token.start, token.end, "name" if who else "place")
    alone = first + 1 == len(words) or words[first + 1].first or words[first + 1].gap.startswith(",")
    led = first > 0 and words[first - 1].word in {"it", "is", "that", "called", "she", "he", "in"}
    listed = (
        is_listed(token.word, "given_words", "given", "surname_words") if who else is_listed(token.word, "place_words")
    )
    if listed and token.word not in MODALS and (alone or led or where) and not overlaps(found, taken):
        yield found
