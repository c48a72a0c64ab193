"""Chats: WhatsApp's ``[12/03/2026, 14:02:11] Anna: …``, Zoom's ``14:02:11 From Anna: …``, copied ``Anna  2:02 PM``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transcript_rapport.readers.labels import clean
from transcript_rapport.readers.rows import Row, noted, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

_MARK = "\u200e"  # on an iPhone it stands before what the service says in somebody's name
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANKS = re.compile("[\u00a0\u2007\u2009\u202f]")
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[aApP]\.?\s?[mM]\.?)?"
_WHEN = rf"{_DATE}(?:,\s?|\s|T){_CLOCK}"
_NOON = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s?[aApP]\.?[mM]\.?"  # a time of day, which no recording counts in
_STAMPED = re.compile(
    rf"(?:\[(?:{_WHEN}|{_CLOCK},\s{_DATE}|{_NOON})\]\s?|{_WHEN}\s[-–—]\s)"
    r"(?:(?:~\s?)?(?P<name>[^:]{1,80}?)\s?:(?:\s(?P<words>.*)|$)|(?P<notice>.*))"
)
_FROM = re.compile(
    rf"(?:{_DATE}\s)?\d\d:\d\d:\d\d(?:\s+From\s+|\t\s)(?P<name>[^:]{{1,80}}?)(?:\s+to\s+[^:]{{1,80}})?\s?:(?:\s+(?P<words>.*)|$)"
)
_ABOVE = re.compile(
    rf"(?:\[(?:{_WHEN}|{_NOON})\]\s?(?P<name>[^:]{{1,60}}))"
    r"|(?P<before>[^:]{1,60}?)(?:\s[-–—·•|]|,)?\s{1,4}"
    rf"\[?(?:(?:(?:Today|Yesterday)(?: at)? |{_DATE},?\s)?{_NOON}|{_WHEN})\]?"
)
_SHAPES = (_STAMPED, _FROM, _ABOVE)
_TELEPHONE = re.compile(r"\+?[\d\s()-]{6,20}")
_EDITED = re.compile(r"\s?<This message was edited>", re.IGNORECASE)
_THINGS = "image|photo|video|video note|audio|voice message|sticker|gif|document|contact card|media"
_MEDIA = re.compile(
    rf"<(?:{_THINGS}) omitted>|<attached: .{{1,200}}>|(?:.{{1,200}}\.\w{{2,5}}(?: • .{{1,20}})? )?(?:{_THINGS}) omitted"
    r"|.{1,200} \(file attached\)|location: https?://\S+|live location shared",
    re.IGNORECASE,
)
# What the service says in somebody's name, however the line begins, and where it is marked as the service's.
_SERVICE = re.compile(
    r"messages and calls are end-to-end encrypted.*|(?:this message was deleted|you deleted this message)\.?"
    r"|(?:missed|silenced) (?:group )?(?:voice|video) call\b.{0,60}|(?:voice|video) call, \d.{0,60}"
    r"|waiting for this message\. this may take a while\.?",
    re.IGNORECASE,
)
_DEED = re.compile(
    r".{1,80} (?:added|removed|created|changed|left|joined|turned|blocked|unblocked|updated|pinned|started)\b.*"
)
_LOOK_AT, _FEWEST = 200, 2  # lines at the head, and the messages among them that show what the file is
_LEAST_ABOVE = 0.2  # share of lines; fewer that end with a time of day are words
TIMES = (
    "the dates and times say when each message was sent, not how long anybody talked: messages keep their order, "
    "and their times were left out"
)


@dataclass(slots=True)
class _Message:
    """What stands from one date to the next: what is before its colon, if any, and its lines.

    ``marked``: an unseen sign at its head says that these may be the service's words.
    """

    line: int
    head: str
    lines: list[str]
    marked: bool = False

    @property
    def is_notice(self) -> bool:
        """Whether the service says it, in somebody's name."""
        words = "\n".join(self.lines).strip()
        return bool(_SERVICE.fullmatch(words) or (self.marked and _DEED.fullmatch(words)))


