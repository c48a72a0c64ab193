"""Small invented sessions, coded by hand, for tests that need no trained coder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from transcript_rapport.report import Coded, Label, Statement
from transcript_rapport.session import Role, Session, Utterance

ROLES: dict[str, Role] = {"T": "practitioner", "C": "client", "O": "other"}

Line = tuple[str, str, Sequence[str]]
"""Speaker (T practitioner, C client, O other), text, and the codes asserted for it.

" / " parts the statements of one utterance, "/" their codes.
"""


def session(lines: Sequence[Line], times: Sequence[tuple[int | None, int | None]] | None = None) -> Session:
    """A session with roles; ``times`` gives start and end of each line in milliseconds."""
    when = times or [(None, None)] * len(lines)
    utterances = tuple(
        Utterance(index, speaker, text.replace(" / ", " "), start, end)
        for index, ((speaker, text, _), (start, end)) in enumerate(zip(lines, when, strict=True))
    )
    roles = {speaker: ROLES[speaker] for speaker, _, _ in lines}
    return Session("invented", utterances, source="invented.txt").with_roles(roles, 1.0, "said by the labels")


def coded(lines: Sequence[Line], times: Sequence[tuple[int | None, int | None]] | None = None) -> Coded:
    """The same, coded; ``behaviour=…`` and ``talk=…`` among the codes set the label, ``remark=…`` a sure remark."""
    statements, labels = [], []
    for index, (speaker, text, codes) in enumerate(lines):
        at = 0
        for part, carried in zip(text.split(" / "), _parted(codes), strict=True):
            plain = dict.fromkeys(carried, 0.9)
            statements.append(Statement(index, at, at + len(part), plain, plain))
            at += len(part) + 1
        given = dict(code.split("=") for code in codes if "=" in code)
        behaviour = given.get("behaviour", "other") if speaker == "T" else None
        talk = given.get("talk", "neutral") if speaker == "C" else None
        labels.append(Label(behaviour, talk, 0.9, {given["remark"]: 0.9} if "remark" in given else {}))
    shown = {name: 0.5 for label in labels for name in label.remarks}
    return Coded(session(lines, times), tuple(statements), tuple(labels), shown=shown)


def remarked(
    told: Coded, remarks: Mapping[int, Mapping[str, float]], shown: Mapping[str, float] | None = None
) -> Coded:
    """The same with how likely a supervisor would remark on utterances so, and from which probability that is shown."""
    labels = (replace(label, remarks=dict(remarks.get(n, {}))) for n, label in enumerate(told.labels))
    return replace(told, labels=tuple(labels), shown=dict(shown or {}))


def _parted(codes: Sequence[str]) -> list[list[str]]:
    """The codes of each statement of a line."""
    parts: list[list[str]] = [[]]
    for code in codes:
        if code == "/":
            parts.append([])
        elif "=" not in code:
            parts[-1].append(code)
    return parts
