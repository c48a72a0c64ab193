"""Plain text: ``Therapist: …`` and its many relatives, with and without times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from transcript_rapport.readers import marks, messages, services, stamps
from transcript_rapport.readers.labels import NOT_SPEAKERS, ROLES, Labels, clean, numbering
from transcript_rapport.readers.rows import UNNAMED, Row, places, session
from transcript_rapport.readers.source import Source
from transcript_rapport.readers.typescripts import page_heads, with_interjections
from transcript_rapport.session import Session
from transcript_rapport.timestamps import CLOCK, parse

NAME = "text"
SUFFIXES = (".txt", ".text", ".md", ".log", ".lrc", ".inqscr")

_RANGE = rf"({CLOCK})(?:\s*(?:-->|->|→|–|—|-|to)\s*({CLOCK}))?"
_BRACKETED = rf"[\[(<{{#]\s*{_RANGE}\s*[\])>}}#]"
# A time at the head of a line: in brackets, or bare before a label or alone on its line.
_STAMP = re.compile(rf"(?:{_BRACKETED}|{_RANGE}(?=\s|$))\s*[-–:|]?\s*")
_AFTER_LABEL = re.compile(rf"(?:{_BRACKETED}|{_RANGE}\t)\s*[-–:]?\s*")
_TURN_NUMBER = re.compile(r"(?:(?i:turn|line)\s)?[#(\[]?\d{1,4}(?:[.)\]:]\s*|\s+(?:[-–|]\s+)?)(?=[^\W\d]|\[|\(|\*)")
_BULLET = re.compile(r"(?:(?:>+|#{1,6}\s|[-•–—*]\s|@(?=\d))\s*)?(?:[*_]{1,2}(?=[\[(]?\d))?")
_TIMED_HEAD = re.compile(
    rf"(.{{1,48}}?)[\s,|*_]{{1,6}}(?:[-–—]\s|@\s?)?[\[(]?{_RANGE}[\])]?[*_]*\s*(?::\s*|-\s+|\s+|$)(.*)"
)
_HEAD = re.compile(r"(.{1,48}?) {0,4}(?::+|：|\t+)(?!//)[\s*_]*(.*)")
_NUMBERED_HEAD = re.compile(r"([A-Z][a-z]{0,11}|[A-Z]{1,3})\s?(\d{1,4})[.)]?\s+(\S.*)")
_SEMICOLON = re.compile(r"(.{1,30}?) {0,4};\s*(.*)")
_BARE_LETTER = re.compile(r"([A-Z])(?:[\"'.,]\s*|\s+(?=[A-Z]))(.*)")
_DASHED = re.compile(r"\s[-–|]\s*$")
_ENDED = re.compile(r"[.!?…–—-][\"'”’]*\s*$|[)\]]\s*$")  # a sentence, one cut off, or a sound in brackets
_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)")
_SENTENCE = re.compile(r"[?!…]$|[a-z]{3,}\.$")
_MOST_IN_ENTRY = 12  # words
_ENOUGH = 500  # lines in which every usual transcript has named its speakers
_INQSCRIBE = "app=InqScribe"
_EXPECTED = 'lines such as "Therapist: …" and "Client: …"'


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in its parts: ``head`` may or may not be a speaker, ``rest`` is what follows it, ``whole`` is both.

    ``time_follows``: the time stands behind the head, so it is one only where the head is a speaker.
    """

    number: int
    whole: str
    head: str = ""
    rest: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    time_follows: bool = False

    @property
    def is_timed(self) -> bool:
        return self.start_ms is not None


def recognises(source: Source) -> bool:
    """Whether the file is text in which speakers can be made out, going by its first lines."""
    if not source.is_text or _other_kind(source.text):
        return False
    source = _unpacked(source)
    if messages.recognises(source):
        return True
    head = source.extract(enumerate(source.lines[:_ENOUGH], start=1), "line")
    return bool(_learn(_with_numbered_heads(_lines(marks.with_colons(head)[0]))))


