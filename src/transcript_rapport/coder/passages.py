"""Speech without marks as the network reads it: how likely a thought begins between two words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from transcript_rapport.coder.batches import Ints, Texts, Tokens, pad, read
from transcript_rapport.coder.inputs import Unit

SIZE = 40
"""Words of a passage; longer speech is read in passages that overlap by half."""
AT_ONCE = 256
"""Passages that are read at once."""
UNREAD = -5.0
"""The log-odds of a thought in words beyond the tokens that are read."""

Passage = Sequence[str]
"""Words that somebody says."""


def locate(passages: Sequence[Passage], tokens: Tokens) -> tuple[Texts, Ints, Ints]:
    """The texts of the passages, in which of their tokens each word begins (P, longest), and words read (P,)."""
    texts = [" ".join(words) for words in passages]
    read_texts, spoken = read([[Unit(text, "other", 0)] for text in texts], tokens)
    starts = spoken.source[(spoken.sizes.cumsum() - spoken.sizes)[spoken.place]]
    firsts = [first_tokens(text, words, tokens) or [0] for text, words in zip(texts, passages, strict=True)]
    return read_texts, pad(firsts, 0) + starts[:, None], np.array([len(of) for of in firsts], dtype=np.int64)


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


def each(found: Sequence[Sequence[float]], sizes: Ints, passages: Sequence[Passage]) -> list[list[float]]:
    """Padded log-odds as a list a passage; words beyond the tokens that are read are in the middle of a thought."""
    return [
        [*row[: size - 1], *[UNREAD] * (len(words) - size)]
        for row, size, words in zip(found, sizes.tolist(), passages, strict=True)
    ]


def of_speech(
    speech: Sequence[Passage], ask: Callable[[Sequence[Passage]], Sequence[Sequence[float]]]
) -> Iterator[list[float]]:
    """Per stretch of speech, however long, the log-odds before each word but the first.

    ``ask`` gives those of passages. Where two passages overlap, each speaks for the words nearer to its middle.
    """
    starts = [passage_starts(len(words)) for words in speech]
    cut = [words[n : n + SIZE] for words, of in zip(speech, starts, strict=True) for n in of]
    answers = (found for n in range(0, len(cut), AT_ONCE) for found in ask(cut[n : n + AT_ONCE]))
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
