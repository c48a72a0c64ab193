"""Two people told apart by nothing but their letters: what stands wholly in bold, or in italics, is one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from transcript_rapport.readers import services, stamps, text_lines
from transcript_rapport.readers.blocks import Look, Paragraph, is_time
from transcript_rapport.readers.rows import Row, noted, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

_FACES = ("bold", "italics")
"""What tells people apart, in the order of a ``Look``."""
_ENDED = re.compile(r"[.!?…–—-][\"'”’)\]]*$|[)\]]$")  # a sentence, one cut off, or a sound in brackets
_INITIAL = re.compile(r"\b[A-HJ-Z]\.$")  # "Interview with M." ends in no sentence
_TITLE_WORDS = 12
_FEWEST_TURNS = 6  # three of each
_LEAST, _MOST = 0.1, 0.9  # share of the lines that stand in the one face
_WHOLLY, _STRESSED = 0.8, 0.5  # share of a line's letters: a mark may be missed, and a word may be stressed
_MOST_UNCLEAR = 0.05  # share of the lines between these two
_NEARLY_ALL, _FEW = 0.9, 0.2  # share of the other's lines that stand in the second face
_LEAST_SENTENCES, _LEAST_QUESTIONS = 0.5, 0.2  # share of turns: headings end in no full stop, and people ask


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the document that is not blank; ``share`` of its letters stand in the face in question."""

    place: int
    text: str
    look: Look | None
    heading: bool
    share: float = 0.0

    @property
    def marked(self) -> bool:
        """Whether it is of the person whose letters are marked."""
        return self.share >= 0.5

    @property
    def is_title(self) -> bool:
        """Whether it may head a page or a part of it: short, and without the end of a sentence."""
        return not _ENDED.search(self.text) and self._is_short

    @property
    def heads_page(self) -> bool:
        """Whether it may stand above the talk: a title, or one that ends in somebody's initial."""
        return self.is_title or (self._is_short and bool(_INITIAL.search(self.text)))

    @property
    def _is_short(self) -> bool:
        return len(self.text.split()) <= _TITLE_WORDS

    @property
    def says_nothing(self) -> bool:
        """Whether it holds a time and no words, or no words at all, so that its letters tell nothing."""
        return is_time(self.text) or not any(map(str.isalnum, self.text))


@dataclass(frozen=True, slots=True)
class Talk:
    """The lines of two people, the names of their faces, and the places of what was left out or is unclear."""

    face: str
    other: str
    lines: Sequence[_Line]
    headings: Sequence[int]
    before: Sequence[int]
    after: Sequence[int]

    def session(self, source: Source, unit: str) -> Session:
        """The session of the talk; ``source`` is the document's text. Speakers are named after their letters."""
        names = [f"Speaker in {self.face}" if line.marked else f"Speaker in {self.other}" for line in self.lines]
        kept = source.extract(enumerate((line.text for line in self.lines), start=1), unit)
        rows = [replace(row, line=self.lines[row.line - 1].place) for row in _rows(text_lines.split(kept), names)]
        rows, ends = stamps.begun(rows)
        rows, clocks = stamps.sent(rows)
        return session(source, "document", rows, [*self._notes(unit), *ends, *clocks], unit=unit)

    def _notes(self, unit: str) -> Iterator[str]:
        yield (
            f"nobody is named; who speaks was told by the letters: what stands wholly in {self.face} is one person "
            f"('Speaker in {self.face}'), all else the other ('Speaker in {self.other}')"
        )
        unclear = [line.place for line in self.lines if _is_unclear(line)]
        for places, why in (
            (unclear, f"partly in {self.face}, given to whom most of the letters point"),
            (self.headings, "a heading, left out"),
            (self.before, "before the talk or in a table beside it, left out"),
            (self.after, "after the talk, left out"),
        ):
            yield from noted(places, why, unit)


def found(paragraphs: Sequence[Paragraph]) -> Talk | None:
    """The talk of two people of whom one stands in bold, or else in italics; None where that is not plain.

    Both must speak three times or more, nearly every line be of one kind or the other, turns end as
    sentences do and some of them ask: a page with headings is no talk.
    """
    lines = [
        _Line(paragraph.place, line, look, paragraph.heading)
        for paragraph in paragraphs
        for line, look in _looks(paragraph)
    ]
    known = sum(len(line.text) for line in lines if line.look)
    if 2 * known < sum(len(line.text) for line in lines) or not any(line.look and max(line.look) for line in lines):
        return None
    return _in_face(lines, 0) or _in_face(lines, 1)


def _looks(paragraph: Paragraph) -> Iterator[tuple[str, Look | None]]:
    """The lines of a paragraph that are not blank, with their looks where these are known."""
    filled = [line.strip() for line in paragraph.text.split("\n") if line.strip()]
    looks = paragraph.looks if len(paragraph.looks) == len(filled) else [None] * len(filled)
    return zip(filled, looks, strict=True)