def read(source: Source) -> list[Session]:
    """The session of the file; a turn goes on over lines until the next speaker or the next time stamp.

    Exported chats are read message by message. Raises ReadError where no speakers can be made out.
    """
    source = _unpacked(source)
    if messages.recognises(source):
        return messages.read(source)
    if other := _other_kind(source.text):
        raise source.error(
            f"this is {other}, which is not read yet", _EXPECTED, "export it as text, WebVTT or TextGrid"
        )
    marked, notes = marks.with_colons(source)
    lines, heads = _without_page_heads(marked, _with_numbered_heads(_lines(marked)))
    notices = [line.number for line in lines if services.notice(line.whole)]
    lines = [line for line in lines if line.number not in set(notices)] if notices else lines
    labels = _learn(lines)
    if not labels and not any(line.is_timed and line.whole and not line.time_follows for line in lines):
        raise source.error("no speaker labels were found", _EXPECTED, "put a label and a colon before each turn")
    start, end = _first_turn(lines, labels), _last_turn(lines, labels)
    rows, repaired = _rows(lines[start:end], labels)
    rows, put_in = with_interjections(rows, labels.name)
    rows, ends = stamps.begun(rows)
    notes += [f"{places(heads, source.unit)}: page heads or page numbers, left out"] if heads else []
    notes += [f"{places(notices, source.unit)}: a service's own notice, left out"] if notices else []
    for outside, where in ((lines[:start], "before the first speaker"), (lines[end:], "after the talk")):
        if left_out := [line.number for line in outside if line.whole]:
            notes.append(f"{places(left_out, source.unit)}: {where}, left out")
    if repaired:
        notes.append(f"{places(repaired, source.unit)}: a speaker without a proper colon, read as a speaker")
    if put_in:
        notes.append(f"{places(put_in, source.unit)}: words in brackets with a label, given to that speaker")
    if labels.numbered:
        notes.append(f"the numbers after {', '.join(sorted(labels.numbered))} count turns and were taken off")
    return [session(source, "plain text", rows, [*notes, *ends], unit=source.unit)]


def _other_kind(text: str) -> str | None:
    """What the text is where it has lines with colons but is no plain transcript."""
    head = text[:500].lstrip("\ufeff \n").lower()
    if head.startswith(("@utf8", "@begin", "@font")):
        return "a CHAT file"
    if head.startswith("<"):
        marks = (("<its ", "a LENA file (it says who spoke when, and holds no words)"),)
        return next((kind for mark, kind in marks if mark in head), "an XML file" if head.startswith("<?xml") else None)
    return None


def _unpacked(source: Source) -> Source:
    """The words of InqScribe's own file, whose lines all stand in one; any other text as it is."""
    if not source.text.startswith(_INQSCRIBE):
        return source
    place, packed = next(
        ((at, line) for at, line in enumerate(source.lines, start=1) if line.startswith("text=")), (1, "")
    )
    lines = re.split(r"\\[rn]", packed.removeprefix("text="))
    return source.extract(((place, line.replace("\\t", "\t").replace("\\\\", "\\")) for line in lines), "line")


def _lines(source: Source) -> list[_Line]:
    """Every line in its parts; a time alone on a line belongs to the line below it."""
    found: list[_Line] = []
    waiting: _Line | None = None
    for number, raw in enumerate(stamps.beside_names(source.lines), start=1):
        place, (text, ended) = source.place(number), stamps.split(messages.plain(raw))
        line = _parts(place, text) if text else _Line(place, "")
        line = replace(line, end_ms=ended) if ended is not None else line
        if line.is_timed and not line.whole:
            waiting = line
        elif line.whole and waiting and not line.is_timed:
            found.append(replace(line, start_ms=waiting.start_ms, end_ms=waiting.end_ms))
            waiting = None
        else:
            found.append(line)
            waiting = waiting if not line.whole else None
    return found


