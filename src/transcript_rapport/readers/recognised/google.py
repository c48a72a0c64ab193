"""Google Speech-to-Text, versions 1 and 2: results with words, their speakers or their channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transcript_rapport.readers.recognised.words import (
    Object,
    Word,
    either,
    inside,
    moment,
    rows,
    speaker,
    spread,
    text,
)


def form(document: object) -> str:
    """``Google Speech-to-Text`` where results have alternatives with a transcript or words."""
    best = rows(inside(_results(document), 0, "alternatives"))
    told = best and "type" not in _results(document)[0] and ("transcript" in best[0] or rows(best[0].get("words")))
    return "Google Speech-to-Text" if told else ""


def words(document: object) -> list[Word]:
    """The words of the results; where the last repeats all with their speakers, of that one alone."""
    found, last = list[list[Word]](), 0
    for row in _results(document):
        said = _words(row, last)
        last = max((word.end_ms or 0 for word in said), default=last)
        found.append(said)
    found = [said for said in found if said]
    if len(found) > 1 and _repeats_all(found):
        starts = {said[0].start_ms for said in found[:-1]}
        return [replace(word, begins=word.start_ms in starts) for word in found[-1]]
    return [word for said in found for word in said]


def _results(document: object) -> list[Object]:
    return rows(inside(document, "response", "results")) or rows(inside(document, "results"))


def _repeats_all(found: Sequence[Sequence[Word]]) -> bool:
    """Whether speakers are named in the last result only, and it starts again from the first word."""
    unnamed = not any(word.speaker for said in found[:-1] for word in said)
    again = (found[-1][0].start_ms or 0) <= (found[0][0].start_ms or 0)
    return unnamed and again and len(found[-1]) >= sum(map(len, found[:-1]))


def _words(row: Object, last: int) -> list[Word]:
    """The words of a result; ``last`` is when the result before it ended."""
    best = inside(row, "alternatives", 0)
    channel = speaker(either(row, "channelTag", "channel_tag"), "Channel")
    found = [_word(word, channel) for word in rows(inside(best, "words"))]
    if found and found[0].start_ms is None and found[0].end_ms is not None:
        found[0] = replace(found[0], start_ms=0)  # A time of nothing is left out.
    end = moment(either(row, "resultEndTime", "resultEndOffset", "result_end_time", "result_end_offset"))
    own = Word("", None if end is None else min(last, end), end, channel=channel)
    return spread(text(inside(best, "transcript")), found, own)


def _word(row: Object, channel: str) -> Word:
    start = either(row, "startTime", "startOffset", "start_time", "start_offset")
    end = either(row, "endTime", "endOffset", "end_time", "end_offset")
    named = either(row, "speakerLabel", "speaker_label") or either(row, "speakerTag", "speaker_tag")
    who = "" if named in {0, "0"} else speaker(named)  # Tags count from 1; 0 says that nobody was told apart.
    return Word(text(row.get("word")), moment(start), moment(end), who, channel)
