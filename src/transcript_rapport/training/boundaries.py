"""Teaches the network where a thought begins in speech without marks, and says how well it knows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from transcript_rapport.coder import weights
from transcript_rapport.coder.batches import Tokens
from transcript_rapport.coder.network import Cutter, SessionCoder
from transcript_rapport.coder.passages import SIZE, locate
from transcript_rapport.statements import linear, plain, sizes
from transcript_rapport.training import pace, segmentation
from transcript_rapport.training.examples import Example
from transcript_rapport.training.recipe import log

FILE = "cutter.pt"
CUT_BY_CODERS = ("hlqc", "annomi", "primock57")
"""Corpora whose statements somebody has cut, or whose transcribers wrote sentences of speech; they are scored."""
RECOGNISED = ("hlqc",)
"""Corpora that are recognised speech, where only coded turns were cut."""
DRAWN = {"hlqc": 1.0, "annomi": 1.0, "primock57": 1.0, "fareez-rest": 0.5, "esconv": 0.1, "epitome": 0.15}
"""What is learned from: the share of a corpus's turns that an epoch reads. The last two are written."""
COUNTED = {"hlqc": 1.5, "annomi": 1.0, "primock57": 1.0, "fareez-rest": 0.6, "esconv": 0.4, "epitome": 0.4}
"""How much a gap of each corpus counts."""
END_MARKS = ".?!…"

READINESS = tuple(n / 10 for n in range(-6, 22, 3))
"""What is chosen from: log-odds added to every gap, as the best F1 asks for more cuts."""
EPOCHS = 3
WORDS_A_STEP = 1500
ADAPTER_RATE, OTHER_RATE, DECAY = 1e-3, 2e-3, 0.01


Pairs = list[tuple[list[int], list[int]]]
"""Cuts found and cuts there, a turn each, as the number of words before them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words said by one speaker in a row, without case and marks; ``begins[n]``: word n begins a statement."""

    corpus: str
    words: tuple[str, ...]
    begins: tuple[bool, ...]


def turns(example: Example) -> list[Passage]:
    """Each utterance whose statements are known, as one passage."""
    found = []
    numbers = range(len(example.units))
    for _, members in groupby(numbers, key=lambda n: example.units[n].utterance):
        places = list(members)
        if not _known(example, places):
            continue
        parts = [[word for word in map(plain, example.units[n].text.split()) if word] for n in places]
        words = tuple(word for part in parts for word in part)
        starts = set(accumulate(map(len, parts), initial=0))
        found.append(Passage(example.corpus, words, tuple(n in starts for n in range(len(words)))))
    return [passage for passage in found if len(passage.words) > 1]


def _known(example: Example, places: Sequence[int]) -> bool:
    """Whether somebody cut these units: a coder, a transcriber, or a writer who ended every one with a mark."""
    if example.corpus in RECOGNISED:
        return places[0] in example.statement_targets
    texts = (example.units[n].text for n in places)
    return example.corpus in CUT_BY_CODERS or all(text.rstrip("\"')")[-1:] in END_MARKS for text in texts)


