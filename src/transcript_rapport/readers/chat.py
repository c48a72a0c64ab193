"""CHAT transcripts (.cha) as TalkBank writes them: a main tier is an utterance, its time stands in a bullet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from transcript_rapport.readers import chat_words
from transcript_rapport.readers.rows import Row, noted, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

NAME = "chat"
SUFFIXES = (".cha",)

EXACT, HALF = "%xtxt", "%xtim"
"""Dependent tiers of our own: the words as spoken where CHAT's spelling changed them, and a start or end alone."""
LABEL_NOTE = "Label of "
"""Begins a comment of our own: a speaker's label that CHAT's names cannot hold."""

_HEAD = re.compile(r"@(?:UTF8|Begin|Languages|Participants|Font)\b", re.IGNORECASE)
_LINE = re.compile(r"(\*[^:\s]{1,40}|%\w{1,20}|@[A-Za-z][^:\t]{0,60}):[ \t]*(.*)", re.DOTALL)
_BULLET = re.compile(r"[\x15•](?:%\w{3}:\"[^\"\n]*\"_)?(\d{1,12})_(\d{1,12})-?[\x15•]")
_TIER = re.compile(r"\*[A-Z][A-Z0-9]{2}:[ \t]")
_BELOW = ("%", "@", "\t", " ")
_VAGUE = {"participant", "unidentified", "adult", "speaker", "other", "subject", ""}
_EXPECTED = 'lines such as "*PAR:" with a tab and the words, below "@Begin"'


@dataclass(slots=True)
class _Spoken:
    """A main tier: its line, speaker code and words, and the dependent tiers we know."""

    line: int
    code: str
    words: str
    below: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _File:
    """What stands in a file, tier by tier."""

    spoken: list[_Spoken] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    left_out: dict[str, None] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)


def recognises(source: Source) -> bool:
    """Whether the file begins as CHAT does, with @UTF8 or @Begin, or consists of its tiers (``*PAR:``) alone."""
    if not source.is_text:
        return False
    if _HEAD.match(source.text[:200].lstrip("\ufeff \n")):
        return True
    tiers = [bool(_TIER.match(line)) for line in source.lines if line.strip() and not line.startswith(_BELOW)]
    return sum(tiers) > 1 and all(tiers)


def read(source: Source) -> list[Session]:
    """The session of the file: an utterance for every main tier, its coding marks turned into plain words.

    A speaker's label is the name in @Participants, or the role where only one has it, or the code.
    Dependent tiers and lines that are no CHAT are left out and noted.
    """
    if not recognises(source):
        raise source.error("this is not CHAT", _EXPECTED, "check the file's name")
    found = _parse(source)
    labels = _labels(found.headers)
    rows = [_row(spoken, labels) for spoken in found.spoken]
    notes = [f"dependent tiers {', '.join(found.left_out)}: left out"] if found.left_out else []
    return [session(source, "CHAT", rows, [*notes, *noted(found.unread, "not CHAT, left out")])]


def _parse(source: Source) -> _File:
    found = _File()
    for number, whole in _logical_lines(source.lines):
        parts = _LINE.match(whole)
        tier, content = (parts[1], parts[2]) if parts else (whole, "")
        if tier.startswith("*") and parts:
            found.spoken.append(_Spoken(number, tier[1:], content))
        elif tier in {EXACT, HALF} and found.spoken:
            found.spoken[-1].below[tier] = content
        elif tier.startswith("%") and parts:
            found.left_out[tier] = None
        elif tier.startswith("@"):
            found.headers.append((tier, content))
        else:
            found.unread.append(number)
    return found


def _logical_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Every tier with the line it begins on; lines that begin with white space go on with the one above."""
    begun, parts = 0, list[str]()
    for number, line in enumerate(lines, start=1):
        if line[:1] in {"\t", " "} and parts:
            parts.append(line.strip())
        elif line.strip():
            if parts:
                yield begun, " ".join(parts)
            begun, parts = number, [line.lstrip("\ufeff")]
    if parts:
        yield begun, " ".join(parts)


def _labels(headers: list[tuple[str, str]]) -> dict[str, str]:
    """The label of every speaker code."""
    names: dict[str, str] = {}
    roles: dict[str, str] = {}
    for header, content in headers:
        if header == "@Participants":
            for code, *rest in filter(None, (entry.split() for entry in content.split(","))):
                roles[code] = rest[-1] if rest else roles.get(code, "")
                names |= {code: rest[0]} if len(rest) > 1 else {}
        elif header == "@ID" and content.count("|") >= 8:
            cells = content.split("|")
            roles[cells[2].strip()] = roles.get(cells[2].strip()) or cells[7].strip()
    own = dict(_noted_label(content) for header, content in headers if _noted_label(content)[0])
    shown = [role.casefold() for role in roles.values()]
    alone = {c: r for c, r in roles.items() if r.casefold() not in _VAGUE and shown.count(r.casefold()) == 1}
    return {code: (names.get(code) or alone.get(code) or code).replace("_", " ") for code in roles} | own


def _noted_label(comment: str) -> tuple[str, str]:
    """Speaker code and label of a comment that our own writer left, else an empty code."""
    code, colon, label = comment.removeprefix(LABEL_NOTE).partition(": ")
    return (code, label) if colon and comment.startswith(LABEL_NOTE) else ("", "")


def _row(spoken: _Spoken, labels: Mapping[str, str]) -> Row:
    times = [(int(start), int(end)) for start, end in _BULLET.findall(spoken.words)]
    start, end = (times[0][0], times[-1][1]) if times else (None, None)
    if HALF in spoken.below:
        begun, _, ended = spoken.below[HALF].partition("_")
        start, end = (int(time) if time.isdecimal() else None for time in (begun, ended))
    text = spoken.below.get(EXACT)
    if text is None:
        text = chat_words.plain(_BULLET.sub(" ", spoken.words), labels)
    return Row(spoken.line, labels.get(spoken.code, spoken.code), text, start, end)
