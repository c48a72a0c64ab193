"""Which words of a session are identifiers, by a small network over what the coder's encoder makes of each word.

It sees the encoder's lowest layers (``states.py``), how a word is written and what it is known as
(``vocabulary.standing``), and through two convolutions the words on either side; two such networks are asked, and their
mean counts. Learned from our invented sessions (``training/identifiers.py``). What a rule has begun to find is carried
on; what it is surer of is an identifier of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import accumulate, pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np

from transcript_rapport.coder.batches import Floats
from transcript_rapport.coder.layers import Linear, gelu, softmax
from transcript_rapport.coder.weights import Arrays, unpacked
from transcript_rapport.deidentification.around import DOING
from transcript_rapport.deidentification.numbering import plain
from transcript_rapport.deidentification.numerals import DAY, DIGIT_WORDS, NUMBER
from transcript_rapport.deidentification.patterns.ages import OLD
from transcript_rapport.deidentification.patterns.formal import PUBLIC
from transcript_rapport.deidentification.spans import Found, overlaps
from transcript_rapport.deidentification.states import Piece, Window, encoder, pieces, windows
from transcript_rapport.deidentification.vocabulary import clinical, is_listed, is_ordinary, standing
from transcript_rapport.placeholders import KINDS

FILE = "learned.npz"
BUCKETS = 1 << 12
"""Into so many places what is known of a word is hashed."""
SURE, OWN = 0.3, 0.4
"""From these probabilities on, a word goes on what a rule began, and makes an identifier that no rule found."""
DOUBTED, DONE = 0.9, 0.95
"""The same of what is mostly something else: numbers that the rules leave are scores, doses and times; and of verbs."""
RULED_OUT, ODD = 0.02, 0.15
"""What a rule found is none where its likeliest word is less likely; the second of small words that no list knows."""
AGED = 0.6
"""The same of ages, which are told by what they are: ninety and more."""
HEADS = 2
REACHES = (1, 2)
"""How far away the words are that each convolution sees on either side."""
CLASSES: tuple[str, ...] = ("none", *KINDS)
LISTS = (
    "given",
    "given_words",
    "surnames",
    "surname_words",
    "places",
    "place_words",
    "kin",
    "generic",
    "organisations",
)

_COUNTED = re.compile(rf"\d|\b(?:{NUMBER}|{DIGIT_WORDS}|{DAY}|hundred|thousand)\b", re.IGNORECASE)
_WEB = re.compile(r"[.@_/\d]|\b(?:dot|at|underscore|slash|dash|hyphen)\b", re.IGNORECASE)
_OLD = re.compile(rf"(?!101\b){OLD}(?:[\s-]+(?:years?[\s-]old|odd|something))?", re.IGNORECASE)
_MADE_AS = {**dict.fromkeys(("date", "phone", "number"), _COUNTED), "email": _WEB, "url": _WEB, "age": _COUNTED}
"""What stands in an identifier of a kind that has a form."""
_ROUND = frozenset(("ninety", "90", "a hundred", "one hundred", "100"))
_CLOCK = re.compile(r"\d{1,2}(?::\d\d){1,2}")
_NINE = re.compile(r"\bnine\b", re.IGNORECASE)
_OR = re.compile(r"\s+(?:or|and)\s+|,\s*")
_LEADS_ON = frozenset("a an and at in of on or the to".split())
_OWNED = re.compile(r"['’]s$")
_CLOSES = re.compile(r"\s*(?:[^\w\s]|$|(?:and|but|so|on|in|for|since|while|when|because|where|as|he|she|they|we|i)\b)")
_TWICE = re.compile(r"(.)\1+")
_OPENING = re.compile(r"(?:^|[.?!…])[\s\"'“‘]*$")
_BETWEEN = re.compile(r"[\s,'’\-/+().]{0,3}")


class View(NamedTuple):
    """What is seen of a window's words: states (words, 2·D), places in the table, and which of them open a line."""

    window: Window
    states: Floats
    known: list[list[int]]
    opens: Floats


class Judged(NamedTuple):
    """The words and marks of a line, and how likely each is of each class; (words, classes)."""

    pieces: list[Piece]
    likely: Floats

    def chance(self, span: Found) -> float:
        """The probability that the surest word of a span is part of an identifier; 1 where it has no word."""
        held = [n for n, piece in enumerate(self.pieces) if piece.start < span.end and span.start < piece.end]
        return float(1 - self.likely[held, 0].min()) if held else 1.0


class Tagged(NamedTuple):
    """Words side by side that are taken for an identifier, and how sure the surest of them is."""

    span: Found
    chance: float


