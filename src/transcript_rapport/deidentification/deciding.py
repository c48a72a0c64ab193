"""What of the networks' judgement counts beside the rules.

What a rule has begun to find is carried on; what was learned more surely is an identifier of its own; and what the
networks are sure is none is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from transcript_rapport.deidentification.around import DOING
from transcript_rapport.deidentification.learned import OWNED, Judged
from transcript_rapport.deidentification.numbering import plain
from transcript_rapport.deidentification.numerals import DAY, DIGIT_WORDS, NUMBER
from transcript_rapport.deidentification.patterns.ages import OLD
from transcript_rapport.deidentification.patterns.formal import PUBLIC
from transcript_rapport.deidentification.spans import Found, overlaps
from transcript_rapport.deidentification.vocabulary import clinical, is_listed, is_ordinary, standing
from transcript_rapport.placeholders import KINDS

SURE, OWN = 0.3, 0.4
"""From these probabilities on, a word goes on what a rule began, and makes an identifier that no rule found."""
DOUBTED, DONE = 0.9, 0.97
"""The same of what is mostly something else: numbers that the rules leave are scores, doses and times; and of verbs."""
RULED_OUT, ODD = 0.02, 0.15
"""What a rule found is none where its likeliest word is less likely; the second of small words that no list knows."""
AGED = 0.6
"""The same of ages, which are told by what they are: ninety and more."""
_COUNTED = re.compile(rf"\d|\b(?:{NUMBER}|{DIGIT_WORDS}|{DAY}|hundred|thousand)\b", re.IGNORECASE)
_WEB = re.compile(r"[.@_/\d]|\b(?:dot|at|underscore|slash|dash|hyphen)\b", re.IGNORECASE)
_OLD = re.compile(rf"(?!101\b){OLD}(?:[\s-]+(?:years?[\s-]old|odd|something))?", re.IGNORECASE)
_MADE_AS = {**dict.fromkeys(("date", "phone", "number"), _COUNTED), "email": _WEB, "url": _WEB, "age": _COUNTED}
"""What stands in an identifier of a kind that has a form."""
_ROUND = frozenset(("ninety", "90", "a hundred", "one hundred", "100"))
_CLOCK = re.compile(r"\d{1,2}(?::\d\d){1,2}")
_NINE = re.compile(r"\bnine\b", re.IGNORECASE)
_OR = re.compile(r"\s+(?:or|and)\s+|,\s*")
_LEADS_ON = frozenset("a an and at in of on or the to".split())
_CLOSES = re.compile(r"\s*(?:[^\w\s]|$|(?:and|but|so|on|in|for|since|while|when|because|where|as|he|she|they|we|i)\b)")
_OPENING = re.compile(r"(?:^|[.?!…])[\s\"'“‘]*$")
_BETWEEN = re.compile(r"[\s,'’\-/+().]{0,3}")


class Tagged(NamedTuple):
    """Words side by side that are taken for an identifier, and how sure the surest of them is."""

    span: Found
    chance: float


def believed(text: str, ruled: Sequence[Found], line: Judged) -> list[Found]:
    """The rules' spans but those of which the networks are sure that they are none."""
    return [span for span in ruled if line.chance(span) >= (ODD if _is_odd(text, span) else RULED_OUT)]


def _is_odd(text: str, span: Found) -> bool:
    """Whether it is a name only because no dictionary has the word: "osteo"."""
    said = text[span.start : span.end]
    return span.kind == "name" and said.isalpha() and said.islower() and standing(said) == "unknown"


def finished(text: str, ruled: Sequence[Found], tagged: Sequence[Tagged]) -> list[Found]:
    """The rules' spans, each as far as what was learned goes on, and what was learned surely where no rule found any.

    A span goes on up to the next; names and ages only give way to what was learned of the whole they lie in.
    """
    learned = [one.span for one in tagged]
    order = _inside(ruled, learned)
    found: list[Found] = []
    for n, span in enumerate(order):
        longer = span if span.kind in ("name", "age") else _grown(text, span, learned)
        first = found[-1].end if found else 0
        last = order[n + 1].start if n + 1 < len(order) else len(text)
        start = max(longer.start, first) if first <= span.start else span.start
        end = min(longer.end, last) if last >= span.end else span.end
        found.append(_without_edges(text, replace(longer, start=start, end=end), span))
    own = [one.span for one in tagged if _stands_alone(text, one) and not overlaps(one.span, found)]
    return sorted([*found, *own], key=lambda one: one.start)


def _inside(ruled: Sequence[Found], learned: Sequence[Found]) -> list[Found]:
    """The rules' spans in order, where a name or an age that is part of something longer gives way to it."""
    wider = [one for one in learned if _is_wider(one, [span for span in ruled if overlaps(span, [one])])]
    kept = [span for span in ruled if not overlaps(span, wider)]
    return sorted([*wider, *kept], key=lambda one: one.start)


