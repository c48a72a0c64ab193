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
from transcript_rapport.renderers.highlights import Highlight
from transcript_rapport.renderers.places import question_after_feeling, said_before, told_at_length
from transcript_rapport.renderers.wording import count, listed
from transcript_rapport.report import Report

ENOUGH = 20
"""Practitioner's utterances below which nothing is said to be missing."""
MOST = 2
EXPLAINED = 90
"""Words of explanation in one utterance after which people can be expected to have lost some of it."""
_VR_CODES = "VR-CoDES (Zimmermann et al., 2011)"
_SAYS = beside(__file__)


def steps(report: Report, besides: Collection[int]) -> list[Highlight]:
    """At most two steps, those with a place in the talk first; ``besides`` are utterances that are held up already."""
    opened = {finding.utterance for finding in report.of_kind("opening.missed")}
    found = [*_feeling(report, {*besides, *opened}), *_explanation(report, besides)]
    if sum(report.session.role_of(u) == "practitioner" for u in report.session) >= ENOUGH:
        found += [*_view(report), *_summary(report), *_way(report)]
    return found[:MOST]


def _feeling(report: Report, besides: Collection[int]) -> Iterator[Highlight]:
    place = question_after_feeling(report, besides, felt=True)
    if place:
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


def _view(report: Report) -> Iterator[Highlight]:
    views = {
        "what they think it is": (_SAYS["ideas"], "“What have you thought it might be?”"),
        "what worries them": (_SAYS["concerns"], "“What worries you most about it?”"),
        "what they hope for": (_SAYS["expectations"], "“What were you hoping we could do today?”"),
        "what it does to their days": (_SAYS["effects"], "“What does it keep you from doing?”"),
    }
    missing = [view for view, (words, _) in views.items() if not _said(report, words)]
    if "what worries them" in missing or len(missing) > 1:
        yield Highlight(
            "visit.view",
            "Ask how they see it themselves",
            f"No question was found about {listed(missing, 'or')}. The answers tell what to explain, and which fear to "
            "speak to.",
            "",
            suggestion=" ".join(views[view][1] for view in missing[:3]),
        )


def _summary(report: Report) -> Iterator[Highlight]:
    move = moves()["listening.summary"]
    if not _said(report, _SAYS["summary"], move):
        why = "No summary was found here. It draws together what was told, and lets it be put right."
        ask = "Before you explain: “Let me say back what I heard. … What have I missed?”"
        yield Highlight(
            "visit.summary", "Sum up what you heard, and let them add to it", why, move.source, suggestion=ask
        )


def _way(report: Report) -> Iterator[Highlight]:
    if not _said(report, _SAYS["signpost"], moves()["transparency.rationale"]):
        why = "No sentence was found that says where the questions go next; who knows it need not guess what they mean."
        ask = "“Next I will ask about your family and your home, because that can matter here.”"
        source = "Cook (2024), transparency"
        yield Highlight("visit.way", "Say where the questions are going", why, source, suggestion=ask)


def _said(report: Report, words: re.Pattern[str], move: Move | None = None) -> bool:
    """Whether the practitioner said anything of the kind, by these words or as a move of the lexicon."""
    said = (plain(report.coded.text(s)) for s in report.coded.by_role("practitioner"))
    return any(words.search(text) or (move and move.in_words(text)) for text in said)
