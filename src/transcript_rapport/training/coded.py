"""Reads our own codes of public sessions: the codes are in corpora/coded, the words stay in their makers' corpora."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from transcript_rapport.session import ROLES, Role
from transcript_rapport.training.building import Builder, lines, one, rolled_up, rows, videos
from transcript_rapport.training.examples import Example, Targets

Said = dict[int, tuple[Role, str]]
"""Turn → who speaks and what."""
OURS = Path(__file__).parents[3] / "corpora" / "coded"
OPINION = 0.5
"""How much our second opinion of an AnnoMI label counts beside the expert's."""
SECONDED = ("behaviour", "talk_type")
SPEAKERS: Mapping[str, Role] = dict(zip("PCO", ROLES, strict=True))
"""How speakers stand in the sessions that we invented and read."""
_LINE = re.compile(r"﻿?\s*([DP]):\s*(.*)")


def hlqc_rest(folder: Path) -> Iterator[Example]:
    """The sessions of HLQC (Pérez-Rosas et al. 2019) that came without codes."""
    said: dict[str, Said] = defaultdict(dict)
    for row in rows(folder / "hlqc.csv"):
        role: Role = "client" if row["speaker"] == "client" else "practitioner"
        said[row["conv_id"]][int(row["turn"])] = role, row["text"]
    video = videos(folder)
    for line in lines(OURS / "hlqc.jsonl"):
        name = line["session"]
        builder = Builder(f"hlqc-{name}", "hlqc-rest", video.get(name, name), name.split("_")[0])
        yield _filled(builder, line, said[name], talk_types=True)


def esconv_coded(folder: Path) -> Iterator[Example]:
    """Some chats of ESConv (Liu et al. 2021), CC BY-NC 4.0."""
    chats = list(lines(folder / "train.jsonl"))
    for line in lines(OURS / "esconv.jsonl"):
        name = line["session"]
        turns = enumerate(chats[int(name)]["dialog"])
        said: Said = {
            n: ("practitioner" if turn["speaker"] == "sys" else "client", turn["text"].strip()) for n, turn in turns
        }
        yield _filled(Builder(f"esconv-coded-{name}", "esconv-coded", f"esconv-{name}"), line, said)


def fareez(folder: Path) -> Iterator[Example]:
    """Some of the simulated medical interviews of Fareez et al. (2022), CC BY 4.0."""
    for line in lines(OURS / "fareez-osce.jsonl"):
        name = line["session"]
        builder = Builder(f"fareez-{name}", "fareez-osce", f"fareez-{name}")
        yield _filled(builder, line, _interview(folder / f"{name}.txt"))


def fareez_rest(folder: Path) -> Iterator[Example]:
    """The interviews of Fareez et al. (2022) that came without codes, for how their sentences are cut."""
    coded = {line["session"] for line in lines(OURS / "fareez-osce.jsonl")}
    for path in sorted(folder.glob("*.txt")):
        if path.stem not in coded:
            builder = Builder(f"fareez-{path.stem}", "fareez-rest", f"fareez-{path.stem}")
            for role, text in _interview(path).values():
                builder.say(role, text)
            yield builder.example()


def supervision(folder: Path) -> Iterator[Example]:
    """Our invented sessions that were read as a supervisor would (corpora/supervision), with codes, too."""
    coded = _supervised()
    for path in sorted(folder.glob("*.jsonl")):
        for row in lines(path):
            name = row["name"]
            if name in coded:
                said = {n: (SPEAKERS[speaker], text) for n, (speaker, text) in enumerate(row["lines"])}
                builder = Builder(f"supervision-{name}", "supervision", f"supervision-{name}")
                yield _filled(builder, coded[name], said, talk_types=True)


def epitome_coded(folder: Path) -> Iterator[Example]:
    """Some posts and peers' answers of EPITOME (Sharma et al. 2020)."""
    posts = {f"{row['sp_id']}-{row['rp_id']}": row for row in rows(folder / "emotional-reactions.csv")}
    for line in lines(OURS / "epitome.jsonl"):
        name = line["session"]
        row = posts[name]
        said: Said = {0: ("client", row["seeker_post"].strip()), 1: ("practitioner", row["response_post"].strip())}
        yield _filled(Builder(f"epitome-coded-{name}", "epitome-coded", f"epitome-{row['sp_id']}"), line, said)


def coded_too() -> set[str]:
    """The names of the sessions read as a supervisor would that were coded, too."""
    return set(_supervised())


def _supervised() -> dict[str, dict[str, Any]]:
    return {line["session"]: line for line in lines(OURS / "supervision.jsonl")}


def _interview(path: Path) -> Said:
    text = path.read_text(encoding="utf-8", errors="replace")
    found = ((n, _LINE.match(each)) for n, each in enumerate(text.splitlines()))
    return {n: ("practitioner" if match[1] == "D" else "client", match[2].strip()) for n, match in found if match}


def _filled(builder: Builder, line: Mapping[str, Any], said: Said, talk_types: bool = False) -> Example:
    """The session with our codes; talk types only where a change of the client's own is talked about."""
    for turn in line["turns"]:
        role, text = said[turn["turn"]]
        if role == "other":
            builder.say(role, text)
        elif "statements" in turn:
            spans = [(s["start"], s["end"]) for s in turn["statements"]]
            codes = [set(s["codes"]) for s in turn["statements"]]
            builder.say(role, text, spans, codes, rolled_up(codes))
        else:
            labels = {"client_utterance": Targets(dict.fromkeys(turn["codes"], 1.0))}
            if talk_types:
                labels["talk_type"] = one(turn["talk_type"], 0.5)
            builder.say(role, text, labels=labels)
    return builder.example()


def seconded(examples: Sequence[Example]) -> tuple[Example, ...]:
    """The examples to learn from, AnnoMI's with our second opinion: where it differs, the label is shared.

    One expert coded each session, and experts agree on talk type no better than kappa 0.47. To test on, the expert's
    labels stay alone.
    """
    return tuple(_seconded(e, _opinions().get(e.name, {})) for e in examples)


@cache
def _opinions() -> dict[str, Mapping[str, str]]:
    """Session → utterance → behaviour or talk type."""
    return {f"annomi-{line['session']}": line["labels"] for line in lines(OURS / "annomi.jsonl")}


def _seconded(example: Example, opinions: Mapping[str, str]) -> Example:
    targets = {u: dict(heads) for u, heads in example.utterance_targets.items()}
    for utterance, heads in targets.items():
        opinion = opinions.get(str(utterance))
        for head in heads.keys() & set(SECONDED) if opinion else ():
            heads[head] = Targets(_shared(heads[head].values, str(opinion)), heads[head].weight)
    return replace(example, utterance_targets=targets) if opinions else example


def _shared(values: Mapping[str, float], opinion: str) -> dict[str, float]:
    first = {name: share * (1 - OPINION) for name, share in values.items()}
    return first | {opinion: first.get(opinion, 0.0) + OPINION}
