"""Speaks our invented practice sessions with espeak-ng, so that who spoke when is known exactly.

    python corpora/spoken/make.py OUT [--minutes M] [--only NAME]

Needs espeak-ng (on Debian: apt-get install espeak-ng). For every cast below, one voice to three, and both layouts
(two channels, mixed; three voices are mixed only), writes ``NAME.wav`` (16 kHz) and ``NAME.json`` with the true
segments: a list of {speaker, start_ms, end_ms}. Pauses, overlaps and the noise at 20 dB come from a fixed seed; the
same version of espeak-ng writes the same files.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from transcript_rapport.readers import read

RATE = 16_000
PRACTICE = Path(__file__).parents[1] / "practice"
LEAK = 10 ** (-24 / 20)


@dataclass(frozen=True)
class Cast:
    """A session, the voices that speak it, and how; ``lively``: pitch and pace change by so much from turn to turn."""

    session: str
    voices: tuple[str, ...]
    noise_db: float | None = 20.0
    overlaps: float = 0.1
    lively: int = 0


# The voice "en-gb" passes over variants such as +f3; "en-gb-x-rp" takes them.
CASTS = {
    "woman_man": Cast("therapy_grief.txt", ("en-gb-x-rp+f3 -p 55 -s 165", "en-gb-x-rp+m3 -p 40 -s 160")),
    "two_men": Cast("alcohol_lecture.txt", ("en-us+m2 -p 30 -s 170", "en-gb-x-rp+m7 -p 60 -s 155")),
    "two_women": Cast("unlabelled_names.txt", ("en-gb-x-rp+f2 -p 45 -s 160", "en-us+f4 -p 70 -s 175")),
    "man_woman_us": Cast("alcohol_brief_intervention.csv", ("en-us+m1 -p 45 -s 160", "en-us+f1 -p 50 -s 180")),
    "scottish_man_woman": Cast("gp_visit_chest_pain.txt", ("en-gb-scotland+m5 -p 45", "en-gb-x-rp+f5 -p 50")),
    "quiet_room": Cast("diabetes_nurse.json", ("en-gb-x-rp+f1 -p 50 -s 160", "en-gb-x-rp+m4 -p 50 -s 165"), None, 0.0),
    "much_overlap": Cast("physiotherapy.srt", ("en-gb-x-rp+m6 -p 45 -s 165", "en-us+f2 -p 60 -s 165"), 20.0, 0.35),
    "lively_pair": Cast("school_counselling.vtt", ("en-us+f3 -p 50 -s 160", "en-gb-x-rp+m1 -p 45 -s 165"), lively=12),
    "one_man": Cast("therapy_grief.txt", ("en-gb-x-rp+m3 -p 40 -s 160",)),
    "one_woman": Cast("gp_visit_chest_pain.txt", ("en-us+f2 -p 55 -s 170",)),
    "one_quiet_room": Cast("diabetes_nurse.json", ("en-gb-scotland+m5 -p 45 -s 160",), None, 0.0),
    "one_lively": Cast("unlabelled_names.txt", ("en-gb-x-rp+f5 -p 50 -s 160",), lively=12),
    "three": Cast(
        "couple_session.txt",
        ("en-gb-x-rp+f3 -p 45 -s 160", "en-us+m2 -p 35 -s 170", "en-gb-scotland+f5 -p 60 -s 155"),
    ),
    "three_alike": Cast(
        "couple_session.txt",
        ("en-gb-x-rp+m3 -p 45 -s 160", "en-us+m1 -p 50 -s 170", "en-gb-scotland+f2 -p 55 -s 155"),
    ),
}
"""The names that begin with "one" have a single voice, whoever's turn it is."""


