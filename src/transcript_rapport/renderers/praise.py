"""What is worth holding up as an example: words that carry meaning and meet what the client has just shown.

A reflection may repeat a number or tick a symptom off a list; that is good history-taking, and no reason for praise.
The weights below are our own choice, made by reading the quotes chosen for real sessions of nine kinds; they order
what is shown and change no mark and no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from transcript_rapport.lexicons import content_words
from transcript_rapport.lexicons.moves import owns_harm
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.renderers.fits import (
    TO_THE_CLIENT,
    asks_for,
    asks_more,
    carrying,
    fits,
    names_a_feeling,
    own_start,
    worded,
)
from transcript_rapport.renderers.kinds import within
from transcript_rapport.renderers.tact import is_formality, is_handover, is_opener
from transcript_rapport.report import Finding, Report, Statement

BASE = {
    "rupture.repaired": 1.1,
    "reflection.complex": 1.0,
    "visit.view": 1.0,
    "validation.affirm": 0.9,
    "validation.normalise": 0.9,
    "partnership.autonomy": 0.85,
    "partnership.teach_back": 0.85,
    "partnership.feedback": 0.8,
    "validation.support": 0.75,
    "partnership.preference": 0.75,
    "partnership.collaborate": 0.75,
    "partnership.transparency": 0.55,
    "transparency.limits": 0.7,
    "transparency.uncertainty": 0.7,
    "listening.summary": 0.7,
    "frame.afterwards": 0.65,
    "partnership.options": 0.6,
    "partnership.last_time": 0.5,
    "partnership.homework_set": 0.45,
    "question.open": 0.35,
    "reflection.simple": 0.35,
}
"""Kinds that may be praised, and how readily."""
FAINT = 0.2
"""What is worth less is shown only where nothing else is."""
LEAST = 5
"""Different words that carry a statement: fewer are an acknowledgement."""
BEFORE = 6
"""Utterances: how far the client's turn before may begin, and the one after end."""
BACK_CHANNEL = 3
"""Words: a practitioner's utterance below this does not end the client's turn, and a question is none of its own."""
SHOWN = {"client.emotion": 0.4, "client.ambivalence": 0.3, "client.insight": 0.3, "client.disclosure": 0.2}
"""What the client may have shown in the turn before, and how much more meeting it is worth."""
PASSES = ("opening.missed", "rupture.passed")
"""Kinds that mark an answer which goes past the client: nothing in it is praised."""
STRAIN = ("client.confrontation", "client.withdrawal")
PLAIN = 0.5
"""Probability of strain in the client's next turn from which nothing before it is praised."""
ANSWERS = {"listening.summary": 30, "reflection": 3, "validation": 3, "rupture": 3}
"""Kinds that answer the client, and how many words the client must have said before."""

GOES_ON = ("question.open", "partnership.autonomy", "partnership.collaborate")
"""Kinds that may go past a feeling: after one they have to be about it, or stand beside a validation."""
AWAY = ("question", "information", "advice", "judgment")
"""What a “but” right after a validation leads to, where it was only the way there."""
SAID_BACK = 3
"""Words that carry meaning, all of them the client's, from which a reflection only says back; fewer do where all of
them stand in the client's turn just before."""
DEEPER, LEANS = "reflection.complex", 0.25
"""Least probability of a complex reflection at which a simple one that the client confirms counts as one."""
HINTED, ELSE = 0.15, ("question", "information", "advice", "structure", "self_disclosure", "validation", "partnership")
"""Least probability of a reflection that the client confirms, and what has to be less likely than it."""
REFLECTING = (
    "feel felt feels feeling sound sounds seem seems hear hearing guess wonder bit little yourself "
    "both once same time kind exactly details talk talked tell told said mentioned "
    "fact way like make makes making thing things"
)
"""Words by which a reflection says that it is one, or how much: they add nothing to what the client said."""

