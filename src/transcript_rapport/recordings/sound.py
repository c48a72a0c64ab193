"""Sound out of a file: any container and rate, as blocks of 16 kHz samples, in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transcript_rapport.errors import ReadError, SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Block = NDArray[np.float32]
    """Samples of one minute at most, shape (channels, samples), from -1 to 1."""

RATE = 16_000
BLOCK = 60 * RATE
SUFFIXES = frozenset(
    ".wav .mp3 .m4a .aac .flac .ogg .oga .opus .webm .mp4 .m4v .mov .mkv .wma .aif .aiff .amr .3gp".split()
)
INSTALL = "install it with: pip install 'transcript-rapport[audio]'"
# How the containers of sound begin: WAV, MP3 and AAC, Ogg, FLAC, AIFF, AMR, WMA, Matroska and WebM, MP4 and its kin.
_BEGINS = re.compile(
    rb"RIFF|RF64|ID3|\xff[\xe0-\xfd]|OggS|fLaC|FORM|#!AMR|0&\xb2u|\x1aE\xdf\xa3|.{4}(?:ftyp|moov|mdat|wide|free|skip)",
    re.DOTALL,
)
CANCELLED = 0.01
"""Of the louder channel's power: what is left of two channels that cancel each other out (one silent leaves 0.25)."""
# A jump in a file's own clock below this is rounding; above the other it is damage, not a pause.
LEAST_GAP_S, MOST_GAP_S = 0.1, 3600.0


def is_recording(path: str | Path) -> bool:
    """Whether a file is named as a recording; told by the name alone, so that nothing is opened."""
    return Path(path).suffix.lower() in SUFFIXES


def refuse_others(path: str) -> None:
    """A ReadError where a file is named as a recording and is none; what begins as they do is opened no further."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(16)
    except (OSError, ValueError):
        return  # Whoever opens it says why it cannot be opened.
    if not _BEGINS.match(head):
        Sound(path)


class Sound:
    """A recording, opened: ``channels`` is 1 or 2, ``seconds`` what the file says of itself (or None).

    ``damaged`` counts the pieces that could not be decoded so far; silence stands in their place.
    ``alone``: whatever channels there are become one, for the file holds one speaker.
    Raises ReadError where the file is missing, damaged throughout, or has no sound.
    """

    def __init__(self, path: str, alone: bool = False) -> None:
        self.path = path
        self.damaged = 0
        with self._opened() as container:
            stream = self._stream(container)
            self.channels = 2 if stream.codec_context.channels == 2 and not alone else 1
            self.mixed_down = stream.codec_context.channels > 2
            self.kind = f"{container.format.name.split(',')[0]}, {stream.codec_context.name}, {stream.rate} Hz"
            self.seconds = container.duration / 1_000_000 if container.duration else None

    def blocks(self) -> Iterator[Block]:
        """The samples in order: blocks of one minute, the last one shorter."""
        import numpy as np

        waiting: list[Block] = []
        length = 0
        for piece in self._pieces():
            waiting.append(piece)
            length += piece.shape[1]
            if length >= BLOCK:
                joined = np.concatenate(waiting, axis=1)
                while joined.shape[1] >= BLOCK:
                    yield joined[:, :BLOCK]
                    joined = joined[:, BLOCK:]
                waiting, length = [joined], joined.shape[1]
        if length:
            yield np.concatenate(waiting, axis=1)

    def _pieces(self) -> Iterator[Block]:
        """Decoded and resampled samples, with silence where the file's own clock jumps ahead."""
        import av
        import numpy as np

        found = False
        with self._opened() as container:
            stream = self._stream(container)
            layout = "stereo" if self.channels == 2 else "mono"
            resampler = av.AudioResampler(format="fltp", layout=layout, rate=RATE)
            clock = _Clock((container.start_time or 0) / 1_000_000)
            for frame in self._frames(container, stream):
                found = True
                gap = clock.gap(frame)
                while gap > 0:
                    yield np.zeros((self.channels, min(gap, BLOCK)), np.float32)
                    gap -= BLOCK
                frame.pts = None
                yield from (_samples(out) for out in resampler.resample(frame))
            if found:
                yield from (_samples(out) for out in resampler.resample(None))
        if not found:
            raise ReadError(self.path, "no sound could be decoded", "a recording", "check that it plays")

    def _frames(self, container: Any, stream: Any) -> Iterator[Any]:
        """Decoded frames; what cannot be decoded is counted and passed over."""
        import av

        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets)
                yield from packet.decode()
            except StopIteration:
                return
            except av.FFmpegError:
                self.damaged += 1
                if self.damaged > 10_000:
                    return

    def _opened(self) -> Any:
        try:
            import av
        except ImportError:
            raise SettingsError(self.path, "recordings need the library av", "", INSTALL) from None
        if Path(self.path).is_dir():
            raise ReadError(self.path, "this is a folder", "a recording", "give the files in it")
        try:
            return av.open(self.path, metadata_errors="ignore")
        except FileNotFoundError:
            raise ReadError(self.path, "there is no such file", "a recording", "check the path") from None
        except (av.FFmpegError, OSError, ValueError) as error:
            told = getattr(error, "strerror", None) or str(error)
            seen = f"the file cannot be decoded ({told})"
            raise ReadError(self.path, seen, "a recording that plays", "check it, or export it again") from None

    def _stream(self, container: Any) -> Any:
        if not container.streams.audio:
            raise ReadError(self.path, "there is no sound in it", "a recording with sound", "check the file")
        stream = container.streams.audio[0]
        if not (stream.codec_context and stream.rate):
            raise ReadError(self.path, "its sound is in a form nobody here decodes", "", "export it as WAV or MP3")
        return stream


class _Clock:
    """Compares the time a file gives for each frame with the sound that came before it."""

    def __init__(self, origin: float) -> None:
        self.origin = origin
        self.heard = 0.0

    def gap(self, frame: Any) -> int:
        """How many samples of silence stand before ``frame``."""
        ahead = 0.0 if frame.time is None else frame.time - self.origin - self.heard
        jump = ahead if LEAST_GAP_S <= ahead <= MOST_GAP_S else 0.0
        self.heard += jump + frame.samples / frame.sample_rate
        return round(jump * RATE)


def _samples(frame: Any) -> Block:
    import numpy as np

    decoded: Block = np.nan_to_num(frame.to_ndarray().astype(np.float32, copy=False))
    return decoded.clip(-1.0, 1.0)


def as_one(block: Block) -> Block:
    """Channels heard as one, shape (channels, samples) to (samples,); one of them where both would cancel out.

    A wire swapped on one side turns its sound upside down, and the mean of both is then nothing.
    """
    mixed: Block = block.mean(axis=0)
    loudest: Block = block[(block**2).mean(axis=1).argmax()]
    return mixed if (mixed**2).mean() > CANCELLED * (loudest**2).mean() else loudest
