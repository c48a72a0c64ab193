"""How well speakers and talk time are heard, against recordings whose truth is known.

``python -m transcript_rapport.recordings.evaluate FOLDER`` takes every WAV file in FOLDER that has a JSON
file of true segments beside it, as ``corpora/spoken/make.py`` writes them, and prints a line for each.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from pathlib import Path
from typing import NamedTuple

from transcript_rapport.measures.times import gaps, intersection, total, union
from transcript_rapport.recordings.activity import Silero
from transcript_rapport.recordings.hearing import listen, told_apart
from transcript_rapport.recordings.mixed import Embedded
from transcript_rapport.recordings.segments import Segment
from transcript_rapport.recordings.sound import Sound


class Score(NamedTuple):
    """How far a recording was misheard: shares in points (of 100), errors of the first speaker's share of talk time.

    ``speakers`` and ``true`` are how many voices were found and how many there are;
    ``confused`` is the time given to the wrong speaker, ``missed`` true talk nobody was given, each
    as a share of true talk; ``overlap`` and ``silence`` are the errors of those two shares.
    """

    talk_share: float
    confused: float
    missed: float
    overlap: float
    silence: float
    speakers: int
    true: int


def score(found: Sequence[Segment], true: Sequence[Segment]) -> Score:
    """The best match of found speakers to the true ones, and what is then still wrong."""
    heard, real = {s.speaker for s in found}, {s.speaker for s in true}
    count = max(2, len(real))
    rows = [_tracks(found, order) for order in permutations(sorted({*heard, *range(count)}), count)]
    truth = _tracks(true, range(count))
    best = max(rows, key=lambda row: sum(total(intersection(a, b)) for a, b in zip(row, truth, strict=True)))
    talked = sum(map(total, truth))
    right = sum(total(intersection(a, b)) for a, b in zip(best, truth, strict=True))
    anybody = union((s.start, s.end) for s in found)
    known = sum(total(intersection(anybody, t)) for t in truth)
    return Score(
        100 * (_share(best, found) - _share(truth, true)),
        100 * (known - right) / talked,
        100 * (talked - known) / talked,
        100 * (_overlap(found) - _overlap(true)),
        100 * (_silence(found) - _silence(true)),
        len(heard),
        len(real),
    )


Tracks = list[tuple[tuple[int, int], ...]]


def _tracks(segments: Sequence[Segment], order: Sequence[int]) -> Tracks:
    return [union((s.start, s.end) for s in segments if s.speaker == speaker) for speaker in order]


def _share(tracks: Tracks, segments: Sequence[Segment]) -> float:
    """The first track's share of all talk, with those that were matched to nobody."""
    return total(tracks[0]) / max(1, sum(map(total, _tracks(segments, sorted({s.speaker for s in segments})))))


def _overlap(segments: Sequence[Segment]) -> float:
    """The share of talk during which two or more speak."""
    tracks = _tracks(segments, sorted({s.speaker for s in segments}))
    both = union(stretch for a, b in combinations(tracks, 2) for stretch in intersection(a, b))
    return total(both) / max(1, total(union((s.start, s.end) for s in segments)))


def _silence(segments: Sequence[Segment]) -> float:
    talk = union((s.start, s.end) for s in segments)
    return total(gaps(talk)) / max(1, talk[-1][1] - talk[0][0]) if talk else 1.0


def run(folder: Path, speakers: int = 0) -> Iterator[str]:
    """A line for each recording in ``folder`` that has its truth beside it, and one on the number of voices."""
    heads = ("talk share", "confused", "missed", "overlap", "silence", "voices", "found", "CPU s")
    yield f"{'recording':<36}" + "".join(f"{head:>11}" for head in heads)
    scores = []
    for truth in sorted(folder.glob("*.json")):
        segments = [Segment(s["speaker"], s["start_ms"], s["end_ms"]) for s in json.loads(truth.read_text("utf-8"))]
        begun = time.process_time()
        heard = listen(Sound(str(truth.with_suffix(".wav"))), lambda _: None, Silero)
        found, _ = told_apart(heard, speakers, Embedded())
        s = score(found, segments)
        numbers = [*(f"{value:.1f}" for value in s[:5]), str(s.true), str(s.speakers)]
        yield f"{truth.stem:<36}" + "".join(f"{n:>11}" for n in [*numbers, f"{time.process_time() - begun:.1f}"])
        scores.append(s)
    for true in sorted({s.true for s in scores}):
        own = [s for s in scores if s.true == true]
        right = sum(s.speakers == true for s in own)
        worst = max(abs(s.talk_share) for s in own)
        yield f"voices {true}: number found right {right} of {len(own)}, talk share off by {worst:.1f} points at most"


if __name__ == "__main__":
    for line in run(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0):
        print(line, flush=True)  # noqa: T201
