"""Plain text: ``Therapist: …`` and its many relatives, with and without times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from transcript_rapport.readers import imessage, marks, messages, services, stamps, text_lines
from transcript_rapport.readers.labels import NOT_SPEAKERS, ROLES, Labels, clean
from transcript_rapport.readers.rows import UNNAMED, Row, noted, session
from transcript_rapport.readers.source import Source
from transcript_rapport.readers.text_lines import Line
from transcript_rapport.readers.typescripts import page_heads, with_interjections
from transcript_rapport.session import Session

NAME = "text"
SUFFIXES = (".txt", ".text", ".md", ".log", ".lrc", ".inqscr")

_SEMICOLON = re.compile(r"(.{1,30}?) {0,4};\s*(.*)")
_BARE_LETTER = re.compile(r"([A-Z])(?:[\"'.,]\s*|\s+(?=[A-Z]))(.*)")
_ENDED = re.compile(r"[.!?…–—-][\"'”’]*\s*$|[)\]]\s*$")  # a sentence, one cut off, or a sound in brackets
_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)")
_SENTENCE = re.compile(r"[?!…]$|[a-z]{3,}\.$")
_MOST_IN_ENTRY = 12  # words
_ENOUGH = 500  # lines in which every usual transcript has named its speakers
_RTTM = re.compile(r"(?:;;[^\n]*\n+)*(?:speaker|spkr-info) \S+ \S+ \S+ \S+ <na> <na> ")
_EXPECTED = 'lines such as "Therapist: …" and "Client: …"'


def recognises(source: Source) -> bool:
    """Whether the file is text in which speakers can be made out, going by its first lines."""
    if not source.is_text or _other_kind(source.text):
        return False
    source = _unpacked(source)
    if messages.recognises(source) or imessage.recognises(source):
        return True
    head = source.extract(enumerate(source.lines[:_ENOUGH], start=1), "line")
    return bool(_learn(text_lines.split(marks.with_colons(head)[0])))


def read(source: Source) -> list[Session]:
    """The session of the file; a turn goes on over lines until the next speaker or the next time stamp.

    Exported chats are read message by message. Raises ReadError where no speakers can be made out.
    """
    source = _unpacked(source)
    if messages.recognises(source):
        return messages.read(source)
    if imessage.recognises(source):
        return imessage.read(source)
    if other := _other_kind(source.text):
        seen = f"this is {other}, which is not read yet"
        raise source.error(seen, _EXPECTED, "export it as text, WebVTT or TextGrid")
    return [_turns(source)]


def _turns(source: Source) -> Session:
    """The session of lines of which speakers or times begin some."""
    marked, notes = marks.with_colons(source)
    lines, heads = _without_page_heads(marked, text_lines.split(marked))
    notices = [line.number for line in lines if services.notice(line.whole)]
    lines = [line for line in lines if line.number not in set(notices)] if notices else lines
    labels = _learn(lines)
    if not labels and not any(line.is_timed and line.whole and not line.time_follows for line in lines):
        raise source.error("no speaker labels were found", _EXPECTED, "put a label and a colon before each turn")
    start, end = _first_turn(lines, labels), _last_turn(lines, labels)
    rows, repaired = _rows(lines[start:end], labels)
    rows, put_in = with_interjections(rows, labels.name)
    rows, ends = stamps.begun(rows)
    rows, clocks = stamps.sent(rows)
    for found, why in (
        (heads, "page heads or page numbers, left out"),
        (notices, "a service's own notice, left out"),
        (_with_words(lines[:start]), "before the first speaker, left out"),
        (_with_words(lines[end:]), "after the talk, left out"),
        (repaired, "a speaker without a proper colon, read as a speaker"),
        (put_in, "words in brackets with a label, given to that speaker"),
    ):
        notes += noted(found, why, source.unit)
    if labels.numbered:
        notes.append(f"the numbers after {', '.join(sorted(labels.numbered))} count turns and were taken off")
    return session(source, "plain text", rows, [*notes, *ends, *clocks], unit=source.unit)


def _with_words(lines: Sequence[Line]) -> list[int]:
    return [line.number for line in lines if line.whole]


def _other_kind(text: str) -> str | None:
    """What the text is where it has lines with colons but is no plain transcript."""
    head = text[:500].lstrip("\ufeff \n").lower()
    if head.startswith(("@utf8", "@begin", "@font")):
        return "a CHAT file"
    if head.startswith("<") and "<its " in head:
        return "a LENA file (it says who spoke when, and holds no words)"
    if _RTTM.match(head):
        return "RTTM (it says who spoke when, and holds no words)"
    return "an XML file" if head.startswith("<?xml") else None


def _unpacked(source: Source) -> Source:
    """The words of InqScribe's own file, whose lines all stand in one; any other text as it is."""
    if not source.text.startswith("app=InqScribe"):
        return source
    place, packed = next(
        ((at, line) for at, line in enumerate(source.lines, start=1) if line.startswith("text=")), (1, "")
    )
    lines = re.split(r"\\[rn]", packed.removeprefix("text="))
    return source.extract(((place, line.replace("\\t", "\t").replace("\\\\", "\\")) for line in lines), "line")


