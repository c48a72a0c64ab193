"""What several measures count: words, back-channels, practitioner turns, and shares and rates of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transcript_rapport.detectors.context import is_backchannel, word_list
from transcript_rapport.measures import intervals
from transcript_rapport.measures.definitions import NO_TURNS, Definition
from transcript_rapport.report import Coded, Finding, Label, Measure, Share, Span, Statement
from transcript_rapport.session import Role, Turn


def words(text: str) -> int:
    """How many words ``text`` has."""
    return len(word_list(text))


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


def share(
    definition: Definition, coded: Coded, part: Sequence[Span], base: int, per: int = 1, note: str = ""
) -> Measure:
    """The share of ``part`` in ``base`` things, per 1 or per 100; each thing counts at most once."""
    if not base:
        return definition.missing(definition.not_measurable[0])
    interval = intervals.wilson(len(part), base, scatter(definition, coded)).times(per)
    return definition.measured(per * len(part) / base, base, interval, tuple(part), note)


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
