"""Judgment: wording that could be heard as judgment, from the coder's reading and the lexicon's words together.

How a statement is read: ``readings``; what is never judgment: ``spared``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from transcript_rapport.detectors.context import finding, without_doubted, words
from transcript_rapport.detectors.readings import (
    CONSOLES,
    KINDS,
    LIKELY,
    SURE,
    Reading,
    highest,
    is_sure,
    likelihood,
    readings,
)
from transcript_rapport.detectors.spared import LABEL, may_judge
from transcript_rapport.lexicons import Match, plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

HINT = 0.25
"""Least probability of any judgment at which words that are not sure by themselves count."""
LEAST, BROKEN = 4, 9
"""Words, lead-ins apart, below which a reading that is not sure is of a fragment; BROKEN where the words break off."""
WORDLESS_WHY = "It can be heard as saying what kind of person somebody is."
WORDLESS_TRY = "Say what happened, and ask: “How do you see it?”"
"""What is told where the coder hears a label and the lexicon knows none of the words."""

_SAYS = beside(__file__)


def detect(coded: Coded) -> Iterator[Finding]:
    """Findings of judgment, never two over the same words.

    Neighbouring statements of one utterance that the coder codes as one kind of judgment, surely enough to be
    shown, are one finding, told by the lexicon where it knows the words; a label is narrowed to the words
    themselves. Elsewhere words that are sure stand alone, and the others where the coder finds some judgment
    (at least ``HINT``).
    """
    every = readings(coded)
    before = {read.statement.span: lead for lead, read in pairwise(every) if _leads_up(lead, read)}
    for (_, kind), members in groupby(every, key=lambda read: (read.statement.utterance, read.kind)):
        run = list(members)
        if kind == LABEL and any(read.alike() for read in run):
            yield from (_over(coded, read.statement, match, _score(read)) for read in run for match in read.alike())
        elif kind and not _is_fragment(coded, run):
            yield _one(coded, run)
        else:
            yield from (found for read in run for found in _from_words(coded, read, before.get(read.statement.span)))


def settled(coded: Coded) -> Coded:
    """The session without judgment where the words can be none; probabilities and what people coded stay."""
    return without_doubted(coded, lambda s: KINDS if s.has("judgment") and not may_judge(coded, s) else ())


def _is_fragment(coded: Coded, run: Sequence[Reading]) -> bool:
    """Whether a run holds too few words to be judged, none that the lexicon knows, and no sure reading."""
    text = " ".join(coded.text(read.statement) for read in run)
    said = len(words(_SAYS["starts"].sub("", plain(text))))
    broken = text.rstrip().endswith(("-", "–", "—"))
    known = any(is_sure(read) or (read.alike() and not broken) for read in run)
    return said < (BROKEN if broken else LEAST) and not known


def _one(coded: Coded, run: Sequence[Reading]) -> Finding:
    """One finding over all of a run, as sure as its surest statement, told by the lexicon where it knows the words."""
    best = max(run, key=_score)
    worded = max((read for read in run if read.alike()), key=_score, default=None)
    if worded:
        told = _over(coded, worded.statement, worded.alike()[0], _score(best))
    else:
        said = replace(best.statement, left={**best.statement.counted, best.kind or "": _score(best)})
        told = finding(coded, said, best.kind or "")
        told = replace(told, why=WORDLESS_WHY, suggestion=WORDLESS_TRY) if best.kind == LABEL else told
    return replace(told, start=run[0].statement.start, end=run[-1].statement.end)


def _score(read: Reading) -> float:
    """How likely a statement is what it is shown as; words that are sure by themselves add to the coder's reading."""
    p = read.statement.counted.get(read.kind or "") or highest(read.statement.probabilities, "judgment")
    return 1 - (1 - p) * (1 - SURE) if any(match.entry.sure for match in read.alike()) else p


def _from_words(coded: Coded, read: Reading, before: Reading | None) -> Iterator[Finding]:
    """Where the coder asserts no judgment, or in a fragment: sure words; elsewhere hints where it leans that way.

    A hint that takes up a sentence ``before`` it in which the coder leans that way too stands with it: each makes the
    other likelier.
    """
    said = read.statement
    likely, any_kind = highest(said.probabilities, "judgment"), likelihood(said.probabilities)
    kindly = highest(said.counted, "validation", "reflection")
    once = {match.entry.id: match for match in reversed(read.words)}
    if once and all(match.entry.sure and id_ in CONSOLES for id_, match in once.items()):
        yield replace(_over(coded, said, read.words[0], max(likely, SURE)), start=said.start, end=said.end)
        return
    for match in reversed(once.values()):
        if match.entry.sure:
            yield _over(coded, said, match, max(likely, SURE))
        elif before and any_kind >= HINT and not read.kind and kindly < any_kind:
            both = 1 - (1 - any_kind) * (1 - likelihood(before.statement.probabilities))
            yield replace(_over(coded, said, match, both), start=before.statement.start, end=said.end)
            return
        elif likely >= HINT and not read.kind and not kindly:
            yield _over(coded, said, match, likely)


def _leads_up(before: Reading, read: Reading) -> bool:
    """Whether a statement just before in the same utterance, in which nothing is found, leans towards judgment."""
    leans = likelihood(before.statement.probabilities) >= LIKELY
    return leans and not (before.kind or before.words) and before.statement.utterance == read.statement.utterance


def _over(coded: Coded, statement: Statement, match: Match, score: float) -> Finding:
    """A finding over the matched words, told as the lexicon tells it."""
    entry, spoken = match.entry, coded.session[statement.utterance]
    place = (statement.start + match.start, statement.start + match.end)
    return Finding(entry.kind, spoken, *place, entry.why, entry.source, _sentence(entry.instead), score)


def _sentence(instead: str) -> str:
    """A better wording as a line of its own: typographic quotation marks, a capital, a full stop."""
    told = re.sub(r'"([^"]*)"', r"“\1”", instead)
    return told[0].upper() + told[1:] + ("" if told[-1] in ".?!”)" else ".")
