"""What looks like somebody's name and is none: pets, titles and kin alone, and words that spell a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcript_rapport.deidentification.numbering import plain
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.tokens import CALLINGS
from transcript_rapport.deidentification.vocabulary import is_listed

_ANIMAL = (
    r"(?:dogs?|doggy|cats?|kittens?|kitty|pupp(?:y|ies)|pups?|horse|pony|ponies|budgies?|parrot|hamster|rabbits?|bunny"
    r"|guinea pigs?|gerbil|goldfish|tortoise|ferrets?|cockatiel|canary|terrier|collie|westie|labrador|spaniel"
    r"|staff(?:y|ie)"
    r"|pit ?bulls?|retriever|poodle|greyhound|whippet|beagle|alsatian|german shepherd|chihuahua|lurcher|mutt|moggy"
    r"|tabby|goat|donkey|mare|gelding|hens?|chickens?|kelpie|dachshund|corgi|husky|rottweiler|mongrel|labradoodle"
    r")"
)
_TOY = r"(?:teddy ?bear|(?-i:teddy)|(?:rag ?)?doll)"
"""What people are called in fondness too: "you're a doll, Margaret"."""
_HAS = r"\b(?:a|an|the|my|our|his|her|their|your|two|three|old|little|wee)\s+(?:\w+\s+)?"
_IS = r"(?:['’]?s|['’]re|\s+is|\s+was|\s+are)"
_CALLED = r"\s+(?:called|named)"
_IT = rf"[,.]?\s+it{_IS}{_CALLED}"
_OWN = rf"\b(?:i|we|there){_IS}?(?:['’]ve|['’]d)?\s+(?:\w+\s+){{0,2}}"
"""No person stands between: whose dog it is may be the one who is called so."""
_PET_BEFORE = re.compile(
    rf"(?:{_HAS}{_ANIMAL}(?:{_IS}?(?:{_CALLED})?|{_IT})|{_HAS}{_TOY}(?:{_IS}?{_CALLED}|{_IT})"
    rf"|\b(?:my|our|his|her|their|your)\s+\w+['’]s\s+{_ANIMAL}"
    rf"|{_OWN}{_HAS}{_ANIMAL}[,.]?\s+(?:he|she|they){_IS}{_CALLED})\s+(?:\w+\s+and\s+)?$",
    re.IGNORECASE,
)
_PET_APART = re.compile(
    rf"\b(?:my|our|his|her|their)\s+(?:\w+\s+|\w+['’]s\s+)?{_ANIMAL}\s*[,:–—-]\s*(?:\w+\s+and\s+)?$",
    re.IGNORECASE,
)
"""Over a comma or a dash only where the animal is somebody's: "thanks for minding the dog, Margaret"."""
_PET_AFTER = re.compile(
    rf"(?:(?P<apart>,)|{_IS})\s+(?:(?:only|just|actually)\s+)?(?:an?|the|my|our|his|her)\s+(?:\w+\s+)?{_ANIMAL}"
    r"(?:\s*(?:[.,!?;:)…]|$)|(?(apart)(?!)|\s+(?:and|but|so|that|who|which|we|i|he|she)\b))",
    re.IGNORECASE,
)
"""Whole: not "Ruth is the dog walker", nor "Anna, my dog died"."""
_CLOSED = re.compile(r"\s*(?:[.,!?;:)…]|$|and\b)")
_OWNS = re.compile(r"['’]s\s*(?:[^\w\s]|$)")
"""Whose the animal is: "the dog is Margaret's"."""
_OWNER = re.compile(r"\b(?:my|your|his|her|our|their|[\w]+['’]s)\s+$", re.IGNORECASE)
_LETTERED = re.compile(r"(?<!the )(?<!The )(?<![\w'’])(?P<letter>[A-Za-z])\s+(?:for|as in|like in|like)\s+$")


def without_no_people(texts: Sequence[str], spans: Sequence[Sequence[Found]]) -> list[list[Found]]:
    """The ``spans`` of each text without names of pets, and words that are nobody's name where they stand."""
    told = [
        (text, span, text[span.start : span.end]) for text, found in zip(texts, spans, strict=True) for span in found
    ]
    names = [(text, span, said) for text, span, said in told if span.kind == "name" and re.fullmatch(r"[\w'’-]+", said)]
    whole = {word for _, span, said in told if span.kind == "name" and " " in said for word in plain(said).split()}
    nobody = {plain(said) for text, span, said in names if _is_pet(text, span) or _is_kin(text, span, said)} - whole
    return [
        [span for span in found if span.kind != "name" or not _stays(text, span, text[span.start : span.end], nobody)]
        for text, found in zip(texts, spans, strict=True)
    ]


def _stays(text: str, span: Found, said: str, nobody: set[str]) -> bool:
    letter = _LETTERED.search(text[: span.start])
    spelt = letter is not None and letter["letter"].lower() == said[0].lower()
    return spelt or plain(said) in nobody or said.lower() in CALLINGS


def _is_pet(text: str, span: Found) -> bool:
    """Whether an animal is said to be called so: "the cat's Mostyn", "Prince is only a westie"."""
    before = text[: span.start]
    if _PET_AFTER.match(text, span.end):
        return True
    if _PET_BEFORE.search(before):
        return not _OWNS.match(text, span.end)
    return bool(_PET_APART.search(before) and _CLOSED.match(text, span.end))


def _is_kin(text: str, span: Found, said: str) -> bool:
    """Whether it is a word for a grandparent, an aunt … in some tongue, where it is somebody's: "my Lola"."""
    return is_listed(said.lower(), "kin_abroad") and bool(_OWNER.search(text[: span.start]))
