"""Text messages as SMS Backup & Restore writes them (.xml): a message is an utterance, a correspondent a session."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from transcript_rapport.readers import markup
from transcript_rapport.readers.messages import TIMES
from transcript_rapport.readers.rows import Row, each, noted, session
from transcript_rapport.readers.source import Source, sound
from transcript_rapport.session import Session

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "sms"
SUFFIXES = ()

_HALVES = re.compile(rb"&#(5[56]\d{3});&#(5[67]\d{3});")
"""A character written as two halves, as this app writes emoji; XML does not allow that."""
_FORM, _OWNER = "text messages", "Me"
_UNSENT = {"3", "5"}  # drafts, and what could not be sent
_NOBODY = {"", "(unknown)", "null"}


@dataclass(frozen=True, slots=True)
class _Message:
    """A message: its place and time in the file, whose telephone is at the other end, and its kind and words."""

    place: int
    sent: float
    other: str
    kind: str
    words: str


def recognises(source: Source) -> bool:
    """Whether the file is XML with the root of a backup of messages."""
    return markup.has_root(source, "smses")


def read(source: Source) -> list[Session]:
    """A session for everybody the telephone's owner (``Me``) wrote with, in order of time, without times.

    Drafts and what could not be sent are left out and noted, and so are pictures. Places count messages.
    """
    whole = _HALVES.sub(lambda two: sound(chr(int(two[1])) + chr(int(two[2]))).encode(), source.data)
    found = sorted(
        _messages(markup.parse(replace(source, data=whole), "a backup of text messages")),
        key=attrgetter("sent", "place"),
    )
    others = dict.fromkeys(message.other for message in found)
    if len(others) < 2:
        return _session(source, found)
    names = {who: f"{source.name}-{who}" for who in others}
    made = {who: [message for message in found if message.other == who] for who in others}
    return each(source, {names[who]: partial(_session, source, made[who], names[who]) for who in others}, _FORM)


def _messages(root: Element) -> Iterator[_Message]:
    for place, element in enumerate(root, start=1):
        name = element.get("contact_name", "")
        other = element.get("address", "") if name.lower() in _NOBODY else name
        parts = [part.get("text", "") for part in element.iter("part") if part.get("ct") == "text/plain"]
        words = element.get("body", "") or "\n".join(parts)
        kind = element.get("type") or element.get("msg_box") or ""
        yield _Message(place, markup.number(element.get("date")) or 0, other, kind, words)


def _session(source: Source, messages: Sequence[_Message], name: str = "") -> list[Session]:
    unsent = [message.place for message in messages if message.kind in _UNSENT]
    rows = [
        Row(message.place, message.other if message.kind == "1" else _OWNER, message.words)
        for message in messages
        if message.kind not in _UNSENT
    ]
    notes = [TIMES, *noted(unsent, "a draft, or not sent, left out", "message")]
    return [session(markup.decoded(source), _FORM, rows, notes, name=name, unit="message")]
