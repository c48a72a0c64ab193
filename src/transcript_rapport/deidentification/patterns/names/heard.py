"""Whether an ordinary word is somebody's name where it is heard, without a capital to say so."""

from __future__ import annotations

from collections.abc import Sequence

from transcript_rapport.deidentification.around import (
    ABSTRACT,
    CLAUSE,
    DEEDS,
    ENDEARMENTS,
    GREETING,
    MODALS,
    NOT_BEFORE,
    NOT_SPEAKING,
    PAST,
    PEOPLE_BEFORE,
    RISKY,
    SPEAKS,
    STATES,
    VERBISH,
)
from transcript_rapport.deidentification.numerals import DIGITS, TEENS, TENS
from transcript_rapport.deidentification.patterns.names.runs import next_to
from transcript_rapport.deidentification.tokens import Token
from transcript_rapport.deidentification.vocabulary import is_listed, is_ordinary, standing


def heard_as_name(words: Sequence[Token], at: int) -> bool:
    """Whether a word that is also a name is one here, without a capital to say so."""
    if any(
        look(words, at)
        for look in (
            _is_ours,
            _is_called_to,
            _has_surname,
            _beside_name,
            _is_somebody,
            _is_spoken_to,
            _is_described,
            _does,
            _is_greeted,
        )
    ):
        return True
    if words[at].word in ABSTRACT | MODALS:
        return False
    return any(look(words, at) for look in (_is_self, _is_met, _says))


def word_at(words: Sequence[Token], at: int) -> str:
    """The word at a place, in small letters; empty outside the line."""
    return words[at].word if 0 <= at < len(words) else ""


def _has_surname(words: Sequence[Token], at: int) -> bool:
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or len(after.word) < 2 or not next_to(after) or words[at].word in MODALS | {"van", "can", "don"}:
        return False
    surname = is_listed(after.word, "surname_words") and after.word not in RISKY
    barred = word_at(words, at - 1) in {"a", "the", "my", "to", "not", "i", "you", "we"}
    return not barred and (surname or standing(after.word) in {"proper", "given", "unknown"})


def _beside_name(words: Sequence[Token], at: int) -> bool:
    """Whether a name stands before, with "and", or the word is nearly always one."""
    before, led = word_at(words, at - 1), word_at(words, at - 2)
    named = standing(led) == "given" or is_listed(led, "mostly_names")
    paired = before == "and" and words[at].word not in MODALS and named
    return paired or (
        is_listed(words[at].word, "mostly_names") and (before not in NOT_BEFORE or (before == "no" and words[at].owns))
    )


def _is_somebody(words: Sequence[Token], at: int) -> bool:
    """Whether it says who somebody is: "my son is …", "it's … who", "… and i"."""
    before, after = word_at(words, at - 1), word_at(words, at + 1)
    kin = before in {"is", "was"} and is_listed(word_at(words, at - 2), "kin")
    who = after == "who" and (before in {"is", "was", "it's"} or (before == "it" and words[at - 1].owns))
    owned = before in SIZES and words[at].owns and word_at(words, at - 2) != "a"
    pair = (
        words[at].word not in ENDEARMENTS
        and after == "and"
        and word_at(words, at + 2) in {"i", "me"}
        and before not in {"the", "a", "my", "of", "no"}
    )
    return kin or who or pair or owned


_OURS = frozenset(
    "in at can could will would she he has had goes went got gets said says does did comes came lives never "
    "always".split()
)
_CALLS = frozenset("you thanks sorry okay ok please morning bye hello hi hiya right there well afternoon".split())


def _is_ours(words: Sequence[Token], at: int) -> bool:
    """Whether it is one of the family, as the north and Wales say it: "our joy can do it", "our dawn's lad"."""
    if word_at(words, at - 1) not in {"our", "oor"} or words[at].word in MODALS:
        return False
    return word_at(words, at + 1) in _OURS or (words[at].owns and words[at].word not in ABSTRACT)


