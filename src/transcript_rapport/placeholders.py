"""What stands in a text for an identifier that was replaced, such as ``[Name 1]``: a word where words are counted."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["name", "place", "date", "phone", "email", "address", "url", "number", "organisation", "age"]
KINDS: tuple[Kind, ...] = (
    *("name", "place", "date", "phone", "email", "address", "url", "number", "organisation", "age"),
)
SHOWN = {kind: kind.capitalize() for kind in KINDS} | {"email": "Email", "url": "Web address"}
"""What a placeholder says of each kind."""

PLACEHOLDER = re.compile(rf"\[(?P<kind>{'|'.join(SHOWN.values())}) (?P<number>\d+)\]")


def placeholder(kind: Kind, number: int) -> str:
    """The words that stand for the identifier with this number among its kind."""
    return f"[{SHOWN[kind]} {number}]"


def as_words(text: str) -> str:
    """The text with one plain word for each placeholder, so that it counts as a word and as no remark in brackets."""
    if "[" not in text:
        return text
    return PLACEHOLDER.sub(lambda match: f"{match['kind'].replace(' ', '')}{match['number']}", text)
