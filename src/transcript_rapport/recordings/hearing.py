"""One function that knows the order: decode, find speech, tell speakers apart, join words, make a session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from transcript_rapport.errors import ReadError
from transcript_rapport.recordings.activity import WINDOW, Activity, Silero, stretches
from transcript_rapport.recordings.channels import are_apart, by_channel, loudness
from transcript_rapport.recordings.consent import confirmed_by
from transcript_rapport.recordings.mixed import Embedded
from transcript_rapport.recordings.segments import Diariser, Heard, Segment, label, tidy
from transcript_rapport.recordings.sound import RATE, Sound
from transcript_rapport.recordings.voices import Voices
from transcript_rapport.recordings.wordless import SPEECH
from transcript_rapport.session import Session, Utterance
from transcript_rapport.settings import DEFAULTS, Settings

Progress = Callable[[str], None]
"""Told in a few words how far the work has come."""

PRIVACY = "nothing was inferred from a voice about feelings or identity, and no copy of the sound was kept"


def hear(
    path: str,
    settings: Settings = DEFAULTS,
    progress: Progress = lambda _: None,
    activity: Callable[[int], Activity] = Silero,
    diariser: Diariser = Embedded(),  # noqa: B008
) -> Session:
    """The session in a recording: who spoke when, and what was said if ``settings.asr`` names a recogniser.

    Times are milliseconds. Without a recogniser every utterance reads ``[speech]``. Raises
    SettingsError before the file is opened where consent is not confirmed, and ReadError where it
    cannot be heard as talk of two or more.
    """
    by = confirmed_by(path, settings)
    sound = Sound(path)
    heard = listen(sound, progress, activity)
    progress("telling speakers apart")
    segments, how = who_spoke(heard, settings.speakers, diariser)
    notes = [f"{by} confirmed that everyone heard agreed to this analysis", f"{sound.kind}; {how}", *_repairs(sound)]
    if settings.asr:
        from transcript_rapport.recordings.words import spoken

        utterances, told = spoken(sound, settings.asr, segments, progress)
    else:
        utterances, told = wordless(segments), (f"words are not known; {SPEECH} stands for each stretch of talk",)
    return Session(Path(path).stem, utterances, path, "recording", notes=(*notes, *told, PRIVACY))


def listen(sound: Sound, progress: Progress, activity: Callable[[int], Activity]) -> Heard:
    """One pass over the sound: speech, loudness and voices, with one minute of it in memory at a time."""
    import numpy as np

    ear, voices = activity(sound.channels), Voices()
    surely, levels, samples = [], [], 0
    for block in sound.blocks():
        surely.append(ear.hear(block))
        levels.append(loudness(block, WINDOW))
        voices.hear(block)
        samples += block.shape[1]
        whole = f" of {sound.seconds / 60:.0f}" if sound.seconds else ""
        progress(f"heard {samples / RATE / 60:.0f}{whole} minutes")
    lasts = round(samples * 1000 / RATE)
    speech = tuple(stretches(row.tolist(), lasts) for row in np.concatenate(surely, axis=1))
    if not any(speech):
        raise ReadError(sound.path, "nobody speaks in it", "talk of two people", "check that it plays, and how loud")
    return Heard(sound.path, lasts, speech, np.concatenate(levels, axis=1), voices.frames)


def who_spoke(heard: Heard, speakers: int, diariser: Diariser) -> tuple[list[Segment], str]:
    """Who spoke when, tidied, and in words how it was told."""
    if speakers in (0, 2) and are_apart(heard):
        return tidy(by_channel(heard)), "two channels with a speaker on each"
    segments = tidy(diariser(heard, speakers))
    count = len({segment.speaker for segment in segments})
    if count < 2:
        seen = "only one voice could be told apart"
        remedy = "if two people speak, add --speakers 2; a recording with a channel a speaker is surer"
        raise ReadError(heard.path, seen, "two or more speakers", remedy)
    return segments, f"{count} speakers share a channel and were told apart by their voices, which is less sure"


def wordless(segments: Sequence[Segment]) -> tuple[Utterance, ...]:
    """Utterances whose words are not known, one a segment."""
    return tuple(Utterance(i, label(s.speaker), SPEECH, s.start, s.end) for i, s in enumerate(segments))


def _repairs(sound: Sound) -> list[str]:
    found = ["more than two channels were mixed into one"] if sound.mixed_down else []
    if sound.damaged:
        found.append(f"damaged: {sound.damaged} pieces could not be decoded, and silence stands in their place")
    return found
