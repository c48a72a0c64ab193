"""How each speaker talks, and who of them talks most like a practitioner.

A conditional logistic model over a dozen countable habits: the score of a speaker is a
weighted sum of how often they show each habit, and the probabilities are the softmax of the
scores over the speakers. Rates are drawn towards the typical one where there is little talk, so
that short transcripts stay uncertain.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import NamedTuple

from transcript_rapport.placeholders import as_words
from transcript_rapport.session import Session

PRIOR = {"turn": 4.0, "word": 60.0}
"""How many typical turns or words every speaker is credited with before counting."""

LENGTH, OPENS = "length", "opens"
MARK = r"\?"


class Rate(NamedTuple):
    """How often a habit was seen, and among how many turns or words."""

    times: int
    among: int


@dataclass(frozen=True)
class Habit:
    """One countable way of talking; see ``talk.toml``."""

    name: str
    says: str
    per: str
    seen: re.Pattern[str]

    def rate(self, turns: Sequence[str], words: int) -> Rate:
        """How often the turns of one speaker (as ``plain`` text) show the habit."""
        if self.per == "turn":
            return Rate(sum(bool(self.seen.search(turn)) for turn in turns), len(turns))
        return Rate(sum(len(self.seen.findall(turn)) for turn in turns), words)


@dataclass(frozen=True)
class Weights:
    """What training found: a weight for each habit, and how often a typical speaker shows it."""

    weight: Mapping[str, float]
    typical: Mapping[str, float]


@cache
def habits() -> tuple[Habit, ...]:
    """The habits counted, in the order of ``talk.toml``."""
    raw = tomllib.loads(files(__package__).joinpath("talk.toml").read_text(encoding="utf-8"))
    return tuple(_habit(name, **entry) for name, entry in raw.items())


def _habit(name: str, says: str, per: str, pattern: list[str], at: str = "anywhere") -> Habit:
    words = [p for p in pattern if p != MARK]
    # One look at each word's start for all of them together: much faster than one for each.
    either = "|".join([rf"(?<![\w'])(?:{'|'.join(words)})(?!\w)", *(p for p in pattern if p == MARK)])
    around = {"anywhere": "(?:%s)", "start": "^(?:%s)", "whole": "^(?:%s)[ ?]*$"}
    return Habit(name, says, per, re.compile(around[at] % either))


@cache
def weights() -> Weights:
    """The weights that came with the package."""
    raw = tomllib.loads(files(__package__).joinpath("weights.toml").read_text(encoding="utf-8"))
    return Weights(raw["weight"], raw["typical"])


def plain(text: str) -> str:
    """The text in lower-case words, with question marks as words and no other punctuation."""
    text = re.sub(r"<[^>]*>|\[[^\]]*\]", " ", as_words(text).casefold().replace("’", "'"))
    return " ".join(re.findall(r"[^\W_]+(?:['-][^\W_]+)*|\?", text))


def count(session: Session) -> dict[str, dict[str, Rate]]:
    """For every speaker, how often they show each habit (unit: turns, or words)."""
    said: dict[str, list[str]] = {label: [] for label in session.speakers}
    for turn in session.turns:
        if text := plain(turn.text):
            said[turn.speaker].append(text)
    counted = {}
    for label, turns in said.items():
        words = sum(len(turn.split()) for turn in turns)
        counted[label] = {habit.name: habit.rate(turns, words) for habit in habits()}
        counted[label][LENGTH] = Rate(words, len(turns))
        counted[label][OPENS] = Rate(int(label == session.speakers[0]), 1)
    return counted


def features(rates: Mapping[str, Rate], typical: Mapping[str, float]) -> dict[str, float]:
    """One speaker's rates as numbers the model weighs: drawn towards the typical, then square-rooted."""
    drawn = {habit.name: _drawn(rates[habit.name], typical[habit.name], PRIOR[habit.per]) ** 0.5 for habit in habits()}
    words, turns = rates[LENGTH]
    drawn[LENGTH] = log(1 + (words + PRIOR["turn"] * typical[LENGTH]) / (turns + PRIOR["turn"]))
    return drawn | {OPENS: float(rates[OPENS].times)}


def _drawn(rate: Rate, typical: float, prior: float) -> float:
    return (rate.times + prior * typical) / (rate.among + prior)


def likeness(
    counted: Mapping[str, Mapping[str, Rate]], among: Collection[str], model: Weights | None = None
) -> dict[str, float]:
    """The probability of each speaker of ``among`` to be the practitioner; they sum to 1."""
    model = model or weights()
    scores = {}
    for label in among:
        values = features(counted[label], model.typical)
        scores[label] = sum(model.weight[name] * value for name, value in values.items())
    highest = max(scores.values())
    odds = {label: exp(score - highest) for label, score in scores.items()}
    return {label: value / sum(odds.values()) for label, value in odds.items()}


def asking(rates: Mapping[str, Rate]) -> str:
    """How often a speaker asks, in words."""
    times, among = rates["asks"]
    return f"asks in {times} of {among} turn{'s' if among != 1 else ''}"


def evidence(counted: Mapping[str, Mapping[str, Rate]], chosen: str, among: Collection[str], most: int = 3) -> str:
    """The habits that spoke most for ``chosen`` against the rest of ``among``, with their counts."""
    others = [label for label in among if label != chosen]
    summed = {
        name: Rate(*map(sum, zip(*(counted[label][name] for label in others), strict=True))) for name in counted[chosen]
    }
    mine, theirs = (features(rates, weights().typical) for rates in (counted[chosen], summed))
    worth = {habit: weights().weight[habit.name] * (mine[habit.name] - theirs[habit.name]) for habit in habits()}
    best = sorted((habit for habit in habits() if worth[habit] > 0), key=lambda habit: -worth[habit])[:most]
    name = others[0] if len(others) == 1 else "the others"
    return "; ".join(_told(habit, (chosen, counted[chosen][habit.name]), (name, summed[habit.name])) for habit in best)


def _told(habit: Habit, one: tuple[str, Rate], two: tuple[str, Rate]) -> str:
    """The habit with both counts, whoever shows it more first."""
    if weights().weight[habit.name] < 0:
        one, two = two, one
    (name, rate), (beside, less) = one, two
    if habit.per == "turn":
        return f"{habit.says} ({name}: {rate.times} of {rate.among} turns, {beside}: {less.times} of {less.among})"
    return f"{habit.says} ({name}: {_percent(rate)} in 100 words, {beside}: {_percent(less)})"


def _percent(rate: Rate) -> str:
    return f"{100 * rate.times / max(rate.among, 1):.1f}"
