"""Safety: a client's words that speak of wanting to die, of harming oneself or somebody, or of being harmed.

A neutral pointer for the reader and never a remark on the practitioner. It is found by words, so it is no search for
danger: most of what matters is said in other words, and nothing found says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import chain, islice, takewhile

from transcript_rapport.detectors import faint
from transcript_rapport.detectors.context import shown, words
from transcript_rapport.detectors.faint import BY_WORDS, IN_PRIVATE, NOTE, PERHAPS, SELF_HARM, denied
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Span, Statement

SPOKEN, NEAR = "safety.spoken", "safety.near"
KINDS: tuple[str, ...] = (SPOKEN, *faint.KINDS, NEAR)
WHY_NEAR = "Near a place where {} was spoken of, and perhaps about the same thing: found by words alone."


@dataclass(frozen=True, slots=True)
class Sort:
    """What was spoken of: its name, what a client did, and on whose authority; ``harm``: between two people."""

    name: str
    told: str
    source: str
    harm: bool = True


_ABUSE = "NICE PH50 (2014) and QS116 (2016), Domestic violence and abuse"
DYING = Sort(
    "dying or self-harm",
    "spoke of dying or of self-harm, or left it open when asked.",
    SELF_HARM,
    harm=False,
)
HARMED = Sort(
    "being harmed",
    "spoke of somebody being harmed, threatened or afraid of somebody, or left it open when asked.",
    _ABUSE,
)
HARMING = Sort(
    "harming somebody",
    "spoke of wanting to harm somebody, of being afraid to, or of having done so.",
    IN_PRIVATE,
)
ADVICE = "Stay with it first: ask about it plainly and calmly, and follow your service's procedure."
"""What is advised in place of any other wording, where it would answer such words."""
REACH = 2
"""Utterances after such words in which what is said still answers them."""
JUST_BEFORE = 6
"""Utterances within which a question whether they hurt themselves asks after what was spoken of, and no accident."""
NEARBY = 20
"""Utterances from such words within which fainter ones may belong to them."""
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
_BARE_DENIAL = re.compile(r"\bi (?:do|did|have|would|could)(?:n't| not)\W*$")
_BARE_VERB = re.compile(r"\W*(?:want|wish|mean|think|feel|plan|try|do|kill|hurt|harm)\b")
_ASKED_WITH_NO = re.compile(r"(?:n't|\b(?:no|not|never|none|without|den(?:y|ied|ying)|free of))\b")
_ASKED_OF_ANOTHER = re.compile(r"\b(?:family|died|lost|he|she|they|anyone|anybody|someone|somebody)\b")
_TO_YOU = re.compile(r"\b(?:you|your|yourself|any)\b(?! know\b)|\byou'")
_IF = re.compile(r"\b(?:if|whenever|in case|should you)\b")
_INDIRECT = re.compile(r"\b(?:(?:ask|tell|check|know|see)(?:ing)?(?: you| me)?|wonder(?:ing)?) (?:if|whenever)\b")


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each statement of a client that speaks of it, over the words up to ``LONGEST`` around.

    Then where faint signs add up, or a disclosure is told in pieces, unless the same is said plainly elsewhere; where
    the practitioner says in mid-session what cannot stay private; and one for each utterance near the plain ones with
    fainter words of the same sort, which say nothing where they stand alone.
    """
    plainly = list(_plainly(coded))
    sorts = {finding.utterance: sort for finding, sort in plainly}
    yield from (finding for finding, _ in plainly)
    hinted = {f.span: f for f in faint.adding_up(coded)} if DYING not in sorts.values() else {}
    hinted |= {f.span: f for f in faint.in_pieces(coded)} if HARMED not in sorts.values() else {}
    first = (*hinted.values(), *faint.limits(coded))
    yield from first
    for s in faint.children_now(coded, first):
        why = WHY_NEAR.format("harm to somebody as a child")
        yield Finding(NEAR, coded.session[s.utterance], s.start, s.end, why, faint.CHILDREN, score=PERHAPS)
    yield from _near(coded, sorts, {finding.utterance for finding in hinted.values()})


def _plainly(coded: Coded) -> Iterator[tuple[Finding, Sort]]:
    """The statements that speak of it, or leave it open when asked; none that is quoted with one before."""
    quoted = (-1, 0)
    for statement in coded.by_role("client"):
        spoke_at, text, asked = coded.session[statement.utterance], coded.text(statement), None
        around = " ".join(u.text for u in coded.session[max(0, statement.utterance - REACH) : statement.utterance + 1])
        found = spoken(text, around)
        if found and _ends_a_denial(spoke_at.text, statement.start + found[0]):
            continue
        sort = _sort(plain(text), found[0]) if found else DYING
        if not found and _admits(coded, statement):  # A "sometimes" says little without what follows.
            found, text, asked = (0, len(text)), spoke_at.text[statement.start :].rstrip(), _asked(coded, statement)
            sort = _sort_asked(_said(coded, asked))
        if found and (statement.utterance, statement.start) >= quoted:
            start, end = shown(text, *found)
            place = (statement.start + start, statement.start + end)
            quoted = (statement.utterance, place[1])
            who = "A client" if len(coded.session.labels("client")) > 1 else "The client"
            why = f"{who} {sort.told} {NOTE}"
            yield Finding(SPOKEN, spoke_at, *place, why, sort.source, score=BY_WORDS, answers=asked), sort