def _parts(number: int, text: str) -> _Line:
    text = _BULLET.sub("", text, count=1)
    stamp = _STAMP.match(text)
    numbered = _TURN_NUMBER.match(text) if not stamp else None
    if numbered:
        inner = _parts(number, text[numbered.end() :])
        return inner if inner.head or inner.is_timed else _Line(number, text)
    if not stamp:
        return _headed(_Line(number, text))
    start, end = _times(stamp.groups())
    rest = _headed(_Line(number, text[stamp.end() :], start_ms=start, end_ms=end))
    if not rest.head and _DASHED.search(stamp[0]) and clean(rest.whole):  # "00:00:04 - Lee" above the words
        rest = replace(rest, head=rest.whole, rest="")
    bare = stamp[1] is None and rest.whole and not rest.head
    return _Line(number, text) if start is None or bare else rest


def _headed(line: _Line) -> _Line:
    """The line with what stands before its first colon, or before a time, as its head."""
    timed = _TIMED_HEAD.match(line.whole) if not line.is_timed else None
    if timed and ":" not in timed[1]:
        start, end = _times(timed.groups()[1:3])
        return _Line(line.number, line.whole, timed[1], timed[4], start, end, time_follows=True)
    head = _HEAD.match(line.whole)
    if not head:
        return line
    after = _AFTER_LABEL.match(head[2]) if not line.is_timed else None
    if not after:
        return replace(line, head=head[1], rest=head[2])
    start, end = _times(after.groups())
    return _Line(line.number, line.whole, head[1], head[2][after.end() :], start, end, time_follows=True)


def _times(found: Sequence[str | None]) -> tuple[int | None, int | None]:
    known = [parse(text) for text in found if text]
    return (known[0] if known else None, known[1] if len(known) > 1 else None)


def _with_numbered_heads(lines: list[_Line]) -> list[_Line]:
    """For typescripts that number turns without a colon (``T1 Hello``): the number closes the label."""
    heads = {i: found for i, line in enumerate(lines) if (found := _NUMBERED_HEAD.match(line.whole))}
    if len(heads) < 0.3 * sum(bool(line.whole) for line in lines):
        return lines
    # What stands once and counts further than the lines go is a word: "B12 is low."
    often = Counter(found[1] for found in heads.values())
    heads = {i: found for i, found in heads.items() if often[found[1]] > 1 or int(found[2]) <= len(heads)}
    stems = numbering(found[1] + found[2] for found in heads.values())
    return [
        replace(line, head=heads[i][1] + heads[i][2], rest=heads[i][3]) if i in heads and heads[i][1] in stems else line
        for i, line in enumerate(lines)
    ]


def _without_page_heads(source: Source, lines: list[_Line]) -> tuple[list[_Line], list[int]]:
    """The lines without page heads and page numbers, and where those stood."""
    whole = len(set(source.places)) == len(source.places)
    if source.unit != "line" or not whole:  # Documents say themselves what heads their pages.
        return lines, []
    talk = {line.number - 1 for line in lines if line.head or line.is_timed}
    heads = page_heads(source.lines, talk)
    kept = [line for line in lines if line.number - 1 not in heads]
    return kept, [index + 1 for index in sorted(heads)]


def _learn(lines: Sequence[_Line]) -> Labels:
    heads = [line.head for line in lines if line.head]
    timed = [line for line in lines if line.head and line.is_timed]
    alone = [line for line in timed if line.time_follows and not line.rest]
    if len(alone) > len(timed) / 2:  # "Lee  0:05" above the words; "Monday 12:30 we met" is words.
        timed = alone
    plain_lines = sum(bool(line.whole) and not line.head for line in lines)
    return Labels(heads, plain_lines, likely=[line.head for line in timed] if len(timed) > len(heads) / 2 else ())


