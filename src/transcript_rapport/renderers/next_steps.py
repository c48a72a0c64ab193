"""What to try next: at most three things, each with the words as said, the reason and another way to say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from transcript_rapport.renderers import measured
from transcript_rapport.renderers.highlights import Highlight, elsewhere_of
from transcript_rapport.renderers.kinds import TO_TRY, kind_title, within
from transcript_rapport.renderers.tact import is_instruction
from transcript_rapport.renderers.wording import ended
from transcript_rapport.report import Finding, Report

WEIGHTY = ("judgment", "opening.missed", "rupture.passed", "advice.directive")
MOST_SUGGESTIONS = 3
MAIN = 8
"""Different words of one kind from which it is the session's main matter, if it also stands
``OUTNUMBERS`` times as often as all that weighs more."""
OUTNUMBERS = 3


def suggestions(report: Report) -> tuple[Highlight, ...]:
    """At most three things to try next, most useful first; never more than one of a kind.

    Where nothing is marked, one step that follows from what was measured; nothing where too little was.
    """
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
    main = [_often(h, groups[h.kind]) for h in found if h not in weighty and _is_main(groups, h.kind)]
    single = (h for h in found if h not in weighty and not _is_main(groups, h.kind))
    told = (*main, *weighty, *measured.clear(report), *single)[:MOST_SUGGESTIONS]
    return told or measured.gentle(report)


def _often(step: Highlight, group: Sequence[Finding]) -> Highlight:
    """The same step, with how often it could be taken: why it comes first."""
    return replace(step, why=f"{step.why} It is one of {len(group)} such places here.")


def _is_main(groups: Mapping[str, Sequence[Finding]], kind: str) -> bool:
    """Whether a kind that weighs little occurs with so many different words that it is what the session is about."""
    often = len({f.quote.lower() for f in groups[kind]})
    weighty = sum(len(group) for k, group in groups.items() if within(k, *WEIGHTY))
    return often >= MAIN and often >= OUTNUMBERS * weighty


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
        heard=ended(report.coded.text(best.answers)) if best.answers else "",
        others=elsewhere_of(group, best),
    )


def _around(report: Report, finding: Finding) -> str:
    """The statement a short quote stands in, so that a single word is not shown without its sentence."""
    if len(finding.quote.split()) > 3:
        return ""
    for statement in report.coded.statements_of(finding.utterance):
        if statement.start <= finding.start and finding.end <= statement.end and statement.span != finding.span:
            return report.coded.text(statement)
    return ""
