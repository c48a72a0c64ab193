"""Several files that are one session: a file a speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from transcript_rapport.errors import ReadError
from transcript_rapport.readers.labels import in_common
from transcript_rapport.session import Session

_JOINTS = re.compile(r"[_\-. ]+")


def merge(sessions: Sequence[Session]) -> Session:
    """One session from several, in order of start times, numbered anew.

    Each file keeps its own speaker label where the labels differ; else the label is the part in
    which the file names differ. The name is the part they share. Raises ReadError where an
    utterance has no start time, since only times can tell the order.
    """
    for session in sessions:
        if not session.has_starts:
            expected, remedy = "a start time for every line", "give files with times, or one file with both speakers"
            raise ReadError(session.source, "not every line has a time", expected, remedy)
    labels, name = _labels(sessions)
    spoken = [
        replace(utterance, speaker=label or utterance.speaker)
        for session, label in zip(sessions, labels, strict=True)
        for utterance in session
    ]
    ordered = sorted(spoken, key=lambda utterance: utterance.start_ms or 0)
    return Session(
        name,
        tuple(replace(utterance, index=index) for index, utterance in enumerate(ordered)),
        " + ".join(session.source for session in sessions),
        ", ".join(dict.fromkeys(session.format for session in sessions)),
        notes=tuple(f"{session.source}: {note}" for session in sessions for note in session.notes),
    )


def _labels(sessions: Sequence[Session]) -> tuple[list[str | None], str]:
    """A new label for each session, or None where it keeps its own, and the name of the whole."""
    stems = [Path(session.source).stem for session in sessions]
    differing, shared = _differing(stems)
    own = [label for session in sessions for label in session.speakers]
    if "" not in own and len(set(own)) == len(own):
        return [None] * len(sessions), shared or "+".join(stems)
    if not all(differing) or len(set(differing)) < len(differing):
        folders = [Path(session.source).parent.name for session in sessions]
        differing, _ = _differing(folders)
    if not all(differing) or len(set(differing)) < len(differing):
        differing = [f"Speaker {number}" for number in range(1, len(sessions) + 1)]
    new = [name if len(session.speakers) == 1 else None for session, name in zip(sessions, differing, strict=True)]
    return new, shared or "+".join(stems)


def _differing(names: Sequence[str]) -> tuple[list[str], str]:
    """What is each name's own, and what all share at both ends: ``day1_doctor``, ``day1_patient`` share ``day1``."""
    parts = [_JOINTS.split(name) for name in names]
    head = in_common(parts)
    tail = in_common([part[head:][::-1] for part in parts])
    own = ["_".join(part[head : len(part) - tail]) for part in parts]
    first = parts[0]
    before = "_".join(first[:head]) if head < len(first) else names[0]
    after = "_".join(first[len(first) - tail :]) if tail else ""
    return own, "_".join(part for part in (before, after) if part)
