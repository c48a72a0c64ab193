"""Steps for a medical visit: a feeling answered, the patient's own view, what comes across, where the talk is going.

What a visit is taught to hold beside its facts: ideas, concerns, expectations and effects on life asked for, sections
announced, what was told summed up, and explanations said back. Each is looked for by words, generously: a step is
offered only where nothing like it was said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.moves import SHOWN, Move, moves
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.renderers.fits import asks_for
from transcript_rapport.renderers.highlights import Highlight
from transcript_rapport.renderers.kinds import within
from transcript_rapport.renderers.places import (
    TURNS_TO,
    explanation,
    question_after_feeling,
    questions_in_a_row,
    said_before,
    told_at_length,
)
from transcript_rapport.renderers.wording import count, ended, listed, until
from transcript_rapport.report import Report, Span, Statement

ENOUGH = 20
"""Practitioner's utterances below which nothing is said to be missing."""
LIKELY = 0.5
"""Probability of a code from which words take up a fear; what only looks like a reflection does not."""
COMPLAINTS = 3
"""Statements of the patient with a word for a trouble of the body or mind, from which it is what they came for."""
MOST = 2
EXPLAINED = 90
"""Words of explanation in one utterance after which people can be expected to have lost some of it."""
_VR_CODES = "VR-CoDES (Zimmermann et al., 2011)"
_CLAUSE = re.compile(r"[.?!,;:]|\b(?:and|but|because|so (?=i\b|it\b|we\b))")
_SAYS = beside(__file__)


def steps(report: Report, besides: Collection[int]) -> list[Highlight]:
    """At most two steps, each at words of the talk; ``besides`` are utterances that are held up already."""
    opened = {finding.utterance for finding in report.of_kind("opening.missed", "opening.named")}
    found = [*_feeling(report, {*besides, *opened}), *_explanation(report, besides)]
    practitioners = sum(report.session.role_of(u) == "practitioner" for u in report.session)
    if practitioners >= ENOUGH and _complains(report):
        found += [*_view(report, besides), *_summary(report, besides), *_way(report, besides)]
    first = {step.place and step.place.utterance: step for step in reversed(found)}
    return [step for step in found if step is first[step.place and step.place.utterance]][:MOST]


def _complains(report: Report) -> bool:
    """Whether the patient tells of a trouble, or how they see it: to fetch a medicine is no reason to ask for more."""
    said = (plain(report.coded.text(s)) for s in report.coded.by_role("client"))
    return sum(1 for text in said if _SAYS["troubles"].search(text)) >= COMPLAINTS or bool(_told(report))


