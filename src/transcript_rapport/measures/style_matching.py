"""Style matching: how alike the two use function words, and who takes up whose.

Matching: Ireland & Pennebaker (2010), J Pers Soc Psychol 99:549-571. Taking up: Danescu-Niculescu-Mizil,
Gamon & Dumais (2011), Mark my words!, linguistic style coordination.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import mean
from typing import TypeVar

from transcript_rapport.detectors.context import word_list
from transcript_rapport.lexicons.style import function_words
from transcript_rapport.measures import contrasts, counting
from transcript_rapport.measures.definitions import BLOCKS, Definition
from transcript_rapport.report import Coded, Finding, Measure
from transcript_rapport.session import Role
from transcript_rapport.settings import Settings

T = TypeVar("T")
Said = tuple[Role, frozenset[str], tuple[int, ...], int]
"""One turn: its role, the kinds of function word in it, how many of each, and its words."""
Pair = tuple[frozenset[str], frozenset[str]]
"""The kinds of function word in a turn and in the reply to it."""

_SIDES: tuple[Role, Role] = ("practitioner", "client")
GROUPS = 10
"""Stretches of neighbouring turns that are left out in turn for the interval."""
LEAST_PAIRS = 5
"""Turns with, and turns without, a kind of word that it takes to say whether the reply follows."""

NO_WORDS = "practitioner and client do not both say something"
NO_REPLY = "too few replies to turns with and without each kind of function word"
_OWN_LISTS = (
    "The nine kinds are those of the paper; the word lists are this project's own, so values are near those published "
    "and not the same. People who get on match more, and people who argue can match too: it says nothing by itself."
)
_CAUTION = "weak: related to empathy in research, never a score of it"

MATCHING = Definition(
    "style_matching.function_words",
    "Style matching",
    unit="index from 0 to 1",
    formula="mean over nine kinds of function word of 1 − |p − c| ÷ (p + c + 0.0001), where p and c are the kind's "
    "share of the practitioner's and of the client's words",
    base="words of whoever says less",
    not_measurable=(NO_WORDS,),
    source="Language style matching (Ireland & Pennebaker, 2010; Lord et al., 2015, in motivational interviews)",
    example="articles are 6 % of one side's words and 4 % of the other's: 1 − 0.02 ÷ 0.1001 = 0.80 for that kind",
    range=(0.0, 1.0),
    interval=BLOCKS,
    enough=150,
    caution=_CAUTION,
    remark=_OWN_LISTS,
)


def _following(who: Role, whom: Role) -> Definition:
    return Definition(
        f"style_matching.{who}_follows_{whom}",
        f"How much the {who} takes up the {whom}'s style",
        unit="difference of shares",
        formula=f"mean over kinds of function word of: share of {who} replies with the kind where the {whom}'s turn "
        f"before has it − share of all {who} replies with the kind",
        base="replies",
        not_measurable=(NO_REPLY,),
        source="Linguistic style coordination (Danescu-Niculescu-Mizil et al., 2011, 2012)",
        example="60 % of replies to turns with an article have one, 55 % of all replies do: 0.05 for that kind",
        range=(-1.0, 1.0),
        interval=BLOCKS,
        enough=30,
        caution=f"{_CAUTION}; long turns and long replies come together too",
        remark=_OWN_LISTS,
    )


PRACTITIONER = _following("practitioner", "client")
CLIENT = _following("client", "practitioner")
DEFINITIONS: tuple[Definition, ...] = (MATCHING, PRACTITIONER, CLIENT)


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Matching over the session, then who takes up whose style."""
    said = _turns(coded)
    least = min(_words(said, "practitioner"), _words(said, "client"))
    yield _measured(MATCHING, said, least, matching, NO_WORDS)
    for definition, who in ((PRACTITIONER, "practitioner"), (CLIENT, "client")):
        pairs = [(a[1], b[1]) for a, b in pairwise(said) if a[0] != who and b[0] == who]
        yield _measured(definition, pairs, len(pairs), following, NO_REPLY)


def matching(said: Sequence[Said]) -> float | None:
    """Style matching of the two sides over some turns, 0 to 1, or None where only one of them says something."""
    own, theirs = (_shares(said, role) for role in ("practitioner", "client"))
    if not own or not theirs:
        return None
    return mean(1 - abs(p - c) / (p + c + 0.0001) for p, c in zip(own, theirs, strict=True))


def following(pairs: Sequence[Pair]) -> float | None:
    """How much replies take up the kinds of function word of the turn before, -1 to 1, over kinds with enough turns."""
    shifts = [_shift(pairs, kind) for kind in function_words()]
    known = [shift for shift in shifts if shift is not None]
    return mean(known) if known else None


def _shift(pairs: Sequence[Pair], kind: str) -> float | None:
    after = [kind in reply for before, reply in pairs if kind in before]
    if len(after) < LEAST_PAIRS or len(pairs) - len(after) < LEAST_PAIRS:
        return None
    return mean(after) - mean(kind in reply for _, reply in pairs)


def _turns(coded: Coded) -> list[Said]:
    """Every turn of practitioner and client that says more than a back-channel."""
    kept = sorted(
        ((turn.utterances[0].index, role, turn.text) for role in _SIDES for turn in counting.turns(coded, role)),
        key=lambda entry: entry[0],
    )
    return [_said(role, text) for _, role, text in kept]


def _said(role: Role, text: str) -> Said:
    words = word_list(text.replace("’", "'"))
    counts = {kind: sum(word in listed for word in words) for kind, listed in function_words().items()}
    return role, frozenset(kind for kind, count in counts.items() if count), tuple(counts.values()), len(words)


def _words(said: Sequence[Said], role: Role) -> int:
    return sum(words for who, _, _, words in said if who == role)


def _shares(said: Sequence[Said], role: Role) -> list[float]:
    """Each kind's share of the words of ``role``; empty where there is no word."""
    total = _words(said, role)
    counts = [counts for who, _, counts, _ in said if who == role]
    return [sum(column) / total for column in zip(*counts, strict=True)] if total else []


def _measured(
    definition: Definition, items: Sequence[T], base: int, of: Callable[[Sequence[T]], float | None], missing: str
) -> Measure:
    """The value over all items, with the interval from leaving out each of ``GROUPS`` stretches in turn."""
    value = of(items)
    if value is None:
        return definition.missing(missing)
    bounds = [len(items) * i // GROUPS for i in range(GROUPS + 1)]
    rest = (of([*items[:a], *items[b:]]) for a, b in pairwise(bounds) if b > a)
    interval = contrasts.of_blocks(value, [one for one in rest if one is not None], definition.range)
    return definition.measured(value, base, interval)
