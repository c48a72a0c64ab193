"""What a voice sounds like, frame by frame: the shape of its spectrum and its pitch, every 10 milliseconds.

Only what tells one voice from another inside one recording; nothing is kept beyond it, and nothing
is inferred from it about feelings or about who somebody is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from transcript_rapport.recordings.sound import RATE, as_one

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from transcript_rapport.recordings.sound import Block

    Array = NDArray[np.float32]

HOP, FRAME, SIZE = 160, 512, 1024
HOP_MS = HOP * 1000 // RATE
BANDS, SHAPES = 28, 16
LOWEST_HZ, HIGHEST_HZ = 60, 400
"""Between these lies the pitch of adults and children who speak."""
AT_ONCE = 3000
"""Frames worked on together: about 25 MB of spectra."""


class Voices:
    """Hears blocks one after the other and keeps, for every 10 ms, what the voice sounds like.

    Channels are heard as one. An hour takes 42 MB.
    """

    def __init__(self) -> None:
        import numpy as np

        self._rest = np.zeros(0, np.float32)
        self._kept: list[Array] = []

    def hear(self, block: Block) -> None:
        """Take in the next block, shape (channels, samples)."""
        import numpy as np

        samples = np.concatenate([self._rest, as_one(block)])
        frames = max(0, 1 + (len(samples) - FRAME) // HOP)
        self._rest = samples[frames * HOP :]
        if frames:
            cut = np.lib.stride_tricks.sliding_window_view(samples, FRAME)[::HOP][:frames]
            self._kept += [described(cut[i : i + AT_ONCE]) for i in range(0, frames, AT_ONCE)]

    @property
    def frames(self) -> Array:
        """Everything heard, shape (frames, BANDS + 2): log energies of the bands, pitch, how voiced."""
        import numpy as np

        return np.concatenate(self._kept) if self._kept else np.zeros((0, BANDS + 2), np.float32)


def described(frames: Array) -> Array:
    """Each frame of 512 samples as log band energies (natural), log2 of its pitch in Hz, and voicing (0 to 1)."""
    import numpy as np

    spectrum = np.fft.rfft(frames * np.hanning(FRAME).astype(np.float32), SIZE, axis=1)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    bands = np.log(power @ _bands() + 1e-6)
    pitch, voicing = _pitch(power)
    return np.concatenate([bands, pitch[:, None], voicing[:, None]], axis=1).astype(np.float32)


def _pitch(power: Array) -> tuple[Array, Array]:
    """The lag at which a frame resembles itself most, as log2 of Hz, and how much it does (0 to 1).

    Autocorrelation divided by the window's own (Boersma, 1993).
    """
    import numpy as np

    low, high = RATE // HIGHEST_HZ, RATE // LOWEST_HZ
    likeness = np.fft.irfft(power, SIZE, axis=1)[:, : high + 1]
    likeness = likeness / np.maximum(likeness[:, :1], 1e-9) / _window_likeness()[: high + 1]
    # Short lags win ties, or half the pitch would be found as often as the pitch.
    lags = np.arange(low, high + 1)
    favoured = likeness[:, low:] - 0.0004 * lags
    best = lags[favoured.argmax(axis=1)]
    voicing = np.take_along_axis(likeness, best[:, None], axis=1)[:, 0].clip(0, 1)
    return np.log2(RATE / best), voicing


@cache
def _window_likeness() -> Array:
    import numpy as np

    power = np.abs(np.fft.rfft(np.hanning(FRAME), SIZE)) ** 2
    own = np.fft.irfft(power, SIZE)
    found: Array = np.maximum(own / own[0], 0.05).astype(np.float32)
    return found


@cache
def _bands() -> Array:
    """Triangular bands equally wide to the ear (mel) from 80 to 7600 Hz, shape (SIZE // 2 + 1, BANDS)."""
    import numpy as np

    def mel(hertz: float) -> float:
        return 2595 * float(np.log10(1 + hertz / 700))

    edges = 700 * (10 ** (np.linspace(mel(80), mel(7600), BANDS + 2) / 2595) - 1)
    hertz = np.fft.rfftfreq(SIZE, 1 / RATE)[:, None]
    rising = (hertz - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - hertz) / (edges[2:] - edges[1:-1])
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


def shapes(bands: Array) -> Array:
    """Cepstra of log band energies without the first (loudness): shape (…, BANDS) to (…, SHAPES)."""
    import numpy as np

    angles = np.pi * np.outer(np.arange(BANDS) + 0.5, np.arange(1, SHAPES + 1)) / BANDS
    cosines = np.cos(angles).astype(np.float32) * np.float32(np.sqrt(2 / BANDS))
    found: Array = bands @ cosines
    return found