def _first_turn(lines: Sequence[_Line], labels: Labels) -> int:
    """Where talk begins: at the first speaker, below a block that heads the page with a date, a title and so on."""
    blank = [at for at, line in enumerate(lines) if not line.whole]
    entries = next((at for at, line in enumerate(lines) if line.whole and not _is_entry(line)), 0)
    ends = [at for at in blank[1:] if at <= entries]  # below the first block only where all lines are entries
    blocks = zip([0, *blank[:1], *ends], [*blank[:1], *ends], strict=False)
    headings = [end for begin, end in blocks if any(map(_is_heading, lines[begin:end]))]
    block = headings[-1] if headings else 0
    start = block if any(labels.name(line.head) for line in lines[block:]) else 0
    if not labels:
        return start
    named = [at for at in range(start, len(lines)) if labels.name(lines[at].head)]
    legend = list(takewhile(lambda at: _is_explained(lines[at]), named))
    told_apart = {labels.name(lines[at].head) for at in legend}
    below = named[len(legend) :] if len(legend) == len(told_apart) > 1 else named
    return next(iter(below or named), start)


def _is_explained(line: _Line) -> bool:
    """Whether a line says what a label stands for: ``T: Therapist``, ``C = Client (Lee)``."""
    meant = clean(line.rest.strip(" =–-"))
    return bool(meant) and any(word.strip("()") in ROLES for word in meant.lower().split()) if meant else False


def _is_heading(line: _Line) -> bool:
    """Whether a line says when, where or by whom the talk was recorded: ``Date of session: …``."""
    first = _FIRST_WORD.match(line.head)
    return bool(first) and first[1].lower() in NOT_SPEAKERS if first else False


def _is_entry(line: _Line) -> bool:
    """Whether a line may stand in a form that heads the page: a few words without a sentence's end."""
    return len(line.whole.split()) <= _MOST_IN_ENTRY and not _SENTENCE.search(line.whole)


def _last_turn(lines: Sequence[_Line], labels: Labels) -> int:
    """Where talk is over: at a line that says so, or at a notice at the foot, if nobody speaks below it."""
    last = next((at for at in range(len(lines), 0, -1) if labels.name(lines[at - 1].head)), len(lines))
    below = ((at, lines[at].whole, not lines[at - 1].whole) for at in range(last, len(lines)))
    return next((at for at, line, apart in below if services.ends(line, apart=apart)), len(lines))


def _rows(lines: Sequence[_Line], labels: Labels) -> tuple[list[Row], list[int]]:
    """The turns, and the lines where a speaker was made out in spite of a slip of the pen."""
    rows: list[Row] = []
    words: list[list[str]] = []
    repaired = []
    last = UNNAMED if labels else ""
    for line, speaker, text, slipped in _spoken(lines, labels):
        repaired += [line.number] if slipped else []
        if speaker or line.is_timed or not rows:
            last = speaker or last
            rows.append(Row(line.number, last, "", line.start_ms, line.end_ms))
            words.append([])
        elif line.end_ms is not None:
            rows[-1] = replace(rows[-1], end_ms=line.end_ms)
        words[-1].append(text)
    return [replace(row, text="\n".join(said)) for row, said in zip(rows, words, strict=True)], repaired


def _spoken(lines: Sequence[_Line], labels: Labels) -> Iterator[tuple[_Line, str | None, str, bool]]:
    """Each line with words: its speaker where it names one, its words, and whether the label had a slip.

    A letter without any colon is a speaker only where somebody can begin: in the midst of a sentence "C Diff" is words.
    """
    above = ""
    for line in lines:
        speaker = labels.name(line.head) if line.head else None
        slip = _slip(line, labels, not above or bool(_ENDED.search(above))) if not speaker else None
        above = line.whole
        if not line.whole:
            continue
        if speaker:
            yield line, speaker, line.rest, False
        elif slip:
            yield line, slip[0], slip[1], True
        else:
            said = replace(line, start_ms=None, end_ms=None) if line.time_follows else line
            yield said, None, line.whole, False


def _slip(line: _Line, labels: Labels, may_begin: bool) -> tuple[str, str] | None:
    """The speaker a line means in spite of a slip of the pen after its label, and the words; None where it has none."""
    slip = _SEMICOLON.match(line.whole) or _BARE_LETTER.match(line.whole)
    meant = labels.name(slip[1]) if slip else None
    if slip and meant and (slip.re is _SEMICOLON or (may_begin and slip[1] in labels.letters)):
        return meant, slip[2]
    return None
