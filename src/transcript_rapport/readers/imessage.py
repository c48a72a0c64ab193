"""iMessages as imessage-exporter writes them to text: a line of the time, one of the sender, then the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transcript_rapport.readers.messages import TIMES
from transcript_rapport.readers.rows import Row, noted, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

_WHEN = re.compile(
    r"(?P<indent> *)(?P<when>[A-Z][a-z]{2} [ \d]?\d, \d{4} {1,2}\d{1,2}:\d\d:\d\d [AP]M)"
    r"(?: \(Read [^()]{1,80}\))?(?: (?P<notice>\S.*))?"
)
_REACTIONS = re.compile(r"(?:Tapbacks|Reactions):")
_REACTED = re.compile(
    r"(?:Loved|Liked|Disliked|Laughed|Emphasized|Questioned|[^\w\s]{1,8}) by \S.{0,80}|Sticker from \S.{0,300}"
)
_EFFECTS = (
    "Balloons|Confetti|Echo|Fireworks|Heart|Lasers|Shooting Star|Sparkles|Spotlight|Gentle|Invisible Ink|Loud|Slam"
)
_MARK = re.compile(rf"This message responded to an earlier message\.|Sent with (?:{_EFFECTS})")
_FILE = re.compile(r"Attachment missing!|(?:.{0,300}[/\\])?attachments[/\\].{1,300}\.\w{2,8}", re.IGNORECASE)
_LOOK_AT, _FEWEST, _LEAST = 200, 2, 0.1  # lines at the head, the messages among them and their share, at least


@dataclass(slots=True)
class _Message:
    """What stands from one line of time to the next; ``within``: it stands inside another, as a reply to it."""

    line: int
    when: str
    within: bool
    notice: bool
    lines: list[str] = field(default_factory=list)

    @property
    def sender(self) -> str:
        """Who sent it: what stands below the time."""
        return self.lines[0] if self.lines else ""


@dataclass(slots=True)
class _Told:
    """The lines of what was left out, by why."""

    before: list[int] = field(default_factory=list)
    notices: list[int] = field(default_factory=list)
    twice: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)

    def notes(self, unit: str) -> Iterator[str]:
        """A note on the times, and one on each kind that there is."""
        yield TIMES
        for lines, why in (
            (self.before, "before the first message"),
            (self.notices, "a notice of the service, not a message"),
            (self.twice, "a reply below the message it answers, which stands at its own time too"),
            (self.files, "a picture, a recording or another file in place of words"),
            (self.marks, "reactions and marks of the service"),
        ):
            yield from noted(lines, f"{why}, left out", unit)


def recognises(source: Source) -> bool:
    """Whether lines at the head hold nothing but the time of a message, with a sender and words below."""
    lines = [line.strip() for line in source.lines[:_LOOK_AT]]
    heads = [at for at, line in enumerate(lines) if (found := _WHEN.fullmatch(line)) and not found["notice"]]
    sent = sum(at + 2 < len(lines) and all(lines[at + 1 : at + 3]) for at in heads)
    return sent >= max(_FEWEST, _LEAST * sum(map(bool, lines)))


def read(source: Source) -> list[Session]:
    """The session of the messages, without times; whoever exported them is ``Me``.

    Reactions, files and notices are left out and noted. Raises ReadError where nobody says anything.
    """
    told = _Told()
    found = list(_messages(source, told))
    sent = {(message.when, message.sender) for message in found if not message.within}
    rows = [row for message in found if (row := _row(message, sent, told))]
    return [session(source, "iMessage export", rows, told.notes(source.unit), unit=source.unit)]


def _messages(source: Source, told: _Told) -> Iterator[_Message]:
    """Every message with the lines below its time, without the blank ones between."""
    message: _Message | None = None
    for number, raw in enumerate(source.lines, start=1):
        place, line = source.place(number), raw.rstrip()
        if head := _WHEN.fullmatch(line):
            if message:
                yield message
            message = _Message(place, head["when"], bool(head["indent"]), bool(head["notice"]))
        elif message and line:
            message.lines.append(line.strip())
        elif line:
            told.before.append(place)
    if message:
        yield message


def _row(message: _Message, sent: set[tuple[str, str]], told: _Told) -> Row | None:
    """The words of a message, or None where it has none of its own; what is left out is told."""
    if message.notice or not message.sender:
        told.notices.append(message.line)
        return None
    if message.within and (message.when, message.sender) in sent:
        told.twice.append(message.line)
        return None
    said = _unmarked(message.lines[1:])
    words = [line for line in said if not _FILE.fullmatch(line)]
    if len(said) < len(message.lines) - 1:
        told.marks.append(message.line)
    if len(words) < len(said):
        told.files.append(message.line)
    return Row(message.line, message.sender, "\n".join(words)) if words or not said else None


def _unmarked(lines: Sequence[str]) -> list[str]:
    """The lines without reactions at their end and without what the service says of the message."""
    ends = next((at for at, line in enumerate(lines) if _ends(line, lines[at + 1 :])), len(lines))
    return [line for line in lines[:ends] if not _MARK.fullmatch(line)]


def _ends(line: str, below: Sequence[str]) -> bool:
    """Whether ``line`` heads reactions, which are all that stands below it."""
    reactions = [one for one in below if not _MARK.fullmatch(one)]
    return bool(_REACTIONS.fullmatch(line) and reactions) and all(map(_REACTED.fullmatch, reactions))
