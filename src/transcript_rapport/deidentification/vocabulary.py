"""Which words are ordinary, and which are known as names: a dictionary and our own lists."""

from __future__ import annotations

import gzip
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Standing = Literal["given", "place", "safe", "common", "proper", "unknown"]

_SOUND = re.compile(
    r"(?:[hmu]+|a+h+|o+h+|e+r*m*|h+a+|(?:ha|he|la|na|ba|mm|hm|uh|um|huh|hmm|mhm)+|y+e+a+h*|n+o+|s+o+|w+o+w+)"
)
_MEDICINE = re.compile(
    r"\w{3,}(?:pril|sartan|olol|statin|azole|idone|xaban|gliptin|gliflozin|formin|azepam|zolam|cillin|mycin"
    r"|cycline|triptan"
    r"|setron|oxetine|traline|triptyline|profen|codone|morphone|barbital|pressin|parin|tidine|floxacin|conazole|lukast"
    r"|terol|sone|solone|mab|nib|vir|stim|glutide|apine|piprazole|faxine|pentin|gabalin)"
)
"""What medicines end with, whatever is new."""
_CONTRACTED = re.compile(
    r"(?:i|you|we|they|he|she|it|who|that|there|what|where|how|when|why|would|could|should|might|must)(?:ve|re"
    r"|ll|d|s|m)"
    r"|(?:do|does|did|ca|wo|is|are|was|were|has|have|had|would|could|should|must|might|need|ai)nt"
)
"""Words that are typed without their apostrophe."""
_STRETCHED = re.compile(r"(.)\1\1")
_PEOPLES = ("ians", "ian", "ese", "ism", "isms", "ist", "ists", "ish")
_STARTS = ("un", "re", "over", "under", "non", "pre", "post", "self", "anti", "mis", "out", "dis", "co", "sub", "super")
_ENDS = tuple("ness ing ings ed er ers ish y ly s es wise less able like isation in".split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Small words, words known only with a capital (both in small letters), and the lists of ``lists.toml``."""

    common: frozenset[str]
    proper: frozenset[str]
    lists: dict[str, frozenset[str]]
    pet_forms: dict[str, str]


@cache
def vocabulary() -> Vocabulary:
    """The words that came with the package."""
    folder = files(__package__).joinpath("words")
    words = gzip.decompress(folder.joinpath("words.txt.gz").read_bytes()).decode("utf-8").split()
    raw = tomllib.loads(folder.joinpath("lists.toml").read_text(encoding="utf-8"))
    lists = {name: frozenset(text.split()) for name, text in raw.items() if name != "pet_forms"}
    pets = raw["pet_forms"].split()
    common = frozenset(word for word in words if word.islower())
    proper = frozenset(word.lower() for word in words if not word.islower())
    stays = _own("stays.txt")
    lists["famous"] = frozenset(words.replace("+", " ") for words in stays if "+" in words)
    lists["safe"] |= (stays | lists["kin_abroad"]) - common - lists["given"] - lists["given_words"]
    _sort_in(lists, common)
    return Vocabulary(common, proper | lists["surnames"], lists, dict(zip(pets[::2], pets[1::2], strict=True)))


_NOT_GIVEN = frozenset("said reg min lan ming imam reg".split())


def _sort_in(lists: dict[str, frozenset[str]], common: frozenset[str]) -> None:
    """Add the names of ``given.txt``, ``surnames.txt`` and ``places.txt``; ordinary words to the lists of both."""
    given, surnames, places = (_own(name) for name in ("given.txt", "surnames.txt", "places.txt"))
    long = frozenset(place for place in places if "+" in place)
    lists["given_words"] |= ((given | lists["given"]) & common) - _NOT_GIVEN
    lists["given"] |= given - common
    lists["surname_words"] |= surnames & common
    lists["surnames"] = surnames - common
    lists["place_words"] |= places & common
    lists["places"] |= places - common - long
    lists["long_places"] |= long


def _own(name: str) -> frozenset[str]:
    text = files(__package__).joinpath("words", name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def clinical() -> frozenset[str]:
    """The words of our jargon lexicon, which are terms and no names."""
    from transcript_rapport.lexicons import entries

    said = (phrase for entry in entries("jargon") for phrase in entry.words)
    return frozenset(word.lower() for phrase in said for word in re.findall(r"[^\W\d_]+", phrase))


def is_listed(word: str, *names: str) -> bool:
    """Whether a word in small letters stands in one of our lists."""
    lists = vocabulary().lists
    return any(word in lists[name] for name in names)


def is_ordinary(word: str) -> bool:
    """Whether the dictionary has the word in small letters."""
    return word in vocabulary().common


def is_verb(word: str) -> bool:
    """Whether the dictionary knows a word as something that one does: "come" (coming), "ring", "stop"."""
    doing = (word + "ing", word[:-1] + "ing" if len(word) > 3 and word.endswith("e") else "", word + word[-1:] + "ing")
    return is_ordinary(word) and (len(word) > 2 or word in {"be", "go", "do"}) and any(map(is_ordinary, doing))


@lru_cache(maxsize=20_000)
def standing(word: str) -> Standing:
    """What a word in small letters is known as, before its sentence is looked at."""
    known = vocabulary()
    if is_listed(word, "safe"):
        return "safe"
    if "-" in word or "'" in word:
        return _of_parts(re.split("[-']", word))
    held: tuple[tuple[bool, Standing], ...] = (
        (word in known.common, "common"),
        (is_listed(word, "given"), "given"),
        (is_listed(word, "places"), "place"),
        (word in clinical(), "safe"),
        (is_listed(word, "surnames"), "proper"),
        (word in known.proper, "safe" if word.endswith(_PEOPLES) and len(word) > 5 else "proper"),
        (is_listed(word, "given_words", "place_words", "generic", "kin", "organisations"), "common"),
        (word.endswith("in") and word + "g" in known.common and len(word) > 4, "common"),  # "thinkin'"
        (any(one.fullmatch(word) for one in (_SOUND, _MEDICINE, _CONTRACTED)) or bool(_STRETCHED.search(word)), "safe"),
    )
    return next((standing for holds, standing in held if holds), "unknown")


def _of_parts(parts: list[str]) -> Standing:
    """What a word of several is: what its most telling part is; parts of a letter or two tell nothing."""
    held = {standing(part) for part in parts if len(part) > 2 and part not in {"don", "won", "ain"}}
    telling: tuple[Standing, ...] = ("given", "place", "proper")
    for one in telling:
        if one in held:
            return one
    broken = any(parts[-1].startswith(part) for part in parts[:-1])  # "st-stammered", and words said twice
    return "unknown" if "unknown" in held and not broken else "common"


@lru_cache(maxsize=20_000)
def is_derived(word: str) -> bool:
    """Whether a word no dictionary has is plainly made of ordinary ones ("keyworker", "overthinky")."""
    common = vocabulary().common
    if any(word[:n] in common and word[n:] in common for n in range(3, len(word) - 2)):
        return True
    stems = [word[len(s) :] for s in _STARTS if word.startswith(s)]
    stems += [word[: -len(e)] + add for e in _ENDS if word.endswith(e) for add in ("", "e")]
    stems += [word[: -len(e) - 1] for e in ("ing", "ed", "y", "er") if word.endswith(e) and len(word) > 5]
    return any(len(stem) > 2 and (stem in common or is_listed(stem, "safe", "brands")) for stem in stems)
