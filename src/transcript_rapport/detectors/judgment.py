"""Judgment: wording that could be heard as judgment, from the coder's reading and the lexicon's words together.

A client's own words, and the practitioner quoting or denying them, are never judgment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import prod

from transcript_rapport import lexicons
from transcript_rapport.codebook import codes
from transcript_rapport.detectors.context import finding, heard, likeliest, quoted
from transcript_rapport.lexicons import Match
from transcript_rapport.report import Coded, Finding, Span, Statement

KINDS: tuple[str, ...] = tuple(code.name for code in codes().values() if code.family == "judgment")
LABEL = "judgment.label"

SHOWN = 0.9
"""Least probability of any judgment at which the coder's reading is shown: quiet rather than loud."""
WHICH = 0.85
"""Least probability of the kind it is shown as: a remark that cannot say what it means helps nobody."""
HINT = 0.25
"""Least probability of any judgment at which words that are not sure by themselves count."""
SURE = 0.6
"""Score of words that are sure by themselves, where the coder finds judgment less likely than that."""
WORDLESS_WHY = "It can be heard as a verdict on the person, although no single word in it labels."
WORDLESS_TRY = "Say what happened, and ask: “How do you see it?”"
"""What is told where the coder hears a label and the lexicon knows none of the words."""

_ABOUT_A_PERSON = (LABEL, "judgment.criticise")
"""Kinds whose words can be reported or denied without judging; an argument or a warning cannot."""

_REPORTED = re.compile(
    r"\b(?:you(?:'ve| have| just| also| even)? (?:said|told me|told us|mentioned|described|called|call|used the words?)"
    r"|you(?:'re| are) (?:saying|telling me|calling)|you (?:feel|felt|think|thought|worry|see yourself)"
    r"|you don't want to"
    r"|(?:they|he|she|people|others|everyone|somebody|someone|who)(?:'ve| have|'s| has)?"
    r" (?:say|says|said|call|calls|called|think|thinks)"
    r"|(?:calls?|called|calling) you|as you put it|in your (?:own )?words|your words?|heard you say|the words?)\b"
    r"(?:(?!\b(?:but|however|yet|although|so|because|cause)\b)[^.?!;]){0,60}$"
)
_DENIED = re.compile(
    r"(?:\b(?:not|never|n't|wouldn't|don't|didn't|isn't|won't|doesn't|does not)"
    r"\s+(?:\w+\s+)?(?:call|calling|say|saying|said|think|thinking|consider|mean|meaning|imply|implying|suggest|suggesting"
    r"|make|making|mean that)\b"
    r"|\b(?:you|he|she|they|we|that|it|this)(?:'re|'s| are| is| were| was)? (?:not|never)\b"
    r"|\b(?:you|they|we) (?:aren't|weren't)\b|\b(?:he|she|that|it|this) (?:isn't|wasn't)\b)"
    r"(?:(?!\b(?:but|however|yet|although|so|because|cause)\b)[^.?!;,]){0,30}$"
)
_DENIES_ITSELF = re.compile(r"\b(?:you're|you are|he's|she's|they're|they are) not\b|\b(?:aren't|isn't)\b")


def detect(coded: Coded) -> Iterator[Finding]:
    """Findings of judgment, never two over the same words.

    A statement that the coder codes as judgment, surely enough to be shown, is one finding of its likeliest
    kind, told by the lexicon where it knows the words; a label is narrowed to the words themselves.
    Elsewhere words that are sure stand alone, and the others where the coder finds some judgment (at
    least ``HINT``).
    """
    for statement in coded.by_role("practitioner"):
        kind = shown(statement)
        found = lexicons.matches("judgment", coded.text(statement), coded.lexicons)
        counted = [match for match in found if not _exempt(coded, statement, match)]
        if kind:
            if _is_quoted(coded, statement) or (kind == LABEL and _only_exempt(found, counted)):
                continue
            yield from _from_coder(coded, statement, kind, counted)
        else:
            yield from _from_words(coded, statement, counted)