VIEW = "It asks how the client sees it: the answer tells what to explain, and which worry to answer."
VIEW_SOURCE = "Calgary-Cambridge Guide (Kurtz, Silverman & Draper, 2005), the patient's perspective"

_BROKEN = re.compile(r"\[[^\]]*$|unintelligible|inaudible|crosstalk|[-–—]\W*$", re.IGNORECASE)
_SAYS = beside(__file__, re.IGNORECASE)


def own_words(finding: Finding) -> Finding:
    """The finding from where its own sentence begins."""
    return replace(finding, start=finding.start + own_start(finding.kind, finding.quote))


def views_asked(report: Report) -> Iterator[Finding]:
    """Where a medical visit asks for the patient's own view: the answer is theirs, whatever the question's form."""
    for statement in report.coded.by_role("practitioner"):
        text = report.coded.text(statement)
        if "?" in text and asks_for(text) - {"wants"} and not is_handover(text):
            spoken = report.session[statement.utterance]
            yield Finding("visit.view", spoken, statement.start, statement.end, VIEW, VIEW_SOURCE)


def worth(report: Report, finding: Finding, *, visit: bool = False) -> float:
    """How much a finding deserves to be held up, from 0 (not at all) to about 2.

    ``visit``: in a medical visit, where the questions of a history are no invitation.
    """
    text = finding.quote
    bare = carrying(text) < LEAST and not owns_harm(text)
    if finding.kind not in BASE or _BROKEN.search(text) or bare or is_formality(text):
        return 0.0
    ill = _passes_over(report, finding) or _turned_down(report, finding) or _in_jest(finding)
    if ill or not _after(report, finding) or is_opener(text):
        return 0.0
    if within(finding.kind, "question", "reflection") and _SAYS["doubts"].search(text):
        return 0.0
    finding = _confirmed(report, finding)
    met = _met(report, finding)
    if not fits(finding.kind, text, met) or not _holds(report, finding, met):
        return 0.0
    if visit and _is_routine(report, finding, met):
        return 0.0
    return BASE[finding.kind] + _more(finding.kind, text, met)


def _confirmed(report: Report, finding: Finding) -> Finding:
    """A simple reflection as a complex one where it leans that way, adds words, and the client says that it fits."""
    here = report.coded.statements_of(finding.utterance)
    alone = finding.kind == "reflection.simple" and not any(s.has(DEEPER) for s in here)
    leans = any(s.end == finding.end and s.probabilities.get(DEEPER, 0.0) >= LEANS for s in here)
    if alone and leans and understood(report, finding.utterance) and _adds(report, finding, 0.0):
        return replace(finding, kind=DEEPER)
    return finding


def understood(report: Report, utterance: int) -> str:
    """The client's next words, where they confirm that they were understood."""
    for after in report.session[utterance + 1 : utterance + 3]:
        if report.session.role_of(after) == "client":
            said = [s for s in report.coded.statements_of(after.index) if s.has("client.understood")]
            return report.coded.text(said[0]) if said else ""
    return ""


def confirmed(report: Report, finding: Finding) -> bool:
    """Whether it reflects, and the client's next words say that it fits."""
    return within(finding.kind, "reflection") and bool(understood(report, finding.utterance))


def leaning(report: Report, statement: Statement) -> dict[str, float]:
    """The likelier way of reflecting, where it is not counted but leads, and the client says that it fits."""
    likely = statement.probabilities
    reflects = {code: p for code, p in likely.items() if within(code, "reflection")}
    best = max(reflects, key=lambda code: reflects[code], default="")
    leads = best and reflects[best] >= max(HINTED, *(p for code, p in likely.items() if within(code, *ELSE)), 0.0)
    counted = any(within(code, "reflection") for code in statement.counted)
    return {best: reflects[best]} if leads and not counted and understood(report, statement.utterance) else {}


