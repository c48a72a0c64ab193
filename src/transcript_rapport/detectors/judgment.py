"""Judgment: wording that could be heard as judgment, from the coder's reading and the lexicon's words together.

A client's own words, and the practitioner quoting, handing back or denying them, are never judgment; nor is what takes
words back, apologises, grants a point or lifts blame. Cheer and comparison count by their words after grief or pain,
where the coder is apt to hear kindness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise
from math import prod
from pathlib import Path
from typing import NamedTuple

from transcript_rapport import lexicons
from transcript_rapport.codebook import codes
from transcript_rapport.detectors.context import finding, heard, likeliest, quoted, without, without_doubted, words
from transcript_rapport.lexicons import Match, content_words, plain
from transcript_rapport.lexicons.moves import owns_harm
from transcript_rapport.lexicons.patterns import Patterns, beside
from transcript_rapport.report import Coded, Finding, Span, Statement

KINDS: tuple[str, ...] = tuple(code.name for code in codes().values() if code.family == "judgment")
LABEL, MORALISE, DISMISS = "judgment.label", "judgment.moralise", "judgment.dismiss"

SHOWN = 0.9
"""Least probability of any judgment at which the coder's reading is shown: quiet rather than loud."""
WHICH = 0.85
"""Least probability of the kind it is shown as: a remark that cannot say what it means helps nobody."""
LIKELY, SEVERAL, AMONG_SEVERAL = 0.3, 4.0, 0.4
"""Where a session's probabilities of judgment from LIKELY on add up to SEVERAL, each vouches for the others, and what
is at least AMONG_SEVERAL likely, and LIKELY as one kind, is shown."""
OFTEN = 0.05
"""Share of a session's statements that those probabilities have to reach: in hours of talk they add up by chance."""
STRETCH = 6
"""The practitioner's utterances around a place within which another that is LIKELY has to stand to vouch for it."""
HINT = 0.25
"""Least probability of any judgment at which words that are not sure by themselves count."""
SURE = 0.6
"""Score of words that are sure by themselves, where the coder finds judgment less likely than that."""
LEAST, BROKEN = 4, 9
"""Words, lead-ins apart, below which a reading that is not sure is of a fragment; BROKEN where the words break off."""
WORDLESS_WHY = "It can be heard as saying what kind of person somebody is."
WORDLESS_TRY = "Say what happened, and ask: “How do you see it?”"
"""What is told where the coder hears a label and the lexicon knows none of the words."""

_ABOUT_A_PERSON = (LABEL, "judgment.criticise")
"""Kinds whose words can be reported or denied without judging; an argument or a warning cannot."""
CONSOLES = frozenset(["at-least", "dont-cry", "others-have-it-worse", "platitudes", "silver-lining"])
"""Entries of cheer and comparison: sure where grief or pain was just told."""
LATELY = 2
"""The client's utterances in which it was told."""
_SAYS, _OPENS = beside(__file__), Patterns(Path(__file__).with_name("openings.toml"))


class Reading(NamedTuple):
    """A statement, the kind the coder's reading of it is shown as, and the lexicon's words in it that count."""

    statement: Statement
    kind: str | None
    words: list[Match]

    @property
    def surely(self) -> bool:
        """Whether it is shown as judgment, or holds words that are sure by themselves."""
        return bool(self.kind) or any(match.entry.sure for match in self.words)

    def alike(self) -> list[Match]:
        """The words of the kind the coder hears."""
        return [match for match in self.words if match.entry.kind == self.kind]


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
    return without_doubted(coded, lambda s: KINDS if s.has("judgment") and not _may_judge(coded, s) else ())


def readings(coded: Coded, family: str = "") -> list[Reading]:
    """Every practitioner's statement as it is read, in order, or only those that carry a code of one family.

    One whose words can be no judgment is rid of it, so that it vouches for no other either.
    """
    said = coded.by_role("practitioner")
    may = [_may_judge(coded, s) for s in said]
    left = [s if m else _cleared(s) for s, m in zip(said, may, strict=True)]
    near, owned = zip(left, _near(left, shown(left)), strict=True), _owned(coded)
    every = zip((_surer(s, k) if s.utterance in owned else (s, k) for s, k in near), may, strict=True)
    return [_read(coded, s, k) if m else Reading(s, None, []) for (s, k), m in every if not family or s.has(family)]


def _near(statements: Sequence[Statement], kinds: Sequence[str | None]) -> Iterator[str | None]:
    """The kinds each is shown as, left out where only others vouch for it and none of these is near."""
    order = {utterance: n for n, utterance in enumerate(dict.fromkeys(s.utterance for s in statements))}
    likely = [s for s in statements if likelihood(s.probabilities) >= LIKELY]
    for said, kind in zip(statements, kinds, strict=True):
        near = (o for o in likely if o is not said and abs(order[o.utterance] - order[said.utterance]) <= STRETCH)
        yield kind if kind and (_is_sure(Reading(said, kind, [])) or any(near)) else None


