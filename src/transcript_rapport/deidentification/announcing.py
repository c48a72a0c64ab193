"""Words that may name an organisation where something near announces one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from transcript_rapport.deidentification.around import HESITATION, SURE_ORGANISATIONS
from transcript_rapport.deidentification.numerals import DIGITS, TEENS, TENS
from transcript_rapport.deidentification.organisations import AFTER, BRIGHT, HIGHS, is_thing
from transcript_rapport.deidentification.vocabulary import clinical, is_listed

WORD = r"[^\W\d_][\w'’-]*"
RUN = rf"(?P<it>{WORD}(?:\s+(?:(?:and|&|of|of the)\s+)?{WORD}){{0,3}}?)"
END = (
    rf"(?=\s*(?:[.,;:!?…)—–]|$)|\s-|\s+(?:{'|'.join(AFTER)}|\w+ing|\w+day|(?:the|a|an|my|his|her|same|them|all"
    rf"|basically|really)"
    rf"|{'|'.join((*DIGITS[5:], *TEENS, *TENS))})\b)"
)
UM = rf"(?:\s+(?:{'|'.join(HESITATION)}),?)*"
Check = Callable[[Sequence[str], re.Match[str]], bool]


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, for capitals and small letters alike."""
    return re.compile(pattern, re.IGNORECASE)


def are_letters(run: Sequence[str], match: re.Match[str]) -> bool:
    """Whether letters stand for a firm: "a driver for d p d", but not "a job at the NHS"."""
    word = "".join(run).lower()
    return not is_listed(word, "safe", "pronouns") and (match["it"].isupper() or " " in match["it"])


def are_capitals(run: Sequence[str]) -> bool:
    """Whether each word but "and", "of" and "the" begins with a capital."""
    return all(word[0].isupper() for word in run if word.lower() not in {"and", "of", "the", "&"})


def is_plain(word: str) -> bool:
    """Whether a word in small letters says a kind, a relation or nothing in particular."""
    return is_listed(word, "generic", "safe", "organisations", "kin", "pronouns")


def are_things(run: Sequence[str]) -> bool:
    """Whether small words may name an organisation: each a thing, the last also "general", the first "little"."""
    if ("the" in run and "of" not in run) or run[-1] == "and":
        return False
    run = [word for word in run if word not in {"and", "of", "the"}]
    middle = run[bool(run) and run[0] in BRIGHT | _NATIONS :]
    if len(middle) > 1 and middle[-1] in HIGHS | SURE_ORGANISATIONS:
        middle = middle[:-1]
    if len(run) > 1 and run[0].endswith("ing"):
        middle = [word for word in middle if word != run[0]]
    return all(map(is_thing, middle)) and any(word not in clinical() for word in middle)


_NATIONS = frozenset("british irish scottish welsh english american national royal united".split())
