"""What went well and what to try next: few places, with the words, the reason and a better wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transcript_rapport.codebook import codes
from transcript_rapport.renderers.kinds import TO_TRY, family, kind_title, within
from transcript_rapport.renderers.tact import is_formality, is_instruction
from transcript_rapport.renderers.wording import count, number
from transcript_rapport.report import SURE, Finding, Measure, Report, Span, Statement

WEIGHTY = ("judgment", "opening.missed", "rupture.passed", "advice.directive")
MOST_STRENGTHS = 4
MOST_SUGGESTIONS = 3
PREFERRED = {
    "rupture.repaired": 1.1,
    "reflection.complex": 1.0,
    "validation.affirm": 0.95,
    "validation.normalise": 0.9,
    "validation.support": 0.9,
    "partnership.autonomy": 0.85,
    "partnership.teach_back": 0.85,
    "partnership.feedback": 0.8,
    "partnership.preference": 0.75,
    "partnership.transparency": 0.75,
    "listening.summary": 0.7,
    "transparency.limits": 0.7,
    "transparency.uncertainty": 0.7,
    "partnership.collaborate": 0.7,
    "partnership.options": 0.65,
    "partnership.last_time": 0.5,
    "partnership.homework_set": 0.45,
    "question.open": 0.5,
    "reflection.simple": 0.45,
}
TWICE = 0.9
"""Kinds preferred at least so much may be shown at two places, where little else was found."""
FEW = 3
TOLD = 12
"""Words: a client who said so much told something that could be reflected."""
MUCH_TALK = 0.6
TALK_SOURCE = (
    "Our own count on AnnoMI (Wu et al., 2022): practitioners spoke 54 % of the words in counselling sessions "
    "experts rated high, 64 % in those rated low (medians)"
)
QUESTION_SOURCE = "MITI 4.2.1 (Moyers et al., 2014): at least one reflection for every question"


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
    """Up to ``most`` places that went well, spread over kinds and over the session, in order of the session."""
    chosen: list[Finding] = []
    every = list(_candidates(report))
    candidates = every
    while candidates and len(chosen) < most:
        best = max(candidates, key=lambda f: (_appeal(report, f, chosen), -f.utterance, -f.start))
        chosen.append(best)
        candidates = [f for f in candidates if _adds(f, best, chosen)]
    shown = {f.utterance for f in chosen}
    elsewhere = [f for f in every if f.utterance not in shown]
    return tuple(_strength(report, f, elsewhere) for f in sorted(chosen, key=lambda f: f.span))


def _adds(finding: Finding, last: Finding, chosen: Sequence[Finding]) -> bool:
    """Whether a finding still adds something: other words at another place, and the same kind again only if rare."""
    if finding.utterance == last.utterance or finding.quote == last.quote:
        return False
    alike = sum(f.kind == finding.kind for f in chosen)
    return alike == 0 or (alike == 1 and len(chosen) < FEW and PREFERRED[finding.kind] >= TWICE)


def _candidates(report: Report) -> Iterator[Finding]:
    """Helpful findings in the practitioner's words, then helpful statements no detector spoke of."""
    flagged = {f.utterance for f in report.of_kind(*TO_TRY)}
    seen: set[tuple[Span, str]] = set()
    for finding in (*report.findings, *_from_statements(report)):
        helpful = finding.kind in PREFERRED and report.session.role_of(finding.utterance) == "practitioner"
        sure = finding.score >= SURE  # Praise that does not fit is worse than none.
        fits = finding.utterance not in flagged and not is_formality(finding.quote)
        if helpful and sure and fits and (finding.span, finding.kind) not in seen:
            seen.add((finding.span, finding.kind))
            yield finding


def _from_statements(report: Report) -> Iterator[Finding]:
    for statement in report.coded.by_role("practitioner"):
        for name, probability in statement.codes.items():
            if name in PREFERRED:
                spoken, code = report.session[statement.utterance], codes()[name]
                yield Finding(
                    name, spoken, statement.start, statement.end, code.why, code.source, code.suggestion, probability
                )


def _appeal(report: Report, finding: Finding, chosen: Sequence[Finding]) -> float:
    """How much a finding deserves to be shown beside what is shown already: specific, sure, not more of the same."""
    words = len(finding.quote.split())
    specific = 0.15 if words < 5 else min(words, 25) / 25
    fresh = 1.0 if _reply(report, finding) else 0.0
    alike = sum(0.6 if f.kind == finding.kind else 0.25 * (family(f.kind) == family(finding.kind)) for f in chosen)
    near = sum(abs(f.utterance - finding.utterance) < max(3, len(report.session) / 8) for f in chosen)
    return PREFERRED[finding.kind] + finding.score + specific + 0.3 * fresh - alike - 0.4 * near


def _reply(report: Report, finding: Finding) -> str:
    """The client's next words, where they confirm that they were understood."""
    for after in report.session[finding.utterance + 1 : finding.utterance + 3]:
        if report.session.role_of(after) == "client":
            said = [s for s in report.coded.statements_of(after.index) if s.has("client.understood")]
            return report.coded.text(said[0]) if said else ""
    return ""


def _strength(report: Report, finding: Finding, elsewhere: Sequence[Finding]) -> Highlight:
    heard = report.coded.text(finding.answers) if finding.answers else ""
    return Highlight(
        finding.kind,
        kind_title(finding.kind),
        finding.why,
        finding.source,
        quote=finding.quote,
        place=finding.span,
        heard=heard,
        reply=_reply(report, finding),
        others=_elsewhere([f for f in elsewhere if f.kind == finding.kind], finding),
    )


