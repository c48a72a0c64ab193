"""Words and phrases as data: each entry says why, on whose authority, and what to say instead.

An entry is a table in a TOML file of this folder; ``judgment.toml`` holds wording that can land as
judgment, the ``jargon_*.toml`` files hold terms that a lay adult may not know. A user's own lexicons (``own.py``) have
the same shape, may mix both, and travel as the TOML they are.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transcript_rapport.errors import SettingsError
from transcript_rapport.statements import pipeline

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher

FOLDER = Path(__file__).parent
LEXICONS = {"judgment": "judgment.toml", "jargon": "jargon_*.toml"}
"""The files of each lexicon."""

_PLAIN = str.maketrans("’‘ʼ＇‐‑\u00a0", "''''-- ")
"""One character for one, so that offsets stay those of the text."""
_CUT_OFF = re.compile(r"--+|(?<=\w)-(?!\w)")
"""Dashes that end or interrupt speech ("an inhaler-"), which would stick to the word before."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ENDING = re.compile(r"(?:ing|ed|es|s|ly)$")
_FILLERS = frozenset(
    "yeah okay like know think mean really just well get got going want thing things lot kind sort feel say said see "
    "something maybe right sure hmm good time way make day".split()
)
"""Words so common in talk that two people share them by chance."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to watch for: the words that show it, why it matters, and a better wording.

    ``sure`` says whether the words alone are enough; where not, they count as a hint only.
    ``instead`` can be said as it stands; where ``spoken`` is false it tells what to say ("say what
    the medicine is for"). ``plain`` has wordings for single words that say it more exactly.
    ``fires`` and ``quiet`` are examples that must and must not match; the tests hold them.
    """

    id: str
    kind: str
    words: tuple[str, ...]
    sure: bool
    why: str
    source: str
    instead: str
    fires: tuple[str, ...]
    quiet: tuple[str, ...]
    plain: tuple[tuple[str, str], ...] = ()
    spoken: bool = True

    def wording(self, said: str) -> str:
        """What to say in place of ``said``, one of the entry's words in any case."""
        return dict(self.plain).get(plain(said), self.instead)

    def speaks(self, said: str) -> bool:
        """Whether ``wording`` can be said as it stands, rather than being an instruction."""
        return self.spoken or plain(said) in dict(self.plain)


@dataclass(frozen=True, slots=True)
class Match:
    """Where an entry's words stand: characters ``start`` to ``end`` of the text searched."""

    entry: Entry
    start: int
    end: int


def files(name: str) -> list[Path]:
    """The files of the lexicon ``name``, in order; an unknown name is a SettingsError."""
    if name not in LEXICONS:
        raise SettingsError("lexicons", f"no lexicon is called {name!r}", f"one of {', '.join(LEXICONS)}")
    return sorted(FOLDER.glob(LEXICONS[name]))


@cache
def entries(name: str) -> tuple[Entry, ...]:
    """Every entry of the lexicon ``name``: ``judgment`` or ``jargon``."""
    return tuple(entry for path in files(name) for entry in read(path))


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of one lexicon file, in its order."""
    return parsed(path.read_text(encoding="utf-8"))


@cache
def parsed(text: str) -> tuple[Entry, ...]:
    """The entries of a lexicon written in TOML, in its order."""
    return tuple(_entry(table) for table in tomllib.loads(text)["entry"])


def _entry(table: dict[str, Any]) -> Entry:
    """An entry from its table; a key of ``plain`` may hold several words with commas between."""
    told = [(plain(w), instead) for words, instead in table.get("plain", {}).items() for w in words.split(", ")]
    filled = {"sure": True, "fires": [], "quiet": [], **table, "plain": told}
    frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in filled.items()}
    return Entry(**frozen)


def matches(name: str, text: str, own: tuple[str, ...] = ()) -> list[Match]:
    """Where words of the lexicon ``name`` stand in ``text``: whole tokens, in any case, in order.

    Of matches that overlap only the longest is kept. Curly apostrophes count as straight ones. ``own``: the user's
    lexicons, as TOML; where both know the same words, theirs are kept.
    """
    kept: list[Match] = []
    for match in sorted(every(name, text, own), key=lambda m: (m.start - m.end, m.start)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def every(name: str, text: str, own: tuple[str, ...] = ()) -> list[Match]:
    """The same before overlaps are settled: each entry's words wherever they stand, the user's entries first."""
    by_id, matcher = _matcher(name, own)
    spaced = _CUT_OFF.sub(lambda dashes: " " * len(dashes[0]), plain(text))
    found = matcher(pipeline().make_doc(spaced), as_spans=True)
    if own:
        place = {id_: n for n, id_ in enumerate(by_id)}
        found = sorted(found, key=lambda span: place[span.label_])
    return [Match(by_id[span.label_], span.start_char, span.end_char) for span in found]


def plain(text: str) -> str:
    """The text in lower case with straight apostrophes, character for character: "YOU’RE" becomes "you're"."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).translate(_PLAIN)


def content_words(text: str) -> frozenset[str]:
    """The words that carry the meaning of ``text``, without their commonest endings."""
    from spacy.lang.en.stop_words import STOP_WORDS

    words = _WORD.findall(plain(text))
    kept = (w for w in words if len(w) > 2 and "'" not in w and w not in STOP_WORDS and w not in _FILLERS)
    return frozenset(_ENDING.sub("", word) if len(word) > 4 else word for word in kept)


@cache
def _matcher(name: str, own: tuple[str, ...]) -> tuple[dict[str, Entry], PhraseMatcher]:
    """The entries by id, the user's first, and a matcher that knows their words: built once a process.

    An entry of the user's replaces ours of the same id.
    """
    from spacy.matcher import PhraseMatcher

    nlp = pipeline()
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    theirs = [entry for text in own for entry in parsed(text) if entry.kind.partition(".")[0] == name]
    by_id = {entry.id: entry for entry in theirs}
    by_id |= {entry.id: entry for entry in entries(name) if entry.id not in by_id}
    for entry in by_id.values():
        matcher.add(entry.id, [nlp.make_doc(plain(word)) for word in entry.words])
    return by_id, matcher


@cache
def checksum() -> str:
    """A short fingerprint of all lexicon files (SHA-256, 16 hexadecimal digits)."""
    digest = sha256()
    for path in sorted(FOLDER.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]
