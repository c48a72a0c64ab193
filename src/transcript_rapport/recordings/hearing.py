"""The order in which one recording is heard: decode, find speech, tell speakers apart, join words, make a session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from transcript_rapport.errors import ReadError
from transcript_rapport.measures.times import Stretch, total, union
from transcript_rapport.recordings.activity import WINDOW, Activity, Silero, stretches
from transcript_rapport.recordings.channels import are_apart, by_channel, loudness
from transcript_rapport.recordings.consent import confirmed_by
from transcript_rapport.recordings.mixed import Embedded
from transcript_rapport.recordings.segments import Diariser, Heard, Segment, label, tidy
from transcript_rapport.recordings.sound import RATE, Sound
from transcript_rapport.recordings.stages import Stages, fingerprint, stages
from transcript_rapport.recordings.voices import Voices
from transcript_rapport.recordings.wordless import SPEECH
from transcript_rapport.session import Session, Utterance
from transcript_rapport.settings import DEFAULTS, Settings

Progress = Callable[[str], None]
"""Told in a few words how far the work has come."""

PRIVACY = "nothing was inferred from a voice about feelings or identity, and no copy of the sound was kept"
UNKNOWN = f"words are not known; {SPEECH} stands for each stretch of talk"
ONE_FOUND = "only one voice was found"


def hear(
    path: str,
    settings: Settings = DEFAULTS,
    progress: Progress = lambda _: None,
    activity: Callable[[int], Activity] = Silero,
    diariser: Diariser | None = None,
) -> Session:
    """The session in a recording: who spoke when, and what was said if ``settings.asr`` names a recogniser.

    Times are milliseconds. Without a recogniser every utterance reads ``[speech]``. ``diariser`` is
    the one ``settings.diarisation`` names, unless another is given. Raises SettingsError before the
    file is opened where consent is not confirmed, and ReadError where it cannot be heard as talk of
    two or more.
    """
    by = confirmed_by(path, settings)
    sound = Sound(path)
    kept = stages(settings.stages, path)
    voices = diariser or chosen(settings)
    made_from = {"speakers": settings.speakers, "by": fingerprint(settings.diarisation) or type(voices).__name__}

    def made() -> list[object]:
        heard = listen(sound, progress, activity, kept)
        progress("telling speakers apart")
        return [*who_spoke(heard, settings.speakers, voices), sound.damaged]

    found, how, sound.damaged = kept.stage("speakers", made_from).settled(made)
    segments = [Segment(*segment) for segment in found]
    notes = [*agreed(by, settings), f"{sound.kind}; {how}", *repairs(sound)]
    utterances, told = said(sound, settings, segments, progress, kept)
    if not utterances:
        raise no_words(path)
    return Session(Path(path).stem, utterances, path, "recording", notes=(*notes, *told, *kept.amiss, PRIVACY))


def chosen(settings: Settings) -> Diariser:
    """The diariser the settings name: the one that comes with the package, unless weights are named."""
    if not settings.diarisation:
        return Embedded()
    from transcript_rapport.recordings import pyannote

    return pyannote.load(settings.diarisation)


def listen(sound: Sound, progress: Progress, activity: Callable[[int], Activity], kept: Stages | None = None) -> Heard:
    """One pass over the sound: speech, loudness and voices, with one minute of it in memory at a time.

    Where speech is known from an earlier run it is not looked for again.
    """
    import numpy as np

    stage = (kept or Stages()).stage("speech", {"channels": sound.channels})
    ear = None if stage.entries else activity(sound.channels)
    voices = Voices()
    surely, levels, samples = [], [], 0
    for block in sound.blocks():
        if ear:
            surely.append(ear.hear(block))
        levels.append(loudness(block, WINDOW))
        voices.hear(block)
        samples += block.shape[1]
        whole = f" of {sound.seconds / 60:.0f}" if sound.seconds else ""
        progress(f"heard {samples / RATE / 60:.0f}{whole} minutes")
    lasts = round(samples * 1000 / RATE)
    found = stage.settled(lambda: [stretches(row.tolist(), lasts) for row in np.concatenate(surely, axis=1)])
    speech: tuple[tuple[Stretch, ...], ...] = tuple(tuple((a, b) for a, b in channel) for channel in found)
    if not any(speech):
        seen = "nobody speaks in it, as far as can be heard"
        raise ReadError(sound.path, seen, "talk of two people", "check that it plays, that it is talk, and how loud")
    return Heard(sound.path, lasts, speech, np.concatenate(levels, axis=1), voices.frames)


def who_spoke(heard: Heard, speakers: int, diariser: Diariser) -> tuple[list[Segment], str]:
    """Who spoke when, tidied, and in words how it was told; a ReadError where only one voice is found."""
    segments, how = told_apart(heard, speakers, diariser)
    if len({segment.speaker for segment in segments}) < 2:
        raise _alone(heard, speakers)
    return segments, how


def told_apart(heard: Heard, speakers: int, diariser: Diariser) -> tuple[list[Segment], str]:
    """Who spoke when, tidied, and in words how it was told; also where one voice is all there is."""
    if speakers in (0, 2) and are_apart(heard):
        return tidy(by_channel(heard)), "two channels with a speaker on each"
    segments = tidy(diariser(heard, speakers))
    count = len({segment.speaker for segment in segments})
    how = f"{count} speakers share a channel and were told apart by their voices, which is less sure"
    return segments, "; ".join(part for part in (how, _one_of_two(heard)) if part)


def _one_of_two(heard: Heard) -> str:
    """Why two channels were heard as one, if they were."""
    if len(heard.speech) < 2:
        return ""
    if all(heard.speech):
        return "" if are_apart(heard) else "both channels hold the same sound"
    return "on one of the two channels nobody speaks"


def _alone(heard: Heard, speakers: int) -> ReadError:
    """What to say of one voice, and to do."""
    if speakers == 1:
        seen, remedy = "one speaker was asked for", "a report compares two people's talk: leave out --speakers 1"
        return ReadError(heard.path, seen, "two or more", remedy)
    seconds = round(total(union(stretch for channel in heard.speech for stretch in channel)) / 1000)
    seen = "; ".join(part for part in (f"{ONE_FOUND} in {seconds} s of talk", _one_of_two(heard)) if part)
    remedy = (
        "if two people speak whose voices are alike, or one of them hardly speaks, add --speakers 2; if each has a "
        "recording of their own, give them all with --together"
    )
    return ReadError(heard.path, seen, "two or more speakers", remedy)


def said(
    sound: Sound, settings: Settings, segments: Sequence[Segment], progress: Progress, kept: Stages
) -> tuple[tuple[Utterance, ...], tuple[str, ...]]:
    """The utterances, with their words where a recogniser is named, and notes on them."""
    if not settings.asr:
        return wordless(segments), (UNKNOWN,)
    from transcript_rapport.recordings.words import spoken

    return spoken(sound, settings.asr, segments, progress, kept=kept)


def no_words(path: str) -> ReadError:
    """What to say where a recogniser made out no words at all."""
    remedy = "leave out --asr for a report on talk time alone, or try other weights"
    return ReadError(path, "the recogniser made out no words", "talk in English", remedy)


def wordless(segments: Sequence[Segment]) -> tuple[Utterance, ...]:
    """Utterances whose words are not known, one a segment."""
    return tuple(Utterance(i, label(s.speaker), SPEECH, s.start, s.end) for i, s in enumerate(segments))


def agreed(by: str, settings: Settings) -> list[str]:
    """Notes on consent, and on what was kept."""
    found = [f"{by} confirmed that everyone heard agreed to this analysis"]
    if settings.stages:
        found.append(f"what each stage found, words included, is kept in {settings.stages} until somebody removes it")
    return found


def repairs(sound: Sound) -> list[str]:
    """Notes on what was amiss with the sound."""
    found = ["more than two channels were mixed into one"] if sound.mixed_down else []
    if sound.damaged:
        found.append(f"damaged: {sound.damaged} pieces could not be decoded, and silence stands in their place")
    return found
