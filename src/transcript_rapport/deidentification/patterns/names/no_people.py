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
    r"|teddy ?bear|(?-i:teddy)|(?:rag ?)?doll)"
)
_LINK = (
    r"(?:['’]?s|\s+is|\s+was|\s+are)?(?:\s+(?:he|she|it|they)(?:['’]s|['’]re|s)?)?(?:\s+(?:called|named))?"
    r"(?:[,.]\s+(?:he|she|it)(?:['’]s|s|\s+is|\s+was)\s+(?:called|named))?"
)
_PET_BEFORE = re.compile(
    rf"\b(?:(?:a|an|the|my|our|his|her|their|your|two|three|old|little|wee)\s+(?:\w+\s+)?{_ANIMAL}{_LINK}[\s,.:–—-]+(?:\w+\s+and\s+)?"
    rf"|(?:my|our|his|her|their|your)\s+\w+['’]s\s+{_ANIMAL}[\s,]+)$",
    re.IGNORECASE,
)
_PET_AFTER = re.compile(
    rf"(?:['’]s|\s+is|\s+was|,)\s+(?:(?:only|just|actually)\s+)?(?:an?|the|my|our|his|her)\s+(?:\w+\s+)?{_ANIMAL}\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\s*(?:[.,!?;:)…]|$|and\b)")
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
    before = _PET_BEFORE.search(text[: span.start])
    apart = before is not None and before.group().rstrip()[-1:] in {",", ".", ":", "–", "—", "-"}
    return bool(_PET_AFTER.match(text, span.end)) or (
        before is not None and (not apart or bool(_CLOSED.match(text, span.end)))
    )


def _is_kin(text: str, span: Found, said: str) -> bool:
    """Whether it is a word for a grandparent, an aunt … in some tongue, where it is somebody's: "my Lola"."""
    return is_listed(said.lower(), "kin_abroad") and bool(_OWNER.search(text[: span.start]))