def suggestions(report: Report) -> tuple[Highlight, ...]:
    """At most three things to try next, most useful first; never more than one of a kind."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.of_kind(*TO_TRY):
        spoken = report.session.role_of(finding.utterance) == "practitioner"
        if spoken and not (within(finding.kind, "advice") and is_instruction(finding.quote)):
            groups[finding.kind].append(finding)
    ranked = sorted(groups.values(), key=lambda group: -sum(f.score for f in group))
    first = [next((g for g in ranked if within(g[0].kind, prefix)), None) for prefix in TO_TRY]
    shown = [group for group in first if group]
    rest = [group for group in ranked if group not in shown]
    found = [_suggestion(report, group) for group in (*shown, *rest)]
    # What shaped the whole session comes before single words, and after what may have hurt.
    weighty = [h for h in found if within(h.kind, *WEIGHTY)]
    return (*weighty, *_from_measures(report), *(h for h in found if h not in weighty))[:MOST_SUGGESTIONS]


def _suggestion(report: Report, group: Sequence[Finding]) -> Highlight:
    """One kind, shown at its surest place: the words as said, and the same thought said another way."""
    best = max(group, key=lambda f: (f.score, -f.utterance, -f.start))
    return Highlight(
        best.kind,
        kind_title(best.kind),
        best.why,
        best.source,
        quote=best.quote,
        place=best.span,
        suggestion=best.suggestion,
        around=_around(report, best),
        heard=report.coded.text(best.answers) if best.answers else "",
        others=_elsewhere(group, best),
    )


def _elsewhere(group: Sequence[Finding], shown: Finding) -> tuple[Span, ...]:
    """Places of the same kind in other utterances, one an utterance."""
    first = {f.utterance: f.span for f in reversed(group) if f.utterance != shown.utterance}
    return tuple(sorted(first.values()))


def _around(report: Report, finding: Finding) -> str:
    """The statement a short quote stands in, so that a single word is not shown without its sentence."""
    if len(finding.quote.split()) > 3:
        return ""
    for statement in report.coded.statements_of(finding.utterance):
        if statement.start <= finding.start and finding.end <= statement.end and statement.span != finding.span:
            return report.coded.text(statement)
    return ""


def _from_measures(report: Report) -> Iterator[Highlight]:
    measures = {measure.name: measure for measure in report.measures}
    ratio = measures.get("listening.reflection_to_question_ratio")
    if ratio and ratio.value is not None and (ratio.value if ratio.high is None else ratio.high) < 1:
        yield _more_reflections(report, ratio)
    share = measures.get("talk.practitioner_time_share")
    if share is None or share.value is None:
        share = measures.get("talk.practitioner_word_share")
    if share and share.value is not None and share.value >= MUCH_TALK:
        yield _more_room(report, share)


def _more_reflections(report: Report, ratio: Measure) -> Highlight:
    place = _question_after_feeling(report)
    return Highlight(
        "listening.reflection_to_question_ratio",
        "A reflection before the next question",
        f"{_how_many(ratio.value or 0)}. An answer that is reflected first tends to grow, and the next question is "
        "often no longer needed.",
        QUESTION_SOURCE,
        quote=report.coded.text(place) if place else "",
        place=place,
        heard=_said_before(report, place) if place else "",
        suggestion="Say first what you heard, as a statement: “So for you it is …” Then wait a moment.",
    )


def _how_many(ratio: float) -> str:
    """A ratio of reflections to questions in words: ``about one reflection for every 16 questions``."""
    if ratio == 0:
        return "No reflection was marked beside the questions"
    each = round(1 / ratio)
    return f"There was about one reflection for every {count(each, 'question') if each > 1 else 'question'}"


def _question_after_feeling(report: Report) -> Span | None:
    """A question that came straight after a client's feeling, else the one after the most they said at once."""
    after: list[tuple[bool, int, Span]] = []
    for statement in report.coded.by_role("practitioner"):
        before = statement.utterance - 1
        asks = statement.has("question") and not any(s.has("reflection") for s in _beside(report, statement))
        if asks and before >= 0 and report.session.role_of(before) == "client":
            felt = any(s.has("client.emotion") for s in report.coded.statements_of(before))
            after.append((felt, len(report.session[before].text.split()), statement.span))
    best = max(after, key=lambda told: (told[0], told[1], -told[2].utterance), default=None)
    return best[2] if best and (best[0] or best[1] >= TOLD) else None


def _beside(report: Report, statement: Statement) -> Sequence[Statement]:
    return report.coded.statements_of(statement.utterance)


def _said_before(report: Report, place: Span) -> str:
    """The end of what the client had said just before, where the feeling or the story was."""
    before = report.coded.statements_of(place.utterance - 1)
    felt = [s for s in before if s.has("client.emotion")]
    return report.coded.text((felt or before)[-1]) if before else ""


def _more_room(report: Report, share: Measure) -> Highlight:
    spoken = [u for u in report.session if report.session.role_of(u) == "practitioner"]
    # A long reflection is time well spent: look for the longest of the rest first.
    rest = [u for u in spoken if report.coded.labels[u.index].behaviour != "reflection"]
    longest = max(rest or spoken, key=lambda u: (len(u.text.split()), -u.index))
    return Highlight(
        share.name,
        "More room for the client's words",
        f"{number(share.value or 0, 'share')} of the {'words' if 'word' in share.name else 'talk time'} went to the "
        f"practitioner's side; the stretch quoted here runs to {count(len(longest.text.split()), 'word')}.",
        TALK_SOURCE,
        quote=longest.text,
        place=Span(longest.index, 0, len(longest.text)),
        suggestion="Offer one idea at a time, then hand over: “What do you make of that?”",
    )
