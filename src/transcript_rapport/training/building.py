"""What every reader of a corpus builds on: a session from its utterances and labels, rows and lines of files."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from transcript_rapport.coder.inputs import Unit
from transcript_rapport.errors import CorpusError
from transcript_rapport.session import Role
from transcript_rapport.statements import split
from transcript_rapport.training.examples import Example, Targets, roll_up

Row = dict[str, str]
ROLLED_UP = 0.5
"""The weight of a behaviour that follows from statement codes rather than from an expert's own label."""


class Builder:
    """Collects one session's utterances, statements and labels into an Example."""

    def __init__(self, name: str, corpus: str, group: str, quality: str = "") -> None:
        self.name, self.corpus, self.group, self.quality = name, corpus, group, quality
        self.units: list[Unit] = []
        self.spans: list[tuple[int, int]] = []
        self.statement_targets: dict[int, dict[str, Targets]] = {}
        self.utterance_targets: dict[int, dict[str, Targets]] = {}
        self.utterances = 0

    def say(
        self,
        role: Role,
        text: str,
        spans: list[tuple[int, int]] | None = None,
        codes: list[set[str]] | None = None,
        labels: Mapping[str, Targets] | None = None,
    ) -> None:
        """One utterance, with the codes of its statements and the labels of the whole."""
        places = spans if spans is not None else split(text)
        for n, (start, end) in enumerate(places):
            if codes is not None:
                self.statement_targets[len(self.units)] = {"codes": Targets(dict.fromkeys(codes[n], 1.0))}
            self.units.append(Unit(text[start:end], role, self.utterances))
            self.spans.append((start, end))
        if labels:
            self.utterance_targets[self.utterances] = dict(labels)
        self.utterances += 1

    def example(self) -> Example:
        """What was said so far."""
        return Example(
            self.name,
            self.corpus,
            self.group,
            tuple(self.units),
            self.statement_targets,
            self.utterance_targets,
            self.quality,
            tuple(self.spans),
        )


def one(name: str, weight: float = 1.0) -> Targets:
    """Targets of a head with one right answer."""
    return Targets({name: 1.0}, weight)


def rows(path: Path, encoding: str = "utf-8") -> list[Row]:
    """A CSV's rows; "n/a" stays the text it is."""
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def find(text: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """The offsets of ``parts``, which stand in ``text`` one after the other."""
    spans, at = [], 0
    for part in parts:
        found = re.compile(r"\s+".join(map(re.escape, part.split()))).search(text, at)
        if not found:
            raise CorpusError("statements", f"{part[:40]!r} does not stand in its turn", "the published corpus")
        at = found.end()
        spans.append(found.span())
    return spans


def rolled_up(codes: list[set[str]]) -> dict[str, Targets]:
    """The behaviour that follows from statement codes, at its smaller weight; empty where several can be meant."""
    behaviour = roll_up(codes)
    return {"behaviour": one(behaviour, ROLLED_UP)} if behaviour else {}


def series(title: str) -> str:
    """The video series a title belongs to, roughly: sessions of a series share actors."""
    plain = title.lower().replace("ineffective", "effective").replace("non-mot", "mot")
    words = re.findall(r"[a-z]+", re.sub(r"\bhow (not )?to do\b|new video|adolescent|part \w+:?", " ", plain))
    return " ".join(words[:4])


def videos(folder: Path) -> dict[str, str]:
    """HLQC sessions recognised from videos that AnnoMI has too: session → AnnoMI's series, so both fall on one side."""
    titles: dict[str, str] = {}
    if (folder.parent / "annomi" / "annomi.csv").exists():
        titles = {
            row["transcript_id"]: series(row["video_title"]) for row in rows(folder.parent / "annomi" / "annomi.csv")
        }
    same = [(row["hlqc_conv_id"], row["annomi_transcript_id"]) for row in rows(folder / "same_video.csv")]
    return {name: titles.get(video, f"video {video}") for name, video in same}
