"""The coder's two engines side by side: cold start, warm, and memory, as ratios of numpy to torch.

    python benchmarks/engine.py [MODEL]

Each round measures both right after one another, so a machine that slows down in between hardly changes the
ratio; below 1 numpy is the better. ``OMP_NUM_THREADS=1`` holds both to one thread.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from transcript_rapport.coder import load
from transcript_rapport.session import Role, Session, Utterance

ENGINES = ("numpy", "torch")
ROUNDS = 3
PARTS = (
    ("So you went back", "It sounds as if you sat there", "Let me see whether I follow", "Some people find"),
    ("and it was harder than you thought", "with the kettle on and the radio off", "because your sister rang again"),
    ("what was that like?", "and that stayed with you.", "or is there more to it?", "and then the bus came.", "okay."),
)
COLD = "import sys; from transcript_rapport.cli import main; main()"


def lines(turns: int) -> Iterator[tuple[str, str]]:
    """So many turns, hardly two alike: a text that comes twice is read but once."""
    for n in range(turns):
        opening, middle, end = (part[n // step % len(part)] for part, step in zip(PARTS, (1, 4, 12), strict=True))
        yield ("Therapist", "Client")[n % 2], f"{opening} {middle}, number {n}, {end} I could not say."


def session(turns: int) -> Session:
    roles: dict[str, Role] = {"Therapist": "practitioner", "Client": "client"}
    said = tuple(Utterance(n, who, text) for n, (who, text) in enumerate(lines(turns)))
    return Session("invented", said).with_roles(roles, 1.0, "said by the labels")


def cold(engine: str, model: Path, path: Path) -> tuple[float, ...]:
    """Seconds of processor time, and MB at most, of ``rapport analyse`` in a process of its own."""
    line = [sys.executable, "-c", COLD, "analyse", str(path), "--model", str(model), "--engine", engine]
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"rapport analyse --engine {engine} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def warm(engine: str, model: Path, said: Session) -> tuple[float, ...]:
    """Seconds of processor time to code a session with a model that is loaded."""
    coder = load(str(model), engine)
    begun = time.process_time()
    coder.code(said)
    return (time.process_time() - begun,)


def alike(model: Path, said: Session) -> float:
    """The share of statements that both engines give the same codes."""
    coded = (load(str(model), engine).code(said).statements for engine in ENGINES)
    same: list[bool] = [a.span == b.span and a.codes.keys() == b.codes.keys() for a, b in zip(*coded, strict=True)]
    return sum(same) / len(same)


def show(what: str, rounds: list[dict[str, tuple[float, ...]]]) -> None:
    for n, unit in zip(range(len(rounds[0]["numpy"])), ("s of processor time", "MB at most"), strict=False):
        each = {engine: median(found[engine][n] for found in rounds) for engine in ENGINES}
        ratio = median(found["numpy"][n] / found["torch"][n] for found in rounds)
        print(f"{what}: numpy {each['numpy']:.2f}, torch {each['torch']:.2f} {unit}; {ratio:.2f} times")


def main() -> None:
    from transcript_rapport.coder import folder

    model = folder(sys.argv[1] if len(sys.argv) > 1 else None)
    with TemporaryDirectory() as place:
        path = Path(place) / "said.txt"
        path.write_text("\n".join(f"{who}: {said}" for who, said in lines(120)), encoding="utf-8")
        show("cold, 120 turns", [{e: cold(e, model, path) for e in ENGINES} for _ in range(ROUNDS)])
    said = session(600)
    show("warm, 600 turns", [{e: warm(e, model, said) for e in ENGINES} for _ in range(ROUNDS + 1)][1:])
    print(f"the same codes: {alike(model, said):.4f} of statements")


if __name__ == "__main__":
    main()
