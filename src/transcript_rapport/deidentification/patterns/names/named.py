"""Names of people, places and organisations: by capitals, by lists and by the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcript_rapport.deidentification.around import MOVING, PLACE_BEFORE, PREFIXES, WORKING
from transcript_rapport.deidentification.patterns.names.capitals import capitals
from transcript_rapport.deidentification.patterns.names.runs import SIZES, next_to
from transcript_rapport.deidentification.patterns.names.small import small
from transcript_rapport.deidentification.patterns.names.told import after_title, told
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.tokens import TITLES, Token, token_at
from transcript_rapport.deidentification.vocabulary import is_listed
from transcript_rapport.placeholders import Kind


def named(words: Sequence[Token], text: str, cased: bool) -> list[Found]:
    """People, places and organisations among the ``words`` of one line of ``text``; ``cased``: capitals tell names."""
    spans: list[Found] = []
    at = 0
    while at < len(words):
        end = _run(words, at, text, cased)
        if (
            end > at
            and not _is_shop(words, at, end)
            and not (_is_famous(words, at, end) or _is_measure(words, at, end))
        ):
            spans.append(_named(words, at, end, text))
            end = next(n for n in range(len(words), at, -1) if words[n - 1].start < spans[-1].end)
        at = max(end, at + 1)
    return spans


def _named(words: Sequence[Token], at: int, end: int, text: str) -> Found:
    """The name at ``at`` to ``end`` with what belongs to it: a title, "university of"."""
    kind = kind_of(words, at, end)
    start = _with_prefix(words, at) if kind == "place" else _titled(words, at)
    before = [word.word for word in words[max(0, at - 2) : at]]
    if before[-1:] == ["of"] and before[0] in {"university", "bank", "college", "diocese"}:
        start, kind = at - 2, "organisation"
    return Found(_nicknamed(words, start, kind), _owned(words, end, text, kind), kind)


def _is_shop(words: Sequence[Token], at: int, end: int) -> bool:
    """Whether it is a big shop or site that somebody goes to, and does not work at."""
    near = {word.word for word in words[max(0, at - 6) : at]}
    return end == at + 1 and is_listed(words[at].word, "brands") and not near & WORKING


def _is_famous(words: Sequence[Token], at: int, end: int) -> bool:
    """Whether it is somebody or something the world knows by those words, alone or with the next: "Jack Daniel's"."""
    return any(
        is_listed(" ".join(t.word for t in words[n:m]), "famous")
        for n in (at, at - 1)
        for m in (end, end + 1)
        if n >= 0
    )


def _is_measure(words: Sequence[Token], at: int, end: int) -> bool:
    """Whether what is named is a scale, an illness or a tool: "the Edinburgh scale", "your berg score"."""
    after = words[end].word if end < len(words) and (next_to(words[end]) or words[end - 1].owns) else ""
    the = at > 0 and words[at - 1].word == "the" and words[at - 1].text == "the" and words[end - 1].owns
    shop = the and end == at + 1 and is_listed(words[at].word + "'s", "safe", "brands")
    return shop or after in _MEASURES


_MEASURES = frozenset(
    "scale score scores index inventory questionnaire disease syndrome screwdriver palsy manoeuvre magnet stain".split()
)


def _nicknamed(words: Sequence[Token], at: int, kind: Kind) -> int:
    """Where "big lou" begins, in characters."""
    before = token_at(words, at - 1)
    led = kind == "name" and before is not None and before.word in SIZES and words[at].gap.isspace()
    return before.start if led and before is not None else words[at].start


def _owned(words: Sequence[Token], end: int, text: str, kind: Kind) -> int:
    """Where a name ends, in characters; an organisation's with its 's where no more follows ("at jimmy's")."""
    last = words[end - 1]
    closed = end == len(words) or not next_to(words[end]) or is_listed(words[end].word, "pronouns")
    owned = re.match(r"['’]s", text[last.end :])
    return last.end + 2 if owned and kind == "organisation" and closed else last.end


def _titled(words: Sequence[Token], at: int) -> int:
    """Where the name at ``at`` begins with its title."""
    before = token_at(words, at - 1)
    return at - 1 if before and before.word in TITLES and after_title(words[at], before) else at


def _with_prefix(words: Sequence[Token], at: int) -> int:
    """Where a place begins whose first word is an ordinary one: "New …", "San …"."""
    before = token_at(words, at - 1)
    led = before is not None and before.word in PREFIXES and re.fullmatch(r"\.?\s+", words[at].gap)
    return at - 1 if led and before is not None and before.text[0].isupper() == words[at].text[0].isupper() else at


def _run(words: Sequence[Token], at: int, text: str, cased: bool) -> int:
    """The end of the name that begins with the word at ``at``; ``at`` itself where none does."""
    end = told(words, at, text, cased)
    if end > at:
        return end
    if words[at].is_capital and words[at].word and (cased or not words[at].first):
        return capitals(words, at)
    return small(words, at, cased)


def kind_of(words: Sequence[Token], at: int, end: int) -> Kind:
    """What a run of words names, by its own words and those before it."""
    run = [token.word for token in words[at:end]]
    before = [word.word for word in words[max(0, at - 3) : at]]
    last = before[-1] if before else ""
    if any(is_listed(word, "organisations") for word in run) and (len(run) > 1):
        return "organisation"
    if last == "at" and words[end - 1].owns and WORKING & set(before):  # "on placement at jimmy's"
        return "organisation"
    if last in TITLES or is_listed(last, "kin") or (is_listed(run[0], "given") and not is_listed(run[0], "places")):
        return "name"
    if all(is_listed(word, "places", "place_words") for word in run) and (last != "with"):
        return "place"
    if is_listed(run[0], "brands") or (last in {"at", "for", "with"} and WORKING & set(before)):
        return "organisation"
    moving = last in {"to", "from", "at"} and bool(MOVING & set(before[:-1]))
    return "place" if last in PLACE_BEFORE or moving else "name"
