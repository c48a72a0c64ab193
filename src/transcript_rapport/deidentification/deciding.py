"""What of the networks' judgement counts beside the rules.

What a rule has begun to find is carried on; what was learned more surely is an identifier of its own; and what the
networks are sure is none is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from transcript_rapport.deidentification.alone import Tagged, stands_alone
from transcript_rapport.deidentification.learned import OWNED, Judged
from transcript_rapport.deidentification.spans import Found, overlaps
from transcript_rapport.deidentification.vocabulary import standing
from transcript_rapport.placeholders import KINDS

SURE = 0.2
"""From this probability on, a word goes on what a rule, or a surer word beside it, began."""
RULED_OUT, ODD = 0.02, 0.15
"""What a rule found is none where its likeliest word is less likely; the second of small words that no list knows."""
_LEADS_ON = frozenset("a an and at in of on or the to".split())
_CLOSES = re.compile(r"\s*(?:[^\w\s]|$|(?:and|but|so|on|in|for|since|while|when|because|where|as|he|she|they|we|i)\b)")
_BETWEEN = re.compile(r"[\s,'’\-/+().]{0,3}")


def believed(text: str, ruled: Sequence[Found], line: Judged) -> list[Found]:
    """The rules' spans but those of which the networks are sure that they are none."""
    return [span for span in ruled if line.chance(span) >= (ODD if _is_odd(text, span) else RULED_OUT)]


def _is_odd(text: str, span: Found) -> bool:
    """Whether it is a name only because no dictionary has the word: "osteo"."""
    said = text[span.start : span.end]
    return span.kind == "name" and said.isalpha() and said.islower() and standing(said) == "unknown"


def finished(text: str, ruled: Sequence[Found], tagged: Sequence[Tagged], cased: bool = False) -> list[Found]:
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
    own = [one.span for one in tagged if stands_alone(text, one, cased) and not overlaps(one.span, found)]
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
