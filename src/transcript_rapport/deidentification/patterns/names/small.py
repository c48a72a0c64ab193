"""Names that are written small, as recognisers write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcript_rapport.deidentification.around import AFTER_PLACES, HESITATION, MOVING, UNSURE_PLACES
from transcript_rapport.deidentification.patterns.names.runs import SIZES, further, next_to
from transcript_rapport.deidentification.tokens import Token, token_at, word_at
from transcript_rapport.deidentification.vocabulary import is_derived, is_listed, is_ordinary, standing


def small(words: Sequence[Token], at: int, cased: bool) -> int:
    """The end of a name that is written small, as recognisers write; ``at`` where there is none."""
    token = words[at]
    held = standing(token.word)
    capitals = cased and token.text.isupper() and len(token.text) > 1
    if not token.word or (capitals and held not in {"given", "place"}) or (cased and held == "unknown"):
        return at
    if held != "place" and (cased or held == "unknown") and _is_common_noun(words, at, cased):
        return at
    if held in {"given", "place"} or (held == "proper" and len(token.word) > 2):
        return _with_land(words, at, further(words, at + 1, False))
    if cased:
        return at
    if _is_told_small(words, at):
        return _with_land(words, at, further(words, at + 1, False))
    placed = held != "unknown" and is_listed(token.word, "place_words") and led_to_place(words, at)
    return at + 1 if placed else at


def _is_common_noun(words: Sequence[Token], at: int, cased: bool) -> bool:
    """Whether "a", "my" or "i was" stands before a word no list has, as before no name: "a natter", "i was skint"."""
    before, led = word_at(words, at - 1), word_at(words, at - 2)
    after = token_at(words, at + 1)
    if after is not None and next_to(after) and standing(after.word) in {"given", "proper", "unknown"}:
        return False
    if before == "the":
        return cased or led not in _TO_PLACES
    who = {"i", "we", "they", "he", "she", "was"}
    stated = before in {"was", "were", "am", "so", "really", "too", "very"} and led in who
    return stated or before in {"a", "an", "some", "any", "no", "more", "bit", "my", "your", "proper"}


_LANDS = frozenset(
    "falls park hill bridge vale creek springs heights point bay ridge view grove lake valley island green cross "
    "common wood woods end head beach moor moss fields marsh harbour harbor pier forest gardens square estate "
    "docks".split()
)


_INTO = frozenset("in into at to from near round around through by over up along down".split())


def _with_land(words: Sequence[Token], at: int, end: int) -> int:
    """The end of "roath park" or "hadley falls", behind a word that leads somewhere."""
    led = word_at(words, at - 1) in _INTO
    return end + 1 if led and end < len(words) and word_at(words, end) in _LANDS and next_to(words[end]) else end


_TO_PLACES = frozenset("at to from in for under into with by on near past outside of through called".split())


def _is_told_small(words: Sequence[Token], at: int) -> bool:
    """Whether a word that no list has is a name where it stands."""
    word = words[at].word
    if standing(word) != "unknown":
        return False
    plural = word.endswith("s") and standing(word[:-1]) in {"given", "place", "proper"}
    sized = word_at(words, at - 1) in SIZES and not is_derived(word)
    heard = (len(word) > 3 or sized) and (not is_derived(word) or _sounds_placed(words, at))
    return plural or heard or led_to_place(words, at)


_PLACE_END = re.compile(
    r"\w{3,}(?:mead|ham|ton|ford|bury|field|brook|ley|worth|dale|hurst|mere|stead|thorpe|wick|minster|mouth|burn|combe"
    r"|cliffe|caster|chester|haven|holme|bourne|wood|side|land|gate|bridge|port|view|hill|stone|lea"
    r"|croft|vale|grove|mount|bank|cliff|ridge|moor|fields|shire|ville|well)"
)


def _sounds_placed(words: Sequence[Token], at: int) -> bool:
    """Whether a word of ordinary ones is made as towns are, where one is expected: "here at southmead"."""
    led = word_at(words, at - 1) in {"at", "in", "to", "from", "near", "outside"}
    return led and bool(_PLACE_END.fullmatch(words[at].word))


def led_to_place(words: Sequence[Token], at: int) -> bool:
    """Whether "live in", "moved to", "from" … stand before a word."""
    before = [word.word for word in words[max(0, at - 7) : at] if word.word not in HESITATION]
    if not before or before[-1] not in {"in", "to", "from", "near", "outside", "at", "around"}:
        return False
    if before[-3:-2] == ["from"]:  # "moved from croydon to …"
        before = [*before[:-3], "to"]
    before = before[-3:]
    if before[-1] in {"in", "near", "to", "from"} and is_listed(words[at].word, "mostly_places"):
        return True
    if before[-1] == "in" and words[at].word not in UNSURE_PLACES and word_at(words, at + 1) in AFTER_PLACES:
        return True
    if is_ordinary(words[at].word) and before[-1] in {"to", "at", "around"}:
        return bool({"moved", "move", "moving", "back", "relocated", "drove"} & set(before[:-1]))
    return bool(MOVING & set(before[:-1]))
