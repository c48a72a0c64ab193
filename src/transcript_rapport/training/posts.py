"""Reads the corpora of posts and sentences: side tasks that teach the coder empathy, disclosure, support and advice."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from transcript_rapport.errors import CorpusError
from transcript_rapport.training.building import Builder, Row, one, rows
from transcript_rapport.training.examples import Example, Targets

MECHANISMS = {
    "emotional_reactions": "emotional-reactions.csv",
    "interpretations": "interpretations.csv",
    "explorations": "explorations.csv",
}
LEVELS = ("none", "weak", "strong")
SUPPORT = {
    "emotional disclosure": "Emotional_disclosure",
    "information disclosure": "Information_disclosure",
    "support": "Support",
    "general support": "General_support",
    "information support": "Info_support",
    "emotional support": "Emo_support",
}


def epitome(folder: Path) -> Iterator[Example]:
    """EPITOME (Sharma et al. 2020): a post and a peer's answer, with the level of three empathy mechanisms."""
    found = {name: {(r["sp_id"], r["rp_id"]): r for r in rows(folder / file)} for name, file in MECHANISMS.items()}
    for key, row in found["emotional_reactions"].items():
        builder = Builder(f"epitome-{'-'.join(key)}", "epitome", f"epitome-{key[0]}")
        builder.say("client", row["seeker_post"])
        labels = {name: one(LEVELS[int(there[key]["level"])]) for name, there in found.items() if key in there}
        builder.say("practitioner", row["response_post"], labels=labels)
        yield builder.example()


def claff(folder: Path) -> Iterator[Example]:
    """CLAFF OffMyChest (CC BY 4.0): single sentences, with emotional and other disclosure and support."""
    for n, row in enumerate(rows(folder / "train.csv", encoding="cp1252")):
        text = " ".join(row["full_text"].replace("<U+0092>", "’").split())
        if text:
            builder = Builder(f"claff-{n}", "claff", f"claff-{n}")
            labels = Targets({name: 1.0 for name, column in SUPPORT.items() if row[column] == "1"})
            builder.say("client", text, [(0, len(text))], labels={"support": labels})
            yield builder.example()


def advice(folder: Path) -> Iterator[Example]:
    """Advice-EMNLP2020 (Govindarajan et al. 2020, MIT): is this sentence of an online answer advice?"""
    for path in sorted(folder.glob("*_train.tsv")):
        for row in _tab_separated(path):
            text = _mended(row["Sentence"])
            # Sentences of one answer share the thread's name, the first part of the id.
            thread = row["ID"].split("-")[0]
            builder = Builder(f"advice-{path.stem}-{row['ID']}", "advice", f"advice-{thread}")
            labels = Targets({"advice": float(row["Majority_label"])})
            builder.say("practitioner", text, [(0, len(text))], labels={"advised": labels})
            yield builder.example()


def _tab_separated(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row.get("Sentence") is None:
                raise CorpusError(str(path), "a row without a sentence", "the published corpus")
            yield row


def _mended(text: str) -> str:
    """The corpus comes in tokens ("I 'd be in"): punctuation and clitics rejoin their words."""
    for apart, whole in ((" '", "'"), (" ’", "’"), (" n't", "n't"), (" n’t", "n’t")):
        text = text.replace(apart, whole)
    for mark in ".,?!;:":
        text = text.replace(f" {mark}", mark)
    return text.strip()