def _ends_a_denial(text: str, at: int) -> bool:
    """Whether what is said there only ends a denial that broke off: “I didn't. Want him dead.”"""
    return bool(_BARE_DENIAL.search(plain(text[:at])) and _BARE_VERB.match(plain(text[at:])))


def _sort(said: str, start: int) -> Sort:
    """Of what sort the words are that begin there; what is unclear by itself is of dying."""
    named = {"harmed": HARMED, "harming": HARMING}
    return next((sort for name, sort in named.items() if _SAYS[name].match(said, start)), DYING)


def _sort_asked(asked: str) -> Sort:
    if _SAYS["asks_of_harm"].search(asked):
        return HARMED
    return HARMING if _SAYS["harming"].search(asked) else DYING


def _near(coded: Coded, sorts: Mapping[int, Sort], told: Set[int]) -> Iterator[Finding]:
    """The first statement with fainter words, or an answer to them, of each of the client's utterances nearby."""
    for at in coded.session:
        near = {sort for place, sort in sorts.items() if abs(at.index - place) <= NEARBY}
        if near and at.index not in {*sorts, *told} and coded.session.role_of(at) == "client":
            said = ((s, sort) for s in coded.statements_of(at.index) for sort in near if _may_belong(coded, s, sort))
            for s, sort in islice(said, 1):
                yield Finding(NEAR, at, s.start, s.end, WHY_NEAR.format(sort.name), sort.source, score=PERHAPS)


def _may_belong(coded: Coded, statement: Statement, sort: Sort) -> bool:
    said, asked = plain(coded.text(statement)), _said(coded, _asked(coded, statement))
    answers = asked.endswith("?") and not _SAYS["no"].search(said) and not _SAYS["says_nothing"].search(said)
    fainter = _fainter(said, sort) and not _SAYS["anothers_death"].search(said)
    return fainter or (answers and _fainter(asked, sort))


def _fainter(said: str, sort: Sort) -> bool:
    if sort.harm:
        return bool(_SAYS["near_harm"].search(said))
    return bool(_SAYS["near_dying"].search(said)) or faint.sounds_like_giving_up(said)


def kept_apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, with other advice on what answers such words or words near them: never a formula for reflecting."""
    found = tuple(findings)
    spoken_at = {f.utterance for f in found if f.kind in (SPOKEN, NEAR, faint.FAINT, faint.DISCLOSED)}
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
        if not figure and not denied(_DENIED_TWICE.sub("", said[: match.start()])):
            return match.span()
    return None


def _admits(coded: Coded, statement: Statement) -> bool:
    """Whether it begins a turn and leaves open what the practitioner just asked or named."""
    asked, said = _said(coded, _asked(coded, statement)), plain(coded.text(statement))
    denies = _SAYS["no"].search(said)
    if _SAYS["safe"].search(asked):
        return bool(denies or _SAYS["halting"].search(said)) and not _SAYS["unharmed"].search(said)
    hurt = _SAYS["hurt_yourself"].search(asked)
    about = hurt if hurt and _in_mind(coded, statement) else _SAYS["asked"].search(asked)
    if _SAYS["yes"].search(said) and _of_the_client(about):
        return True
    return not (denies or _SAYS["says_nothing"].search(said)) and _of_the_client(_SAYS["named"].search(asked))


def _in_mind(coded: Coded, statement: Statement) -> bool:
    """Whether dying or harm was named shortly before by either of them."""
    said = [u.text for u in coded.session[max(0, statement.utterance - JUST_BEFORE) : statement.utterance]]
    return any(spoken(text) or _SAYS["named"].search(plain(text)) for text in said)


def _asked(coded: Coded, statement: Statement) -> Span | None:
    """What the practitioner asked or said last where the statement begins a turn that answers it.

    Questions that only lead up to an answer (“Is it okay to ask?”) are left out, and so is an aside after a question.
    """
    at, session = statement.utterance, coded.session
    if coded.statements_of(at)[0] != statement:
        return None
    theirs = list(takewhile(lambda u: session.role_of(u) == "practitioner", reversed(session[:at])))
    parts = [Span(u.index, *part.span()) for u in reversed(theirs) for part in _SENTENCE.finditer(u.text)]
    parts = [part for part in parts if _said(coded, part) and not _SAYS["leads_up"].search(_said(coded, part))]
    last = max((n for n, part in enumerate(parts) if _said(coded, part).endswith("?")), default=-1)
    aside = last >= 0 and sum(len(words(_said(coded, part))) for part in parts[last + 1 :]) <= ASIDE
    return parts[last] if parts and (aside or last < 0) else next(iter(parts[-1:]), None)


def _said(coded: Coded, span: Span | None) -> str:
    return plain(coded.text(span)).strip() if span else ""


def _of_the_client(about: re.Match[str] | None) -> bool:
    """Whether it is named as the listener's own: not in a denial ("no thoughts of …?"), another's, or a mere "if"."""
    if not about:
        return False
    before = re.split(r"[.?!]", about.string[: about.start()])[-1][-LEAD:]
    of_another = about.group().startswith("suicid") and _ASKED_OF_ANOTHER.search(before)
    of_them = "?" in about.group() or _TO_YOU.search(before + about.group())
    denied = _ASKED_WITH_NO.search(before) or _ASKED_WITH_NO.search(about.group().partition("?")[2])
    return bool(of_them and not (of_another or denied or _IF.search(_INDIRECT.sub("", before))))
