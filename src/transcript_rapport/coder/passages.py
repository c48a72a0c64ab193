"""Speech without marks as the network reads it: how likely a thought begins between two words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from transcript_rapport.coder.batches import Ints, Spoken, Texts, Tokens, read
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.session import Role

if TYPE_CHECKING:
    from torch import Tensor

    from transcript_rapport.coder.network import SessionCoder

SIZE = 40
"""Words of a passage; longer speech is read in passages that overlap by half."""
UNREAD = -5.0
"""The log-odds of a thought in words beyond the tokens that are read."""

Passage = tuple[Sequence[str], Role]
"""Words and who says them."""


def gaps(coder: SessionCoder, passages: Sequence[Passage], tokens: Tokens) -> list[Tensor]:
    """Per passage of at most SIZE words, the log-odds that a thought begins before each word but the first.

    Words beyond the tokens that are read count as in the middle of a thought.
    """
    import torch

    texts, spoken, places = locate(passages, tokens)
    logits = coder.boundary(coder.tokens(texts, spoken)).squeeze(-1)
    found = []
    for (words, _), at in zip(passages, places, strict=True):
        rest = logits.new_full((len(words) - 1 - len(at),), UNREAD)
        found.append(torch.cat([logits[torch.from_numpy(at)], rest]))
    return found


def locate(passages: Sequence[Passage], tokens: Tokens) -> tuple[Texts, Spoken, list[Ints]]:
    """What the network reads, and where the first tokens of each passage's words, from the second on, lie in it."""
    texts = [" ".join(words) for words, _ in passages]
    units = [[Unit(text, role, 0)] for text, (_, role) in zip(texts, passages, strict=True)]
    read_texts, spoken = read(units, tokens)
    starts = (spoken.sizes.cumsum() - spoken.sizes)[spoken.place]
    firsts = [first_tokens(text, words, tokens)[1:] for text, (words, _) in zip(texts, passages, strict=True)]
    return read_texts, spoken, [start + np.array(of, dtype=np.int64) for start, of in zip(starts, firsts, strict=True)]


def first_tokens(text: str, words: Sequence[str], tokens: Tokens) -> list[int]:
    """The number of each word's first token, for as many words as were read."""
    offsets = tokens.tokenizer.encode(text).offsets
    place = {start: n for n, (start, end) in reversed(list(enumerate(offsets))) if end > start}
    found, at = [], 0
    for word in words:
        if at not in place:
            break
        found.append(place[at])
        at += len(word) + 1
    return found


def of_speech(
    speech: Sequence[Passage], ask: Callable[[Sequence[Passage]], Sequence[Sequence[float]]]
) -> Iterator[list[float]]:
    """Per stretch of speech, however long, the log-odds before each word but the first.

    ``ask`` gives those of passages. Where two passages overlap, each speaks for the words nearer to its middle.
    """
    starts = [passage_starts(len(words)) for words, _ in speech]
    cut = [(words[n : n + SIZE], role) for (words, role), of in zip(speech, starts, strict=True) for n in of]
    answers = iter(ask(cut))
    for of in starts:
        found: list[float] = []
        for n, start in enumerate(of):
            answer = list(next(answers))
            middle = (start + of[n - 1] + SIZE) // 2 if n else 1
            found[middle - 1 :] = answer[middle - start - 1 :]
        yield found


def passage_starts(words: int) -> list[int]:
    """The first words of the passages that cover so many words; the last ends where the words end."""
    last = max(words - SIZE, 0)
    return [*range(0, last, SIZE // 2), last]
