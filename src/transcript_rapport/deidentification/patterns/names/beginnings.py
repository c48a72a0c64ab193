"""Whether a capital that begins a sentence begins it as somebody's name."""

from __future__ import annotations

from collections.abc import Sequence

from transcript_rapport.deidentification.around import ABSTRACT, BARE, DEEDS, ENDEARMENTS, MODALS, PAST, VERBISH
from transcript_rapport.deidentification.tokens import Token, token_at, word_at
from transcript_rapport.deidentification.vocabulary import is_listed, standing

SAYING = frozenset(
    "said says told asked thinks thought rang phoned texted reckons goes wants wanted came went knows".split()
)
_PERSON = frozenset("she he her his my their they our".split())


_NEAR = {"next door", "from next", "from work", "from church"}
_PARTICIPLES = frozenset("been got gone asked told moved had come started left mum mother dad".split())


def begins_as_name(words: Sequence[Token], at: int) -> bool:
    """Whether a capital that begins a sentence begins it as somebody's name."""
    token, after = words[at], token_at(words, at + 1)
    if after is None or after.first:
        return _stands_alone(words, at)
    owns = token.owns and (token.word not in ABSTRACT or after.word in _PARTICIPLES)
    called = after.gap.startswith(",") and token.word not in ENDEARMENTS
    near = " ".join(word.word for word in words[at + 1 : at + 3]) in _NEAR
    asked = near or (after.word in _ASKING and token.word not in _ASKED_OF)
    return owns or called or asked or _does(words, at, after) or _is_told_of(words, at, after)


def _does(words: Sequence[Token], at: int, after: Token) -> bool:
    """Whether what follows is a deed, and the word no thing that may do it: "Cliff reckons", but not "Hope was"."""
    word = words[at].word
    if word not in ABSTRACT | MODALS and (
        after.word in PAST or after.word.endswith("ed") or _does_something(words, at)
    ):
        return True
    said = after.word in SAYING - {"wants", "came", "went"} and word not in MODALS
    return said or after.word in DEEDS or (after.word in VERBISH and word not in BARE)


_ASKING = frozenset("what how why where who do did are can could would you".split())
_ASKED_OF = (
    MODALS
    | ENDEARMENTS
    | frozenset("hope guess mark will bless pray thank cash chance happy glad rich gay skip rob".split())
)
"""What may begin a sentence that asks or tells, and is no one's name there: "Guess what", "Hope you …"."""


def _does_something(words: Sequence[Token], at: int) -> bool:
    """Whether a verb of the present and what it is done to follow: "Bill pays the rent"."""
    after, then = words[at + 1], word_at(words, at + 2)
    return after.word.endswith("s") and standing(after.word) == "common" and then in _OBJECTS


_OBJECTS = frozenset("the my his her me it him them us our their a an everything nothing".split())


def _stands_alone(words: Sequence[Token], at: int) -> bool:
    """Whether a sentence of one word names somebody, of whom the next sentence tells: "Joy. She …"."""
    then = [word.word for word in words[at + 1 : at + 3]]
    told = then[:1] and (then[0] in _PERSON or (then[0] == "that" and then[-1] in _PERSON))
    return words[at].word not in MODALS and (bool(told) or words[at].word not in ABSTRACT)


def _is_told_of(words: Sequence[Token], at: int, after: Token) -> bool:
    """Whether it says who that is, or goes on with somebody else: "Joy is my …", "Will and I"."""
    owned = words[at].owns
    place = at + 2 - owned
    if (
        ((after.word in {"is", "was"} and not after.owns) or owned)
        and place < len(words)
        and words[place].word in {"my", "his", "her"}
    ):
        return True
    second = words[at + 2] if after.word == "and" and at + 2 < len(words) else None
    if second is None:
        return False
    return second.word in {"i", "me"} or (second.is_capital and is_listed(second.word, "given", "given_words"))
