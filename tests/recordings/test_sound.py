"""Decoding: every container people bring, and files that cannot be decoded."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from tests.recordings import sounds
from transcript_rapport.errors import ReadError, SettingsError
from transcript_rapport.recordings.activity import Silero
from transcript_rapport.recordings.hearing import listen
from transcript_rapport.recordings.sound import BLOCK, RATE, Sound, is_recording

av = pytest.importorskip("av", reason="needs the extra 'audio'")

KINDS = {
    ".mp3": "libmp3lame",
    ".m4a": "aac",
    ".mp4": "aac",
    ".flac": "flac",
    ".ogg": "libvorbis",
    ".opus": "libopus",
    ".webm": "libopus",
}


def encoded(path: Path, samples: sounds.Samples, codec: str) -> str:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=48000)
        stream.layout = "stereo" if len(samples) == 2 else "mono"
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout=stream.layout.name)
        frame.sample_rate = RATE
        resampler = av.AudioResampler(format=stream.codec_context.format, layout=stream.layout, rate=48000)
        fifo = av.AudioFifo()
        for out in [*resampler.resample(frame), *resampler.resample(None)]:
            fifo.write(out)
        size = stream.codec_context.frame_size or 1024
        while piece := fifo.read(size, partial=True):
            for packet in stream.encode(piece):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return str(path)


def decoded(path: str) -> sounds.Samples:
    return np.concatenate(list(Sound(path).blocks()), axis=1)


@pytest.mark.parametrize("suffix", KINDS)
def test_every_kind_keeps_its_moments(tmp_path: Path, suffix: str) -> None:
    samples = np.zeros((1, 3 * RATE), np.float32)
    samples[0, RATE : 2 * RATE] = sounds.voice(0, 1.0)
    try:
        path = encoded(tmp_path / f"a{suffix}", samples, KINDS[suffix])
    except (av.FFmpegError, av.codec.codec.UnknownCodecError):
        pytest.skip(f"this build of FFmpeg cannot write {KINDS[suffix]}")
    assert is_recording(path)
    loud = np.flatnonzero(np.abs(decoded(path)[0]) > 0.02) / RATE
    assert abs(loud[0] - 1) < 0.06
    assert abs(loud[-1] - 2) < 0.06


@pytest.mark.parametrize("rate", [8000, 11025, 44100, 96_000])
def test_any_rate_becomes_16_khz(tmp_path: Path, rate: int) -> None:
    time = np.arange(2 * rate) / rate
    path = sounds.wav(tmp_path / "a.wav", 0.5 * np.sin(2 * np.pi * 440 * time)[None], rate)
    heard = decoded(path)
    assert abs(heard.shape[1] - 2 * RATE) <= 16
    assert abs(np.abs(np.fft.rfft(heard[0][:RATE])).argmax() - 440) <= 1


def test_two_channels_stay_apart_and_blocks_stay_small(tmp_path: Path) -> None:
    samples = np.zeros((2, 130 * RATE), np.float32)
    samples[1] = 0.25
    blocks = list(Sound(sounds.wav(tmp_path / "a.wav", samples)).blocks())
    assert [b.shape for b in blocks] == [(2, BLOCK), (2, BLOCK), (2, 10 * RATE)]
    assert abs(blocks[1][0]).max() < 0.001
    assert blocks[1][1] == pytest.approx(0.25, abs=0.001)


def test_more_than_two_channels_become_one(tmp_path: Path) -> None:
    sound = Sound(sounds.wav(tmp_path / "a.wav", np.full((6, RATE), 0.1, np.float32)))
    assert (sound.channels, sound.mixed_down) == (1, True)


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "cannot be decoded"), (b"so, how was your week?" * 50, "cannot be decoded")]
)
def test_what_is_no_recording_is_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=said):
        decoded(str(path))


def test_a_recording_of_no_length(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no sound could be decoded"):
        decoded(sounds.wav(tmp_path / "a.wav", np.zeros((1, 0), np.float32)))


def test_a_video_cut_short_before_its_index(tmp_path: Path) -> None:
    path = Path(encoded(tmp_path / "a.m4a", sounds.voice(0, 4)[None], "aac"))
    path.write_bytes(path.read_bytes()[:6000])
    with pytest.raises(ReadError, match="cannot be decoded"):
        decoded(str(path))


def test_music_is_not_talk(tmp_path: Path) -> None:
    pytest.importorskip("silero_vad", reason="needs the extra 'audio'")
    time = np.arange(20 * RATE) / RATE
    chords = [220 * 2 ** (np.array([0, 4, 7]) / 12), 220 * 2 ** (np.array([5, 9, 12]) / 12)]
    struck = np.exp(-2 * (time % 0.5))
    notes = [sum(np.sin(2 * np.pi * hertz * k * time) / k for hertz in chord for k in (1, 2, 3)) for chord in chords]
    music = 0.08 * struck * np.where(time % 2 < 1, *notes)
    with pytest.raises(ReadError, match="nobody speaks in it, as far as can be heard"):
        listen(Sound(sounds.wav(tmp_path / "a.wav", music[None])), lambda _: None, Silero)


def test_a_recording_cut_short_is_heard_as_far_as_it_goes(tmp_path: Path) -> None:
    path = Path(sounds.wav(tmp_path / "a.wav", sounds.voice(0, 4)[None]))
    path.write_bytes(path.read_bytes()[: RATE * 4])
    assert abs(decoded(str(path)).shape[1] - 2 * RATE) < 200


def test_damage_in_the_middle_keeps_later_moments(tmp_path: Path) -> None:
    samples = np.zeros((1, 6 * RATE), np.float32)
    samples[0, 5 * RATE : 6 * RATE] = sounds.voice(0, 1.0)
    path = Path(encoded(tmp_path / "a.flac", samples, "flac"))
    data = bytearray(path.read_bytes())
    middle = len(data) // 4
    data[middle : middle + 40] = b"\x00" * 40
    path.write_bytes(bytes(data))
    loud = np.flatnonzero(np.abs(decoded(str(path))[0]) > 0.02) / RATE
    assert abs(loud[0] - 5) < 0.35


def test_a_video_without_sound(tmp_path: Path) -> None:
    path = str(tmp_path / "a.mp4")
    with av.open(path, "w") as container:
        stream = container.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    with pytest.raises(ReadError, match="there is no sound in it"):
        Sound(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        Sound(str(tmp_path / "a.wav"))
    (tmp_path / "b.wav").mkdir()
    with pytest.raises(ReadError, match="this is a folder"):
        Sound(str(tmp_path / "b.wav"))


def test_a_missing_library_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sounds.wav(tmp_path / "a.wav", np.zeros((1, RATE), np.float32))
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(SettingsError, match=r"transcript-rapport\[audio\]"):
        Sound(path)
