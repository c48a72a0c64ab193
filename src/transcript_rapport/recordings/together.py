"""A recording a speaker: several files of one session, each from its own microphone, heard as its channels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from transcript_rapport.errors import ReadError
from transcript_rapport.readers.together import merge
from transcript_rapport.recordings.activity import Activity, Silero
from transcript_rapport.recordings.channels import by_channel, same
from transcript_rapport.recordings.consent import confirmed_by
from transcript_rapport.recordings.hearing import PRIVACY, Progress, agreed, hear, listen, no_words, repairs, said
from transcript_rapport.recordings.segments import Heard, Segment, tidy
from transcript_rapport.recordings.sound import Sound
from transcript_rapport.recordings.stages import Stages, stages
from transcript_rapport.session import Session
from transcript_rapport.settings import DEFAULTS, Settings


def hear_all(paths: Sequence[str], settings: Settings, progress: Progress) -> Session:
    """The session in one recording, or in several that hold a speaker each."""
    if len(paths) == 1:
        return hear(paths[0], settings, progress)
    return hear_together(paths, settings, progress)


def hear_together(
    paths: Sequence[str],
    settings: Settings = DEFAULTS,
    progress: Progress = lambda _: None,
    activity: Callable[[int], Activity] = Silero,
) -> Session:
    """One session from several recordings, a speaker each, which are taken to begin at the same moment.

    Speakers are called by what their files' names do not share. Raises SettingsError before any file
    is opened where consent is not confirmed, and ReadError where a file holds no speaker of its own.
    """
    by = confirmed_by(paths[0], settings)
    sounds = [Sound(path, alone=True) for path in paths]
    kept = [stages(settings.stages, path) for path in paths]
    heard = [listen(sound, progress, activity, own) for sound, own in zip(sounds, kept, strict=True)]
    segments = _apart(paths, _aligned(heard))
    sessions = [
        _alone(sound, settings, spoken, progress, own)
        for sound, spoken, own in zip(sounds, segments, kept, strict=True)
    ]
    if not any(sessions):
        raise no_words(" + ".join(paths))
    joined = merge([session for session in sessions if len(session)])
    how = f"{len(paths)} recordings with a speaker each, taken to begin at the same moment"
    notes = (*agreed(by, settings), how, *joined.notes, *(note for own in kept for note in own.amiss), PRIVACY)
    return replace(joined, source=" + ".join(paths), notes=notes)


def _aligned(heard: Sequence[Heard]) -> Heard:
    """Recordings as the channels of one, which lasts as long as the longest."""
    import numpy as np

    windows = max(one.loudness.shape[1] for one in heard)
    levels = [
        np.pad(one.loudness, ((0, 0), (0, windows - one.loudness.shape[1])), constant_values=-100) for one in heard
    ]
    speech = tuple(channel for one in heard for channel in one.speech)
    lasts = max(one.milliseconds for one in heard)
    return Heard(heard[0].path, lasts, speech, np.concatenate(levels), heard[0].frames)


def _apart(paths: Sequence[str], heard: Heard) -> list[list[Segment]]:
    """Who spoke when, a list for each recording; a ReadError where one holds nobody of its own."""
    if pair := same(heard):
        seen = f"{paths[pair[0]]} holds the same sound"
        remedy = "give only one of them, without --together"
        raise ReadError(paths[pair[1]], seen, "a recording a speaker, each from its own microphone", remedy)
    own = [tidy([Segment(0, s.start, s.end) for s in by_channel(heard) if s.speaker == n]) for n in range(len(paths))]
    for path, segments in zip(paths, own, strict=True):
        if not segments:
            seen = "what is heard in it is only the others, from afar"
            raise ReadError(path, seen, "a speaker of its own", "leave it out, or check that it is the right file")
    return own


def _alone(sound: Sound, settings: Settings, segments: Sequence[Segment], progress: Progress, kept: Stages) -> Session:
    """What one of the speakers said."""
    utterances, told = said(sound, settings, segments, progress, kept)
    return Session(sound.path, utterances, sound.path, "recording", notes=(sound.kind, *repairs(sound), *told))
