"""Steps for a medical visit: a feeling answered, the patient's own view, what comes across, where the talk is going.

What a visit is taught to hold beside its facts: ideas, concerns, expectations and effects on life asked for, sections
announced, what was told summed up, and explanations said back. Each is looked for by words, generously: a step is
offered only where nothing like it was said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.moves import Move, moves
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.renderers.fits import asks_for
from transcript_rapport.renderers.highlights import Highlight
from transcript_rapport.renderers.places import (
    explanation,
    question_after_feeling,
    questions_in_a_row,
    said_before,
    told_at_length,
)
from transcript_rapport.renderers.wording import count, ended, listed, until
from transcript_rapport.report import Report, Span

ENOUGH = 20
"""Practitioner's utterances below which nothing is said to be missing."""
MOST = 2
EXPLAINED = 90
"""Words of explanation in one utterance after which people can be expected to have lost some of it."""
_VR_CODES = "VR-CoDES (Zimmermann et al., 2011)"
_SAYS = beside(__file__)


def steps(report: Report, besides: Collection[int]) -> list[Highlight]:
    """At most two steps, each at words of the talk; ``besides`` are utterances that are held up already."""
    opened = {finding.utterance for finding in report.of_kind("opening.missed", "opening.named")}
    found = [*_feeling(report, {*besides, *opened}), *_explanation(report, besides)]
    if sum(report.session.role_of(u) == "practitioner" for u in report.session) >= ENOUGH:
        found += [*_view(report, besides), *_summary(report, besides), *_way(report, besides)]
    return list({step.place and step.place.utterance: step for step in reversed(found)}.values())[: -MOST - 1 : -1]


def _feeling(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    if fear := _after_a_fear(report, besides):
        yield Highlight(
            "visit.feeling",
            "Answer the fear they spoke of, then ask on",
            "A fear that was said aloud waits for an answer; the next question can wait for one sentence.",
            _VR_CODES,
            quote=report.coded.text(fear[0]),
            place=fear[0],
            heard=fear[1],
            suggestion="Say what you heard: “You thought it might be … That is a frightening thought.” Then ask on.",
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
    """A question right after a fear the patient tells, where nothing before it takes the fear up; and the fear."""
    for said in report.coded.by_role("client"):
        text, after = report.coded.text(said), said.utterance + 1
        if not _fears(text) or after in besides or after >= len(report.session):
            continue
        place = _unanswered(report, after) if report.session.role_of(after) == "practitioner" else None
        if place:
            return place, _around(text, "fears")
    return None


def _unanswered(report: Report, utterance: int) -> Span | None:
    """The closed question this utterance goes on with, before anything that takes up what was said."""
    for statement in report.coded.statements_of(utterance):
        if statement.has("reflection") or statement.has("validation") or statement.has("question.open"):
            return None
        if statement.has("question"):
            return None if "concerns" in asks_for(report.coded.text(statement)) else statement.span
    return None


def _fears(text: str) -> bool:
    """Whether a text tells a fear, and does not deny it."""
    return bool(_SAYS["fears"].search(plain(text))) and not _SAYS["denies"].search(plain(text))


def _told(report: Report) -> frozenset[str]:
    """The views that the patient told unasked."""
    said = [report.coded.text(s) for s in report.coded.by_role("client")]
    told = {
        "concerns": any(map(_fears, said)),
        "ideas": any(_SAYS["thinks"].search(plain(text)) for text in said),
    }
    return frozenset(view for view, found in told.items() if found)


def _around(text: str, name: str) -> str:
    """The text to the end of the clause that tells it."""
    found = _SAYS[name].search(plain(text))
    return ended(until(text, found.end()) if found else text)


def _after_a_hint(report: Report, besides: Collection[int]) -> tuple[Span | None, str]:
    """A question right after words that hint at the patient's own view, else after the most they told; and the words.

    Where nobody asks after anything told, where the explaining begins.
    """
    for said in report.coded.by_role("client"):
        hint, after = report.coded.text(said), said.utterance + 1
        asked = [s for s in report.coded.statements_of(after) if s.has("question")] if _hints(hint) else []
        if asked and after not in besides and report.session.role_of(after) == "practitioner":
            return asked[0].span, _around(hint, "hints")
    place = question_after_feeling(report, besides)
    return (place, said_before(report, place)) if place else (explanation(report, besides), "")


def _hints(text: str) -> bool:
    return bool(_SAYS["hints"].search(plain(text)))


def _summary(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    move, place = moves()["listening.summary"], explanation(report, besides)
    if place and not _said(report, _SAYS["summary"], move):
        yield Highlight(
            "visit.summary",
            "Sum up what you heard, and let them add to it",
            "No summary was found before this. It draws together what was told, and lets it be put right.",
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
    """Whether the practitioner said anything of the kind, by these words or as a move of the lexicon."""
    said = (plain(report.coded.text(s)) for s in report.coded.by_role("practitioner"))
    return any(words.search(text) or (move and move.in_words(text)) for text in said)
