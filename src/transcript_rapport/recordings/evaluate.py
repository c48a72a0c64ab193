"""How well speakers and talk time are heard, against recordings whose truth is known.

``python -m transcript_rapport.recordings.evaluate FOLDER`` takes every WAV file in FOLDER that has a JSON
file of true segments beside it, as ``corpora/spoken/make.py`` writes them, and prints a line for each.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

from transcript_rapport.measures.times import gaps, intersection, total, union
from transcript_rapport.recordings.activity import Silero
from transcript_rapport.recordings.hearing import listen, who_spoke
from transcript_rapport.recordings.mixed import Embedded
from transcript_rapport.recordings.segments import Segment
from transcript_rapport.recordings.sound import Sound


class Score(NamedTuple):
    """How far a recording was misheard: shares in points (of 100), errors of the first speaker's share of talk time.

    ``confused`` is the time given to the wrong speaker, ``missed`` true talk nobody was given, each
    as a share of true talk; ``overlap`` and ``silence`` are the errors of those two shares.
    """

    talk_share: float
    confused: float
    missed: float
    overlap: float
    silence: float
    speakers: int


def score(found: Sequence[Segment], true: Sequence[Segment]) -> Score:
    """The best match of found speakers to two true ones, and what is then still wrong."""
    heard = {s.speaker for s in found}
    rows = [_tracks(found, order) for order in permutations(sorted({*heard, 0, 1}), 2)]
    truth = _tracks(true, (0, 1))
    best = max(rows, key=lambda row: sum(total(intersection(a, b)) for a, b in zip(row, truth, strict=True)))
    talked = total(truth[0]) + total(truth[1])
    right = sum(total(intersection(a, b)) for a, b in zip(best, truth, strict=True))
    known = sum(total(intersection(union([*best[0], *best[1]]), t)) for t in truth)
    return Score(
        100 * (_share(best) - _share(truth)),
        100 * (known - right) / talked,
        100 * (talked - known) / talked,
        100 * (_overlap(best) - _overlap(truth)),
        100 * (_silence(best) - _silence(truth)),
        len(heard),
    )


Tracks = list[tuple[tuple[int, int], ...]]


def _tracks(segments: Sequence[Segment], order: Sequence[int]) -> Tracks:
    return [union((s.start, s.end) for s in segments if s.speaker == speaker) for speaker in order]


def _share(tracks: Tracks) -> float:
    return total(tracks[0]) / max(1, total(tracks[0]) + total(tracks[1]))


def _overlap(tracks: Tracks) -> float:
    return total(intersection(*tracks)) / max(1, total(union([*tracks[0], *tracks[1]])))


def _silence(tracks: Tracks) -> float:
    talk = union([*tracks[0], *tracks[1]])
    return total(gaps(talk)) / max(1, talk[-1][1] - talk[0][0]) if talk else 1.0


def run(folder: Path, speakers: int = 0) -> list[str]:
    """A line for each recording in ``folder`` that has its truth beside it."""
    heads = ("talk share", "confused", "missed", "overlap", "silence", "speakers", "CPU s")
    lines = [f"{'recording':<36}" + "".join(f"{head:>11}" for head in heads)]
    for truth in sorted(folder.glob("*.json")):
        segments = [Segment(s["speaker"], s["start_ms"], s["end_ms"]) for s in json.loads(truth.read_text("utf-8"))]
        begun = time.process_time()
        heard = listen(Sound(str(truth.with_suffix(".wav"))), lambda _: None, Silero)
        found, _ = who_spoke(heard, speakers, Embedded())
        s = score(found, segments)
        numbers = [*(f"{value:.1f}" for value in s[:5]), str(s.speakers), f"{time.process_time() - begun:.1f}"]
        lines.append(f"{truth.stem:<36}" + "".join(f"{number:>11}" for number in numbers))
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(run(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)) + "\n")