class Head:
    """One small network; the same maths as ``training.identifiers.Learner``."""

    def __init__(self, packed: Arrays, name: str) -> None:
        self.packed, self.table = packed, f"{name}.table"
        self.states, self.mix, self.out = (Linear(packed, f"{name}.{part}") for part in ("states", "mix", "out"))
        self.beside = [Linear(packed, f"{name}.beside.{n}") for n in range(len(REACHES))]

    def __call__(self, view: View) -> Floats:
        """The probability of each class; (words, classes)."""
        rows = unpacked(self.packed, self.table, np.array([place for row in view.known for place in row]))
        known = np.add.reduceat(rows, [0, *accumulate(map(len, view.known[:-1]))])
        x = gelu(self.mix(np.concatenate([view.opens[:, None], self.states(view.states), known], 1)))
        for reach, beside in zip(REACHES, self.beside, strict=True):
            padded = np.pad(x, ((reach, reach), (0, 0)))
            x = x + gelu(beside(np.concatenate([padded[: -2 * reach], x, padded[2 * reach :]], 1)))
        return softmax(self.out(x))


@cache
def heads() -> list[Head]:
    """The networks that came with the package."""
    with np.load(BytesIO(files(__package__).joinpath(FILE).read_bytes())) as held:
        return read(dict(held))


def read(packed: Arrays) -> list[Head]:
    """The networks of these weights."""
    return [Head(packed, str(n)) for n in range(HEADS)]


def views(texts: Sequence[str], cased: bool) -> tuple[list[list[Piece]], list[View]]:
    """The words and marks of each text, and what is seen of them, window by window."""
    every = [pieces(text) for text in texts]
    said = [[piece.text for piece in line] for line in every]
    cut = windows([len(line) for line in said])
    known = [[crc32(one.encode()) % BUCKETS for one in row] for line in said for row in features(line, cased)]
    opens = np.array([n == 0 for line in said for n in range(len(line))], np.float32)
    states = encoder().states(said, cut) if cut else []
    return every, [View(w, s, known[w.start : w.end], opens[w.start : w.end]) for w, s in zip(cut, states, strict=True)]


def judged(texts: Sequence[str], cased: bool) -> list[Judged]:
    """The words of each text, and the probability of each class for each."""
    every, seen = views(texts, cased)
    likely = np.zeros((sum(map(len, every)), len(CLASSES)), np.float32)
    for view in seen:
        start, first, last, _ = view.window
        likely[first:last] = sum(head(view)[first - start : last - start] for head in heads()) / len(heads())
    lines = pairwise(accumulate(map(len, every), initial=0))
    return [Judged(line, likely[a:b]) for line, (a, b) in zip(every, lines, strict=True)]


def believed(text: str, ruled: Sequence[Found], line: Judged) -> list[Found]:
    """The rules' spans but those of which the networks are sure that they are none."""
    return [span for span in ruled if line.chance(span) >= (ODD if _is_odd(text, span) else RULED_OUT)]


def _is_odd(text: str, span: Found) -> bool:
    """Whether it is a name only because no dictionary has the word: "osteo"."""
    said = text[span.start : span.end]
    return span.kind == "name" and said.isalpha() and said.islower() and standing(said) == "unknown"


def finished(text: str, ruled: Sequence[Found], tagged: Sequence[Tagged]) -> list[Found]:
    """The rules' spans, each as far as what was learned goes on, and what was learned surely where no rule found any.

    A span goes on up to the next; names and ages only give way to what was learned of the whole they lie in.
    """
    learned = [one.span for one in tagged]
    order = _inside(ruled, learned)
    found: list[Found] = []
    for n, span in enumerate(order):
        longer = span if span.kind in ("name", "age") else _grown(text, span, learned)
        first = found[-1].end if found else 0
        last = order[n + 1].start if n + 1 < len(order) else len(text)
        start = max(longer.start, first) if first <= span.start else span.start
        end = min(longer.end, last) if last >= span.end else span.end
        found.append(_without_edges(text, replace(longer, start=start, end=end), span))
    own = [one.span for one in tagged if _stands_alone(text, one) and not overlaps(one.span, found)]
    return sorted([*found, *own], key=lambda one: one.start)


def _inside(ruled: Sequence[Found], learned: Sequence[Found]) -> list[Found]:
    """The rules' spans in order, where a name or an age that is part of something longer gives way to it."""
    wider = [one for one in learned if _is_wider(one, [span for span in ruled if overlaps(span, [one])])]
    kept = [span for span in ruled if not overlaps(span, wider)]
    return sorted([*wider, *kept], key=lambda one: one.start)


def _is_wider(one: Found, within: Sequence[Found]) -> bool:
    """Whether it holds these spans of rules whole, and none is as long; names side by side are people of their own."""
    inside = all(one.start <= s.start and s.end <= one.end and s.end - s.start < one.end - one.start for s in within)
    return bool(within) and inside and (len(within) == 1 or one.kind != "name")


