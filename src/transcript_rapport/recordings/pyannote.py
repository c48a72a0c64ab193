"""Voices told apart by pyannote.audio, from a pipeline that is on this machine already; nothing is fetched or sent.

Source: Bredin (2023), pyannote.audio 2.1 speaker diarization pipeline; the user brings the weights.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transcript_rapport.errors import ReadError, SettingsError
from transcript_rapport.recordings.segments import Heard, Segment
from transcript_rapport.recordings.sound import RATE, Sound, as_one

CACHED = "pyannote"
"""What to say for the pipeline in the user's own Hugging Face cache."""
PIPELINE = "pyannote/speaker-diarization-community-1"
INSTALL = "install it with: pip install 'transcript-rapport[audio,pyannote]', or leave out --diarisation"
READ = "see docs/recordings.md for which to get and how, or leave out --diarisation"


@dataclass(frozen=True)
class Pyannote:
    """The diariser that asks a pipeline of pyannote.audio (4, or an earlier one that answers with an Annotation)."""

    pipeline: Any

    def __call__(self, heard: Heard, speakers: int) -> list[Segment]:
        """Who spoke when; the whole sound is in memory meanwhile, 230 MB an hour."""
        import numpy as np
        import torch

        samples = np.concatenate([as_one(block) for block in Sound(heard.path).blocks()])
        given = {"waveform": torch.from_numpy(samples)[None], "sample_rate": RATE, "uri": "recording"}
        try:
            answer = self.pipeline(given, **({"num_speakers": speakers} if speakers else {}))
        except (RuntimeError, ValueError, OSError) as error:
            told = " ".join(str(error).split())[:160]
            seen = f"pyannote.audio could not tell the voices apart ({told})"
            raise ReadError(heard.path, seen, "", "leave out --diarisation for the way that comes along") from None
        annotation = getattr(answer, "speaker_diarization", answer)
        tracks = [(str(who), part) for part, _, who in annotation.itertracks(yield_label=True)]
        number = {who: n for n, who in enumerate(sorted({who for who, _ in tracks}))}
        found = [Segment(number[who], round(part.start * 1000), round(part.end * 1000)) for who, part in tracks]
        return sorted(found, key=lambda s: (s.start, s.end))


def load(named: str) -> Pyannote:
    """The pipeline in the folder ``named``, or for "pyannote" the one in the Hugging Face cache."""
    stay_offline()
    if named != CACHED and not (Path(named) / "config.yaml").is_file():
        seen = f"{named!r} is not a folder with a pipeline of pyannote.audio"
        raise SettingsError("--diarisation", seen, f"{CACHED!r} or a folder with a config.yaml", READ)
    try:
        from pyannote.audio import Pipeline
    except ImportError:
        raise SettingsError("--diarisation", "the library pyannote.audio is missing", "", INSTALL) from None
    try:
        pipeline = Pipeline.from_pretrained(PIPELINE if named == CACHED else named)
    # What a damaged or incomplete folder makes of the loading libraries is not theirs to promise.
    except Exception as error:
        raise _unusable(named, " ".join(str(error).split())[:160] or type(error).__name__) from None
    if pipeline is None:
        raise _unusable(named, "its weights are not on this machine")
    return Pyannote(pipeline)


def stay_offline() -> None:
    """Nothing is fetched, and pyannote.audio's own telemetry, which is on by default, is switched off."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["PYANNOTE_METRICS_ENABLED"] = "false"


def _unusable(named: str, told: str) -> SettingsError:
    expected = "a pipeline whose weights are all on this machine, for nothing is fetched"
    return SettingsError("--diarisation", f"{named!r} cannot be used ({told})", expected, READ)
