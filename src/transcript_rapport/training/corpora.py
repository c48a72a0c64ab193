"""Reads the public distributions of each corpus as examples; see corpora/ for a card and the terms of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from transcript_rapport.errors import CorpusError
from transcript_rapport.readers import read as read_sessions
from transcript_rapport.session import Role
from transcript_rapport.training.building import (
    ROLLED_UP,
    Builder,
    Row,
    find,
    lines,
    one,
    rolled_up,
    rows,
    series,
    videos,
)
from transcript_rapport.training.coded import (
    epitome_coded,
    esconv_coded,
    fareez,
    fareez_rest,
    hlqc_rest,
    supervision,
)
from transcript_rapport.training.examples import Example, Targets
from transcript_rapport.training.ours import contrast, invented
from transcript_rapport.training.posts import advice, claff, epitome


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
            spans = find(text, [str(s["text"]) for s in statements]) if statements else None
            builder.say("practitioner", text, spans, codes or None, rolled_up(codes) if codes else None)
        yield builder.example()


def hlqc(folder: Path) -> Iterator[Example]:
    """HLQC (Pérez-Rosas et al. 2019): recognised speech, with our statement codes, talk types and client codes."""
    statements: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for line in lines(folder / "statements.jsonl"):
        statements[str(line["conv_id"]), str(line["turn"])].append(line)
    client = {(str(x["conv_id"]), str(x["turn"])): x for x in lines(folder / "client.jsonl")}
    video = videos(folder)
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


def _hlqc_turn(builder: Builder, row: Row, coded: list[dict[str, Any]] | None, client: dict[str, Any] | None) -> None:
    if coded:
        codes = [_codes(c) for c in coded]
        builder.say(
            "practitioner", row["text"], find(row["text"], [str(c["text"]) for c in coded]), codes, rolled_up(codes)
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
            builder.say("practitioner", row["text"], find(row["text"], [str(c["text"]) for c in coded[n]]), codes)
        else:
            builder.say("practitioner" if row["speaker"] == "therapist" else "client", row["text"])
    yield builder.example()


OURS = Path(__file__).parents[3] / "corpora"
READERS: dict[str, tuple[str, Callable[[Path], Iterator[Example]]]] = {
    "annomi": ("annomi", annomi),
    "primock57": ("primock57", primock57),
    "hlqc": ("hlqc", hlqc),
    "hlqc-rest": ("hlqc", hlqc_rest),
    "esconv": ("esconv", esconv),
    "esconv-coded": ("esconv", esconv_coded),
    "fareez-osce": ("fareez-osce", fareez),
    "fareez-rest": ("fareez-osce", fareez_rest),
    "rogers": ("rogers", rogers),
    "epitome": ("epitome", epitome),
    "epitome-coded": ("epitome", epitome_coded),
    "claff": ("claff", claff),
    "advice": ("advice", advice),
    "contrast": ("contrast", contrast),
    "invented": ("invented", invented),
    "supervision": ("supervision", supervision),
    "supervision-unseen": ("supervision/unseen", supervision),
}
"""The name of a corpus in a recipe → its folder and its reader."""
NEVER = ("rogers", "supervision-unseen")
"""Sessions to test on that no network is ever trained on."""
ALL_OURS = ("contrast", "invented", "supervision", "supervision-unseen")


def place(folder: Path, name: str) -> Path:
    """Where a corpus lies: what is ours in this checkout, any other in its folder inside ``folder``."""
    return (OURS if name in ALL_OURS else folder) / READERS[name][0]


def read(folder: Path, names: Sequence[str]) -> list[Example]:
    """The examples of the named corpora, each in a sub-folder of ``folder``; what is ours comes from this checkout."""
    found: list[Example] = []
    for name in names:
        where, reader = place(folder, name), READERS[name][1]
        if not where.is_dir():
            seen = f"no folder {where.name!r}"
            raise CorpusError(str(where.parent), seen, "one folder a corpus", "fetch it as docs/training.md says")
        found.extend(reader(where))
    return found