def epoch(said: Sequence[Passage], chance: random.Random) -> list[list[Passage]]:
    """A draw of turns, in passages of at most SIZE words cut at random places; a batch is of about equal lengths."""
    drawn = (turn for turn in said if chance.random() < DRAWN.get(turn.corpus, 1.0))
    cut = sorted((p for turn in drawn for p in _cut(turn, chance)), key=lambda p: len(p.words) + 6 * chance.random())
    ends = list(accumulate(len(p.words) for p in cut))
    batches = [[p for _, p in lot] for _, lot in groupby(zip(ends, cut, strict=True), lambda x: x[0] // WORDS_A_STEP)]
    chance.shuffle(batches)
    return batches


def _cut(whole: Passage, chance: random.Random) -> Iterator[Passage]:
    at = -chance.randrange(SIZE) if len(whole.words) > SIZE else 0
    while at < len(whole.words):
        piece = slice(max(at, 0), at + SIZE)
        if len(whole.words[piece]) > 1:
            yield Passage(whole.corpus, whole.words[piece], whole.begins[piece])
        at += SIZE


def loss(coder: SessionCoder, lot: Sequence[Passage], tokens: Tokens, habits: nn.Embedding) -> Tensor:
    """How far the cutter is from finding where statements begin; ``habits``: how readily each corpus cuts."""
    texts, places, many = locate([p.words for p in lot], tokens)
    found = coder.gaps(texts, places, many)
    wanted, counted = torch.zeros_like(found), torch.zeros_like(found)
    for n, (p, size) in enumerate(zip(lot, many.tolist(), strict=True)):
        wanted[n, : size - 1] = torch.tensor(p.begins[1:size], dtype=torch.float)
        counted[n, : size - 1] = COUNTED.get(p.corpus, 1.0)
    corpora = torch.tensor([sorted(COUNTED).index(p.corpus) for p in lot])
    each = F.binary_cross_entropy_with_logits(found + habits(corpora), wanted, reduction="none")
    return (each * counted).sum() / counted.sum()


def fit(
    coder: SessionCoder, said: Sequence[Passage], tokens: Tokens, seed: int, epochs: int = EPOCHS
) -> Iterator[float]:
    """Gives the network a new cutter and trains it, the rest stays as it is; the mean loss after every epoch."""
    torch.manual_seed(seed)
    cutter = coder.cutter = Cutter(coder.shape)
    chance = random.Random(seed)
    habits = nn.Embedding(len(COUNTED), 1)
    nn.init.zeros_(habits.weight)
    coder.requires_grad_(False)
    cutter.requires_grad_(True)
    adapters = list(cutter.adapters.parameters())
    other = [*(p for name, p in cutter.named_parameters() if not name.startswith("adapters")), *habits.parameters()]
    rates = [{"params": adapters, "lr": ADAPTER_RATE}, {"params": other, "lr": OTHER_RATE}]
    optim = torch.optim.AdamW([group for group in rates if group["params"]], weight_decay=DECAY)
    plan = [epoch(said, chance) for _ in range(epochs)]
    schedule = pace.schedule(optim, sum(map(len, plan)))
    coder.train()
    for lots in plan:
        seen = 0.0
        for lot in lots:
            seen += pace.learn(loss(coder, lot, tokens, habits), [*adapters, *other], optim)
            schedule.step()
        yield seen / len(lots)


def learned(
    coder: SessionCoder, tokens: Tokens, examples: Sequence[Example], without: set[str], place: Path, seed: int
) -> None:
    """Gives the network a cutter trained on ``examples`` outside some groups, as it will be saved, and keeps it."""
    place.mkdir(parents=True, exist_ok=True)
    said = [turn for e in examples if e.group not in without for turn in turns(e)]
    for mean in fit(coder, said, tokens, seed):
        log(place, {"cutter": round(mean, 4)})
    weights.settle(coder)
    if coder.cutter:
        torch.save(coder.cutter.state_dict(), place / FILE)


def known(coder: SessionCoder, place: Path) -> None:
    """Gives the network the cutter that ``learned`` kept, if there is one."""
    if coder.cutter and (place / FILE).is_file():
        coder.cutter.load_state_dict(torch.load(place / FILE, weights_only=True))


def there(turn: Passage) -> list[int]:
    """The cuts of whoever coded the turn."""
    return [n for n, begins in enumerate(turn.begins) if begins and n]


Gaps = Mapping[str, Sequence[float]]
"""Session → the network's log-odds in every gap between the words of its turns."""


def pairs(example: Example, gaps: Gaps, ready: float) -> Pairs:
    """(found, there), one a turn, as the network cuts when it is so ready to."""
    said, at = [], 0
    for turn in turns(example):
        end = at + len(turn.words) - 1
        said.append((segmentation.cuts(sizes([gap + ready for gap in gaps[example.name][at:end]])), there(turn)))
        at = end
    return said


def best(examples: Sequence[Example], gaps: Gaps) -> float:
    """How ready to cut gives the best F1, the corpora counted alike."""
    known = [e for e in examples if e.name in gaps]
    return max(READINESS, key=lambda ready: _mean_f1(known, lambda e: pairs(e, gaps, ready)))


def by_linear(example: Example) -> Pairs:
    """(found, there) as the linear model cuts, one a turn."""
    return [(segmentation.cuts(sizes(linear(turn.words))), there(turn)) for turn in turns(example)]


def _mean_f1(examples: Sequence[Example], cut: Callable[[Example], Pairs]) -> float:
    scores = []
    for corpus in CUT_BY_CODERS:
        both = [pair for e in examples if e.corpus == corpus for pair in cut(e)]
        scores += [segmentation.score(both, within=1).f1] if both else []
    return sum(scores) / max(len(scores), 1)
