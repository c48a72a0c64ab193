"""The JSON of speech recognisers: words with times and speakers, joined to utterances.

A module a family of recognisers, listed in ``FAMILIES``: ``KEYS`` are keys of which each of its files has one,
``form(document)`` names what it recognised (empty where it is not its own), ``words(document)`` lists the words.
What these look at is a ``Node`` of the JSON; all after that is the same for every family.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Protocol

from transcript_rapport.readers.recognised import (
    amazon,
    assemblyai,
    azure,
    deepgram,
    elevenlabs,
    google,
    listed,
    otter,
    rev,
    speechmatics,
    stock,
    whisper,
)
from transcript_rapport.readers.recognised.joining import unit_of, utterances
from transcript_rapport.readers.recognised.node import Node
from transcript_rapport.readers.recognised.words import Word
from transcript_rapport.readers.rows import session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session


class Family(Protocol):
    """What a module for a family of recognisers offers."""

    KEYS: set[str]

    def form(self, document: Node) -> str:
        """What the document is, such as ``WhisperX``; empty where it is another's."""

    def words(self, document: Node) -> list[Word]:
        """The words in the order of the file."""


# Readers of one suffix are asked in order of their names: "asr" (automatic speech recognition) before "json".
NAME = "asr"
SUFFIXES = (".json",)
FAMILIES: Sequence[Family] = (
    whisper,
    deepgram,
    elevenlabs,
    assemblyai,
    amazon,
    speechmatics,
    google,
    azure,
    rev,
    otter,
    listed,
)

_HEAD = re.compile(r"\ufeff?\s*(?:\{|\[\s*\{)")
_KEYS = re.compile(f'"(?:{"|".join(sorted(set[str]().union(*(family.KEYS for family in FAMILIES))))})"')
_EXPECTED = "the JSON of a speech recogniser, with words or segments"


def recognises(source: Source) -> bool:
    """Whether the file is the JSON of a recogniser we know."""
    return _document(source) is not None


def read(source: Source) -> list[Session]:
    """The session in the file; speakers are empty where the recogniser told none apart and there is one channel."""
    found = _document(source)
    if found is None:
        raise source.error("this is not JSON of a kind we know", _EXPECTED, "check the file's name")
    family, service, document = found
    words = [word for word in family.words(document) if word.text.strip()]
    if not words:
        raise source.error(f"there are no words in this {service} JSON", _EXPECTED, "check that recognition finished")
    rows, told = utterances(words)
    unit = unit_of(words)
    machine = f"recognised by machine ({service}): listen again where a name, a number or who spoke matters"
    return [session(source, f"{service} JSON", rows, [machine, *told, *stock.notes(rows, unit)], unit=unit)]


def _document(source: Source) -> tuple[Family, str, Node] | None:
    """Whose JSON the file is, under which name, and the JSON itself."""
    if not source.is_text or not _HEAD.match(source.text) or not _KEYS.search(source.text):
        return None
    try:
        document = Node(json.loads(source.text.lstrip("\ufeff")))
    except (ValueError, RecursionError):
        return None  # The reader of JSON says best where it is broken.
    named = ((family, family.form(document)) for family in FAMILIES)
    return next(((family, service, document) for family, service in named if service), None)
