"""Reads the public distributions of each corpus as examples; see corpora/ for a card and the terms of each."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from transcript_rapport.coder.inputs import Unit
from transcript_rapport.errors import CorpusError
from transcript_rapport.readers import read as read_sessions
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


def rows(path: Path) -> list[Row]:
    """A CSV's rows; "n/a" stays the text it is."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def series(title: str) -> str:
    """The video series a title belongs to, roughly: sessions of a series share actors."""
    plain = title.lower().replace("ineffective", "effective").replace("non-mot", "mot")
    words = re.findall(r"[a-z]+", re.sub(r"\bhow (not )?to do\b|new video|adolescent|part \w+:?", " ", plain))
    return " ".join(words[:4])


def annomi(folder: Path) -> Iterator[Example]:
    """AnnoMI (Wu et al. 2022): experts' behaviour and talk type, and our statement and client codes."""
    statements: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for line in lines(folder / "statements.jsonl"):
        statements[str(line["transcript_id"]), str(line["utterance_id"])].append(line)
    client = {
        (str(x["transcript_id"]), str(x["utterance_id"])): set(x["codes"]) for x in lines(folder / "client.jsonl")
    }
    sessions: dict[str, list[Row]] = defaultdict(list)
    for row in rows(folder / "annomi.csv"):
        sessions[row["transcript_id"]].append(row)
    for name, members in sessions.items():
        builder = Builder(f"annomi-{name}", "annomi", series(members[0]["video_title"]), members[0]["mi_quality"])
        for row in members:
            key = name, row["utterance_id"]
            if row["interlocutor"] == "therapist":
                _annomi_therapist(builder, row, statements.get(key))
            else:
                labels = {"talk_type": one(row["client_talk_type"])}
                if key in client:
                    labels["client_utterance"] = Targets(dict.fromkeys(client[key], 1.0))
                builder.say("client", row["utterance_text"], labels=labels)
        yield builder.example()


def _annomi_therapist(builder: Builder, row: Row, coded: list[dict[str, Any]] | None) -> None:
    behaviour = row["main_therapist_behaviour"].replace("therapist_", "")
    acts = {
        "reflection": row["reflection_exists"] == "True",
        "complex": row["reflection_subtype"] == "complex",
        "question": row["question_exists"] == "True",
        "open": row["question_subtype"] == "open",
        "input": row["therapist_input_exists"] == "True",
        "advice": row["therapist_input_subtype"] in ("advice", "options"),
    }
    labels = {"behaviour": one(behaviour), "acts": Targets({name: 1.0 for name, there in acts.items() if there})}
    if coded:
        spans = [(int(str(c["start"])), int(str(c["end"]))) for c in coded]
        builder.say("practitioner", row["utterance_text"], spans, [_codes(c) for c in coded], labels)
    else:
        builder.say("practitioner", row["utterance_text"], labels=labels)


def _codes(line: Mapping[str, Any]) -> set[str]:
    found = {str(code) for code in line["codes"]}
    return found | {"jargon"} if line.get("jargon") else found


def _rolled_up(codes: list[set[str]]) -> dict[str, Targets]:
    behaviour = roll_up(codes)
    return {"behaviour": one(behaviour, ROLLED_UP)} if behaviour else {}


def _find(text: str, parts: list[str]) -> list[tuple[int, int]]:
    """The offsets of ``parts``, which stand in ``text`` one after the other."""
    spans, at = [], 0
    for part in parts:
        found = re.compile(r"\s+".join(map(re.escape, part.split()))).search(text, at)
        if not found:
            raise CorpusError("statements", f"{part[:40]!r} does not stand in its turn", "the published corpus")
        at = found.end()
        spans.append(found.span())
    return spans


def primock57(folder: Path) -> Iterator[Example]:
    """PriMock57 (Papadopoulos Korfiatis et al. 2022): mock GP consultations, CC BY 4.0, with our statement codes."""
    coded: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for line in lines(folder / "statements.jsonl"):
        coded[str(line["consultation"]), int(str(line["interval"]))].append(line)
    for doctor in sorted(folder.glob("*_doctor.TextGrid")):
        name = doctor.name.removesuffix("_doctor.TextGrid")
        (session,) = read_sessions(doctor, folder / f"{name}_patient.TextGrid", together=True)
        builder, interval = Builder(f"primock57-{name}", "primock57", name), 0
        for utterance in session:
            # The coders of our statements wrote every gap as "[inaudible]".
            text = " ".join(utterance.text.replace("[unintelligible]", "[inaudible]").split())
            if utterance.speaker != "doctor":
                builder.say("client", text)
                continue
            statements = coded.get((name, interval), [])
            interval += 1
            codes = [_codes(s) for s in statements]
            spans = _find(text, [str(s["text"]) for s in statements]) if statements else None
            builder.say("practitioner", text, spans, codes or None, _rolled_up(codes) if codes else None)
        yield builder.example()


