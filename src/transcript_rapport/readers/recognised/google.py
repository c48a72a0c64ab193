"""Google Speech-to-Text, versions 1 and 2: results with words, their speakers or their channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transcript_rapport.readers.recognised.node import Node
from transcript_rapport.readers.recognised.words import Word, spread

KEYS = {"results"}


def form(document: Node) -> str:
    """``Google Speech-to-Text`` where results have alternatives with a transcript or words."""
    first = next(iter(_results(document)), Node())
    best = next(iter(first.rows("alternatives")), Node())
    told = "type" not in first.fields and ("transcript" in best.fields or best.rows("words"))
    return "Google Speech-to-Text" if told else ""


def words(document: Node) -> list[Word]:
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


def _results(document: Node) -> list[Node]:
    return document.rows("response", "results") or document.rows("results")


def _repeats_all(found: Sequence[Sequence[Word]]) -> bool:
    """Whether speakers are named in the last result only, and it starts again from the first word."""
    unnamed = not any(word.speaker for said in found[:-1] for word in said)
    if found[0][0].start_ms is None:  # Its words have no times of their own: they must be the same.
        before, after = (" ".join(word.text for said in part for word in said) for part in (found[:-1], found[-1:]))
        return unnamed and after.startswith(before)
    again = (found[-1][0].start_ms or 0) <= found[0][0].start_ms
    return unnamed and again and len(found[-1]) >= sum(map(len, found[:-1]))


def _words(row: Node, last: int) -> list[Word]:
    """The words of a result; ``last`` is when the result before it ended."""
    best = row.at("alternatives", 0)
    channel = row.channel("channelTag", "channel_tag")
    found = [_word(word, channel) for word in best.rows("words")]
    if found and found[0].start_ms is None and found[0].end_ms is not None:
        found[0] = replace(found[0], start_ms=0)  # A time of nothing is left out.
    end = row.moment("resultEndTime", "resultEndOffset", "result_end_time", "result_end_offset")
    own = Word("", None if end is None else min(last, end), end, channel=channel)
    return spread(best.text("transcript"), found, own)


def _word(row: Node, channel: str) -> Word:
    start = row.moment("startTime", "startOffset", "start_time", "start_offset")
    end = row.moment("endTime", "endOffset", "end_time", "end_offset")
    named = row.first("speakerLabel", "speaker_label") or row.first("speakerTag", "speaker_tag")
    who = "" if named.value in (0, "0") else named.speaker()  # Tags count from 1; 0 says that nobody was told apart.
    return Word(row.text("word"), start, end, who, channel)
