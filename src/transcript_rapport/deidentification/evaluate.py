"""``python -m transcript_rapport.deidentification.evaluate FOLDER``: how much is found, and how much of it rightly.

The folder holds files of JSON lines, a line an utterance: session, speaker, text, and identifiers with
start, end and kind.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from transcript_rapport.deidentification.finding import replaced
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.errors import CorpusError
from transcript_rapport.placeholders import KINDS

Row = Mapping[str, Any]
_DRAWS = 1000


def run(folder: str) -> str:
    """The figures over every session of the folder, as a table of text."""
    every = list(sessions(Path(folder)))
    counts = [_counted(rows) for rows in every]
    lines = [f"{len(every)} sessions, {sum(map(len, every))} utterances; intervals: 90 %, sessions drawn again"]
    lines.append(f"{'kind':<14}{'told':>6}{'found':>7}{'partly':>8}  recall")
    for kind in (*KINDS, "all"):
        told, found, partly = (sum(c[f"{kind} {what}"] for c in counts) for what in ("told", "found", "partly"))
        lines.append(f"{kind:<14}{told:>6}{found:>7}{partly:>8}  {_share(counts, f'{kind} found', f'{kind} told')}")
    lines.append(f"{'replaced as':<14}{'spans':>6}{'right':>7}{'':>8}  precision")
    for kind in (*KINDS, "all"):
        spans, right = (sum(c[f"{kind} {what}"] for c in counts) for what in ("spans", "right"))
        lines.append(f"{kind:<14}{spans:>6}{right:>7}{'':>8}  {_share(counts, f'{kind} right', f'{kind} spans')}")
    lines.append(f"words that are no identifier and stay: {_share(counts, 'kept', 'plain')}")
    return "\n".join(lines)


def sessions(folder: Path) -> Iterator[list[Row]]:
    """The rows of each session, session by session; a CorpusError where there are none."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise CorpusError(str(folder), "there is no file of JSON lines", "*.jsonl", "check the path")
    for path in files:
        found: dict[str, list[Row]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                found.setdefault(str(row["session"]), []).append(row)
        yield from found.values()


def _counted(rows: Sequence[Row]) -> Counter[str]:
    """What was told, found, partly found and rightly replaced in one session."""
    counts: Counter[str] = Counter()
    spans = replaced([row["text"] for row in rows], list(dict.fromkeys(row["speaker"] for row in rows)))
    for row, found in zip(rows, spans, strict=True):
        covered = {at for span in found for at in range(span.start, span.end)}
        told = [Found(one["start"], one["end"], one["kind"]) for one in row["identifiers"]]
        inside = {at for one in told for at in range(one.start, one.end)}
        for one in told:
            share = sum(at in covered for at in range(one.start, one.end)) / (one.end - one.start)
            _count(counts, one.kind, "told", "found" if share == 1 else "partly" if share else "")
        for span in found:
            _count(counts, span.kind, "spans", "right" if inside & set(range(span.start, span.end)) else "")
        plain = [place for place in _words(row["text"]) if not inside & place]
        counts["plain"] += len(plain)
        counts["kept"] += sum(not covered & place for place in plain)
    return counts


def _count(counts: Counter[str], kind: str, *what: str) -> None:
    for one in filter(None, what):
        counts[f"{kind} {one}"] += 1
        counts[f"all {one}"] += 1


def _words(text: str) -> Iterator[set[int]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield set(range(at, at + len(word)))
        at += len(word)


def _share(counts: Sequence[Counter[str]], of: str, among: str) -> str:
    """A share with its 90 % interval, sessions drawn with replacement."""
    if not sum(c[among] for c in counts):
        return "none told"
    drawn = []
    chance = random.Random(1)  # noqa: S311  (a bootstrap, and the same each time)
    for _ in range(_DRAWS):
        some = chance.choices(counts, k=len(counts))
        if base := sum(c[among] for c in some):
            drawn.append(sum(c[of] for c in some) / base)
    drawn.sort()
    value = sum(c[of] for c in counts) / sum(c[among] for c in counts)
    low, high = drawn[int(0.05 * len(drawn))], drawn[int(0.95 * (len(drawn) - 1))]
    return f"{value:.3f} ({low:.3f} to {high:.3f})"


if __name__ == "__main__":
    sys.stdout.write(run(sys.argv[1]) + "\n")
