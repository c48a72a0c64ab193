"""Organisations that working, learning or being held somewhere announces: "a shift at …", "laid off from …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcript_rapport.deidentification.around import HESITATION, THINGS
from transcript_rapport.deidentification.patterns.organisations.things import (
    END,
    HOUSES,
    RUN,
    TIMES,
    UM,
    WORD,
    Check,
    are_capitals,
    are_letters,
    are_things,
    compiled,
    is_plain,
    is_thing,
)
from transcript_rapport.deidentification.vocabulary import clinical, is_derived, is_listed, is_ordinary, standing

_STAFF = (
    r"(?:\w{3,}(?:er|or|ist|ician|keeper)|nurse|warden|matron|boss|landlord|deputy|head|mechanic|cook|chef"
    r"|clerk|guard|assistant|carer|cleaner|midwife|priest"
    r"|(?:\w*(?:sales|fore|fire|post|police|handy|bin|dinner|crafts|milk)?(?:man|woman|lady))|apprentice|intern|temp"
    r"|trainee|volunteer|supervisor|student|pupil|governor|trustee|member|resident|inmate|patient|secretary|miner)"
)
_WORK = (
    r"(?:jobs?|interviews?|trial|apprentice(?:ship|d)?|internship|placements?|position|role|shifts?|employed|employment"
    r"|nights|lates|earlies|overtime|security|reception|maintenance|admin|training|hired|career|work(?:s|ed|ing)?"
    r"|volunteer(?:s|ed|ing)?|clean(?:s|ed|ing)?|cook(?:s|ed|ing)?|temp(?:s|ed|ing)?|intern(?:s|ed|ing)?|tills?|hours"
    r"|taught|teach(?:es|ing)?|stud(?:y|ies|ied|ying)|degree|phd|masters|course|enrolled|lectur(?:es?|ed|ing)"
    rf"|(?:an?|the|my|our|his|her) (?:\w+ ){{0,2}}{_STAFF}|preach(?:es|ed)?|driv(?:es?|ing)|drove|deliver(?:s|ed)"
    r"|(?:the|our) (?:staff|girls|lads|lot|ladies|guys|team|nurses|teachers|doctors|people|kids)"
    r"|the (?:\w+ )?(?:line|kitchens?|deli|counter|door|doors|bar|bins|books|desk|phones|floor|checkouts?"
    r"|grounds|gardens"
    r"|wards?|factory floor))"
)
_LEFT = (
    r"(?:laid off|let go|made redundant|redundant|sacked|fired|retired|dismissed|suspended|expelled|excluded|graduated"
    r"|discharged|transferred|furloughed|resigned|came out|dropped out|the sack"
    r"|the boot)"
)
_HERE = (
    r"(?:\s+(?:over|back|up|down|out|there|here|now|then|just|again|nights|days|part[- ]time|full[- ]time"
    r"|as well)){0,2}"
)
_WORKS = (
    rf"\b(?:{_WORK}{_HERE}\s+(?:at|for)|(?:job|placement|apprenticeship|interview|position)\s+with"
    rf"|{_LEFT}\s+(?:from|by)|employed by|volunteer(?:s|ed|ing)?\s+with|start(?:s|ed|ing)?\s+at"
    r"|(?:prison|remand|inside|jail|banged up|detained|sectioned|admitted|inpatient|rehab|detox|respite)\s+(?:at"
    r"|in|to))"
)
_LEARNS = re.compile(
    r"\b(?:student|stud\w+|teach\w*|taught|lectur\w+|graduated|degree|phd|masters|enrolled|job|interview"
    r"|inside|remand|prison|jail|laid off|sacked|fired|nights|lates|earlies|employed|driv\w+|line|kitchen"
    r"|counter|deli|apprentice\w*|placement|retired)\b",
    re.I,
)


def _worked(run: Sequence[str], match: re.Match[str]) -> bool:
    """Whether "a job at …" is followed by what is called so: two or three things, or one where that is sure."""
    small = [word.lower() for word in run]
    if len(run) == 1:
        return _one(run[0], match)
    if small[0].endswith("ing") and small[0] == run[0] and re.match(r"work\w*\s+at", match.group(), re.IGNORECASE):
        return False  # "i work at keeping calm"
    if are_capitals(run):
        return small[-1] not in THINGS and not all(is_plain(word) for word in small)
    return are_things(small)


def _one(word: str, match: re.Match[str]) -> bool:
    plain, the = word.lower(), match["the"] is not None
    if is_listed(plain, "brands"):
        return True
    barred = plain in TIMES | HESITATION or is_plain(plain) or plain in clinical()
    if barred or (the and word.islower() and plain not in HOUSES and not _is_compound(plain)):
        return False
    if word[0].isupper():
        return standing(plain) != "safe"
    sure = bool(_LEARNS.search(match.group())) or the
    named = is_thing(plain) and (plain in HOUSES or not plain.endswith(("s", "ing")))
    return (sure and named) or plain.endswith("'s")


def _is_compound(word: str) -> bool:
    """Whether no dictionary has the word, which is made of two ("wheatsheaf" is what an inn is called)."""
    return not is_ordinary(word) and is_derived(word) and len(word) > 7


_PATTERNS: tuple[tuple[re.Pattern[str], Check], ...] = (
    (
        compiled(
            rf"{_WORKS}{UM}(?:\s+(?P<the>the))?\s+(?P<it>{WORD}(?:\s+{WORD})?\s+(?:and|&)\s+{WORD}(?:\s+{WORD})??){END}"
        ),
        _worked,
    ),
    (compiled(rf"{_WORKS}{UM}(?:\s+(?P<the>the))?\s+{RUN}{END}"), _worked),
    (
        compiled(rf"{_WORKS}{UM}(?P<the>)\s+(?P<it>(?-i:[A-Z]{{2,5}})|[a-z](?:\s[a-z]){{1,3}})(?!['’\w]){END}"),
        are_letters,
    ),
)
_CUE = re.compile(_WORKS, re.IGNORECASE)


def at_work(text: str) -> Iterator[re.Match[str]]:
    """What ``text`` says somebody works at or for, learns at, or is held in; a match's ``it`` is the name."""
    if _CUE.search(text):
        for pattern, check in _PATTERNS:
            yield from (match for match in pattern.finditer(text) if check(match["it"].split(), match))