def _is_called_to(words: Sequence[Token], at: int) -> bool:
    """Whether a line ends with somebody's name, who is spoken to: "god bless you heather", "me and dawn had …"."""
    before, led, after = word_at(words, at - 1), word_at(words, at - 2), word_at(words, at + 1)
    if words[at].word in ENDEARMENTS | MODALS | STATES or not at:
        return False
    paired = (
        before == "and"
        and led in {"me", "him"}
        and (not after or after in VERBISH | PAST or after in {"are", "were", "have", "don't"})
    )
    return paired or (at + 1 == len(words) and before in _CALLS and led not in {"love", "wish", "bring", "give"})


SIZES = frozenset("big little wee lil mad crazy old young fat skinny".split())
_SPOKEN_TO = frozenset("told asked rang phoned texted married messaged hugged kissed".split())
_TALKING = frozenset("said spoke speak talk talked talking listened wrote married".split())
_FROM = frozenset("next work church school across upstairs downstairs accounts hr reception college".split())
_YEARS = frozenset((*TEENS, *TENS, *DIGITS[5:]))


def _is_spoken_to(words: Sequence[Token], at: int) -> bool:
    """Whether somebody is told or asked: "i told rose everything", "i said to will i can't"."""
    before, after = word_at(words, at - 1), word_at(words, at + 1)
    led = before in _SPOKEN_TO or (before == "to" and word_at(words, at - 2) in _TALKING)
    closed = not after or is_listed(after, "pronouns") or after in {"about", "everything", "and", "that", "to"}
    return led and words[at].word not in ENDEARMENTS and closed and after not in {"of", "a", "the", "be"}


def _is_described(words: Sequence[Token], at: int) -> bool:
    """Whether it is said who that is: "joy from next door", "pearl my nan's friend", "joy is eight"."""
    before, after, then = (word_at(words, at + step) for step in (-1, 1, 2))
    if words[at].word in ENDEARMENTS - {"chance"} | MODALS:
        return False
    begins = before in CLAUSE | {"for", "with", "to", "is"}
    lives = begins and after == "from" and then in _FROM
    kin = begins and after in {"my", "his", "her"} and is_listed(then, "kin")
    kin |= begins and after == "is" and then in {"my", "his", "her"} and is_listed(_after_that(words, at), "kin")
    kin |= before == "my" and not is_listed(words[at].word, "kin") and after in {"she", "he", "she's", "he's"}
    kin |= before == "it" and words[at - 1].owns and after in {"she", "he"}
    asked = before in {"it", "its", "that"} and after == "is" and words[at + 1].owns  # "isn't it"
    return lives or kin or asked or (begins and after == "is" and then in _YEARS)


def _after_that(words: Sequence[Token], at: int) -> str:
    """The word of kin in "hope is my youngest": what stands behind "my", or "child" for "youngest"."""
    word = word_at(words, at + 3)
    return "child" if word in {"youngest", "eldest", "oldest", "middle", "first", "second", "best", "little"} else word


def _does(words: Sequence[Token], at: int) -> bool:
    """Whether a clause begins with it, and it does what people do."""
    after = word_at(words, at + 1)
    deed = after in DEEDS or (words[at].word not in ABSTRACT | MODALS and (_is_deed(after) or after in PAST))
    return bool(after) and word_at(words, at - 1) in CLAUSE and deed


def _is_greeted(words: Sequence[Token], at: int) -> bool:
    after = word_at(words, at + 1)
    return word_at(words, at - 1) in GREETING and after not in {"do", "be", "for", "you", "i", "we", "the"}


def _is_self(words: Sequence[Token], at: int) -> bool:
    before = word_at(words, at - 1)
    i_am = before in {"i'm", "im"} or (before == "i" and words[at - 1].owns)
    return i_am and words[at].word not in STATES


def _is_met(words: Sequence[Token], at: int) -> bool:
    """Whether somebody is told, asked, met … by that name."""
    barred = word_at(words, at + 1) in {"the", "a", "my", "up", "of", "it", "you", "me"}
    return word_at(words, at - 1) in PEOPLE_BEFORE - {"and", "called"} and not barred


def _says(words: Sequence[Token], at: int) -> bool:
    return word_at(words, at + 1) in SPEAKS and word_at(words, at - 1) not in NOT_SPEAKING


def _is_deed(word: str) -> bool:
    """Whether a word is what somebody did: a verb in the past, or one people do."""
    return word in VERBISH - {"and", "just"} or (word.endswith("ed") and is_ordinary(word))
