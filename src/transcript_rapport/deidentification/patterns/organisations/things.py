"""Words that may be part of what an organisation is called, where something near announces one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from transcript_rapport.deidentification.around import HESITATION, SURE_ORGANISATIONS, VERBISH
from transcript_rapport.deidentification.numerals import DIGITS, TEENS, TENS
from transcript_rapport.deidentification.vocabulary import clinical, is_listed

HOUSES = frozenset(
    "beeches willows laurels limes elms oaks firs cedars poplars hollies pines birches orchard orchards gables meadows "
    "chestnuts sycamores larches rowans paddocks grange manor maples hawthorns lodge".split()
)
HIGHS = frozenset(
    "general high memorial grammar royal central primary juniors infants elementary middle comprehensive parish met "
    "district community".split()
)
"""What names of schools and hospitals end with, behind a word that says which."""
AFTER = frozenset(
    "in on since as and i for doing until till when but because so then which it's we he she they that with at to now "
    "last this every you um uh er yeah who where near down up over they're i'm he's she's cos or from nights days full "
    "part it before after again three four five six ten like if just was is years year".split()
)
BRIGHT = frozenset("second open first early new better safe little good big happy".split())
"""What names of projects and shops begin with."""
TIMES = frozenset(
    "half quarter past nine ten eleven twelve one two three four five six seven eight hundred thousand midnight noon "
    "weekends bottom scratch rock random risk odds least most speed short long whole lovely difficult young older "
    "different certain many several christmas easter monday tuesday wednesday thursday friday saturday sunday "
    "are were am be been being isn't aren't wasn't bed sleep wage wages money cash tips pay free nothing minimum "
    "maximum "
    "odd similar rubbish late soon present calm minute minutes moment hour hours "
    "january february march april may june july august september october november december".split()
)

WORD = r"[^\W\d_][\w'’-]*"
RUN = rf"(?P<it>{WORD}(?:\s+(?:(?:and|&|of|of the)\s+)?{WORD}){{0,3}}?)"
END = (
    rf"(?=\s*(?:[.,;:!?…)—–]|$)|\s-|\s+(?:{'|'.join(AFTER)}|\w+ing|\w+day|(?:the|a|an|my|his|her|same|them|all"
    rf"|basically|really)"
    rf"|{'|'.join((*DIGITS[5:], *TEENS, *TENS))})\b)"
)
UM = rf"(?:\s+(?:{'|'.join(HESITATION)}),?)*"
Check = Callable[[Sequence[str], re.Match[str]], bool]


def is_thing(word: str) -> bool:
    """Whether an ordinary word may be part of what something is called."""
    barred = word in VERBISH | HESITATION | TIMES or word.endswith("ing")
    return is_particular(word) and len(word) > 2 and not barred


def is_particular(word: str) -> bool:
    """Whether a word says more than a kind, a relation or nothing at all."""
    return bool(word) and not is_listed(word, "generic", "pronouns", "safe", "kin")


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