def _is_wider(one: Found, within: Sequence[Found]) -> bool:
    """Whether it holds these spans of rules whole, and none is as long; names side by side are people of their own."""
    inside = all(one.start <= s.start and s.end <= one.end and s.end - s.start < one.end - one.start for s in within)
    return bool(within) and inside and (len(within) == 1 or one.kind != "name")


def _stands_alone(text: str, one: Tagged) -> bool:
    """Whether it is an identifier though no rule found any of it."""
    said, before = text[one.span.start : one.span.end], text[: one.span.start]
    made_as, words = _MADE_AS.get(one.span.kind), plain(said).split()
    doubted = made_as is _COUNTED or (one.span.kind == "organisation" and _is_kind(words))
    if one.span.kind == "age":
        return one.chance >= (DOUBTED if said.lower() in _ROUND else AGED) and bool(_OLD.fullmatch(said))
    if one.chance < (DONE if said in DOING else DOUBTED if doubted else OWN) or before.rfind("[") > before.rfind("]"):
        return False
    if made_as and (not made_as.search(said) or _CLOCK.fullmatch(said) or _is_public(said)):
        return False
    opens = said[0].isupper() and is_ordinary(said.lower()) and bool(_OPENING.search(before))
    stutters = "-" in said and " " not in said and all(map(is_ordinary, said.lower().split("-")))
    hums = len(said) < 3 and said.islower() and one.span.kind != "name"
    famous = one.span.kind == "name" and is_listed(plain(said), "famous")
    term = clinical().issuperset(words)
    return not (opens or stutters or hums or famous or term)


def _is_public(said: str) -> bool:
    """Whether it is a number of a public service, or several: "116 123 or nine nine nine"."""
    return all(re.sub(r"\W", "", _NINE.sub("9", one)) in PUBLIC for one in _OR.split(said))


def _is_kind(words: Sequence[str]) -> bool:
    """Whether ordinary words end in one that says a kind of organisation: "crown court", "ward"."""
    return bool(words) and all(map(is_ordinary, words)) and is_listed(words[-1], "organisations", "generic", "streets")


def _without_edges(text: str, longer: Found, span: Found) -> Found:
    """The longer span without blanks and marks at the ends it gained."""
    start, end = longer.start, longer.end
    while start < span.start and not text[start].isalnum():
        start += 1
    while end > span.end and not text[end - 1].isalnum():
        end -= 1
    return replace(longer, start=start, end=end)


def _grown(text: str, span: Found, learned: Sequence[Found]) -> Found:
    """The span with every learned one that overlaps or touches it, or what it has become by then."""
    for more in (*learned, *reversed(learned)):
        apart = min(span.end, more.end), max(span.start, more.start)
        if apart[1] < apart[0] or _BETWEEN.fullmatch(text, *apart):
            span = replace(span, start=min(span.start, more.start), end=max(span.end, more.end))
    return span


def identifiers(text: str, line: Judged) -> Iterator[Tagged]:
    """Where words of a text are taken for identifiers: those side by side as one, of their likeliest kind."""
    pieces = line.pieces
    sure = (1 - line.likely[:, 0] >= SURE).tolist()
    run: list[int] = []
    for n, piece in enumerate(pieces):
        if run and not (sure[n] and _BETWEEN.fullmatch(text, pieces[n - 1].end, piece.start)):
            yield from _identifier(text, run, line)
            run = []
        if sure[n]:
            run.append(n)
    yield from _identifier(text, run, line)


def _identifier(text: str, run: Sequence[int], line: Judged) -> Iterator[Tagged]:
    """The words of a run without marks at its ends, what only leads on, and an owner's 's.

    An organisation keeps its 's where nothing more follows: "at Jimmy's".
    """
    pieces, likely = line
    words = [n for n in run if pieces[n].text[0].isalnum()]
    while words and pieces[words[-1]].text in _LEADS_ON:
        words.pop()
    if words:
        last = pieces[words[-1]]
        kind = KINDS[int(likely[words, 1:].sum(0).argmax())]
        for n, (one, other) in enumerate(pairwise(words), 1):
            if kind == "number" and ". " in text[pieces[one].end : pieces[other].start]:  # "2207 M. M for moon"
                yield from _identifier(text, words[:n], line)
                yield from _identifier(text, words[n:], line)
                return
        owned = None if kind == "organisation" and _CLOSES.match(text, last.end) else OWNED.search(last.text)
        span = Found(pieces[words[0]].start, last.end - (len(owned.group()) if owned else 0), kind)
        yield Tagged(span, float(1 - likely[words, 0].min()))
