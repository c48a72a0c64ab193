"""Seconds of processor time a megabyte, for every format side by side: one session said again and again.

python benchmarks/readers.py [MEGABYTES]
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.readers import papers
from tests.robustness.seeds import SESSION

from transcript_rapport import writers
from transcript_rapport.readers import Source, read_source
from transcript_rapport.session import Session


def grown(times: int) -> Session:
    """The seed's session said ``times`` times, one after the other."""
    step = 4000 * len(SESSION)
    spoken = [
        replace(u, index=index * len(SESSION) + u.index, text=f"{u.text} {index}")
        for index in range(times)
        for u in SESSION
    ]
    timed = (
        replace(
            u,
            start_ms=(u.start_ms or 0) + u.index // len(SESSION) * step,
            end_ms=(u.end_ms or 0) + u.index // len(SESSION) * step,
        )
        for u in spoken
    )
    return replace(SESSION, utterances=tuple(timed))


def typed(session: Session) -> list[str]:
    return [f"{u.speaker}: {u.text}" for u in session]


def recognised(session: Session) -> bytes:
    rows = [
        {
            "start": (u.start_ms or 0) / 1000,
            "end": (u.end_ms or 0) / 1000,
            "text": u.text,
            "speaker": u.speaker,
            "words": [
                {
                    "word": w,
                    "start": (u.start_ms or 0) / 1000 + 0.1 * n,
                    "end": (u.start_ms or 0) / 1000 + 0.1 * n + 0.1,
                    "speaker": u.speaker,
                }
                for n, w in enumerate(u.text.split())
            ],
        }
        for u in session
    ]
    return json.dumps({"segments": rows, "word_segments": []}).encode()


def written(name: str) -> Callable[[Session], bytes]:
    return lambda session: writers.for_name(name).write(session, ()).encode()


MADE: dict[str, Callable[[Session], bytes]] = {
    **{f"a{writers.for_name(n).SUFFIX}": written(n) for n in ("chat", "csv", "elan", "json", "srt", "textgrid", "vtt")},
    "a.txt": lambda session: "\n".join(typed(session)).encode(),
    "whisperx.json": recognised,
    "a.rtf": lambda session: papers.rtf(typed(session)),
    "a.fodt": lambda session: papers.flat_odt(papers.odt_body(typed(session))).encode(),
    "a.docx": lambda session: papers.word(typed(session)),
    "a.pdf": lambda session: papers.pdf(
        [line.encode("latin-1", "replace").decode("latin-1")[:90] for line in typed(session)]
    ),
}


def main() -> None:
    """Print a line a format; documents are small for they pack, so their seconds are a megabyte of their words."""
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    for name, make in MADE.items():
        packed = name in {"a.docx", "a.pdf"}
        sample = make(grown(20))
        unit = len("\n".join(typed(grown(20)))) if packed else len(sample)
        session = grown(max(1, round(size * 1e6 * (0.1 if packed else 1) / unit * 20)))
        data = make(session)
        read_source(Source(name, sample))  # What loads late is loaded before the clock runs.
        begun = time.process_time()
        found = read_source(Source(name, data))
        taken = time.process_time() - begun
        megabytes = (len("\n".join(typed(session))) if packed else len(data)) / 1e6
        print(
            f"{name:16} {taken / megabytes:6.2f} s/MB  {sum(map(len, found)):7,} utterances{'  (of its words)' if packed else ''}",  # noqa: E501
            flush=True,
        )


if __name__ == "__main__":
    main()