def _owned(coded: Coded) -> set[int]:
    """The practitioner's utterances whose harm their next one owns."""
    turns = (u for u in coded.session if coded.session.role_of(u) == "practitioner")
    return {turn.index for turn, after in pairwise(turns) if owns_harm(after.text)}


def _surer(said: Statement, kind: str | None) -> tuple[Statement, str | None]:
    """A statement whose harm is owned, and its kind: LIKELY is enough, and the owning counts as sure words do."""
    likely = likeliest(said, KINDS)
    if not likely or likelihood(said.probabilities) < LIKELY:
        return said, kind
    p = {likely: 1 - (1 - said.counted[likely]) * (1 - SURE)}
    return replace(said, left={**said.counted, **p}, probabilities={**said.probabilities, **p}), likely


def _cleared(statement: Statement) -> Statement:
    """A statement in which nobody hears judgment."""
    rest = {code: p for code, p in statement.probabilities.items() if code not in KINDS}
    return replace(without(statement, KINDS), probabilities=rest)


def _may_judge(coded: Coded, statement: Statement) -> bool:
    """Whether the words could be judgment: no quotation, no words lent, no relief or repair, nothing handed back."""
    said = plain(coded.text(statement))
    if _is_quoted(coded, statement) or _SAYS["relieves"].search(said) or _SAYS["concedes"].search(said):
        return False
    if _SAYS["first_person"].match(said) and _SAYS["lends_words"].search(_before(coded, statement)):
        return False
    told = _SAYS["hands_back"].match(said)
    held_against = _SAYS["objects"].match(plain(coded.session[statement.utterance].text[statement.end :]))
    return not told or bool(held_against) or not _client_said(coded, statement, said[told.end() :])


def _before(coded: Coded, statement: Statement) -> str:
    """What is said in the same utterance before a statement."""
    return plain(coded.session[statement.utterance].text[: statement.start])


def _read(coded: Coded, statement: Statement, kind: str | None) -> Reading:
    """A statement as it is read, its kind left out where its words or the rest of its codes speak against it."""
    text = coded.text(statement)
    spared = _SAYS["asks_view"].search(plain(text)) or (kind == MORALISE and _SAYS["lifts"].search(plain(text)))
    kind = None if spared else kind
    found = [_weighed(coded, statement, match) for match in lexicons.matches("judgment", text, coded.lexicons)]
    read = Reading(statement, kind, [match for match in found if not _exempt(coded, statement, match)])
    if found and not read.words and not _is_sure(read):
        return Reading(_cleared(statement), None, [])
    if read.alike() or not kind:
        return read
    if not _is_sure(read):
        kind = _told_as(read, kind, text)
    exempt = {match.entry.kind for match in found if match not in read.words}
    return read._replace(kind=None if kind in exempt else kind)


def _weighed(coded: Coded, statement: Statement, match: Match) -> Match:
    """Cheer or comparison as sure words where grief or pain was told; any other match as it is."""
    consoles = match.entry.id in CONSOLES and _is_grieving(coded, statement)
    return replace(match, entry=replace(match.entry, sure=True)) if consoles else match


def _is_grieving(coded: Coded, statement: Statement) -> bool:
    """Whether the client lately wept or told a loss, fear or pain in plain words, or bereavement has been spoken of."""
    lately = (plain(u.text) for u in islice(heard(coded, statement.utterance), LATELY))
    pain = [_SAYS["weeps"], _OPENS["loss"], _OPENS["plainly"]]
    spoken = (plain(u.text) for u in coded.session[: statement.utterance])
    return any(p.search(said) for said in lately for p in pain) or any(map(_SAYS["bereaved"].search, spoken))


def _told_as(read: Reading, kind: str, text: str) -> str | None:
    """What a reading that is not sure is shown as: sure words decide; else it has to be plain.

    What presses is no warning, and what makes small gives way to words known as another kind.
    """
    known = [match.entry for match in read.words if match.entry.kind != LABEL]
    sure = next((entry.kind for entry in known if entry.sure), None)
    if sure or not _is_plain(read.statement, kind, text):
        return sure
    if _SAYS["urges"].search(plain(text)):
        return MORALISE
    return known[0].kind if known and kind == DISMISS else kind


def _is_sure(read: Reading) -> bool:
    """Whether the coder's reading would be shown if it stood alone in its session."""
    p = read.statement.probabilities
    return likelihood(p) >= SHOWN and p.get(read.kind or "", 0.0) >= WHICH


def _is_plain(statement: Statement, kind: str, text: str) -> bool:
    """Whether nothing that speaks against judgment is likelier.

    A question that asks "why" is no plain question, for it asks for reasons; nor is a tag, which asks for consent.
    """
    p = statement.probabilities
    any_kind, this = likelihood(p), p.get(kind, 0.0)
    asks = _likeliest(p, "question") > any_kind and not ("why" in words(text) or _SAYS["tag"].search(plain(text)))
    open_about = _likeliest(p, "partnership") > any_kind
    kindly = _likeliest(p, "validation", "reflection") > this
    said = plain(text)
    against = [_SAYS["suggests"], _SAYS["examines"], _SAYS["mirrors"], _SAYS["supposes"], _SAYS["recalls"]]
    return not (asks or open_about or kindly or any(pattern.search(said) for pattern in against))


