"""Names that are written small, as recognisers write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcript_rapport.deidentification.around import (
    ABSTRACT,
    AFTER_PLACES,
    CLAUSE,
    DEEDS,
    ENDEARMENTS,
    GREETING,
    HESITATION,
    MODALS,
    MOVING,
    NOT_BEFORE,
    NOT_SPEAKING,
    PEOPLE_BEFORE,
    RISKY,
    SPEAKS,
    STATES,
    UNSURE_PLACES,
    VERBISH,
)
from transcript_rapport.deidentification.numerals import DIGITS, TEENS, TENS
from transcript_rapport.deidentification.organisations import small_organisation
from transcript_rapport.deidentification.runs import further, next_to
from transcript_rapport.deidentification.tokens import Token
from transcript_rapport.deidentification.vocabulary import is_derived, is_listed, is_ordinary, standing


def small(words: Sequence[Token], at: int, cased: bool) -> int:
    """The end of a name that is written small, as recognisers write; ``at`` where there is none."""
    token = words[at]
    held = standing(token.word)
    capitals = cased and token.text.isupper() and len(token.text) > 1
    if not token.word or (capitals and held not in {"given", "place"}) or (cased and held == "unknown"):
        return at
    if held in {"given", "place"} or (held == "proper" and len(token.word) > 2):
        return further(words, at + 1, False)
    if cased:
        return at
    if _is_told_small(words, at):
        return further(words, at + 1, False)
    placed = held != "unknown" and is_listed(token.word, "place_words") and led_to_place(words, at)
    return at + 1 if placed else small_organisation(words, at)


def _is_told_small(words: Sequence[Token], at: int) -> bool:
    """Whether a word that no list has, or that is also an ordinary one, is a name where it stands."""
    word = words[at].word
    if standing(word) != "unknown":
        return is_listed(word, "given_words") and _heard_as_name(words, at)
    plural = word.endswith("s") and standing(word[:-1]) in {"given", "place", "proper"}
    heard = len(word) > 3 and (not is_derived(word) or _sounds_placed(words, at))
    return plural or heard or led_to_place(words, at) or _heard_as_name(words, at)


_PLACE_END = re.compile(
    r"\w{3,}(?:mead|ham|ton|ford|bury|field|brook|ley|worth|dale|hurst|mere|stead|thorpe|wick|minster|mouth|burn|combe"
    r"|cliffe|caster|chester|haven|holme|bourne|wood|side|land|gate|bridge|port|view|hill|stone|lea"
    r"|croft|vale|grove|mount|bank|cliff|ridge|moor|fields|shire|ville|well)"
)


def _sounds_placed(words: Sequence[Token], at: int) -> bool:
    """Whether a word of ordinary ones is made as towns are, where one is expected: "here at southmead"."""
    led = _word(words, at - 1) in {"at", "in", "to", "from", "near", "outside"}
    return led and bool(_PLACE_END.fullmatch(words[at].word))


def _heard_as_name(words: Sequence[Token], at: int) -> bool:
    """Whether a word that is also a name is one here, without a capital to say so."""
    if any(
        look(words, at)
        for look in (_has_surname, _beside_name, _is_somebody, _is_spoken_to, _is_described, _does, _is_greeted)
    ):
        return True
    if words[at].word in ABSTRACT | MODALS:
        return False
    return any(look(words, at) for look in (_is_self, _is_met, _says))


def _word(words: Sequence[Token], at: int) -> str:
    return words[at].word if 0 <= at < len(words) else ""


def _has_surname(words: Sequence[Token], at: int) -> bool:
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or not next_to(after) or words[at].word in MODALS | {"van", "can", "don"}:
        return False
    surname = is_listed(after.word, "surname_words") and after.word not in RISKY
    barred = _word(words, at - 1) in {"a", "the", "my", "to", "not", "i", "you", "we"}
    return not barred and (surname or standing(after.word) in {"proper", "given", "unknown"})


def _beside_name(words: Sequence[Token], at: int) -> bool:
    """Whether a name stands before, with "and", or the word is nearly always one."""
    before, led = _word(words, at - 1), _word(words, at - 2)
    named = standing(led) == "given" or is_listed(led, "mostly_names")
    paired = before == "and" and words[at].word not in MODALS and named
    return paired or (is_listed(words[at].word, "mostly_names") and before not in NOT_BEFORE)


def _is_somebody(words: Sequence[Token], at: int) -> bool:
    """Whether it says who somebody is: "my son is …", "it's … who", "… and i"."""
    before, after = _word(words, at - 1), _word(words, at + 1)
    kin = before in {"is", "was"} and is_listed(_word(words, at - 2), "kin")
    who = after == "who" and before in {"is", "was", "it's"}
    pair = (
        words[at].word not in ENDEARMENTS
        and after == "and"
        and _word(words, at + 2) in {"i", "me"}
        and before not in {"the", "a", "my", "of", "no"}
    )
    return kin or who or pair


_SPOKEN_TO = frozenset("told asked rang phoned texted married messaged hugged kissed".split())
_TALKING = frozenset("said spoke speak talk talked talking listened wrote married".split())
_FROM = frozenset("next work church school across upstairs downstairs accounts hr reception college".split())
_YEARS = frozenset((*TEENS, *TENS, *DIGITS[5:]))


def _is_spoken_to(words: Sequence[Token], at: int) -> bool:
    """Whether somebody is told or asked: "i told rose everything", "i said to will i can't"."""
    before, after = _word(words, at - 1), _word(words, at + 1)
    led = before in _SPOKEN_TO or (before == "to" and _word(words, at - 2) in _TALKING)
    closed = not after or is_listed(after, "pronouns") or after in {"about", "everything", "and", "that", "to"}
    return led and words[at].word not in ENDEARMENTS and closed and after not in {"of", "a", "the", "be"}


def _is_described(words: Sequence[Token], at: int) -> bool:
    """Whether it is said who that is: "joy from next door", "pearl my nan's friend", "joy is eight"."""
    before, after, then = (_word(words, at + step) for step in (-1, 1, 2))
    if words[at].word in ENDEARMENTS - {"chance"} | MODALS:
        return False
    begins = before in CLAUSE | {"for", "with", "to", "is"}
    lives = begins and after == "from" and then in _FROM
    kin = begins and after in {"my", "his", "her"} and is_listed(then, "kin")
    asked = before in {"it", "its", "that"} and after == "is" and words[at + 1].owns  # "isn't it"
    return lives or kin or asked or (begins and after == "is" and then in _YEARS)


def _does(words: Sequence[Token], at: int) -> bool:
    """Whether a clause begins with it, and it does what people do."""
    after = _word(words, at + 1)
    deed = after in DEEDS or (words[at].word not in ABSTRACT | MODALS and _is_deed(after))
    return bool(after) and _word(words, at - 1) in CLAUSE and deed


def _is_greeted(words: Sequence[Token], at: int) -> bool:
    after = _word(words, at + 1)
    return _word(words, at - 1) in GREETING and after not in {"do", "be", "for", "you", "i", "we", "the"}


def _is_self(words: Sequence[Token], at: int) -> bool:
    before = _word(words, at - 1)
    i_am = before in {"i'm", "im"} or (before == "i" and words[at - 1].owns)
    return i_am and words[at].word not in STATES


def _is_met(words: Sequence[Token], at: int) -> bool:
    """Whether somebody is told, asked, met … by that name."""
    barred = _word(words, at + 1) in {"the", "a", "my", "up", "of", "it", "you", "me"}
    return _word(words, at - 1) in PEOPLE_BEFORE - {"and", "called"} and not barred


def _says(words: Sequence[Token], at: int) -> bool:
    return _word(words, at + 1) in SPEAKS and _word(words, at - 1) not in NOT_SPEAKING


def _is_deed(word: str) -> bool:
    """Whether a word is what somebody did: a verb in the past, or one people do."""
    return word in VERBISH - {"and", "just"} or (word.endswith("ed") and is_ordinary(word))


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
    if before[-1] == "in" and words[at].word not in UNSURE_PLACES and _word(words, at + 1) in AFTER_PLACES:
        return True
    if is_ordinary(words[at].word) and before[-1] in {"to", "at", "around"}:
        return bool({"moved", "move", "moving", "back", "relocated", "drove"} & set(before[:-1]))
    return bool(MOVING & set(before[:-1]))
