"""What several measures count: words, back-channels, practitioner turns, and shares and rates of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from transcript_rapport.measures import intervals
from transcript_rapport.measures.definitions import NO_TURNS, Definition
from transcript_rapport.placeholders import as_words
from transcript_rapport.report import Coded, Finding, Label, Measure, Share, Span, Statement
from transcript_rapport.session import Role, Turn
from transcript_rapport.timestamps import CLOCK

# What a transcriber wrote about the sound, not what was said: "(crying softly)", "(long pause, 5 sec)", "[00:12:04]".
_SOUNDS = (
    r"laugh\w*|chuckl\w*|giggl\w*|sigh\w*|cough\w*|cr(?:y|ies)\w*|sob\w*|weep\w*|tear(?:s|y|ful)\w*|sniff\w*|paus(?:e|es|ing)"
    r"|silence|silent|inaudible|unintelligible|indistinct|unclear|cross-?talk|overlap\w*|nod(?:s|ding)?|smil(?:es|ing)"
    r"|whisper(?:s|ing)|mumbl(?:es|ing)|clears (?:\w+ )?throat|shakes (?:\w+ )?head"
)
_HOW = r"(?:(?:long|short|brief|both|starts|starting|begins|client|therapist|\w{2,12}ly)\s+){0,2}"
_AFTER = r"(?:\s+(?:\w{2,12}ly|together|again))?[\s,.:–-]{0,3}(?:\d[^()]{0,20})?"
_REMARK = re.compile(
    rf"\[[^\]]*\]|<[^>]*>|\(\s*{_HOW}(?:{_SOUNDS}){_AFTER}\s*\)|\*\s*{_HOW}(?:{_SOUNDS}){_AFTER}\s*\*"
    rf"|\(\s*{CLOCK}\s*\)|\b\d{{1,2}}:\d\d:\d\d(?:[.,]\d{{1,3}})?\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SOUND = re.compile(r"(?:[hm]*m+|u+h+|u+m+|e+r+m*|a+h+|e+h+|huh)(?:-(?:h?m+|hu+h|u+h+))*", re.IGNORECASE)
_ACKNOWLEDGING = frozenset(["yeah", "yep", "yup", "yes", "ok", "okay", "right", "alright", "sure", "oh"])


def word_list(text: str) -> list[str]:
    """The words of ``text`` in lower case, without sounds (mm-hmm, uh) and remarks ([laughs], <UNIN/>).

    A placeholder such as [Name 1] is one word.
    """
    found: list[str] = _WORD.findall(_REMARK.sub(" ", as_words(text)))
    return [word.lower() for word in found if not _SOUND.fullmatch(word)]


def words(text: str) -> int:
    """How many words ``text`` has."""
    return len(word_list(text))


def is_backchannel(coded: Coded, index: int) -> bool:
    """Whether an utterance only keeps the other one talking.

    A practitioner's: all its statements are facilitation, or it holds no word. A client's carries
    no such code: at most three words, all of them acknowledgements, and not the answer to a question.
    """
    text = coded.session[index].text
    if coded.session.role_of(index) == "practitioner":
        statements = coded.statements_of(index)
        return words(text) == 0 or (bool(statements) and all(set(s.codes) == {"facilitation"} for s in statements))
    said = word_list(text)
    return len(said) <= 3 and _ACKNOWLEDGING.issuperset(said) and not _asked_before(coded, index)


def _asked_before(coded: Coded, index: int) -> bool:
    before = coded.statements_of(index - 1) if index else ()
    return bool(before) and before[-1].has("question")


def turns(coded: Coded, role: Role) -> tuple[Turn, ...]:
    """The turns of everyone with ``role``, without those that are back-channels only."""
    return tuple(
        turn
        for turn in coded.session.turns
        if coded.session.roles.get(turn.speaker, "other") == role
        and not all(is_backchannel(coded, utterance.index) for utterance in turn.utterances)
    )


def having(statements: Iterable[Statement], code: str) -> tuple[Span, ...]:
    """Where the statements stand that carry ``code`` or one of its family."""
    return tuple(s.span for s in statements if s.has(code))


def places(counted: Iterable[Statement | Finding]) -> tuple[Span, ...]:
    """Where statements or findings stand, as evidence."""
    return tuple(item.span for item in counted)


def whole(coded: Coded, index: int) -> Span:
    """All of one utterance, as evidence."""
    return Span(index, 0, len(coded.session[index].text))


def labelled(coded: Coded, role: Role) -> list[tuple[Span, Label]]:
    """The utterances of ``role`` that were given a behaviour or talk type, with their labels."""
    pairs = zip(coded.session, coded.labels, strict=True)
    return [
        (whole(coded, u.index), label)
        for u, label in pairs
        if coded.session.role_of(u) == role and (label.behaviour or label.talk_type)
    ]


def scatter(definition: Definition, coded: Coded) -> float:
    """How many times more the counts behind a measure scatter because the coder miscounts; 1 where people coded."""
    return max((coded.strays.get(code, 1.0) for code in definition.codes), default=1.0)


def per_ten_turns(definition: Definition, coded: Coded, counted: Sequence[Span]) -> Measure:
    """Things counted per ten practitioner turns."""
    base = len(turns(coded, "practitioner"))
    if not base:
        return definition.missing(NO_TURNS)
    interval = intervals.poisson(len(counted), base / 10, scatter(definition, coded))
    return definition.measured(10 * len(counted) / base, base, interval, tuple(counted))


def share(definition: Definition, coded: Coded, part: Sequence[Span], base: int, per: int = 1) -> Measure:
    """The share of ``part`` in ``base`` things, per 1 or per 100; each thing counts at most once."""
    if not base:
        return definition.missing(definition.not_measurable[0])
    interval = intervals.wilson(len(part), base, scatter(definition, coded)).times(per)
    return definition.measured(per * len(part) / base, base, interval, tuple(part))


def corrected(definition: Definition, coded: Coded, part: Sequence[Span], base: int, known: Share | None) -> Measure:
    """A share corrected for the coder's known error, where the coder is known; else as people counted it."""
    if not base or known is None:
        return share(definition, coded, part, base)
    note = f"{len(part)} of {base} were coded so; the share is corrected for the coder's known error"
    return definition.measured(known.value, base, intervals.Interval(known.low, known.high), tuple(part), note)


def ratio(definition: Definition, coded: Coded, over: Sequence[Span], under: Sequence[Span]) -> Measure:
    """How many of ``over`` there are for each of ``under``; both sides are evidence."""
    if not under:
        return definition.missing(definition.not_measurable[0], len(over))
    value, interval = len(over) / len(under), intervals.ratio(len(over), len(under), scatter(definition, coded))
    evidence = tuple(sorted((*over, *under)))
    return definition.measured(value, len(over) + len(under), interval, evidence)