def hlqc(folder: Path) -> Iterator[Example]:
    """HLQC (Pérez-Rosas et al. 2019): recognised speech, with our statement codes, talk types and client codes."""
    statements: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for line in lines(folder / "statements.jsonl"):
        statements[str(line["conv_id"]), str(line["turn"])].append(line)
    client = {(str(x["conv_id"]), str(x["turn"])): x for x in lines(folder / "client.jsonl")}
    video = _series_of_videos(folder)
    sessions: dict[str, list[Row]] = defaultdict(list)
    for row in rows(folder / "hlqc.csv"):
        sessions[row["conv_id"]].append(row)
    coded_sessions = {conv for conv, _ in statements}
    for name, members in sessions.items():
        if name not in coded_sessions:
            continue
        builder = Builder(f"hlqc-{name}", "hlqc", video.get(name, name), name.split("_")[0])
        for row in members:
            _hlqc_turn(builder, row, statements.get((name, row["turn"])), client.get((name, row["turn"])))
        yield builder.example()


def _series_of_videos(folder: Path) -> dict[str, str]:
    """HLQC sessions recognised from videos that AnnoMI has too: session → AnnoMI's series, so both fall on one side."""
    titles: dict[str, str] = {}
    if (folder.parent / "annomi" / "annomi.csv").exists():
        titles = {
            row["transcript_id"]: series(row["video_title"]) for row in rows(folder.parent / "annomi" / "annomi.csv")
        }
    same = [(row["hlqc_conv_id"], row["annomi_transcript_id"]) for row in rows(folder / "same_video.csv")]
    return {name: titles.get(video, f"video {video}") for name, video in same}


def _hlqc_turn(builder: Builder, row: Row, coded: list[dict[str, Any]] | None, client: dict[str, Any] | None) -> None:
    if coded:
        codes = [_codes(c) for c in coded]
        builder.say(
            "practitioner", row["text"], _find(row["text"], [str(c["text"]) for c in coded]), codes, _rolled_up(codes)
        )
    elif row["speaker"] == "client" and client:
        labels = {
            "talk_type": one(str(client["talk_type"]), ROLLED_UP),
            "client_utterance": Targets({str(code): 1.0 for code in client["codes"]}),
        }
        builder.say("client", row["text"], labels=labels)
    else:
        builder.say("client" if row["speaker"] == "client" else "practitioner", row["text"])


def esconv(folder: Path) -> Iterator[Example]:
    """ESConv (Liu et al. 2021), CC BY-NC 4.0: emotional support chats with the supporter's strategy a turn."""
    for n, chat in enumerate(lines(folder / "train.jsonl")):
        builder = Builder(f"esconv-{n}", "esconv", f"esconv-{n}")
        for turn in chat["dialog"]:
            role: Role = "practitioner" if turn["speaker"] == "sys" else "client"
            labels = {"strategy": one(turn["strategy"])} if turn.get("strategy") else {}
            builder.say(role, turn["text"].strip(), labels=labels)
        yield builder.example()


def rogers(folder: Path) -> Iterator[Example]:
    """Carl Rogers with Gloria (1965), for research, study and teaching: used to test, never to train."""
    coded: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for line in lines(folder / "statements.jsonl"):
        coded[int(str(line["row"]))].append(line)
    builder = Builder("rogers-gloria", "rogers", "rogers")
    for n, row in enumerate(rows(folder / "Gloria_session.csv")):
        if n in coded:
            codes = [_codes(c) for c in coded[n]]
            builder.say("practitioner", row["text"], _find(row["text"], [str(c["text"]) for c in coded[n]]), codes)
        else:
            builder.say("practitioner" if row["speaker"] == "therapist" else "client", row["text"])
    yield builder.example()


def contrast(folder: Path) -> Iterator[Example]:
    """Our own invented pairs: a client's words, then a statement that carries a rare code or a near miss."""
    for path in sorted(folder.glob("*.jsonl")):
        for n, pair in enumerate(lines(path)):
            for side in ("lapse", "well"):
                builder = Builder(f"contrast-{path.stem}-{n}-{side}", "contrast", f"contrast-{path.stem}-{n}")
                builder.say("client", str(pair["client"]))
                text = str(pair[side])
                codes = {str(code) for code in pair[f"{side}_codes"]}
                builder.say("practitioner", text, [(0, len(text))], [codes])
                yield builder.example()


READERS: dict[str, Callable[[Path], Iterator[Example]]] = {
    "annomi": annomi,
    "primock57": primock57,
    "hlqc": hlqc,
    "esconv": esconv,
    "rogers": rogers,
    "contrast": contrast,
}


def read(folder: Path, names: tuple[str, ...]) -> list[Example]:
    """The examples of the named corpora, each in its sub-folder of ``folder``."""
    found: list[Example] = []
    for name in names:
        if not (folder / name).is_dir():
            raise CorpusError(
                str(folder), f"no folder {name!r}", "one folder a corpus", "fetch it as docs/training.md says"
            )
        found.extend(READERS[name](folder / name))
    return found