@dataclass(slots=True)
class _Told:
    """The lines of what was left out, by why."""

    before: list[int] = field(default_factory=list)
    notices: list[int] = field(default_factory=list)
    media: list[int] = field(default_factory=list)
    edited: list[int] = field(default_factory=list)

    def notes(self, unit: str) -> Iterator[str]:
        """A note on the times, and one on each kind that there is."""
        yield TIMES
        for lines, why in (
            (self.before, "before the first message"),
            (self.notices, "a notice of the service, not a message"),
            (self.media, "a picture, a recording or another file in place of words"),
            (self.edited, "the mark that a message was edited"),
        ):
            yield from noted(lines, f"{why}, left out", unit)


def recognises(source: Source) -> bool:
    """Whether messages with their dates or times of day stand at the head of the text."""
    return _shape(source) is not None


def _shape(source: Source) -> re.Pattern[str] | None:
    """How the heads of messages are written; None where the text is no chat."""
    lines = [line for raw in source.lines[:_LOOK_AT] if (line := plain(raw))]
    for shape in _SHAPES:
        names = [name for line in lines if (found := _head(line, shape)) and (name := _name(found))]
        if len(names) >= max(_FEWEST, _LEAST_ABOVE * len(lines) if shape is _ABOVE else 0):
            return shape
    return None


def _head(line: str, shape: re.Pattern[str]) -> re.Match[str] | None:
    """A message's head; one above the words has a capital to each of its own: "Long, until 2:30 PM" is no head."""
    found = shape.fullmatch(line)
    if found and shape is _ABOVE and not (clean(_name(found)) and all(w[:1].isupper() for w in _name(found).split())):
        return None
    return found


def _name(found: re.Match[str]) -> str:
    parts = found.groupdict()
    return parts["name"] or parts.get("before") or ""


def read(source: Source) -> list[Session]:
    """The session of the chat: a message is an utterance, over as many lines as it has, without times.

    Notices of the service and what stands for pictures, recordings and files are left out and noted.
    Raises ReadError where nobody says anything.
    """
    told = _Told()
    messages = list(_messages(source, told))
    speakers = _speakers(messages)
    rows = [row for message in messages if (row := _row(message, speakers, told))]
    return [session(source, "chat export", rows, told.notes(source.unit), unit=source.unit)]


def plain(line: str) -> str:
    """The line without characters nobody sees, and with plain spaces."""
    return line.strip() if line.isascii() else _BLANKS.sub(" ", _UNSEEN.sub("", line)).strip()


def _messages(source: Source, told: _Told) -> Iterator[_Message]:
    """Every dated message with the lines below it."""
    message: _Message | None = None
    shape = _shape(source) or _STAMPED
    for number, raw in enumerate(source.lines, start=1):
        line, place = plain(raw), source.place(number)
        if found := _head(line, shape):
            if message:
                yield message
            parts = found.groupdict()
            words = parts.get("words") or parts.get("notice") or ""
            message = _Message(place, _name(found), [words], f": {_MARK}" in raw)
        elif message:
            message.lines.append(line)
        elif line:
            told.before.append(place)
    if message:
        yield message


def _speakers(messages: Sequence[_Message]) -> frozenset[str]:
    """Who sends messages: whoever recurs before a colon, and else what is no sentence ("Anna changed the subject to").

    A group in whose name only the service speaks is nobody.
    """
    often = Counter(message.head for message in messages if message.head)
    heads = frozenset(head for head, times in often.items() if times > 1 or _is_name(head))
    people = heads & {message.head for message in messages if not message.marked}
    return people if len(people) > 1 else heads


def _is_name(head: str) -> bool:
    return len(head.split()) < 3 or bool(clean(head) or _TELEPHONE.fullmatch(head))


def _row(message: _Message, speakers: frozenset[str], told: _Told) -> Row | None:
    """The words of a message, or None where something else stands in their place; what is left out is told."""
    if message.head not in speakers or message.is_notice:
        told.notices.append(message.line)
        return None
    lines = [_EDITED.sub("", line) for line in message.lines]
    kept = [line for line in lines if not _MEDIA.fullmatch(line)]
    if lines != message.lines:
        told.edited.append(message.line)
    if len(kept) < len(lines):
        told.media.append(message.line)
    return None if len(kept) < len(lines) and not any(kept) else Row(message.line, message.head, "\n".join(kept))
