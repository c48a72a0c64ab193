"""What a session's report says first: what matters most in it, in a line, and where to begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from transcript_rapport.renderers.audience import audience
from transcript_rapport.renderers.highlights import Highlight
from transcript_rapport.renderers.kinds import DISCLOSED, FAINT, LIMITS, SPOKEN, within
from transcript_rapport.renderers.making import in_doubt
from transcript_rapport.renderers.measured import went_well
from transcript_rapport.renderers.next_steps import is_plain, suggestions
from transcript_rapport.renderers.priority import OWN, OWN_LIFE, WEIGHTY, own_life
from transcript_rapport.renderers.wording import count, listed
from transcript_rapport.report import Finding, Report, Span

MOST_PLACES = 3
BEFORE_ALL = {
    SPOKEN: "Dying or harm was spoken of: first of all, read",
    FAINT: "Words were said that may stand for giving up, and only asking tells: first of all, read",
    DISCLOSED: "Words were said that may tell of harm to a client as a child: first of all, read",
    LIMITS: "What cannot stay private was spoken of in mid-session: read",
}
"""How words about dying or harm are told, by their kind."""
_NOUNS = {
    "reflection.complex": ("a complex reflection", "complex reflections"),
    "reflection.simple": ("a simple reflection", "simple reflections"),
    "question.open": ("an open question", "open questions"),
    "validation.normalise": ("a validation (“it makes sense”)", "validations (“it makes sense”)"),
    "validation.affirm": ("a strength named", "strengths named"),
    "rupture.repaired": ("a sign of strain turned towards", "signs of strain turned towards"),
    "visit.view": ("asking how they see it",) * 2,
    "transparency.uncertainty": ("saying what is not known",) * 2,
    "partnership.preference": ("asking what they prefer",) * 2,
    "partnership.last_time": ("taking up the last session",) * 2,
}
"""What one and several of a kind are called in a list, where its title is no noun."""
SHOWN = 3
"""Cards of what went well: so many that the session strip still stands on the first screen."""


@dataclass(frozen=True, slots=True)
class Line:
    """A clause that leads to places: ``Worth hearing again: 9 remarks …; begin at`` and where."""

    lead: str
    places: tuple[Span, ...]

    @property
    def utterances(self) -> tuple[Span, ...]:
        """One place an utterance."""
        return tuple({place.utterance: place for place in reversed(self.places)}.values())[::-1]

    def __str__(self) -> str:
        numbers = [str(place.utterance) for place in self.utterances]
        return f"{self.lead} utterance{'s' if len(numbers) > 1 else ''} {listed(numbers)}."


def foremost(report: Report) -> tuple[Line, ...]:
    """What to say first: words about dying or harm; else what went well, before what to hear again.

    Nothing where nothing is marked. A trainee is told no count of remarks but the one thing to do, so that no two
    sentences of a page ask for different things; after words about dying or harm, these stand alone.
    """
    first, one = tuple(spoken(report)), audience(report).goals == 1
    if first:
        return first if one else (*first, *_to_hear(report))
    return (*_kept(report), *(_to_try(report) if one else _to_hear(report)))


def pressing(report: Report) -> tuple[Line, ...]:
    """The same without what went well: why to open the session, and where."""
    return (*spoken(report), *_to_hear(report))


def spoken(report: Report) -> Iterator[Line]:
    """Where a client spoke of dying or harm: what no page about the session leaves out."""
    for kind, lead in BEFORE_ALL.items():
        found = tuple(finding.span for finding in report.of_kind(kind))
        if found:
            yield Line(lead, found)


def _to_hear(report: Report) -> Iterator[Line]:
    """What was said or passed over that may have hurt, how often, and where the cards begin."""
    if (told := weighing(report)) and not in_doubt(report):
        found = [f.span for f in sorted(_weighty(report), key=lambda f: -f.score)] + [*own_life(report)]
        shown = tuple(s.place for s in suggestions(report) if s.place and within(s.kind, *_KINDS, OWN_LIFE))
        places = shown or tuple(found[:MOST_PLACES])
        yield Line(f"Worth hearing again: {told}{'; begin at' if len(found) > len(places) else ', at'}", places)


def _to_try(report: Report) -> Iterator[Line]:
    """The one thing to try, as its card says it."""
    for step in suggestions(report)[:1]:
        if step.place and not in_doubt(report):
            yield Line(f"To try next time: {step.title[:1].lower()}{step.title[1:]}, at", (step.place,))


def weighing(report: Report) -> str:
    """What weighs in a session, in words, as its first reason: ``9 remarks that may sound judging``; or nothing."""
    found = _weighty(report)
    times = [(sum(within(f.kind, kind) for f in found), one, many) for kind, one, many in WEIGHTY]
    return listed(count(n, one, many) for n, one, many in (*times, (len(own_life(report)), *OWN)) if n)


def _kept(report: Report) -> Iterator[Line]:
    """What is held up as done well, where there are words for it: the places of the cards and no others."""
    found = [held for held in went_well(report, SHOWN) if held.place and not in_doubt(report)]
    if found:
        times = Counter(strength.kind for strength in found)
        told = listed(dict.fromkeys(_noun(strength, times[strength.kind]) for strength in found))
        yield Line(f"Worth keeping: {told}, at", tuple(s.place for s in found if s.place))


def _noun(strength: Highlight, times: int) -> str:
    """A strength as a noun: ``a complex reflection``, ``open questions``, ``care expressed``."""
    title = strength.title.rpartition(": ")[2].lower().replace(",", "")
    return _NOUNS.get(strength.kind, (title, title))[times > 1]


_KINDS = tuple(kind for kind, _, _ in WEIGHTY)


def _weighty(report: Report) -> list[Finding]:
    """What weighs in a session; judgment where at least one place is plain enough to be held up on a card."""
    found = list(report.of_kind(*_KINDS))
    judged = any(is_plain(report, f) for f in found if within(f.kind, "judgment"))
    return [f for f in found if judged or not within(f.kind, "judgment")]