def _feeling(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    if fear := _after_a_fear(report, besides):
        yield Highlight(
            "visit.feeling",
            "Answer the fear they spoke of, then go on",
            "A fear that was said aloud waits for an answer; what comes next can wait for one sentence.",
            _VR_CODES,
            quote=report.coded.text(fear[0]),
            place=fear[0],
            heard=fear[1],
            suggestion="Say what you heard: “You thought it might be … That is a frightening thought.” Then go on.",
        )
    elif place := question_after_feeling(report, besides, felt=True):
        yield Highlight(
            "visit.feeling",
            "Answer the feeling, then ask on",
            "The next question is needed, and it can wait for one sentence: people tell more once they were heard.",
            _VR_CODES,
            quote=report.coded.text(place),
            place=place,
            heard=said_before(report, place),
            suggestion="Name it in a few words: “That sounds …”, “I can see that this …” Then ask your question.",
        )


def _explanation(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    place, words = told_at_length(report, besides) or (None, 0)
    move = moves()["partnership.teach_back"]
    if place and words >= EXPLAINED and not _said(report, _SAYS["teach_back"], move):
        yield Highlight(
            "visit.explanation",
            "Explain in small pieces, and let them say it back",
            f"The words quoted here explain or advise for {count(words, 'word')}, and no check of what came across was "
            "found. Much of what is explained at once is lost again by the door.",
            move.source,
            quote=report.coded.text(place),
            place=place,
            suggestion="One point at a time, in plain words, then: “So that I know I said it well, how would you tell "
            "it to somebody at home?”",
        )


def _view(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    views = {
        "what they think it is": ({"ideas"}, "“What have you thought it might be?”"),
        "what worries them": ({"concerns"}, "“What worries you most about it?”"),
        "what they hope for": ({"expectations", "wants"}, "“What were you hoping we could do today?”"),
        "what it does to their days": ({"effects"}, "“What does it keep you from doing?”"),
    }
    asked = frozenset[str]().union(*(asks_for(report.coded.text(s)) for s in report.coded.by_role("practitioner")))
    known = asked | _told(report)
    missing = [view for view, (kinds, _) in views.items() if known.isdisjoint(kinds)]
    place, heard = _after_a_hint(report, besides)
    if place and ("what worries them" in missing or len(missing) > 1):
        yield Highlight(
            "visit.view",
            f"Ask also {missing[0]}" if len(missing) < len(views) else "Ask how they see it themselves",
            f"No question was found about {listed(missing, 'or')}. The answers tell what to explain, and which worry "
            "to answer.",
            "",
            quote=report.coded.text(place),
            place=place,
            heard=heard,
            suggestion=" ".join(views[view][1] for view in missing[:3]),
        )


def _after_a_fear(report: Report, besides: Collection[int]) -> tuple[Span, str] | None:
    """What goes on right after a fear the patient tells, where nothing takes it up, at the surest; and the fear."""
    told = [s for s in report.coded.by_role("client") if s.utterance + 1 not in besides]
    for said in sorted(told, key=lambda s: -s.probabilities.get("client.emotion", 0.0)):
        text, after = report.coded.text(said), said.utterance + 1
        fear = _fear(text)
        place = _unanswered(report, after) if fear and after < len(report.session) else None
        if fear and place:
            return place, ended(until(text, fear.end()))
    return None


def _unanswered(report: Report, utterance: int) -> Span | None:
    """The closed question or explanation the practitioner goes on with, before anything that takes up what was said."""
    said = report.coded.statements_of(utterance) if report.session.role_of(utterance) == "practitioner" else ()
    for statement in said:
        text = report.coded.text(statement)
        met = any(p >= LIKELY and within(code, *TURNS_TO) for code, p in statement.counted.items())
        if met or _SAYS["takes_up"].search(plain(text)):
            return None
        if statement.has("question") or statement.has("information"):
            return None if "concerns" in asks_for(text) else statement.span
    return None


def _fear(text: str) -> re.Match[str] | None:
    """The first fear that a text tells, and does not deny in the clause up to it."""
    said = plain(text)
    return next((found for found in _SAYS["fears"].finditer(said) if not _denied(said[: found.end()])), None)


def _hint(report: Report, said: Statement) -> re.Match[str] | None:
    """The first hint at the patient's own view in a statement, neither denied nor in the words of what was asked."""
    text = plain(report.coded.text(said))
    before = report.coded.statements_of(said.utterance - 1) if said.utterance else ()
    asked = " ".join(plain(report.coded.text(s)) for s in before if s.has("question"))
    hints = _SAYS["hints"].finditer(text)
    return next((found for found in hints if not (_denied(text[: found.start()]) or found.group() in asked)), None)


def _denied(up_to: str) -> bool:
    """Whether the last clause of a text denies what it tells."""
    return bool(_SAYS["denies"].search(_CLAUSE.split(up_to)[-1]))


def _told(report: Report) -> frozenset[str]:
    """The views that the patient told unasked."""
    said = [report.coded.text(s) for s in report.coded.by_role("client")]
    told = {
        "concerns": any(map(_fear, said)),
        "ideas": any(_SAYS["thinks"].search(plain(text)) for text in said),
    }
    return frozenset(view for view, found in told.items() if found)


def _after_a_hint(report: Report, besides: Collection[int]) -> tuple[Span | None, str]:
    """A question right after words that hint at the patient's own view, else after the most they told; and the words.

    Of several hints, the one in the longest turn. Where nobody asks after anything told, where the explaining begins.
    """
    told = report.coded.by_role("client")
    for said in sorted(told, key=lambda s: -len(report.session[s.utterance].text)):
        text, after, hint = report.coded.text(said), said.utterance + 1, _hint(report, said)
        asked = [s for s in report.coded.statements_of(after) if s.has("question")] if hint else []
        if hint and asked and after not in besides and report.session.role_of(after) == "practitioner":
            return asked[0].span, ended(until(text, hint.end()))
    if not (place := question_after_feeling(report, besides)):
        return explanation(report, besides, _SAYS["concludes"]), ""
    felt = any(s.has("client.emotion") for s in report.coded.statements_of(place.utterance - 1))
    return place, said_before(report, place) if felt else ""


def _summary(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    move, place = moves()["listening.summary"], explanation(report, besides, _SAYS["concludes"])
    if place and not _said(report, _SAYS["summary"], move):
        yield Highlight(
            "visit.summary",
            "Sum up what you heard, and let them add to it",
            "No summary was found before the explanation. It draws together what was told, and lets it be put right.",
            move.source,
            quote=report.coded.text(place),
            place=place,
            suggestion="Before you explain: “Let me say back what I heard. … What have I missed?”",
        )


def _way(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    place, row = questions_in_a_row(report, besides) or (None, 0)
    if place and not _said(report, _SAYS["signpost"], moves()["transparency.rationale"]):
        yield Highlight(
            "visit.way",
            "Say where the questions are going",
            f"Here {count(row, 'utterance')} with questions begin, and no sentence was found that says where they go; "
            "who knows it need not guess what they mean.",
            "Cook (2024), transparency",
            quote=report.coded.text(place),
            place=place,
            suggestion="“Next I will ask about your family and your home, because that can matter here.”",
        )


def _said(report: Report, words: re.Pattern[str], move: Move | None = None) -> bool:
    """Whether the practitioner said anything of the kind, by these words or as a move."""
    said = ((s, report.coded.text(s)) for s in report.coded.by_role("practitioner"))
    return any(words.search(plain(text)) or (move and move.made_in(s, text, SHOWN)) for s, text in said)