def _after(report: Report, finding: Finding) -> bool:
    """Whether the client had said enough before what claims to answer them."""
    needed = next((words for kind, words in ANSWERS.items() if within(finding.kind, kind)), 0)
    for spoken in report.session[: finding.utterance]:
        if needed <= 0:
            break
        if report.session.role_of(spoken) == "client":
            needed -= worded(spoken.text)
    return needed <= 0


def _turned_down(report: Report, finding: Finding) -> bool:
    """Whether the client's next turn shows strain, gives in, or corrects or sidesteps what claims to understand them.

    Who answers a validation with “yes, but” in their next two turns was won over by it rather than met.
    """
    reply = list(_turn_after(report, finding.utterance))
    if any(statement.counted.get(code, 0.0) >= PLAIN for statement in reply for code in STRAIN):
        return True
    if _gives_in(report, finding, reply):
        return True
    later = _turn_after(report, finding.utterance, turns=2) if within(finding.kind, "validation") else ()
    if any(_SAYS["yes_but"].search(report.coded.text(statement)) for statement in later):
        return True
    asked = (s for s in _others(report, finding) if s.start >= finding.end and s.has("question"))
    if not within(finding.kind, *ANSWERS) or not all(_SAYS["checks"].search(report.coded.text(s)) for s in asked):
        return False  # What follows answers another question.
    said = " ".join(report.coded.text(statement) for statement in reply)
    denied = _SAYS["denies"].search(said) and not _SAYS["negative"].search(finding.quote)
    sidestepped = _SAYS["sidesteps"].search(said) and finding.quote.rstrip().endswith("?")
    return bool(denied or sidestepped or _SAYS["corrects"].search(said))


def _gives_in(report: Report, finding: Finding, reply: list[Statement]) -> bool:
    """Whether the client gives in to it, or had just given in where it tells them of two sides in themselves."""
    both = within(finding.kind, "reflection") and _SAYS["both"].search(finding.quote)
    around = [*reply, *(_turn_before(report, finding.utterance) if both else ())]
    return any(_SAYS["complies"].search(report.coded.text(statement)) for statement in around)


def _passes_over(report: Report, finding: Finding) -> bool:
    """Whether its utterance is marked as going past what the client had just opened, or past strain."""
    return any(f.kind in PASSES and f.utterance == finding.utterance for f in report.findings)


def _is_routine(report: Report, finding: Finding, met: float) -> bool:
    """Whether a visit asks or says this of everybody: a question of the history, or a guess at what was never said."""
    if finding.kind == "question.open":
        return met < SHOWN["client.emotion"] and not (asks_for(finding.quote) or asks_more(finding.quote))
    if finding.kind != "reflection.complex" or met:
        return False
    before = report.session[max(0, finding.utterance - BEFORE) : finding.utterance]
    said = " ".join(u.text for u in before if report.session.role_of(u) == "client")
    return content_words(finding.quote).isdisjoint(content_words(said))


def _in_jest(finding: Finding) -> bool:
    """Whether praise is a tease: it may be warm, and no strength is named by it."""
    return within(finding.kind, "validation.affirm") and bool(_SAYS["teases"].search(finding.quote))


def _holds(report: Report, finding: Finding, met: float) -> bool:
    """Whether a complex reflection adds to the client's words, and the rest of the turn bears out the others."""
    if finding.kind == "reflection.complex":
        return _adds(report, finding, met)
    others = _others(report, finding)
    if any(_SAYS["puts_off"].search(report.coded.text(s)) for s in others):
        return False
    after = [s for s in others if s.start >= finding.end]
    felt = met >= SHOWN["client.emotion"]
    if within(finding.kind, "validation"):
        turned = any(map(after[0].has, AWAY)) and _SAYS["turns"].search(report.coded.text(after[0])) if after else None
        asked = [s for s in after if s.has("question")]
        return not (turned or (felt and asked and not _stays(report, finding, report.coded.text(asked[-1]))))
    if finding.kind not in GOES_ON:
        return True
    asked = [s for s in others if s.has("question") and worded(report.coded.text(s)) >= BACK_CHANNEL]
    closed = len(asked) > 1 or any(s in after and not s.has("question.open") for s in asked)
    if finding.kind == "question.open" and closed:
        return False  # People tend to answer the last, which may close what this one opened.
    validated = any(p >= PLAIN for s in others for code, p in s.counted.items() if within(code, "validation"))
    return not felt or validated or _stays(report, finding, finding.quote)


