"""Reads the examples that we invented ourselves, in corpora/contrast and corpora/invented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from pathlib import Path

from transcript_rapport.training.building import ROLLED_UP, Builder, lines, one, rolled_up
from transcript_rapport.training.examples import Example, Targets

SHORT = {
    **{"rs": "reflection.simple", "rc": "reflection.complex", "qo": "question.open", "qc": "question.closed"},
    **{"f": "facilitation", "i": "information", "sd": "self_disclosure", "st": "structure", "o": "other"},
    **{"vn": "validation.normalise", "va": "validation.affirm", "vs": "validation.support"},
    **{"pa": "partnership.autonomy", "pc": "partnership.collaborate", "pt": "partnership.transparency"},
    **{"ap": "advice.permitted", "ad": "advice.directive", "jc": "judgment.criticise", "jm": "judgment.moralise"},
    **{"jl": "judgment.label", "jf": "judgment.confront", "jw": "judgment.warn", "jd": "judgment.dismiss"},
    **{"em": "client.emotion", "di": "client.disclosure", "am": "client.ambivalence", "in": "client.insight"},
    **{"un": "client.understood", "rq": "client.request", "wd": "client.withdrawal", "cf": "client.confrontation"},
}
"""The short names of codes in our invented sessions; there, a talk type is given by its first letter."""


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


def invented(folder: Path) -> Iterator[Example]:
    """Our own invented sessions: a statement a line, "P codes: text" or "C talk type and codes: text"."""
    for path in sorted(folder.glob("*.txt")):
        for n, session in enumerate(path.read_text(encoding="utf-8").split("\n===")):
            title, *said = session.strip().removeprefix("===").strip().splitlines()
            quality = title.split("|")[1].strip()
            builder = Builder(f"invented-{path.stem}-{n}", "invented", f"invented-{path.stem}-{n}", quality)
            for who, turn in groupby((line for line in said if line.strip()), key=lambda line: line[0]):
                parts = [line[1:].split(":", maxsplit=1) for line in turn]
                texts = [text.strip() for _, text in parts]
                labels = [re.split(r"[,\s]+", codes.strip()) for codes, _ in parts]
                _invented_turn(builder, who, texts, labels)
            yield builder.example()


def _invented_turn(builder: Builder, who: str, texts: Sequence[str], labels: Sequence[Sequence[str]]) -> None:
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    spans = [(start, start + len(text)) for start, text in zip(starts, texts, strict=False)]
    codes = [{SHORT[name] for name in names if name in SHORT} for names in labels]
    if who == "P":
        builder.say("practitioner", " ".join(texts), spans, codes, rolled_up(codes))
        return
    talk = {name[0] for name in (names[0] for names in labels) if name}
    # A turn that speaks for and against a change is neither here nor there: it teaches no talk type.
    known = {"c": "change", "s": "sustain"}.keys() & talk
    found: dict[str, Targets] = {"client_utterance": Targets(dict.fromkeys(set().union(*codes), 1.0))}
    if len(known) < 2:
        found["talk_type"] = one({"c": "change", "s": "sustain"}.get(next(iter(known), ""), "neutral"), ROLLED_UP)
    builder.say("client", " ".join(texts), spans, labels=found)
