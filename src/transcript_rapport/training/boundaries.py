"""Teaches the network where a thought begins in speech without marks."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from transcript_rapport.coder.batches import Tokens
from transcript_rapport.coder.calibration import Cutting
from transcript_rapport.coder.network import SessionCoder
from transcript_rapport.coder.passages import SIZE, gaps
from transcript_rapport.session import Role
from transcript_rapport.statements import linear, plain, sizes
from transcript_rapport.training import segmentation
from transcript_rapport.training.examples import Example

CUT_BY_CODERS = ("hlqc", "annomi", "primock57", "invented")
"""Corpora whose statements somebody has cut; in the others they are our own cuts."""
RECOGNISED = ("hlqc",)
"""Corpora that are recognised speech, where only coded turns were cut."""
READINESS = (0.0, 0.3, 0.6, 0.9, 1.2, 1.5)
"""What is chosen from: log-odds added to every gap, as the best F1 asks for more cuts."""
WEIGHT = 0.5
RARE = 2.0


Pairs = list[tuple[list[int], list[int]]]
"""Cuts found and cuts there, a turn each, as the number of words before them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words said by one speaker in a row, without case and marks; ``begins[n]``: word n begins a statement."""

    words: tuple[str, ...]
    begins: tuple[bool, ...]
    role: Role


def passages(examples: Sequence[Example], chance: random.Random) -> list[Passage]:
    """The utterances of ``examples`` as passages of at most SIZE words, cut at random places."""
    return [part for e in examples if e.corpus in CUT_BY_CODERS for whole in turns(e) for part in _cut(whole, chance)]


def turns(example: Example) -> list[Passage]:
    """Each utterance whose statements are known, as one passage."""
    found = []
    numbers = range(len(example.units))
    for _, members in groupby(numbers, key=lambda n: example.units[n].utterance):
        places = list(members)
        if example.corpus in RECOGNISED and places[0] not in example.statement_targets:
            continue
        parts = [[word for word in map(plain, example.units[n].text.split()) if word] for n in places]
        words = tuple(word for part in parts for word in part)
        starts = set(accumulate(map(len, parts), initial=0))
        found.append(Passage(words, tuple(n in starts for n in range(len(words))), example.units[places[0]].role))
    return [passage for passage in found if len(passage.words) > 1]


def _cut(whole: Passage, chance: random.Random) -> list[Passage]:
    at, parts = -chance.randrange(SIZE) if len(whole.words) > SIZE else 0, []
    while at < len(whole.words):
        piece = slice(max(at, 0), at + SIZE)
        parts.append(Passage(whole.words[piece], whole.begins[piece], whole.role))
        at += SIZE
    return [part for part in parts if len(part.words) > 1]


def loss(coder: SessionCoder, lot: Sequence[Passage], tokens: Tokens) -> Tensor:
    """How far the network is from finding where statements begin, in the gaps between words."""
    found = torch.cat(gaps(coder, [(p.words, p.role) for p in lot], tokens))
    wanted = torch.tensor([float(begins) for p in lot for begins in p.begins[1:]])
    return WEIGHT * F.binary_cross_entropy_with_logits(found, wanted, pos_weight=torch.tensor(RARE))


def there(turn: Passage) -> list[int]:
    """The cuts of whoever coded the turn."""
    return [n for n, begins in enumerate(turn.begins) if begins and n]


Gaps = Mapping[str, Sequence[float]]
"""Session → the network's log-odds in every gap between the words of its turns."""


def pairs(example: Example, gaps: Gaps, cutting: Cutting) -> Pairs:
    """(found, there), one a turn, as the network and the linear model cut together."""
    said, at = [], 0
    for turn in turns(example):
        own = gaps[example.name][at : at + len(turn.words) - 1]
        weighed = [cutting.gap(*pair) for pair in zip(own, linear(turn.words), strict=True)]
        said.append((segmentation.cuts(sizes(weighed)), there(turn)))
        at += len(turn.words) - 1
    return said


def best(examples: Sequence[Example], gaps: Gaps) -> Cutting:
    """How to weigh the two: by logistic regression, then ready enough for the best F1, the corpora counted alike."""
    from sklearn.linear_model import LogisticRegression

    said = [[*pair] for e in examples for pair in zip(gaps[e.name], _linear(e), strict=True)]
    begins = [begins for e in examples for turn in turns(e) for begins in turn.begins[1:]]
    fitted = LogisticRegression(C=100.0).fit(said, begins)
    (network, by_words), (start,) = fitted.coef_[0].round(3).tolist(), fitted.intercept_.round(3).tolist()
    tried = [Cutting(network, by_words, round(start + ready, 3)) for ready in READINESS]
    return max(tried, key=lambda cutting: _mean_f1(examples, lambda e: pairs(e, gaps, cutting)))


def _linear(example: Example) -> list[float]:
    return [gap for turn in turns(example) for gap in linear(turn.words)]


def chosen(examples: Sequence[Example], gaps: Gaps) -> Cutting | None:
    """The best weighing, or None where the linear model alone cuts these sessions as well."""
    known = [e for e in examples if e.name in gaps]
    if not known:
        return None
    found = best(known, gaps)
    together = _mean_f1(known, lambda e: pairs(e, gaps, found))
    return found if together > _mean_f1(known, by_linear) else None


def by_linear(example: Example) -> Pairs:
    """(found, there) as the linear model cuts, one a turn."""
    return [(segmentation.cuts(sizes(linear(turn.words))), there(turn)) for turn in turns(example)]


def _mean_f1(examples: Sequence[Example], cut: Callable[[Example], Pairs]) -> float:
    scores = []
    for corpus in CUT_BY_CODERS:
        both = [pair for e in examples if e.corpus == corpus for pair in cut(e)]
        scores += [segmentation.score(both, within=1).f1] if both else []
    return sum(scores) / max(len(scores), 1)