def _from_coder(coded: Coded, statement: Statement, kind: str, counted: list[Match]) -> Iterator[Finding]:
    alike = [match for match in counted if match.entry.kind == kind]
    if not alike and kind == LABEL:
        yield replace(finding(coded, statement, kind), why=WORDLESS_WHY, suggestion=WORDLESS_TRY)
    elif not alike:
        yield finding(coded, statement, kind)
    elif kind == LABEL:
        yield from (_over(coded, statement, match, statement.codes[kind]) for match in alike)
    else:
        yield _over(coded, statement, alike[0], statement.codes[kind], whole=True)


def _from_words(coded: Coded, statement: Statement, counted: list[Match]) -> Iterator[Finding]:
    """Where the coder asserts no judgment: sure words, and hints where it leans that way."""
    likely = _likely(statement.probabilities)
    kindly = statement.has("validation") or statement.has("reflection")
    for match in counted:
        if match.entry.sure:
            yield _over(coded, statement, match, max(likely, SURE))
        elif likely >= HINT and not kindly:
            yield _over(coded, statement, match, likely)


def shown(statement: Statement) -> str | None:
    """The likeliest asserted kind, where the coder is sure enough that it is judgment, and which."""
    kind = likeliest(statement, KINDS)
    sure = kind is not None and statement.codes[kind] >= WHICH and _any(statement.probabilities) >= SHOWN
    return kind if sure else None


def _any(probabilities: Mapping[str, float]) -> float:
    """The probability that a statement carries some judgment, its kinds taken as independent."""
    return 1 - prod(1 - probabilities.get(kind, 0.0) for kind in KINDS)


def _likely(probabilities: Mapping[str, float]) -> float:
    return max((probabilities.get(kind, 0.0) for kind in KINDS), default=0.0)


def _over(coded: Coded, statement: Statement, match: Match, score: float, *, whole: bool = False) -> Finding:
    """A finding over the matched words, or the whole statement, told as the lexicon tells it."""
    entry, spoken = match.entry, coded.session[statement.utterance]
    start, end = (0, statement.end - statement.start) if whole else (match.start, match.end)
    place = (statement.start + start, statement.start + end)
    return Finding(entry.kind, spoken, *place, entry.why, entry.source, _sentence(entry.instead), score)


def _sentence(instead: str) -> str:
    """A better wording as a line of its own: typographic quotation marks, a capital, a full stop."""
    told = re.sub(r'"([^"]*)"', r"“\1”", instead)
    return told[0].upper() + told[1:] + ("" if told[-1] in ".?!”)" else ".")


def _is_quoted(coded: Coded, place: Statement | Span) -> bool:
    """Whether the words at ``place``, closing punctuation apart, stand inside quotation marks."""
    end = place.start + len(coded.text(place).rstrip(" .,;:!?"))
    return any(
        opened <= place.start and end <= closed for opened, closed in quoted(coded.session[place.utterance].text)
    )


def _only_exempt(found: list[Match], counted: list[Match]) -> bool:
    """Whether the statement's labels are all the client's, quoted or denied."""
    return any(m.entry.kind == LABEL for m in found) and not any(m.entry.kind == LABEL for m in counted)


def _exempt(coded: Coded, statement: Statement, match: Match) -> bool:
    """Whether matched words are a quotation, a report, a denial or the client's own."""
    if _is_quoted(coded, Span(statement.utterance, statement.start + match.start, statement.start + match.end)):
        return True
    if match.entry.kind not in _ABOUT_A_PERSON:
        return False
    return _said_of_others(coded.text(statement), match) or (
        statement.has("reflection") and _client_said(coded, statement, match)
    )


def _said_of_others(text: str, match: Match) -> bool:
    """Whether the words are reported ("you said …") or denied ("I wouldn't call you …")."""
    plain = text.lower().replace("’", "'")
    before, own = plain[: match.start], plain[match.start : match.end]
    return bool(_REPORTED.search(before) or _DENIED.search(before) or _DENIES_ITSELF.search(own))


def _client_said(coded: Coded, statement: Statement, match: Match) -> bool:
    """Whether the client used these words, or others of the same entry, shortly before."""
    said = [utterance.text for utterance in heard(coded, statement.utterance)]
    return any(m.entry.id == match.entry.id for text in said for m in lexicons.every("judgment", text, coded.lexicons))