def _without_page_heads(source: Source, lines: list[Line]) -> tuple[list[Line], list[int]]:
    """The lines without page heads and page numbers, and where those stood."""
    whole = len(set(source.places)) == len(source.places)
    if source.unit != "line" or not whole:  # Documents say themselves what heads their pages.
        return lines, []
    talk = {line.number - 1 for line in lines if line.head or line.is_timed}
    heads = page_heads(source.lines, talk)
    kept = [line for line in lines if line.number - 1 not in heads]
    return kept, [index + 1 for index in sorted(heads)]


def _learn(lines: Sequence[Line]) -> Labels:
    heads = [line.head for line in lines if line.head]
    timed = [line for line in lines if line.head and line.is_timed]
    alone = [line for line in timed if line.time_follows and not line.rest]
    if len(alone) > len(timed) / 2:  # "Lee  0:05" above the words; "Monday 12:30 we met" is words.
        timed = alone
    plain_lines = sum(bool(line.whole) and not line.head for line in lines)
    return Labels(heads, plain_lines, likely=[line.head for line in timed] if len(timed) > len(heads) / 2 else ())


def _first_turn(lines: Sequence[Line], labels: Labels) -> int:
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


def _is_explained(line: Line) -> bool:
    """Whether a line says what a label stands for: ``T: Therapist``, ``C = Client (Lee)``."""
    meant = clean(line.rest.strip(" =–-")) or ""
    return any(word.strip("()") in ROLES for word in meant.lower().split())


def _is_heading(line: Line) -> bool:
    """Whether a line says when, where or by whom the talk was recorded: ``Date of session: …``."""
    first = _FIRST_WORD.match(line.head)
    return first is not None and first[1].lower() in NOT_SPEAKERS


def _is_entry(line: Line) -> bool:
    """Whether a line may stand in a form that heads the page: a few words without a sentence's end."""
    return len(line.whole.split()) <= _MOST_IN_ENTRY and not _SENTENCE.search(line.whole)


def _last_turn(lines: Sequence[Line], labels: Labels) -> int:
    """Where talk is over: at a line that says so, or at a notice at the foot, if nobody speaks below it."""
    last = next((at for at in range(len(lines), 0, -1) if labels.name(lines[at - 1].head)), len(lines))
    below = ((at, lines[at].whole, not lines[at - 1].whole) for at in range(last, len(lines)))
    return next((at for at, line, apart in below if services.ends(line, apart=apart)), len(lines))


def _rows(lines: Sequence[Line], labels: Labels) -> tuple[list[Row], list[int]]:
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


def _spoken(lines: Sequence[Line], labels: Labels) -> Iterator[tuple[Line, str | None, str, bool]]:
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


def _slip(line: Line, labels: Labels, may_begin: bool) -> tuple[str, str] | None:
    """The speaker a line means in spite of a slip of the pen after its label, and the words; None where it has none."""
    slip = _SEMICOLON.match(line.whole) or _BARE_LETTER.match(line.whole)
    meant = labels.name(slip[1]) if slip else None
    if slip and meant and (slip.re is _SEMICOLON or (may_begin and slip[1] in labels.letters)):
        return meant, slip[2]
    return None
