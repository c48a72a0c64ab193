"""Whether a session is a medical visit, and what of a report does not fit one.

Values and reasons that were made for counselling say little about a visit in which a history is taken and a treatment
agreed. The settings say what a session is; where they leave it open, the talk itself has to show it plainly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from transcript_rapport.codebook import READ
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Finding, Measure, Report

ADVICE = "advice.directive"
FEWEST_WORDS = 4
"""A shorter statement says nothing about what is spoken of."""
TERMS, SHARE = 10, 0.15
"""Different words of illness and treatment, and share of the practitioner's statements with one, from which talk is
medical: by words alone 198 of 200 simulated interviews, 39 of 40 mock consultations, 1 of 105 AnnoMI sessions, 5 of
128 of HLQC and none of 195 of ESConv; most of those six ask too little."""
CLOSED, QUESTIONS = 0.5, 8
"""Share of closed questions, and questions at least, that a history has."""
LABELLED, SPOKEN = 5, 0.1
"""Such words, and share of statements, that are enough where a label says that the practitioner treats people."""
READ_AS = (
    "Read as a medical visit, by its words for illness and treatment and its {}. If it is another kind "
    "of talk, have it read anew as counselling."
)
OPTION = "(--setting counselling)"
"""How to, for a terminal: no page tells options."""
NO_MITI = "MITI's values were made for counselling and are not shown for a medical visit"
_WHY = "Advice on how to live is taken up more readily once people were asked what they think of it themselves."
_TRY = "Ask first: “May I say a word about …?” Then: “What do you make of that? What would be possible for you?”"
_SAYS = beside(__file__)


def is_medical(report: Report) -> bool:
    """Whether the settings say that this is a medical visit or, where they leave it open, the talk shows it."""
    return _named(report) == "medical" or bool(signs(report))


def signs(report: Report) -> str:
    """That the talk shows a medical visit, in a sentence; nothing where the settings say what it is, or it does not."""
    if _named(report) != "auto":
        return ""
    said = report.coded.by_role("practitioner")
    asked = [s for s in said if s.has("question")]
    closed = sum(s.has("question.closed") and not s.has("question.open") for s in asked)
    told = [text for s in said if len((text := plain(report.coded.text(s))).split()) >= FEWEST_WORDS]
    terms = [_SAYS["illness"].findall(text) for text in told]
    different, spoken = len(set().union(*terms)), sum(map(bool, terms))
    if different >= LABELLED and spoken >= SPOKEN * len(told) and _treats(report):
        return READ_AS.format("speaker label")
    of_illness = different >= TERMS and spoken >= SHARE * len(told)
    history = len(asked) >= QUESTIONS and closed >= CLOSED * len(asked)
    return READ_AS.format("closed questions") if of_illness and history else ""


def _treats(report: Report) -> bool:
    """Whether a label says that a practitioner is a doctor, a nurse or another who treats illness."""
    return any(_SAYS["treats"].search(plain(label)) for label in report.session.labels("practitioner"))


def fitted(report: Report) -> Report:
    """The report without marks that do not fit a medical visit; any other as it is. What is left is to be measured.

    Treatment and instructions are what a visit is for, so only advice on how to live and advice that presses stay.
    """
    return replace(report, findings=tuple(_kept(report.findings))) if is_medical(report) else report


def unvalued(report: Report, measures: Iterable[Measure]) -> Iterable[Measure]:
    """The measures of a report; of a medical visit without values that were made for counselling."""
    return map(_unvalued, measures) if is_medical(report) else measures


def _named(report: Report) -> str:
    """What the settings say; a report made without any is no medical visit."""
    settings = report.made_with.get("settings")
    return str(settings.get("setting", "counselling")) if isinstance(settings, dict) else "counselling"


def _kept(findings: Iterable[Finding]) -> Iterable[Finding]:
    for finding in findings:
        said = plain(finding.quote)
        if finding.kind != ADVICE or READ in finding.source:
            yield finding
        elif _SAYS["way_of_life"].search(said) or _SAYS["presses"].search(said):
            yield replace(finding, why=_WHY, suggestion=_TRY)


def _unvalued(measure: Measure) -> Measure:
    """A measure without a threshold from MITI."""
    if measure.threshold is None or "MITI" not in measure.threshold.name + measure.threshold.source:
        return measure
    return replace(measure, threshold=None, note="; ".join(filter(None, (measure.note, NO_MITI))))
