"""What went well: few places, with the words, the reason and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transcript_rapport.codebook import AWKWARD, WELL, codes
from transcript_rapport.medical import is_medical
from transcript_rapport.renderers.guarded import Guard
from transcript_rapport.renderers.kinds import TO_TRY, family, kind_title
from transcript_rapport.renderers.praise import (
    BASE,
    FAINT,
    confirmed,
    leaning,
    own_words,
    understood,
    views_asked,
    worth,
)
from transcript_rapport.renderers.wording import ended
from transcript_rapport.report import SURE, Finding, Report, Span

MOST_STRENGTHS = 4
TWICE = 0.75
"""Kinds with at least so much to them may be shown at two places."""
FEW = 3
MUCH_ALIKE = 0.6
FITS, COUNTS = 0.3, 2.0
"""From how much on (``_well``) something is held up, and how much it counts beside the rest."""
CONFIRMED = "The client's next words say that it fits."


@dataclass(frozen=True, slots=True)
class Highlight:
    """One place to show: the words (empty where a number is the reason), why, what else, and who says so.

    ``around`` holds the whole statement where the quote is only a word or two of it, ``heard`` the
    client's words it answers, ``reply`` the client's words that confirm it, and ``others`` further
    places of the same kind.
    """

    kind: str
    title: str
    why: str
    source: str
    quote: str = ""
    place: Span | None = None
    suggestion: str = ""
    around: str = ""
    heard: str = ""
    reply: str = ""
    others: tuple[Span, ...] = ()


def strengths(report: Report, most: int = MOST_STRENGTHS) -> tuple[Highlight, ...]:
    """Up to ``most`` places that went well, spread over kinds and over the session, in order of the session.

    What is worth little is shown only where nothing else is, and then once.
    """
    visit = is_medical(report)
    every = [(f, worth(report, f, visit=visit)) for f in _candidates(report, visit=visit)]
    worthy = [(f, held) for f, held in every if held >= FAINT]
    candidates = worthy or [(f, held) for f, held in every if held > 0]
    chosen: list[Finding] = []
    while candidates and len(chosen) < (most if worthy else 1):
        best, _ = max(
            candidates, key=lambda told: (_appeal(report, told[0], told[1], chosen), -told[0].utterance, -told[0].start)
        )
        chosen.append(best)
        candidates = [told for told in candidates if _adds(report, told[0], best, chosen)]
    shown = {f.utterance for f in chosen}
    elsewhere = [f for f, held in every if held > 0 and f.utterance not in shown]
    return tuple(_strength(report, f, elsewhere) for f in sorted(chosen, key=lambda f: f.span))


def _adds(report: Report, finding: Finding, last: Finding, chosen: Sequence[Finding]) -> bool:
    """Whether a finding still adds something: other words at another place, and the same kind again only if rare.

    What the client confirmed stands by itself, and counts for none of its kind.
    """
    if finding.utterance == last.utterance or _like(finding.quote, last.quote) > MUCH_ALIKE:
        return False
    alike = [f for f in chosen if f.kind == finding.kind]
    rare = sum(not confirmed(report, f) for f in alike) < 2 and len(chosen) < FEW
    return not alike or (rare and BASE[finding.kind] >= TWICE)


def _like(a: str, b: str) -> float:
    """How much of all words of two texts they share, 0 to 1."""
    one, other = set(a.lower().split()), set(b.lower().split())
    return len(one & other) / max(1, len(one | other))


def _candidates(report: Report, *, visit: bool) -> Iterator[Finding]:
    """Helpful findings in the practitioner's words, then helpful statements no detector spoke of."""
    flagged, out_of_place = {f.utterance for f in report.of_kind(*TO_TRY)}, Guard(report)
    seen: set[tuple[Span, str]] = set()
    found = (*report.findings, *_from_statements(report), *(views_asked(report) if visit else ()))
    for finding in map(own_words, found):
        helpful = finding.kind in BASE and report.session.role_of(finding.utterance) == "practitioner"
        # Praise that does not fit is worse than none, and who was understood knows best.
        sure = finding.score >= SURE or confirmed(report, finding)
        new = (finding.span, finding.kind) not in seen
        fits = _well(report, finding) >= FITS
        if helpful and sure and new and fits and finding.utterance not in flagged and not out_of_place(finding):
            seen.add((finding.span, finding.kind))
            yield finding


def _well(report: Report, finding: Finding) -> float:
    """How likely a supervisor would hold it up (``coder.remarks``), less how likely it would embarrass; else 1."""
    remarks = report.coded.labels[finding.utterance].remarks
    return remarks.get(WELL, 1.0) - remarks.get(AWKWARD, 0.0)


def _from_statements(report: Report) -> Iterator[Finding]:
    for statement in report.coded.by_role("practitioner"):
        for name, probability in {**leaning(report, statement), **statement.counted}.items():
            if name in BASE:
                spoken, code = report.session[statement.utterance], codes()[name]
                yield Finding(
                    name, spoken, statement.start, statement.end, code.why, code.source, code.suggestion, probability
                )


def _appeal(report: Report, finding: Finding, held: float, chosen: Sequence[Finding]) -> float:
    """How much a finding deserves to be shown beside what is shown already: worth it, sure, not more of the same."""
    specific = 0.5 if confirmed(report, finding) else min(len(finding.quote.split()), 20) / 40
    fresh = 0.3 if understood(report, finding.utterance) else 0.0
    alike = 0.35 * sum(f.kind == finding.kind for f in chosen) ** 2  # a third only where little else is
    alike += 0.15 * sum(f.kind != finding.kind and family(f.kind) == family(finding.kind) for f in chosen)
    near = sum(abs(f.utterance - finding.utterance) < max(3, len(report.session) / 8) for f in chosen)
    return held + finding.score / 2 + specific + fresh + COUNTS * _well(report, finding) - alike - 0.2 * near


def _strength(report: Report, finding: Finding, elsewhere: Sequence[Finding]) -> Highlight:
    heard = ended(report.coded.text(finding.answers)) if finding.answers else ""
    return Highlight(
        finding.kind,
        kind_title(finding.kind),
        CONFIRMED if confirmed(report, finding) else finding.why,
        finding.source,
        quote=finding.quote,
        place=finding.span,
        heard=heard,
        reply=understood(report, finding.utterance),
        others=elsewhere_of([f for f in elsewhere if f.kind == finding.kind], finding),
    )


def elsewhere_of(group: Sequence[Finding], shown: Finding) -> tuple[Span, ...]:
    """Places of the same kind in other utterances, one an utterance."""
    first = {f.utterance: f.span for f in reversed(group) if f.utterance != shown.utterance}
    return tuple(sorted(first.values()))
