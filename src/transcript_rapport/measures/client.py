"""The client's side: change and sustain talk, and how often feelings and personal matters are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcript_rapport.codebook import codes
from transcript_rapport.measures import counting, definitions
from transcript_rapport.measures.definitions import Definition
from transcript_rapport.report import Coded, Finding, Measure
from transcript_rapport.settings import Settings

_TALK = "MISC 2.5 (Houck et al., 2010); AnnoMI (Wu et al., 2022), client talk type"
_NO_LABELS = "no client utterance could be given a talk type"


def _count(kind: str, title: str) -> Definition:
    return Definition(
        f"client.{kind}_talk_utterances",
        title,
        unit="utterances",
        formula=f"client utterances whose talk type is {kind}",
        base="client utterances",
        not_measurable=(_NO_LABELS,),
        source=_TALK,
        example=f"7 of 40 client utterances are {kind} talk: 7",
    )


CHANGE = _count("change", "Utterances towards change")
SUSTAIN = _count("sustain", "Utterances towards staying the same")
CHANGE_SHARE = definitions.share(
    "client.change_talk_share",
    "Change talk among change and sustain talk",
    part="change talk utterances",
    whole="change and sustain talk utterances",
    missing=("neither change nor sustain talk was found",),
    source=_TALK,
    caution="it describes what the client said and depends on much besides the practitioner",
    codes=("change", "sustain"),
)
CODES = {
    code: definitions.per_hundred(
        f"{code}_per_hundred_statements",
        title,
        code=code,
        whose="client",
        source=codes()[code].source,
        missing=definitions.NO_CLIENT,
    )
    for code, title in (
        ("client.emotion", "Feelings told"),
        ("client.disclosure", "Personal matters told"),
    )
}

DEFINITIONS: tuple[Definition, ...] = (CHANGE, SUSTAIN, CHANGE_SHARE, *CODES.values())


def measure(coded: Coded, findings: Sequence[Finding], settings: Settings) -> Iterator[Measure]:  # noqa: ARG001
    """Talk types by utterance, then client codes by statement."""
    labelled = counting.labelled(coded, "client")
    kinds = {kind: [place for place, label in labelled if label.talk_type == kind] for kind in ("change", "sustain")}
    for kind, definition in (("change", CHANGE), ("sustain", SUSTAIN)):
        if labelled:
            yield definition.measured(float(len(kinds[kind])), len(labelled), evidence=tuple(kinds[kind]))
        else:
            yield definition.missing(_NO_LABELS)
    yield counting.share(CHANGE_SHARE, coded, kinds["change"], len(kinds["change"]) + len(kinds["sustain"]))
    said = coded.by_role("client")
    for code, definition in CODES.items():
        yield counting.share(definition, coded, counting.having(said, code), len(said), per=100)
