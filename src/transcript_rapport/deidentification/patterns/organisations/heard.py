"""Schools, hospitals, employers: by the words that such names hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from transcript_rapport.deidentification.around import GOES_ON, HESITATION, SURE_ORGANISATIONS, VERBISH, WORKING
from transcript_rapport.deidentification.patterns.names.runs import next_to
from transcript_rapport.deidentification.patterns.organisations.things import (
    AFTER,
    BRIGHT,
    HOUSES,
    is_particular,
    is_thing,
)
from transcript_rapport.deidentification.tokens import Token
from transcript_rapport.deidentification.vocabulary import is_listed

_GOES_ON_TO = SURE_ORGANISATIONS | frozenset(
    "centre center council trust library bank elementary parish comprehensive grammar infant junior kindergarten "
    "preschool nursery ward unit brothers associates public annexe mill brewing brewery brokers services service "
    "living hall "
    "tabernacle mission".split()
)


def to_organisation(words: Sequence[Token], end: int, at: int) -> int:
    """Where the organisation ends that goes on behind a name from ``at`` to ``end``: "oakwood primary school"."""
    found = end
    led = is_listed(words[at].word, "places") or (at > 0 and words[at - 1].word in _LEADS | {"the"})
    for far in range(end, min(end + 3, len(words))):
        token = words[far]
        if not token.word or not re.fullmatch(r"\s+", token.gap) or (words[far - 1].owns and far > end):
            return found
        if token.word in _GOES_ON_TO:
            found = far + 1
        elif token.word not in GOES_ON and not (led and is_thing(token.word) and token.text.islower()):
            return found
    return found


def small_organisation(words: Sequence[Token], at: int) -> int:
    """The end of "meadow view surgery" after "at", "for" …, or of what somebody works at."""
    before = [word.word for word in words[max(0, at - 9) : at] if word.word not in HESITATION]
    the = before[-1:] == ["the"]
    near = (the and before[-2:-1]) or before[-1:]
    if not near or near[0] not in _LEADS:
        return at
    if is_listed(words[at].word, "brands") and WORKING & set(before[-4:]):
        return at + 1
    line = {word.word for word in words}
    if the and line & _HOMES - {"home", "care"} and words[at].word in HOUSES:
        return at + 1
    for end in range(at + 1, min(at + 5, len(words))):
        if not next_to(words[end]):
            break
        if _says_kind(words[end].word, line, the):
            run = [word.word for word in words[at:end]]
            named = any(map(is_particular, run)) and all(is_particular(word) or word in _SIDES for word in run)
            return _on(words, end) if named and not set(run) & (_WARDS | VERBISH | _VERBS) else at
    return _workplace(words, at) if _is_led(near[0], before, line) else at


def _says_kind(word: str, line: AbstractSet[str], the: bool) -> bool:
    """Whether a word ends the name of an organisation, in a line that speaks of such."""
    if word in {"ward", "centre", "center", "parish", "elementary"} or word in SURE_ORGANISATIONS:
        return True
    home = bool(line & _HOMES) and word in {"court", "lodge", "house", "view", "grange", "manor", "hall", "lea", "park"}
    return home or (
        the and word in {"trust", "foundation", "project", "association", "institute", "unit", "arms", "inn"}
    )


def _is_led(near: str, before: Sequence[str], line: AbstractSet[str]) -> bool:
    """Whether the words before speak of working, playing, worshipping or living somewhere."""
    said = set(before)
    working, since = WORKING & said, JOINING & said
    if near == "called":
        return bool(_CALLED & set(before[-4:]))
    if near in {"at", "to"} and line & _FAITH and said & {"go", "goes", "went", "going", "worship", "pray", "at"}:
        return True
    playing = near == "for" and said & {"play", "plays", "played", "playing", "drive", "drove", "drives", "signed"}
    joined = near in {"at", "with", "for", "from"} and since and (near != "with" or said & _WITH)
    return bool((near in {"at", "for"} and working) or joined or playing)


_HOMES = frozenset("care carers nursing residential residents sheltered dementia home".split())
_FAITH = frozenset("church chapel mosque temple synagogue gurdwara worship congregation pastor fellowship".split())
JOINING = frozenset(
    "started start starting joined carer hired sacked fired placement apprenticeship apprentice internship "
    "interview job "
    "chef cook porter cleaner receptionist driver warehouse tills retired temping temp employed volunteer redundant "
    "stock stacking shelves till contract agency shift shifts".split()
)
_WITH = frozenset(
    "carer job placement apprenticeship apprentice internship interview employed volunteer contract".split()
)
_CALLED = frozenset(
    "shop shop's pub pub's cafe company company's firm charity charity's school nursery place unit ward club "
    "team church "
    "group business gym bar salon restaurant agency hostel hospice band choir clinic surgery college refuge project "
    "practice home home's takeaway garage factory stall".split()
)
_VERBS = frozenset(
    "use eat buy make have take see try like find need want start run join visit build open leave".split()
)
_WARDS = frozenset(
    "surgical medical maternity labour postnatal antenatal locked open secure female male mixed main stroke elderly "
    "geriatric cancer oncology cardiac paediatric admission isolation covid dementia rehab different side "
    "hospital men's "
    "women's busy noisy hot cold dead strange horrible awful lovely proper weird psych mental burns delivery recovery "
    "respiratory orthopaedic gynae neuro renal trauma assessment acute".split()
)
_LEADS = frozenset(
    "at for from to with into of in on near by through outside under rehab place called attend attends "
    "attended school hospital clinic".split()
)
_SIDES = frozenset("north south east west upper lower high old new great royal city medical health community".split())


def _on(words: Sequence[Token], end: int) -> int:
    """The end of an organisation whose word at ``end`` says what it is: "primary school"."""
    while end + 1 < len(words) and next_to(words[end + 1]) and is_listed(words[end + 1].word, "organisations"):
        end += 1
    return end + 1


def _workplace(words: Sequence[Token], at: int) -> int:
    """The end of "the golden carp", two or three words that say nothing else, or of "parsons", where somebody works."""
    end = at
    while end < len(words) and end - at < 4 and (end == at or next_to(words[end])):
        if words[end].word in AFTER or (end > at and words[end].word.endswith("ing")):
            break
        end += 1
    ended = end == len(words) or words[end].word in AFTER or not next_to(words[end]) or words[end].word.endswith("ing")
    run = [word.word for word in words[at:end]]
    if len(run) == 1:
        firm = is_listed(run[0], "surname_words", "surnames") and run[0].endswith("s") and len(run[0]) > 4
        return end if ended and firm and is_thing(run[0]) else at
    return end if ended and len(run) in {2, 3} and all(map(is_thing, run[run[0] in BRIGHT :])) else at
