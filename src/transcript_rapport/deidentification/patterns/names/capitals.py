"""Names that their capitals give away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcript_rapport.deidentification.around import (
    CONNECTORS,
    ENDEARMENTS,
    PEOPLE_BEFORE,
    PERSONAL,
    PLACE_BEFORE,
    THINGS,
    VERBISH,
)
from transcript_rapport.deidentification.patterns.names.beginnings import SAYING, begins_as_name
from transcript_rapport.deidentification.patterns.names.runs import next_to
from transcript_rapport.deidentification.tokens import Token, token_at, word_at
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
    if close and (token.text[0].isupper() or re.match(r"(?:al|el|ad|as|ul)-[A-Z]", token.text)) and not _stops(token):
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
    numbered = at + 1 < len(words) and re.match(r"\s+\d", words[at + 1].gap)
    if numbered and held == "common" and not is_listed(token.word, "given_words", "surname_words", "place_words"):
        return False  # "Chapter 6"
    if numbered and is_listed(token.word, "given_words") and not is_listed(token.word, "given"):
        return False  # "Ward 7"
    if _in_months(words, at) or (_is_brand(token) and held == "unknown" and words[at - 1].word not in {"at", "for"}):
        return False
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
    return is_listed(token.word, "given_words", "given") and not is_listed(token.word, "pronouns", "kin")


def _in_months(words: Sequence[Token], at: int) -> bool:
    """Whether a month is named beside another: "in May or June"."""
    led = words[at - 2].word if at > 1 and words[at - 1].word in {"or", "and", "to", "through", "until"} else ""
    return led in _MONTHS and words[at].word in _MONTHS


_MONTHS = frozenset("april may june july august march september october november december january february".split())
_SURNAME_STARTS = re.compile(
    r"(?:Mc|Mac|O['’]|[DLJKTM][aeiou]['’]?|De[ls]?|Di|Du|Van|Von|Fitz|St|Le|La|Al|El|Ash|Abd|Ibn|Ni|Ó|[A-Z]['’])[A-Z]"
)


def _is_brand(token: Token) -> bool:
    """Whether a capital inside a word makes it a brand ("SilverLine"); few names have one ("McCabe", "DeShawn")."""
    inner = re.search(r"[a-z][A-Z]", token.text)
    return bool(inner) and not _SURNAME_STARTS.match(token.text) and "-" not in token.text


def _before_org(words: Sequence[Token], at: int) -> bool:
    return any(next_to(w) and w.is_capital and is_listed(w.word, "organisations") for w in words[at + 1 : at + 3])


def _speaks(words: Sequence[Token], at: int) -> bool:
    """Whether somebody, and not a month or country, is spoken of: "April said", "my sister Georgia"."""
    after = token_at(words, at + 1)
    before = word_at(words, at - 1)
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
        return _is_titled_thing(run, word_at(words, at - 1))
    if (
        run[0].word in ENDEARMENTS
        and run[0].gap.startswith(",")
        and words[at + 1 : at + 2]
        and words[at + 1].gap[:1] == ","
    ):
        return False
    if is_listed(run[0].word, "given_words"):
        if run[0].first:
            return begins_as_name(words, at)
        return standing(run[0].word) != "safe" or _speaks(words, at)
    return not run[0].first and _is_placed(words, at)


_TOWARDS = frozenset("at for to from with in by".split())


def _is_placed(words: Sequence[Token], at: int) -> bool:
    """Whether an ordinary word with a capital stands where a name is expected."""
    word, before = words[at].word, word_at(words, at - 1)
    common = standing(word) == "common"
    if is_listed(word, "place_words"):
        return common or before in PLACE_BEFORE or before in {"to", "from", "at"}
    said_twice = is_listed(re.split("['-]", word)[0], "pronouns")  # "I-I"
    if (
        common
        and not said_twice
        and (before in _TOWARDS | _DONE_TO | PEOPLE_BEFORE - {"and"} or _is_somebodys(words, at))
    ):
        return not is_listed(word, "generic", "kin", "organisations") and word not in clinical()
    return is_listed(word, "given")


_DONE_TO = frozenset(
    "ring rings ringing phoning text texting message messaged messaging email emailed see seen seeing visit "
    "visited trust trusted blame blamed hug hugged kiss kissed miss missed help helped invite invited tell "
    "telling know knew marry love loved hate hated leave left watch watched remember because cos that when if "
    "since mate cousin brother sister".split()
)


def _is_somebodys(words: Sequence[Token], at: int) -> bool:
    """Whether an ordinary word with a capital says something, or is spoken to at a line's end."""
    after = token_at(words, at + 1)
    if after is None:
        return words[at].gap == ", " or _is_second(words, at)
    return (after.word in SAYING and not after.first) or _is_second(words, at)


def _is_second(words: Sequence[Token], at: int) -> bool:
    """Whether it is the second of two whom capitals name: "Iolo and Nest"."""
    led = words[at - 2] if at > 1 and words[at - 1].word == "and" else None
    return led is not None and led.is_capital and not led.first and standing(led.word) in {"given", "unknown"}


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
