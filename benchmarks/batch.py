"""How much two processes save on a folder: wall time of one and of two, measured side by side in turns.

python benchmarks/batch.py [COPIES] [TURNS]: so many copies of the practice sessions, so many turns of each.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PRACTICE = Path(__file__).parents[1] / "corpora" / "practice"


def wall(folder: Path, jobs: int) -> float:
    """Seconds on the clock for the folder's pages."""
    with tempfile.TemporaryDirectory() as out:
        words = ["analyse", str(folder), "--format", "html", "--out", out, "--jobs", str(jobs)]
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "transcript_rapport.cli", *words], capture_output=True, check=False)
        return time.perf_counter() - begun


def main(copies: int = 3, turns: int = 3) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [path for path in sorted(PRACTICE.iterdir()) if path.stem != "README"]
        for n in range(copies):
            for path in sources:
                (folder / f"{n}-{path.name}").write_bytes(path.read_bytes())
        times = [(wall(folder, 1), wall(folder, 2)) for _ in range(turns)]
        one, two = (median(column) for column in zip(*times, strict=True))
        print(f"{copies * len(sources)} files: {one:.1f} s with 1 job, {two:.1f} s with 2 jobs")
        print(f"ratio of wall time, median of {turns} turns: {median(a / b for a, b in times):.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