def _in_face(lines: Sequence[_Line], face: int) -> Talk | None:
    """The talk in which the letters of ``face`` tell one person from the other, if it is one."""
    known = _shared([line for line in lines if line.look and not line.heading], face)
    first, last = _first(known), _last(known)
    talk, titles = _without_titles(known[first:last], 1 - face)
    second = _share([bool(line.look and line.look[1 - face] >= _WHOLLY) for line in talk if not line.marked])
    unclear = _share([_is_unclear(line) for line in talk])
    if unclear > _MOST_UNCLEAR or _FEW < second < _NEARLY_ALL or not _alternates(talk):
        return None
    other = _FACES[1 - face] if second >= _NEARLY_ALL else "plain"
    headings = sorted([*titles, *(line.place for line in lines if line.look and line.heading)])
    before = sorted([line.place for line in known[:first]] + [line.place for line in lines if not line.look])
    return Talk(_FACES[face], other, talk, headings, before, [line.place for line in known[last:]])


def _shared(lines: Sequence[_Line], face: int) -> list[_Line]:
    """The lines with the share of letters in ``face``; one that says nothing is of whoever spoke above."""
    shared = list[_Line]()
    for line in lines:
        own = line.look[face] if line.look else 0.0
        shared.append(replace(line, share=shared[-1].share if shared and line.says_nothing else own))
    return shared


def _first(lines: Sequence[_Line]) -> int:
    """Where the talk begins: below titles and the like, at the first sentence and the time above it."""
    first = next((at for at, line in enumerate(lines) if not line.heads_page), 0)
    return first - 1 if first and is_time(lines[first - 1].text) else first


def _last(lines: Sequence[_Line]) -> int:
    """Where the talk is over: at a line that says so, below the last that is marked."""
    marked = max((at for at, line in enumerate(lines) if line.marked), default=len(lines))
    below = range(marked + 1, len(lines))
    return next((at for at in below if services.ends(lines[at].text, apart=True)), len(lines))


def _without_titles(lines: Sequence[_Line], second: int) -> tuple[list[_Line], list[int]]:
    """The lines without titles of parts, and where these stood.

    A title stands, marked, between what is not and what is marked as well; or else in the ``second`` face,
    where few lines do.
    """
    stand_out = [not line.marked and bool(line.look and line.look[second] >= _WHOLLY) for line in lines]
    few = _share(stand_out) <= _FEW
    between = [a.marked < line.marked == b.marked and a.place < line.place < b.place for a, line, b in _threes(lines)]
    titles = {
        at
        for at, line in enumerate(lines)
        if line.is_title and not line.says_nothing and (between[at] or (few and stand_out[at]))
    }
    kept = [line for at, line in enumerate(lines) if at not in titles]
    return kept, [lines[at].place for at in sorted(titles)]


def _threes(lines: Sequence[_Line]) -> Iterator[tuple[_Line, _Line, _Line]]:
    """Each line with those above and below; at the ends it is its own neighbour."""
    return zip([*lines[:1], *lines[:-1]], lines, [*lines[1:], *lines[-1:]], strict=True)


def _alternates(lines: Sequence[_Line]) -> bool:
    """Whether two people speak in turn: often enough, in sentences, and one of them asks."""
    spoken = [line for line in lines if not line.says_nothing]
    turns = [list(turn) for _, turn in groupby(spoken, key=lambda line: line.marked)]
    if len(turns) < _FEWEST_TURNS or not _LEAST <= _share([line.marked for line in spoken]) <= _MOST:
        return False
    sides = turns[::2], turns[1::2]
    ended = min(_share([not turn[-1].is_title for turn in side]) for side in sides)
    asked = max(_share([any("?" in line.text for line in turn) for turn in side]) for side in sides)
    return ended >= _LEAST_SENTENCES and asked >= _LEAST_QUESTIONS


def _is_unclear(line: _Line) -> bool:
    return _STRESSED < line.share < _WHOLLY


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else 0.0


def _rows(lines: Sequence[text_lines.Line], names: Sequence[str]) -> list[Row]:
    """The turns: a line goes on with the one above where nobody else speaks and no time begins it."""
    rows, words = list[Row](), list[list[str]]()
    for line in lines:
        if not line.whole:
            continue
        who, timed = names[line.number - 1], line.is_timed and not line.time_follows
        if not rows or rows[-1].speaker != who or timed:
            start = line.start_ms if timed else None
            rows.append(Row(line.number, who, "", start, None if line.time_follows else line.end_ms))
            words.append([])
        elif line.end_ms is not None and not line.time_follows:
            rows[-1] = replace(rows[-1], end_ms=line.end_ms)
        words[-1].append(line.whole)
    return [replace(row, text="\n".join(said)) for row, said in zip(rows, words, strict=True)]