def _adds(report: Report, finding: Finding, met: float) -> bool:
    """Whether a reflection holds a word that carries meaning and is not the client's, nor their not knowing renamed.

    One in small words only adds where it denies something after what the client has shown (“It isn't yours”).
    """
    meant, spoken = content_words(finding.quote) - content_words(REFLECTING), report.session[: finding.utterance]
    said = " ".join(u.text for u in spoken if report.session.role_of(u) == "client")
    near = " ".join(report.coded.text(s) for s in _turn_before(report, finding.utterance))
    if _SAYS["unsure"].search(said):
        meant -= content_words(" ".join(_SAYS["unsure"].findall(finding.quote)))
    small = not meant and met > 0 and _SAYS["negative"].search(finding.quote)
    return bool(small or meant - content_words(said if len(meant) >= SAID_BACK else near))


def _stays(report: Report, finding: Finding, asked: str) -> bool:
    """Whether a question is about what the client has just shown."""
    before = content_words(" ".join(map(report.coded.text, _turn_before(report, finding.utterance))))
    meant = content_words(asked) - content_words(REFLECTING)
    return bool(meant & before or _SAYS["stays"].search(asked) or names_a_feeling(asked))


def _others(report: Report, finding: Finding) -> list[Statement]:
    """The other statements of its utterance."""
    here = report.coded.statements_of(finding.utterance)
    return [s for s in here if s.end <= finding.start or s.start >= finding.end]


def _more(kind: str, text: str, met: float) -> float:
    """What makes it worth more: it meets what was shown, names a feeling, holds both sides, asks for their view."""
    if within(kind, "question"):
        return 0.75 * met + 0.15 * bool(_SAYS["their_view"].search(text))
    if within(kind, "reflection", "validation", "rupture"):
        vague = not (TO_THE_CLIENT.search(text) or names_a_feeling(text))
        both = bool(_SAYS["both"].search(text))
        asks = within(kind, "reflection") and "?" in text and not both
        if within(kind, "validation.affirm"):
            met = met / 2
        return met + 0.2 * names_a_feeling(text) + 0.15 * both - 0.3 * (vague + asks)
    return 0.15 * bool(_SAYS["asks_leave"].search(text))


def _met(report: Report, finding: Finding) -> float:
    """How much the client had shown in the turn before."""
    return max(
        (SHOWN.get(code, 0.0) for s in _turn_before(report, finding.utterance) for code in s.counted), default=0.0
    )


def _turn_after(report: Report, utterance: int, turns: int = 1) -> Iterator[Statement]:
    """The client's statements until the practitioner has said more than a back-channel, ``turns`` times."""
    for spoken in report.session[utterance + 1 : utterance + 1 + BEFORE * turns]:
        role = report.session.role_of(spoken)
        if role == "practitioner" and worded(spoken.text) >= BACK_CHANNEL:
            turns -= 1
        if not turns:
            return
        if role == "client":
            yield from report.coded.statements_of(spoken.index)


def _turn_before(report: Report, utterance: int) -> Iterator[Statement]:
    """The client's statements between this turn of the practitioner and their last one, back-channels apart."""
    heard = False
    for spoken in reversed(report.session[max(0, utterance - BEFORE) : utterance]):
        role = report.session.role_of(spoken)
        if heard and role == "practitioner" and worded(spoken.text) >= BACK_CHANNEL:
            return
        if role == "client":
            heard = True
            yield from report.coded.statements_of(spoken.index)
