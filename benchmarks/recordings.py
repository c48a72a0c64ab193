"""Seconds and memory for an hour of sound: voice activity and speakers, one channel and two.

    python benchmarks/recordings.py [MINUTES]

Needs espeak-ng. A spoken invented session is repeated until it lasts MINUTES (60 unless given). Each layout
runs in a process of its own; the peak is that process's, libraries included. CPU seconds are printed beside
wall-clock seconds, for on a busy machine only the former can be compared.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

LIMIT_S, LIMIT_MB = 60, 1500
ROOT = Path(__file__).parents[1]


def repeated(path: Path, minutes: float, out: Path) -> None:
    with wave.open(str(path), "rb") as once, wave.open(str(out), "wb") as often:
        often.setparams(once.getparams())
        samples = once.readframes(once.getnframes())
        for _ in range(round(minutes * 60 * once.getframerate() / once.getnframes())):
            often.writeframes(samples)


def measure(path: str) -> None:
    from transcript_rapport.recordings.activity import Silero
    from transcript_rapport.recordings.hearing import listen, who_spoke
    from transcript_rapport.recordings.mixed import Embedded
    from transcript_rapport.recordings.sound import Sound

    wall, begun = time.perf_counter(), time.process_time()
    heard = listen(Sound(path), lambda _: None, Silero)
    listened = time.process_time() - begun
    _, how = who_spoke(heard, 2, Embedded())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{heard.milliseconds / 60_000:.0f} min, {how.split(',')[0]}: {time.process_time() - begun:.0f} CPU s "
        f"(hearing {listened:.0f}), {time.perf_counter() - wall:.0f} s by the clock (limit {LIMIT_S}), "
        f"peak {peak:.0f} MB (limit {LIMIT_MB})"
    )


def main(minutes: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made, long = Path(folder) / "made", Path(folder) / "long.wav"
        make = [sys.executable, str(ROOT / "corpora" / "spoken" / "make.py"), str(made), "--only", "two_women"]
        subprocess.run(make, check=True)
        for layout in ("mixed", "two_channels"):
            repeated(made / f"two_women-{layout}.wav", minutes, long)
            subprocess.run([sys.executable, __file__, "--measure", str(long)], check=True)


if __name__ == "__main__":
    if "--measure" in sys.argv:
        measure(sys.argv[-1])
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 60)
