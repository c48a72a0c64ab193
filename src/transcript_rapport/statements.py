"""Cuts an utterance into statements: sentences where it is punctuated, thought units where it is not.

Sentences come from spaCy's rule-based sentence segmenter (no model needed). Speech without marks is
cut where a small linear model, fitted to coded recognised speech, finds that a new thought begins:
see ``training/segmentation.py`` and docs/statements.md.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from transcript_rapport.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST = 30
"""Words in a thought unit at most; the codebook speaks of about 3 to 25."""

RARELY = 40
"""Words to a mark (comma, dash, end mark …) above which a sentence counts as unpunctuated."""

WEIGHTS = Path(__file__).with_name("boundaries.json")

_TOKEN = re.compile(r"\S+")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_NOTE = re.compile(r"\[[^\[\]\n]{1,80}\]|\([^()\n]{1,40}\)|<[^<>\n]{1,40}>")
"""A noise, a silence or a remark of whoever transcribed, in brackets; its marks end no sentence."""
_MARKS = tuple(",.;:?!…–—-")
_SAME = {"ok": "okay", "alright": "okay", "mmhmm": "mm-hmm", "mhm": "mm-hmm", "uh-huh": "mm-hmm", "hmm": "mm-hmm"}

KINDS: Mapping[str, str] = {
    "joining": "and but so because or cause plus although though unless while since",
    "if": "if when that whether than as like",
    "asking": "what how where why who which whats how's what's where's who's",
    "subject": "i you he she we they it there this these those everybody someone somebody nobody people",
    "subject-verb": "i'm i've i'd i'll you're you've you'd you'll he's she's it's we're we've we'll they're they've "
    "that's there's let's it'll that'd he'd she'd we'd they'd",
    "helping": "do does did are is was were am have has had can could would will should might may must been be",
    "not": "don't doesn't didn't isn't aren't wasn't weren't haven't hasn't can't couldn't wouldn't won't not never",
    "hearing": "yeah yes no okay right well mm-hmm oh ah sure exactly great good awesome fine yep nope cool wow "
    "absolutely hi hello hey bye thanks sorry please um uh er",
    "article": "a an the my your his her our their its some any every each another",
    "linking": "of to in on at for with about from by into over after before out up off through without",
    "thinking": "think know mean guess feel see want need understand hear sounds said say tell told hope wonder",
}
"""Kinds of words whose order tells where a thought ends; every other word is known by its ending."""

_KIND = {word: kind for kind, words in KINDS.items() for word in words.split()}
_ENDINGS = ("ing", "ed", "ly", "s")

CUES = (
    *("1 before", "2 before", "1 after", "2 after", "3 after"),
    *("2 words before", "the word on either side", "2 words after", "3 words after"),
    *("2 before and 1 after", "1 before and 2 after", "kinds", "kinds before", "kinds after"),
)
"""What is looked at between two words; the names of the tables in ``boundaries.json``."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The fitted model: the log-odds that a thought begins between two words are ``start`` and the cues' weights.

    ``weights``: one table a cue, in the order of CUES; a word or words not in it weigh nothing.
    """

    weights: tuple[Mapping[str, float], ...]
    start: float


@cache
def boundaries() -> Boundaries:
    """The weights that came with the package; a ModelError where the file is not whole."""
    try:
        raw = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        return Boundaries(tuple(raw["weights"][cue] for cue in CUES), float(raw["start"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        seen = f"cannot be read ({type(error).__name__}: {error})"
        raise ModelError(str(WEIGHTS), seen, "the weights of thought units", "install the package again") from None


@cache
def pipeline() -> Language:
    """spaCy's blank English pipeline with the sentence segmenter."""
    with _without_torch():
        import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    nlp.add_pipe("sentencizer")
    return nlp


@contextmanager
def _without_torch() -> Iterator[None]:
    """Inside, torch cannot be imported, unless it already was.

    spaCy's models in torch are not used here, but spaCy would load it wherever it is installed, which takes longer
    than all the rest of an analysis.
    """
    hidden = "torch" not in sys.modules
    if hidden:
        sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules["torch"]


Gaps = Callable[[Sequence[str]], Sequence[float]]
"""From plain words to the log-odds that a thought begins before each but the first."""


