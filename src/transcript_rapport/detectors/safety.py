"""Safety: a client's words that speak plainly of wanting to die, of harming oneself or somebody, or of being harmed.

A neutral pointer for the reader and never a remark on the practitioner. It is found by words, so it is no search for
danger: most of what matters is said in other words, and nothing found says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from transcript_rapport.detectors.context import words
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

SPOKEN = "safety.spoken"
KINDS: tuple[str, ...] = (SPOKEN,)
WHY = (
    "The client spoke of dying or of somebody being harmed here, or did not say no when it was named. This page does "
    "not look for danger and cannot judge it; read the transcript and follow your service's procedure."
)
SOURCE = "NICE NG225 (2022), Self-harm: assessment, management and preventing recurrence"
ADVICE = "Stay with it first: ask about it plainly and calmly, and follow your service's procedure."
"""What is advised in place of any other wording, where it would answer such words."""
REACH = 2
"""Utterances after such words in which what is said still answers them."""
BY_WORDS = 0.8
"""Score of a finding made by words alone: a convention, not a measured precision."""
LONGEST = 40
"""Words of the quote at most: where a statement is longer, those around what was found."""
ECHO = 3
"""Words: a question as short as this hands back the practitioner's word, and says nothing yet."""
NEAR = 80
"""Characters before a question's words in which it is said whose they are: recognised speech has no full stops."""

_SAYS = beside(__file__)
_DENIED_TWICE = re.compile(
    r"(?:\bnot|n't) (?:like|that|as if|as though|say|saying|pretend) (?:that )?"
    r"i(?:'ve| have)? (?:don't|do not|didn't|haven't|never|not)\b"
)
"""“It's not like I don't think about …” says that one does."""
_ASKED_WITH_NO = re.compile(r"(?:n't|\b(?:no|not|never|none|without|den(?:y|ied|ying)|free of))\b")
_ASKED_OF_ANOTHER = re.compile(r"\b(?:family|died|lost|he|she|they|anyone|anybody|someone|somebody)\b")
_TO_YOU = re.compile(r"\b(?:you|your|yourself|any)\b(?! know\b)|\byou'")
_IF = re.compile(r"\b(?:if|whenever|in case|should you)\b")
_INDIRECT = re.compile(r"\b(?:(?:ask|tell|check|know|see)(?:ing)?(?: you| me)?|wonder(?:ing)?) (?:if|whenever)\b")


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each statement of a client that speaks of it, over the words up to ``LONGEST`` around."""
    for statement in coded.by_role("client"):
        spoke_at, text = coded.session[statement.utterance], coded.text(statement)
        found = spoken(text)
        if not found and _admits(coded, statement):  # A "sometimes" says little without what follows.
            found, text = (0, len(text)), spoke_at.text[statement.start :].rstrip()
        if found:
            start, end = _shown(text, *found)
            place = (statement.start + start, statement.start + end)
            yield Finding(SPOKEN, spoke_at, *place, WHY, SOURCE, score=BY_WORDS)


def kept_apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, with other advice on what answers such words: never a formula for reflecting."""
    found = tuple(findings)
    spoken_at = {finding.utterance for finding in found if finding.kind == SPOKEN}
    return tuple(replace(f, suggestion=ADVICE) if f.suggestion and _answers(f, spoken_at) else f for f in found)


def _answers(finding: Finding, spoken_at: Set[int]) -> bool:
    """Whether it is about what was said in answer to such words; a term needs its own plain words there too."""
    before = {finding.answers.utterance} if finding.answers else set()
    before |= {*range(finding.utterance - REACH, finding.utterance)}
    return not spoken_at.isdisjoint(before) and not finding.kind.startswith("jargon")


def spoken(text: str) -> tuple[int, int] | None:
    """Characters (start, end) of the first words that speak of it, denials and figures of speech apart; else None."""
    said = plain(text)
    if said.rstrip().endswith("?") and len(words(text)) <= ECHO:
        return None
    for match in _SAYS["spoken"].finditer(said):
        figure = any(f.start() < match.end() and match.start() < f.end() for f in _SAYS["not_meant"].finditer(said))
        if not figure and not _SAYS["denied"].search(_DENIED_TWICE.sub("", said[: match.start()])):
            return match.span()
    return None


def _admits(coded: Coded, statement: Statement) -> bool:
    """Whether it begins a turn and does not deny what the practitioner just asked or named."""
    before = statement.utterance - 1
    first = coded.statements_of(statement.utterance)[0] == statement
    if not first or before < 0 or coded.session.role_of(before) != "practitioner":
        return False
    asked, said = plain(coded.session[before].text), plain(coded.text(statement))
    if _SAYS["yes"].search(said) and _of_the_client(_SAYS["asked"].search(asked)):
        return True
    denies = _SAYS["no"].search(said) or _SAYS["says_nothing"].search(said)
    return not denies and _of_the_client(_SAYS["named"].search(asked))


def _of_the_client(about: re.Match[str] | None) -> bool:
    """Whether it is named as the listener's own: not in a denial ("no thoughts of …?"), another's, or a mere "if"."""
    if not about:
        return False
    before = re.split(r"[.?!]", about.string[: about.start()])[-1][-NEAR:]
    of_another = about.group().startswith("suicid") and _ASKED_OF_ANOTHER.search(before)
    of_them = "?" in about.group() or _TO_YOU.search(before + about.group())
    denied = _ASKED_WITH_NO.search(before) or _ASKED_WITH_NO.search(about.group().partition("?")[2])
    return bool(of_them and not (of_another or denied or _IF.search(_INDIRECT.sub("", before))))


def _shown(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole text where it is short enough, else at most ``LONGEST`` whole words around the place."""
    there = [match.span() for match in re.finditer(r"\S+", text)]
    if len(there) <= LONGEST:
        return 0, len(text)
    first = next(i for i, (_, stop) in enumerate(there) if stop > start)
    last = next(i for i, (_, stop) in enumerate(there) if stop >= end)
    begin = max(0, min(first - (LONGEST - (last - first + 1)) // 2, len(there) - LONGEST))
    return there[begin][0], there[min(begin + LONGEST, len(there)) - 1][1]
