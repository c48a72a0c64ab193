"""How time grows with length: readers and the whole analysis, twice the talk against once, in one process.

    python benchmarks/growth.py

Prints ratios; 2 means linear. The first line of each pair is measured right beside the second, so a machine
that slows down in between hardly changes the ratio.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

from transcript_rapport import analyse
from transcript_rapport.readers import Source, read_source

TURNS = (
    ("Therapist", "So you went back, and it was harder than you thought: what was that like?"),
    ("Client", "I don't know, at 12:30 I just sat there. It's been a long week, and my sister rang again."),
    ("Therapist", "Mm-hmm."),
    ("Client", "And I thought, not again, you know, I can't keep doing this for everyone."),
)


def said_by(turns: int) -> Iterator[tuple[int, tuple[str, str]]]:
    return enumerate((TURNS * turns)[:turns])


def text(turns: int) -> bytes:
    return "\n".join(f"{who}: {said}" for who, said in (TURNS * turns)[:turns]).encode()


def table(turns: int) -> bytes:
    return "\n".join(["speaker,text", *(f'{who},"{said}"' for who, said in (TURNS * turns)[:turns])]).encode()


def subtitles(turns: int) -> bytes:
    cues = (
        f"{n + 1}\n{_clock(n)},000 --> {_clock(n)},900\n{TURNS[n % 4][0]}: {TURNS[n % 4][1]}\n" for n in range(turns)
    )
    return "\n".join(cues).encode()


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def ratio(work: Callable[[int], object], size: int, rounds: int = 5) -> tuple[float, float]:
    """The median of (time for twice ``size``) / (time for ``size``), and seconds for ``size``."""
    work(size // 10)
    pairs = [(_seconds(work, size), _seconds(work, 2 * size)) for _ in range(rounds)]
    return median(b / a for a, b in pairs), median(a for a, _ in pairs)


def _seconds(work: Callable[[int], object], size: int) -> float:
    begun = time.process_time()
    work(size)
    return time.process_time() - begun


def main() -> None:
    for name, make in (("a.txt", text), ("a.csv", table), ("a.srt", subtitles)):
        grown, seconds = ratio(lambda n, name=name, make=make: read_source(Source(name, make(n))), 5000)
        show(f"read {name}", 5000, seconds, grown)
    session = {n: read_source(Source("a.txt", text(n)))[0] for n in (30, 300, 600)}
    grown, seconds = ratio(lambda n: analyse(session[n]), 300, rounds=3)
    show("analyse", 300, seconds, grown)


def show(what: str, turns: int, seconds: float, grown: float) -> None:
    print(f"{what:12} {turns:5} turns: {seconds:.2f} s of processor time; twice as many: {grown:.2f} times as long")


if __name__ == "__main__":
    main()
