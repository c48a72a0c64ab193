"""Names that their capitals give away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcript_rapport.deidentification.around import (
    ABSTRACT,
    CONNECTORS,
    DEEDS,
    ENDEARMENTS,
    MODALS,
    PEOPLE_BEFORE,
    PERSONAL,
    PLACE_BEFORE,
    THINGS,
    VERBISH,
)
from transcript_rapport.deidentification.runs import next_to
from transcript_rapport.deidentification.tokens import Token
from transcript_rapport.deidentification.vocabulary import clinical, is_listed, standing


def capitals(words: Sequence[Token], at: int) -> int:
    """The end of a run of capitals that holds a name; ``at`` where it holds none."""
    end = at + 1
    if not _may_begin(words, at):
        return at
    while end < len(words) and words[end].word and (more := _more(words, at, end)):
        end += more
    return end if _holds_name(words, at, end) else at


def _more(words: Sequence[Token], at: int, end: int) -> int:
    """How many words go on with the run of capitals from ``at`` to ``end``: one, two ("of Hope"), or none."""
    token, owned = words[end], words[end - 1].owns
    if owned and not (token.is_capital and is_listed(token.word, "organisations")):
        return 0
    close = next_to(token) or (owned and re.fullmatch(r"['’]s?\s+", token.gap))
    if close and token.text[0].isupper() and not _stops(token):
        return 1
    then = words[end + 1] if end + 1 < len(words) else None
    if then is None or not (next_to(token) and token.word in CONNECTORS and next_to(then) and then.is_capital):
        return 0
    return 2 if not _stops(then) and _joins(words[at:end], token.word) else 0


def _stops(token: Token) -> bool:
    letter = len(token.text) == 1 and token.text not in {"I", "A"}
    safe = (
        not letter
        and standing(token.word) == "safe"
        and not is_listed(token.word, "given", "given_words", "surname_words", "organisations")
    )
    return (
        safe
        or not token.word
        or (len(token.text) > 1 and token.text.isupper() and not is_listed(token.word, "given", "places"))
    )


def _joins(run: Sequence[Token], connector: str) -> bool:
    """Whether "of", "and" … goes on with the name: in an organisation or a place, or where it is part of a surname."""
    if connector in {"of", "the", "and", "on", "upon", "under"}:
        held = {token.word for token in run}
        return (connector != "and" and any(is_listed(word, "organisations") for word in held)) or (
            connector in {"on", "upon", "under"}
            and run[-1].word in {"stoke", "newcastle", "kingston", "stratford", "southend", "burton", "ashton"}
        )
    return True


def _may_begin(words: Sequence[Token], at: int) -> bool:
    """Whether a name may begin with this capital."""
    token = words[at]
    held = standing(token.word)
    if held == "safe":
        named = not token.first and is_listed(token.word, "given_words", "places") and _before_org(words, at)
        return named or (_is_both(token) and _speaks(words, at))
    if token.first and held == "common":
        return (
            is_listed(token.word, "given_words", "given", "place_words", "organisations")
            or token.word in {"st", "saint"}
            or _before_org(words, at)
        )
    return True


def _is_both(token: Token) -> bool:
    return is_listed(token.word, "given_words", "given") and not is_listed(token.word, "pronouns")


def _before_org(words: Sequence[Token], at: int) -> bool:
    return any(next_to(w) and w.is_capital and is_listed(w.word, "organisations") for w in words[at + 1 : at + 3])


def _speaks(words: Sequence[Token], at: int) -> bool:
    """Whether somebody, and not a month or country, is spoken of: "April said", "my sister Georgia"."""
    after = words[at + 1] if at + 1 < len(words) else None
    before = words[at - 1].word if at else ""
    told = after is not None and after.word in VERBISH - {"was", "is", "and", "has", "had", "came", "went"}
    surname = after is not None and next_to(after) and after.is_capital and standing(after.word) in PERSONAL - {"place"}
    return (
        told or surname or before in PEOPLE_BEFORE - {"and"} or (words[at].owns and is_listed(words[at].word, "given"))
    )


def _holds_name(words: Sequence[Token], at: int, end: int) -> bool:
    run = words[at:end]
    if any(standing(t.word) in PERSONAL and len(t.word) > 1 and t.is_capital for t in run):
        return True
    if end - at > 1:
        return _is_titled_thing(run, words[at - 1].word if at else "")
    if is_listed(run[0].word, "given_words"):
        if run[0].first:
            return _verb_follows(words, at)
        return standing(run[0].word) != "safe" or _speaks(words, at)
    return not run[0].first and _is_placed(words, at)


_TOWARDS = frozenset("at for to from with in by".split())


def _is_placed(words: Sequence[Token], at: int) -> bool:
    """Whether an ordinary word with a capital stands where a name is expected."""
    word, before = words[at].word, words[at - 1].word if at else ""
    common = standing(word) == "common"
    if is_listed(word, "place_words"):
        return common or before in PLACE_BEFORE or before in {"to", "from", "at"}
    if common and before in _TOWARDS | PEOPLE_BEFORE - {"and"}:
        return not is_listed(word, "generic", "kin", "organisations") and word not in clinical()
    return is_listed(word, "given")


_NAMING = frozenset("at for with called to from joined attend attends".split())


def _is_titled_thing(run: Sequence[Token], before: str) -> bool:
    """Whether capitals of ordinary words name something: "Meadow View Surgery", "Rose Baker", "at New Hope"."""
    held = [token.word for token in run]
    if any(is_listed(word, "given_words", "given") for word in held[:1]) and is_listed(
        held[-1], "surname_words", "given_words"
    ):
        return True
    particular = [
        word
        for word in held
        if not is_listed(word, "generic", "safe", "organisations", "kin") and word not in clinical()
    ]
    few = 0 if before in _NAMING else 1
    sure = any(is_listed(word, "organisations") for word in held) or (not run[0].first and len(particular) > few)
    return sure and bool(particular) and held[-1] not in THINGS


_PERSON = frozenset("she he her his my their they our".split())


_PARTICIPLES = frozenset("been got gone asked told moved had come started left mum mother dad".split())


def _verb_follows(words: Sequence[Token], at: int) -> bool:
    """Whether a capital that begins a sentence begins it as somebody's name."""
    token, after = words[at], words[at + 1] if at + 1 < len(words) else None
    if after is None or after.first:
        return _stands_alone(words, at)
    if token.owns and (token.word not in ABSTRACT or after.word in _PARTICIPLES):
        return True
    if after.gap.startswith(",") and token.word not in ENDEARMENTS:
        return True
    if after.word in DEEDS or (after.word.endswith("ed") and token.word not in ABSTRACT | MODALS):
        return True
    return _is_told_of(words, at, after) or (
        after.word in VERBISH
        and (token.word not in ABSTRACT or after.word in {"said", "says", "told", "asked", "thinks"})
    )


def _stands_alone(words: Sequence[Token], at: int) -> bool:
    """Whether a sentence of one word names somebody, of whom the next sentence tells: "Joy. She …"."""
    then = [word.word for word in words[at + 1 : at + 3]]
    told = then[:1] and (then[0] in _PERSON or (then[0] == "that" and then[-1] in _PERSON))
    return words[at].word not in MODALS and (bool(told) or words[at].word not in ABSTRACT)


def _is_told_of(words: Sequence[Token], at: int, after: Token) -> bool:
    """Whether it says who that is, or goes on with somebody else: "Joy is my …", "Will and I"."""
    owned = words[at].owns
    place = at + 2 - owned
    if (after.word in {"is", "was"} or owned) and place < len(words) and words[place].word in {"my", "his", "her"}:
        return True
    second = words[at + 2] if after.word == "and" and at + 2 < len(words) else None
    if second is None:
        return False
    return second.word in {"i", "me"} or (second.is_capital and is_listed(second.word, "given", "given_words"))