def _likeliest(probabilities: Mapping[str, float], *families: str) -> float:
    """The highest probability of a code of these families."""
    return max((p for code, p in probabilities.items() if code.partition(".")[0] in families), default=0.0)


def _is_fragment(coded: Coded, run: Sequence[Reading]) -> bool:
    """Whether a run holds too few words to be judged, none that the lexicon knows, and no sure reading."""
    text = " ".join(coded.text(read.statement) for read in run)
    said = len(words(_SAYS["starts"].sub("", plain(text))))
    broken = text.rstrip().endswith(("-", "–", "—"))
    known = any(_is_sure(read) or (read.alike() and not broken) for read in run)
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
    p = read.statement.counted.get(read.kind or "") or _likeliest(read.statement.probabilities, "judgment")
    return 1 - (1 - p) * (1 - SURE) if any(match.entry.sure for match in read.alike()) else p


def _from_words(coded: Coded, read: Reading, before: Reading | None) -> Iterator[Finding]:
    """Where the coder asserts no judgment, or in a fragment: sure words; elsewhere hints where it leans that way.

    A hint that takes up a sentence ``before`` it in which the coder leans that way too stands with it: each makes the
    other likelier.
    """
    said = read.statement
    likely, any_kind = _likeliest(said.probabilities, "judgment"), likelihood(said.probabilities)
    kindly = _likeliest(said.counted, "validation", "reflection")
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


def shown(statements: Sequence[Statement]) -> list[str | None]:
    """The kind each of a session's statements is shown as, where the coder is sure enough that it is judgment."""
    every = [likelihood(statement.probabilities) for statement in statements]
    recurs = sum(p for p in every if p >= LIKELY) >= max(SEVERAL, OFTEN * len(every))
    whether, which = (AMONG_SEVERAL, LIKELY) if recurs else (SHOWN, WHICH)
    kinds = [likeliest(statement, KINDS) for statement in statements]
    return [
        kind if kind and p >= whether and statement.counted[kind] >= which else None
        for statement, kind, p in zip(statements, kinds, every, strict=True)
    ]


def likelihood(probabilities: Mapping[str, float]) -> float:
    """The probability that a statement carries some judgment, its kinds taken as independent."""
    return 1 - prod(1 - probabilities.get(kind, 0.0) for kind in KINDS)


def _over(coded: Coded, statement: Statement, match: Match, score: float) -> Finding:
    """A finding over the matched words, told as the lexicon tells it."""
    entry, spoken = match.entry, coded.session[statement.utterance]
    place = (statement.start + match.start, statement.start + match.end)
    return Finding(entry.kind, spoken, *place, entry.why, entry.source, _sentence(entry.instead), score)


def _sentence(instead: str) -> str:
    """A better wording as a line of its own: typographic quotation marks, a capital, a full stop."""
    told = re.sub(r'"([^"]*)"', r"“\1”", instead)
    return told[0].upper() + told[1:] + ("" if told[-1] in ".?!”)" else ".")


def _is_quoted(coded: Coded, place: Statement | Span) -> bool:
    """Whether the words at ``place``, closing punctuation apart, stand inside quotation marks."""
    end = place.start + len(coded.text(place).rstrip(" .,;:!?"))
    return any(
        opened <= place.start and end <= closed for opened, closed in quoted(coded.session[place.utterance].text)
    )


def _exempt(coded: Coded, statement: Statement, match: Match) -> bool:
    """Whether matched words are a quotation, a report, a denial or the client's own."""
    if _is_quoted(coded, Span(statement.utterance, statement.start + match.start, statement.start + match.end)):
        return True
    text = coded.text(statement)
    if match.entry.kind == DISMISS:
        if _SAYS["told_them"].search(plain(text)[: match.start]):
            return True
        last = next(heard(coded, statement.utterance), None)
        return last is not None and match.entry.id in _entries(coded, last.text)
    if match.entry.kind not in _ABOUT_A_PERSON:
        return False
    return _said_of_others(text, match) or (
        statement.has("reflection") and _client_said(coded, statement, text[match.start : match.end])
    )


def _said_of_others(text: str, match: Match) -> bool:
    """Whether the words are reported ("you said …") or denied ("I wouldn't call you …")."""
    said = plain(text)
    before, own = said[: match.start], said[match.start : match.end]
    told = _SAYS["reported"].search(before) or _SAYS["denied"].search(before)
    return bool(told or _SAYS["denies_itself"].search(own))


def _client_said(coded: Coded, statement: Statement, said: str) -> bool:
    """Whether the client used these words shortly before, or words of an entry of the lexicon that they belong to."""
    told = " ".join(utterance.text for utterance in heard(coded, statement.utterance))
    meant, known = content_words(said), _entries(coded, said)
    return bool(meant and meant <= content_words(told)) or bool(known & _entries(coded, told))


def _entries(coded: Coded, text: str) -> set[str]:
    return {match.entry.id for match in lexicons.every("judgment", text, coded.lexicons)}
