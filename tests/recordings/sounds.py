"""Invented voices made of harmonics, and files of them: deterministic, no recorded sound anywhere."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcript_rapport.recordings.activity import WINDOW
from transcript_rapport.recordings.channels import loudness
from transcript_rapport.recordings.segments import Segment
from transcript_rapport.recordings.sound import RATE

Samples = NDArray[np.float32]
VOICES = ((115.0, (600, 1100, 2500)), (205.0, (850, 1900, 3100)))


def voice(speaker: int, seconds: float, seed: int = 0) -> Samples:
    """A voice that glides, changes its vowels and beats like syllables; samples at 16 kHz."""
    chance = np.random.default_rng(seed)
    pitch, formants = VOICES[speaker]
    time = np.arange(int(seconds * RATE)) / RATE
    glide = pitch * (1 + 0.06 * np.sin(2 * np.pi * 0.7 * time + chance.uniform(0, 6)))
    phase = 2 * np.pi * np.cumsum(glide) / RATE
    sound = np.zeros_like(time)
    shift = np.repeat(chance.uniform(0.85, 1.15, len(time) // 4000 + 1), 4000)[: len(time)]
    for harmonic in range(1, 25):
        hertz = harmonic * pitch
        gain = sum(np.exp(-(((hertz - f * shift) / 250) ** 2)) for f in formants) + 0.02
        sound += gain * np.sin(harmonic * phase)
    beat = 0.55 + 0.45 * np.sin(2 * np.pi * 4 * time)
    return (0.05 * sound * beat).astype(np.float32)


def talk(turns: list[Segment], seconds: float) -> Samples:
    """Two tracks, a voice each, shape (2, samples), with a little noise."""
    tracks = np.random.default_rng(1).normal(0, 0.0003, (2, int(seconds * RATE))).astype(np.float32)
    for number, turn in enumerate(turns):
        first = turn.start * RATE // 1000
        said = voice(turn.speaker, (turn.end - turn.start) / 1000, number)
        tracks[turn.speaker, first : first + len(said)] += said[: tracks.shape[1] - first]
    return tracks


def conversation(turns: int = 12, first: float = 2.5, second: float = 4.0, pause: float = 0.8) -> list[Segment]:
    """Turns of two speakers in alternation, as true segments."""
    found, now = [], 1000
    for turn in range(turns):
        lasts = int(1000 * (first, second)[turn % 2])
        found.append(Segment(turn % 2, now, now + lasts))
        now += lasts + int(pause * 1000)
    return found


def wav(path: Path, samples: Any, rate: int = RATE) -> str:
    """Write samples, shape (channels, samples), as 16-bit WAV; the path as text."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(len(samples))
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes((np.clip(samples, -1, 1).T * 32767).astype("<i2").tobytes())
    return str(path)


class Loud:
    """Voice activity for invented voices: whatever is loud is speech."""

    def __init__(self, channels: int) -> None:
        self.channels = channels

    def hear(self, block: Samples) -> Samples:
        return (loudness(block, WINDOW) > -45).astype(np.float32)