def _stands_alone(text: str, one: Tagged) -> bool:
    """Whether it is an identifier though no rule found any of it."""
    said, before = text[one.span.start : one.span.end], text[: one.span.start]
    made_as, words = _MADE_AS.get(one.span.kind), plain(said).split()
    doubted = made_as is _COUNTED or (one.span.kind == "organisation" and _is_kind(words))
    if one.span.kind == "age":
        return one.chance >= (DOUBTED if said.lower() in _ROUND else AGED) and bool(_OLD.fullmatch(said))
    if one.chance < (DONE if said in DOING else DOUBTED if doubted else OWN) or before.rfind("[") > before.rfind("]"):
        return False
    if made_as and (not made_as.search(said) or _CLOCK.fullmatch(said) or _is_public(said)):
        return False
    opens = said[0].isupper() and is_ordinary(said.lower()) and bool(_OPENING.search(before))
    stutters = "-" in said and " " not in said and all(map(is_ordinary, said.lower().split("-")))
    hums = len(said) < 3 and said.islower() and one.span.kind != "name"
    famous = one.span.kind == "name" and is_listed(plain(said), "famous")
    term = clinical().issuperset(words)
    return not (opens or stutters or hums or famous or term)


def _is_public(said: str) -> bool:
    """Whether it is a number of a public service, or several: "116 123 or nine nine nine"."""
    return all(re.sub(r"\W", "", _NINE.sub("9", one)) in PUBLIC for one in _OR.split(said))


def _is_kind(words: Sequence[str]) -> bool:
    """Whether ordinary words end in one that says a kind of organisation: "crown court", "ward"."""
    return bool(words) and all(map(is_ordinary, words)) and is_listed(words[-1], "organisations", "generic", "streets")


def _without_edges(text: str, longer: Found, span: Found) -> Found:
    """The longer span without blanks and marks at the ends it gained."""
    start, end = longer.start, longer.end
    while start < span.start and not text[start].isalnum():
        start += 1
    while end > span.end and not text[end - 1].isalnum():
        end -= 1
    return replace(longer, start=start, end=end)


def _grown(text: str, span: Found, learned: Sequence[Found]) -> Found:
    """The span with every learned one that overlaps or touches it, or what it has become by then."""
    for more in (*learned, *reversed(learned)):
        apart = min(span.end, more.end), max(span.start, more.start)
        if apart[1] < apart[0] or _BETWEEN.fullmatch(text, *apart):
            span = replace(span, start=min(span.start, more.start), end=max(span.end, more.end))
    return span


def identifiers(text: str, line: Judged) -> Iterator[Tagged]:
    """Where words of a text are taken for identifiers: those side by side as one, of their likeliest kind."""
    pieces = line.pieces
    sure = (1 - line.likely[:, 0] >= SURE).tolist()
    run: list[int] = []
    for n, piece in enumerate(pieces):
        if run and not (sure[n] and _BETWEEN.fullmatch(text, pieces[n - 1].end, piece.start)):
            yield from _identifier(text, run, line)
            run = []
        if sure[n]:
            run.append(n)
    yield from _identifier(text, run, line)


def _identifier(text: str, run: Sequence[int], line: Judged) -> Iterator[Tagged]:
    """The words of a run without marks at its ends, what only leads on, and an owner's 's.

    An organisation keeps its 's where nothing more follows: "at Jimmy's".
    """
    pieces, likely = line
    words = [n for n in run if pieces[n].text[0].isalnum()]
    while words and pieces[words[-1]].text in _LEADS_ON:
        words.pop()
    if words:
        last = pieces[words[-1]]
        kind = KINDS[int(likely[words, 1:].sum(0).argmax())]
        owned = None if kind == "organisation" and _CLOSES.match(text, last.end) else _OWNED.search(last.text)
        span = Found(pieces[words[0]].start, last.end - (len(owned.group()) if owned else 0), kind)
        yield Tagged(span, float(1 - likely[words, 0].min()))


def features(words: Sequence[str], cased: bool) -> Iterator[list[str]]:
    """How each word of a line is written, and what it is known as."""
    for n, word in enumerate(words):
        opens = n == 0 or words[n - 1] in ".?!"
        digits = sum(letter.isdigit() for letter in word)
        row = [f"shape {_shape(word)}", f"long {min(len(word), 10)}", f"ends {word[-3:].lower()}", f"is {_heard(word)}"]
        row += [f"cased {cased} {opens} {word[:1].isupper()}", f"upper {len(word) > 1 and word.isupper()} {cased}"]
        row += [f"digits {min(digits, 6)} {min(len(word), 12)}" if digits else "nodigit", *_known(word)]
        yield [*row, f"num {word}"] if digits and len(word) <= 3 else row


@lru_cache(maxsize=20_000)
def _heard(word: str) -> str:
    """An ordinary word, a small number or a mark as it is; what any other word says is nobody's to know."""
    small = word.lower()
    plain = is_ordinary(small) or not word[0].isalnum() or (word.isdigit() and len(word) < 3)
    return small if plain else "0" if word[0].isdigit() else "#"


@lru_cache(maxsize=20_000)
def _shape(word: str) -> str:
    plain = "".join("X" if c.isupper() else "x" if c.isalpha() else "0" if c.isdigit() else c for c in word)
    return _TWICE.sub(r"\1", plain)


@lru_cache(maxsize=20_000)
def _known(word: str) -> tuple[str, ...]:
    bare = _OWNED.sub("", word.lower()).replace("’", "'")
    listed = (f"in {name}" for name in LISTS if is_listed(bare, name))
    return (f"known {standing(bare)}", *listed, *(["ordinary"] if is_ordinary(bare) else []))
