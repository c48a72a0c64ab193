"""Schools, hospitals, employers: by the words that such names hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcript_rapport.deidentification.around import GOES_ON, HESITATION, SURE_ORGANISATIONS, VERBISH, WORKING
from transcript_rapport.deidentification.runs import next_to
from transcript_rapport.deidentification.tokens import Token
from transcript_rapport.deidentification.vocabulary import is_listed


def to_organisation(words: Sequence[Token], end: int) -> int:
    """Where the organisation ends that goes on behind a name in small letters: "oakwood primary school"."""
    for far in range(end, min(end + 3, len(words))):
        token = words[far]
        if not token.word or not re.fullmatch(r"\s+", token.gap) or (words[far - 1].owns and far > end):
            return end
        if token.word in GOES_ON:
            continue
        return (
            far + 1
            if token.word in SURE_ORGANISATIONS | {"centre", "center", "council", "trust", "library", "bank"}
            else end
        )
    return end


def small_organisation(words: Sequence[Token], at: int) -> int:
    """The end of "meadow view surgery" after "at", "for" …, or of what somebody works at."""
    before = [word.word for word in words[max(0, at - 9) : at] if word.word not in HESITATION]
    near = (before[-1:] == ["the"] and before[-2:-1]) or before[-1:]
    if not near or near[0] not in _LEADS:
        return at
    if is_listed(words[at].word, "brands") and WORKING & set(before[-4:]):
        return at + 1
    for end in range(at + 1, min(at + 5, len(words))):
        if not next_to(words[end]):
            break
        if words[end].word in SURE_ORGANISATIONS | {"centre", "center"}:
            run = [word.word for word in words[at:end]]
            named = any(map(_is_particular, run)) and all(_is_particular(word) or word in _SIDES for word in run)
            return _on(words, end) if named else at
    return _workplace(words, at) if near[0] in {"at", "for"} and WORKING & set(before) else at


_LEADS = frozenset(
    "at for from to with into of in near by through outside under rehab place called attend attends "
    "attended school hospital clinic".split()
)


_SIDES = frozenset("north south east west upper lower high old new great royal city medical health community".split())


def _on(words: Sequence[Token], end: int) -> int:
    """The end of an organisation whose word at ``end`` says what it is: "primary school"."""
    while end + 1 < len(words) and next_to(words[end + 1]) and is_listed(words[end + 1].word, "organisations"):
        end += 1
    return end + 1


def _workplace(words: Sequence[Token], at: int) -> int:
    """The end of "the golden carp", two or three words that say nothing else, where somebody works."""
    end = at
    while end < len(words) and end - at < 4 and words[end].word not in _AFTER and (end == at or next_to(words[end])):
        end += 1
    ended = end == len(words) or words[end].word in _AFTER or not next_to(words[end])
    run = [word.word for word in words[at:end]]
    return end if ended and len(run) in {2, 3} and all(map(_is_thing, run)) else at


_AFTER = frozenset(
    "in on since as and i for doing until till when but because so then which it's we he she they that".split()
)


def _is_thing(word: str) -> bool:
    return _is_particular(word) and len(word) > 2 and word not in VERBISH | HESITATION and not word.endswith("ing")


def _is_particular(word: str) -> bool:
    return bool(word) and not is_listed(word, "generic", "pronouns", "safe", "kin")
