"""Words to utterances: punctuation joined, times mended, words without a speaker given to the nearer neighbour."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from transcript_rapport.readers.recognised.words import Word, natural_ms
from transcript_rapport.readers.rows import Row, noted

PAUSE_MS = 1500
"""A longer silence between two words of a speaker begins a new utterance."""

_LONGEST_WORD_MS = 2000
_ABUTS_MS = 200  # words this near to each other were said in one breath
_AFTER = frozenset(".,;:!?…%)]}»”’'\"")

Placed = tuple[int, Word]
"""A word with its number in the file, counted from 1."""


@dataclass(frozen=True)
class _Mended:
    """The words of one channel, and the numbers of those that were mended."""

    words: list[Placed]
    untimed: list[int]
    stretched: list[int]
    unnamed: list[int]


def utterances(words: Sequence[Word]) -> tuple[list[Row], list[str]]:
    """Rows in order of their start, and notes on what was mended; a row's line is the number of its first word.

    An utterance ends where another speaker or a segment of the recogniser begins, or a pause longer
    than ``PAUSE_MS``. Channels are read side by side, and are the speakers where nobody else is named.
    """
    channels: dict[str, list[Placed]] = {}
    for place, word in enumerate(words, start=1):
        channels.setdefault(word.channel, []).append((place, word))
    mended = {channel: _mend(_join_punctuation(track)) for channel, track in channels.items()}
    who = _labels({channel: [word for _, word in track.words] for channel, track in mended.items()})
    found = [_row(run, who(run[0][1])) for track in mended.values() for run in _runs(track.words)]
    return _in_order(found), _notes(list(mended.values()), unit_of(words))


def unit_of(words: Sequence[Word]) -> str:
    """What numbers count: words, or segments where the file has no words of their own."""
    return "segment" if words and all(word.whole for word in words) else "word"


def _join_punctuation(track: Sequence[Placed]) -> list[Placed]:
    """The words with what is glued to them, and marks on their own put to the word before."""
    joined: list[Placed] = []
    for place, word in track:
        written = word.text.strip()
        if joined and not word.begins and written and (word.glued or set(written) <= _AFTER):
            above, before = joined[-1]
            end = before.end_ms if set(written) <= _AFTER else word.end_ms or before.end_ms
            joined[-1] = above, replace(before, text=before.text + written, end_ms=end)
        elif written:
            joined.append((place, replace(word, text=written)))
    return joined


def _mend(track: Sequence[Placed]) -> _Mended:
    timed, untimed = _filled(track)
    fitting, stretched = _clamped(timed)
    named, unnamed = _named(fitting)
    return _Mended(named, untimed, stretched, unnamed)


def _filled(track: Sequence[Placed]) -> tuple[list[Placed], list[int]]:
    """The words with the times they lack set between their neighbours'; as they are where none has a time."""
    after = next_known([word.start_ms for _, word in track])
    filled, mended = list[Placed](), list[int]()
    last: int | None = None
    for (place, word), following in zip(track, after, strict=True):
        start, end = word.start_ms, word.end_ms
        if start is None:
            known = end if end is not None else following
            start = last if last is not None else None if known is None else max(0, known - natural_ms(word.text))
        if start is not None and end is None:
            natural = start + natural_ms(word.text)
            end = natural if following is None else max(start, min(natural, following))
        if start is not None and end is not None:
            mended += [place] if word.start_ms is None or word.end_ms is None or end < start else []
            last = end = max(start, end)
        filled.append((place, replace(word, start_ms=start, end_ms=end)))
    return filled, mended


def next_known(starts: Sequence[int | None]) -> list[int | None]:
    """For each place the next start that is known."""
    found, after = list[int | None](), None
    for start in reversed(starts):
        found.append(after)
        after = start if start is not None else after
    return found[::-1]


