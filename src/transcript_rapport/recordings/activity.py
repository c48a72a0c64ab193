"""When anybody speaks: voice activity of each channel, in windows of 32 milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from transcript_rapport.errors import SettingsError
from transcript_rapport.measures.times import Stretch
from transcript_rapport.recordings.sound import INSTALL, RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from transcript_rapport.recordings.sound import Block

WINDOW = 512
WINDOW_MS = WINDOW * 1000 // RATE
CONTEXT = 64
"""Samples of the window before that the model sees again."""
STARTS_AT, ENDS_BELOW = 0.5, 0.35
SHORTEST_MS = 160
"""Shorter sounds are clicks and knocks; a short "mm" lasts longer."""
SHORTEST_PAUSE_MS = 300
"""Shorter pauses belong to speaking: a stop before "p", a breath."""


class Activity(Protocol):
    """Hears blocks one after the other and says how surely each window holds speech."""

    def hear(self, block: Block) -> NDArray[np.float32]:
        """Probabilities of speech, shape (channels, windows), windows of 512 samples; a rest counts as one."""


class Silero:
    """Voice activity by the model that the package ``silero-vad`` carries, without torch.

    All channels go through the network together; it remembers what it heard from block to block.
    Source: Silero team, Silero VAD (https://github.com/snakers4/silero-vad), MIT licence.
    """

    def __init__(self, channels: int) -> None:
        import numpy as np

        self._session = _network()
        self._state = np.zeros((2, channels, 128), np.float32)
        self._context = np.zeros((channels, CONTEXT), np.float32)
        self._rate = np.array(RATE, np.int64)

    def hear(self, block: Block) -> NDArray[np.float32]:
        """Probabilities of speech, shape (channels, windows)."""
        import numpy as np

        whole = np.pad(block, ((0, 0), (0, -block.shape[1] % WINDOW)))
        seen = np.concatenate([self._context, whole], axis=1)
        self._context = seen[:, -CONTEXT:]
        found = np.empty((block.shape[0], whole.shape[1] // WINDOW), np.float32)
        for window in range(found.shape[1]):
            piece = seen[:, window * WINDOW : (window + 1) * WINDOW + CONTEXT]
            given = {"input": piece, "state": self._state, "sr": self._rate}
            probability, self._state = self._session.run(None, given)
            found[:, window] = probability[:, 0]
        return found


def _network() -> Any:
    try:
        import onnxruntime
    except ImportError:
        raise SettingsError("recordings", "the library onnxruntime is missing", "", INSTALL) from None
    # Looked up, not imported: importing silero_vad would load torch and torchaudio.
    spec = find_spec("silero_vad")
    places = list(spec.submodule_search_locations or []) if spec else []
    models = [path for place in places if (path := Path(place) / "data" / "silero_vad.onnx").is_file()]
    if not models:
        raise SettingsError("recordings", "the package silero-vad is missing", "", INSTALL)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(models[0]), options, providers=["CPUExecutionProvider"])


def stretches(probabilities: Sequence[float] | NDArray[np.float32], most_ms: int) -> tuple[Stretch, ...]:
    """Where one channel holds speech, in milliseconds, given the probability of each window.

    Speech begins at 0.5 and lasts until the probability falls below 0.35; pauses below 300 ms are
    part of it, sounds below 160 ms are not speech. Nothing reaches beyond ``most_ms``.
    """
    found: list[Stretch] = []
    start: int | None = None
    for window, probability in enumerate([*probabilities, 0.0]):
        if start is None and probability >= STARTS_AT:
            start = window
        elif start is not None and probability < ENDS_BELOW:
            found.append((start * WINDOW_MS, min(window * WINDOW_MS, most_ms)))
            start = None
    long_enough = [s for s in found if s[1] - s[0] >= SHORTEST_MS]
    return bridged(long_enough, SHORTEST_PAUSE_MS)


def bridged(ordered: Sequence[Stretch], shorter_than_ms: int) -> tuple[Stretch, ...]:
    """Stretches in order, those joined whose gap is ``shorter_than_ms``."""
    joined: list[Stretch] = []
    for start, end in ordered:
        if joined and start - joined[-1][1] < shorter_than_ms:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)