def split(text: str, gaps: Gaps | None = None) -> list[tuple[int, int]]:
    """Character offsets (start, end) of the statements of ``text``, in order, without outer white space.

    Empty where the text holds nothing but white space. What stands in brackets is never cut. Offsets index ``text``
    itself. ``gaps`` is asked about every sentence without marks that has two words or more; without it, the linear
    model that came with the package.
    """
    asked = gaps or linear
    found: list[tuple[int, int]] = []
    for sentence in pipeline()(_NOTE.sub(_blank, text)).sents:
        tokens = [match.span() for match in _TOKEN.finditer(text, sentence.start_char, sentence.end_char)]
        if tokens and found and not sentence.text.strip():  # a noise at the end
            found[-1] = found[-1][0], tokens[-1][1]
        elif tokens:
            found.extend(_thought_units(text, tokens, asked))
    return found


def _blank(note: re.Match[str]) -> str:
    """White space in place of a note, which thus goes with the sentence beside it."""
    return " " * len(note[0])


def _thought_units(text: str, tokens: Sequence[tuple[int, int]], gaps: Gaps) -> Iterator[tuple[int, int]]:
    """One sentence as thought units: itself where it is punctuated."""
    marks = sum(text[end - 1] in _MARKS for _, end in tokens)
    if len(tokens) <= RARELY * marks:
        yield tokens[0][0], tokens[-1][1]
        return
    words = _words(text, tokens)
    at = 0
    for size in sizes(gaps([word for _, _, word in words]) if len(words) > 1 else ()):
        yield words[at][0], words[at + size - 1][1]
        at += size


def _words(text: str, tokens: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Words as (start, end, plain word); a lone dash or dots belong to the word beside them."""
    found: list[tuple[int, int, str]] = []
    for start, end in tokens:
        word = plain(text[start:end])
        if found and not (word and found[-1][2]):
            found[-1] = (found[-1][0], end, found[-1][2] or word)
        else:
            found.append((start, end, word))
    return found


@lru_cache(maxsize=20_000)
def plain(token: str) -> str:
    """A token as the model knows it: lower-case, without outer marks, any number as 0; empty for mere marks."""
    word = _EDGE.sub("", token.lower().replace("’", "'"))
    return "0" if word[:1].isdigit() else _SAME.get(word, word)


def kind(word: str) -> str:
    """The kind of a plain word, else its ending."""
    return _KIND.get(word) or next((ending for ending in _ENDINGS if word.endswith(ending)), "")


def cues(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """For each gap between two of the plain ``words``: what stands around it, in the order of CUES."""
    padded = ("<", *words, ">", ">")
    kinds = ("<", *map(kind, words), ">", ">")
    for n in range(2, len(words) + 1):
        a, b, c, d, e = padded[n - 2 : n + 3]
        before, after = f"{kinds[n - 2]} {kinds[n - 1]}", f"{kinds[n]} {kinds[n + 1]}"
        yield (
            *(b, a, c, d, e),
            *(f"{a} {b}", f"{b} {c}", f"{c} {d}", f"{c} {d} {e}"),
            *(f"{a} {b} {c}", f"{b} {c} {d}", f"{before} | {after}"),
            *(f"{before} | {kinds[n]}", f"{kinds[n - 1]} | {after}"),
        )


def units(words: Sequence[str], model: Boundaries) -> list[int]:
    """The sizes in words of the likeliest thought units of the plain ``words``; their sum is len(words)."""
    return sizes(linear(words, model)) if words else []


def linear(words: Sequence[str], model: Boundaries | None = None) -> list[float]:
    """The log-odds that a thought begins before each of the plain ``words`` but the first, by the linear model."""
    known = model or boundaries()
    return [known.start + sum(map(_weight, known.weights, cue)) for cue in cues(words)]


def sizes(gaps: Sequence[float]) -> list[int]:
    """The sizes of the likeliest thought units of words with these log-odds between them.

    Of all ways to cut into units of 1 to LONGEST words, the one whose cuts have the highest sum of
    log-odds, by dynamic programming.
    """
    best, cut = [0.0], [0]
    for end, gap in enumerate((*gaps, 0.0), start=1):
        first = max(0, end - LONGEST)
        score, at = max(zip(best[first:end], range(first, end), strict=True))
        best.append(score + gap)
        cut.append(at)
    found, end = [], len(gaps) + 1
    while end:
        found.append(end - cut[end])
        end = cut[end]
    return found[::-1]


def _weight(table: Mapping[str, float], cue: str) -> float:
    return table.get(cue, 0.0)