def spoken(text: str, voice: str, higher: int = 0, faster: int = 0) -> np.ndarray:
    """The words in a voice, without the silence around them; float samples at 16 kHz."""
    name, *options = voice.split()
    changes = {"-p": higher, "-s": faster}
    pairs = zip(options[::2], options[1::2], strict=True)
    options = [part for key, value in pairs for part in (key, str(int(value) + changes[key]))]
    command = ["espeak-ng", "-v", name, *options, "--stdout", text]
    made = subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603
    with wave.open(io.BytesIO(made)) as sound:
        raw = np.frombuffer(sound.readframes(sound.getnframes()), np.int16) / 32768
        rate = sound.getframerate()
    samples = np.interp(np.arange(0, len(raw) - 1, rate / RATE), np.arange(len(raw)), raw)
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:0]


def scene(cast: Cast, minutes: float, seed: int) -> tuple[np.ndarray, list[dict[str, int]]]:
    """A track a voice, shape (voices, samples), and where each utterance lies."""
    chance = np.random.default_rng(seed)
    session = read(PRACTICE / cast.session)[0]
    number = {speaker: i % len(cast.voices) for i, speaker in enumerate(session.speakers)}
    placed, truth, now = [], [], int(0.5 * RATE)
    for turn in session.turns:
        who = number[turn.speaker]
        change = chance.integers(-cast.lively, cast.lively + 1, 2) if cast.lively else (0, 0)
        samples = spoken(turn.text, cast.voices[who], *change)
        if not len(samples):
            continue
        placed.append((who, now, samples))
        truth.append({"speaker": who, "start_ms": now // 16, "end_ms": (now + len(samples)) // 16})
        end = now + len(samples)
        # Nobody talks over themselves.
        overlap = chance.random() < cast.overlaps and len(samples) > 3 * RATE and len(cast.voices) > 1
        pause = -chance.uniform(0.3, 1.2) if overlap else min(chance.lognormal(-0.7, 0.7), 4)
        now = end + int(pause * RATE)
        if end > minutes * 60 * RATE:
            break
    tracks = np.zeros((len(cast.voices), max(start + len(samples) for _, start, samples in placed) + RATE // 2))
    for who, start, samples in placed:
        tracks[who, start : start + len(samples)] += samples
    return tracks, truth


def rendered(tracks: np.ndarray, channels: int, noise_db: float | None, seed: int) -> np.ndarray:
    """What microphones pick up: each voice leaking into the other channel, or one mix; with noise."""
    pair = np.pad(tracks, ((0, 2 - len(tracks)), (0, 0))) if channels == 2 else tracks
    heard = pair + LEAK * pair[::-1] if channels == 2 else tracks.sum(axis=0, keepdims=True)
    if noise_db is not None:
        chance = np.random.default_rng(seed)
        busy = tracks.sum(axis=0) != 0
        power = (heard[:, busy] ** 2).mean(axis=1, keepdims=True)
        heard = heard + chance.normal(size=heard.shape) * np.sqrt(power / 10 ** (noise_db / 10))
    found: np.ndarray = heard / max(1.0, np.abs(heard).max() / 0.95)
    return found


def write(path: Path, samples: np.ndarray) -> None:
    """A WAV file of 16-bit samples, shape (channels, samples)."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(len(samples))
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes((samples.T * 32767).astype("<i2").tobytes())


def make(out: Path, minutes: float, only: str | None = None) -> None:
    """Every scene in the layouts it has, with its truth beside it."""
    out.mkdir(parents=True, exist_ok=True)
    for seed, (name, cast) in enumerate(CASTS.items()):
        if only not in (None, name):
            continue
        tracks, truth = scene(cast, minutes, seed)
        layouts = {"two_channels": 2, "mixed": 1} if len(cast.voices) < 3 else {"mixed": 1}
        for layout, channels in layouts.items():
            write(out / f"{name}-{layout}.wav", rendered(tracks, channels, cast.noise_db, seed))
            (out / f"{name}-{layout}.json").write_text(json.dumps(truth), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--only", choices=list(CASTS))
    given = parser.parse_args()
    make(given.out, given.minutes, given.only)
