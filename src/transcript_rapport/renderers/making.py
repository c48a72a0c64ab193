"""What a report says about itself: how it was made, what it cannot know, and what it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from transcript_rapport.language import NOTICE
from transcript_rapport.renderers.audience import audience
from transcript_rapport.renderers.fits import carrying
from transcript_rapport.renderers.kinds import DISCLOSED, FIRST, LIMITS, NEAR, SPOKEN
from transcript_rapport.renderers.naming import who
from transcript_rapport.renderers.tact import asks_about_danger, names_danger, same_means
from transcript_rapport.renderers.wording import listed
from transcript_rapport.report import Finding, Report
from transcript_rapport.session import Role

NOTHING_MARKED = (
    "The coder marked little that it could point at in these words. That does not mean nothing went well: presence, "
    "patience and a warm voice leave few traces in a transcript."
)
NONE_CLEAR = (
    "The transcript marks what could be heard as {marked}; no place is clear enough by its words alone to be held up "
    "here. Presence, patience and a warm voice leave few traces in a transcript."
)
HELD_BACK = (
    "Near the words named above the report holds nothing up as praise, and elsewhere nothing stood out clearly. That "
    "is no judgement of how they were met; what was done about them is told below, as facts."
)
WAS_THERE = "In so short a session the report only says what was there: {}."
SHORT = 20
"""Turns below which a session is said to hold too little."""
WORDED = 5
"""Different words from which a statement of such a session is quoted."""
NOT_CODED = "No words are known here, so nothing was coded and nothing is marked: only the timing of talk was measured."
QUOTED = 3
"""Places where a client spoke of dying or harm that are quoted before everything else; the others are numbered."""
NOT_LOOKED_FOR = "This page does not look for danger"
"""How what is said of every such place begins: once is enough."""
LOOK_FIRST = (
    "Look first at who is who: until that is settled, nothing that is told of either side holds. {} Where the labels "
    "are right, naming the practitioner{} says so."
)
TERMINAL = " (--practitioner)", " Where they are not, name the other one, or have a stretch exchanged (--repair-roles)."
"""How to, on the command line: no page tells options."""
LEARNED = (
    "Which places are marked or held up, and which step comes first, was learned in part from sessions that a language "
    "model read as a supervisor would; no human supervisor has checked it."
)
NOT_A_VERDICT = "It describes words in one session; it is not a verdict on a person."


def learned(report: Report) -> str:
    """That marks and steps rest in part on remarks, and on whose; nothing where there are none."""
    return LEARNED if any(label.remarks for label in report.coded.labels) else ""


def nothing_marked(report: Report) -> str:
    """What to say where nothing is held up: nothing was coded, no mark is clear, or what was good left few traces."""
    if not report.statements:
        return NOT_CODED
    if any(report.of_kind("safety")):
        return HELD_BACK
    kinds = {"reflection": "reflecting", "validation": "validating"}
    theirs = report.coded.by_role("practitioner")
    marked = [told for family, told in kinds.items() if any(s.has(family) for s in theirs)]
    quoted = [t for s in theirs if any(map(s.has, kinds)) and carrying(t := report.coded.text(s)) >= WORDED]
    if quoted and len(report.session.turns) < SHORT:
        return WAS_THERE.format(listed(f"“{_ended(text)}”" for text in quoted[:QUOTED]))
    return NONE_CLEAR.format(marked=" or ".join(marked)) if marked else NOTHING_MARKED


def notices(report: Report) -> list[str]:
    """What a reader should see before anything else: words about dying or harm, then answers in questionnaires."""
    spoken = list(_spoken(report))
    once = [told.partition(NOT_LOOKED_FOR)[0].rstrip() for told in spoken[:-1]]
    return [*once, *spoken[-1:], *answers(report)]


def answers(report: Report) -> list[str]:
    """Answers in questionnaires that somebody should look at today."""
    asked = (m for m in report.measures if m.name.startswith("questionnaires.") and "_item_" in m.name and m.value)
    return [f"{m.title}: {m.note}." for m in asked]


def cautions(report: Report, *, options: bool = False) -> list[str]:
    """What takes the ground from under the whole report: another language, and labels that seem exchanged.

    ``options``: with those of the command line, for a terminal.
    """
    foreign = [f"Please note: {NOTICE}."] if NOTICE in report.session.notes else []
    doubts = " ".join(f"{note[0].upper()}{note[1:]}." for note in report.session.doubts)
    by, else_by = TERMINAL if options else ("", "")
    first = LOOK_FIRST.format(doubts, by) + else_by
    doubted = [first if in_doubt(report) else f"Please note. {doubts}"] if doubts else []
    return [*doubted, *foreign]


def in_doubt(report: Report) -> bool:
    """Whether who is who is to be settled before anything is told by role: not where the user named the practitioner.

    Praise, steps and shares of talk would be the wrong person's.
    """
    settings = report.made_with.get("settings")
    named = isinstance(settings, Mapping) and settings.get("practitioner") is not None
    return bool(report.session.doubts) and not named


def _spoken(report: Report) -> Iterator[str]:
    """Where a client spoke of dying or harm, sort by sort, with the words of the surest places as said, and by whom."""
    near = list(report.of_kind(NEAR))
    for kind in FIRST:
        for why in dict.fromkeys(finding.why for finding in report.of_kind(kind)):
            found = [finding for finding in report.of_kind(kind) if finding.why == why]
            surest = sorted(found, key=lambda f: -f.score)[:QUOTED]
            said = "; ".join(_as_said(report, f) for f in found if f in surest)
            belong = _at(f.utterance for f in near if kind in (SPOKEN, DISCLOSED) and f.source == found[0].source)
            around = f" Words that may belong to it: {belong}." if belong else ""
            yield f"{_at(f.utterance for f in found).capitalize()}: {said}.{around} {why}"


def _as_said(report: Report, finding: Finding) -> str:
    """The words, the question they answer, and who said them where there are several clients."""
    several = len(report.session.labels("client")) > 1 and report.session.role_of(finding.utterance) == "client"
    asked = f"to “{' '.join(report.coded.text(finding.answers).split())}”" if finding.answers else ""
    told = ", ".join(filter(None, (finding.of.speaker if several else "", asked)))
    return f"{told}{': ' if told else ''}“{_ended(finding.quote)}”"


def spoken_again(report: Report, finding: Finding) -> str:
    """What the practitioner did about it: asked directly, said what cannot stay private, named it or the means again.

    These are facts of words, the nearest thing to praise that such a place bears.
    """
    session, means = report.session, " ".join(f.quote for f in report.of_kind("safety"))
    they, their = ("you", "your") if audience(report).goals == 1 else ("the practitioner", "the practitioner's")
    theirs = [u for u in session if session.role_of(u) == "practitioner"]
    asked = [u.index for u in theirs if asks_about_danger(u.text)]
    limits = [f.utterance for f in report.of_kind(LIMITS, "transparency.limits") if f.utterance > finding.utterance]
    later = [u for u in theirs if u.index > finding.utterance]
    again = [u.index for u in later if names_danger(u.text) or same_means(u.text, means)]
    again = [index for index in again if index not in (*asked, *limits)]
    told = [f"{they} asked about it directly at {_at(asked)}."] if asked else []
    told += [f"{they} said what cannot stay private at {_at(sorted(limits))}."] if limits else []
    told += [f"Later {they} spoke of it again at {_at(again)}."] if again else []
    if later and not (again or limits or any(index > finding.utterance for index in asked)):
        told.append(f"In {their} later turns it is not spoken of again in such words.")
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}" for sentence in told)


def _at(utterances: Iterable[int]) -> str:
    """``utterances 3, 7 and 9``; empty where there are none."""
    places = list(dict.fromkeys(map(str, utterances)))
    return f"utterance{'s' if len(places) > 1 else ''} {listed(places)}" if places else ""


def _ended(quote: str) -> str:
    return " ".join(quote.split()).rstrip(".,;:")


def certainty(report: Report, *, reasons: bool = True) -> str:
    """Who was taken for the practitioner, how surely and why, in one sentence; ``reasons``: with what was counted."""
    session, certain = report.session, report.session.role_certainty
    sure = "" if certain is None or certain == 1 else f", certainty {_percent(certain)}"
    # Where the labels themselves say who is who, their list stands here already.
    how, *counted = session.role_reason.replace(f": {_as_labelled(report)}", "", 1).split(": ", 1)
    why = f" ({': '.join((f'{how}{sure}', *(counted if reasons or not sure else ())))})" if how else ""
    return f"{_side(report, 'Practitioner', 'practitioner')}; {_side(report, 'client', 'client')}{why}."


def _side(report: Report, called: str, role: Role) -> str:
    """Who has a role, behind its name: ``clients: Anna and Tom``."""
    return f"{called}{'s' if len(report.session.labels(role)) > 1 else ''}: {who(report, role)}"


def _percent(certainty: float) -> str:
    """Never 100 %: that is kept for what the labels or the user said."""
    percent = 100 * certainty
    return f"{round(percent) if percent < 99 else min(round(percent, 1), 99.9):g} %"


def _as_labelled(report: Report) -> str:
    return f"{who(report, 'practitioner')} as practitioner, {who(report, 'client')} as client"


def made_in_short(report: Report) -> str:
    """What made the report, for a terminal's last lines."""
    made = report.made_with
    model = made.get("model")
    named = f", coder {model.get('name', 'unnamed')}" if isinstance(model, Mapping) else ""
    version = f"Transcript Rapport {made.get('transcript_rapport', '')}".strip()
    return f"Made by {version}{named}, on this machine."


def made_rows(report: Report) -> list[tuple[str, str]]:
    """Everything ``made_with`` holds as pairs of name and text, nested names joined."""
    return list(_flat("", report.made_with))


def _flat(prefix: str, held: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in held.items():
        name = f"{prefix}{key}".replace("_", " ")
        if isinstance(value, Mapping):
            yield from _flat(f"{name}: ", {str(k): v for k, v in value.items()})
        elif isinstance(value, list | tuple):
            yield name, listed(str(item) for item in value) or "none"
        else:
            yield name, "not set" if value is None else str(value)
