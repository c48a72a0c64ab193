"""Organisations of which a word says what they are: "Mount Pisgah AME", "noddfa day centre", "Ysgol Bryn Elian"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcript_rapport.deidentification.around import THINGS, VERBISH
from transcript_rapport.deidentification.patterns.organisations.things import is_thing
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.vocabulary import (
    clinical,
    is_derived,
    is_listed,
    is_ordinary,
    standing,
    vocabulary,
)

_KINDS = sorted(vocabulary().lists["kinds"])
_PAIRS = [pair.replace("+", " ") for pair in vocabulary().lists["small_kinds"]]
_LAST = rf"(?:{'|'.join(sorted((*_PAIRS, *_KINDS), key=len, reverse=True))})"
_CAP = r"[A-ZÀ-ÞŁŚŠŻŽ][\w'’-]*"
_CAPITALS = re.compile(
    rf"\b(?P<it>(?:St\.? )?{_CAP}(?:,?\s+(?:(?:of|and|the|for"
    rf"|&)\s+){{0,2}}{_CAP}){{0,4}}?\s+(?:and\s+)?(?P<kind>(?:{'|'.join(w.capitalize() for w in _KINDS)}"
    r"|(?:Care|Nursing|Rest|Residential|Children's|Funeral) Home|Home Health|Health|Care|Living|Housing|General"
    r"|High|Primary|Elementary"
    r"|Grammar|Comprehensive|Convent|Private|Memorial|Centre|Center|AME))\b(?:['’]s)?(?:\s+(?:of\s+|and\s+"
    r"|for\s+|at\s+)?(?!I\b|I['’])[A-Z][\w'’-]*)*)"
)
_SAID_KINDS = frozenset(
    [
        *(word.capitalize() for word in _KINDS),
        *"Home Health Care Living Housing General High Primary Elementary Grammar Comprehensive Private".split(),
        *"Memorial Centre Center AME".split(),
    ]
)
_FIRST = re.compile(
    r"\b(?:Te Kura(?: Kaupapa)?|Kura(?: Kaupapa)?|Te Wharekura|Ysgol(?: Gynradd| Gyfun| Uwchradd)?|Coleg|Capel"
    r"|Eglwys|Scoil|Gaelscoil"
    r"|Gaelcholáiste|Coláiste|Colegio|Escuela|Instituto|Iglesia|Lycée|Collège|École|Clínica|Clinica|Universidad"
    r"|Université"
    r"|Universität|Masjid|Jamia|Camp|Hospital|Krankenhaus|Kita|Notre-Dame|Bethel|Beth|Temple|Gurdwara|Vihara"
    r"|Wat|Shri|Sri)"
    r"\s+(?:(?:o|de|del|de la|of|al|el|ul|en|y|yr)[\s-]+)*[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,2}"
)
_JOINED = re.compile(
    rf"(?<=\b[Aa]t )(?<!look at )(?P<it>{_CAP}(?:\s+{_CAP}){{1,2}} and {_CAP}(?:\s+{_CAP})?)(?=[.,;!?]|\s+(?:in"
    rf"|on|for|out|up|down|since|till)\b|$)"
)
_NO = (
    r"(?!(?:a|an|the|my|your|his|her|our|their|this|that|these|those|some|any|no|every|each|and|or|but|so|of|in"
    r"|on|at|to|from|with"
    r"|for|by|is|was|are|were|be|been|i|you|he|she|it|we|they|me|him|us|them|who|what|when|where|why|how|if"
    r"|then|than|as|not|just"
    r"|um|uh|er|like|about|into|up|down|out|off|over|back|there|here|called|get|got|go|goes|went|going|had|has"
    r"|have|do|does|did)\b)"
)
_SMALL = re.compile(
    rf"\b(?:at|for|with|from|to|in|into|of|near|called|off|by|joined|attends?|attended|left|outside|church|school|hospital|mosque|company)\s+(?P<the>the\s+)?"
    rf"(?P<it>(?:st\s+[\w'’]+\s+|{_NO}[a-z][\w'’-]*\s+){{1,3}}?(?P<kind>{_LAST})(?:\s+(?:{_LAST}|hall|club|hub"
    rf"|trust|unit))*)(?![\w'’-])"
    r"(?! (?:practice|public|election|manager|anaesthetic|hospital|feeling|idea|stuff|of)\b)",
)
_SAINTS = re.compile(
    r"\b(?:at|in|to|from|near|by)\s+(?P<it>(?:st|saint)\s+(?!of\b|and\b)[a-z]{3,})(?!['’\w])(?=\s*$|\s+(?:with"
    r"|and|for|now|when|since|on|but|so|last|where|as|again)\b)"
)
_TWO = re.compile(r"\b(?:at|for|with)\s+(?P<it>([a-z]{3,}) and ([a-z]{3,}))(?!['’\w])")
_ADJECTIVE = re.compile(r"\w{3,}(?:ful|ous|able|ible|less|ish|ant|ent|ive|ly|est|ic|al)|(?:\w+(?:ed|ing))")
_BRIGHT = frozenset(
    "lovely awful nice horrible decent rough brilliant amazing fantastic posh cheap massive tiny huge grim proper "
    "rubbish shit strict nearby open closed free best worst rural village inner wrong right same whole actual "
    "fancy modern ancient brand fee paying mixed girls boys girl boy single sex special needs big small old new "
    "little bible sunday night summer art drama dance language driving flight law business finishing swim "
    "swimming gym cooking sewing football dental medical law vet nursing catering culinary fashion film music "
    "theatre teaching agricultural clown charm reform approved ordinary normal baby mother toddler child staff "
    "shop corner retail wholesale family christian islamic hindu sikh jewish catholic methodist baptist my mum's "
    "dad's kids kid's son's daughter's friend's mate's brother's sister's nan's wife's husband's breakfast "
    "homework book chess wine strip lap night golf fight health weight anger pain data job home social food drink "
    "credit trade student tenants residents residents' parents fan christmas easter police military army navy "
    "prison women's men's death fire ambulance world european national regional local county town city district "
    "public private state".split()
)


def by_kind(text: str) -> Iterator[Found]:
    """Organisations that a word says the kind of, with a word of their own before or behind it."""
    held = not _SAID_KINDS.isdisjoint(re.findall(r"[A-Z][\w'’-]+", text))
    for match in _CAPITALS.finditer(text) if held else ():
        if found := _of_capitals(text, match):
            yield found
    yield from (Found(*match.span(), "organisation") for match in _FIRST.finditer(text))
    for match in _JOINED.finditer(text):
        if any(standing(word.lower()) not in {"safe", "given"} for word in match["it"].split() if word != "and"):
            yield Found(*match.span("it"), "organisation")
    if re.search(r"[a-z]{3}", text) and not re.search(r"[A-Z][a-z]", text):
        for match in _SMALL.finditer(text):
            words = match["it"].removesuffix(match["kind"]).split()
            if _is_own(words, match["kind"], bool(match["the"])):
                yield Found(*match.span("it"), "organisation")
        for match in _TWO.finditer(text):
            if all(
                is_listed(word, "surname_words", "surnames") and not is_listed(word, "given", "given_words", "kin")
                for word in match.groups()[1:]
            ):
                yield Found(*match.span("it"), "organisation")
        yield from (Found(*match.span("it"), "place") for match in _SAINTS.finditer(text))


def _of_capitals(text: str, match: re.Match[str]) -> Found | None:
    """The run of capitals without the words that only begin the sentence; None where nothing of its own is left."""
    words = list(re.finditer(r"\S+", match["it"]))
    kind = len(re.findall(r"\S+", text[match.start("it") : match.start("kind")]))
    inside = bool(
        re.search(r"[a-z],?\s$", text[: match.start("it")])
    )  # a capital that no sentence begins with is its own
    start = next(
        (n for n, word in enumerate(words[:kind]) if not _is_empty(word.group().lower().strip("'’,"), inside)), kind
    )
    own = [word.group().lower().strip(",") for word in words[start:kind]]
    own = [re.sub(r"['’]s?$", "", word) for word in own if word not in {"of", "and", "the", "for", "&"}]
    terms = len(own) < 2 or clinical().issuperset(own)
    telling = [
        word
        for word in own
        if word not in _BRIGHT
        and not is_listed(word, "generic", "organisations", "kin")
        and not (terms and word in clinical())
    ]
    placed = re.search(r"\s(?:at|of)\s+[A-Z]", text[match.start("kind") : match.end("it")])
    if placed and words[start].group()[0].isupper():
        return Found(match.start("it") + words[start].start(), match.end("it"), "organisation")
    if not telling or words[start].group()[0].islower() or (match["kind"] in {"Private", "High"} and len(own) < 1):
        return None
    safe = all(standing(word) == "safe" for word in telling)
    return (
        None
        if safe and len(own) < 2
        else Found(match.start("it") + words[start].start(), match.end("it"), "organisation")
    )


def _is_empty(word: str, inside: bool) -> bool:
    return (
        is_listed(word, "pronouns")
        or word in VERBISH
        or (is_listed(word, "generic") and not (inside and len(word) > 3))
    )


def _is_own(words: Sequence[str], kind: str, the: bool) -> bool:
    """Whether small words before a kind are what it is called, and do not only tell how it is."""
    if words[0] in {"st", "saint"}:
        return len(words) > 1
    own = [word for word in words if _is_telling(word)]
    if any(word in VERBISH or is_listed(word, "pronouns", "kin") for word in words) or not own:
        return False
    unknown = any(not is_ordinary(word) and (not is_derived(word) or len(word) > 6) for word in own)
    merry = words[0] in _MERRY and len(words) > 1 and words[-1].endswith("s")
    if unknown or merry or " " in kind or (kind == "general" and the) or _is_owner(words):
        return True
    if kind in _LOOSE:
        return len(own) > 1 and not the
    if len(words) > 1 and not the:
        return True
    return len(own) > 1 or (len(words) == 1 and not the and is_listed(words[0], "place_words", "surname_words"))


_MERRY = frozenset(
    "busy little happy tiny sunny bright first early small big merry jolly rainbow golden silver three two".split()
)
_LOOSE = frozenset(
    "steel plastics concrete timber windows furniture carpets cleaning security foods produce packing boxing "
    "cricket rugby hockey band brass karate judo rowing library theatre museum systems solutions partners trust "
    "union council high general primary hub shed shelter mission parish refuge club society prison jail garage "
    "salon".split()
)


def _is_owner(words: Sequence[str]) -> bool:
    """Whether somebody's name owns it: "king's church", "delaney's garage"."""
    return len(words) == 1 and words[0].endswith("'s") and is_listed(words[0][:-2], "surname_words", "surnames")


def _is_telling(word: str) -> bool:
    plain = word.removesuffix("'s")
    return (
        is_thing(plain)
        and plain not in _BRIGHT | THINGS
        and word not in _BRIGHT
        and plain not in clinical()
        and not (is_ordinary(plain) and _ADJECTIVE.fullmatch(plain))
    )
