"""Readings: which kind of judgment a statement is read as, from the coder's reading and the lexicon's words together.

Words that are spared (``spared``) are left out. Cheer and comparison count by their words after grief or pain, where
the coder is apt to hear kindness.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from math import prod
from typing import NamedTuple

from transcript_rapport import lexicons
from transcript_rapport.codebook import codes
from transcript_rapport.detectors.confided import tells_pain
from transcript_rapport.detectors.context import heard, likeliest, without, words
from transcript_rapport.detectors.spared import DISMISS, LABEL, MORALISE, exempt, may_judge
from transcript_rapport.lexicons import Match, plain
from transcript_rapport.lexicons.moves import owns_harm
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Statement

KINDS: tuple[str, ...] = tuple(code.name for code in codes().values() if code.family == "judgment")

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
SURE = 0.6
"""Score of words that are sure by themselves, where the coder finds judgment less likely than that."""
CONSOLES = frozenset(["at-least", "dont-cry", "others-have-it-worse", "platitudes", "silver-lining"])
"""Entries of cheer and comparison: sure where grief or pain was just told."""
LATELY = 2
"""The client's utterances in which it was told."""
_SAYS = beside(__file__)


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


def readings(coded: Coded, family: str = "") -> list[Reading]:
    """Every practitioner's statement as it is read, in order, or only those that carry a code of one family.

    One whose words can be no judgment is rid of it, so that it vouches for no other either.
    """
    said = coded.by_role("practitioner")
    may = [may_judge(coded, s) for s in said]
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
        yield kind if kind and (is_sure(Reading(said, kind, [])) or any(near)) else None


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


def _read(coded: Coded, statement: Statement, kind: str | None) -> Reading:
    """A statement as it is read, its kind left out where its words or the rest of its codes speak against it."""
    text = coded.text(statement)
    spared = _SAYS["asks_view"].search(plain(text)) or (kind == MORALISE and _SAYS["lifts"].search(plain(text)))
    kind = None if spared else kind
    found = [_weighed(coded, statement, match) for match in lexicons.matches("judgment", text, coded.lexicons)]
    read = Reading(statement, kind, [match for match in found if not exempt(coded, statement, match)])
    if found and not read.words and not is_sure(read):
        return Reading(_cleared(statement), None, [])
    if read.alike() or not kind:
        return read
    if not is_sure(read):
        kind = _told_as(read, kind, text)
    left_out = {match.entry.kind for match in found if match not in read.words}
    return read._replace(kind=None if kind in left_out else kind)


def _weighed(coded: Coded, statement: Statement, match: Match) -> Match:
    """Cheer or comparison as sure words where grief or pain was told; any other match as it is."""
    consoles = match.entry.id in CONSOLES and _is_grieving(coded, statement)
    return replace(match, entry=replace(match.entry, sure=True)) if consoles else match


def _is_grieving(coded: Coded, statement: Statement) -> bool:
    """Whether the client lately wept or told a loss, fear or pain in plain words, or bereavement has been spoken of."""
    lately = (plain(u.text) for u in islice(heard(coded, statement.utterance), LATELY))
    spoken = (plain(u.text) for u in coded.session[: statement.utterance])
    told = any(_SAYS["weeps"].search(said) or tells_pain(said) for said in lately)
    return told or any(map(_SAYS["bereaved"].search, spoken))


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


def is_sure(read: Reading) -> bool:
    """Whether the coder's reading would be shown if it stood alone in its session."""
    p = read.statement.probabilities
    return likelihood(p) >= SHOWN and p.get(read.kind or "", 0.0) >= WHICH


def _is_plain(statement: Statement, kind: str, text: str) -> bool:
    """Whether nothing that speaks against judgment is likelier.

    A question that asks "why" is no plain question, for it asks for reasons; nor is a tag, which asks for consent.
    """
    p = statement.probabilities
    any_kind, this = likelihood(p), p.get(kind, 0.0)
    asks = highest(p, "question") > any_kind and not ("why" in words(text) or _SAYS["tag"].search(plain(text)))
    open_about = highest(p, "partnership") > any_kind
    kindly = highest(p, "validation", "reflection") > this
    said = plain(text)
    against = [_SAYS["suggests"], _SAYS["examines"], _SAYS["mirrors"], _SAYS["supposes"], _SAYS["recalls"]]
    return not (asks or open_about or kindly or any(pattern.search(said) for pattern in against))


def highest(probabilities: Mapping[str, float], *families: str) -> float:
    """The highest probability of a code of these families."""
    return max((p for code, p in probabilities.items() if code.partition(".")[0] in families), default=0.0)


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
