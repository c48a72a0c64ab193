"""Safety: a client's words that speak plainly of wanting to die, of harming oneself or somebody, or of being harmed.

A neutral pointer for the reader and never a remark on the practitioner. It is found by words, so it is no search for
danger: most of what matters is said in other words, and nothing found says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from itertools import chain, islice, takewhile

from transcript_rapport.detectors.context import words
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

SPOKEN, NEAR = "safety.spoken", "safety.near"
KINDS: tuple[str, ...] = (SPOKEN, NEAR)
WHY = (
    "The client spoke of dying or of somebody being harmed here, or left it open when asked. This page does not look "
    "for danger and cannot judge it; read the transcript and follow your service's procedure."
)
WHY_NEAR = "Near a place where dying or harm was spoken of, and perhaps about the same thing: found by words alone."
SOURCE = "NICE NG225 (2022), Self-harm: assessment, management and preventing recurrence"
ADVICE = "Stay with it first: ask about it plainly and calmly, and follow your service's procedure."
"""What is advised in place of any other wording, where it would answer such words."""
REACH = 2
"""Utterances after such words in which what is said still answers them."""
BY_WORDS, PERHAPS = 0.8, 0.5
"""Scores of a finding made by words alone, and of one near it: conventions, not measured precisions."""
NEARBY = 20
"""Utterances from such words within which fainter ones may belong to them."""
LONGEST = 40
"""Words of the quote at most: where a statement is longer, those around what was found."""
ECHO = 3
"""Words: a question as short as this hands back the practitioner's word, and says nothing yet."""
LEAD = 80
"""Characters before a question's words in which it is said whose they are: recognised speech has no full stops."""
ASIDE = 25
"""Words at most that may follow a question (“I ask everyone that.”) without taking its place."""

_SAYS = beside(__file__)
_SENTENCE = re.compile(r"[^.?!]+[.?!]*")
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
    """One finding for each statement of a client that speaks of it, over the words up to ``LONGEST`` around.

    Then one for each utterance near them with fainter words, which say nothing where they stand alone.
    """
    found = list(_plainly(coded))
    yield from found
    yield from _near(coded, {finding.utterance for finding in found})


def _plainly(coded: Coded) -> Iterator[Finding]:
    """The statements that speak of it, or leave it open when asked; none that is quoted with one before."""
    quoted = (-1, 0)
    for statement in coded.by_role("client"):
        spoke_at, text = coded.session[statement.utterance], coded.text(statement)
        around = " ".join(u.text for u in coded.session[max(0, statement.utterance - REACH) : statement.utterance + 1])
        found = spoken(text, around)
        if not found and _admits(coded, statement):  # A "sometimes" says little without what follows.
            found, text = (0, len(text)), spoke_at.text[statement.start :].rstrip()
        if found and (statement.utterance, statement.start) >= quoted:
            start, end = _shown(text, *found)
            place = (statement.start + start, statement.start + end)
            quoted = (statement.utterance, place[1])
            yield Finding(SPOKEN, spoke_at, *place, WHY, SOURCE, score=BY_WORDS)


def _near(coded: Coded, spoken_at: Set[int]) -> Iterator[Finding]:
    """The first statement with fainter words, or an answer to them, of each of the client's utterances nearby."""
    for at in coded.session:
        near = at.index not in spoken_at and any(abs(at.index - place) <= NEARBY for place in spoken_at)
        if near and coded.session.role_of(at) == "client":
            said = (s for s in coded.statements_of(at.index) if _may_belong(coded, s))
            yield from (Finding(NEAR, at, s.start, s.end, WHY_NEAR, SOURCE, score=PERHAPS) for s in islice(said, 1))


def _may_belong(coded: Coded, statement: Statement) -> bool:
    said = plain(coded.text(statement))
    asked = _asked(coded, statement)
    answers = asked.endswith("?") and not _SAYS["no"].search(said) and not _SAYS["says_nothing"].search(said)
    return bool(_SAYS["near"].search(said) or (answers and _SAYS["near"].search(asked)))


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


def spoken(text: str, around: str = "") -> tuple[int, int] | None:
    """Characters (start, end) of the first words that speak of it, denials and figures of speech apart; else None.

    ``around``: what was said up to there, by which an unclear turn of phrase may be an everyday one.
    """
    said = plain(text)
    if said.rstrip().endswith("?") and len(words(text)) <= ECHO:
        return None
    clear = not _SAYS["everyday"].search(plain(f"{around} {text}"))
    for match in chain(_SAYS["spoken"].finditer(said), _SAYS["unclear"].finditer(said) if clear else ()):
        figure = any(f.start() < match.end() and match.start() < f.end() for f in _SAYS["not_meant"].finditer(said))
        if not figure and not _SAYS["denied"].search(_DENIED_TWICE.sub("", said[: match.start()])):
            return match.span()
    return None


def _admits(coded: Coded, statement: Statement) -> bool:
    """Whether it begins a turn and leaves open what the practitioner just asked or named."""
    asked, said = _asked(coded, statement), plain(coded.text(statement))
    denies = _SAYS["no"].search(said)
    if _SAYS["safe"].search(asked):
        return bool(denies or _SAYS["halting"].search(said)) and not _SAYS["unharmed"].search(said)
    if _SAYS["yes"].search(said) and _of_the_client(_SAYS["asked"].search(asked)):
        return True
    return not (denies or _SAYS["says_nothing"].search(said)) and _of_the_client(_SAYS["named"].search(asked))


def _asked(coded: Coded, statement: Statement) -> str:
    """What the practitioner asked or said last where the statement begins a turn that answers it, else nothing.

    Questions that only lead up to an answer (“Is it okay to ask?”) are left out, and so is an aside after a question.
    """
    at, session = statement.utterance, coded.session
    if coded.statements_of(at)[0] != statement:
        return ""
    theirs = list(takewhile(lambda u: session.role_of(u) == "practitioner", reversed(session[:at])))
    said = [part for u in reversed(theirs) for part in _SENTENCE.findall(plain(u.text)) if part.strip()]
    said = [part.strip() for part in said if not _SAYS["leads_up"].search(part)]
    last = max((n for n, part in enumerate(said) if part.endswith("?")), default=-1)
    aside = last >= 0 and len(words(" ".join(said[last + 1 :]))) <= ASIDE
    return said[last] if said and (aside or last < 0) else "".join(said[-1:])


def _of_the_client(about: re.Match[str] | None) -> bool:
    """Whether it is named as the listener's own: not in a denial ("no thoughts of …?"), another's, or a mere "if"."""
    if not about:
        return False
    before = re.split(r"[.?!]", about.string[: about.start()])[-1][-LEAD:]
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