def _clamped(track: Sequence[Placed]) -> tuple[list[Placed], list[int]]:
    """The words with those that last much longer than their letters allow cut to size.

    The end nearer to the neighbouring word is kept, for the silence is at the other.
    """
    fitting, cut = list[Placed](), list[int]()
    for number, (place, word) in enumerate(track):
        start, end, fit = word.start_ms, word.end_ms, natural_ms(word.text)
        if word.whole or start is None or end is None or end - start <= max(_LONGEST_WORD_MS, 2 * fit):
            fitting.append((place, word))
            continue
        cut.append(place)
        before, after = _neighbour(track, number - 1).end_ms, _neighbour(track, number + 1).start_ms
        at_front = _abut(end, after) and not _abut(before, start)
        kept = replace(word, start_ms=end - fit) if at_front else replace(word, end_ms=start + fit)
        fitting.append((place, kept))
    return fitting, cut


def _neighbour(track: Sequence[Placed], number: int) -> Word:
    return track[number][1] if 0 <= number < len(track) else Word("")


def _abut(end: int | None, start: int | None) -> bool:
    return end is not None and start is not None and start - end <= _ABUTS_MS


def _named(track: Sequence[Placed]) -> tuple[list[Placed], list[int]]:
    """The words with those that nobody is named for given to the speaker nearer in time, in doubt the one before."""
    words = [word for _, word in track]
    before, after = _known(words), _known(words[::-1])[::-1]
    if not any(word.speaker for word in words):
        return list(track), []
    given, unnamed = list[Placed](), list[int]()
    for (place, word), earlier, later in zip(track, before, after, strict=True):
        if word.speaker:
            given.append((place, word))
            continue
        unnamed.append(place)
        nearer = earlier if later is None or (earlier and _gap(earlier, word) <= _gap(word, later)) else later
        given.append((place, replace(word, speaker=nearer.speaker if nearer else "")))
    return given, unnamed


def _known(words: Sequence[Word]) -> list[Word | None]:
    """For each word the last one up to it that has a speaker."""
    found, last = list[Word | None](), None
    for word in words:
        last = word if word.speaker else last
        found.append(last)
    return found


def _gap(first: Word, second: Word) -> int:
    return 0 if first.end_ms is None or second.start_ms is None else max(0, second.start_ms - first.end_ms)


def _labels(channels: dict[str, list[Word]]) -> Callable[[Word], str]:
    """Who a word's speaker is: of several channels, recognisers count the speakers of each anew."""
    named = {channel: {word.speaker for word in track if word.speaker} for channel, track in channels.items() if track}
    single = all(len(speakers) < 2 for speakers in named.values())
    distinct = sum(map(len, named.values())) == len(set().union(*named.values()))

    def label(word: Word) -> str:
        if len(named) < 2 or (word.speaker and distinct):
            return word.speaker
        return word.channel if single or not word.speaker else f"{word.channel}, {word.speaker}"

    return label


def _runs(track: Sequence[Placed]) -> Iterator[list[Placed]]:
    run = list[Placed]()
    for place, word in track:
        above = run[-1][1] if run else None
        if above and (word.begins or word.speaker != above.speaker or _gap(above, word) > PAUSE_MS):
            yield run
            run = []
        run.append((place, word))
    if run:
        yield run


def _row(run: Sequence[Placed], speaker: str) -> Row:
    starts = [word.start_ms for _, word in run if word.start_ms is not None]
    ends = [word.end_ms for _, word in run if word.end_ms is not None]
    written = " ".join(word.text for _, word in run)
    return Row(run[0][0], speaker, written, min(starts, default=None), max(ends, default=None))


def _in_order(found: Sequence[Row]) -> list[Row]:
    """The rows by start; one without a time stays behind the one it stood behind."""
    last, keyed = 0, list[tuple[int, int]]()
    for number, row in enumerate(found):
        last = row.start_ms if row.start_ms is not None else last
        keyed.append((last, number))
    return [found[number] for _, number in sorted(keyed)]


def _notes(tracks: Sequence[_Mended], unit: str) -> list[str]:
    told = (
        ([p for t in tracks for p in t.untimed], "no whole time in the file, set between the neighbours"),
        ([p for t in tracks for p in t.stretched], "stretched over silence, shortened to what the letters allow"),
        ([p for t in tracks for p in t.unnamed], "nobody is named, given to the speaker nearer in time"),
    )
    return [note for found, what in told for note in noted(found, what, unit)]
